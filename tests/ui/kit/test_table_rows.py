"""The windowed table: model rules, checks, sorting, copying, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sample_pages import COLUMNS, sample_rows

from suite.contract.states import StateKind
from suite.ui.kit.columns import Column, ColumnKind, DiffValue, ProblemValue, WarnedValue, cell_text
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView


class SlowSource(QObject):
    """Has rows only after they were asked for and delivered."""

    rows_ready = Signal(int, int)
    reset = Signal()

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.rows: dict[int, Sequence[object]] = {}
        self.asked: list[tuple[int, int]] = []

    def row_count(self) -> int:
        return self.count

    def cached_row(self, row: int) -> Sequence[object] | None:
        return self.rows.get(row)

    def row_key(self, row: int) -> int | None:
        return row if row in self.rows else None

    def request(self, first: int, last: int) -> None:
        self.asked.append((first, last))

    def deliver(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self.rows[row] = (f"行{row}", row)
        self.rows_ready.emit(first, last)


TWO = (Column(key="name", title="名称", sortable=True), Column(key="n", title="数", kind=ColumnKind.NUMBER))


@pytest.fixture
def table(qtbot: QtBot, light: None) -> TableView:
    model = RowTableModel(COLUMNS, ListSource(sample_rows(200)), checkable=True)
    view = TableView(model)
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(1100, 600)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.mark.parametrize("checkable", [True, False])
def test_model_keeps_the_rules_of_qt(checkable: bool, qtmodeltester: ModelTester, light: None) -> None:
    source = ListSource(sample_rows(5))
    model = RowTableModel(COLUMNS, source, checkable=checkable)
    qtmodeltester.check(model)
    source.set_rows(sample_rows(9))
    assert model.rowCount() == 9
    qtmodeltester.check(model)


def test_roles_that_nobody_answers_do_not_touch_the_source(light: None) -> None:
    class Untouchable(ListSource):
        def cached_row(self, row: int) -> Sequence[object] | None:
            raise AssertionError("asked")

    model = RowTableModel(TWO, Untouchable([("a", 1)]))
    index = model.index(0, 0)
    for role in (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.DecorationRole):
        assert model.data(index, int(role)) is None
    assert model.data(index, int(Qt.ItemDataRole.TextAlignmentRole)) is not None


def test_a_reader_hears_states_changes_and_problems_in_words(light: None) -> None:
    columns = [Column(key=k, title=k) for k in "abcd"]
    row = (
        StateValue(StateKind.BAD, "停止执业"),
        DiffValue("兼职", "专职"),
        ProblemValue("", "必填"),
        WarnedValue(DiffValue("1301", ""), "请核对"),
    )
    model = RowTableModel(columns, ListSource([row]), checkable=True)
    spoken = [model.data(model.index(0, n), int(Qt.ItemDataRole.AccessibleTextRole)) for n in range(5)]
    assert spoken == ["未勾选", "停止执业", "兼职，原值 专职", "空，必填", "1301，原值 —，请核对"]
    assert model.value(0, 4) == row[3]
    assert cell_text(row[3]) == "1301"


def test_missing_is_a_dash_and_zero_is_zero() -> None:
    assert [cell_text(v) for v in (None, "", 0, -1234, True)] == ["—", "—", "0", "−1,234", "是"]


def test_rows_in_sight_and_a_screen_around_them_are_asked_for(qtbot: QtBot, light: None) -> None:
    source = SlowSource(1_000_000)
    model = RowTableModel(TWO, source)
    view = TableView(model)
    qtbot.addWidget(view)
    view.resize(400, 330)
    view.show()
    qtbot.waitUntil(lambda: bool(source.asked))
    first, last = source.asked[-1]
    assert first == 0
    assert 15 <= last <= 30
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: source.asked[-1][1] == 999_999)
    assert 999_960 <= source.asked[-1][0] <= 999_985
    assert model.data(model.index(999_999, 0)) == "—"
    source.deliver(*source.asked[-1])
    assert model.data(model.index(999_999, 0)) == "行999999"


def test_space_and_click_check_rows(qtbot: QtBot, table: TableView) -> None:
    table.select_row(2)
    with qtbot.waitSignal(table.rows.checks_changed) as sent:
        QTest.keyClick(table, Qt.Key.Key_Space)
    assert sent.args == [1]
    box = table.visualRect(table.rows.index(4, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert table.rows.checked == {2, 4}
    assert table.current_row == 2, "checking another row must not move the current one"
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert table.rows.checked == {2}
    index = table.rows.index(2, 0)
    assert table.rows.data(index, int(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked


def test_checks_stay_when_rows_are_sorted_anew(table: TableView) -> None:
    source = table.rows.source
    assert isinstance(source, ListSource)
    source.set_rows(sample_rows(3), keys=["a", "b", "c"])
    table.rows.toggle_check(0)
    source.set_rows(sample_rows(3), keys=["c", "b", "a"])
    assert [table.rows.is_checked(row) for row in range(3)] == [False, False, True]


def test_current_row_is_found_again_after_a_refresh(table: TableView) -> None:
    source = table.rows.source
    assert isinstance(source, ListSource)
    table.select_row(7)
    source.set_rows(sample_rows(200))
    assert table.current_row == 7
    source.set_rows(sample_rows(3))
    assert table.current_row == -1


def test_enter_opens_and_f2_edits(qtbot: QtBot, table: TableView) -> None:
    table.select_row(3)
    with qtbot.waitSignal(table.row_opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [3, 3]
    with qtbot.waitSignal(table.edit_wanted) as edit:
        QTest.keyClick(table, Qt.Key.Key_F2)
    assert edit.args == [3, 3, "name"]


def test_ctrl_a_asks_for_all_in_the_filter(qtbot: QtBot, table: TableView) -> None:
    with qtbot.waitSignal(table.check_all_wanted):
        QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.rows.checked == set(), "the page knows the keys, the table does not"


def test_the_summary_waits_until_the_arrow_keys_rest(qtbot: QtBot, table: TableView) -> None:
    settled: list[list[Any]] = []
    table.row_settled.connect(lambda *args: settled.append(list(args)))
    table.select_row(0)
    for _ in range(5):
        QTest.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(settled))
    assert settled == [[5, 5]]


def test_a_link_opens_only_on_its_text(qtbot: QtBot, table: TableView) -> None:
    rect = table.visualRect(table.rows.index(1, 1))
    with qtbot.waitSignal(table.link_clicked) as sent:
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.x() + 12, rect.center().y())
        )
    assert sent.args == [1, 1, "name"]
    with qtbot.assertNotEmitted(table.link_clicked):
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.rows.index(1, 3)).center()
        )


def test_copy_gives_shown_columns_in_shown_order(table: TableView) -> None:
    header = table.header
    header.setSectionHidden(2, True)
    header.moveSection(header.visualIndex(4), 2)
    table.select_row(0)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:3] == ["姓名", "区县", "执业机构"]
    assert "执业证号" not in lines[0]
    assert len(lines) == 3
    assert lines[1].split("\t")[:2] == ["王振华", "长安区"]
    assert lines[2].split("\t")[-1] == "—"


def click_title(table: TableView, column: int, modifier: Qt.KeyboardModifier) -> None:
    header = table.header
    spot = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, spot)


def test_titles_sort_and_shift_adds_a_key(qtbot: QtBot, table: TableView) -> None:
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    orders: list[object] = []
    table.sort_changed.connect(orders.append)
    click_title(table, 1, none)
    click_title(table, 1, none)
    click_title(table, 6, shift)
    click_title(table, 1, shift)
    click_title(table, 4, none)
    assert orders == [
        (("name", True),),
        (("name", False),),
        (("name", False), ("first", True)),
        (("name", True), ("first", True)),
        (("district", True),),
    ]
    click_title(table, 2, none)
    assert len(orders) == 5, "a column that is not sortable answers nothing"


def test_layout_is_kept_by_key_and_restored(table: TableView) -> None:
    header = table.header
    header.setSectionHidden(5, True)
    header.moveSection(header.visualIndex(4), 2)
    header.resizeSection(2, 222)
    kept = header.layout_state()
    header.reset_layout()
    assert not header.isSectionHidden(5)
    header.restore_layout([{"key": "gone", "width": 5, "hidden": False}, *kept])
    assert header.layout_state() == kept
    assert header.isSectionHidden(5)


def test_the_stretched_column_fills_the_rest_and_keeps_its_least_width(table: TableView) -> None:
    header, firm = table.header, [column.key for column in table.rows.columns].index("firm")
    edits: list[bool] = []
    header.edited.connect(lambda: edits.append(True))
    table.show()
    table.resize(1600, 400)
    assert header.length() == header.viewport().width()
    assert header.sectionSize(firm) > 178
    table.resize(500, 400)
    assert header.sectionSize(firm) == 178
    assert header.length() > header.viewport().width(), "the table scrolls instead"
    assert not edits, "fitting to a window is not a person's choice of columns"
    table.header.column_menu().actions()[3].trigger()
    assert edits == [True]


def test_a_pinned_column_cannot_be_hidden(table: TableView) -> None:
    table.header.restore_layout([{"key": "name", "width": 80, "hidden": True}])
    assert not table.header.isSectionHidden(1)
    menu = table.header.column_menu(1)
    name = next(action for action in menu.actions() if action.text() == "姓名")
    assert not name.isEnabled()
    assert "左移" not in [action.text() for action in menu.actions()]


def test_typing_letters_does_not_search_a_million_rows(qtbot: QtBot, light: None) -> None:
    class Counting(SlowSource):
        reads = 0

        def cached_row(self, row: int) -> Sequence[object] | None:
            Counting.reads += 1
            return None

    model = RowTableModel(TWO, Counting(1_000_000))
    view = TableView(model)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    before = Counting.reads
    QTest.keyClicks(view, "wang")
    assert Counting.reads - before < 1000


def test_empty_model_has_no_rows_in_sight(qtbot: QtBot, light: None) -> None:
    model = RowTableModel(TWO, ListSource())
    view = TableView(model)
    qtbot.addWidget(view)
    assert view.visible_rows() == (0, -1)
    assert view.current_key is None
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == 2
