"""The import wizard over a real database and real workbooks: what it reads, shows and lets one mend."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from suite.contract.commands import Actor
from suite.contract.states import StateKind
from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME
from suite.testing.factories import practice_no
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import ProblemValue, WarnedValue
from suite.ui.kit.state import StateValue
from suite.ui.pages.importing.loaded import DOUBTFUL
from suite.ui.pages.importing.page import CHOOSE, COLUMNS, ROWS, ImportPage
from suite.ui.pages.importing.words import foot_words
from tests.ui.pages.importing.conftest import FIRM, HEADINGS, KIND, Write, lawyer, settled
from tests.ui.pages.importing.wizard import cell, count_of, counts, opened, repair_buttons


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


def test_what_speaks_against_a_row_that_is_written_is_seen_in_its_cell_and_under_a_tab_of_its_own(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    elsewhere = lawyer(2, 区县="桥西区", 执业证号=practice_no(2).replace("1301", "1101", 1))
    opened(qtbot, page, desk, write([lawyer(1), elsewhere]))
    assert counts(page) == {HELD: 0, NEW: 2, CHANGED: 0, SAME: 0}
    marked = cell(page, 1, "main_no")
    assert isinstance(marked, WarnedValue)
    assert marked.value == elsewhere[2]
    assert not isinstance(cell(page, 0, "main_no"), WarnedValue)
    assert page.foot.rest.text() == "其中 1 行有提醒，请先核对"
    page.rows_step.tabs.set_current(DOUBTFUL)
    table = page.rows_step.table
    assert table is not None
    assert table.rows.rowCount() == 1
    assert cell(page, 0, "name") == elsewhere[1]


def test_no_tab_of_doubts_where_there_are_none(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    opened(qtbot, page, desk, write([lawyer(1)]))
    assert DOUBTFUL not in [tab.key for tab in page.rows_step.tabs.tabs]
    assert page.foot.rest.text() == ""


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
