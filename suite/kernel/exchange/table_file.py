"""Tables as workbooks and text files: the one way in which rows become a file, text kept text."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from suite.contract.problems import refuse
from suite.kernel.documents.cell_text import put_text, text_cell
from suite.kernel.documents.xml_text import xml_text
from suite.kernel.exchange.leaving import Basis
from suite.kernel.exchange.printed import column_width, sheet_printed
from suite.kernel.exchange.safe_text import safe_text_for_cell
from suite.kernel.exchange.whole_file import whole_file

#: So many rows say how wide the columns of a sheet are, which stands before them in the file.
MEASURED = 500
NARROWEST = 12


@dataclass(frozen=True, kw_only=True)
class Table:
    """A sheet of a workbook: headings and rows.

    hidden: headings of columns that are for the program that reads the file back, not for people.
    wrapped: long texts take several lines; for tables of tens of rows, not of thousands.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    hidden: frozenset[str] = frozenset()
    wrapped: bool = False


def write_table(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    sheet: str,
    basis: Basis | None = None,
) -> int:
    """Write headings and rows to .xlsx or .csv by the file's ending; returns the number of rows.

    A workbook says who made it, when and why where `basis` is given. Raises Refused for another ending.
    """
    if path.suffix.lower() == ".csv":
        with whole_file(path) as partial:
            return _write_csv(partial, headings, rows)
    if path.suffix.lower() == ".xlsx":
        return write_workbook(path, [Table(title=sheet, headings=headings, rows=rows)], basis)
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
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(table.title[:31])
    page.freeze_panes = "A2"
    sheet_printed(page, columns=len(table.headings) - len(table.hidden), heads="1:1")
    waiting = iter(table.rows)
    first = list(islice(waiting, MEASURED))
    for place, heading in enumerate(table.headings):
        texts = (str(row[place]) for row in first if row[place] is not None)
        column = page.column_dimensions[get_column_letter(place + 1)]
        column.width = max(NARROWEST, column_width((heading, *texts)))
        column.hidden = heading in table.hidden
    bold = [text_cell(page, heading) for heading in table.headings]
    for cell in bold:
        cell.font = Font(bold=True)
    page.append(bold)
    lines = Alignment(wrap_text=True, vertical="center")
    written = 0
    for row in chain(first, waiting):
        page.append([_wrapped(page, value, lines) if table.wrapped else _cell(page, value) for value in row])
        written += 1
    return written


def _cell(page: Any, value: Any) -> Any:
    if isinstance(value, str):
        value = xml_text(value)
        # A cell of its own costs; only what a program could take for something else needs one.
        return text_cell(page, value) if value[:1] in ("=", "+", "-", "@", "#") else value
    return value


def _wrapped(page: Any, value: Any, lines: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, None if isinstance(value, str) else value)
    cell.alignment = lines
    return put_text(cell, value) if isinstance(value, str) else cell
