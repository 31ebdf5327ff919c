"""How rosters really look: dates typed in six ways, blanks in names, full-width digits, some errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Any

from suite.contract.declarations import SampleRequest

FULL_WIDTH = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
#: Share of the rows with something that cannot be right.
WRONG = 0.005


def date_cell(rng: Random, day: dt.date) -> Any:
    """A date as somebody typed it: mostly a real date, else text in one of the usual ways."""
    draw = rng.random()
    if draw < 0.72:
        return day
    if draw < 0.82:
        return day.isoformat()
    if draw < 0.90:
        return f"{day.year}.{day.month}.{day.day}"
    if draw < 0.95:
        return f"{day.year}/{day.month}/{day.day}"
    if draw < 0.98:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day:%Y%m%d}"


def name_cell(rng: Random, name: str) -> str:
    """A name; some clerks space out names of two characters so that the column lines up."""
    draw = rng.random()
    if len(name) == 2 and draw < 0.08:
        return f"{name[0]}{'　' if draw < 0.04 else '  '}{name[1]}"
    return f"{name} " if draw > 0.995 else name


def number_cell(rng: Random, number: str) -> str:
    """An identifier; now and then typed in full width, in lower case, or with a blank at the end."""
    draw = rng.random()
    if draw < 0.006:
        return number.translate(FULL_WIDTH)
    if draw < 0.012:
        return f"{number} "
    return number.lower() if draw < 0.3 else number


def wrong(rng: Random) -> bool:
    """Whether this row is one of the few with an error."""
    return rng.random() < WRONG


#: Headings under which numbers stand, and those of the person's own number, sex and name.
_NUMBERS = ("证号", "号码", "信用代码", "编号")
_NAME, _SEX, _RESIDENT = "姓名", "性别", "身份证号码"


def untidy(
    request: SampleRequest, roster: str, rows: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The rows of a sample as clerks type them: by heading and value, a person's row now and then wrong.

    Tidiness has a source of chance of its own, so that it shifts nothing of what was invented.
    """
    rng = Random(f"{request.seed}:{roster}:untidy")
    for row in rows:
        typed = {heading: _typed(rng, heading, cell) for heading, cell in row.items()}
        if row.get(_RESIDENT) and wrong(rng):
            _mistype(rng, typed, str(row[_RESIDENT]))
        yield typed


def _typed(rng: Random, heading: str, cell: Any) -> Any:
    if isinstance(cell, dt.date):
        return date_cell(rng, cell)
    if not isinstance(cell, str) or not cell:
        return cell
    if heading == _NAME:
        return name_cell(rng, cell)
    return number_cell(rng, cell) if heading.endswith(_NUMBERS) else cell


def _mistype(rng: Random, row: dict[str, Any], number: str) -> None:
    """One digit of the resident number, or the other sex: neither can be right."""
    if _SEX in row and rng.random() < 0.5:
        row[_SEX] = "女" if row[_SEX] == "男" else "男"
    else:
        row[_RESIDENT] = number[:15] + str((int(number[15]) + 3) % 10) + number[16:]
