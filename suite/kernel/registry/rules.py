"""What was true when, and how two edits meet. Pure functions over plain values."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from suite.contract.code_sets import packed, repacked
from suite.contract.declarations import Field, FieldType
from suite.contract.problems import Problem, ProblemKind

T = TypeVar("T")
#: Line breaks of other systems and of word processors, and the tab.
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\t": " "})


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A value that holds from a day on; no day means since before the record began."""

    id: int
    value: str | None
    from_date: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A place in a body from a day until the day before another; None is open."""

    id: int
    body_id: int
    post: str
    from_date: dt.date | None
    to_date: dt.date | None


def order(day: dt.date | None) -> dt.date:
    """Sort key of a beginning: no date comes first."""
    return day or dt.date.min


def value_on(entries: Iterable[Dated], day: dt.date) -> Dated | None:
    """The entry in force on a day: the latest beginning not after it; of one day's entries the last."""
    begun = [entry for entry in entries if order(entry.from_date) <= day]
    return max(begun, key=lambda entry: (order(entry.from_date), entry.id), default=None)


def posts_on(entries: Iterable[Interval], day: dt.date) -> list[Interval]:
    """The posts held on a day; the last day of a post is the day before its `to_date`."""
    return [
        entry
        for entry in entries
        if order(entry.from_date) <= day and (entry.to_date is None or day < entry.to_date)
    ]


def current_post(entries: Iterable[Interval], day: dt.date) -> Interval | None:
    """The post that a list shows: the latest begun of those held on the day."""
    return max(posts_on(entries, day), key=lambda entry: (order(entry.from_date), entry.id), default=None)


@dataclass(frozen=True, kw_only=True)
class Merged:
    """Three versions of edited fields, put together."""

    values: dict[str, Any]
    conflicts: tuple[str, ...]


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Three-way merge by field. A field that only one side changed takes that side; both changed to the
    same value agree; both changed differently is a conflict."""
    values: dict[str, Any] = {}
    conflicts = []
    for key, wanted in mine.items():
        now = theirs.get(key)
        if now != base.get(key) and now != wanted:
            conflicts.append(key)
        else:
            values[key] = wanted
    return Merged(values=values, conflicts=tuple(conflicts))


def normalise(field: Field, value: Any) -> Any:
    """A value in its field's own type; raises ValueError for what cannot be read as such.

    Text is trimmed and freed of what cannot be seen; an empty text is no value. Dates are ISO text or dates.
    """
    # The two that long lists are made of, first.
    if type(value) is dt.date and field.type is FieldType.DATE:
        return value
    if type(value) is str and field.type is FieldType.TEXT and value.isprintable():
        return value.strip() or None
    if field.type is FieldType.CODES and not isinstance(value, str | None):
        return packed(value)
    if isinstance(value, str):
        value = visible(value, lines=field.cleaner != "identifier").strip()
        if value == "":
            return None
    if value is None:
        return None
    match field.type:
        case FieldType.TEXT | FieldType.CODE | FieldType.DISTRICT:
            return str(value)
        case FieldType.DATE:
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        case FieldType.INTEGER | FieldType.LINK:
            return int(value)
        case FieldType.DECIMAL:
            try:
                return Decimal(str(value))
            except InvalidOperation as error:
                raise ValueError(str(value)) from error
        case FieldType.BOOLEAN:
            return _boolean(value)
        case FieldType.CODES:
            return repacked(value)
    return str(value)


def visible(text: str, *, lines: bool) -> str:
    """A text without format and control characters, which make two equal numbers differ unseen.

    Every kind of line break becomes a plain one, or is dropped where the text has no `lines`; a tab
    becomes a blank.
    """
    if text.isprintable():
        # All of it is seen; nearly every value of a long list is so.
        return text
    plain = text.replace("\r\n", "\n").translate(_BREAKS)
    return "".join(
        sign
        for sign in plain
        if (lines and sign == "\n") or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "1", "是", 1):
        return True
    if value in ("false", "0", "否", 0):
        return False
    raise ValueError(str(value))


def stored(value: Any) -> str | None:
    """A value as dated history stores it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def missing(fields: Sequence[Field], values: Mapping[str, Any]) -> list[Problem]:
    """The required fields that have no value."""
    return [
        Problem(code="required", text=f"“{field.title}”不能为空，请补齐。", field=field.key)
        for field in fields
        if field.required and values.get(field.key) is None
    ]


def stale(
    title: str, who: str, when: dt.datetime, conflicts: Mapping[str, tuple[Any, Any, Any]], row: int | None
) -> Problem:
    """Somebody else saved first: field → (base, mine, theirs)."""
    return Problem(
        code="stale",
        kind=ProblemKind.STALE,
        text=f"{who}已修改“{title}”，其中 {len(conflicts)} 项与您的修改冲突，请逐项选择。",
        row=row,
        data={"title": title, "conflicts": dict(conflicts), "by": who, "at": when.isoformat()},
    )
