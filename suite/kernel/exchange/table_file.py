"""Tables as workbooks and text files: the one way in which rows become a file, text kept text."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from math import ceil
from pathlib import Path
from typing import Any

from suite.contract.problems import refuse
from suite.kernel.documents.cell_text import text_cell
from suite.kernel.documents.display_width import display_width
from suite.kernel.documents.xml_text import xml_text
from suite.kernel.exchange.leaving import Basis
from suite.kernel.exchange.printed import column_width, sheet_printed
from suite.kernel.exchange.safe_text import safe_text_for_cell
from suite.kernel.exchange.whole_file import whole_file

#: So many rows say how wide the columns of a sheet are, which stands before them in the file.
MEASURED = 500
NARROWEST, LINE = 12, "BFBFBF"
#: How wide the columns of a table with wrapped texts are, and up to which width a heading makes them.
WRAPPED_FROM, WRAPPED_TO, HEADING_TO = 7, 36, 12
#: The same where the table has many columns.
LARGE_TO = 20
#: Of one line of text, in points.
LINE_HEIGHT = 16


@dataclass(frozen=True, kw_only=True)
class Table:
    """A sheet of a workbook: headings and rows.

    hidden: headings of columns that are for the program that reads the file back, not for people.
    wrapped: long texts take several lines; for tables of tens of rows, not of thousands. large: of many
    columns, printed on A3 and as wide as a page.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    hidden: frozenset[str] = frozenset()
    wrapped: bool = False
    large: bool = False


def write_table(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    sheet: str,
    basis: Basis | None = None,
    wrapped: bool = False,
) -> int:
    """Write headings and rows to .xlsx or .csv by the file's ending; returns the number of rows.

    A workbook says who made it, when and why where `basis` is given; `wrapped`: see `Table`. Raises Refused
    for another ending.
    """
    if path.suffix.lower() == ".csv":
        with whole_file(path) as partial:
            return _write_csv(partial, headings, rows)
    if path.suffix.lower() == ".xlsx":
        return write_workbook(
            path, [Table(title=sheet, headings=headings, rows=rows, wrapped=wrapped)], basis
        )
    raise refuse("file.type", f"只能导出为 .xlsx 或 .csv，现为“{path.suffix}”，请改文件名。")


def write_workbook(path: Path, tables: Sequence[Table], basis: Basis | None = None) -> int:
    """Write a sheet for each table, and of its making what `basis` says; returns the rows of the first.

    Raises Refused for another ending than .xlsx.
    """
    from openpyxl import Workbook

    if path.suffix.lower() != ".xlsx":
        raise refuse("file.type", f"只能导出为 .xlsx，现为“{path.suffix}”，请改文件名。")
    book = Workbook(write_only=True)
    with whole_file(path) as partial:
        written = [_into(book, table) for table in tables]
        if basis is not None:
            basis.into_workbook(book, written[0])
        book.save(partial)
    return written[0]


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    written = 0
    # With a mark of order, since spreadsheet programs would otherwise read UTF-8 as the local code page.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for row in rows:
            writer.writerow(
                [safe_text_for_cell(cell) if isinstance(cell, str) else _plain(cell) for cell in row]
            )
            written += 1
    return written


def _plain(cell: Any) -> Any:
    return "" if cell is None else cell.isoformat() if isinstance(cell, dt.date) else cell


def _into(book: Any, table: Table) -> int:
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(table.title[:31])
    page.freeze_panes = "A2"
    sheet_printed(page, columns=len(table.headings) - len(table.hidden), heads="1:1", large=table.large)
    waiting = iter(table.rows)
    first = list(islice(waiting, MEASURED))
    widths = []
    for place, heading in enumerate(table.headings):
        texts = [str(row[place]) for row in first if row[place] is not None]
        most = LARGE_TO if table.large else WRAPPED_TO
        widths.append(_wrapped_width(heading, texts, most) if table.wrapped else _width(heading, texts))
        column = page.column_dimensions[get_column_letter(place + 1)]
        column.width, column.hidden = widths[-1], heading in table.hidden
    rows = chain(first, waiting)
    return _fill_lined(page, table, rows, widths) if table.wrapped else _fill(page, table, rows)


def _width(heading: str, texts: Sequence[str]) -> int:
    return max(NARROWEST, column_width((heading, *texts)))


def _wrapped_width(heading: str, texts: Sequence[str], most: int) -> int:
    """A heading takes lines before it makes a column of short words wide."""
    return min(max(WRAPPED_FROM, min(column_width((heading,)), HEADING_TO), column_width(texts)), most)


def _fill(page: Any, table: Table, rows: Iterable[Sequence[Any]]) -> int:
    from openpyxl.styles import Font

    heads = [text_cell(page, heading) for heading in table.headings]
    for cell in heads:
        cell.font = Font(bold=True)
    page.append(heads)
    written = 0
    for row in rows:
        page.append([_cell(page, value) for value in row])
        written += 1
    return written


def _cell(page: Any, value: Any) -> Any:
    if isinstance(value, str):
        value = xml_text(value)
        # A cell of its own costs; only what a program could take for something else needs one.
        return text_cell(page, value) if value[:1] in ("=", "+", "-", "@", "#") else value
    return value


def _fill_lined(page: Any, table: Table, rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> int:
    """With lines around the cells, and each row as high as its texts need: not every program reckons that."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin", color=LINE)
    border = Border(left=line, right=line, top=line, bottom=line)
    wrapping, bold = Alignment(wrap_text=True, vertical="center"), Font(bold=True)
    shown = [heading not in table.hidden for heading in table.headings]
    number = 0
    for number, row in enumerate(chain([table.headings], rows), 1):
        cells = [
            text_cell(page, value) if isinstance(value, str) else WriteOnlyCell(page, value) for value in row
        ]
        for cell in cells:
            cell.border, cell.alignment = border, wrapping
            if number == 1:
                cell.font = bold
        needed = (
            ceil(display_width(value) / (width - 2)) if isinstance(value, str) else 1
            for value, width, counts in zip(row, widths, shown, strict=True)
            if counts
        )
        page.row_dimensions[number].height = LINE_HEIGHT * max(needed, default=1)
        page.append(cells)
    return number - 1
