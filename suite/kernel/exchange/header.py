"""Finding the header of a table on a sheet, below title rows, and its columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

from suite.contract.declarations import FieldType
from suite.kernel.exchange.bounds import Merged
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.heading_words import (
    NEUTRAL,
    in_brackets,
    is_neutral,
    may_be_group,
    without_brackets,
    without_remarks,
)
from suite.kernel.exchange.units import is_unit_row, without_unit

LOOK_ROWS = 30
"""How far down a header is looked for; title blocks of real sheets take at most a dozen rows."""
_FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
#: Signs between words, and a word that says nothing.
_NO_WORD = re.compile(r"[\W_]|的")
ASKED = "是否"
_ASKS = re.compile(f"{ASKED}(?:为|属于|是)?(?=..)")
_PLACED = re.compile("^(?:所在|所属)(?=..)")
#: 证书编号 and 证号 say no more of a number than 编号 does: 许可证/证号, 实验室认可/编号.
_CERTIFICATE = re.compile("(?:证书|证)+(?=(?:号码|编号|号)$)")
#: What stands for usual last words, and these words: 登记日期 is 登记时间.
_ENDINGS = (
    ("日期", re.compile("(?:年月日|日期|时间|日)$")),
    ("号", re.compile("(?:号码|编号|号)$")),
    ("", re.compile("(?:名称|全称|全名)$")),
    ("等级", re.compile("(?:等级|级别)$")),
)
#: So many characters must stand before a last word that is put for another.
_FEWEST = 2
#: The words that may stand for one another in headings of a type; all others have none.
_WORDS_OF: Mapping[FieldType | None, tuple[str, ...]] = MappingProxyType(
    {
        FieldType.DATE: ("", "日期"),
        FieldType.TEXT: ("", "号"),
        FieldType.BOOLEAN: ("", ASKED),
        FieldType.CODE: ("", "等级"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the table: place in the row tuple, number as shown, heading as written, field key.

    `aside`: the field that the heading names of somebody or something else (配偶, 变更前); it is not read.
    """

    index: int
    number: int
    heading: str
    field: str | None
    aside: str | None = None


#: How a column names its field: by a heading as it is declared, but for a remark in brackets, or but for a
#: usual word.
_EXACT, _BARE, _ALIKE = range(3)
_Read = tuple[int, Column]


