"""Cleaners of quantities, and of numbers that are names: identifiers and telephones."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from suite.contract.problems import Severity
from suite.kernel.exchange.clean_dates import chinese_number
from suite.kernel.exchange.cleaned import (
    APOSTROPHES,
    EMPTY,
    Cleaned,
    as_text,
    cell_error,
    is_placeholder,
    problem,
)
from suite.kernel.exchange.damage import (
    EXACT_DIGITS,
    damaged,
    damaged_number,
    scientific,
    without_fraction,
)
from suite.kernel.registry.identifiers.phone import MOBILE, check_phone
from suite.kernel.registry.identifiers.problems import problems_of
from suite.kernel.registry.identifiers.resident import check_digit, check_resident
from suite.kernel.registry.identifiers.uscc import check_character
from suite.kernel.registry.identifiers.verdict import is_digits, normalise

_UNIT = re.compile(r"(?<=\d)\s*(?:学时|课时|[人名家所件次个年岁元位周小时分]{1,2})$")
#: 第六届, 第6届, 6届; 六, 六人. What is counted in days or years of its own (六月) is no number.
_ORDINAL = re.compile(
    r"第 ?(\d{1,3}|[一二三四五六七八九十]{1,3}) ?[届次期任批]?"
    r"|(\d{1,3}|[一二三四五六七八九十]{1,3}) ?[届次期任批人名家个件户]?"
)
_GROUPED = re.compile(r"[+-]?\d{1,3}([,，]\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([Ee][+-]?\d{1,2})?")
_MOBILE = re.compile(MOBILE, re.ASCII)
_SEVERAL_PHONES = re.compile(r"[/、,，;；|]|(?<=\d{7}) +(?=\d{7})")


def clean_decimal(value: Any) -> Cleaned:
    """A number as Decimal; thousands separators are understood, a percent sign is refused."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Cleaned(Decimal(value))
    text = as_text(value)
    if is_placeholder(text):
        return EMPTY
    error = cell_error(text)
    if error is not None:
        return error
    bare = _UNIT.sub("", text)
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "").replace("，", "")
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta) or not _NUMBER.fullmatch(bare):
        return Cleaned(None, problem("number_invalid", f"“{text[:30]}”不是数字，请只填阿拉伯数字。"))
    try:
        return Cleaned(Decimal(bare))
    except InvalidOperation:
        return Cleaned(None, problem("number_invalid", f"“{text[:30]}”不是数字，请只填阿拉伯数字。"))


def clean_integer(value: Any) -> Cleaned:
    """A whole number as int; 3.0 is one, 3.5 is not; 六 and 第六届 are."""
    cleaned = clean_decimal(value)
    number = cleaned.value
    if number is None:
        ordinal = _ORDINAL.fullmatch(as_text(value)) if cleaned.problems and isinstance(value, str) else None
        counted = (ordinal[1] or ordinal[2]) if ordinal else ""
        whole = int(counted) if is_digits(counted) else chinese_number(counted) if counted else 0
        return Cleaned(whole) if whole else cleaned
    if number != number.to_integral_value():
        return Cleaned(None, problem("number_not_whole", f"“{as_text(value)[:30]}”不是整数，请填整数。"))
    return Cleaned(int(number))


def clean_identifier(value: Any) -> Cleaned:
    """A number that is a name, as text: no blanks, half-width, upper-case. Nothing is guessed or mended.

    A cell that went through a number or a date in a spreadsheet program has lost digits: number_damaged.
    Whether the text is right is for the check of its kind.
    """
    if type(value) is str and value.isascii() and value.isdigit() and not value.endswith("000"):
        # Nothing to be told of it; nearly every number of a roster is so.
        return Cleaned(value[:100])
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return damaged(f"单元格被表格软件当成了“{as_text(value)}”，原来的号码已经看不出")
    if isinstance(value, int | float):
        return damaged_number(value) or Cleaned(str(int(value)))
    text = normalise(as_text(value)).lstrip(APOSTROPHES)
    if is_placeholder(text):
        return EMPTY
    error = cell_error(text)
    if error is not None:
        return error
    whole = without_fraction(text)
    if whole != text and len(whole) > EXACT_DIGITS:
        return damaged(f"号码“{text}”经过数字格式，第 {EXACT_DIGITS} 位以后的数字可能已丢失")
    found = scientific(whole)
    if found is not None:
        return found
    if len(whole) == 18 and is_digits(whole) and whole.endswith("000") and not _may_end_so(whole):
        return damaged(f"号码末尾是 000，像是存成数字后丢失了第 {EXACT_DIGITS} 位以后的数字")
    return Cleaned(whole[:100])


def _may_end_so(number: str) -> bool:
    """Whether these 18 digits are whole by the check of resident numbers or by that of credit codes.

    Which of both the field takes is for its own check, after this one.
    """
    return "0" in (check_digit(number[:17]), check_character(number[:17]))


def clean_resident(value: Any) -> Cleaned:
    """A resident number as text; the old form of 15 digits becomes 18, with a notice."""
    cleaned = clean_identifier(value)
    if isinstance(cleaned.value, str) and len(cleaned.value) == 15 and is_digits(cleaned.value):
        verdict = check_resident(cleaned.value)
        if verdict.acceptable:
            told = tuple(found for found in problems_of(verdict) if found.severity is Severity.NOTICE)
            return Cleaned(verdict.normalised, told)
    return cleaned


def clean_phone(value: Any) -> Cleaned:
    """One or several telephone numbers, in normal form, joined by 、; what is none, as it was given.

    Whether it is one is for the field's check (`phone_number`).
    """
    text = without_fraction(as_text(value))
    if _MOBILE.fullmatch(text):
        return Cleaned(text)
    if is_placeholder(text):
        return EMPTY
    error = cell_error(text)
    if error is not None:
        return error
    whole = check_phone(text)
    verdicts = [whole] if whole.acceptable else [check_phone(part) for part in _SEVERAL_PHONES.split(text)]
    verdicts = [verdict for verdict in verdicts if verdict.normalised] or [whole]
    if any(not verdict.acceptable for verdict in verdicts):
        return scientific(text) or Cleaned(text[:100])
    return Cleaned("、".join(verdict.normalised for verdict in verdicts))
