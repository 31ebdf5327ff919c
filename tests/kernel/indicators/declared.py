"""Indicators that tests declare over the lawyers' rosters, and what is read of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.indicators import Direction, Indicator, Measure, Members
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.queries import indicator_board
from suite.loader.catalog import Catalog

TODAY = dt.date(2026, 11, 23)
FIRST = dt.date(2020, 1, 1)
LAWYERS, FIRMS = "lawyers.lawyer", "lawyers.law_firm"
ACTIVE = Members(kind=LAWYERS, title="执业律师", where=lambda at: at.field("status") == "active")
OPEN_FIRMS = Members(kind=FIRMS, title="律所", where=lambda at: at.field("status") == "active")


def an_indicator(key: str, measure: Measure, **more: Any) -> Indicator:
    return Indicator(
        key=f"lawyers.{key}", title=key, measure=measure, unit="", direction=Direction.UP, help="", **more
    )


def with_indicators(catalog: Catalog, *indicators: Indicator) -> Catalog:
    """The suite's catalog with these indicators and no others."""
    owners = [
        (owner, catalog.titles[owner], tuple(item for item in found if not isinstance(item, Indicator)))
        for owner, found in catalog.declared.items()
    ]
    return Catalog([*owners, ("tests", "试", indicators)])


def read(
    suite: Suite, actor: Actor, day: dt.date, *indicators: Indicator, district: str | None = None
) -> dict[str, IndicatorValue]:
    catalog = with_indicators(suite.catalog, *indicators)
    with suite.reading() as session:
        board = indicator_board(session, actor, catalog, Question(as_of=day, district=district))
    return {value.indicator.key.split(".")[1]: value for value in board.values}
