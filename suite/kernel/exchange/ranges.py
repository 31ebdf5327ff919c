"""Two days in one cell (聘期 2026.4.1-2031.3.31), for two fields of which neither has a column of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.clean_dates import clean_date
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.header import Header, normalise_heading
from suite.kernel.exchange.reading import SAMPLE, Sheet

_DAY = r"(?:\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{8})"
_RANGE = re.compile(rf"[自从]?({_DAY})起? ?(?:至|到|[-—–~～－]{{1,2}}) ?({_DAY})止?")


@dataclass(frozen=True, kw_only=True)
class Span:
    """The two fields of a column of ranges. `mapped`: the one that the column is mapped to by itself, None
    where its heading means the whole: a cell with one day says that field, below the whole none for sure."""

    begin: str
    end: str
    mapped: str | None = None


NO_SPANS: Mapping[int, Span] = MappingProxyType({})


def spans_in(
    kind: RecordKind, sheet: Sheet, header: Header, fields: Mapping[int, str], nowhere: Collection[int]
) -> dict[int, Span]:
    """Place in the row → the fields of a column of ranges.

    Which column that is the cells tell: its heading names either field or the whole (`Field.span`), and the
    other field has no column. `nowhere`: places of columns of which a person said that they are not read.
    """
    pairs = [(field.key, field.until, field.span) for field in kind.fields if field.until is not None]
    taken = set(fields.values())
    found: dict[int, Span] = {}
    for column in header.columns if pairs else ():
        key = fields.get(column.index)
        for begin, end, headings in pairs:
            if key is None:
                named = normalise_heading(column.heading) in map(normalise_heading, headings)
                meant = named and column.index not in nowhere
            else:
                meant = key in (begin, end)
            if meant and not taken & ({begin, end} - {key}) and _has_range(sheet, header, column.index):
                found[column.index] = Span(begin=begin, end=end, mapped=key)
                taken |= {begin, end}
    return found


def _has_range(sheet: Sheet, header: Header, place: int) -> bool:
    rows = sheet.rows[header.first : header.first + SAMPLE]
    return any(_split(row[place]) is not None for row in rows if place < len(row))


def split_column(column: list[Any], span: Span) -> tuple[list[Any], list[tuple[int, Problem]]]:
    """Leave the first days in a column, in place, and give the last ones.

    Below a heading of the whole one day alone may be either; it is held, with its place.
    """
    known = {value: _split(value) for value in set(column) if isinstance(value, str)}
    ends: list[Any] = []
    single: list[tuple[int, Problem]] = []
    for place, value in enumerate(column):
        days = known.get(value) if isinstance(value, str) else None
        if days is None and span.mapped is None and (day := clean_date(value).value) is not None:
            told = f"只有一天 {day}，看不出是起是止，请写成如 2026-04-01 至 2031-03-31 的起止日期。"
            single.append((place, Problem(code="date_of_either", text=told, severity=Severity.ERROR)))
            value = ""
        first, last = days or (("", value) if span.mapped == span.end else (value, ""))
        column[place] = first
        ends.append(last)
    return ends, single


def _split(value: Any) -> tuple[str, str] | None:
    days = _RANGE.fullmatch(as_text(value)) if isinstance(value, str) else None
    return (days[1], days[2]) if days is not None else None


def also_read(spans: Iterable[Span]) -> set[str]:
    """The fields in which columns of ranges end."""
    return {span.end for span in spans}


def begins(fields: Mapping[int, str], spans: Mapping[int, Span]) -> dict[int, str]:
    """The columns with those of ranges at the field in which they begin."""
    return {**fields, **{place: span.begin for place, span in spans.items()}}
