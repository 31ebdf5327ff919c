"""The windowed table model: it asks a source for the rows in sight and never holds them all."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    SignalInstance,
)

from suite.ui.kit.columns import Align, Column, ColumnKind, GroupValue, cell_text, spoken_text
from suite.ui.kit.tokens import Width

AnyIndex = QModelIndex | QPersistentModelIndex

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_CHECK_STATE = int(Qt.ItemDataRole.CheckStateRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ANSWERED = frozenset({_DISPLAY, _CHECK_STATE, _ALIGNMENT, _SPOKEN})

_ALIGN_FLAGS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}

CHECK_COLUMN = Column(key="", title="", kind=ColumnKind.CHECK, width=Width.CHECK_COLUMN, pinned=True)


class RowSource(Protocol):
    """Where rows come from. Implementations live on the GUI thread and fetch elsewhere.

    All methods answer at once from what is at hand. Both signals are sent on the GUI thread.
    `rows_ready` carries the first and last row number that have become available; `reset` says that
    count, order or everything changed.
    """

    @property
    def rows_ready(self) -> SignalInstance: ...

    @property
    def reset(self) -> SignalInstance: ...

    def row_count(self) -> int:
        """How many rows can be scrolled to."""
        ...

    def cached_row(self, row: int) -> Sequence[object] | None:
        """The values of a row in the order of the columns, or None while it is not there."""
        ...

    def row_key(self, row: int) -> Hashable | None:
        """What names the row through sorting and filtering (its id), or None while it is not there."""
        ...

    def request(self, first: int, last: int) -> None:
        """These rows are in sight: fetch them, and drop earlier requests that are not."""
        ...


class ListSource(QObject):
    """A source for rows that are all at hand: small tables, previews."""

    rows_ready = Signal(int, int)
    reset = Signal()

    def __init__(self, rows: Iterable[Sequence[object]] = (), keys: Iterable[Hashable] | None = None) -> None:
        super().__init__()
        self._rows: list[Sequence[object]] = []
        self._keys: list[Hashable] | None = None
        self.set_rows(rows, keys)

    def set_rows(self, rows: Iterable[Sequence[object]], keys: Iterable[Hashable] | None = None) -> None:
        """Replace everything. Without `keys` a row is named by its number."""
        self._rows = list(rows)
        self._keys = None if keys is None else list(keys)
        self.reset.emit()

    def row_count(self) -> int:
        return len(self._rows)

    def cached_row(self, row: int) -> Sequence[object] | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_key(self, row: int) -> Hashable | None:
        if not 0 <= row < len(self._rows):
            return None
        return row if self._keys is None else self._keys[row]

    def request(self, first: int, last: int) -> None:
        """Nothing to fetch."""


class RowTableModel(QAbstractTableModel):
    """Rows of a `RowSource` under declared columns, with a set of checked row keys.

    `data` is asked some two thousand times per scroll step by views with a stock delegate, mostly
    for roles that nothing here answers; it leaves at once for those. Our own delegate reads `row_values`
    and does not come this way at all.
    """

    checks_changed = Signal(int)  # how many are checked now

    def __init__(
        self,
        columns: Sequence[Column],
        source: RowSource,
        parent: QObject | None = None,
        *,
        checkable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ((CHECK_COLUMN,) if checkable else ()) + tuple(columns)
        self.offset = 1 if checkable else 0
        self.checked: set[Hashable] = set()
        self._flags = (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        )
        self._source = source
        self._connect()

    @property
    def source(self) -> RowSource:
        """Where the rows come from now."""
        return self._source

    def set_source(self, source: RowSource) -> None:
        """Show the rows of another source; checks stay."""
        self.beginResetModel()
        self._source.rows_ready.disconnect(self._rows_arrived)
        self._source.reset.disconnect(self._source_reset)
        self._source = source
        self._connect()
        self.endResetModel()

    def _connect(self) -> None:
        self._source.rows_ready.connect(self._rows_arrived)
        self._source.reset.connect(self._source_reset)

    def _rows_arrived(self, first: int, last: int) -> None:
        last = min(last, self.rowCount() - 1)
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _source_reset(self) -> None:
        # The source has changed already; between the two calls nobody asks, and both are needed
        # to make views drop what they remember.
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._source.row_count()

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.group(index.row()) is not None:
            return Qt.ItemFlag.ItemNeverHasChildren
        if self.offset and index.column() == 0:
            return self._flags | Qt.ItemFlag.ItemIsUserCheckable
        return self._flags

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        if role not in _ANSWERED or not index.isValid():
            return None
        column = index.column()
        if role == _ALIGNMENT:
            return _ALIGN_FLAGS[self.columns[column].alignment]
        if self.offset and column == 0:
            return self._check_data(index.row(), role)
        if role == _CHECK_STATE:
            return None
        value = self.value(index.row(), column)
        return cell_text(value) if role == _DISPLAY else spoken_text(value)

    def _check_data(self, row: int, role: int) -> Any:
        if role == _CHECK_STATE:
            return Qt.CheckState.Checked if self.is_checked(row) else Qt.CheckState.Unchecked
        if role == _SPOKEN:
            return "已勾选" if self.is_checked(row) else "未勾选"
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != _CHECK_STATE or not self.offset or not index.isValid() or index.column() != 0:
            return False
        key = self._source.row_key(index.row())
        if key is None:
            return False
        wanted = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        if wanted != (key in self.checked):
            self.toggle_check(index.row())
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _SPOKEN:
            return self.columns[section].title or "勾选"
        if role == _ALIGNMENT:
            return _ALIGN_FLAGS[self.columns[section].alignment]
        return None

    def row_values(self, row: int) -> Sequence[object] | None:
        """The values of a row without the check column, or None while it is not there."""
        return self._source.cached_row(row)

    def value(self, row: int, column: int) -> object:
        """The raw value behind a cell, None while it is not there. `column` counts the check column."""
        values = self._source.cached_row(row)
        place = column - self.offset
        return values[place] if values is not None and place < len(values) else None

    def group(self, row: int) -> GroupValue | None:
        """The head of a group where the row is one: it stands alone in its row."""
        values = self._source.cached_row(row)
        first = values[0] if values else None
        return first if isinstance(first, GroupValue) else None

    def key(self, row: int) -> Hashable | None:
        """The key of a row, None while it is not there."""
        return self._source.row_key(row)

    def is_checked(self, row: int) -> bool:
        """Whether the row is checked."""
        return bool(self.checked) and self._source.row_key(row) in self.checked

    def toggle_check(self, row: int) -> None:
        """Check or uncheck one row; does nothing while the row is not there."""
        key = self._source.row_key(row)
        if key is None:
            return
        self.checked.symmetric_difference_update({key})
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        self.checks_changed.emit(len(self.checked))

    def set_checked(self, keys: Iterable[Hashable]) -> None:
        """Replace the checked set, for rows in and out of sight alike."""
        self.checked = set(keys)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))
        self.checks_changed.emit(len(self.checked))
