"""A year's days off out of a workbook, as the lines that `read_notice` takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from suite.contract.problems import Problem, Refused
from suite.kernel.clocks.notice_text import OFF, WORKED
from suite.kernel.exchange.clean_dates import clean_date
from suite.kernel.exchange.reading import is_blank, read_workbook

MOST_ROWS = 1_000
MARKS = {
    **dict.fromkeys(("休", "休息", "放假", "假", "节假日", "休息日"), OFF),
    **dict.fromkeys(("班", "上班", "补班", "调休上班", "工作日"), WORKED),
}


def calendar_lines(path: Path) -> str:
    """One line for each row that begins with a date.

    The mark is the cell that says 休 or 班, the festival the next text that is neither it nor a weekday.
    Rows without a date are headings and remarks. Raises FileRefused, and Refused with `calendar.no_mark` (a
    date without 休 or 班) and `calendar.nothing`.
    """
    lines: list[str] = []
    problems: list[Problem] = []
    for sheet in read_workbook(path).sheets:
        for index, row in enumerate(sheet.rows[:MOST_ROWS]):
            cells = [cell for cell in row if not is_blank(cell)]
            day = _date(cells, from_1904=sheet.from_1904)
            if day is None:
                continue
            mark = next((MARKS[text] for text in _texts(cells) if text in MARKS), None)
            if mark is None:
                text = f"“{sheet.name}”第 {sheet.row_number(index)} 行的 {day} 没有写明休或班，请补上。"
                problems.append(Problem(code="calendar.no_mark", text=text, field="notice"))
                continue
            festival = next(
                (t for t in _texts(cells) if t not in MARKS and not t.startswith(("周", "星期"))), ""
            )
            lines.append(f"{day} {mark} {festival[:30]}".rstrip())
    if not lines and not problems:
        text = "工作簿里没有认出日期。请每天一行：日期、休或班、节日。"
        problems.append(Problem(code="calendar.nothing", text=text, field="notice"))
    if problems:
        raise Refused(problems)
    return "\n".join(lines)


def _date(cells: Sequence[Any], *, from_1904: bool) -> dt.date | None:
    """The first cell where it is a date; a plain number is none."""
    if not cells or isinstance(cells[0], int | float):
        return None
    found = clean_date(cells[0], from_1904=from_1904).value
    return found if isinstance(found, dt.date) else None


def _texts(cells: Sequence[Any]) -> Iterator[str]:
    """The texts of a row but its first cell, without spaces."""
    for cell in cells[1:]:
        if isinstance(cell, str):
            yield "".join(cell.split())
