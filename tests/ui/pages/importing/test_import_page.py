"""The import wizard over a real database and real workbooks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QScrollArea
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from suite.contract.commands import Actor
from suite.contract.states import StateKind
from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Subject
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import DiffValue, ProblemValue
from suite.ui.kit.notices import NoticeBar
from suite.ui.kit.state import StateValue
from suite.ui.pages.importing.page import CHOOSE, COLUMNS, DONE, ROWS, ImportPage
from suite.ui.pages.importing.words import foot_words
from tests.ui.pages.importing.conftest import FIRM, HEADINGS, KIND, Write, lawyer, settled


def opened(qtbot: QtBot, page: ImportPage, desk: Desk, path: Path) -> None:
    page.open_file(path)
    settled(qtbot, desk)


def count_of(desk: Desk, kind: str = KIND) -> int:
    with desk.suite.reading() as session:
        return session.scalar(select(func.count()).select_from(Subject).where(Subject.kind == kind)) or 0


def counts(page: ImportPage) -> dict[str, int]:
    assert page.job.loaded is not None
    return {key: page.job.loaded.count(key) for key in (HELD, NEW, CHANGED, SAME)}


def cell(page: ImportPage, row: int, key: str) -> object:
    table = page.rows_step.table
    assert table is not None
    place = next(n for n, column in enumerate(table.rows.columns) if column.key == key)
    return table.rows.value(row, place)


def repair_buttons(page: ImportPage) -> dict[str, Button]:
    return {button.text(): button for button in page.rows_step.detail.findChildren(Button)}


def test_it_reads_without_writing_and_says_what_would_happen(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    opened(qtbot, page, desk, write([lawyer(1), lawyer(2, 所在律所="河北中恒律所"), lawyer(3)]))
    assert page.step == ROWS, "every column is recognised, so the rows come at once"
    assert counts(page) == {HELD: 1, NEW: 2, CHANGED: 0, SAME: 0}
    assert page.foot.words.text() == "将新增 2 人"
    assert page.foot.rest.text() == "1 行有问题，跳过，可导出问题清单"
    assert page.foot.write.text() == "导入 2 行"
    assert "表头在第 2 行" in page.facts.text()
    assert count_of(desk) == 0


def test_problem_cells_show_the_text_as_given_and_the_rest_is_masked(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    wrong = "13010519870231123X"
    opened(qtbot, page, desk, write([lawyer(1), lawyer(2, 身份证=wrong, 所在律所="河北中恒律所")]))
    held = cell(page, 0, "id_number")
    assert isinstance(held, ProblemValue)
    assert held.text == wrong
    assert isinstance(cell(page, 0, "body_id"), ProblemValue), "all problems of a row at once"
    assert cell(page, 1, "body_id") == FIRM
    assert cell(page, 1, "phone") == "138****0001"
    assert "********" in str(cell(page, 1, "id_number"))


def test_a_value_is_mended_throughout_the_column_by_its_link(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    rows = [lawyer(n, 所在律所="河北中恒律所") for n in range(1, 5)] + [lawyer(9)]
    opened(qtbot, page, desk, write(rows))
    assert counts(page)[HELD] == 4
    buttons = repair_buttons(page)
    words = f"本列“河北中恒律所”全部改为“{FIRM}”（4 行）"
    assert words in buttons, list(buttons)
    buttons[words].click()
    settled(qtbot, desk)
    assert counts(page) == {HELD: 0, NEW: 5, CHANGED: 0, SAME: 0}
    page.job.undo()
    settled(qtbot, desk)
    assert counts(page)[HELD] == 4
    page.job.redo()
    settled(qtbot, desk)
    assert counts(page)[HELD] == 0


def test_two_wrong_cells_of_a_row_are_seen_at_once(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    page.resize(1300, 800)
    wrong = {"所在律所": "河北中恒信律师事务分所", "身份证": "13010519870231123X"}
    opened(qtbot, page, desk, write([lawyer(n, **wrong) for n in (1, 2)] + [lawyer(9)]))
    detail = page.rows_step.detail
    buttons = [button for button in detail.findChildren(Button) if button.text().startswith("在此改正")]
    assert len(buttons) == 2
    area = next(area for area in detail.findChildren(QScrollArea) if area.widget().isAncestorOf(buttons[0]))
    for button in buttons:
        below = button.mapTo(area.viewport(), button.rect().bottomLeft()).y()
        assert below < area.viewport().height()
    # The repairs of a cell stand in one line: a long value is not said again in them.
    (alike,) = [button for button in detail.findChildren(Button) if button.text().startswith("本列相同的")]
    top = alike.mapTo(area.viewport(), alike.rect().topLeft()).y()
    assert [button.mapTo(area.viewport(), button.rect().topLeft()).y() for button in buttons].count(top) == 1


def test_the_wrong_cell_of_the_chosen_row_is_in_sight_however_many_columns_there_are(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    page.resize(1000, 700)
    fields = desk.suite.catalog.kinds[KIND].by_key
    more = {
        fields["former_names"].title: "王曾用",
        fields["languages"].title: "英语、俄语、日语",
        fields["specialties"].title: "公司并购、刑事辩护、海商海事、知识产权",
        fields["office_address"].title: "石家庄市长安区建设大街 100 号",
        fields["remarks"].title: "由协会转来，材料齐全，原件已核对",
        fields["first_practice_on"].title: "2020-01-01",
    }
    rows = [[*lawyer(1), *more.values()], [*lawyer(2), *more.values()]]
    rows[1][-1] = "二零二零"
    opened(qtbot, page, desk, write(rows, headings=[*HEADINGS, *more]))
    table = page.rows_step.table
    assert table is not None
    assert table.horizontalScrollBar().maximum() > 0
    held = next(
        n
        for n in range(table.rows.rowCount())
        if isinstance(cell(page, n, "first_practice_on"), ProblemValue)
    )
    table.horizontalScrollBar().setValue(0)
    table.select_row(1 - held)
    qtbot.wait(1)
    table.select_row(held)
    place = next(n for n, column in enumerate(table.rows.columns) if column.key == "first_practice_on")

    def in_sight() -> bool:
        shown = table.visualRect(table.rows.index(held, place))
        return shown.left() >= 0 and shown.right() <= table.viewport().width()

    qtbot.waitUntil(in_sight)
    assert table.current_row == held


def test_f2_mends_one_cell_by_keyboard(qtbot: QtBot, page: ImportPage, desk: Desk, write: Write) -> None:
    rows = [lawyer(1, 执业类型="全职的"), lawyer(2, 执业类型="全职的"), lawyer(3)]
    opened(qtbot, page, desk, write(rows))
    table = page.rows_step.table
    assert table is not None
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F2)
    strip = page.rows_step.detail.strip
    assert strip.isVisible()
    assert "G3 执业类别" in strip.caption.text()
    assert strip.column_button.text() == "改正全列 2 行相同的值"
    editor = strip.editor
    assert editor is not None
    line = editor.focusProxy()
    assert line is not None
    strip.cell_button.click()
    assert strip.isVisible(), "a text that is no value is refused beside the editor"
    line.clear()
    QTest.keyClicks(line, "x")
    line.setText("兼职律师")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert counts(page)[HELD] == 1
    assert page.job.loaded is not None
    assert page.job.loaded.preview is not None
    assert page.job.loaded.preview.rows[0].values["category"] == "part_time"
    assert page.has_unsaved()


def test_esc_closes_the_editor_and_nothing_is_changed(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    opened(qtbot, page, desk, write([lawyer(1, 执业类型="全职的")]))
    table = page.rows_step.table
    assert table is not None
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert page.step_back()
    assert not page.rows_step.detail.strip.isVisible()
    assert not page.job.touched


def test_a_row_is_skipped_and_the_place_is_kept(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    rows = [lawyer(n, 所在律所=f"不存在的第{n}所") for n in range(1, 5)]
    opened(qtbot, page, desk, write(rows))
    table = page.rows_step.table
    assert table is not None
    table.select_row(1)
    page.rows_step._row_settled(1)
    repair_buttons(page)["跳过本行"].click()
    settled(qtbot, desk)
    assert counts(page)[HELD] == 3
    assert page.rows_step.table is not None
    assert page.rows_step.table.current_key == ("Sheet1", 5), "the next row takes the place"
    assert any("跳过" in label.text() for label in page.rows_step.basis.findChildren(QLabel))


def test_like_problems_are_mended_together(qtbot: QtBot, page: ImportPage, desk: Desk, write: Write) -> None:
    rows = [lawyer(n, 区县="石门区") for n in range(1, 7)] + [lawyer(8, 执业类型="全职的")]
    opened(qtbot, page, desk, write(rows))
    page.rows_step.toggle_groups()
    groups = page.rows_step.detail.groups
    assert groups.rows.row_values(0)[:3] == ("区县", "石门区", 6)  # type: ignore[index]
    page.rows_step.detail.mend_group(0)
    strip = page.rows_step.detail.strip
    assert not strip.cell_button.isVisible()
    assert strip.editor is not None
    strip.editor.set_value("长安区")
    strip.column_button.click()
    settled(qtbot, desk)
    assert counts(page)[HELD] == 1


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
    assert page.foot.rest.text() == "不变 1 行不写入"
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


def test_a_column_under_another_name_is_mapped_in_the_table(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    other = {"执业证号": "号码甲", "身份证": "号码乙"}
    headings = [other.get(heading, heading) for heading in HEADINGS]
    opened(qtbot, page, desk, write([lawyer(1)], headings=headings))
    assert page.step == COLUMNS
    assert not page.foot.next.isEnabled()
    table = page.columns_step.table
    assert table.rows.value(2, 3) == StateValue(StateKind.BAD, "请选择字段")
    assert table.rows.value(0, 3) == StateValue(StateKind.ENDED, "—（不导入）")
    assert "********" in str(table.rows.value(4, 2)), "samples are masked in whatever column"
    table.select_row(2)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = table.editor
    assert editor is not None
    editor.line.setText("执业证号")
    editor.offer("执业证号")
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert page.foot.next.isEnabled()
    assert table.rows.value(2, 3) == StateValue(StateKind.OK, "执业证号（匹配键）")
    page.foot.next.click()
    assert page.step == ROWS
    assert counts(page)[NEW] == 1
    page.go_back_to(COLUMNS)
    assert page.step == COLUMNS


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "0 字节"), (b"%PDF-1.7", "PDF"), ("甲\n乙\n".encode(), "表头")],
)
def test_a_file_that_is_refused_is_told_beside_the_button(
    qtbot: QtBot, page: ImportPage, desk: Desk, tmp_path: Path, content: bytes, word: str
) -> None:
    path = tmp_path / "坏.csv"
    path.write_bytes(content)
    opened(qtbot, page, desk, path)
    assert page.step == CHOOSE
    assert word in page.choosing.message.text()
    assert page.choosing.message.isVisible()


def test_held_rows_and_template_are_written_to_workbooks(
    qtbot: QtBot,
    page: ImportPage,
    desk: Desk,
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(qtbot, page, desk, write([lawyer(1), lawyer(2, 所在律所="河北中恒律所")]))
    target = tmp_path / "问题.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.rows_step.export.click()
    settled(qtbot, desk)
    sheet = openpyxl.load_workbook(target).worksheets[0]
    assert sheet["A1"].value == "石家庄市律师名册"
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == ["王二"]
    page.begin_again()
    target = tmp_path / "模板.xlsx"
    page.choosing.template.click()
    settled(qtbot, desk)
    headings = [cell.value for cell in openpyxl.load_workbook(target).worksheets[0][1]]
    assert "执业证号" in headings
    assert "模板.xlsx" in page.choosing.message.text()


def test_a_file_is_dropped_on_the_page(qtbot: QtBot, page: ImportPage, desk: Desk, write: Write) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write([lawyer(1)])))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    settled(qtbot, desk)
    assert page.step == ROWS


def test_five_thousand_problems_are_shown_and_mended_at_once(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    rows = [lawyer(n, 所在律所="河北中恒律所", 身份证="") for n in range(1, 5_001)]
    opened(qtbot, page, desk, write(rows))
    assert counts(page)[HELD] == 5_000
    assert not page.foot.write.isEnabled()
    table = page.rows_step.table
    assert table is not None
    table.select_row(4_999)
    assert cell(page, 4_999, "@row") == "5002"
    assert page.job.loaded is not None
    assert [group.rows for group in page.job.loaded.groups] == [5_000]
    page.rows_step.detail._replace(page.rows_step._source.row(0), 4, FIRM, 5_000)  # type: ignore[union-attr,arg-type]
    settled(qtbot, desk)
    assert counts(page)[NEW] == 5_000


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


def test_without_the_right_the_page_says_whom_to_ask(qtbot: QtBot, desk: Desk, light: None) -> None:
    nobody = Desk(desk.suite, Actor(login="x", name="无权"))
    page = ImportPage(nobody, KIND)
    qtbot.addWidget(page)
    page.show()
    told = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any("您没有导入“律师名册”的权限" in text for text in told)
    nobody.close()


def test_unfinished_work_is_kept_without_secrets_and_taken_up_again(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    rows = [lawyer(1, 所在律所="河北中恒律所"), lawyer(2, 身份证="13010519870231123X")]
    opened(qtbot, page, desk, write(rows))
    page.job.mend(
        page.job.repairs.with_cell("Sheet1", 3, 4, FIRM).with_cell("Sheet1", 4, 5, "130102198504120033")
    )
    settled(qtbot, desk)
    with qtbot.waitSignal(page.may_close):
        page.save_then_close()
    kept = (desk.suite.settings.home / "import-draft.json").read_text(encoding="utf-8")
    assert "130102198504120033" not in kept
    other = ImportPage(desk, KIND)
    qtbot.addWidget(other)
    settled(qtbot, desk)
    assert "1 项修正" in other.choosing.kept_words.text()
    other.files.resume()
    settled(qtbot, desk)
    assert other.job.loaded is not None
    assert (other.job.loaded.count(NEW), other.job.loaded.count(HELD)) == (1, 1)
    words, rest = foot_words(other.job.loaded)
    assert (words, rest) == ("将新增 1 人", "1 行有问题，跳过，可导出问题清单")
