"""A list that was opened from a matter of the desk: exactly its records, until the user takes it back."""

from __future__ import annotations

import datetime as dt
import json

from pytestqt.qtbot import QtBot

from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.ui.desk import Desk
from suite.ui.pages.roster.page import RosterPage
from suite.ui.pages.roster.state import MATTER
from suite.ui.pages.today.page import TodayPage
from suite.ui.pages.today.rows import Opens
from suite.ui.remembered import Remembered, frozen
from tests.ui.pages.roster.conftest import LAWYER, Settle

TITLE = "暂无执业机构满 150 日的律师"


def opened_by(desk: Desk, item: TodayItem, settle: Settle, qtbot: QtBot) -> RosterPage:
    """The list that a click on an item opens, its argument kept and brought back as tabs are."""
    today = TodayPage(desk, remembered=Remembered())
    qtbot.addWidget(today)
    settle()
    today._opens = [Opens("roster", item)]
    with qtbot.waitSignal(today.open_wanted) as asked:
        today._open_row(0)
    key, argument = asked.args
    assert key == "roster"
    page = RosterPage(desk, frozen(json.loads(json.dumps(argument))), remembered=Remembered())
    qtbot.addWidget(page)
    page.resize(1440, 800)
    page.show()
    settle()
    return page


def a_matter(ids: tuple[int, ...] = (), filters: tuple[tuple[str, str], ...] = ()) -> TodayItem:
    return TodayItem(title=TITLE, note="", state=StateKind.WARN, kind=LAWYER, ids=ids, filters=filters)


def test_the_records_of_a_matter_are_listed_and_can_be_taken_back(
    light: None, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    everything = opened_by(desk, a_matter(), settle, qtbot).listing.ids
    assert len(everything) == 60
    wanted = tuple(everything[3:8])
    page = opened_by(desk, a_matter(ids=wanted), settle, qtbot)
    assert tuple(page.listing.ids) == wanted
    assert page.area.count.text() == "符合条件 5 人"
    assert page.filters.words() == f"待办：{TITLE}"
    page.filters.clear()
    settle()
    assert len(page.listing.ids) == 60


def test_a_matter_is_narrowed_by_further_conditions(
    light: None, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    everything = opened_by(desk, a_matter(), settle, qtbot).listing.ids
    wanted = tuple(everything[:20])
    page = opened_by(desk, a_matter(ids=wanted), settle, qtbot)
    page.filters.buttons["district_code"].panel.value_changed.emit(["130102"])
    settle()
    assert 0 < len(page.listing.ids) < 20
    assert set(page.listing.ids) < set(wanted)
    assert MATTER not in json.loads(page.ask.to_json())["filters"]


def test_a_span_of_days_is_shown_as_a_filter(light: None, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    spans = (("status", "active"), ("first_practice_on", "2012-03-01..2012-04-30"))
    page = opened_by(desk, a_matter(filters=spans), settle, qtbot)
    assert page.ask.filters["first_practice_on"] == (dt.date(2012, 3, 1), dt.date(2012, 4, 30))
    assert page.filters.buttons["first_practice_on"].words() == "2012-03-01 至 2012-04-30"
    assert len(page.listing.ids) == 10


def test_a_span_may_be_open(light: None, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    page = opened_by(desk, a_matter(filters=(("first_practice_on", "..2012-01-31"),)), settle, qtbot)
    assert page.ask.filters["first_practice_on"] == (None, dt.date(2012, 1, 31))
    assert len(page.listing.ids) == 5
