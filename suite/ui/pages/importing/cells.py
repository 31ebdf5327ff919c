"""The rows of a preview as table rows: built when they come into sight, masked but for what is wrong."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from suite.contract.declarations import Field, FieldType
from suite.contract.problems import Problem, Severity
from suite.contract.states import StateKind
from suite.kernel.exchange.export import words_of
from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME, PreviewRow
from suite.kernel.registry.masking import masked
from suite.loader.catalog import Catalog
from suite.ui.kit.columns import (
    Align,
    Column,
    ColumnKind,
    DiffValue,
    ProblemValue,
    WarnedValue,
    cell_text,
)
from suite.ui.kit.state import StateValue
from suite.ui.pages.importing.loaded import ALL, Loaded
from suite.ui.pages.roster.cells import breadth, columns_for

RESULTS = {
    HELD: StateValue(StateKind.BAD, "问题"),
    NEW: StateValue(StateKind.NEW, "新增"),
    CHANGED: StateValue(StateKind.WARN, "变更"),
    SAME: StateValue(StateKind.ENDED, "不变"),
}
KEPT_ROWS = 4_000
MEASURED_ROWS, WIDEST = 200, 40
CHARACTER, PADDING = 7.2, 18  # of a digit at 100 %, and of a cell
EDGE = 16  # room for the mark of a wrong or doubtful cell


def error_of(row: PreviewRow, key: str) -> Problem | None:
    """What is wrong with a cell, None where nothing is."""
    return next((p for p in row.problems if p.field == key and p.severity is Severity.ERROR), None)


def warning_of(row: PreviewRow, key: str) -> Problem | None:
    """What speaks against a cell that is taken, None where nothing does."""
    return next((p for p in row.problems if p.field == key and p.severity is Severity.WARNING), None)


def mapped_fields(loaded: Loaded) -> list[Field]:
    """The fields that are read, in the order of the sheets' columns."""
    keys = dict.fromkeys(key for sheet in loaded.sheets if sheet.state == "read" for key in sheet.fields)
    return [loaded.kind.by_key[key] for key in keys]


def preview_columns(loaded: Loaded, catalog: Catalog) -> tuple[Column, ...]:
    """Sheet (where there are several), row number, result, and the fields that are read.

    A column is as wide as the longest of its first values, so that more of them show at once.
    """
    writer = CellWriter(loaded, catalog)
    declared = {column.key: column for column in columns_for(loaded.kind, catalog)}
    several = sum(1 for sheet in loaded.sheets if sheet.state == "read") > 1
    sheet = (Column(key="@sheet", title="工作表", width=84),) if several else ()
    return (
        *sheet,
        Column(key="@row", title="行", width=52, align=Align.RIGHT),
        Column(key="@result", title="结果", kind=ColumnKind.STATE, width=72),
        *(_cell_column(declared[field.key], field, loaded, writer) for field in mapped_fields(loaded)),
    )


def _cell_column(column: Column, field: Field, loaded: Loaded, writer: CellWriter) -> Column:
    rows = loaded.preview.rows if loaded.preview is not None else ()
    places = loaded.orders.get(ALL, ())[:MEASURED_ROWS]
    texts = [cell_text(writer.cell(rows[place], field)) for place in places]
    characters = min(max((breadth(text) for text in texts), default=0), WIDEST)
    width = max(characters, breadth(column.title)) * CHARACTER + PADDING
    marked = any(error_of(rows[at], field.key) or warning_of(rows[at], field.key) for at in places)
    return replace(
        column,
        kind=ColumnKind.DIFF,
        align=column.alignment,
        width=round(width) + (EDGE if marked else 0),
        sortable=False,
        pinned=False,
        hidden=False,
        stretch=False,
    )


class CellWriter:
    """What a cell of a preview shows."""

    def __init__(self, loaded: Loaded, catalog: Catalog) -> None:
        self._loaded, self._catalog = loaded, catalog
        self._districts = dict(loaded.districts)

    def text(self, field: Field, value: Any) -> str:
        """A cleaned value in words; secret values masked."""
        if value is None:
            return ""
        if field.sensitive:
            return masked(field.key, str(value)) or ""
        if field.type is FieldType.LINK and field.several:
            return "、".join(self._loaded.names.get(one, str(one)) for one in value)
        if field.type is FieldType.LINK and isinstance(value, int):
            value = self._loaded.names.get(value, str(value))
        elif field.type is FieldType.LINK and isinstance(value, tuple):
            value = value[1]
        return cell_text(words_of(self._catalog, field, value, self._districts))

    def cell(self, row: PreviewRow, field: Field) -> object:
        """A problem with the text as given, a change with both values, or the value; doubts are marked."""
        problem = error_of(row, field.key)
        if problem is not None:
            return ProblemValue(self._loaded.shown(row, field.key), problem.text)
        value: object = self.text(field, row.values.get(field.key))
        if field.key in row.changes:
            old, new = row.changes[field.key]
            value = DiffValue(self.text(field, new), self.text(field, old))
        doubt = warning_of(row, field.key)
        return WarnedValue(value, doubt.text) if doubt is not None else value


class PreviewSource(QObject):
    """Feeds the table from a preview. Rows are at hand; their cells are made when asked for."""

    rows_ready = Signal(int, int)
    reset = Signal()

    def __init__(self, loaded: Loaded, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loaded = loaded
        self._writer = CellWriter(loaded, catalog)
        self._fields = mapped_fields(loaded)
        self._several = sum(1 for sheet in loaded.sheets if sheet.state == "read") > 1
        self._places = loaded.orders.get(ALL, ())
        self._made: dict[int, tuple[object, ...]] = {}

    def show(self, tab: str) -> None:
        """Show the rows of one tab."""
        self._places = self._loaded.orders.get(tab, ())
        self.reset.emit()

    def row(self, number: int) -> PreviewRow | None:
        """The row of the preview behind a row of the table."""
        preview = self._loaded.preview
        if preview is None or not 0 <= number < len(self._places):
            return None
        return preview.rows[self._places[number]]

    def find(self, key: Hashable) -> int | None:
        """The number of the row with a key among those shown."""
        return next((n for n in range(len(self._places)) if self.row_key(n) == key), None)

    def row_count(self) -> int:
        return len(self._places)

    def row_key(self, row: int) -> Hashable | None:
        found = self.row(row)
        return (found.sheet, found.row) if found is not None else None

    def cached_row(self, row: int) -> Sequence[object] | None:
        found = self.row(row)
        if found is None:
            return None
        place = self._places[row]
        made = self._made.get(place)
        if made is None:
            if len(self._made) >= KEPT_ROWS:
                self._made.clear()
            sheet = (found.sheet,) if self._several else ()
            cells = (self._writer.cell(found, field) for field in self._fields)
            made = self._made[place] = (*sheet, str(found.row), RESULTS[found.result], *cells)
        return made

    def request(self, first: int, last: int) -> None:
        """Nothing to fetch."""
