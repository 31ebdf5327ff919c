"""Dates in every form that offices type."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.cleaned import (
    APOSTROPHES,
    EMPTY,
    Cleaned,
    as_text,
    cell_error,
    is_placeholder,
    problem,
)

DATE_AMBIGUOUS = "date_ambiguous"
DATE_INCOMPLETE = "date_incomplete"
FIRST_YEAR, LAST_YEAR = 1900, 2100
_SERIALS = range(10_000, 73_416)
"""Spreadsheet serials taken for dates: 1927-05-18 to 2100-12-31. Smaller ones are rather years or slips."""
_SERIAL_ZERO = dt.date(1899, 12, 30)
_LATER_EPOCH = 1_462
"""Days from the epoch of 1900 to that of 1904."""

_TIME = re.compile(
    r"[T ]?(?:上午|下午|晚上|凌晨|中午)?\d{1,2}"
    r"(?::\d{2}(?::\d{2}(?:\.\d+)?)?Z?|[时点](?:\d{1,2}分?(?:\d{1,2}秒)?|整)?)$"
)
_WEEKDAY = re.compile(r" ?[(（]?(?:星期|礼拜|周)[一二三四五六日天][)）]?")
_SPACED = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})")
#: With one sign throughout: 2021.3-5 are three days or three months.
_FULL = re.compile(r"(\d{4})([-./年,、])(\d{1,2})(?:(?!年)\2|月)(\d{1,2})[日号]?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:[-./年,、](\d{1,2})月?|(\d{2}))[-./]?")
_YEAR = re.compile(r"\d{4}年?")
_SHORT_YEAR = re.compile(r"\d{2}[-./年]\d{1,2}([-./月]\d{1,2}日?|月)?")
_YEAR_LAST = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2,4}")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九OoＯ0]{4})年(?:([一二三四五六七八九十元正]{1,3})月)?(?:([一二三四五六七八九十廿卅]{1,3})[日号])?"
)

_DIGITS = {char: str(number) for number, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零OoＯ0", "0"
)
_FORMS = str.maketrans({"－": "-", "—": "-", "–": "-", "／": "/", "．": ".", "。": ".", "，": ",", "：": ":"})


def clean_date(value: Any, *, from_1904: bool = False) -> Cleaned:
    """A date (Asia/Shanghai business date).

    Taken: dates, 2021.3.5, 2021-03-05, 2021/3/5, 20210305, 2021年3月5日, 二〇二一年三月五日, each with a
    weekday or a time of day, which are dropped; spreadsheet serials with a warning, counted in the epoch of
    the workbook. Refused: without a day (date_incomplete), with a two-digit year or the year last
    (date_ambiguous), impossible (date_invalid).
    """
    if isinstance(value, dt.datetime):
        return _within(value.date(), value)
    if isinstance(value, dt.date):
        return _within(value, value)
    if isinstance(value, float) and not isinstance(value, bool) and not value.is_integer():
        if FIRST_YEAR <= value <= LAST_YEAR:
            return _incomplete(f"{value:g}", "日")
        return _from_serial(value, from_1904) if math.isfinite(value) else _invalid(str(value))
    if isinstance(value, str) and (plain := _FULL.fullmatch(value)):
        return _date(plain[1], plain[3], plain[4], value)
    text = as_text(value).translate(_FORMS).lstrip(APOSTROPHES)
    if is_placeholder(text):
        return EMPTY
    error = cell_error(text)
    if error is not None:
        return error
    day = _SPACED.sub(r"\1-\2-\3", _TIME.sub("", _WEEKDAY.sub("", text)))
    return _from_text(day.replace(" ", "").rstrip("."), text, from_1904)


def _from_text(text: str, given: str, from_1904: bool) -> Cleaned:
    found = _FULL.fullmatch(text)
    if found:
        return _date(found[1], found[3], found[4], given)
    if found := _PLAIN.fullmatch(text):
        return _date(found[1], found[2], found[3], given)
    if found := _CHINESE.fullmatch(text):
        year = "".join(_DIGITS[char] for char in found[1])
        if found[2] and found[3]:
            return _date(year, str(chinese_number(found[2])), str(chinese_number(found[3])), given)
        return _incomplete(given, "日" if found[2] else "月和日")
    if _YEAR.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return _incomplete(given, "月和日")
    if (found := _MONTH.fullmatch(text)) and 1 <= int(found[2] or found[3]) <= 12:
        return _incomplete(given, "日")
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _from_serial(float(text), from_1904)
    if _SHORT_YEAR.fullmatch(text) or _YEAR_LAST.fullmatch(text):
        return Cleaned(
            None,
            problem(
                DATE_AMBIGUOUS,
                f"“{given[:30]}”的年月日顺序或年份不明确，请改写为如 2021-03-05 的四位年份日期。",
            ),
        )
    return _invalid(given)


def _date(year: str, month: str, day: str, given: str) -> Cleaned:
    try:
        return _within(dt.date(int(year), int(month), int(day)), given)
    except ValueError:
        return _invalid(given)


def _within(date: dt.date, given: Any) -> Cleaned:
    if FIRST_YEAR <= date.year <= LAST_YEAR:
        return Cleaned(date)
    return _invalid(str(given))


def _from_serial(number: float, from_1904: bool) -> Cleaned:
    date = serial_day(number, from_1904)
    if date is None:
        return _invalid(f"{number:g}")
    return Cleaned(
        date,
        problem(
            "date_serial",
            f"单元格里是数字 {number:g}，已按表格软件的日期序号换算为 {date}，请核对，并把该列设为日期格式。",
            Severity.WARNING,
        ),
    )


def serial_day(number: float, from_1904: bool) -> dt.date | None:
    """The day that a spreadsheet keeps as this number; None where it is rather a year or a slip."""
    days = int(number) + (_LATER_EPOCH if from_1904 else 0)
    return _SERIAL_ZERO + dt.timedelta(days=days) if days in _SERIALS else None


def _incomplete(given: str, lacks: str) -> Cleaned:
    told = f"日期“{given[:30]}”不完整，缺少{lacks}，请补全为如 2021-03-05 的日期。"
    return Cleaned(None, (Problem(code=DATE_INCOMPLETE, text=told, data={"given": given[:30]}),))


def _invalid(given: str) -> Cleaned:
    return Cleaned(
        None,
        problem(
            "date_invalid",
            f"“{given[:30]}”读不成 {FIRST_YEAR} 至 {LAST_YEAR} 年间真实的日期，请改为如 2021-03-05 的日期。",
        ),
    )


def chinese_number(text: str) -> int:
    """一 … 三十一, also 元 and 正 for the first month, 廿 and 卅 for the tens."""
    if text in ("元", "正"):
        return 1
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    number = "一二三四五六七八九".find
    if not ten:
        return number(text) + 1 if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (number(tens) + 1 if tens else 1) * 10 + (number(ones) + 1 if ones else 0)
