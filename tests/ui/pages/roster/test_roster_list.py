"""The list page over a real database: conditions, order, checks, summary, news of changes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.ui.desk import Desk
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.pages.roster import listing
from suite.ui.pages.roster.page import RosterPage
from suite.ui.pages.roster.source import RosterSource
from suite.ui.pages.roster.views import OTHER
from suite.ui.remembered import Remembered
from tests.ui.pages.roster.conftest import FIRM, LAWYER, VILLAGE, Settle, lawyer

Open = Callable[..., RosterPage]


def cell(page: RosterPage, row: int, key: str) -> object:
    """The raw value of a cell, by column key."""
    assert page.area.table is not None
    model = page.area.table.rows
    column = next(number for number, one in enumerate(model.columns) if one.key == key)
    return model.value(row, column)


def texts(page: RosterPage, key: str) -> list[str]:
    """One column of the rows in sight, as text."""
    assert page.source is not None
    shown = min(page.source.row_count(), 20)
    return [str(cell(page, row, key)) for row in range(shown)]


def test_every_read_happens_on_a_worker(open_page: Open, off_thread: list[threading.Thread]) -> None:
    page = open_page()
    assert page.listing.total == 60
    assert len(off_thread) >= 3
    assert threading.main_thread() not in off_thread


def test_rows_show_words_and_not_codes(open_page: Open) -> None:
    page = open_page()
    assert set(texts(page, "district_code")) == {"长安区", "桥西区"}
    assert set(texts(page, "category")) == {"专职律师", "兼职律师"}
    assert all("律师事务所" in text for text in texts(page, "body_id"))
    assert page.area.count.text() == "符合条件 60 人"


def test_typing_filters_by_initials(open_page: Open, settle: Settle, qtbot: QtBot) -> None:
    page = open_page()
    qtbot.keyClicks(page.filters.quick, "wzy")
    assert page.listing.total == 60, "letters wait for the pause"
    settle()
    assert page.listing.total == 12
    assert set(texts(page, "name")) == {"王志远"}
    assert page.views.row.current == OTHER


def test_digits_of_a_number_are_matched_at_once(open_page: Open, settle: Settle, qtbot: QtBot) -> None:
    page = open_page()
    page.filters.quick.setText("11301201210000007")
    assert page.ask.filters["text"] == "11301201210000007"
    settle()
    assert page.listing.total == 1


def test_nothing_is_asked_while_a_word_is_composed(open_page: Open, settle: Settle) -> None:
    page = open_page()
    quick = page.filters.quick
    QApplication.sendEvent(quick, QInputMethodEvent("wang'zhi", []))
    settle()
    assert page.listing.total == 60
    commit = QInputMethodEvent("", [])
    commit.setCommitString("王志")
    QApplication.sendEvent(quick, commit)
    settle()
    assert page.listing.total == 12


def test_filters_narrow_and_the_view_follows(open_page: Open, settle: Settle) -> None:
    page = open_page()
    view = page.views.views[0]
    page._view_chosen(view)
    settle()
    assert page.views.row.current == view.key
    button = page.filters.buttons["district_code"]
    button._picked(["130102"])
    settle()
    assert page.listing.total == 30
    assert page.views.row.current == OTHER
    assert button.text() == "区县：长安区"
    page.filters.clear()
    settle()
    assert page.listing.total == 60


def test_choices_of_a_filter_come_with_their_counts(open_page: Open, settle: Settle) -> None:
    page = open_page()
    for key, expected in (("category", {"专职律师": 40, "兼职律师": 20}), ("body_id", None)):
        button = page.filters.buttons[key]
        button.toggle_panel()
        settle()
        panel = button.panel
        rows = [panel._option(row) for row in range(panel.list.count())]  # type: ignore[attr-defined]
        hits = {option.title: option.hits for option in rows if option.hits}
        assert hits == (expected or {"河北澄一律师事务所": 30, "河北衡正律师事务所": 30})
        panel.dismiss()


def test_a_header_click_sorts_and_turns(open_page: Open, settle: Settle) -> None:
    page = open_page()
    assert page.area.table is not None
    header = page.area.table.header
    column = next(n for n, one in enumerate(page.area.table.rows.columns) if one.key == "main_no")
    header.sort_by(column, add=False)
    settle()
    numbers = texts(page, "main_no")
    assert numbers == sorted(numbers)
    header.sort_by(column, add=False)
    settle()
    assert texts(page, "main_no")[0] == "11301201210000059"
    assert "执业证号降序" in page.area.note.text()


def test_a_large_list_is_sorted_by_indexed_columns_only(
    open_page: Open, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    monkeypatch.setattr(listing, "LARGE", 40)
    page._sort_changed((("education", True),))
    settle()
    assert page.ask.sort == ()
    assert page.listing.total == 60
    assert page._notice is not None
    assert "不能按学历排序" in page._notice.notice.text
    assert page.area.table is not None
    assert page.area.table.sort_keys == (("name", True),)


def test_checks_survive_a_filter_and_are_told(open_page: Open, settle: Settle, qtbot: QtBot) -> None:
    page = open_page()
    table = page.area.table
    assert table is not None
    table.setFocus()
    table.select_row(0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert page.area.bulk.count.text() == "已选 1 人"
    first = str(cell(page, 0, "name"))
    page.filters.quick.setText("王志远" if first != "王志远" else "魏思源")
    settle()
    assert page.area.bulk.outside.text() == "含当前筛选外 1 人"
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.area.checked()) == 12
    assert page.step_back()
    assert not page.area.checked()


def test_checked_rows_are_copied_with_masks(open_page: Open, settle: Settle) -> None:
    page = open_page()
    assert page.area.model is not None
    page.area.model.set_checked(page.listing.ids[:2])
    page.copy_checked()
    settle()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["姓名", "执业证号"]
    assert len(lines) == 3


def test_selection_fills_the_summary_and_keeps_the_keyboard(open_page: Open, settle: Settle) -> None:
    page = open_page()
    table = page.area.table
    assert table is not None
    table.setFocus()
    table.select_row(3)
    settle()
    summary = page.dock.summary
    assert summary is not None
    assert summary.name == cell(page, 3, "name")
    assert {fact.title for fact in summary.facts} >= {"执业证号", "执业机构"}
    link = next(fact.link for fact in summary.facts if fact.title == "执业机构")
    assert link is not None
    assert link[0] == FIRM
    assert any(event.title == "执业机构" for event in summary.events)
    assert table.hasFocus()


def test_a_secret_is_shown_for_a_reason_and_goes_again(
    open_page: Open, settle: Settle, suite: Suite, actor: Actor
) -> None:
    page = open_page()
    assert page.area.table is not None
    subject_id = page.listing.ids[0]
    command = SaveRecords(
        kind=LAWYER, rows=(RowEdit(subject_id=subject_id, values={"phone": "13812345207"}),)
    )
    page._desk.run(command, lambda done: None)
    settle()
    page.select(subject_id)
    settle()
    line = page.dock.secrets["phone"]
    assert line.value.text() == "138****5207"
    line._given("联系本人")
    settle()
    assert line.value.text() == "13812345207"
    assert line._timer.remainingTime() > 50_000
    line.conceal()
    assert line.value.text() == "138****5207"


def test_a_change_reads_only_the_changed_rows(
    open_page: Open, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    assert page.source is not None
    asked: list[list[int]] = []
    plain = RosterSource.rows_of

    def watched(self: RosterSource, session: Any, ids: list[int], as_of: Any) -> object:
        asked.append(list(ids))
        return plain(self, session, ids, as_of)

    monkeypatch.setattr(RosterSource, "rows_of", watched)
    changed = page.listing.ids[5]
    command = SaveRecords(
        kind=LAWYER, rows=(RowEdit(subject_id=changed, values={"district_code": "130105"}),)
    )
    page._desk.run(command, lambda done: None)
    settle()
    assert asked == [[changed]]
    assert cell(page, 5, "district_code") == "新华区"


def test_a_new_record_appears_without_being_asked_for(open_page: Open, settle: Settle) -> None:
    page = open_page()
    assert page.area.table is not None
    page.area.table.select_row(4)
    before = page.area.table.current_key
    page._desk.run(SaveRecords(kind=LAWYER, rows=(lawyer(900),)), lambda done: None)
    settle()
    assert page.listing.total == 61
    assert page.area.table.current_key == before


def test_a_stale_answer_is_dropped(open_page: Open, settle: Settle) -> None:
    page = open_page()
    for text in ("王志远", "魏思源", "安"):
        page._filters_changed({"text": text})
    settle()
    assert set(texts(page, "name")) == {"安超志"}


def test_a_slow_query_greys_the_old_rows_and_says_so(
    open_page: Open, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    plain, go_on = listing.list_ids, threading.Event()

    def slow(*args: Any, **named: Any) -> Any:
        go_on.wait(10)
        return plain(*args, **named)

    monkeypatch.setattr(listing, "list_ids", slow)
    page.listing._slow.setInterval(30)
    page._filters_changed({"text": "王志远"})
    assert page.area.table is not None
    table = page.area.table
    assert not table.stale, "nothing flickers before the pause is over"
    qtbot.waitUntil(lambda: table.stale)
    assert page.area.count.text() == "正在查询…"
    assert cell(page, 0, "name"), "the old rows stay"
    go_on.set()
    settle()
    assert not table.stale
    assert page.area.count.text() == "符合条件 12 人"


def test_the_end_of_a_long_list_is_told(open_page: Open) -> None:
    page = open_page(VILLAGE)
    assert page.area.count.text() == "符合条件 5,152 个"
    page.listing.capped, page.listing.total = True, None
    assert page.listing.count_words("人") == "超过 50,000 人，请缩小范围"
    page.listing.total = 512_345
    assert page.listing.count_words("人") == "符合条件 512,345 人，列出前 50,000 人，请缩小范围"


def test_too_narrow_conditions_name_the_way_out(open_page: Open, settle: Settle) -> None:
    page = open_page()
    page._filters_changed({"category": ["military"], "district_code": ["130102"]})
    page.filters.set_values(page.ask.filters)
    settle()
    empty = page.area.empty
    assert empty is not None
    assert empty.sentence.text() == "没有符合条件的人员。清除“执业类别：军队律师”可看到 30 人。"
    empty.button.click()
    settle()
    assert page.area.empty is None
    assert page.listing.total == 30


def test_a_kind_without_records_says_what_to_do(open_page: Open, settle: Settle) -> None:
    page = open_page("lawyers.branch_office")
    page._filters_changed({})
    settle()
    assert page.area.empty is not None
    assert page.area.empty.sentence.text() == "还没有分所。可从工作簿导入，或逐个新增。"
    assert page.area.empty.button.text() == "导入"


def test_a_failed_query_says_so_and_can_be_repeated(
    open_page: Open, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_named: object) -> object:
        raise refuse("database.unavailable", "数据库暂时无法访问。", ProblemKind.UNAVAILABLE)

    with monkeypatch.context() as broken:
        broken.setattr(listing, "list_ids", away)
        page = open_page()
    assert page.area.empty is not None
    assert "暂时无法访问" in page.area.empty.sentence.text()
    page.area.empty.button.click()
    settle()
    assert page.area.empty is None
    assert page.listing.total == 60


def test_without_the_right_the_page_says_whom_to_ask(
    light: None, suite: Suite, actor: Actor, qtbot: QtBot
) -> None:
    desk = Desk(suite, replace(actor, granted=()))
    page = RosterPage(desk, None, remembered=Remembered())
    qtbot.addWidget(page)
    assert page.area.empty is not None
    assert page.area.empty.sentence.text() == "您没有查看本栏的权限，请联系科室管理员。"
    assert page.commands() == ()
    desk.close()


def test_grey_buttons_say_why(light: None, suite: Suite, actor: Actor, qtbot: QtBot) -> None:
    reads = tuple(item for item in actor.granted if item.permission.endswith("roster:read"))
    desk = Desk(suite, replace(actor, granted=reads))
    page = RosterPage(desk, (LAWYER, ()), remembered=Remembered())
    qtbot.addWidget(page)
    assert not page.head.new_button.isEnabled()
    assert "没有维护“律师”名册的权限" in page.head.new_button.toolTip()
    assert all(command.refusal for command in page.commands() if command.menu == "file")
    desk.close()


def test_a_past_day_shows_its_roster_under_an_amber_bar(open_page: Open, settle: Settle) -> None:
    page = open_page()
    page.set_day(dt.date(2000, 1, 1))
    settle()
    assert page._day_bar is not None
    assert "2000-01-01" in page._day_bar.notice.text
    page.show_today()
    settle()
    assert page._day_bar is None
    assert page.listing.total == 60


def test_a_view_is_saved_shown_and_deleted(open_page: Open, settle: Settle) -> None:
    page = open_page()
    page.filters.buttons["district_code"]._picked(["130104"])
    settle()
    page.views.begin_saving()
    page.views._keep()
    assert page.views.missing.isVisibleTo(page.views)
    page.views.name.setText("桥西")
    page.views._keep()
    settle()
    view = page.views.current
    assert view is not None
    assert (view.title, view.own) == ("桥西", True)
    assert next(tab.count for tab in page.views.row.tabs if tab.key == view.key) == 30
    page._view_chosen(page.views.views[0])
    settle()
    page._view_chosen(view)
    settle()
    assert page.filters.values == {"district_code": ["130104"]}
    page._delete_view(view)
    settle()
    assert all(other.title != "桥西" for other in page.views.views)


def test_chosen_columns_are_kept_for_the_kind(open_page: Open, settle: Settle) -> None:
    page = open_page()
    page.area.show_columns(["main_no", "education"])
    assert [column.key for column in page.area.shown_columns()] == ["name", "education", "main_no"]
    page.show_kind(FIRM)
    settle()
    page.show_kind(LAWYER)
    settle()
    assert {column.key for column in page.area.shown_columns()} == {"name", "main_no", "education"}


def test_another_size_of_the_window_is_not_kept_as_a_choice(open_page: Open, settle: Settle) -> None:
    page = open_page(LAWYER)
    page.resize(1100, 700)
    settle()
    page.show_kind(VILLAGE)
    settle()
    page.resize(1500, 700)
    settle()
    assert page._kept.get(f"roster.columns.{LAWYER}") is None
    assert page._kept.get(f"roster.columns.{VILLAGE}") is None
    titles = [column.title for column in page.area.shown_columns()]
    assert titles[:2] == ["名称", "区划代码"]


def test_the_switch_keeps_the_profession(open_page: Open, settle: Settle) -> None:
    page = open_page()
    page.head.sides["机构"].click()
    settle()
    assert page.kind is not None
    assert page.kind.key == FIRM
    assert page.area.count.text() == "符合条件 2 家"
    assert page.head.new_button.text() == "新增机构"
    page.head.tabs.set_current("core")
    settle()
    assert page.kind.owner == "core"


def test_opening_asks_the_window(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    assert page.area.table is not None
    page.area.table.select_row(2)
    with qtbot.waitSignal(page.open_wanted) as asked:
        qtbot.keyClick(page.area.table, Qt.Key.Key_Return)
    assert asked.args == ["record", (LAWYER, page.listing.ids[2])]
    with qtbot.waitSignal(page.open_wanted) as asked:
        page.new_record()
    assert asked.args == ["record", (LAWYER, None)]
    with qtbot.waitSignal(page.open_wanted) as asked:
        page.open_import()
    assert asked.args == ["import", LAWYER]


def test_exported_is_what_is_shown(
    open_page: Open, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    file = tmp_path / "名册.csv"
    monkeypatch.setattr(page.acts, "choose_file", lambda kind: file)
    page._filters_changed({"text": "王志远"})
    page.area.show_columns(["main_no"])
    settle()
    page.export_shown()
    assert isinstance(page.asks.strip, ConfirmStrip)
    page.asks.strip.confirmed.emit("迎检")
    settle()
    assert "迎检" in (tmp_path / "名册.说明.txt").read_text(encoding="utf-8-sig")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "姓名,执业证号"
    assert len(lines) == 13


def test_a_hundred_thousand_rows_are_fetched_by_window(
    light: None, desk: Desk, settle: Settle, open_page: Open
) -> None:
    page = open_page(VILLAGE)
    source, table = page.source, page.area.table
    assert source is not None
    assert table is not None
    source.set_ids(tuple(range(1, 100_001)))
    settle()
    assert len(source._rows) < 400
    for row in (50_000, 99_999, 0, 3_000):
        table.select_row(row)
        settle()
        first, last = table.visible_rows()
        assert first <= row <= last
        assert all(source.cached_row(one) is not None for one in range(first, last + 1))
    assert len(source._rows) < 2_000
