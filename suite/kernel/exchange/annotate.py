"""The held rows as the sender's own workbook, bad cells marked and commented, ready to be mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from suite.contract.problems import Severity
from suite.kernel.documents.cell_text import text_cell
from suite.kernel.documents.xml_text import xml_text
from suite.kernel.exchange.bounds import DEFAULT_LIMITS, column_letters
from suite.kernel.exchange.cleaned import LOST
from suite.kernel.exchange.merged import MergedCells
from suite.kernel.exchange.previewed import HELD, PROBLEMS_HEADING, ImportPreview, PreviewRow, SheetPreview
from suite.kernel.exchange.printed import sheet_printed
from suite.kernel.exchange.reading import Sheet
from suite.kernel.exchange.repairs import Repairs
from suite.kernel.exchange.sender_form import PLAIN, SenderForm, sender_forms
from suite.kernel.exchange.whole_file import whole_file
from suite.kernel.executor.work import Progress

AUTHOR = "导入核对"
STEP = 500
USUAL_WIDTH, PROBLEMS_WIDTH = 14, 60
#: What no sheet may be called by, and how long its name may be.
_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_LONGEST_NAME = 31


def write_held_rows(preview: ImportPreview, out: Path, *, progress: Progress | None = None) -> int:
    """Write the held rows under their own title rows and header; returns how many.

    Sheet, columns and widths are the sender's; cells keep what they hold, but for what was mended already.
    A wrong cell is marked and says what is wrong and what to do; a last column says it for the whole row.
    That column is passed over when the file is imported again. Raises Refused where the file cannot be
    written, and whatever `progress` raises.
    """
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    held: dict[str, list[PreviewRow]] = defaultdict(list)
    for row in preview.rows:
        if row.result == HELD:
            held[row.sheet].append(row)
    book = Workbook(write_only=True)
    if any(sheet.from_1904 for sheet in preview.read.book.sheets):
        # A number that was meant for a day must still be that day.
        book.epoch = CALENDAR_MAC_1904
    # Opened first: rows are streamed, and what cannot be written should be known before.
    with whole_file(out) as partial, partial.open("wb") as file:
        try:
            written = _write_sheets(book, preview, held, progress or _tell_nobody)
            if not written:
                book.create_sheet("没有问题行")
        except BaseException:
            # A stream that is left open would complain when it is thrown away.
            for page in book.worksheets:
                page.close()
            raise
        book.save(file)
    return written


def _tell_nobody(what: str, done: int, total: int) -> None:
    pass


def _write_sheets(
    book: Any,
    preview: ImportPreview,
    held: Mapping[str, Sequence[PreviewRow]],
    progress: Progress,
) -> int:
    forms = sender_forms(preview.path, preview.file_hash, held.keys())
    written, total = 0, sum(map(len, held.values()))
    for read in preview.sheets:
        rows = held.get(read.sheet, ())
        if not rows:
            continue
        page = book.create_sheet(read.sheet.translate(_NO_NAME)[:_LONGEST_NAME])
        writer = _SheetWriter(page, preview.read.sheet(read.sheet), read, preview.repairs)
        writer.head(forms.get(read.sheet, PLAIN), rows)
        for row in rows:
            if written % STEP == 0:
                progress("写出问题行", written, total)
            writer.row(row)
            written += 1
    return written


def _is_empty(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or value == ""


def _shown(sheet: Sheet, rows: Sequence[int]) -> dict[int, list[Any]]:
    """Index of a row → its values as the sender sees them: what is merged over several rows is in each.

    Where the file does not carry a value stands what says so, for an empty cell would pass for one.
    """
    width = max((len(sheet.rows[index]) for index in rows), default=0)
    last = max((column for _, column in sheet.lost), default=0)
    width = max(width, min(last - sheet.first_column_number + 1, DEFAULT_LIMITS.columns))
    lines = [[*sheet.rows[index], *[""] * (width - len(sheet.rows[index]))] for index in rows]
    merged = MergedCells(sheet)
    for place in range(width):
        number = sheet.first_column_number + place
        column = [line[place] for line in lines]
        lost = dict(merged.fill(number, rows, column))
        for at, index in enumerate(rows):
            code = sheet.lost.get((sheet.row_number(index), number)) or lost.get(at)
            lines[at][place] = column[at] if code is None else LOST[code][1]
    return dict(zip(rows, lines, strict=True))


class _SheetWriter:
    """Writes one sheet, from its first row on."""

    def __init__(self, page: Any, sheet: Sheet, read: SheetPreview, repairs: Repairs) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        self._page, self._sheet, self._read, self._repairs = page, sheet, read, repairs
        self._bad = PatternFill("solid", fgColor="FBEAE8")
        self._bold, self._wrap = Font(bold=True), Alignment(wrap_text=True, vertical="center")
        self._columns: Mapping[str, int] = {
            field: column.number for column in read.columns for field in column.fills
        }
        self._problems = 0
        self._body: dict[int, list[Any]] = {}

    def head(self, form: SenderForm, held: Sequence[PreviewRow]) -> None:
        """Widths, the rows above the table, and its header, each where the sender has it."""
        sheet, last = self._sheet, self._read.header_rows[-1]
        above = sheet.rows[: last - sheet.first_row_number + 1]
        self._body = _shown(sheet, [row.row - sheet.first_row_number for row in held])
        used = 1
        for values in (*above, *self._body.values()):
            used = max([used, *(place for place, value in enumerate(values, 1) if not _is_empty(value))])
        last_column = sheet.first_column_number + used - 1
        ours = any((c.heading, c.number) == (PROBLEMS_HEADING, last_column) for c in self._read.columns)
        self._problems = last_column if ours else last_column + 1
        for number in range(1, self._problems):
            width = form.widths.get(number, USUAL_WIDTH)
            self._page.column_dimensions[column_letters(number)].width = width
        self._page.column_dimensions[column_letters(self._problems)].width = PROBLEMS_WIDTH
        for top, left, bottom, right in form.merged:
            if bottom <= last and right < self._problems:
                self._page.merged_cells.add(f"{column_letters(left)}{top}:{column_letters(right)}{bottom}")
        self._page.freeze_panes = f"A{last + 1}"
        sheet_printed(self._page, columns=self._problems, heads=f"{self._read.header_rows[0]}:{last}")
        for _ in range(1, sheet.first_row_number):
            self._page.append([])
        for index, values in enumerate(above):
            number = sheet.row_number(index)
            cells = self._cells(values)
            if number in self._read.header_rows:
                for cell in filter(None, cells):
                    cell.font, cell.alignment = self._bold, self._wrap
            if number == self._read.header_rows[0]:
                cells = self._with_problems(cells, PROBLEMS_HEADING, bold=True)
            self._page.append(cells)

    def row(self, row: PreviewRow) -> None:
        """One held row with its marks."""
        sheet = self._sheet
        values = [
            self._repairs.mended(sheet.name, row.row, sheet.first_column_number + place, value)
            for place, value in enumerate(self._body[row.row - sheet.first_row_number])
        ]
        cells = self._cells(values)
        told: dict[int, list[str]] = defaultdict(list)
        said = []
        for problem in row.problems:
            if problem.severity is Severity.ERROR:
                said.append(problem.text)
                at = self._columns.get(problem.field or "")
                if at is not None:
                    told[at].append(problem.text)
        for at, texts in told.items():
            self._mark(cells, at, "\n".join(texts))
        self._page.append(self._with_problems(cells, f"原第 {row.row} 行：{'；'.join(said)}"))

    def _cells(self, values: Sequence[Any]) -> list[Any]:
        before = [None] * (self._sheet.first_column_number - 1)
        return [*before, *(self._cell(value) for value in values)][: max(self._problems - 1, 0)]

    def _cell(self, value: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if _is_empty(value):
            return None
        if not isinstance(value, str):
            return WriteOnlyCell(self._page, value)
        cell = text_cell(self._page, value)
        cell.number_format = "@"  # also when it is mended
        return cell

    def _mark(self, cells: list[Any], column: int, text: str) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.comments import Comment

        cells += [None] * (column - len(cells))
        if cells[column - 1] is None:
            cells[column - 1] = WriteOnlyCell(self._page, None)
        cell = cells[column - 1]
        cell.fill = self._bad
        cell.comment = Comment(xml_text(text), AUTHOR, width=320, height=60 + 24 * (len(text) // 20))

    def _with_problems(self, cells: list[Any], text: str, *, bold: bool = False) -> list[Any]:
        cell = self._cell(text)
        cell.alignment = self._wrap
        if bold:
            cell.font = self._bold
        return [*cells, *[None] * (self._problems - 1 - len(cells)), cell]
