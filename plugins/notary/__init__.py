"""Notaries: notary offices and their notaries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plugins.notary.codes import CODE_LISTS
from plugins.notary.complaints import DECLARATIONS as COMPLAINTS
from plugins.notary.credit import DECLARATIONS as CREDIT
from plugins.notary.indicators import DECLARATIONS as NUMBERS
from plugins.notary.inspections import DECLARATIONS as INSPECTIONS
from plugins.notary.kinds import KINDS
from plugins.notary.ledgers import LEDGERS
from plugins.notary.licences import DECLARATIONS as LICENCES
from plugins.notary.limits import LIMITS
from plugins.notary.parameters import PARAMETERS
from plugins.notary.penalties import DECLARATIONS as PENALTIES
from plugins.notary.plan import PLAN
from plugins.notary.quality import DECLARATIONS as QUALITY
from plugins.notary.today import items
from plugins.notary.workbooks import SAMPLES
from suite.api import Actor, Declaration, Facts, PluginInfo, TodayItem, hookimpl


@hookimpl
def suite_plugin() -> PluginInfo:
    """Who this plugin is."""
    return PluginInfo(name="notary", title="公证", version="0.1.0", api=1, migrations="notary", order=20)


@hookimpl
def suite_declare() -> Iterable[Declaration]:
    """Everything the notaries add."""
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
        *QUALITY,
        *NUMBERS,
        *LEDGERS,
        *PLAN,
    )


@hookimpl
def suite_today(actor: Actor, facts: Facts) -> Sequence[TodayItem]:
    """What waits among the notaries and their offices."""
    return items(actor, facts)
