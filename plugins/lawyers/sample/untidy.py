"""How rosters really look: dates typed in six ways, blanks in names, full-width digits, some errors."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

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
