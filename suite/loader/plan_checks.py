"""Faults of the items of the plan that are served: no such item, no such place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from suite.contract.assessment import AssessmentScheme
from suite.contract.casework import CaseKind
from suite.contract.coverage import Coverage
from suite.contract.declarations import Declaration, Page, RecordKind
from suite.contract.indicators import FigureSeries, Indicator
from suite.contract.ledgers import Ledger
from suite.contract.plan import PAGES, PlanItem
from suite.loader.catalog import Catalog

#: The plan's items are numbered from 1 to this one.
LAST_ITEM = 198
#: What can be opened by its key. A new kind of declaration that has a place of its own is added here.
PLACES = (RecordKind, CaseKind, AssessmentScheme, Coverage, Ledger, Indicator, FigureSeries, Page)


def places_of(declarations: Iterable[Declaration], known: Catalog) -> frozenset[str]:
    """The keys of what can be opened: the window's pages, what is declared here and what is known already."""
    every = (*declarations, *(item for declared in known.declared.values() for item in declared))
    return PAGES | {item.key for item in every if isinstance(item, PLACES)}


def plan_faults(item: PlanItem, places: Set[str]) -> Iterator[str]:
    """Every fault of one item, in Chinese with its cure."""
    if not 1 <= item.no <= LAST_ITEM:
        yield f"规划没有第 {item.no} 项，请改正 PlanItem。"
    if not item.where:
        yield f"规划第 {item.no} 项没有写明在何处办理（where）。"
    for place in item.where:
        if place not in places:
            yield f"规划第 {item.no} 项：没有页面或种类 {place}，请改正名称。"
