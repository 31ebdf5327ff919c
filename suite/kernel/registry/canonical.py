"""Values in the form in which they are compared and stored, for one or column by column for thousands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.problems import Problem
from suite.kernel.registry.commands import RowEdit
from suite.kernel.registry.identifiers.verdict import normalise as number_form
from suite.kernel.registry.rules import normalise

#: Fields that are identifiers: compared and stored in their canonical form.
NUMBER_FIELDS = ("main_no", "id_number")
#: Types of which equal values are the same value: 1, 1.0 and True are not.
_PLAIN = (str, dt.date)
#: Types of fields whose values are kept as they are, where they are of exactly this type.
_OWN: Mapping[FieldType, type] = {
    FieldType.DATE: dt.date,
    FieldType.INTEGER: int,
    FieldType.LINK: int,
    FieldType.BOOLEAN: bool,
}


def canonical(field: Field, value: Any) -> Any:
    """A value as it is compared and stored; raises ValueError or TypeError for what is none."""
    if isinstance(value, str) and field.key in NUMBER_FIELDS:
        value = number_form(value)
    return normalise(field, value)


def form_of(field: Field) -> str:
    """How a value of the field is written, in words."""
    forms = {
        FieldType.DATE: "“2026-11-23”的形式",
        FieldType.INTEGER: "整数",
        FieldType.DECIMAL: "数字",
        FieldType.BOOLEAN: "是或否",
    }
    return forms.get(field.type, "文字")


def canonical_rows(
    kind: RecordKind, rows: Sequence[RowEdit]
) -> tuple[Sequence[Mapping[str, Any]], Mapping[int, Sequence[Problem]]]:
    """What the rows say in canonical form, and by a row's place in the list what cannot be read of it.

    A list repeats its values by the thousand: each distinct one of a column is worked out once, and most
    stand as they are given. Rows are copied only where they do not.
    """
    said: list[Mapping[str, Any]] = [row.values for row in rows]
    own: dict[int, dict[str, Any]] = {}
    told: dict[int, list[Problem]] = {}
    for key in dict.fromkeys(chain.from_iterable(row.values for row in rows)):
        field = kind.by_key.get(key)
        for place, form in _other_forms(field, [values.get(key) for values in said]):
            if key not in said[place]:
                continue
            if place not in own:
                said[place] = own[place] = dict(rows[place].values)
            if isinstance(form, Exception) or field is None:
                wrong = _unreadable(key, field, own[place].pop(key), rows[place])
                told.setdefault(place, []).append(wrong)
            else:
                own[place][key] = form
    return said, told


def _other_forms(field: Field | None, column: Sequence[Any]) -> Iterable[tuple[int, Any]]:
    """Places in a column whose value is kept in another form than given: the form, or why it has none."""
    if field is None:
        yield from enumerate(column)
        return
    types = set(map(type, column)) - {type(None), _OWN.get(field.type)}
    forms = {}
    if not types.isdisjoint(_PLAIN):
        distinct = {value for value in column if type(value) in _PLAIN}
        tried = ((value, _tried(field, value)) for value in _doubtful(field, distinct))
        forms = {value: form for value, form in tried if type(form) is not type(value) or form != value}
        types.difference_update(_PLAIN)
    if not forms and not types:
        return
    for place, value in enumerate(column):
        if type(value) in types:
            yield place, _tried(field, value)
        elif value is not None and value in forms:
            yield place, forms[value]


def _doubtful(field: Field, values: Collection[Any]) -> Collection[Any]:
    """The values that are not seen at once to be in their canonical form: none of most long lists."""
    if field.type is not FieldType.TEXT or not set(map(type, values)) <= {str} or "" in values:
        return values
    whole = "".join(values)
    if field.key in NUMBER_FIELDS:
        return () if whole.isascii() and whole.isalnum() and whole == whole.upper() else values
    if not whole.isprintable():
        return values
    return [value for value in values if value[0] == " " or value[-1] == " "] if " " in whole else ()


def _tried(field: Field, value: Any) -> Any:
    try:
        return canonical(field, value)
    except (ValueError, TypeError) as error:
        return error


def _unreadable(key: str, field: Field | None, value: Any, row: RowEdit) -> Problem:
    if field is None:
        return Problem(code="field.unknown", text=f"没有字段 {key}。", field=key, row=row.place)
    return Problem(
        code="value.type",
        text=f"“{field.title}”的值“{value}”格式不对，请按{form_of(field)}填写。",
        field=key,
        row=row.place,
    )
