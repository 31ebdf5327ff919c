"""The plan, item by item, over the demonstration: each place opens, and there is something in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from suite.database.engine import ReadSession
from suite.kernel.plan.queries import HERE, PlanLine
from suite.tables import Campaign, Case, FigureValue, LedgerEntry, Subject
from suite.ui.pages.ledgers.page import LedgersPage
from suite.ui.pages.plan.page import PlanPage
from suite.ui.pages.plan.places import Place
from suite.ui.pages.roster.page import RosterPage
from tests.journeys.clerk import Clerk
from tests.journeys.conftest import before_the_window

#: Tables whose rows name the key of what they are of.
COUNTED = (Subject.kind, Case.kind, Campaign.scheme, LedgerEntry.kind, FigureValue.key)


@pytest.fixture
def administrator(bureau: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    with before_the_window(bureau, tmp_path, qtbot, "admin") as person:
        yield person


def counts(session: ReadSession) -> dict[str, int]:
    """Key of a kind → how many rows there are of it."""
    found: dict[str, int] = {}
    for column in COUNTED:
        found |= dict(session.execute(select(column, func.count()).group_by(column)).all())
    return found


def shown(page: object) -> int | None:
    """How many rows a list shows; None for a page that is none."""
    if isinstance(page, LedgersPage):
        return len(page.lines)
    return len(page.listing.ids) if isinstance(page, RosterPage) else None


def test_every_item_that_is_here_opens_and_shows_something(
    administrator: Clerk, request: pytest.FixtureRequest
) -> None:
    window, catalog = administrator.assembly.window, administrator.assembly.suite.catalog
    plan = window.open_page("plan")
    assert isinstance(plan, PlanPage)
    with administrator.looking_behind() as session:
        many = counts(session)

    def filled(key: str) -> bool:
        # A page is a place of many things; an indicator and a coverage count what other places hold.
        return key in (*catalog.indicators, *catalog.coverages) or "." not in key or bool(many.get(key))

    here: list[PlanLine] = [line for line in plan.lines if line.state == HERE]
    empty = [(line.item.no, line.where) for line in here if not any(map(filled, line.where))]
    assert empty == []
    places = list(dict.fromkeys(place for line in here for place in plan.places(line)))
    if not request.config.getoption("--long"):
        first: dict[str, Place] = {}
        for place in places:
            first.setdefault(f"{place.page}{place.part}", place)
        places = list(first.values())
    for place in places:
        assert not place.refusal
        plan.open_place(place)
        administrator.waits()
        page = administrator.page
        assert page.key == place.page, place
        assert shown(page) != 0, place
        window.documents.close_current()
