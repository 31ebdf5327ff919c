"""A clerk of the lawyers' section on an ordinary day, by keyboard alone (tasks 2, 6 and 9 of such days)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from suite.kernel.registry.record_file import record_file
from suite.ui.pages.importing.page import ImportPage
from suite.ui.pages.record.page import RecordPage
from suite.ui.pages.record.strips import ChangeStrip
from suite.ui.pages.roster.page import RosterPage
from tests.journeys.clerk import Clerk, named, words_of
from tests.journeys.conftest import FIRMS

pytestmark = pytest.mark.qt_log_level_fail("WARNING")


def open_lawyer(clerk: Clerk) -> RecordPage:
    clerk.commands("wzy")
    page = clerk.page
    assert isinstance(page, RecordPage)
    assert page.title == "王志远 · 律师"
    return page


def test_which_firm_is_told_before_the_record_is_opened(clerk: Clerk) -> None:
    clerk.press("Ctrl+K")
    clerk.types("wzy")
    clerk.waits()
    assert clerk.keys == 4
    palette = clerk.assembly.window._palette
    assert palette is not None
    clerk.until(lambda: bool(palette.results.hits))
    found = [hit for hit in palette.results.hits if hit.title == "王志远"]
    assert len(found) == 3
    assert len({hit.note for hit in found}) == 3, "firm and number tell three people of one name apart"
    assert all("律师事务所" in hit.note for hit in found)
    assert palette.results.hits[0].title == "王志远"
    clerk.press("Return")
    clerk.waits()
    assert isinstance(clerk.page, RecordPage)
    clerk.press("Ctrl+W")
    assert clerk.page.key == "today"


def choose(clerk: Clerk, filter_title: str, value: str) -> None:
    clerk.press("Ctrl+F")
    clerk.goes_to(named(filter_title))
    clerk.press("Space")
    clerk.waits()
    clerk.types(value)
    clerk.waits()
    clerk.press("Return", "Esc")
    clerk.waits()


def test_counted_as_of_june_exported_and_imported_again(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "六月末.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(out), ""))
    clerk.press("Alt+2")
    clerk.waits()
    page = clerk.page
    assert isinstance(page, RosterPage)
    choose(clerk, "区县", "桥西")
    choose(clerk, "执业类别", "专职")
    assert page.filters.words().startswith("区县：桥西区；执业类别：专职律师")
    clerk.commands("按日期查看")
    clerk.types("2026-06-30")
    clerk.press("Return")
    clerk.waits()
    count = page.listing.total
    assert count
    assert page.area.count.text() == f"符合条件 {count:,} 人"
    clerk.press("Ctrl+E")
    clerk.types("领导办公室要数")
    clerk.waits()
    clerk.press("Return")
    clerk.waits()
    assert out.exists()
    clerk.commands(">导入律师")
    clerk.press("Return")
    clerk.waits()
    wizard = clerk.page
    assert isinstance(wizard, ImportPage)
    # What two of them say now differs from the end of June; all others are as the workbook says.
    assert wizard.foot.words.text() == "将变更 2 人"
    assert wizard.foot.rest.text() == f"其中 2 行有提醒，请先核对；不变 {count - 2:,} 行不写入"


def test_a_telephone_number_is_mended_and_traced(clerk: Clerk) -> None:
    page = open_lawyer(clerk)
    clerk.press("F2")
    pane = page.view.pane
    assert pane is not None
    phone = pane.form.rows["phone"]
    clerk.goes_to(lambda widget: phone.isAncestorOf(widget) and "重填" in words_of(widget))
    clerk.press("Space")
    clerk.types("1381234520")
    clerk.press("Ctrl+S")
    clerk.waits()
    assert "11 位" in phone.problem
    assert phone.isAncestorOf(clerk.focus), "the first field with an error has the keyboard"
    clerk.replaces("13812345209")
    clerk.press("Ctrl+S")
    clerk.waits()
    assert not page.has_unsaved()
    assert page.loaded is not None
    newest = page.loaded.trace[0]
    assert newest.who == "周明远"
    assert "联系电话" in newest.changes[0].title


def test_a_move_to_another_firm_in_the_past(clerk: Clerk) -> None:
    page = open_lawyer(clerk)
    suite = clerk.assembly.suite
    assert page.loaded is not None
    before = page.loaded.file.values["body_id"]
    name = next(f"河北{firm}律师事务所" for firm in FIRMS if firm not in before[1])
    clerk.goes_to(named("变更登记"))
    page.acts.ask_change("body_id")
    strip = page.acts.strip
    assert isinstance(strip, ChangeStrip)
    clerk.replaces(name)
    clerk.waits()
    clerk.press("Return")
    clerk.goes_to(lambda widget: strip.form.rows["effective_on"].isAncestorOf(widget))
    clerk.replaces("2026-03-02")
    clerk.goes_to(lambda widget: strip.form.rows["reason"].isAncestorOf(widget))
    clerk.types("转所申请")
    clerk.goes_to(named("登记变更"))
    clerk.press("Space")
    clerk.waits()
    assert page.acts.strip is None, [row.problem for row in strip.form.rows.values()]
    assert page.subject_id is not None
    with clerk.looking_behind() as session:
        posts = record_file(session, suite.actor(), suite.catalog, page.subject_id).posts
    now = next(post for post in posts if post.body == name)
    assert now.from_date == dt.date(2026, 3, 2)
    assert next(post for post in posts if post.body_id == before[0]).to_date is not None
