"""Lawyers: firms, branches, lawyers of every category, trainees, and the units that employ lawyers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plugins.lawyers.codes import CODE_LISTS
from plugins.lawyers.complaints import DECLARATIONS as COMPLAINTS
from plugins.lawyers.counsel import DECLARATIONS as COUNSEL
from plugins.lawyers.counsel.checks import agreement_problems
from plugins.lawyers.credit import DECLARATIONS as CREDIT
from plugins.lawyers.indicators import DECLARATIONS as NUMBERS
from plugins.lawyers.inspections import DECLARATIONS as INSPECTIONS
from plugins.lawyers.kinds import KINDS
from plugins.lawyers.ledgers import LEDGERS
from plugins.lawyers.licences import DECLARATIONS as LICENCES
from plugins.lawyers.limits import LIMITS
from plugins.lawyers.parameters import PARAMETERS
from plugins.lawyers.penalties import DECLARATIONS as PENALTIES
from plugins.lawyers.plan import ITEMS
from plugins.lawyers.practice_rights import DECLARATIONS as RIGHTS
from plugins.lawyers.returns import DECLARATIONS as RETURNS
from plugins.lawyers.reviews import DECLARATIONS as REVIEWS
from plugins.lawyers.reviews.bars import bar_problems
from plugins.lawyers.today import items
from plugins.lawyers.workbooks import SAMPLES
from suite.api import (
    Actor,
    Command,
    Declaration,
    Facts,
    PluginInfo,
    Problem,
    SaveRecords,
    TodayItem,
    hookimpl,
)


@hookimpl
def suite_plugin() -> PluginInfo:
    """Who this plugin is."""
    return PluginInfo(name="lawyers", title="律师", version="0.1.0", api=1, migrations="lawyers", order=10)


@hookimpl
def suite_declare() -> Iterable[Declaration]:
    """Everything the lawyers add."""
    return (
        *CODE_LISTS, *KINDS, *PARAMETERS, *LIMITS, *SAMPLES, *COMPLAINTS, *LICENCES, *INSPECTIONS,
        *PENALTIES, *RIGHTS, *REVIEWS, *CREDIT, *NUMBERS, *COUNSEL, *LEDGERS, *ITEMS, *RETURNS,
    )  # fmt: skip


@hookimpl
def suite_check_command(command: Command, actor: Actor, facts: Facts) -> Sequence[Problem]:
    """What stands against agreements of public counsel among the other records, and whom a review bars."""
    if not isinstance(command, SaveRecords):
        return ()
    return [*agreement_problems(command, facts), *bar_problems(command, facts)]


@hookimpl
def suite_today(actor: Actor, facts: Facts) -> Sequence[TodayItem]:
    """What waits among the lawyers, trainees and firms."""
    return items(actor, facts)
