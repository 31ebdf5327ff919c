"""The table of a list with what stands below it: bulk bar, count line; or the empty state in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from suite.ui.kit.bars import BulkBar, ProgressStrip
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import TextSize
from suite.ui.pages.roster.source import RosterSource
from suite.ui.pages.roster.state import Layout


class TableArea(QWidget):
    """One table at a time: another kind has other columns and gets a table of its own."""

    table_made = Signal(object)  # TableView
    checks_changed = Signal()
    layout_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: TableView | None = None
        self.model: RowTableModel | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        ground = Frame("surface")
        self._stack = QStackedLayout(ground)
        column.addWidget(ground, 1)
        self.bulk = BulkBar()
        column.addWidget(self.bulk)
        foot = Bar("foot", 30)
        self.count = label("", bold=True)
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.progress = ProgressStrip()
        self.range = label("", tone="text2", size=TextSize.CAPTION)
        foot.row.addWidget(self.count)
        foot.row.addWidget(self.note, 1)
        foot.row.addWidget(self.progress)
        foot.row.addWidget(self.range)
        column.addWidget(foot)
        self._empty: EmptyState | None = None
        self.bulk.clear_wanted.connect(self.clear_checks)

    def show_table(self, columns: Sequence[Column], source: RosterSource) -> TableView:
        """Replace the table."""
        old_table, old_model = self.table, self.model
        self.model = RowTableModel(columns, source, self, checkable=True)
        self.table = TableView(self.model)
        self.table.setAccessibleName("名册")
        self.model.checks_changed.connect(lambda _count: self.checks_changed.emit())
        self.table.header.edited.connect(self.layout_changed)
        self.table.visible_rows_changed.connect(self._tell_range)
        self._stack.addWidget(self.table)
        self._stack.setCurrentWidget(self.table)
        if old_table is not None:
            if old_table.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._stack.removeWidget(old_table)
            old_table.deleteLater()
        if old_model is not None:
            old_model.deleteLater()
        self.hide_empty()
        self.checks_changed.emit()
        self.table_made.emit(self.table)
        return self.table

    # Empty state.

    @property
    def empty(self) -> EmptyState | None:
        """What stands in the table's place, None while the table is shown."""
        return self._empty

    def show_empty(self, sentence: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Put a sentence and one button in the table's place."""
        self.hide_empty()
        self._empty = EmptyState(sentence, button, act)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
        self.range.setText("")

    def hide_empty(self) -> None:
        """Show the table again."""
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if self.table is not None:
            self._stack.setCurrentWidget(self.table)

    # Columns.

    def shown_columns(self) -> list[Column]:
        """The columns in the order and choice that is shown."""
        if self.table is None:
            return []
        header, columns = self.table.header, self.table.rows.columns
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [
            columns[number]
            for number in order
            if not header.isSectionHidden(number) and columns[number].kind is not ColumnKind.CHECK
        ]

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show just these columns; pinned ones stay."""
        if self.table is None:
            return
        for number, column in enumerate(self.table.rows.columns):
            if column.kind is not ColumnKind.CHECK and not column.pinned:
                self.table.header.setSectionHidden(number, column.key not in keys)
        self.table.header.fit()
        self.layout_changed.emit()

    def restore_layout(self, layout: Layout | None) -> None:
        """Columns as kept, or as declared."""
        if self.table is None:
            return
        self.table.header.reset_layout()
        if layout:
            self.table.header.restore_layout(layout)

    def layout_state(self) -> Layout:
        """The present columns, to be kept."""
        return self.table.header.layout_state() if self.table is not None else []

    # Rows.

    def _tell_range(self, first: int, last: int) -> None:
        total = self.model.rowCount() if self.model is not None else 0
        self.range.setText(f"第 {first + 1:,}—{last + 1:,} 行，共 {total:,} 行" if total else "")

    def checked(self) -> set[int]:
        """The checked subjects, in sight or not."""
        found = self.model.checked if self.model is not None else ()
        return {key for key in found if isinstance(key, int)}

    def clear_checks(self) -> None:
        """Uncheck everything."""
        if self.model is not None and self.model.checked:
            self.model.set_checked(())

    def set_stale(self, stale: bool) -> None:
        """Grey the rows while a slow query runs."""
        if self.table is not None:
            self.table.set_stale(stale)
