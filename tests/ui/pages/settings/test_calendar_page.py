"""The calendar's page over a real database: looking, entering a notice, correcting a day, by keyboard."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from suite.contract.commands import Actor
from suite.kernel.clocks.calendar import day_kind, year_state
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.pages.settings.calendar import CalendarPage
from tests.kernel.clocks.test_commands import OF_2027
from tests.ui.pages.settings.conftest import TODAY, settled


def shown(qtbot: QtBot, desk: Desk) -> CalendarPage:
    page = CalendarPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 640)
    page.show()
    qtbot.waitExposed(page)
    settled(qtbot, desk)
    return page


def strip_of(page: CalendarPage) -> ActStrip:
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    return strip


def pictured(page: CalendarPage, name: str) -> None:
    """Save a picture where one is asked for."""
    if folder := os.environ.get("SUITE_PICTURES"):
        page.grab().save(str(Path(folder) / f"{name}.png"))


def test_the_keyboard_walks_over_the_days_and_years(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    assert page.chip.state.word == "已发布"
    assert page.view.day == TODAY
    page.focus_start()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(page.view, key)
    assert page.view.day == TODAY + dt.timedelta(days=8)
    page.view.select(dt.date(2026, 10, 10))
    assert page.told.text() == "2026-10-10 周六　班（国庆节）"
    assert "2026年" in page.origin.text()
    QTest.keyClick(page.view, Qt.Key.Key_PageDown)
    settled(qtbot, desk)
    assert (page.view.year, page.chip.state.word) == (2027, "未发布，暂估")
    page.view.select(dt.date(2027, 2, 8))
    assert "春节，法定" in page.told.text()
    assert page.publish.isHidden()


def test_a_notice_is_tried_then_written_and_published(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.show_year(2027)
    settled(qtbot, desk)
    page.enter.click()
    pictured(page, "notice")
    strip_of(page).form.rows["notice"].editor.set_value("2027-01-04 班 元旦")
    strip_of(page).act.click()
    settled(qtbot, desk)
    assert "本来就上班" in (strip_of(page).form.rows["notice"].problem or "")
    strip_of(page).form.rows["notice"].editor.set_value(OF_2027)
    strip_of(page).act.click()
    settled(qtbot, desk)
    assert strip_of(page).accessibleName().startswith("将录入 2027 年放假 27 天、调休上班 2 天并发布")
    assert "没有在办事项" in strip_of(page).note
    pictured(page, "trial")
    with desk.suite.reading() as session:
        assert year_state(session, 2027).version == 0
    strip_of(page).act.click()
    settled(qtbot, desk)
    assert page.acts.strip is None
    assert page.chip.state.word == "已发布"
    with desk.suite.reading() as session:
        assert not day_kind(session, dt.date(2027, 2, 10)).working


def test_a_workbook_becomes_the_notice(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("2027 年放假安排",),
        ("日期", "星期", "类型", "节日"),
        (dt.date(2027, 1, 1), "周五", "放假", "元旦"),
        ("2027-02-14", "周日", "上班", "春节"),
        ("注：以通知为准",),
    ):
        sheet.append(row)
    book.save(tmp_path / "安排.xlsx")
    page = shown(qtbot, desk)
    page.show_year(2027)
    settled(qtbot, desk)
    page.enter.click()
    page.acts.read_file(tmp_path / "安排.xlsx")
    settled(qtbot, desk)
    assert strip_of(page).value("notice") == "2027-01-01 休 元旦\n2027-02-14 班 春节"
    sheet.append(("2027-03-01", "", "", "春节"))
    book.save(tmp_path / "错.xlsx")
    page.acts.read_file(tmp_path / "错.xlsx")
    settled(qtbot, desk)
    assert "第 6 行" in (strip_of(page).form.rows["notice"].problem or "")


def test_a_day_is_corrected_by_keyboard(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.view.select(dt.date(2026, 11, 27))
    page.focus_start()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    rows = strip_of(page).form.rows
    rows["kind"].editor.set_value("off")
    rows["source"].editor.set_value("市政府通知")
    assert page.has_unsaved() or strip_of(page).is_dirty
    pictured(page, "day")
    strip_of(page).act.click()
    settled(qtbot, desk)
    assert page.told.text() == "2026-11-27 周五　休（调休）"
    assert page.origin.text() == "依据：市政府通知"
    page.publish.click()
    settled(qtbot, desk)
    pictured(page, "withdraw")
    assert page.step_back()


def test_who_may_not_keep_the_calendar_may_look(qtbot: QtBot, desk: Desk, light: None) -> None:
    other = Desk(desk.suite, Actor(login="li", name="李"))
    page = shown(qtbot, other)
    assert not page.enter.isEnabled()
    assert "没有维护工作日历的权限" in page.enter.toolTip()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.acts.strip is None
    other.close()
