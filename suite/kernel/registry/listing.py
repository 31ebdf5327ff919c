"""The SQL of a list, by its shape: which tables, conditions, order and words. Values are bound later.

A list is asked for at every keystroke and every click on a filter, and putting its statement together takes
longer than the database takes to answer. So statements are kept by kind and shape, and never changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
)

from suite.contract.commands import Scope
from suite.contract.declarations import Field, RecordKind
from suite.contract.problems import refuse
from suite.database.base import table_of
from suite.database.rights_views import OF_DETAILS
from suite.kernel.accounts.seen import seen
from suite.kernel.registry.as_of import as_of_column, on_roster
from suite.kernel.registry.code_sets import holds_member
from suite.kernel.registry.current import columns_of
from suite.kernel.search.queries import scope_condition
from suite.kernel.search.scopes import SCOPES
from suite.kernel.search.words import has_words, matching_ids
from suite.tables import Identity, Person, Subject

SUBJECTS = table_of(Subject)
PERSONS = table_of(Person)
IDENTITIES = table_of(Identity)

MOST_KEPT = 500
Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a filter's condition looks like: a range with either end, or some values, and empty ones.

    `sets`: the values are looked for among those that a field holds together.
    """

    first: bool = False
    last: bool = False
    values: int = 0
    empty: bool = False
    dates: bool = False
    sets: bool = False


