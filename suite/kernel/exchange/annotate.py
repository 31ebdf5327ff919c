"""The held rows as a workbook of their own, bad cells marked and commented, ready to be mended."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from suite.contract.problems import Severity
from suite.kernel.exchange.previewed import HELD, ImportPreview, SheetPreview


def write_held_rows(preview: ImportPreview, out: Path) -> int:
    """Write the sender's headings and the held rows as they were given; returns how many.

    Marked cells carry what is wrong and what to do. A problem of the whole row stands in a last column.
    """
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    bad = PatternFill("solid", fgColor="FBEAE8")
    held: dict[str, list[Any]] = defaultdict(list)
    for row in preview.rows:
        if row.result == HELD:
            held[row.sheet].append(row)
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    written = 0
    for read in preview.sheets:
        rows = held.get(read.sheet, [])
        if read.state != "read" or not rows:
            continue
        page = book.create_sheet(read.sheet[:31])
        columns = [column for column in read.columns if column.heading]
        for place, column in enumerate(columns, 1):
            page.cell(row=1, column=place, value=column.heading).font = Font(bold=True)
        last = len(columns) + 1
        page.cell(row=1, column=last, value="问题").font = Font(bold=True)
        places = _places(read)
        sheet = preview.read.sheet(read.sheet)
        for line, row in enumerate(rows, 2):
            cells = sheet.rows[row.row - sheet.first_row_number]
            for place, column in enumerate(columns, 1):
                index = column.number - sheet.first_column_number
                value = cells[index] if index < len(cells) else None
                cell = page.cell(row=line, column=place, value=None if value == "" else value)
                if isinstance(value, str):
                    cell.data_type = "s"
            told = []
            for problem in row.problems:
                if problem.severity is not Severity.ERROR:
                    continue
                at = places.get(problem.field or "")
                if at is not None:
                    cell = page.cell(row=line, column=at)
                    cell.fill = bad
                    former = f"{cell.comment.text}\n" if cell.comment else ""
                    cell.comment = Comment(f"{former}{problem.text}", "导入核对")
                told.append(problem.text)
            page.cell(row=line, column=last, value=f"原第 {row.row} 行：{'；'.join(told)}")
            written += 1
        page.freeze_panes = "A2"
    if not book.sheetnames:
        book.create_sheet("没有问题行")
    book.save(out)
    return written


def _places(read: SheetPreview) -> dict[str, int]:
    """Field key → column in the written sheet."""
    columns = [column for column in read.columns if column.heading]
    return {
        column.field: place
        for place, column in enumerate(columns, 1)
        if column.field is not None and not column.duplicate
    }
