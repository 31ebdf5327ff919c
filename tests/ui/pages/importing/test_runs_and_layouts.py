"""Taking an import back in the wizard, and what it remembers of a sender."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from suite.contract.states import StateKind
from suite.kernel.exchange.previewed import HELD, NEW, ColumnMatch, SheetPreview
from suite.kernel.exchange.ranges import Span
from suite.kernel.exchange.units import Conversion
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import AuditTransaction, Subject
from suite.ui.desk import Desk
from suite.ui.kit.editors import TextEditor
from suite.ui.kit.state import StateValue
from suite.ui.pages.importing.mapping import MappedColumn, certainty
from suite.ui.pages.importing.mending import MendStrip
from suite.ui.pages.importing.page import COLUMNS, DONE, ROWS, ImportPage
from tests.ui.pages.importing.conftest import HEADINGS, KIND, Write, lawyer, settled
from tests.ui.pages.importing.wizard import count_of, repair_buttons


def opened(qtbot: QtBot, page: ImportPage, desk: Desk, write: Write, *rows: list[object]) -> None:
    page.open_file(write(list(rows)))
    settled(qtbot, desk)


def imported(qtbot: QtBot, page: ImportPage, desk: Desk, write: Write, *rows: list[object]) -> None:
    opened(qtbot, page, desk, write, *rows)
    page.write()
    settled(qtbot, desk)
    assert page.step == DONE


def edit_one(desk: Desk, name: str) -> None:
    with desk.suite.reading() as session:
        found = session.scalars(select(Subject).where(Subject.name == name)).one()
        edit = RowEdit(subject_id=found.id, values={"phone": "13900000000"})
    desk.suite.run(SaveRecords(kind=KIND, rows=(edit,)), desk.actor)


def test_the_result_is_taken_back_with_a_reason(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    imported(qtbot, page, desk, write, lawyer(1), lawyer(2), lawyer(3))
    assert page.result.until.text() == "可整批撤回至 2026-12-23"
    edit_one(desk, "王二")
    page.result.undo.click()
    settled(qtbot, desk)
    panel = page.result.panel
    assert panel.strip is not None
    assert "移除新增的 2 人；1 人因导入后又有办理，保留不动" in panel.strip.consequence.text()
    assert panel.strip.act.text() == "撤销 2 人"
    assert count_of(desk) == 3
    assert page.step_back()
    assert panel.strip is None
    assert not panel.isVisible()
    page.result.undo.click()
    settled(qtbot, desk)
    assert panel.strip is not None
    panel.strip.act.click()
    assert panel.strip.missing.isVisible(), "without a reason nothing is done"
    panel.strip.reason.setText("选错了文件")
    QTest.keyClick(panel.strip.reason, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert count_of(desk) == 1
    assert panel.left.rows.row_values(0)[:2] == ("Sheet1 第 4 行", "王二")  # type: ignore[index]
    assert page.result.undo.isEnabled(), "what stays may go once its reason is gone"
    page.result.undo.click()
    settled(qtbot, desk)
    assert panel.strip is None
    assert "没有可以撤销的" in panel.message.text()
    with desk.suite.reading() as session:
        reasons = session.scalars(select(AuditTransaction.reason)).all()
    assert "选错了文件" in reasons


def test_an_earlier_run_is_taken_back_from_the_list(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    imported(qtbot, page, desk, write, lawyer(1), lawyer(2))
    page.begin_again()
    settled(qtbot, desk)
    runs = page.choosing.runs
    assert not runs.undo.isEnabled()
    assert runs.table.rows.value(0, 8) == StateValue(StateKind.OK, "还可撤销 30 日")
    runs.table.select_row(0)
    QTest.keyClick(runs.table, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert runs.panel.strip is not None
    runs.panel.strip.reason.setText("重复导入")
    runs.panel.strip.act.click()
    settled(qtbot, desk)
    assert count_of(desk) == 0
    assert runs.table.rows.value(0, 8) == StateValue(StateKind.ENDED, "已撤销 2 行")
    assert "系统管理员" in runs.undo.toolTip()


def test_a_run_all_of_which_was_edited_is_told_and_left(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    imported(qtbot, page, desk, write, lawyer(1))
    edit_one(desk, "王一")
    page.result.undo.click()
    settled(qtbot, desk)
    assert page.result.panel.strip is None
    assert "没有可以撤销的" in page.result.panel.message.text()
    assert page.result.panel.left.isVisible()


def test_the_mapping_of_a_sender_is_proposed_the_next_time_and_forgotten(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    headings = ["号码甲" if heading == "执业证号" else heading for heading in HEADINGS]
    path = write([lawyer(1)], headings=headings)
    page.open_file(path)
    settled(qtbot, desk)
    assert page.step == COLUMNS
    page.job.map_column("Sheet1", 3, "main_no")
    settled(qtbot, desk)
    page.go(ROWS)
    learning = page.rows_step.learning
    assert not learning.forget.isVisible()
    learning.remember.click()
    settled(qtbot, desk)
    assert learning.forget.isVisible()
    page.begin_again()
    page.open_file(path)
    settled(qtbot, desk)
    assert page.step == ROWS
    page.go_back_to(COLUMNS)
    table = page.columns_step.table
    assert table.rows.value(2, 3) == StateValue(StateKind.OK, "执业证号（匹配键，已学习）")
    assert table.rows.value(2, 4) == "按上次的对应关系"
    assert "列已学习" in page.columns_step.count.text()
    learning.forget.click()
    settled(qtbot, desk)
    assert page.step == COLUMNS
    assert table.rows.value(2, 3) == StateValue(StateKind.BAD, "请选择字段")


def test_the_mapping_of_a_nearly_alike_file_is_proposed_and_looked_at_first(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    headings = ["2025年号码甲" if heading == "执业证号" else heading for heading in HEADINGS]
    page.open_file(write([lawyer(1)], headings=headings))
    settled(qtbot, desk)
    page.job.map_column("Sheet1", 3, "main_no")
    settled(qtbot, desk)
    page.go(ROWS)
    page.rows_step.learning.remember.click()
    settled(qtbot, desk)
    page.begin_again()
    changed = ["签字" if heading == "联系电话" else heading for heading in headings]
    changed = [heading.replace("2025", "2026") for heading in changed]
    page.open_file(write([lawyer(1)], name="又一次.xlsx", headings=changed))
    settled(qtbot, desk)
    assert page.step == COLUMNS
    table = page.columns_step.table
    assert table.rows.value(2, 3) == StateValue(StateKind.WARN, "执业证号（匹配键，拟，请核对）")
    assert table.rows.value(2, 4) == "拟照“11月名册”上次的对应"
    assert "1 列拟照上次" in page.columns_step.count.text()
    assert "有 1 列拟照上次相近的表读取，请核对。" in page.columns_step.message.text()


def test_a_column_says_its_unit_and_its_span(desk: Desk) -> None:
    def told(kind: str, column: ColumnMatch) -> StateValue:
        line = MappedColumn(sheet=SheetPreview(sheet="表", state="read"), column=column)
        return certainty(line, desk.suite.catalog.kinds[kind], False)

    column = ColumnMatch(number=2, heading="设立资产（万元）", field="assets")
    for given, factor, state, words in (
        ("万元", Decimal(10_000), StateKind.OK, "万元 → 元，×10,000"),
        ("万美元", None, StateKind.WARN, "万美元，应为元"),
    ):
        unit = Conversion(heading=column.heading, given=given, wanted="元", factor=factor)
        shown = told("lawyers.law_firm", replace(column, unit=unit))
        assert shown == StateValue(state, f"设立资产（{words}）")
    term = ColumnMatch(
        number=3, heading="聘期", field="term_from", span=Span(begin="term_from", end="term_to")
    )
    assert told("arbitration.arbitrator", term).word == "聘期起（连同聘期止）"


def test_a_value_and_the_order_of_dates_are_mended_throughout_a_column_and_kept(
    qtbot: QtBot, page: ImportPage, desk: Desk, write: Write
) -> None:
    headings = ["首次执业日期" if heading == "联系电话" else heading for heading in HEADINGS]
    rows = [lawyer(n, 联系电话=f"{n}/5/2012", 执业类型="合格") for n in range(1, 5)]
    page.open_file(write(rows, headings=headings))
    settled(qtbot, desk)
    assert page.job.loaded is not None
    assert page.job.loaded.count(HELD) == 4
    told = repair_buttons(page)
    assert "本列“合格”全部改为（4 行）" in told
    told["本列按日-月-年读（4 行）"].click()
    settled(qtbot, desk)
    kind = desk.suite.catalog.kinds[KIND]
    title = desk.suite.catalog.codes[kind.by_key["category"].codes or ""].titles["full_time"]
    detail = page.rows_step.detail
    row = page.rows_step._source.row(0)  # type: ignore[union-attr]
    assert row is not None
    detail._replace(row, 7, title, 4)
    settled(qtbot, desk)
    assert page.job.loaded.count(NEW) == 4
    learning = page.rows_step.learning
    assert learning.keep.text() == "同时记住 2 项全列改正"
    learning.keep.click()
    page.write()
    settled(qtbot, desk)
    page.begin_again()
    page.open_file(write([lawyer(9, 联系电话="2/7/2013", 执业类型="合格")], headings=headings))
    settled(qtbot, desk)
    assert page.job.loaded.count(NEW) == 1
    assert any("沿用上次" in one.text() for one in page.rows_step.basis.findChildren(QLabel))


def test_the_editor_of_a_cell_says_the_unit_of_its_column(qtbot: QtBot, desk: Desk) -> None:
    strip = MendStrip(desk)
    qtbot.addWidget(strip)
    field = desk.suite.catalog.kinds["notary.notary_office"].by_key["insurance_cover"]
    for hint, shown in (("本列以万元计", "本列以万元计"), ("", field.hint)):
        strip.begin("改正", field, "五百", 1, (), hint=hint)
        assert isinstance(strip.editor, TextEditor)
        assert strip.editor.line.placeholderText() == shown
