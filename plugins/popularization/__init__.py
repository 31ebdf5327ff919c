"""Popularization of law: duty units, law-savvy villagers, honours of villages, sites and volunteers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plugins.popularization.codes import CODE_LISTS
from plugins.popularization.coverage import COVERAGES
from plugins.popularization.duty import DECLARATIONS as DUTIES
from plugins.popularization.duty.once import second_lists
from plugins.popularization.evaluation import DECLARATIONS as EVALUATION
from plugins.popularization.honours import DECLARATIONS as HONOURS
from plugins.popularization.indicators import DECLARATIONS as NUMBERS
from plugins.popularization.inspections import DECLARATIONS as INSPECTIONS
from plugins.popularization.kinds import KINDS
from plugins.popularization.ledgers import LEDGERS
from plugins.popularization.limits import LIMITS
from plugins.popularization.parameters import PARAMETERS
from plugins.popularization.plan import PLAN
from plugins.popularization.returns import DECLARATIONS as RETURNS
from plugins.popularization.today import items
from plugins.popularization.workbooks import SAMPLES
from suite.api import (
    Actor,
    Command,
    Declaration,
    Facts,
    HelpPage,
    PluginInfo,
    Problem,
    TodayItem,
    hookimpl,
)

HELP = HelpPage(key="popularization.help", title="普法", text="plugins.popularization:help/popularization.md")


@hookimpl
def suite_plugin() -> PluginInfo:
    """Who this plugin is."""
    return PluginInfo(
        name="popularization", title="普法", version="0.1.0", api=1, migrations="popularization", order=50
    )


@hookimpl
def suite_declare() -> Iterable[Declaration]:
    """Everything popularization adds."""
    return (
        *CODE_LISTS, *KINDS, *PARAMETERS, *LIMITS, *SAMPLES, *INSPECTIONS, *DUTIES, *HONOURS, *EVALUATION,
        *NUMBERS, *RETURNS, *LEDGERS, *PLAN, *COVERAGES, HELP,
    )  # fmt: skip


@hookimpl
def suite_check_command(command: Command, actor: Actor, facts: Facts) -> Sequence[Problem]:
    """One duty list for a unit and year."""
    return second_lists(command, facts)


@hookimpl
def suite_today(actor: Actor, facts: Facts) -> Sequence[TodayItem]:
    """What waits among villages, sites and villagers."""
    return items(actor, facts)
