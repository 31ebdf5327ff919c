"""Dates whose order only a person can know (03/04/2021): read in the order that was named for the column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType

#: How a column may write its dates, in words.
ORDERS: Mapping[str, str] = MappingProxyType({"dmy": "日-月-年", "mdy": "月-日-年", "ymd": "年-月-日"})
#: Years of two digits up to this one are of this century.
LAST_OF_THIS_CENTURY = 30

_THREE = re.compile(r"(\d{1,4})[-./年](\d{1,2})[-./月](\d{1,4})[日号]?")


def in_order(text: str, order: str) -> str | None:
    """The date as 2021-04-03 when it is written in this order; None where it is not, or no real date.

    A date that begins with a year of four digits says its order itself, and is left alone.
    """
    found = _THREE.fullmatch(text.replace(" ", ""))
    if found is None or len(found[1]) > 2:
        return None
    parts = dict(zip(order, found.groups(), strict=True))
    year, month, day = parts["y"], parts["m"], parts["d"]
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= LAST_OF_THIS_CENTURY else 1900
    try:
        return dt.date(number, int(month), int(day)).isoformat()
    except ValueError:
        return None


def possible_orders(text: str) -> dict[str, str]:
    """Order → what the text would then say, for the orders in which it is a date."""
    read = {order: in_order(text, order) for order in ORDERS}
    return {order: said for order, said in read.items() if said is not None}
