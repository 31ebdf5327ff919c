"""Popularization of law: duty units and law-savvy villagers."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.popularization.codes import CODE_LISTS
from plugins.popularization.indicators import DECLARATIONS as NUMBERS
from plugins.popularization.kinds import KINDS
from plugins.popularization.parameters import PARAMETERS
from plugins.popularization.workbooks import SAMPLES
from suite.api import Declaration, PluginInfo, hookimpl


@hookimpl
def suite_plugin() -> PluginInfo:
    """Who this plugin is."""
    return PluginInfo(
        name="popularization", title="普法", version="0.1.0", api=1, migrations="popularization", order=50
    )


@hookimpl
def suite_declare() -> Iterable[Declaration]:
    """Everything popularization adds."""
    return (*CODE_LISTS, *KINDS, *PARAMETERS, *SAMPLES, *NUMBERS)
