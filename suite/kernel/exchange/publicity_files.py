"""双公示 as workbooks: the national tables out, the platform's rejections and opening stock in.

Also the file of differences for a platform of others. A file appears whole or not at all; text stays text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any

from suite.contract.commands import Done
from suite.contract.problems import refuse
from suite.kernel.credit.publicity.columns import COLUMNS, Form, PublicColumn, Sort
from suite.kernel.credit.publicity.commands import Rejection, RejectPublicity, StockRow
from suite.kernel.documents.cell_text import put_text
from suite.kernel.documents.regular import open_regular
from suite.kernel.exchange.leaving import delivering
from suite.kernel.exchange.printed import sheet_printed
from suite.kernel.exchange.reading import Sheet, is_blank, read_workbook
from suite.kernel.exchange.table_file import Table, write_workbook
from suite.kernel.exchange.whole_file import whole_file
from suite.kernel.executor.work import Transaction

#: Sheet of each table, by form and by who it is about; the platform's template has one each.
SHEETS = {
    "licence_body": "行政许可（法人及非法人组织）",
    "licence_person": "行政许可（自然人）",
    "penalty_body": "行政处罚（法人及非法人组织）",
    "penalty_person": "行政处罚（自然人）",
}
ONLINE = ("公示日期", "上网日期")
#: What stands on the sheet of persons, or of bodies, alone.
PERSON_ONLY = ("XDR_ZJLX", "XDR_ZJHM")
BODY_ONLY = (
    "XDR_SHXYM", "XDR_GSZC", "XDR_ZZJG", "XDR_SWDJ", "XDR_SYDW", "XDR_SHZZ", "FRDB", "FR_ZJLX", "FR_ZJHM",
)  # fmt: skip
HEADING_ROWS = 20
NUMBERS = ("文号", "决定书文号", "行政处罚决定书文号", "行政许可决定文书号", "CF_WSH", "XK_WSH")
NAMES = ("行政相对人名称", "名称", "CF_XDR_MC", "XK_XDR_MC")
REASONS = ("退回原因", "错误原因", "失败原因", "原因", "错误信息")
PLACES = ("错误字段", "字段", "错误列", "列")


def columns_of(key: str) -> tuple[PublicColumn, ...]:
    """The columns of one sheet: those that are for bodies or persons alone are left out of the other."""
    form, _, who = key.partition("_")
    others = BODY_ONLY if who == "person" else PERSON_ONLY
    return tuple(column for column in COLUMNS[Form(form)] if column.code[3:] not in others)


def write_tables(path: Path, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> int:
    """Write the national tables, a sheet each: titles, codes, rows. Gives the number of rows."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    _require_xlsx(path)
    book = Workbook()
    book.remove(book.worksheets[0])
    for key, title in SHEETS.items():
        rows = tables.get(key, ())
        if not rows:
            continue
        page = book.create_sheet(title)
        columns = columns_of(key)
        _line(page, 1, [column.title for column in columns], Font(bold=True))
        _line(page, 2, [column.code for column in columns], Font(color="808080"))
        for number, cells in enumerate(rows, 3):
            _line(page, number, [cells.get(column.code, "") for column in columns])
        _widths(page, [column.title for column in columns])
        page.freeze_panes = "B3"
        sheet_printed(page, columns=len(columns), heads="1:2")
    with whole_file(path) as partial:
        book.save(partial)
    return sum(len(rows) for rows in tables.values())


