"""From the columns of a sheet to the values of a kind's fields, column by column."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from operator import itemgetter
from typing import Any

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.cleaned import LOST, Cleaned, Cleaner, problem
from suite.kernel.exchange.cleaning import (
    CLEANERS,
    PLAIN,
    clean_column,
    clean_date,
    clean_identifier,
    clean_lines,
    clean_text,
    clean_words,
    code_cleaner,
    code_set_cleaner,
)
from suite.kernel.exchange.damage import kept_as_serial, lost_digits, lost_zeros
from suite.kernel.exchange.header import Header, Headings, normalise_heading, normalise_headings
from suite.kernel.exchange.heading_words import groups_of
from suite.kernel.exchange.linking import VILLAGE, LinkIndex, district_meant, resolve_links
from suite.kernel.exchange.merged import MergedCells
from suite.kernel.exchange.ranges import NO_SPANS, Span, split_column
from suite.kernel.exchange.reading import Sheet
from suite.kernel.exchange.repairs import NO_REPAIRS, Repairs
from suite.kernel.exchange.short_names import without_place
from suite.kernel.exchange.swapped import SAMPLE, swapped
from suite.kernel.exchange.units import NO_CONVERSIONS, NUMBERS, Conversion, as_kept, in_unit, sister_headings
from suite.loader.catalog import Catalog

#: Pseudo field of the column that names a link's own body (a village's township).
PARENT = "parent_of:"
#: A number as our own masking writes it: 130102********2417, 138****5207.
MASKED = re.compile(r"[0-9A-Za-z]{1,6}\*{4,12}[0-9Xx]{1,4}")
#: So many districts are offered for an unknown one, each at least so like it.
MOST_NEAR, NEAR = 3, 0.5
#: How the city itself is written where a district belongs.
_CITY = frozenset({"市本级", "市直", "市级", "本级", "130100", "130100000000"})
#: Cleaners that take a number for the text that was meant.
_OF_TEXTS = frozenset({clean_words, clean_lines, clean_identifier})
#: A licence is called by its last words too: 许可证 for 司法鉴定许可证.
_LAST_WORDS = 3
#: How its two days stand below it in a header of two rows.
_FROM, _TO = ("起", "有效期起"), ("止", "至", "有效期止", "有效期至")
PARENT_HEADINGS = ("乡镇", "街道", "乡镇街道", "乡镇（街道）", "所属乡镇", "所在乡镇", "镇街", "乡镇/街道")


@dataclass(frozen=True, kw_only=True)
class Found:
    """A problem of a cell: index into the rows that were taken."""

    row: int
    problem: Problem


@dataclass(kw_only=True)
class Cells:
    """The cleaned cells of one sheet: field key → values in the order of the rows.

    `filled`: how many merged ranges gave their value to several rows. `masked`: index into the rows → fields
    whose cells hold a number as our own export masks it, which says nothing of it. `swapped`: pairs of fields
    whose columns look exchanged.
    """

    rows: tuple[int, ...]
    values: dict[str, list[Any]]
    problems: list[Found]
    filled: int = 0
    masked: dict[int, set[str]] = dataclasses.field(default_factory=dict)
    swapped: list[tuple[str, str]] = dataclasses.field(default_factory=list)


def headings_of(kind: RecordKind) -> Headings:
    """Every heading that may stand over a column of this kind → field key."""
    synonyms: dict[str, str] = {}
    for field in kind.fields:
        for heading in (field.title, *field.headings):
            synonyms.setdefault(heading, field.key)
    for field in kind.fields:
        for heading in sister_headings(field, (field.title, *field.headings)):
            synonyms.setdefault(heading, field.key)
        if field.type is FieldType.LINK and VILLAGE in field.links:
            for heading in PARENT_HEADINGS:
                synonyms.setdefault(heading, f"{PARENT}{field.key}")
    for heading, key in _licence_days(kind):
        synonyms.setdefault(heading, key)
    own = {kind.title, kind.list_title, *(field.section for field in kind.fields)}
    return normalise_headings(
        synonyms,
        {field.key: field.type for field in kind.fields},
        groups_of(set(map(normalise_heading, own)), person=kind.has_person),
    )


def _licence_days(kind: RecordKind) -> Iterator[tuple[str, str]]:
    """许可证起 and 许可证止, where a licence has both days."""
    licence = kind.licence
    if licence is None or licence.valid_from is None or licence.valid_to is None:
        return
    for name in (licence.title, licence.title[-_LAST_WORDS:]):
        yield from ((f"{name}{word}", licence.valid_from) for word in _FROM)
        yield from ((f"{name}{word}", licence.valid_to) for word in _TO)


def cleaner_of(
    field: Field, catalog: Catalog, districts: Mapping[str, str], *, person: bool = False
) -> Cleaner:
    """The cleaner that a field's declaration asks for. `person`: the records are natural persons."""
    if field.cleaner is not None:
        return CLEANERS[field.cleaner]
    match field.type:
        case FieldType.CODE:
            codes = catalog.codes[field.codes or ""]
            return code_cleaner(codes.by_text, codes.titles, codes.unknown)
        case FieldType.CODES:
            codes = catalog.codes[field.codes or ""]
            return code_set_cleaner(codes.by_text, codes.titles)
        case FieldType.DISTRICT:
            return _district_cleaner(districts)
        case FieldType.DATE | FieldType.INTEGER | FieldType.DECIMAL | FieldType.BOOLEAN:
            return CLEANERS[field.type.value]
    if field.key == "name":
        return CLEANERS["person_name" if person else "own_name"]
    if field.key == "id_number":
        return CLEANERS["resident"]
    if field.key == "phone":
        return CLEANERS["phone"]
    if field.key == "main_no":
        return CLEANERS["identifier"]
    return CLEANERS["lines" if field.has_lines else "text"]


