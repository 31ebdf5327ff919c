"""Which fields of records are counted through a view on PostgreSQL, and what the views show.

They are the ones by which a roster is told apart: choices, districts, bodies, yes or no. The fewer columns a
view has, the less each of its rows costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnClause, ColumnElement, TableClause, column, table

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.database.audit_sql import SCOPE_COLUMNS
from suite.database.base import table_of
from suite.database.rights import SeenView
from suite.database.rights_views import OF_DETAILS, OF_PERSON
from suite.tables import Person, Subject

SUBJECTS, PERSONS = table_of(Subject), table_of(Person)
APART = frozenset({FieldType.CODE, FieldType.CODES, FieldType.DISTRICT, FieldType.BOOLEAN, FieldType.LINK})


def seen_views(kinds: Iterable[RecordKind]) -> tuple[SeenView, ...]:
    """The views of these kinds: one of each details table."""
    tables: dict[str, list[RecordKind]] = {}
    for kind in kinds:
        tables.setdefault(kind.details.name, []).append(kind)
    return tuple(_view(name, sharing) for name, sharing in sorted(tables.items()))


def seen(kind: RecordKind) -> tuple[TableClause, Mapping[str, ColumnElement[Any]]]:
    """The view of a kind's records, with its columns by name, and the fields that it shows by their key."""
    view = _view(kind.details.name, (kind,))
    fields = _counted(kind)
    shown: dict[str, ColumnClause[Any]] = {
        _named(kind, item): column(_named(kind, item), item.table.columns[item.name].type)
        for item in fields.values()
    }
    for name in view.subject:
        shown.setdefault(name, column(name, SUBJECTS.columns[name].type))
    shown[f"{OF_DETAILS}subject_id"] = column(f"{OF_DETAILS}subject_id", SUBJECTS.columns["id"].type)
    source = table(view.name, *shown.values())
    return source, {key: source.columns[_named(kind, item)] for key, item in fields.items()}


def _counted(kind: RecordKind) -> dict[str, Field]:
    """Field key → field of what the view shows of a kind."""
    places = (SUBJECTS, kind.details, PERSONS)
    return {
        item.key: item
        for item in kind.fields
        if item.type in APART and item.table in places and not item.sensitive
    }


def _named(kind: RecordKind, item: Field) -> str:
    """What the view calls a field's column."""
    return {kind.details: OF_DETAILS, PERSONS: OF_PERSON}.get(item.table, "") + item.name


def _view(name: str, kinds: Iterable[RecordKind]) -> SeenView:
    columns: dict[str, dict[str, None]] = {
        SUBJECTS.name: dict.fromkeys(("id", "kind", *SCOPE_COLUMNS)),
        name: {"subject_id": None},
        PERSONS.name: {},
    }
    for kind in kinds:
        for item in _counted(kind).values():
            columns[item.table.name][item.name] = None
    return SeenView(
        table=name,
        subject=tuple(columns[SUBJECTS.name]),
        details=tuple(columns[name]),
        person=tuple(columns[PERSONS.name]),
    )
