"""What a form field is: plain data, and how typed text becomes a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple

from suite.contract.code_sets import titles_of


class Choice(NamedTuple):
    """One entry: the value that is kept, its title, a paler note, and further words it is found by."""

    value: object
    title: str
    note: str = ""
    words: str = ""


def matching(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Those whose title, note or words contain what was typed, the beginnings first."""
    needle = typed.strip().casefold()
    if not needle:
        return list(choices)
    found = [c for c in choices if needle in f"{c.title}\n{c.note}\n{c.words}".casefold()]
    return sorted(found, key=lambda c: not c.title.casefold().startswith(needle))


Deliver = Callable[[Sequence[Choice]], None]


class FieldKind(StrEnum):
    """How a field is edited."""

    TEXT = "text"  # str
    MULTILINE = "multiline"  # str
    CHOICE = "choice"  # the value of a Choice
    CHOICES = "choices"  # str: the values of several, packed
    DATE = "date"  # date
    NUMBER = "number"  # Decimal
    BOOL = "bool"  # bool
    MASKED = "masked"  # str; shown masked, revealed with a reason
    LINK = "link"  # a Choice: the value with its title
    READONLY = "readonly"  # anything; drawn as text
    SECRET = "secret"  # noqa: S105 - a kind: str as typed, drawn as dots and never shown


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One field: `FieldSpec(key="phone", title="手机", kind=FieldKind.TEXT, required=True)`.

    `choices` are for CHOICE and CHOICES; `complete(text, deliver)` is for LINK: it looks elsewhere and calls
    `deliver` with what it found, on the GUI thread. `fixed_note` says how a READONLY fact is changed
    (`由变更登记修改`). `editable` lets a MASKED value be typed anew. `wide` takes both columns.
    """

    key: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: tuple[Choice, ...] = ()
    complete: Callable[[str, Deliver], None] | None = None
    places: int = 0
    unit: str = ""
    placeholder: str = ""
    fixed_note: str = ""
    editable: bool = True
    wide: bool = False
    link: bool = False  # a READONLY text that opens something
    ahead: bool = False  # a DATE that may lie after today
    quiet: bool = False  # an edit here is sent as a whole: no remark about the value before


_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_SOLID_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read_date(text: str) -> date:
    """A typed calendar day: 2021-3-5, 2021.3.5, 2021/03/05, 2021年3月5日, 20210305.

    Raises ValueError with a sentence in Chinese for anything else.
    """
    plain = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text.strip())
    found = _DATE.fullmatch(plain) or _SOLID_DATE.fullmatch(plain)
    if not found:
        raise ValueError("日期应为年月日，例如 2021-03-05，请改正")
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"没有 {year} 年 {month} 月 {day} 日这一天，请改正") from error


def read_number(text: str, places: int) -> Decimal:
    """A typed number with or without thousands separators, at most `places` decimals.

    Raises ValueError with a sentence in Chinese.
    """
    plain = text.strip().replace(",", "").replace("，", "").replace("−", "-")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError("应填数字，请改正") from error
    if not value.is_finite():
        raise ValueError("应填数字，请改正")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        raise ValueError(f"最多 {places} 位小数，请改正" if places else "应填整数，请改正")
    return value


def field_text(spec: FieldSpec, value: object) -> str:
    """A value as an editor shows it; empty for a missing one."""
    if value is None:
        return ""
    if isinstance(value, Choice):
        return value.title
    if spec.kind is FieldKind.CHOICE:
        return next((choice.title for choice in spec.choices if choice.value == value), str(value))
    if spec.kind is FieldKind.CHOICES:
        return titles_of(str(value), {str(choice.value): choice.title for choice in spec.choices})
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
