"""People's mediation: a profession that a stranger adds, from the suite's README and docstrings alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from suite.api import Declaration, PluginInfo, hookimpl
from suite_mediation.indicators import INDICATORS
from suite_mediation.kinds import CODE_LISTS, KINDS
from suite_mediation.reviews import SCHEMES
from suite_mediation.workbooks import SAMPLES


@hookimpl
def suite_plugin() -> PluginInfo:
    """Who this plugin is; its migrations travel in its own package."""
    return PluginInfo(
        name="mediation",
        title="人民调解",
        version="0.1.0",
        api=1,
        migrations=str(Path(__file__).parent / "migrations"),
        order=60,
    )


@hookimpl
def suite_declare() -> Iterable[Declaration]:
    """Everything that people's mediation adds."""
    return (*CODE_LISTS, *KINDS, *INDICATORS, *SCHEMES, *SAMPLES)
