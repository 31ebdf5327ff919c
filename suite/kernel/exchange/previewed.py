"""What a preview is asked for and what it answers: plain data between reading a file and writing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suite.contract.problems import Problem
from suite.kernel.exchange.bounds import DEFAULT_LIMITS, FileRefused, Limits
from suite.kernel.exchange.columns import PARENT
from suite.kernel.exchange.ranges import Span
from suite.kernel.exchange.reading import Sheet, Workbook
from suite.kernel.exchange.repairs import NO_REPAIRS, Repairs
from suite.kernel.exchange.units import Conversion
from suite.kernel.registry.edits import Checked

if TYPE_CHECKING:
    from suite.kernel.exchange.layouts import KnownLayout
    from suite.kernel.exchange.three_way import LastSaid

NEW, CHANGED, SAME, HELD = "new", "changed", "same", "held"
#: Over the column that says what is wrong with a row, where held rows went back to the sender.
PROBLEMS_HEADING = "问题"
#: Over a column that only numbers the rows.
COUNTERS = frozenset({"序号", "行号", "No", "No.", "NO", "NO."})


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """A file as it was read."""

    book: Workbook

    @property
    def file_hash(self) -> str:
        """The SHA-256 of the bytes that were read."""
        return self.book.file_hash

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name."""
        return next(sheet for sheet in self.book.sheets if sheet.name == name)

    def given(self, sheet: str, row: int, column: int) -> Any:
        """The value of a cell as it stands in the file; None outside of what was read."""
        page = self.sheet(sheet)
        line, place = row - page.first_row_number, column - page.first_column_number
        if not 0 <= line < len(page.rows) or not 0 <= place < len(page.rows[line]):
            return None
        return page.rows[line][place]


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """What to import: a kind and a file; one sheet or all; columns mapped by hand (sheet, number → field).

    `known`: (sheet, row) → the record that the row is known to be about, before any matching. `before`: row
    number → how it stood with that record after the last packet of the sender.
    `near`: read columns that nothing recognises as the nearest layout has them; without, they are told only.
    `again` is the file as an earlier preview read it, so that a repair
    or another mapping is answered at once and always about the same bytes.
    """

    kind: str
    path: Path
    sheet: str | None = None
    encoding: str | None = None
    columns: Mapping[tuple[str, int], str | None] = field(default_factory=dict)
    limits: Limits = DEFAULT_LIMITS
    repairs: Repairs = NO_REPAIRS
    near: bool = False
    again: ReadFile | None = None
    known: Mapping[tuple[str, int], int] = field(default_factory=dict)
    before: Mapping[int, LastSaid] = field(default_factory=dict)


class ColumnSource(StrEnum):
    """By what a column was matched with its field."""

    HEADING = "heading"
    PERSON = "person"
    LEARNED = "learned"
    PROPOSED = "proposed"


@dataclass(frozen=True, kw_only=True)
class ColumnMatch:
    """One column of a sheet: number and heading as shown, the field it goes to, None where to none.

    `unit`: how its numbers become the field's, where it is kept in another unit. `span`: the two fields of a
    column of ranges.
    """

    number: int
    heading: str
    field: str | None
    duplicate: bool = False
    source: ColumnSource = ColumnSource.HEADING
    unit: Conversion | None = None
    span: Span | None = None

    @property
    def fills(self) -> tuple[str, ...]:
        """The fields that are read from it: two where it holds ranges, none where it goes nowhere."""
        if self.field is None or self.duplicate:
            return ()
        return (self.field,) if self.span is None else (self.span.begin, self.span.end)


@dataclass(frozen=True, kw_only=True)
class SheetPreview:
    """What was made of one sheet. `learned`: the layout by which it was read, where one is known.

    `near`: the layout that is nearest, by which columns are proposed that nothing else recognises. `left`:
    such columns were not read, as nobody agreed to it; how the sheet was read is then nothing to be learned.
    """

    sheet: str
    state: str  # read | skipped
    header_rows: tuple[int, ...] = ()
    columns: tuple[ColumnMatch, ...] = ()
    reason: str | None = None
    learned: KnownLayout | None = None
    near: KnownLayout | None = None
    left: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that its columns fill, in their order."""
        found = (key for column in self.columns for key in column.fills if not key.startswith(PARENT))
        return tuple(dict.fromkeys(found))

    @property
    def mapping(self) -> dict[str, str]:
        """Heading → field key of the columns that are read."""
        return {
            column.heading: column.field
            for column in self.columns
            if column.field and not column.duplicate and not column.field.startswith(PARENT)
        }

    @property
    def headings_read(self) -> dict[str, str]:
        """Heading → field key of every column that is looked at, those that only help to find a link too."""
        return {
            column.heading: column.field.removeprefix(PARENT)
            for column in self.columns
            if column.field and not column.duplicate
        }

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headings that go nowhere, but for that of our own remarks."""
        return tuple(
            column.heading
            for column in self.columns
            if column.field is None and column.heading not in ("", PROBLEMS_HEADING)
        )


@dataclass(slots=True, kw_only=True)
class PreviewRow:
    """One row: where it stands, what it would do, and what is wrong with it.

    `values`: field key → cleaned value, empty cells left out. `changes`: field key → (old, new). `checked`:
    the edit that would be written.
    """

    sheet: str
    row: int
    result: str
    subject_id: int | None
    version: int | None
    values: dict[str, Any]
    changes: dict[str, tuple[Any, Any]]
    problems: list[Problem]
    checked: Checked | None = None


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """The whole of an import before it is accepted.

    `repairs` are those asked for with the learned ones behind them; `memory`: see `repairs.suggestions`.
    `said`: row number → all that the row says, of those rows of which a part is not the sender's change.
    `last_run`: the last import of the kind that stood then.
    """

    kind: str
    path: Path
    read: ReadFile
    sheets: tuple[SheetPreview, ...]
    rows: tuple[PreviewRow, ...]
    notices: tuple[Problem, ...]
    repairs: Repairs = NO_REPAIRS
    memory: Mapping[tuple[str, str], str] = field(default_factory=dict)
    said: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    last_run: int = 0

    def saying(self, row: PreviewRow) -> Mapping[str, Any]:
        """All that a row of the only sheet says, what is no change of its sender too."""
        return self.said.get(row.row, row.values)

    @property
    def file_hash(self) -> str:
        """SHA-256 of the file's bytes."""
        return self.read.file_hash

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each result."""
        found = dict.fromkeys((NEW, CHANGED, SAME, HELD), 0)
        for row in self.rows:
            found[row.result] += 1
        return {"rows": len(self.rows), **found}

    def taken(self) -> list[PreviewRow]:
        """The rows that would be written."""
        return [row for row in self.rows if row.result in (NEW, CHANGED)]


class ColumnsMissing(FileRefused):
    """No sheet has all the columns it needs. Carries what was recognised, for a person to map by hand."""

    def __init__(self, text: str, sheets: tuple[SheetPreview, ...], read: ReadFile) -> None:
        super().__init__("missing_columns", text)
        self.sheets = sheets
        self.read = read
