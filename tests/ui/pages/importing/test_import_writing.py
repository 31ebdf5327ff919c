"""Writing what was read: what is told of it, who was quicker, and stopping it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Subject
from suite.ui.desk import Desk
from suite.ui.kit.columns import DiffValue
from suite.ui.kit.notices import NoticeBar
from suite.ui.pages.importing.page import CHOOSE, COLUMNS, DONE, ROWS, ImportPage
from tests.ui.pages.importing.conftest import FIRM, KIND, Write, lawyer, settled
from tests.ui.pages.importing.wizard import cell, count_of, counts, opened


def test_import_tells_what_was_done_and_opens_the_roster(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    opened(qtbot, page, desk, write([lawyer(1), lawyer(2), lawyer(3, 所在律所="河北中恒律所")]))
    page.write()
    settled(qtbot, desk)
    assert page.step == DONE
    assert count_of(desk) == 2
    told = " ".join(label.text() for label in page.result.findChildren(QLabel))
    assert "新增 2 人" in told
    assert "问题 1 行" in told
    with qtbot.waitSignal(page.open_wanted) as asked:
        page.result.roster.click()
    assert asked.args == ["roster", (KIND,)]
    page.result.again.click()
    settled(qtbot, desk)
    assert page.step == CHOOSE
    assert page.choosing.runs.table.rows.row_values(0)[2:4] == ("11月名册.xlsx", 2)  # type: ignore[index]


def test_changes_are_shown_with_the_old_value_and_sameness_is_told(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    opened(qtbot, page, desk, write([lawyer(1), lawyer(2)]))
    page.write()
    settled(qtbot, desk)
    page.begin_again()
    opened(qtbot, page, desk, write([lawyer(1), lawyer(2, 执业类型="兼职")]))
    assert counts(page) == {HELD: 0, NEW: 0, CHANGED: 1, SAME: 1}
    assert cell(page, 0, "category") == DiffValue("兼职律师", "专职律师")
    assert page.foot.words.text() == "将变更 1 人"
    # The number says that she is full-time.
    assert page.foot.rest.text() == "其中 1 行有提醒，请先核对；不变 1 行不写入"
    page.write()
    settled(qtbot, desk)
    page.begin_again()
    opened(qtbot, page, desk, write([lawyer(1)]))
    assert not page.foot.write.isEnabled()
    assert page.foot.write.toolTip() == "没有需要写入的行"


def test_a_row_that_somebody_changed_meanwhile_is_told_in_place_and_checked_again(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    opened(qtbot, page, desk, write([lawyer(1)]))
    page.write()
    settled(qtbot, desk)
    page.begin_again()
    opened(qtbot, page, desk, write([lawyer(1, 执业类型="兼职")]))
    with desk.suite.reading() as session:
        found = session.scalars(select(Subject).where(Subject.kind == KIND)).one()
        edit = RowEdit(subject_id=found.id, expected_version=found.version, values={"category": "public"})
    kind = desk.suite.catalog.kinds[KIND]
    other = next(
        value
        for value in desk.suite.catalog.codes[kind.by_key["category"].codes or ""].titles
        if value not in ("full_time", "part_time")
    )
    desk.suite.run(SaveRecords(kind=KIND, rows=(replace(edit, values={"category": other}),)), desk.actor)
    page.write()
    settled(qtbot, desk)
    assert page.step == ROWS
    assert page.trouble.bar is not None
    assert page.trouble.bar.buttons[0].text() == "重新核对"
    page.trouble.bar.buttons[0].click()
    settled(qtbot, desk)
    assert counts(page)[CHANGED] == 1
    page.write()
    settled(qtbot, desk)
    assert page.step == DONE


def test_cancelling_writes_nothing(qtbot: QtBot, page: ImportPage, desk: Desk, write: Write) -> None:
    opened(qtbot, page, desk, write([lawyer(n, 身份证="") for n in range(1, 2_001)]))
    page.write()
    page.job.cancel()
    settled(qtbot, desk)
    assert page.step == ROWS
    assert count_of(desk) == 0
    assert page.trouble.bar is not None
    assert "未写入" in page.trouble.bar.notice.text


@contextmanager
def a_write_under_way(qtbot: QtBot, page: ImportPage, desk: Desk) -> Iterator[None]:
    """The import stands at its beginning, because another program writes into the same file."""
    path = desk.suite.engine.url.database
    assert path is not None
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page.write()
    assert page.job.busy
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
    settled(qtbot, desk)


def test_a_run_being_written_is_neither_read_anew_nor_changed_and_its_end_is_told(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    opened(qtbot, page, desk, write([lawyer(1), lawyer(2, 所在律所="河北中恒律所")]))
    page.job.mend(page.job.repairs.with_cell("Sheet1", 4, 4, FIRM))
    settled(qtbot, desk)
    told: list[str] = []
    page.happened.connect(told.append)
    with a_write_under_way(qtbot, page, desk):
        page.refresh()
        page.job.undo()
        page.job.map_column("Sheet1", 3, None)
        page.go_back_to(COLUMNS)
        assert len(told) == 4
        assert all("正在" in text for text in told)
        assert not page.rows_step.isEnabled()
        assert all(command.refusal for command in page.commands())
        assert not page.foot.back.isEnabled()
        assert page.step == ROWS
    assert page.step == DONE
    assert count_of(desk) == 2
    assert sum("新增 2" in text for text in told) == 1
    assert page.result.isEnabled()


def test_closing_the_page_while_it_writes_asks_and_cancelling_is_told(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    opened(qtbot, page, desk, write([lawyer(1)]))
    with a_write_under_way(qtbot, page, desk):
        assert page.has_unsaved()
        page.ask_before_closing()
        QCoreApplication.processEvents()
        texts = [bar.notice.text for bar in page.findChildren(NoticeBar) if bar.isVisible()]
        assert texts == ["“导入 · 11月名册”正在写入。取消则一行也不写入；等待则结束后显示结果。"]
        bar = next(bar for bar in page.findChildren(NoticeBar) if bar.isVisible())
        next(button for button in bar.buttons if button.text() == "取消导入").click()
    assert not page.asks_before_closing
    assert page.step == ROWS
    assert count_of(desk) == 0
    assert page.trouble.bar is not None
    assert "未写入" in page.trouble.bar.notice.text
    assert page.rows_step.isEnabled()
    assert page.foot.write.isEnabled()
    assert not page.has_unsaved()
