"""What an import promises whatever the file, asked of a preview, of what is written, and of the database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any, get_args

from damaged_tables import Book, Drawn, shown
from messy import LAWYER, Desk

from suite.contract.commands import Done
from suite.contract.problems import Severity
from suite.kernel.exchange.annotate import write_held_rows
from suite.kernel.exchange.bounds import FileCode, FileRefused, column_letters
from suite.kernel.exchange.cleaned import as_text, is_placeholder
from suite.kernel.exchange.columns import MASKED, PARENT
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.notices import CHOICES_SHEET
from suite.kernel.exchange.preview import ImportPreview
from suite.kernel.exchange.previewed import (
    CHANGED,
    HELD,
    NEW,
    SAME,
    ColumnsMissing,
    PreviewRow,
    ReadFile,
    SheetPreview,
)
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.executor.executor import Cancelled
from suite.kernel.registry.current import current_records
from suite.kernel.registry.identifiers.verdict import normalise

#: What taking back does not put back: the trace, the run's own log, what was searched for and told.
PASSED_OVER = ("core_audit_", "core_import_", "core_search_", "core_notice", "sqlite_")
MOVING = {"version", "updated_at"}
#: An import of few rows tells of itself so many times on its way, less one.
STEPS = 5
_LISTED = re.compile(r"第 ([\d、]+) 行(?:等 (\d+) 行)?")


class Watch:
    """Looks at the file of a database from outside, through a connection of its own."""

    def __init__(self, database: Path | str) -> None:
        self._connection = sqlite3.connect(database)
        tables = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        self._queries = [self._query(name) for (name,) in tables if not name.startswith(PASSED_OVER)]

    def _query(self, table: str) -> str:
        columns = [row[1] for row in self._connection.execute(f'PRAGMA table_info("{table}")')]
        kept = ", ".join(f'"{column}"' for column in columns if column not in MOVING)
        return f'SELECT {kept} FROM "{table}"'

    def written(self) -> int:
        """A number that is another one after anybody else has committed anything at all."""
        number: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return number

    def count(self) -> int:
        """How many records of the kind there are."""
        asked = self._connection.execute("SELECT count(*) FROM core_subject WHERE kind = ?", [LAWYER])
        number: int = asked.fetchone()[0]
        return number

    def state(self) -> list[list[tuple[Any, ...]]]:
        """All rows of all tables that the rosters consist of."""
        return [sorted(self._connection.execute(query).fetchall(), key=repr) for query in self._queries]

    def close(self) -> None:
        self._connection.close()


def outcome(
    desk: Desk, content: bytes, name: str, refusals: frozenset[str] = frozenset()
) -> ImportPreview | None:
    """What the importer says of a file: None where it refuses it as a whole, with a sentence."""
    try:
        found = desk.look(content, name)
    except FileRefused as error:
        refused = error
    else:
        assert not refusals, refusals
        return found
    assert refused.code in get_args(FileCode)
    assert not refusals or refused.code in refusals, refused.code
    assert refused.text.endswith("。")
    return None


# What a preview says ---------------------------------------------------------------------------------------


def check(found: ImportPreview, book: Book | None) -> None:
    """Counts agree, each row of the file is accounted for, and nothing is taken that does not stand there.

    `book`: what was written into the file; None where only the reader can say what is in it.
    """
    for row in found.rows:
        wrong = any(problem.severity is Severity.ERROR for problem in row.problems)
        assert (row.result == HELD) == wrong, row
        assert all(problem.text for problem in row.problems)
    counts = found.counts
    assert counts["rows"] == sum(counts[result] for result in (NEW, CHANGED, SAME, HELD))
    assert len({(row.sheet, row.row) for row in found.rows}) == counts["rows"]
    drawn = {sheet.name: sheet for sheet in (book or _as_read(found.read)).sheets}
    if book is not None:
        filled = {
            name for name, sheet in drawn.items() if any(any(map(as_text, row)) for row in shown(sheet))
        }
        assert filled <= {sheet.sheet for sheet in found.sheets}
    for sheet in found.sheets:
        source = drawn.get(sheet.sheet)
        if source is None:
            assert book is not None
            assert not found.read.sheet(sheet.sheet).rows
        elif sheet.state != "read":
            assert sheet.reason
            told = source.state == "visible" or sheet.sheet == CHOICES_SHEET
            assert told or _notices(found, sheet, "hidden_sheet")
        else:
            _check_sheet(found, sheet, source)


def _as_read(read: ReadFile) -> Book:
    sheets = []
    for page in read.book.sheets:
        before: list[Any] = [None] * (page.first_column_number - 1)
        above: list[list[Any]] = [[] for _ in range(page.first_row_number - 1)]
        sheets.append(
            Drawn(
                name=page.name,
                rows=[*above, *([*before, *row] for row in page.rows)],
                state="hidden" if page.hidden else "visible",
                merged=list(page.merged),
                hidden_rows=set(page.hidden_rows),
                hidden_columns=set(page.hidden_columns),
                lost=dict(page.lost),
            )
        )
    return Book(sheets=sheets)


def _notices(found: ImportPreview, sheet: SheetPreview, *wanted: str) -> list[str]:
    named = f"工作表“{sheet.sheet}”"
    return [note.text for note in found.notices if note.code in wanted and note.text.startswith(named)]


def _shows_anything(sheet: Drawn) -> bool:
    return any(as_text(cell) for row in shown(sheet) for cell in row)


def _check_sheet(found: ImportPreview, sheet: SheetPreview, source: Drawn) -> None:
    kept = shown(source)
    rows = {row.row: row for row in found.rows if row.sheet == sheet.sheet}
    last = sheet.header_rows[-1]
    read = {column.number for column in sheet.columns if column.field and not column.duplicate}
    lost = {row for row, column in source.lost if column in read}
    content = {number for number, row in enumerate(kept, 1) if any(map(as_text, row)) or number in lost} | {
        row for row in lost if row > len(kept)
    }
    # With half of its columns filled a row is no title.
    fewest = max(3, len(sheet.columns) / 2)
    full = {number for number in content if number <= last and _places(kept[number - 1]) >= fewest}
    asked = {number for number in content if number > last} | (full - set(sheet.header_rows))
    left = asked - rows.keys() - set(_told(found, sheet, content))
    unlisted = _unlisted(found, sheet)
    assert len(left) <= unlisted, f"rows {sorted(left)} of {sheet.sheet} are lost"
    for row in rows.values():
        assert row.row > last
        if row.result != HELD:
            _check_row(found, sheet, source, kept[row.row - 1] if row.row <= len(kept) else [], row)
    _check_columns(found, sheet, kept, rows)
    hidden = {number for number in source.hidden_rows & content if number > last}
    assert not hidden or _notices(found, sheet, "hidden_rows")
    assert not source.hidden_columns or _notices(found, sheet, "hidden_columns")
    assert source.state == "visible" or _notices(found, sheet, "hidden_sheet")


def _places(row: list[Any]) -> int:
    return sum(1 for cell in row if as_text(cell))


def _told(found: ImportPreview, sheet: SheetPreview, content: set[int]) -> Iterator[int]:
    """The rows that the notices name as left out."""
    for text in _notices(found, sheet, "skipped_rows", "after_table", "rows_above"):
        for listed, _ in _LISTED.findall(text):
            yield from map(int, listed.split("、"))
    for text in _notices(found, sheet, "second_table"):
        first, count = map(int, re.findall(r"第 (\d+) 行起.*共 (\d+) 行", text)[0])
        below = {number for number in content if number >= first}
        assert len(below) == count
        yield from below


def _unlisted(found: ImportPreview, sheet: SheetPreview) -> int:
    """How many more rows the notices count without naming each."""
    texts = _notices(found, sheet, "skipped_rows", "after_table", "rows_above")
    found_more = [pair for text in texts for pair in _LISTED.findall(text) if pair[1]]
    return sum(int(count) - len(listed.split("、")) for listed, count in found_more)


def _check_row(
    found: ImportPreview, sheet: SheetPreview, source: Drawn, kept: list[Any], row: PreviewRow
) -> None:
    """What is taken stands in the row, and what stands in the row is taken or told."""
    cells = dict(enumerate(kept, 1))
    for area in source.merged:
        if area.top < row.row <= area.bottom and not as_text(cells.get(area.left)):
            above = source.rows[area.top - 1] if area.top <= len(source.rows) else []
            cells[area.left] = above[area.left - 1] if area.left <= len(above) else None
    given = {normalise(_forced(as_text(cell))).lstrip("'‘’`") for cell in cells.values()}
    for key in ("id_number", "main_no"):
        number = row.values.get(key)
        # The old form of fifteen digits is the only one that is written otherwise than it was given.
        old = f"{number[:6]}{number[8:17]}" if number and key == "id_number" else None
        assert number is None or {number, f"{number}.0", old} & given, (key, number, given)
    name = row.values.get("name")
    assert name is None or _letters(name) in {_letters(_forced(as_text(cell))) for cell in cells.values()}
    told = {problem.field for problem in row.problems}
    for column in sheet.columns:
        key, cell = column.field, cells.get(column.number)
        if key is None or column.duplicate or key.startswith(PARENT) or key in row.values or key in told:
            continue
        text = as_text(cell).strip("'‘’`")
        masked = bool(MASKED.fullmatch(text)) and _notices(found, sheet, "masked_values")
        assert not text or is_placeholder(text) or masked, (key, text)


def _forced(text: str) -> str:
    return text[2:-1] if text.startswith('="') and text.endswith('"') else text


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _check_columns(
    found: ImportPreview, sheet: SheetPreview, kept: list[list[Any]], rows: Mapping[int, PreviewRow]
) -> None:
    """A column with content is one that the preview shows, or is told."""
    known = {column_letters(column.number) for column in sheet.columns}
    count = 0
    for text in _notices(found, sheet, "without_heading"):
        letters = re.findall(r"([A-Z]+) 列 \d+ 个", text)
        known |= set(letters)
        more = re.search(r"等 (\d+) 列", text)
        count = int(more[1]) - len(letters) if more else 0
    filled = {
        column_letters(column)
        for number in rows
        for column, cell in enumerate(kept[number - 1] if number <= len(kept) else (), 1)
        if as_text(cell)
    }
    assert len(filled - known) <= count, f"columns {filled - known} of {sheet.sheet} are lost"


# What is written -------------------------------------------------------------------------------------------


class _CancelledAfter:
    """The patience of who watches an import: so many steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def __call__(self, what: str, done: int, total: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def check_written(desk: Desk, watch: Watch, chance: Random, found: ImportPreview, content: bytes) -> None:
    """Nothing is written when it is cancelled; else what the preview says.

    Now and then also: the same file has nothing to add; taken back, all is as before.
    """
    before, taken = watch.count(), found.taken()
    state = watch.state() if chance.random() < 0.03 else None
    done = _accepted(desk, watch, chance, found)
    assert watch.count() == before + found.counts[NEW]
    ids = done.result.get("ids", [])
    assert len(ids) == len(taken)
    with desk.suite.reading() as session:
        records = current_records(session, desk.suite.catalog.kinds[LAWYER], ids)
    for number, row in zip(ids, taken, strict=True):
        assert row.subject_id in (None, number)
        values = records[number].values
        other = {key: (value, values[key]) for key, value in row.values.items() if values[key] != value}
        assert not other, (row.sheet, row.row, other)
    if state is not None or chance.random() < 0.3:
        again = outcome(desk, content, found.path.name)
        assert again is not None
        counts = again.counts
        assert (counts["rows"], counts[NEW], counts[CHANGED]) == (found.counts["rows"], 0, 0)
        # A held row may by now be found in the roster, where it says nothing new; none is held that was not.
        assert _held(again) <= _held(found)
    if state is not None and done.result.get("run") is not None:
        undone = desk.suite.run(UndoImport(kind=LAWYER, run=done.result["run"]), desk.admin)
        assert undone.result["left"] == []
        assert watch.state() == state


def _accepted(desk: Desk, watch: Watch, chance: Random, found: ImportPreview) -> Done:
    """The preview is accepted, at the first attempt or after one that was cancelled on its way."""
    written = watch.written()
    if chance.random() < 0.2:
        try:
            return desk.suite.run(
                accept(found), desk.admin, progress=_CancelledAfter(chance.randrange(STEPS))
            )
        except Cancelled:
            assert watch.written() == written
    return desk.suite.run(accept(found), desk.admin)


def _held(found: ImportPreview) -> set[tuple[str, int]]:
    return {(row.sheet, row.row) for row in found.rows if row.result == HELD}


def check_held_rows(desk: Desk, found: ImportPreview) -> None:
    """The held rows go out as a workbook that brings each of them again."""
    out = desk.folder / "held.xlsx"
    held = [row for row in found.rows if row.result == HELD]
    assert write_held_rows(found, out) == len(held)
    try:
        again = desk.look(out.read_bytes(), "again.xlsx")
    except ColumnsMissing:
        # Beside a row that is known by another number the column may lack; by themselves all rows lack it.
        assert all("required" in {problem.code for problem in row.problems} for row in held)
        return
    check(again, None)
    # Of one whose every value is lost nothing stands there but what is wrong with it.
    read = {
        sheet.sheet: [column.number for column in sheet.columns if column.field and not column.duplicate]
        for sheet in found.sheets
    }
    shows = [
        row
        for row in held
        if any(as_text(found.read.given(row.sheet, row.row, column)) for column in read[row.sheet])
    ]
    assert len(shows) <= again.counts["rows"] <= len(held)