@dataclass(frozen=True, kw_only=True)
class Shape:
    """All of a list but its values. `only`: among ids that are given; `tails`: one for each word."""

    scopes: tuple[Scope, ...]
    filters: tuple[tuple[str, Form], ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    as_of: dt.date | None = None
    only: bool = False
    tails: tuple[bool, ...] = ()


_KEPT: dict[Hashable, tuple[RecordKind, Any]] = {}


def kept(kind: RecordKind, shape: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` puts together for a kind and a shape, which say all that goes into it; made once."""
    known = _KEPT.get((id(kind), shape))
    if known is None:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        # With the kind, since its id says which it is only as long as it lives.
        known = _KEPT[(id(kind), shape)] = (kind, make())
    made: Made = known[1]
    return made


def ids_in_order(kind: RecordKind, shape: Shape) -> tuple[Select[Any], ...]:
    """The ids of a list in order, at most `most`, as statements to be read one after the other.

    Rows with nothing in what they are ordered by stand at the end, whichever way the order runs. The
    engines think differently of that, and an order that says it is served by no index: so these rows are
    a statement of their own.
    """
    return kept(kind, ("ids", shape), lambda: tuple(_capped(one) for one in _ids(kind, shape)))


def all_ids(kind: RecordKind, shape: Shape) -> tuple[Select[Any], ...]:
    """As `ids_in_order`, without an end."""
    return kept(kind, ("all", shape), lambda: _ids(kind, shape))


def walk(kind: RecordKind, shape: Shape) -> Select[Any]:
    """The ids with every word among `near` rows of a list behind the first `skip`, in order, at most `most`.

    Rows with nothing in what they are ordered by are not among them.
    """
    return kept(kind, ("walk", shape), partial(_walk, kind, shape))


def counting(kind: RecordKind, shape: Shape, *, capped: bool) -> Select[Any]:
    """How many rows a list has, no more than `most` when capped."""
    return kept(kind, ("count", shape, capped), partial(_counting, kind, shape, capped))


def counting_by(kind: RecordKind, shape: Shape, key: str, *, bound: bool) -> Select[Any]:
    """Each value of a field within a list, with its rows; raises Refused for secrets and unknown fields.

    bound: row-level security looks at each row that is read, and there are views to count through.
    """
    return kept(kind, ("by", shape, key, bound), partial(_counting_by, kind, shape, key, bound))


def source_of(kind: RecordKind, tables: Collection[Table]) -> Any:
    """The subjects joined with what columns of these tables need."""
    source: Any = SUBJECTS
    if kind.details in tables:
        source = source.join(kind.details, kind.details.c.subject_id == SUBJECTS.c.id)
    if PERSONS in tables:
        source = source.outerjoin(PERSONS, PERSONS.c.id == SUBJECTS.c.person_id)
    if IDENTITIES in tables:
        source = source.outerjoin(IDENTITIES, IDENTITIES.c.person_id == SUBJECTS.c.person_id)
    return source


def read_columns(kind: RecordKind, as_of: dt.date | None) -> Mapping[str, ColumnElement[Any]]:
    """Field key → what it reads: the current column, or its value on the day asked for."""
    columns: dict[str, Column[Any]] = columns_of(kind)
    if as_of is None:
        return columns
    return {key: as_of_column(kind, kind.by_key[key], column, as_of) for key, column in columns.items()}


def _ids(kind: RecordKind, shape: Shape) -> tuple[Select[Any], ...]:
    first, *others = _order(kind, shape)
    base = _filtered(kind, shape, select(SUBJECTS.c.id))
    behind = [one.clause() for one in others]
    if not first.nullable or shape.as_of is not None:
        return (base.order_by(first.clause(), *behind),)
    return (
        base.where(first.column.is_not(None)).order_by(replace(first, nullable=False).clause(), *behind),
        base.where(first.column.is_(None)).order_by(*behind),
    )


def _capped(statement: Select[Any]) -> Select[Any]:
    return statement.limit(bindparam("most"))


def _walk(kind: RecordKind, shape: Shape) -> Select[Any]:
    order = _order(kind, shape)
    listed = _ids(kind, replace(shape, tails=()))[0]
    rows = (
        listed.add_columns(*(one.column.label(f"o{place}") for place, one in enumerate(order)))
        .limit(bindparam("near"))
        .offset(bindparam("skip"))
        .subquery()
    )
    again = [replace(one, column=rows.c[f"o{place}"]) for place, one in enumerate(order)]
    return (
        select(rows.c.id)
        .where(has_words(rows.c.id, shape.tails))
        .order_by(*(one.clause() for one in again))
        .limit(bindparam("most"))
    )


def _counting(kind: RecordKind, shape: Shape, capped: bool) -> Select[Any]:
    inner = _filtered(kind, shape, select(SUBJECTS.c.id))
    return select(func.count()).select_from((_capped(inner) if capped else inner).subquery())


def _counting_by(kind: RecordKind, shape: Shape, key: str, bound: bool) -> Select[Any]:
    counted = _open_field(kind, key, "用来统计").table
    asked = {key: counted} | {
        name: _open_field(kind, name, "用作筛选条件").table for name, _ in shape.filters
    }
    if bound and shape.as_of is None and any(table is not SUBJECTS for table in asked.values()):
        source, shown = seen(kind)
        if shown.keys() >= asked.keys():
            conditions = _conditions(kind, shape, source.c, shown)
            if kind.details in asked.values():
                conditions.append(source.c[f"{OF_DETAILS}subject_id"].is_not(None))
            return select(shown[key], func.count()).where(and_(*conditions)).group_by(shown[key])
    value = read_columns(kind, shape.as_of)[key].label("value")
    # A value of a past day is a query of its own: grouped outside, where it is a plain column.
    inner = _filtered(kind, shape, select(value), also=counted).subquery()
    return select(inner.c.value, func.count()).group_by(inner.c.value)


def _open_field(kind: RecordKind, key: str, use: str) -> Field:
    """A field that a list may filter, sort or count by; raises Refused for secrets and unknown fields.

    A secret's order or counts would tell what its mask hides.
    """
    found = kind.by_key.get(key)
    if found is None:
        raise refuse("field.unknown", f"“{kind.title}”没有字段 {key}。", field=key)
    if found.sensitive:
        raise refuse("field.secret", f"“{found.title}”不能{use}。", field=key)
    return found


def _filtered(
    kind: RecordKind, shape: Shape, statement: Select[Any], *, also: Table = SUBJECTS
) -> Select[Any]:
    """The rows of a list; `also` is a table whose columns the statement reads besides."""
    needed = {SUBJECTS, also}
    for key, _ in shape.filters:
        needed.add(_open_field(kind, key, "用作筛选条件").table)
    for key, _ in shape.sort:
        needed.add(_open_field(kind, key, "用来排序").table)
    conditions = _conditions(kind, shape, SUBJECTS.c, read_columns(kind, shape.as_of))
    if shape.as_of is not None:
        conditions.append(on_roster(kind, shape.as_of))
    return statement.select_from(source_of(kind, needed)).where(and_(*conditions))


def _conditions(
    kind: RecordKind, shape: Shape, rows: Any, columns: Mapping[str, ColumnElement[Any]]
) -> list[ColumnElement[bool]]:
    """What a list's rows are chosen by, but the day: `rows` has a subject's own columns, `columns` fields."""
    conditions = [rows.kind == kind.key, scope_condition(rows, shape.scopes)]
    for place, (key, form) in enumerate(shape.filters):
        conditions.append(_condition(columns[key], place, form))
    if shape.only:
        # Written into the statement: the engines bound the number of parameters below that of a list's ids.
        conditions.append(rows.id.in_(bindparam("only", expanding=True, literal_execute=True)))
    if shape.tails:
        scopes = select(SCOPES.c.id).where(SCOPES.c.kind == kind.key, scope_condition(SCOPES.c, shape.scopes))
        conditions.append(rows.id.in_(matching_ids(shape.tails, scopes)))
    return conditions


def _condition(column: ColumnElement[Any], place: int, form: Form) -> ColumnElement[bool]:
    """A filter's condition, as bound by the names of its place."""
    parts = []
    if form.dates:
        if form.first:
            parts.append(column >= bindparam(f"f{place}_first"))
        if form.last:
            parts.append(column <= bindparam(f"f{place}_last"))
        return and_(*parts) if parts else literal(True)
    if form.sets:
        parts += [holds_member(column, bindparam(f"f{place}_{number}")) for number in range(form.values)]
    elif form.values == 1:
        parts.append(column == bindparam(f"f{place}"))
    elif form.values:
        parts.append(column.in_(bindparam(f"f{place}", expanding=True)))
    if form.empty:
        parts.append(column.is_(None))
    return or_(*parts) if parts else literal(False)


@dataclass(frozen=True, kw_only=True)
class _Order:
    """One part of an order; empty values stand last both ways."""

    column: ColumnElement[Any]
    descending: bool
    nullable: bool = False

    def clause(self) -> ColumnElement[Any]:
        turned = self.column.desc() if self.descending else self.column.asc()
        return turned.nulls_last() if self.nullable else turned


def _order(kind: RecordKind, shape: Shape) -> list[_Order]:
    """What a list is ordered by, equals by their id. Names go by the pinyin of the name of today."""
    columns = read_columns(kind, shape.as_of)
    own = (SUBJECTS, kind.details)
    order: list[_Order] = []
    for key, down in shape.sort or (("name", False),):
        if key == "name":
            order.append(_Order(column=SUBJECTS.c.name_key, descending=down))
            continue
        field = _open_field(kind, key, "用来排序")
        nullable = (
            shape.as_of is not None or field.table not in own or field.table.columns[field.name].nullable
        )
        order.append(_Order(column=columns[key], descending=down, nullable=bool(nullable)))
    last = shape.sort[-1][0] if shape.sort else "name"
    in_details = shape.as_of is None and kind.by_key[last].table is kind.details
    tie = kind.details.c.subject_id if in_details else SUBJECTS.c.id
    return [*order, _Order(column=tie, descending=order[-1].descending)]
