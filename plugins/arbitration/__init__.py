"""Arbitration: the arbitration commission and its arbitrators."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.arbitration.codes import CODE_LISTS
from plugins.arbitration.indicators import DECLARATIONS as NUMBERS
from plugins.arbitration.kinds import KINDS
from plugins.arbitration.parameters import PARAMETERS
from plugins.arbitration.workbooks import SAMPLES
from suite.api import Declaration, PluginInfo, hookimpl


@hookimpl
def suite_plugin() -> PluginInfo:
    """Who this plugin is."""
    return PluginInfo(
        name="arbitration", title="仲裁", version="0.1.0", api=1, migrations="arbitration", order=40
    )


@hookimpl
def suite_declare() -> Iterable[Declaration]:
    """Everything arbitration adds."""
    return (*CODE_LISTS, *KINDS, *PARAMETERS, *SAMPLES, *NUMBERS)
