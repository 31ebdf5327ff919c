"""The table: a view over windowed rows with checks, sorting, links, copying and the keyboard rules."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from suite.ui.kit.columns import Align, ColumnKind, cell_text
from suite.ui.kit.delegate import CellDelegate
from suite.ui.kit.header import SortKeys, TableHeader
from suite.ui.kit.rows import AnyIndex, RowTableModel
from suite.ui.kit.theme import theme

SETTLE_MS = 120  # a selection fills the summary after this; arrows held down ask for nothing


class Place(NamedTuple):
    """A place in a table that outlives a change of its rows; of `top`, `above` pixels are out of sight."""

    current: Hashable | None
    top: Hashable | None
    above: int


class TableView(QTableView):
    """Rows of one `RowTableModel`. Fixed row heights; nothing is ever measured over all rows.

    Keys: arrows move, Space checks, Enter opens, F2 edits, Ctrl+A asks for all in the filter,
    Ctrl+C copies the selected rows with headers, masked cells masked. A row is passed on by its number
    and key. `row_settled` comes 120 ms after the current row stopped moving.
    """

    row_opened = Signal(int, object)
    row_settled = Signal(int, object)
    link_clicked = Signal(int, object, str)  # row, key, column key
    edit_wanted = Signal(int, object, str)  # row, key, column key
    check_all_wanted = Signal()
    escape_pressed = Signal()
    sort_changed = Signal(object)  # SortKeys
    visible_rows_changed = Signal(int, int)

    def __init__(
        self, model: RowTableModel, parent: QWidget | None = None, *, row_base: int | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self.stale = False
        self._row_base = row_base
        self._kept: tuple[int, Hashable | None] = (-1, None)
        self._asked = (-1, -1)
        self._window_timer = QTimer(self, singleShot=True, interval=0)
        self._window_timer.timeout.connect(self._ask_window)
        self._settle_timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle_timer.timeout.connect(self._settle)
        self.header = TableHeader(model.columns, self)
        self.header.sort_changed.connect(self.sort_changed)
        self.setHorizontalHeader(self.header)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setMinimumSectionSize(16)
        self._set_row_height()
        self.setModel(model)
        self._cells = CellDelegate(self, self)
        self.setItemDelegate(self._cells)
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)
        model.dataChanged.connect(self._rows_changed)
        self.header.reset_layout()
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.viewport().setMouseTracking(True)
        theme().changed.connect(self._restyle)

    # What the delegate asks.

    @property
    def current_row(self) -> int:
        """The number of the current row, -1 without one."""
        return self.currentIndex().row()

    @property
    def first_column(self) -> int:
        """The column that is drawn leftmost."""
        return self.header.logicalIndex(0)

    @property
    def ring_column(self) -> int:
        """The column of the focus ring: only while the keyboard is here and no row is marked by it."""
        if not self.hasFocus() or self.selectionModel().hasSelection():
            return -1
        return self.currentIndex().column()

    # Rows.

    @property
    def current_key(self) -> Hashable | None:
        """The key of the current row, None without one or while it is not there."""
        row = self.current_row
        return self.rows.key(row) if row >= 0 else None

    def select_row(self, row: int) -> None:
        """Make a row current and bring it into sight; the keyboard stays where it is."""
        column = max(self.currentIndex().column(), self.rows.offset)
        self.setCurrentIndex(self.rows.index(row, column))

    def show_column(self, key: str) -> None:
        """Bring a column's cell of the current row into sight; row and keyboard stay where they are."""
        column = next((n for n, column in enumerate(self.rows.columns) if column.key == key), None)
        if column is not None and self.current_row >= 0:
            self.scrollTo(self.rows.index(self.current_row, column))

    def place(self) -> Place:
        """Where the person is: the current row and the one that is uppermost in sight, by their keys."""
        top, _ = self.visible_rows()
        above = self.verticalScrollBar().value() - top * self.verticalHeader().defaultSectionSize()
        uppermost = self.rows.key(top) if self.verticalScrollBar().value() else None
        return Place(current=self.current_key, top=uppermost, above=above)

    def return_to(self, place: Place, row_of: Callable[[Hashable], int | None]) -> None:
        """Back to a place after rows came and went; `row_of` tells where a key is now.

        Who was at the very top stays there, so that what is new is seen.
        """
        row = row_of(place.current) if place.current is not None else None
        if row is not None and row != self.current_row:
            self.select_row(row)
        if place.current is not None or place.top is not None:
            top = row_of(place.top) if place.top is not None else 0
            if top is not None:
                height = self.verticalHeader().defaultSectionSize()
                self.verticalScrollBar().setValue(top * height + (place.above if top else 0))

    def visible_rows(self) -> tuple[int, int]:
        """First and last row in sight, (0, -1) for an empty table."""
        count = self.rows.rowCount()
        if not count:
            return 0, -1
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return max(first, 0), last if last >= 0 else count - 1

    def span_groups(self) -> None:
        """Let the heads of groups stand over their rows; asked by who shows a short list with groups."""
        self.clearSpans()
        columns = len(self.rows.columns)
        for row in range(self.rows.rowCount()):
            if self.rows.group(row) is not None and columns > 1:
                self.setSpan(row, 0, 1, columns)

    def first_row(self) -> int:
        """The first row that can be chosen, -1 without one."""
        rows = range(self.rows.rowCount())
        return next((row for row in rows if self.rows.group(row) is None), -1)

    def set_stale(self, stale: bool) -> None:
        """Grey the rows while a slow query is running."""
        if stale != self.stale:
            self.stale = stale
            self.viewport().update()

    def _set_row_height(self) -> None:
        look = theme()
        if self._row_base is not None:
            height = look.height(self._row_base)
        else:
            height = look.row_height(self.window().height() if self.isVisible() else 10_000)
        vertical = self.verticalHeader()
        if vertical.defaultSectionSize() != height:
            vertical.setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)

    def _restyle(self) -> None:
        self._set_row_height()
        self.viewport().update()

    def _scrolled(self) -> None:
        self._window_timer.start()

    def _ask_window(self) -> None:
        first, last = self.visible_rows()
        if last < first:
            return
        if (first, last) != self._asked:
            self._asked = (first, last)
            self.visible_rows_changed.emit(first, last)
        screen = last - first + 1
        self.rows.source.request(max(first - screen, 0), min(last + screen, self.rows.rowCount() - 1))

    def _before_reset(self) -> None:
        self._kept = (self.current_row, self.current_key)

    def _after_reset(self) -> None:
        self._asked = (-1, -1)
        self._window_timer.start()
        self._restore_current()

    def _restore_current(self) -> None:
        row, key = self._kept
        if row >= 0 and key is not None and row < self.rows.rowCount() and self.rows.key(row) == key:
            self._kept = (-1, None)
            self.select_row(row)

    def _rows_changed(self) -> None:
        if self._kept[1] is not None:
            self._restore_current()

    # Events.

    def paintEvent(self, event: QPaintEvent) -> None:
        self._cells.begin()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fit()
        self._set_row_height()
        self._window_timer.start()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            # The accent bar stands in the first column, outside of what the view repaints by itself.
            for index in (current, previous):
                if index.isValid():
                    self.update(self.rows.index(index.row(), self.first_column))
            self._settle_timer.start()

    def _settle(self) -> None:
        if self.current_row >= 0:
            self.row_settled.emit(self.current_row, self.current_key)

    def keyboardSearch(self, search: str) -> None:
        """Off: it would walk through every row on the GUI thread."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        row = self.current_row
        if key == Qt.Key.Key_Space and plain and row >= 0 and self.rows.offset:
            self.rows.toggle_check(row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.row_opened.emit(row, self.current_key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.first_row() >= 0:
            self.select_row(self.first_row())  # nothing is chosen yet: Enter chooses, and opens next time
        elif key == Qt.Key.Key_F2 and plain and row >= 0:
            self.edit_wanted.emit(row, self.current_key, self._current_column_key())
        elif key == Qt.Key.Key_A and control:
            if self.rows.offset:
                self.check_all_wanted.emit()
        elif key == Qt.Key.Key_C and control:
            self.copy_rows()
        elif key == Qt.Key.Key_Escape and plain:
            self.escape_pressed.emit()
            event.ignore()
            return
        elif control and key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.rows.rowCount():
            self.select_row(0 if key == Qt.Key.Key_Home else self.rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _current_column_key(self) -> str:
        column = self.currentIndex().column()
        return self.rows.columns[column].key if column >= 0 else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            kind = self.rows.columns[index.column()].kind
            if kind is ColumnKind.CHECK:
                self.rows.toggle_check(index.row())
                return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        link = self._link_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and link is not None and not event.modifiers():
            row, column = link
            self.link_clicked.emit(row, self.rows.key(row), self.rows.columns[column].key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        if self.rows.columns[index.column()].kind is ColumnKind.CHECK:
            self.rows.toggle_check(index.row())
        elif self._link_at(event.position().toPoint()) is None:
            self.row_opened.emit(index.row(), self.rows.key(index.row()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._link_at(event.position().toPoint()) is not None
        wanted = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() is not wanted:
            self.viewport().setCursor(wanted)

    def _link_at(self, point: QPoint) -> tuple[int, int] | None:
        index = self.indexAt(point)
        if not index.isValid() or self.rows.columns[index.column()].kind is not ColumnKind.LINK:
            return None
        value = self.rows.value(index.row(), index.column())
        if value in (None, ""):
            return None
        box, wide = self.visualRect(index), theme().metrics().horizontalAdvance(cell_text(value)) + 16
        right = self.rows.columns[index.column()].alignment is Align.RIGHT
        inside = point.x() > box.right() - wide if right else point.x() < box.x() + wide
        return (index.row(), index.column()) if inside else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self.viewport().update()

    # Copying.

    def selected_rows(self) -> list[int]:
        """Numbers of the selected rows in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows(self.rows.offset))

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard as tab-separated text with a header line.

        Columns in the order and choice that is shown; rows that are not fetched yet are left out.
        """
        places = range(self.header.count())
        numbers = [self.header.logicalIndex(place) for place in places]
        shown = [
            number
            for number in numbers
            if not self.header.isSectionHidden(number)
            and self.rows.columns[number].kind is not ColumnKind.CHECK
        ]
        lines = ["\t".join(self.rows.columns[number].title for number in shown)]
        for row in self.selected_rows():
            values = self.rows.row_values(row)
            if values is not None:
                cells = (cell_text(values[number - self.rows.offset]) for number in shown)
                lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        QGuiApplication.clipboard().setText("\n".join(lines))

    # Layout.

    @property
    def sort_keys(self) -> SortKeys:
        """The order now asked for."""
        return self.header.sort_keys

    def set_sort(self, keys: SortKeys) -> None:
        """Show an order in the header without asking for it."""
        self.header.set_sort(keys)
