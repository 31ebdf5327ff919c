"""Columns whose contents were exchanged: names under 身份证号, numbers under 姓名. Told, never put right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.kernel.exchange.clean_dates import clean_date
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.registry.identifiers.verdict import normalise

SAMPLE = 200
"""So many rows are looked at."""
MOSTLY = 0.8
"""This share of the filled cells must have a shape for the column to have it."""

_RESIDENT = re.compile(r"\d{17}[\dX]|\d{15}")
_PHONE = re.compile(r"(\+?86)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_NUMBER = re.compile(r"(?=.*\d)[0-9A-Z()〔〕-]{7,30}|.{0,12}\d{4,}号?")
_BODY = re.compile(r".{2,}(所|处|中心|委员会|局|院|公司|协会|学校|大学|村|社区|街道|司)(（.*）|\(.*\))?")
_PERSON = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]+(·[\u3400-\u9fff]+)+")


def _is_date(value: Any) -> bool:
    found = clean_date(value)
    return found.value is not None and not found.problems


_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    "sex": lambda value: as_text(value) in ("男", "女"),
    "resident": lambda value: _RESIDENT.fullmatch(normalise(as_text(value))) is not None,
    "phone": lambda value: _PHONE.fullmatch(normalise(as_text(value))) is not None,
    "date": _is_date,
    "number": lambda value: _NUMBER.fullmatch(normalise(as_text(value))) is not None,
    "body": lambda value: _BODY.fullmatch(as_text(value)) is not None,
    "person": lambda value: _PERSON.fullmatch(as_text(value).replace(" ", "")) is not None,
}
"""From the narrowest shape to the widest: a column has the first that fits."""


def expected_shape(kind: RecordKind, field: Field) -> str | None:
    """What the cells of a field look like, where that can be told."""
    if field.key == "name":
        return "person" if kind.has_person else "body"
    if field.type is FieldType.DATE:
        return "date"
    if field.type is FieldType.LINK:
        return "body"
    return {"id_number": "resident", "phone": "phone", "sex": "sex", "main_no": "number"}.get(field.key)


def shape_of(values: Sequence[Any]) -> str | None:
    """What most cells of a column look like; None where nothing is certain."""
    sample = [value for value in values[:SAMPLE] if as_text(value)]
    for shape, fits in _SHAPES.items():
        if sample and sum(map(fits, sample)) >= MOSTLY * len(sample):
            return shape
    return None


def swapped(kind: RecordKind, columns: Mapping[str, Sequence[Any]]) -> list[tuple[str, str]]:
    """Pairs of fields each of whose columns looks as the other should. `columns`: field key → raw values."""
    wanted = {
        key: shape
        for key in columns
        if key in kind.by_key and (shape := expected_shape(kind, kind.by_key[key])) is not None
    }
    found = {key: shape_of(columns[key]) for key in wanted}
    return [
        (one, other)
        for one, other in combinations(wanted, 2)
        if wanted[one] != wanted[other] and (found[one], found[other]) == (wanted[other], wanted[one])
    ]
