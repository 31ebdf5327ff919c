"""Cleaners of quantities, and of numbers that are names: identifiers and telephones."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from suite.contract.problems import Severity
from suite.kernel.exchange.cleaned import EMPTY, Cleaned, as_text, cell_error, is_placeholder, problem
from suite.kernel.registry.identifiers.phone import check_phone
from suite.kernel.registry.identifiers.problems import problems_of
from suite.kernel.registry.identifiers.resident import check_digit, check_resident
from suite.kernel.registry.identifiers.verdict import is_digits, normalise

_UNIT = re.compile(r"(?<=\d)\s*[人名家所件次个年岁元位周小时分]{1,2}$")
_GROUPED = re.compile(r"[+-]?\d{1,3}([,，]\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([Ee][+-]?\d{1,2})?")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d{1,3}")
_SEVERAL_PHONES = re.compile(r"[/、,，;；|]|(?<=\d{7}) +(?=\d{7})")

EXACT_DIGITS = 15
"""Spreadsheet programs keep fifteen digits of a number and set the rest to zero."""


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
    """A whole number as int; 3.0 is one, 3.5 is not."""
    cleaned = clean_decimal(value)
    number = cleaned.value
    if number is None:
        return cleaned
    if number != number.to_integral_value():
        return Cleaned(None, problem("number_not_whole", f"“{as_text(value)[:30]}”不是整数，请填整数。"))
    return Cleaned(int(number))


def clean_identifier(value: Any) -> Cleaned:
    """A number that is a name, as text: no blanks, half-width, upper-case. Nothing is guessed or mended.

    A cell that went through a number or a date in a spreadsheet program has lost digits: number_damaged.
    Whether the text is right is for the check of its kind.
    """
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return _damaged(f"单元格被表格软件当成了“{as_text(value)}”，原来的号码已经看不出")
    if isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) >= 10**EXACT_DIGITS:
            return _damaged(
                f"号码被存成了数字 {value:.15g}，表格软件只保留 {EXACT_DIGITS} 位，后面的数字已丢失"
            )
        if value != int(value):
            return _damaged(f"单元格是带小数的数字 {value:g}，不是号码")
        return Cleaned(str(int(value)))
    text = normalise(as_text(value)).lstrip("'‘’`")
    if is_placeholder(text):
        return EMPTY
    error = cell_error(text)
    if error is not None:
        return error
    whole, point, zero = text.partition(".")
    if point and is_digits(whole) and set(zero) <= {"0"}:
        if len(whole) > EXACT_DIGITS:
            return _damaged(f"号码“{text}”经过数字格式，第 {EXACT_DIGITS} 位以后的数字可能已丢失")
        text = whole
    if _SCIENTIFIC.fullmatch(text):
        return _damaged(f"号码显示成了科学计数“{text}”，后面的数字已丢失")
    if len(text) == 18 and is_digits(text) and text.endswith("000") and check_digit(text[:17]) != "0":
        return _damaged(f"号码末尾是 000，像是存成数字后丢失了第 {EXACT_DIGITS} 位以后的数字")
    return Cleaned(text[:100])


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
    """One or several telephone numbers, in normal form, joined by 、.

    A doubtful number is kept as given and warned about: a roster row is not held for a telephone.
    """
    text = as_text(value)
    if is_placeholder(text):
        return EMPTY
    error = cell_error(text)
    if error is not None:
        return error
    whole = check_phone(text)
    verdicts = [whole] if whole.acceptable else [check_phone(part) for part in _SEVERAL_PHONES.split(text)]
    verdicts = [verdict for verdict in verdicts if verdict.normalised] or [whole]
    doubts = [
        replace(found, severity=Severity.WARNING) for verdict in verdicts for found in problems_of(verdict)
    ]
    if any(not verdict.acceptable for verdict in verdicts):
        return Cleaned(text[:100], tuple(doubts))
    return Cleaned("、".join(verdict.normalised for verdict in verdicts), tuple(doubts))


def _damaged(fact: str) -> Cleaned:
    return Cleaned(
        None,
        problem("number_damaged", f"{fact}，请对照证件重新填写，并先把该列设为文本格式。"),
    )
