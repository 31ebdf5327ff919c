"""Finding the table on a sheet: the header below title rows, its columns, and where the rows end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suite.kernel.exchange.cleaned import as_text

LOOK_ROWS = 30
"""How far down a header is looked for; title blocks of real sheets take at most a dozen rows."""
BLANK_RUN = 50
"""After so many blank rows a further text is no row of the table."""

_FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_SUBTOTAL = re.compile(r"(本页|本表|本所|全市|以上)?(合|小|总|共|累)计([:(].*|\d.*)?")
_NOTE = re.compile(
    r"(备?注|说明|填表说明|填表人|制表人?|审核人?|复核人?|填报人|经办人|联系人|联系电话|单位负责人|负责人"
    r"|审批人|(填报|报送|制表)单位|(制表|填表|填报|报送)(日期|时间))(\([^)]*\))?(\d*[.、:].*)?"
)
_SIGNATURE = re.compile(r"((填表|制表|审核|复核|填报|经办)人?|单位负责人|(填报|报送|制表)单位).{0,30}")


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


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A row below the header outside the table: "subtotal", "note", "repeated_header", "after_end"."""

    index: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Body:
    """The indices of the table's rows, and the rows with content that were left out, with the reason."""

    rows: tuple[int, ...]
    skipped: tuple[Skipped, ...]


_STARTS = frozenset("本全以合小总共累备注说填制审复经联报单负")
"""First characters of what `_SUBTOTAL`, `_NOTE` and `_SIGNATURE` find: a quick no for most rows."""


def normalise_heading(text: Any) -> str:
    """A heading for comparison: no blanks or line breaks, half-width, lower-case, no star or colon."""
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


def _look_up(heading: str, synonyms: Mapping[str, str]) -> str | None:
    normal = normalise_heading(heading)
    if not normal:
        return None
    return synonyms.get(normal) or synonyms.get(_BRACKETS.sub("", normal).strip("*:"))


def find_body(rows: Sequence[Sequence[Any]], header: Header) -> Body:
    """The rows of the table below its header.

    Left out and named: subtotals and totals, notes and signatures, the header printed again on a further
    page, and everything after a long run of blank rows. Blank rows are passed over in silence.
    """
    taken: list[int] = []
    skipped: list[Skipped] = []
    parts = {column.index: _parts(column.heading) for column in header.columns}
    known = frozenset().union(*parts.values())
    read = header.fields
    blanks = 0
    ended = False
    for index, row, first in _first_cells(rows, header.first):
        if first is None:
            blanks += 1
            continue
        ended = ended or blanks >= BLANK_RUN
        blanks = 0
        if ended:
            skipped.append(Skipped(index=index, reason="after_end"))
        elif isinstance(first, str) and (reason := _reason(row, first, read, parts, known)):
            skipped.append(Skipped(index=index, reason=reason))
        else:
            taken.append(index)
    return Body(rows=tuple(taken), skipped=tuple(skipped))


def _first_cells(rows: Sequence[Sequence[Any]], start: int) -> Iterator[tuple[int, Sequence[Any], Any]]:
    """Each row with its first cell that holds something, or None."""
    for index in range(start, len(rows)):
        row = rows[index]
        first = next((value for value in row if value != "" and value is not None), None)
        if isinstance(first, str) and (first.isspace() or not first.isprintable()):
            # Perhaps blanks or invisible characters only.
            first = next((value for value in row if as_text(value)), None)
        yield index, row, first


def _parts(heading: str) -> frozenset[str]:
    """The texts that a header may show in this column: the heading, or either row of it."""
    return frozenset(normalise_heading(part) for part in (heading, *heading.split("/")))


def _reason(
    row: Sequence[Any],
    first: str,
    read: Mapping[int, str],
    parts: Mapping[int, frozenset[str]],
    known: frozenset[str],
) -> str | None:
    """Why the row is none of the table, judged by its first filled cell; None if it belongs."""
    text = normalise_heading(first)
    if text in known and _repeats(row, parts):
        return "repeated_header"
    if text[:1] not in _STARTS:
        return None
    if _SUBTOTAL.fullmatch(text):
        return "subtotal"
    # A note stands alone or beside other notes; a filled row that begins so is data.
    filled = sum(1 for index in read if index < len(row) and as_text(row[index]))
    if filled <= max(1, len(read) // 3) and (_NOTE.fullmatch(text) or _SIGNATURE.fullmatch(text)):
        return "note"
    return None


def _repeats(row: Sequence[Any], parts: Mapping[int, frozenset[str]]) -> bool:
    shown = [(index, normalise_heading(value)) for index, value in enumerate(row) if as_text(value)]
    return len(shown) > min(1, len(parts) - 1) and all(text in parts.get(index, ()) for index, text in shown)