@dataclass(frozen=True, kw_only=True)
class Header:
    """A recognised header.

    `rows`: numbers, as shown, of its one or two rows. `first`: index of the first row below it.
    `duplicates`: columns whose field another column has, the one that names it exactly or an earlier one;
    they are not read. `missing`: the required fields without a column.
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


class Headings(dict[str, str]):
    """Normalised heading → field key. `alike`: what tells headings apart that differ in a usual word only.

    What is alike for two fields is left out there: these are known by their exact headings alone. `groups`:
    below which headings of an upper row a heading is what it is alone.
    """

    alike: Mapping[str, str] = MappingProxyType({})
    groups: Collection[str] = NEUTRAL


def normalise_headings(
    synonyms: Mapping[str, str],
    types: Mapping[str, FieldType] = MappingProxyType({}),
    groups: Collection[str] = NEUTRAL,
) -> Headings:
    """The mapping heading → field key, keyed as `find_header` wants it; the first of equals wins.

    `types`: field key → type, by which usual words of its headings (日期, 时间) stand for one another.
    """
    normal = Headings()
    normal.groups = groups
    for heading, field in synonyms.items():
        normal.setdefault(normalise_heading(heading), field)
    alike: dict[str, set[str]] = {}
    for heading, field in normal.items():
        # A heading of our own may be written without what it has in brackets: 职务（岗位）.
        for form, word in {likeness(heading), likeness(without_brackets(heading))}:
            if types.get(field) is FieldType.BOOLEAN and not form.startswith(ASKED):
                form = ASKED + form
            # What the type does not bear out stands in the way of others all the same.
            borne = word in _WORDS_OF.get(types.get(field), ("",))
            alike.setdefault(form, set()).update((field,) if borne else (field, ""))
    normal.alike = {form: min(fields) for form, fields in alike.items() if len(fields) == 1} if types else {}
    return normal


@lru_cache(maxsize=4096)
def likeness(normal: str) -> tuple[str, str]:
    """What a normalised heading says with one word in the place of its likes, and that word."""
    # Before what stands in brackets goes: 所属县（市、区） is 县（市、区）.
    plain = _NO_WORD.sub("", without_unit(without_remarks(_PLACED.sub("", normal))))
    asks = _ASKS.match(plain)
    if asks:
        return f"{ASKED}{plain[asks.end() :]}", ASKED
    rest = _PLACED.sub("", plain)
    if (certificate := _CERTIFICATE.search(rest)) is not None and certificate.start() >= _FEWEST:
        rest = _CERTIFICATE.sub("", rest, count=1)
    for word, ending in _ENDINGS:
        found = ending.search(rest)
        if found is not None and found.start() >= _FEWEST:
            return f"{rest[: found.start()]}{word}", word
    return rest, ""


def find_header(
    rows: Sequence[Sequence[Any]],
    synonyms: Headings,
    *,
    required: Collection[str] = (),
    first_row_number: int = 1,
    first_column_number: int = 1,
    merged: Sequence[Merged] = (),
) -> Header | None:
    """The header among the first rows: where most fields are named, on one row or on two.

    `synonyms`: see `normalise_headings`. In a header of two rows the upper heading reaches over the empty
    cells to its right, and a lower one is looked up with it first ("联系方式" over "电话"), and alone where
    it is the record's own all the same; a `merged` one reaches as far as it is merged. A row of units below
    it is part of it. Fewer than two fields are no header, except in a table of one or two columns.
    """
    best: tuple[tuple[int, bool, int, int, int], Header] | None = None
    reaches: dict[int, dict[int, int]] = {}
    for area in merged:
        if area.top < first_row_number + LOOK_ROWS:
            place = area.left - first_column_number
            reaches.setdefault(area.top - first_row_number, {})[place] = area.right - first_column_number
    for index in range(min(len(rows), LOOK_ROWS)):
        for levels in (1, 2):
            if index + levels > len(rows):
                continue
            columns = _columns(
                rows[index : index + levels], synonyms, first_column_number, reaches.get(index, {})
            )
            named = {column.field for _, column in columns if column.field is not None}
            if not named or (len(named) < 2 and len(columns) > 2):
                continue
            aside = {column.aside for _, column in columns} - {None}
            # One row before two, the upper before the lower; but a row of groups tells what is whose.
            grouped = levels > 1 and bool(aside) and _are_groups(columns)
            rank = (len(named) + len(aside), grouped, len(named), -levels, -index)
            if best is None or rank > best[0]:
                numbers = tuple(first_row_number + index + level for level in range(levels))
                best = rank, _header(columns, numbers, index + levels, required)
    return _with_units(best[1], rows) if best else None


def _with_units(header: Header, rows: Sequence[Sequence[Any]]) -> Header:
    """A header with the row below it where that says nothing but the units of its columns."""
    if header.first >= len(rows) or not is_unit_row(rows[header.first]):
        return header
    units = rows[header.first]
    columns = {
        column.index: replace(column, heading=f"{column.heading}/{unit}")
        if (unit := _heading(units, column.index))
        else column
        for column in header.columns
    }
    return replace(
        header,
        rows=(*header.rows, header.rows[-1] + 1),
        first=header.first + 1,
        columns=tuple(columns.values()),
        duplicates=tuple(columns[column.index] for column in header.duplicates),
    )


def _header(columns: list[_Read], numbers: tuple[int, ...], first: int, required: Collection[str]) -> Header:
    best: dict[str, int] = {}
    for place, (how, column) in enumerate(columns):
        if column.field is not None:
            holder = best.setdefault(column.field, place)
            # A field that one column names exactly is that column's.
            if how == _EXACT and columns[holder][0] != _EXACT:
                best[column.field] = place
    return Header(
        rows=numbers,
        first=first,
        columns=tuple(column for _, column in columns),
        duplicates=tuple(
            column
            for place, (_, column) in enumerate(columns)
            if column.field is not None and best[column.field] != place
        ),
        missing=tuple(field for field in required if field not in best),
    )


def _columns(
    lines: Sequence[Sequence[Any]], synonyms: Headings, first_column: int, reaches: Mapping[int, int]
) -> list[_Read]:
    columns: list[_Read] = []
    over, reach = "", 0
    upper, lower = lines[0], lines[1] if len(lines) > 1 else ()
    for index in range(max(map(len, lines))):
        own = _heading(upper, index)
        under = _heading(lower, index)
        if own:
            over, reach = own, reaches.get(index, len(upper) + len(lower))
        if not under:
            heading, texts, loose = own, [own], [own]
        elif over and index <= reach:
            heading, (texts, loose) = f"{over}/{under}", _below(over, under, synonyms)
        else:
            heading, texts, loose = under, [under], [under]
        how, field = _named(texts, synonyms)
        if heading:
            aside = None if field is not None else _aside(loose, synonyms)
            column = Column(
                index=index, number=first_column + index, heading=heading, field=field, aside=aside
            )
            columns.append((how, column))
    exact = {column.field for how, column in columns if how != _ALIKE}
    return [
        (how, replace(column, field=None) if how == _ALIKE and column.field in exact else column)
        for how, column in columns
    ]


def _are_groups(columns: Sequence[_Read]) -> bool:
    """Whether what stands above the lower headings looks like groups of them rather than like a title."""
    over = [column.heading.partition("/")[0] for _, column in columns if "/" in column.heading]
    return all(map(may_be_group, over)) and (len(set(over)) > 1 or len(over) < len(columns))


def _below(over: str, under: str, synonyms: Headings) -> tuple[list[str], list[str]]:
    """By which texts a lower heading is known as the record's own, and by which at all."""
    both = [over + under, under]
    own = is_neutral(normalise_heading(over), normalise_heading(under), synonyms.groups)
    return both if own else both[:1], both


