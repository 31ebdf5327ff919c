"""A desk by keyboard alone: what is overdue, what came back, a colleague on leave (tasks 1, 4 and 8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from suite.kernel.casework.handing import handed_over, works_for
from suite.kernel.casework.waiting import returned_to
from suite.ui.kit.act_strip import ActStrip
from suite.ui.pages.case.page import CasePage
from suite.ui.pages.today.page import TodayPage
from tests.journeys.clerk import Clerk, named
from tests.journeys.conftest import before_the_window

pytestmark = pytest.mark.qt_log_level_fail("WARNING")


@pytest.fixture
def taker(bureau: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    """韩雪, who works for 田立新 these days: what he asked for came back to her desk."""
    with before_the_window(bureau, tmp_path, qtbot, "jianding2") as person:
        yield person


def desk_of(clerk: Clerk) -> TodayPage:
    page = clerk.page
    assert isinstance(page, TodayPage)
    return page


def test_the_first_thing_overdue_opens_with_enter(taker: Clerk) -> None:
    desk = desk_of(taker)
    assert desk.late.isVisibleTo(desk)
    row = desk.table.current_row
    assert row == desk.table.first_row()
    words = str(desk.table.rows.value(row, 0))
    assert "已逾期" in words
    taker.goes_to(lambda widget: widget is desk.table)
    taker.press("Return")
    taker.waits()
    page = taker.page
    assert isinstance(page, CasePage)
    assert page.case is not None
    assert page.case.handed is not None
    assert page.case.handed.taker == "jianding2"
    assert "代办" in page.head.line.toolTip() + page.head.line.text()


def test_what_came_back_is_mended_and_asked_for_again(taker: Clerk) -> None:
    suite = taker.assembly.suite
    with taker.looking_behind() as session:
        (back,) = returned_to(session, taker.assembly.actor, suite.catalog, suite.today)
    taker.commands(back.number)
    page = taker.page
    assert isinstance(page, CasePage)
    assert page.case is not None
    assert page.case.number == back.number
    assert any(event.note == back.reason for event in page.case.events), "the reason stands in the log"
    taker.goes_to(named("作出处理决定"))
    taker.press("Space")
    taker.waits()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    for key, typed in (("outcome", "批评教育"), ("decision_summary", "予以批评教育，并退还多收费用。")):
        row = strip.form.rows[key]
        taker.goes_to(lambda widget, row=row: row.isAncestorOf(widget))
        taker.types(typed)
        taker.waits()
    taker.goes_to(named("提请"))
    taker.press("Space")
    taker.waits()
    assert page.acts.strip is None, [row.problem for row in strip.form.rows.values()]
    assert page.case.waiting is not None
    with taker.looking_behind() as session:
        assert returned_to(session, taker.assembly.actor, suite.catalog, suite.today) == []


def test_all_work_is_handed_over_in_one_action_and_is_back_by_itself(taker: Clerk) -> None:
    """She goes on leave too: her own work and his go on to the third, and come back."""
    suite, desk = taker.assembly.suite, desk_of(taker)
    taker.commands(">移交全部工作")
    strip = desk.acts.strip
    assert isinstance(strip, ActStrip)
    taker.types("系统管理员")
    taker.waits()
    taker.goes_to(lambda widget: strip.form.rows["until"].isAncestorOf(widget))
    last = suite.today + dt.timedelta(days=2)
    taker.types(last.isoformat())
    taker.goes_to(lambda widget: strip.form.rows["reason"].isAncestorOf(widget))
    taker.types("休假")
    taker.goes_to(named("移交"), most=5)
    taker.press("Space")
    taker.waits()
    assert desk.acts.strip is None, [row.problem for row in strip.form.rows.values()]
    with taker.looking_behind() as session:
        handed = handed_over(session, suite.today)
    assert works_for(handed, "admin", last) == ("jiandingke", "jianding2")
    assert works_for(handed, "admin", last + dt.timedelta(days=1)) == ()
    assert works_for(handed, "jianding2", last + dt.timedelta(days=1)) == ("jiandingke",)
