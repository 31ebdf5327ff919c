"""Finding the header of a table on a sheet, below title rows, and its columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from suite.kernel.exchange.cleaned import as_text

LOOK_ROWS = 30
"""How far down a header is looked for; title blocks of real sheets take at most a dozen rows."""
_FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the table: place in the row tuple, number as shown, heading as written, field key."""

    index: int
    number: int
    heading: str
    field: str | None


@dataclass(frozen=True, kw_only=True)
class Header:
    """A recognised header.

    `rows`: numbers, as shown, of its one or two rows. `first`: index of the first row below it.
    `duplicates`: columns whose field an earlier column already has; they are not read. `missing`: the
    required fields without a column.
    """

    rows: tuple[int, ...]
    first: int
    columns: tuple[Column, ...]
    duplicates: tuple[Column, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def fields(self) -> Mapping[int, str]:
        """Place in the row tuple → field key, for the columns that are read."""
        repeated = {column.index for column in self.duplicates}
        return {
            column.index: column.field
            for column in self.columns
            if column.field is not None and column.index not in repeated
        }

    @property
    def mapping(self) -> Mapping[str, str]:
        """Heading as written → field key."""
        fields = self.fields
        return {column.heading: fields[column.index] for column in self.columns if column.index in fields}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headings that belong to no field."""
        return tuple(column.heading for column in self.columns if column.field is None)


def normalise_heading(text: Any) -> str:
    """A heading for comparison: no blanks or line breaks, half-width, lower-case, no star or colon."""
    return _normal_text(text) if isinstance(text, str) else _normal_text(as_text(text))


@lru_cache(maxsize=4096)  # the headings of all kinds are compared with every sheet that is looked at
def _normal_text(text: str) -> str:
    plain = "".join(as_text(text).translate(_FULL_TO_HALF).split())
    return plain.strip("*:").casefold()


def normalise_headings(synonyms: Mapping[str, str]) -> dict[str, str]:
    """The mapping heading → field key, keyed as `find_header` wants it; the first of equals wins."""
    normal: dict[str, str] = {}
    for heading, field in synonyms.items():
        normal.setdefault(normalise_heading(heading), field)
    return normal


def find_header(
    rows: Sequence[Sequence[Any]],
    synonyms: Mapping[str, str],
    *,
    required: Collection[str] = (),
    first_row_number: int = 1,
    first_column_number: int = 1,
) -> Header | None:
    """The header among the first rows: where most fields are named, on one row or on two.

    `synonyms`: normalised heading (see `normalise_headings`) → field key. In a header of two rows the
    upper heading reaches over the empty cells to its right, and a lower one is looked up with it first
    ("联系方式" over "电话"). Fewer than two fields are no header, except in a table of one or two columns.
    """
    best: tuple[tuple[int, int, int], Header] | None = None
    for index in range(min(len(rows), LOOK_ROWS)):
        for levels in (1, 2):
            if index + levels > len(rows):
                continue
            columns = _columns(rows[index : index + levels], synonyms, first_column_number)
            named = {column.field for column in columns if column.field is not None}
            if not named or (len(named) < 2 and len(columns) > 2):
                continue
            # One row before two, the upper before the lower.
            rank = (len(named), -levels, -index)
            if best is None or rank > best[0]:
                numbers = tuple(first_row_number + index + level for level in range(levels))
                best = rank, _header(columns, numbers, index + levels, required)
    return best[1] if best else None


def _header(columns: list[Column], numbers: tuple[int, ...], first: int, required: Collection[str]) -> Header:
    seen: set[str] = set()
    duplicates: list[Column] = []
    for column in columns:
        if column.field is not None and column.field in seen:
            duplicates.append(column)
        elif column.field is not None:
            seen.add(column.field)
    missing = tuple(field for field in required if field not in seen)
    return Header(
        rows=numbers, first=first, columns=tuple(columns), duplicates=tuple(duplicates), missing=missing
    )


def _columns(lines: Sequence[Sequence[Any]], synonyms: Mapping[str, str], first_column: int) -> list[Column]:
    columns: list[Column] = []
    over = ""
    upper, lower = lines[0], lines[1] if len(lines) > 1 else ()
    for index in range(max(map(len, lines))):
        own = _heading(upper, index)
        under = _heading(lower, index)
        over = own or over
        if not under:
            heading, field = own, _look_up(own, synonyms)
        elif over:
            heading = f"{over}/{under}"
            field = _look_up(over + under, synonyms) or _look_up(under, synonyms)
        else:
            heading, field = under, _look_up(under, synonyms)
        if heading:
            columns.append(Column(index=index, number=first_column + index, heading=heading, field=field))
    return columns


def _heading(row: Sequence[Any], index: int) -> str:
    value = row[index] if index < len(row) else ""
    # Numbers and dates are no headings, and long texts are titles or notes.
    return as_text(value) if isinstance(value, str) and len(value) <= 100 else ""


def named_by(headings: Sequence[str], synonyms: Mapping[str, str]) -> set[str]:
    """The fields that headings name, as `Column.heading` writes those of one row or two."""
    found: set[str] = set()
    for heading in headings:
        for text in (heading, heading.replace("/", ""), heading.rpartition("/")[2]):
            field = _look_up(text, synonyms)
            if field is not None:
                found.add(field)
                break
    return found


def _look_up(heading: str, synonyms: Mapping[str, str]) -> str | None:
    normal = normalise_heading(heading)
    if not normal:
        return None
    return synonyms.get(normal) or synonyms.get(_BRACKETS.sub("", normal).strip("*:"))