def _heading(row: Sequence[Any], index: int) -> str:
    value = row[index] if index < len(row) else ""
    # Numbers and dates are no headings, and long texts are titles or notes.
    return as_text(value) if isinstance(value, str) and len(value) <= 100 else ""


def named_by(headings: Sequence[str], synonyms: Headings) -> set[str]:
    """The fields that headings name, as `Column.heading` writes those of one row or two."""
    found: set[str] = set()
    for heading in headings:
        over, _, under = heading.rpartition("/")
        texts = _below(over, under, synonyms)[0] if over else []
        field = _named([heading, *texts], synonyms)[1]
        if field is not None:
            found.add(field)
    return found


def _named(texts: Sequence[str], synonyms: Headings) -> tuple[int, str | None]:
    """How, and which field, the first of the texts that names one names it."""
    for text in filter(None, map(normalise_heading, texts)):
        for how, look in (
            (_EXACT, synonyms.get),
            (_BARE, partial(_bare, synonyms)),
            (_ALIKE, partial(_like, synonyms)),
        ):
            if (field := look(text)) is not None:
                return how, field
    return _ALIKE, None


def _bare(synonyms: Headings, normal: str) -> str | None:
    """The field that a heading names but for brackets that leave its meaning as it is."""
    field = synonyms.get(without_remarks(normal))
    if field is None and (inside := in_brackets(normal)):
        # 住所（地址）: the same in other words.
        field = synonyms.get(without_brackets(normal))
        if any(field not in (synonyms.get(text), _like(synonyms, text)) for text in inside):
            return None
    return field


def _like(synonyms: Headings, normal: str) -> str | None:
    """The field whose heading differs in a usual word only; asked where none is named exactly."""
    return synonyms.alike.get(likeness(normal)[0]) if synonyms.alike else None


def _aside(texts: Sequence[str], synonyms: Headings) -> str | None:
    """The field that a heading would name without what distinguishes it."""
    return _named([without_brackets(normalise_heading(text)) for text in texts], synonyms)[1]
