"""Two desks on one database: what one writes, the list of the other shows, and nobody loses the place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite, build_suite
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.settings import Settings
from suite.testing.fixtures import TODAY, installed
from suite.ui.desk import Desk
from suite.ui.pages.roster.page import RosterPage
from suite.ui.remembered import Remembered
from tests.ui.pages.roster.conftest import LAWYER, lawyer


def beside(suite: Suite) -> Suite:
    """The program of another person over the same database."""
    url = suite.engine.url.render_as_string(hide_password=False)
    made = build_suite(Settings(database=url, home=suite.settings.home), today=TODAY, plugins=installed())
    made.check_database()
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Desk]:
    """A desk that listens, over sixty lawyers."""
    if request.param == "sqlite":
        suite: Suite = request.getfixturevalue("suite")
    else:
        suite = request.getfixturevalue("suite_on_postgresql")
        rows = tuple(lawyer(number) for number in range(60))
        suite.run(SaveRecords(kind=LAWYER, rows=rows), suite.actor())
    made = Desk(suite, suite.actor())
    made.listen()
    yield made
    made.close()
    made.deleteLater()


def until(qtbot: QtBot, met: object) -> None:
    qtbot.waitUntil(met, timeout=20_000)


def test_the_list_follows_and_keeps_its_place(desk: Desk, light: None, qtbot: QtBot) -> None:
    page = RosterPage(desk, (LAWYER, ()), remembered=Remembered())
    qtbot.addWidget(page)
    page.resize(1440, 500)
    page.show()
    until(qtbot, lambda: len(page.listing.ids) == 60 and not desk.busy)
    table, other = page.area.table, beside(desk.suite)
    assert table is not None
    table.select_row(20)
    table.verticalScrollBar().setValue(14 * table.verticalHeader().defaultSectionSize() + 5)
    until(qtbot, lambda: table.current_key is not None and not desk.busy)
    place = table.place()
    assert (place.top, place.above) == (page.listing.ids[14], 5)
    try:
        # Names that stand before all others: every row that is in sight moves down.
        rows = tuple(lawyer(900 + n, name="安安", main_no=f"1130120199{n:07d}") for n in range(3))
        made = other.run(SaveRecords(kind=LAWYER, rows=rows), other.actor()).changes[0].ids
        until(qtbot, lambda: set(made) <= set(page.listing.ids))
        until(qtbot, lambda: not desk.busy)
        assert table.place() == place
        assert page.listing.ids.index(place.current) == table.current_row
        # A changed row is read anew where it stands.
        first = page.listing.ids[table.visible_rows()[0] + 1]
        change = RowEdit(subject_id=first, values={"district_code": "130108"})
        other.run(SaveRecords(kind=LAWYER, rows=(change,)), other.actor())
        until(
            qtbot, lambda: "裕华区" in str(page.source and page.source.cached_row(page.source.place(first)))
        )
        assert table.place() == place
    finally:
        other.engine.dispose()


def test_several_changes_are_told_once(desk: Desk, qtbot: QtBot) -> None:
    told: list[object] = []
    desk.changed.connect(told.append)
    other = beside(desk.suite)
    try:
        made: set[int] = set()
        for number in range(4):
            row = lawyer(800 + number, main_no=f"1130120198{number:07d}")
            made |= set(other.run(SaveRecords(kind=LAWYER, rows=(row,)), other.actor()).changes[0].ids)
        heard: set[int] = set()
        until(
            qtbot,
            lambda: (
                heard.update(one for done in told for c in done.changes if c.kind == LAWYER for one in c.ids)  # type: ignore[attr-defined,func-returns-value]  # Done
                or made <= heard
            ),
        )
        assert len(told) < 4
    finally:
        other.engine.dispose()
