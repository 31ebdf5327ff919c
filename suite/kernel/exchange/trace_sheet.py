"""The daily sheet (操作痕迹日报): one page with the head of the chain, to be printed, signed and kept.

Who rewrites a database cannot rewrite paper: a head that is typed in later proves that the chain still runs
through it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import refuse
from suite.kernel.audit.activity import Act, ActivityCount, ActivityQuery, activity_counts, require_trace
from suite.kernel.audit.witness import Head, link_of
from suite.kernel.documents.cell_text import put_text
from suite.kernel.exchange.leaving import Basis
from suite.tables import AuditEntry, AuditTransaction, House

TITLES = {
    Act.WRITTEN: "办理",
    Act.REVEALED: "查看敏感信息",
    Act.EXPORTED: "导出",
    Act.REFUSED: "未获准",
    Act.BY_HAND: "无命令",
}
GROUP = 4
COLUMNS = (("A", 26), *((letter, 13) for letter in "BCDEF"))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What one sheet says."""

    house: str
    day: dt.date
    head: Head
    transactions: int
    entries: int
    people: Sequence[ActivityCount]

    @property
    def spaced(self) -> tuple[str, str]:
        """The head in groups of four, on two lines."""
        groups = [self.head.hash[place : place + GROUP] for place in range(0, 64, GROUP)]
        return " ".join(groups[:8]), " ".join(groups[8:])


def sheet_of(session: Session, actor: Actor, day: dt.date) -> Sheet:
    """What the sheet of a day says; the head is that of now. Raises Refused without the right."""
    require_trace(actor)
    head = link_of(session.connection())
    if head is None:
        raise refuse("audit.extract_empty", "库中还没有操作痕迹，没有写出文件。")
    return Sheet(
        house=session.scalar(select(House.title)) or "",
        day=day,
        head=head,
        transactions=session.scalar(select(func.count()).select_from(AuditTransaction)) or 0,
        entries=session.scalar(select(func.count()).select_from(AuditEntry)) or 0,
        people=activity_counts(session, actor, ActivityQuery(first=day, last=day)),
    )


def write_sheet(sheet: Sheet, path: Path, basis: Basis) -> int:
    """Write the page as .xlsx; returns how many people it tells of. Raises Refused for another ending."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.worksheet.properties import PageSetupProperties

    if path.suffix.lower() != ".xlsx":
        raise refuse("file.type", f"日报只能写成 .xlsx，现为“{path.suffix}”，请改文件名。")
    book = Workbook()
    page = book.active
    if page is None:
        raise RuntimeError("a new workbook has no sheet")
    page.title = "操作痕迹日报"
    for letter, width in COLUMNS:
        page.column_dimensions[letter].width = width
    line = Side(style="thin")
    box = Border(left=line, right=line, top=line, bottom=line)

    def put(row: int, text: str, *, size: float = 11, bold: bool = False, mono: bool = False) -> None:
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(COLUMNS))
        cell = page.cell(row=row, column=1)
        put_text(cell, text)
        cell.font = Font(name="Consolas" if mono else "宋体", size=size, bold=bold)
        cell.alignment = Alignment(horizontal="center" if size > 12 else "left", vertical="center")
        page.row_dimensions[row].height = size * 2

    day = sheet.day
    put(1, "操作痕迹日报", size=20, bold=True)
    put(2, f"{sheet.house or '（未设定单位名称）'}　{day.year}年{day.month}月{day.day}日", size=13)
    put(4, f"链首（第 {sheet.head.link:,} 节）", bold=True)
    for row, text in enumerate(sheet.spaced, 5):
        put(row, text, size=14, bold=True, mono=True)
    put(7, f"全库共 {sheet.transactions:,} 次办理、{sheet.entries:,} 条痕迹；打印时的链首包括此前的全部。")
    for column, heading in enumerate(["人员", *TITLES.values()], 1):
        title = page.cell(row=9, column=column, value=heading)
        title.font, title.border = Font(name="宋体", bold=True), box
        title.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, person in enumerate(sheet.people, 10):
        counts = [person.acts.get(act, 0) for act in TITLES]
        name = page.cell(row=row, column=1)
        put_text(name, f"{person.who}（{person.login}）")
        name.border = box
        for column, count in enumerate(counts, 2):
            page.cell(row=row, column=column, value=count).border = box
    end = 10 + len(sheet.people)
    if not sheet.people:
        put(10, "当日没有操作。")
        end = 11
    lines = basis.lines()
    put(end + 1, "；".join(f"{title}：{words}" for title, words in lines[1:3]), size=10)
    put(end + 2, "核对：suite audit verify --witness 链首（抄录前 16 位以上即可，空格不计）", size=10)
    put(end + 4, "核对人：　　　　　　　　　　　日期：")
    page.page_setup.orientation, page.page_setup.paperSize = "portrait", 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    book.save(path)
    return len(sheet.people)