def write_public(path: Path, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> int:
    """Write a copy for people (公示稿): without codes, without columns in which nothing stands and without
    those that serve the exchange alone."""
    sheets = []
    for key, title in SHEETS.items():
        rows = tables.get(key, ())
        columns = [
            column
            for column in columns_of(key)
            if not column.exchange and any(cells.get(column.code) for cells in rows)
        ]
        if columns:
            sheets.append(
                Table(
                    title=title,
                    headings=[column.title for column in columns],
                    rows=[[cells.get(column.code, "") for column in columns] for cells in rows],
                    wrapped=True,
                    large=True,
                )
            )
    write_workbook(path, sheets)
    return sum(len(rows) for rows in tables.values())


def write_differences(path: Path, title: str, rows: Sequence[Sequence[str]]) -> int:
    """Write a file of differences. Gives the number of rows."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    _require_xlsx(path)
    book = Workbook()
    page = book.worksheets[0]
    page.title = "差异"
    headings = ["变动", "信息种类", "姓名（名称）", "内容"]
    _line(page, 1, [title], Font(bold=True, size=14))
    _line(page, 2, headings, Font(bold=True))
    for number, row in enumerate(rows, 3):
        _line(page, number, row)
    for letter, width in zip("ABCD", (8, 14, 28, 90), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A3"
    sheet_printed(page, columns=len(headings), heads="2:2")
    with whole_file(path) as partial:
        book.save(partial)
    return len(rows)


def report_into(path: Path, reason: str) -> Callable[[Done, Transaction], None]:
    """Writes what `ReportPublicity` gives; without the file nothing counts as reported."""

    def written(place: Path, done: Done) -> int:
        write = write_public if done.result["public"] else write_tables
        return write(place, done.result["tables"])

    return delivering(path, "core_publicity", None, written, reason)


def differences_into(path: Path, owner: str) -> Callable[[Done, Transaction], None]:
    """Writes what `MakePlatformFile` gives; without the file no file of differences is on the list."""

    def write(place: Path, done: Done) -> int:
        title = f"{done.result['title']}差异（第 {done.result['number']} 次）"
        return write_differences(place, title, done.result["rows"])

    return delivering(path, "core_platform_export", owner, write)


def _require_xlsx(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise refuse("file.type", f"只能写成 .xlsx，现为“{path.suffix}”，请改文件名。")


def _line(page: Any, row: int, texts: Sequence[str], font: Any = None) -> None:
    for place, text in enumerate(texts, 1):
        cell = put_text(page.cell(row=row, column=place), text)
        if font is not None:
            cell.font = font


def _widths(page: Any, titles: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter

    for place, title in enumerate(titles, 1):
        page.column_dimensions[get_column_letter(place)].width = max(12, min(40, len(title) * 2 + 4))


def _text(value: Any) -> str:
    """A cell as text: days as the tables write them, whole numbers without a point."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return f"{value:%Y/%m/%d}"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value).strip()


def _headed(sheet: Sheet, wanted: Sequence[Sequence[str]]) -> tuple[int, list[int | None]] | None:
    """The row of the headings and the column of each wanted one; None where the first is not there."""
    for place, row in enumerate(sheet.rows[:HEADING_ROWS]):
        texts = [_text(value) for value in row]
        found = [next((n for n, text in enumerate(texts) if text in names), None) for names in wanted]
        if found[0] is not None and sum(item is not None for item in found) >= min(2, len(wanted)):
            return place, found
    return None


def read_rejections(path: Path) -> tuple[Rejection, ...]:
    """What the platform sent back. Raises FileRefused for what is no workbook, Refused for one without the
    columns of number and reason."""
    found: list[Rejection] = []
    headed = False
    for sheet in read_workbook(path).sheets:
        head = _headed(sheet, (NUMBERS, REASONS, NAMES, PLACES))
        if head is None or head[1][1] is None:
            continue
        headed = True
        place, columns = head
        for row in sheet.rows[place + 1 :]:
            number, reason, name, where = (
                _text(row[column]) if column is not None and column < len(row) else "" for column in columns
            )
            if number and not number.startswith(("CF_", "XK_")):
                found.append(
                    Rejection(document_no=number, name=name, answer=reason or "未说明原因", place=where)
                )
    if not headed:
        raise refuse(
            "publicity.headings",
            f"文件中没有找到文号和退回原因两列（如“{NUMBERS[2]}”“{REASONS[0]}”），请使用平台导出的反馈文件。",
        )
    if not found:
        raise refuse("publicity.empty", "反馈文件中没有退回的记录。")
    return tuple(found)


def rejections_from(path: Path) -> RejectPublicity:
    """The command that takes in what the platform sent back in a file, which it knows again by its digest."""
    found = read_rejections(path)
    with open_regular(path) as file:
        return RejectPublicity(rejections=found, file_digest=file_digest(file, "sha256").hexdigest())


def read_stock(path: Path) -> tuple[StockRow, ...]:
    """Opening stock: sheets in the national columns, headed by titles or codes, and 公示日期 if known."""
    found: list[StockRow] = []
    for sheet in read_workbook(path).sheets:
        found += _stock_of(sheet)
    if not found:
        raise refuse(
            "publicity.headings",
            "文件中没有找到双公示的列（如“行政处罚决定书文号”或 CF_WSH），请使用国家标准的模板填写。",
        )
    return tuple(found)


def _stock_of(sheet: Sheet) -> Iterator[StockRow]:
    for form in Form:
        key = "XK_WSH" if form is Form.LICENCE else "CF_WSH"
        columns = COLUMNS[form]
        wanted = [(next(c for c in columns if c.code == key).title, key)]
        wanted += [(column.title, column.code) for column in columns]
        head = _headed(sheet, [*wanted, ONLINE])
        if head is None:
            continue
        place, places = head
        for offset, row in enumerate(sheet.rows[place + 1 :], place + 1):
            if all(is_blank(value) for value in row):
                continue
            cells = {
                column.code: _cell(column, row[at])
                for column, at in zip(columns, places[1:-1], strict=True)
                if at is not None and at < len(row) and not is_blank(row[at])
            }
            if cells.get(key) == key or not cells:
                continue  # the row of codes below the titles
            online = places[-1]
            day = _text(row[online]) if online is not None and online < len(row) else ""
            yield StockRow(
                row=sheet.row_number(offset),
                form=form.value,
                cells=cells,
                published_on=_day(day),
            )
        return


def _cell(column: PublicColumn, value: Any) -> str:
    text = _text(value)
    if column.sort is Sort.DATE:
        day = _day(text)
        return f"{day:%Y/%m/%d}" if day else text
    return text


def _day(text: str) -> dt.date | None:
    """2026/11/9, 2026-11-09, 2026年11月9日 and 20261109."""
    digits = [part for part in "".join(c if c.isdigit() else " " for c in text).split() if part]
    if len(digits) == 1 and len(digits[0]) == 8:
        digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
    if len(digits) < 3:
        return None
    try:
        return dt.date(int(digits[0]), int(digits[1]), int(digits[2]))
    except ValueError:
        return None
