"""From declared fields to table columns, and from stored values to what a cell shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.loader.catalog import Catalog
from suite.ui.kit.columns import Align, Column, ColumnKind
from suite.ui.kit.state import StateValue

_CHARACTER = 7.4  # the width of a digit in body text; a Chinese character takes two
_PADDING = 18
_LEAST_BODY = 140
_USUAL = {FieldType.DATE: 10, FieldType.BOOLEAN: 4, FieldType.INTEGER: 7, FieldType.DECIMAL: 12}
_KINDS = {
    FieldType.DATE: ColumnKind.DATE,
    FieldType.INTEGER: ColumnKind.NUMBER,
    FieldType.DECIMAL: ColumnKind.NUMBER,
}

Writer = Callable[[Any], object]


def is_state(field: Field, catalog: Catalog) -> bool:
    """Whether the values of a field are states, drawn by shape and word."""
    codes = catalog.codes.get(field.codes or "")
    return codes is not None and any(code.state is not None for code in codes.codes)


def columns_for(kind: RecordKind, catalog: Catalog) -> tuple[Column, ...]:
    """One column for each field, the name first and fixed; those not `listed` wait in the chooser."""
    name_first = sorted(kind.fields, key=lambda field: field.key != "name")
    body = next((f.key for f in name_first if f.listed and f.type is FieldType.LINK), "name")
    widest = body if kind.has_person else "name"
    return tuple(
        Column(
            key=field.key,
            title=field.title,
            kind=_column_kind(field, catalog),
            width=_width(field, catalog),
            align=Align.CENTRE if field.type is FieldType.BOOLEAN else None,
            sortable=not field.sensitive,
            pinned=field.key == "name",
            hidden=not (field.listed or field.key == "name"),
            stretch=field.key == widest,
            # A name is read whole; the body beside it may be elided where the window is narrow.
            least=0 if field.key == "name" else _LEAST_BODY,
        )
        for field in name_first
    )


def _column_kind(field: Field, catalog: Catalog) -> ColumnKind:
    if field.key == "name":
        return ColumnKind.LINK
    if field.sensitive:
        return ColumnKind.MASKED
    if is_state(field, catalog):
        return ColumnKind.STATE
    return _KINDS.get(field.type, ColumnKind.TEXT)


def breadth(text: str) -> int:
    """How many digits wide a text is."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _width(field: Field, catalog: Catalog) -> int:
    characters = field.width or _USUAL.get(field.type, 0)
    codes = catalog.codes.get(field.codes or "")
    if codes is not None and not field.several:
        widest = max((breadth(code.title) for code in codes.codes), default=6)
        # A rare long value is elided with its tooltip rather than paid for by every row.
        characters = min(widest, max(characters, 14)) + (2 if is_state(field, catalog) else 0)
    characters = max(characters or 12, breadth(field.title))
    return round(characters * _CHARACTER) + _PADDING


def writer_for(field: Field, catalog: Catalog, districts: Mapping[str, str]) -> Writer:
    """What turns a value of `roster_rows` into the value of a cell."""
    codes = catalog.codes.get(field.codes or "")
    if codes is not None and is_state(field, catalog):
        states = {code.value: StateValue(code.state, code.title) for code in codes.codes if code.state}
        titles = codes.titles
        return lambda value: states.get(value) or titles.get(value, value)
    if codes is not None:
        return lambda value: catalog.code_title(codes.key, value) or None
    if field.type is FieldType.DISTRICT:
        return lambda value: districts.get(value, value)
    if field.type is FieldType.LINK:
        return lambda value: value[1] if value else None
    return lambda value: value


def writers_for(
    kind: RecordKind, catalog: Catalog, columns: tuple[Column, ...], districts: Mapping[str, str]
) -> tuple[tuple[str, Writer], ...]:
    """(field key, writer) in the order of the columns."""
    return tuple((column.key, writer_for(kind.by_key[column.key], catalog, districts)) for column in columns)
