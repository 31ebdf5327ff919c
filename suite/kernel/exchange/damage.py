"""Traces of a spreadsheet program that took a number for a quantity, or a text for a date.

Fifteen digits are kept of a number, the rest become zeros; long ones are shown in powers of ten. What is
lost cannot be told from the file, so that nothing is mended here: the cell is named.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import Any

from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.clean_dates import serial_day
from suite.kernel.exchange.cleaned import Cleaned, as_text, problem

EXACT_DIGITS = 15
"""Spreadsheet programs keep fifteen digits of a number and set the rest to zero."""
FEWEST_LOST = 3
"""So many numbers of one column that end in zeros are no chance."""
MOST_SERIALS = 20
"""More of a column that may be days, where they are most of it, are numbers of its own."""
_USUAL_YEARS = range(1980, 2041)
"""Of the days that a roster tells; numbers that would be other days are rather quantities."""
_NUMBERS = frozenset({int, float})

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d{1,3}")
_SCIENTIFIC_IN_TEXT = re.compile(r"\d(\.\d+[Ee]\+?|[Ee]\+)\d{2,3}")


def damaged(fact: str) -> Cleaned:
    """The outcome for a cell whose content is lost."""
    return Cleaned(
        None,
        problem("number_damaged", f"{fact}，请对照证件重新填写，并先把该列设为文本格式。"),
    )


def damaged_number(value: float) -> Cleaned | None:
    """The outcome for a numeric cell that cannot be a whole number as it was typed; None if it can."""
    if not math.isfinite(value) or abs(value) >= 10**EXACT_DIGITS:
        return damaged(f"号码被存成了数字 {value:.15g}，表格软件只保留 {EXACT_DIGITS} 位，后面的数字已丢失")
    if value != int(value):
        return damaged(f"单元格是带小数的数字 {value:g}，不是号码")
    return None


def scientific(text: str, *, alone: bool = True) -> Cleaned | None:
    """The outcome for a number shown in powers of ten, or None. `alone`: only numbers may stand here."""
    if (_SCIENTIFIC if alone else _SCIENTIFIC_IN_TEXT).fullmatch(text):
        return damaged(f"号码显示成了科学计数“{text}”，后面的数字已丢失")
    return None


def lost_digits(values: Sequence[Any]) -> list[tuple[int, Problem]]:
    """Long numbers of a column that end in zeros behind the fifteenth digit, with the index of their row.

    One such number may be so by chance (one in a hundred of seventeen digits), and without a check digit
    nothing tells; told where they are more than a fifth of the column's long numbers, held where that can
    hardly be chance.
    """
    long = [
        (index, value)
        for index, value in enumerate(values)
        if type(value) is str and len(value) > EXACT_DIGITS and value.isdigit()
    ]
    zeros = [(index, value) for index, value in long if not value[EXACT_DIGITS:].strip("0")]
    if len(zeros) * 5 <= len(long):
        return []
    severity = Severity.ERROR if len(zeros) >= FEWEST_LOST else Severity.WARNING
    return [
        (
            index,
            Problem(
                code="number_damaged",
                text=f"号码末尾是 {value[EXACT_DIGITS:]}，像是存成数字后丢失了"
                f"第 {EXACT_DIGITS} 位以后的数字，请对照证件核对，并先把该列设为文本格式。",
                severity=severity,
            ),
        )
        for index, value in zeros
    ]


def lost_zeros(values: Sequence[Any]) -> list[tuple[int, Problem]]:
    """Numbers of a column, as texts, that are shorter than those of one length that begin with a zero.

    12 beside 0012 was 0012 once, or is another number: told, with the index of its row. Where the
    shorter ones are the rule, nothing was lost of them.
    """
    numbers = [(index, value) for index, value in enumerate(values) if value is not None and value.isdigit()]
    lengths = {len(value) for _, value in numbers if value[0] == "0"}
    if len(lengths) != 1:
        return []
    [length] = lengths
    shorter = [(index, value) for index, value in numbers if len(value) < length]
    if len(shorter) > sum(len(value) == length for _, value in numbers):
        return []
    return [
        (
            index,
            Problem(
                code="number_lost_zero",
                text=f"号码“{value}”只有 {len(value)} 位，同列以 0 开头的号码都是 {length} 位，"
                "像是存成数字后丢失了前面的 0，请核对，并先把该列设为文本格式。",
                severity=Severity.WARNING,
            ),
        )
        for index, value in shorter
    ]


def kept_as_serial(values: Sequence[Any], *, from_1904: bool = False) -> list[tuple[int, Problem]]:
    """Plain numbers in a column of texts that a spreadsheet keeps for days of usual years, with their row.

    Who typed 2024-1-1 into a cell and cleared its format afterwards has 45292 there. A long column that is
    made of such numbers is one of numbers.
    """
    if _NUMBERS.isdisjoint(map(type, values)):
        return []
    serials = [
        (index, value, day)
        for index, value in enumerate(values)
        if type(value) in _NUMBERS
        and math.isfinite(value)
        and value == int(value)
        and (day := serial_day(value, from_1904)) is not None
        and day.year in _USUAL_YEARS
    ]
    filled = sum(1 for value in values if value not in ("", None))
    if len(serials) > MOST_SERIALS and 2 * len(serials) > filled:
        return []
    return [
        (
            index,
            Problem(
                code="text_is_serial",
                text=f"单元格里是数字 {as_text(value)}，可能是表格软件把日期 {day} 存成了序号，请核对，"
                "并把该列设为文本格式。",
                severity=Severity.WARNING,
            ),
        )
        for index, value, day in serials
    ]


def without_fraction(text: str) -> str:
    """`13800000000.0`, as a number becomes when it goes through a floating one, without the fraction."""
    whole, point, zeros = text.partition(".")
    return whole if point and whole.isascii() and whole.isdigit() and not zeros.strip("0") else text


def taken_for_date(value: Any) -> Cleaned | None:
    """The outcome for a date in a column of texts, where `3-5` may have been typed; else None."""
    if not isinstance(value, dt.date | dt.time | dt.timedelta):
        return None
    text = as_text(value)
    return Cleaned(
        text,
        problem(
            "text_is_date",
            f"单元格被表格软件当成了日期“{text}”，原来填写的可能不是它，请核对，并把该列设为文本格式。",
            Severity.WARNING,
        ),
    )
