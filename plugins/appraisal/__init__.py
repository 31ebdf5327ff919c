"""Forensic appraisal: registered institutions and their appraisers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plugins.appraisal.codes import CODE_LISTS
from plugins.appraisal.complaints import DECLARATIONS as COMPLAINTS
from plugins.appraisal.court import DECLARATIONS as COURT
from plugins.appraisal.credit import DECLARATIONS as CREDIT
from plugins.appraisal.indicators import DECLARATIONS as NUMBERS
from plugins.appraisal.inspections import DECLARATIONS as INSPECTIONS
from plugins.appraisal.interference import DECLARATIONS as INTERFERENCE
from plugins.appraisal.kinds import KINDS
from plugins.appraisal.ledgers import LEDGERS
from plugins.appraisal.licences import DECLARATIONS as LICENCES
from plugins.appraisal.limits import LIMITS
from plugins.appraisal.parameters import PARAMETERS
from plugins.appraisal.penalties import DECLARATIONS as PENALTIES
from plugins.appraisal.plan import PLAN
from plugins.appraisal.today import items
from plugins.appraisal.workbooks import SAMPLES
from suite.api import Actor, Declaration, Facts, PluginInfo, TodayItem, hookimpl


@hookimpl
def suite_plugin() -> PluginInfo:
    """Who this plugin is."""
    return PluginInfo(
        name="appraisal", title="司法鉴定", version="0.1.0", api=1, migrations="appraisal", order=30
    )


@hookimpl
def suite_declare() -> Iterable[Declaration]:
    """Everything the appraisers add."""
    return (
        *CODE_LISTS,
        *KINDS,
        *PARAMETERS,
        *LIMITS,
        *SAMPLES,
        *COMPLAINTS,
        *LICENCES,
        *INSPECTIONS,
        *PENALTIES,
        *CREDIT,
        *COURT,
        *INTERFERENCE,
        *NUMBERS,
        *LEDGERS,
        *PLAN,
    )


@hookimpl
def suite_today(actor: Actor, facts: Facts) -> Sequence[TodayItem]:
    """What waits among the appraisers and institutions."""
    return items(actor, facts)