def _district_cleaner(districts: Mapping[str, str]) -> Cleaner:
    names = [text for text in districts if text.endswith(("区", "县", "市"))]

    def clean(value: Any) -> Cleaned:
        text = clean_text(value)
        if text.value is None or text.problems:
            return text
        code = district_meant(text.value, districts)
        if code is not None:
            return Cleaned(code)
        if text.value in _CITY or not without_place(text.value):
            told = f"“{text.value}”不是区县。名册按所在区县登记，市直单位也填写其所在的区县。"
            return Cleaned(text.value, problem("district.unknown", told))
        near = get_close_matches(without_place(text.value), names, n=MOST_NEAR, cutoff=NEAR)
        hint = f"最接近：{'、'.join(near)}。" if near else ""
        told = f"没有“{text.value[:40]}”这个区县。{hint}请按行政区划名称填写。"
        return Cleaned(
            text.value, (Problem(code="district.unknown", text=told, data={"nearest": tuple(near)}),)
        )

    return clean


def read_cells(
    kind: RecordKind,
    sheet: Sheet,
    header: Header,
    rows: tuple[int, ...],
    fields: Mapping[int, str],
    catalog: Catalog,
    districts: Mapping[str, str],
    links: Mapping[str, LinkIndex],
    repairs: Repairs = NO_REPAIRS,
    units: Mapping[int, Conversion] = NO_CONVERSIONS,
    spans: Mapping[int, Span] = NO_SPANS,
) -> Cells:
    """Clean the mapped columns of the rows that are taken. `fields`: place in the row → field key.

    `units`: place in the row → how a column of another unit than its field's is converted. `spans`: place →
    the two fields of a column of ranges.
    """
    cells = Cells(rows=rows, values={}, problems=[])
    parents: dict[str, list[Any]] = {}
    raw = [sheet.rows[index] for index in rows]
    narrowest = min(map(len, raw), default=0)
    merged = MergedCells(sheet)
    for place, key in fields.items():
        column = (
            list(map(itemgetter(place), raw))
            if place < narrowest
            else [row[place] if place < len(row) else "" for row in raw]
        )
        lost = merged.fill(sheet.first_column_number + place, rows, column)
        mended = repairs.column(sheet, sheet.first_column_number + place, rows, column)
        if key.startswith(PARENT):
            # What is wrong with the township is wrong with the village that it helps to find.
            key = key.removeprefix(PARENT)
            parents[key], problems = clean_column(column, clean_text)
            cells.problems += [Found(row=row, problem=found.at(field=key)) for row, found in problems]
            cells.problems += _lost(sheet, rows, place, key, mended, lost)
            continue
        if place in spans:
            span = spans[place]
            ends, single = split_column(column, span)
            cells.problems += [Found(row=row, problem=found.at(field=span.begin)) for row, found in single]
            cells.values[span.end], problems = clean_column(
                ends, partial(clean_date, from_1904=sheet.from_1904)
            )
            cells.problems += [Found(row=row, problem=found.at(field=span.end)) for row, found in problems]
        field = kind.by_key[key]
        if field.sensitive:
            for index in _unmask(column):
                cells.masked.setdefault(index, set()).add(key)
        cleaner = (
            clean_text
            if field.type is FieldType.LINK
            else cleaner_of(field, catalog, districts, person=kind.has_person)
        )
        if cleaner is clean_date and sheet.from_1904:
            cleaner = partial(clean_date, from_1904=True)
        if field.type in NUMBERS:
            cleaner = in_unit(field, cleaner, units.get(place))
        if field.type is FieldType.DECIMAL:
            cleaner = as_kept(field, cleaner)
        cells.values[key], problems = clean_column(column, cleaner, PLAIN.get(cleaner))
        if cleaner is clean_identifier:
            problems += lost_digits(cells.values[key])
            problems += lost_zeros(cells.values[key])
        if field.type is FieldType.TEXT and cleaner in _OF_TEXTS:
            problems += kept_as_serial(column, from_1904=sheet.from_1904)
        cells.problems += [Found(row=row, problem=found.at(field=key)) for row, found in problems]
        cells.problems += _lost(sheet, rows, place, key, mended, lost)
    if rows:
        numbers = [sheet.first_column_number + place for place in fields]
        cells.filled = merged.over_rows(numbers, sheet.row_number(rows[0]))
        cells.swapped = swapped(
            kind,
            {key: [row[place] for row in raw[:SAMPLE] if place < len(row)] for place, key in fields.items()},
        )
    empty: list[Any] = [None] * len(rows)
    # A district that is none says nothing of where a linked record lies.
    known = set(districts.values())
    district_column: Sequence[str | None] = [
        code if code in known else None for code in cells.values.get("district_code", empty)
    ]
    written = dict(cells.values)
    for key, texts in written.items():
        field = kind.by_key[key]
        if field.type is not FieldType.LINK:
            continue
        cells.values[key], unresolved = resolve_links(
            field,
            links[key],
            texts,
            district_column,
            parents[key] if key in parents else written.get(field.within or "", empty),
        )
        cells.problems += [Found(row=row, problem=found) for row, found in unresolved]
    return cells


def _unmask(column: list[Any]) -> list[int]:
    """Empty the cells that hold a masked number, in place; which they were."""
    masked = [
        place
        for place, value in enumerate(column)
        if type(value) is str and "*" in value and MASKED.fullmatch(value)
    ]
    for place in masked:
        column[place] = ""
    return masked


def _lost(
    sheet: Sheet,
    rows: Sequence[int],
    place: int,
    key: str,
    mended: frozenset[int],
    merged: Mapping[int, str],
) -> list[Found]:
    """Cells whose value the file does not carry: a formula without a cached value, an error.

    `merged`: places of the cells that show such a one above them.
    """
    if not sheet.lost:
        return []
    column = sheet.first_column_number + place
    return [
        Found(
            row=index,
            problem=Problem(code=code, text=LOST[code][0], field=key, severity=Severity.ERROR),
        )
        for index, row in enumerate(rows)
        if (code := sheet.lost.get((sheet.row_number(row), column)) or merged.get(index)) is not None
        and sheet.row_number(row) not in mended
    ]
