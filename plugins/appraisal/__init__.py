"""Forensic appraisal: registered institutions and their appraisers."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.appraisal.codes import CODE_LISTS
from plugins.appraisal.kinds import KINDS
from plugins.appraisal.parameters import PARAMETERS
from plugins.appraisal.workbooks import SAMPLES
from suite.api import Declaration, PluginInfo, hookimpl


@hookimpl
def suite_plugin() -> PluginInfo:
    """Who this plugin is."""
    return PluginInfo(
        name="appraisal", title="司法鉴定", version="0.1.0", api=1, migrations="appraisal", order=30
    )


@hookimpl
def suite_declare() -> Iterable[Declaration]:
    """Everything the appraisers add."""
    return (*CODE_LISTS, *KINDS, *PARAMETERS, *SAMPLES)
