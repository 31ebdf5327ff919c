"""Dates of which a cell shows the month only: who types 2010年5月 has 2010-05-01 kept by the spreadsheet.

The day is nobody's word, so that such a cell is read as its sender sees it; where it shows the month of
another day, that day was typed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

#: Formats without a code of their own: mmm-yy, and what Chinese programs show as yyyy年m月.
_BUILT_IN = frozenset({17, 27, 36, 50, 52, 57})
_NOT_PLACES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|;.*', re.DOTALL)


def shows_month_only(number: int, code: str | None) -> bool:
    """Whether a number format shows year and month and neither day nor time."""
    if code is None:
        return number in _BUILT_IN
    places = _NOT_PLACES.sub("", code).lower()
    return "y" in places and "m" in places and not set("dhs") & set(places)


def as_shown(rows: list[tuple[Any, ...]], months: Mapping[int, Iterable[int]], first: int, left: int) -> None:
    """Put 2010年5月 into the place of such dates. `first`, `left`: number of the first row and column."""
    for column, numbers in months.items():
        place = column - left
        for number in numbers:
            index = number - first
            row = rows[index] if 0 <= index < len(rows) else ()
            value = row[place] if 0 <= place < len(row) else None
            if isinstance(value, dt.date) and value.day == 1:
                rows[index] = (*row[:place], f"{value.year}年{value.month}月", *row[place + 1 :])
