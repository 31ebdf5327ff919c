"""Arbitration: the arbitration commission, its governing members, its arbitrators and its secretaries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plugins.arbitration.codes import CODE_LISTS
from plugins.arbitration.complaints import DECLARATIONS as COMPLAINTS
from plugins.arbitration.credit import DECLARATIONS as CREDIT
from plugins.arbitration.indicators import DECLARATIONS as NUMBERS
from plugins.arbitration.inspections import DECLARATIONS as INSPECTIONS
from plugins.arbitration.kinds import KINDS
from plugins.arbitration.ledgers import LEDGERS
from plugins.arbitration.licences import DECLARATIONS as LICENCES
from plugins.arbitration.limits import LIMITS
from plugins.arbitration.parameters import PARAMETERS
from plugins.arbitration.penalties import DECLARATIONS as PENALTIES
from plugins.arbitration.plan import PLAN
from plugins.arbitration.proceedings import DECLARATIONS as PROCEEDINGS
from plugins.arbitration.today import items
from plugins.arbitration.workbooks import SAMPLES
from suite.api import Actor, Declaration, Facts, PluginInfo, TodayItem, hookimpl


@hookimpl
def suite_plugin() -> PluginInfo:
    """Who this plugin is."""
    return PluginInfo(
        name="arbitration", title="仲裁", version="0.1.0", api=1, migrations="arbitration", order=40
    )


@hookimpl
def suite_declare() -> Iterable[Declaration]:
    """Everything arbitration adds."""
    return (
        *CODE_LISTS,
        *KINDS,
        *PARAMETERS,
        *LIMITS,
        *SAMPLES,
        *LICENCES,
        *INSPECTIONS,
        *PENALTIES,
        *CREDIT,
        *COMPLAINTS,
        *PROCEEDINGS,
        *NUMBERS,
        *LEDGERS,
        *PLAN,
    )


@hookimpl
def suite_today(actor: Actor, facts: Facts) -> Sequence[TodayItem]:
    """What waits about the commission, its members, arbitrators and secretaries."""
    return items(actor, facts)
