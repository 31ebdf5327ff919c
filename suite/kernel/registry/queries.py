"""Lists: the ordered ids of what is asked for, and the visible rows by id.

Filters and sorts happen in SQL. A list never counts before its first page; ids are capped, and who needs
more narrows the search or exports. What is out of the actor's scope is neither listed nor counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, and_, bindparam, func, literal, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Scope
from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.registry.as_of import as_of_column, on_roster
from suite.kernel.registry.current import chunks, columns_of
from suite.kernel.registry.masking import SHOWN
from suite.kernel.search.queries import districts_of, scope_condition
from suite.kernel.search.words import (
    BROAD,
    bounds,
    breadth,
    has_words,
    matching_ids,
    narrowest_first,
    words_of,
)
from suite.loader.catalog import Catalog
from suite.tables import Identity, Person, Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]
PERSONS = Subject.metadata.tables[Person.__tablename__]
IDENTITIES = Subject.metadata.tables[Identity.__tablename__]

#: No list holds more ids than this; "more than 50,000, narrow the search".
MOST_IDS = 50_000
#: Above this size a list sorts only by columns that an index serves.
LARGE = 50_000
#: A first count goes no further than this.
COUNT_CAP = 1_001
#: A list of broad words is first looked for among so many times its length from its beginning.
STRIDES = (6, 50)
MOST_WALKED = 6_000


@dataclass(frozen=True, kw_only=True)
class DateRange:
    """A filter on a date: from and until, both inclusive, either open."""

    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class ListQuery:
    """What a list asks for.

    filters: field key → values (any of them; None means empty) or a DateRange. text: searched as the
    window searches. sort: (field key, descending) pairs; empty means by name. as_of: the roster of a
    past day. ids: only these subjects; None means all.
    """

    kind: str
    filters: Mapping[str, Sequence[Any] | DateRange] = field(default_factory=dict)
    text: str = ""
    sort: tuple[tuple[str, bool], ...] = ()
    as_of: dt.date | None = None
    ids: Sequence[int] | None = None


@dataclass(frozen=True, kw_only=True)
class IdPage:
    """The ordered ids of a list; `more` says that there are more than were asked for."""

    ids: tuple[int, ...]
    more: bool


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One row of a list: field key → value as stored, masked where secret, links as (id, name)."""

    subject_id: int
    version: int
    values: Mapping[str, Any]


def readable_kind(actor: Actor, catalog: Catalog, key: str) -> RecordKind:
    """The kind, if the actor may read its roster; raises Refused."""
    kind = catalog.kinds.get(key)
    if kind is None:
        raise refuse("kind.unknown", f"没有种类 {key}。可用 suite kinds 查看全部。", field="kind")
    if not actor.may(f"{kind.owner}:roster:read"):
        raise refuse(
            "not_permitted",
            f"您没有查看“{kind.title}”名册的权限，请联系科室管理员。",
            ProblemKind.NOT_PERMITTED,
        )
    return kind


def list_ids(
    session: Session, actor: Actor, catalog: Catalog, query: ListQuery, *, limit: int = MOST_IDS
) -> IdPage:
    """The first `limit` ids in order."""
    kind = readable_kind(actor, catalog, query.kind)
    words = _words(session, query)
    ids = _walked(session, actor, kind, query, words, limit) or ()
    if not ids:
        for statement in _statements(actor, kind, query, words):
            ids += tuple(session.scalars(statement.limit(limit + 1 - len(ids))))
            if len(ids) > limit:
                break
    return IdPage(ids=ids[:limit], more=len(ids) > limit)


def stream_ids(session: Session, actor: Actor, catalog: Catalog, query: ListQuery) -> Iterator[int]:
    """All ids in order, without a cap: for exports."""
    kind = readable_kind(actor, catalog, query.kind)
    for statement in _statements(actor, kind, query, _words(session, query)):
        yield from session.scalars(statement.execution_options(yield_per=5_000))


def _words(session: Session, query: ListQuery) -> list[str]:
    return narrowest_first(session.connection(), words_of(query.text), query.kind)


def _statements(
    actor: Actor, kind: RecordKind, query: ListQuery, words: Sequence[str]
) -> Iterator[Select[Any]]:
    """The ids of a list in order, as statements to be read one after the other.

    Rows with nothing in what they are ordered by stand at the end, whichever way the order runs. The
    engines think differently of that, and an order that says it is served by no index: so these rows are
    a statement of their own.
    """
    first, *others = _order(kind, query)
    base = _filtered(actor, kind, query, select(SUBJECTS.c.id), words)
    behind = [one.clause() for one in others]
    if not first.nullable or query.as_of is not None:
        yield base.order_by(first.clause(), *behind)
        return
    yield base.where(first.column.is_not(None)).order_by(replace(first, nullable=False).clause(), *behind)
    yield base.where(first.column.is_(None)).order_by(*behind)


def _walked(
    session: Session, actor: Actor, kind: RecordKind, query: ListQuery, words: Sequence[str], limit: int
) -> tuple[int, ...] | None:
    """A list's first ids by walking its own order, when every word is broad; None when that is no way.

    What many have is found within a few rows, while its keys, read first, would all have to be put in
    order. The walk ends early, by `STRIDES`: where the hits stand far from the beginning (a surname, in a
    list by name), reading the keys is better after all.
    """
    if not words or limit >= COUNT_CAP or query.as_of is not None or query.ids is not None:
        return None
    if any(breadth(session.connection(), word, kind.key) < BROAD for word in words):
        return None
    order = _order(kind, query)
    statement = next(_statements(actor, kind, query, ()))
    near = statement.add_columns(*(one.column.label(f"o{place}") for place, one in enumerate(order)))
    for walked in sorted({min(stride * limit, MOST_WALKED) for stride in STRIDES}):
        rows = near.limit(walked).subquery()
        again = [replace(one, column=rows.c[f"o{place}"]) for place, one in enumerate(order)]
        found = (
            select(rows.c.id)
            .where(has_words(rows.c.id, words))
            .order_by(*(one.clause() for one in again))
            .limit(limit + 1)
        )
        ids = tuple(session.scalars(found, bounds(words)))
        if len(ids) > limit:
            return ids
    return None


def count(
    session: Session, actor: Actor, catalog: Catalog, query: ListQuery, *, cap: int | None = COUNT_CAP
) -> int:
    """How many rows a list has; with a cap, at most that many are counted."""
    kind = readable_kind(actor, catalog, query.kind)
    inner = _filtered(actor, kind, query, select(SUBJECTS.c.id), _words(session, query))
    if cap is not None:
        inner = inner.limit(cap)
    return session.scalar(select(func.count()).select_from(inner.subquery())) or 0


def counts_by(
    session: Session, actor: Actor, catalog: Catalog, query: ListQuery, key: str
) -> list[tuple[Any, int]]:
    """(value, rows) of one field within a list: for the choices of a filter. Raises Refused for secrets."""
    kind = readable_kind(actor, catalog, query.kind)
    counted = _open_field(kind, key, "用来统计").table
    others = {name: wanted for name, wanted in query.filters.items() if name != key}
    narrowed = replace(query, filters=others, sort=())
    value = _columns(kind, query)[key].label("value")
    # A value of a past day is a query of its own: grouped outside, where it is a plain column.
    inner = _filtered(actor, kind, narrowed, select(value), _words(session, query), also=counted).subquery()
    statement = select(inner.c.value, func.count()).group_by(inner.c.value)
    return [(value, number) for value, number in session.execute(statement)]


def large_sort_keys(kind: RecordKind) -> frozenset[str]:
    """The fields that a large list may be sorted by: those whose index also carries the order of equals."""
    served = {
        str(columns[0])
        for index in kind.details.indexes
        if len(columns := [column.name for column in index.columns]) == 2 and columns[1] == "subject_id"
    }
    return frozenset(
        item.key
        for item in kind.fields
        if (item.table is SUBJECTS and item.name in ("name", "main_no"))
        or (item.table is kind.details and item.name in served)
    )


def roster_rows(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    kind_key: str,
    ids: Sequence[int],
    *,
    columns: Sequence[str] | None = None,
    as_of: dt.date | None = None,
) -> list[RosterRow]:
    """The rows of these ids, in their order, with the fields asked for (default: all).

    Secret values are masked. What is out of scope is left out.
    """
    kind = readable_kind(actor, catalog, kind_key)
    keys = tuple(columns) if columns is not None else tuple(kind.by_key)
    scopes = actor.scopes(f"{kind.owner}:roster:read")
    statement, links = _row_statement(kind, keys, scopes, as_of)
    found: dict[int, RosterRow] = {}
    connection = session.connection()
    for part in chunks(ids):
        for row in connection.execute(statement, {"ids": part}):
            values = dict(zip(keys, row[2 : 2 + len(keys)], strict=True))
            for place, key in enumerate(links, 2 + len(keys)):
                if values[key] is not None:
                    values[key] = (values[key], row[place] or "")
            found[row[0]] = RosterRow(subject_id=row[0], version=row[1], values=values)
    return [found[subject_id] for subject_id in ids if subject_id in found]


#: A window of rows is fetched at every scroll step: its statement is put together once for each shape.
_ROW_STATEMENTS: dict[Any, tuple[RecordKind, Select[Any], tuple[str, ...]]] = {}
MOST_STATEMENTS = 500


def _row_statement(
    kind: RecordKind, keys: tuple[str, ...], scopes: tuple[Scope, ...], as_of: dt.date | None
) -> tuple[Select[Any], tuple[str, ...]]:
    """The statement of a window's rows, and the link fields whose names follow its columns."""
    shape = (id(kind), keys, scopes, as_of)
    known = _ROW_STATEMENTS.get(shape)
    if known is not None:
        return known[1], known[2]
    columns = {
        **_columns(kind, ListQuery(kind=kind.key, as_of=as_of)),
        **{key: PERSONS.c[SHOWN[kind.by_key[key].name]] for key in keys if kind.by_key[key].sensitive},
    }
    links = tuple(key for key in keys if kind.by_key[key].type is FieldType.LINK)
    source = _source(
        kind, {PERSONS if kind.by_key[key].sensitive else kind.by_key[key].table for key in keys}
    )
    names = []
    for key in links:
        target = SUBJECTS.alias()
        source = source.outerjoin(target, target.c.id == columns[key])
        names.append(target.c.name)
    statement = (
        select(SUBJECTS.c.id, SUBJECTS.c.version, *(columns[key].label(f"f_{key}") for key in keys), *names)
        .select_from(source)
        .where(
            SUBJECTS.c.id.in_(bindparam("ids", expanding=True)),
            SUBJECTS.c.kind == kind.key,
            scope_condition(Subject, scopes),
        )
    )
    if len(_ROW_STATEMENTS) >= MOST_STATEMENTS:
        _ROW_STATEMENTS.clear()
    _ROW_STATEMENTS[shape] = (kind, statement, links)
    return statement, links


def _source(kind: RecordKind, tables: Collection[Table]) -> Any:
    """The subjects joined with what these columns need."""
    source: Any = SUBJECTS
    if kind.details in tables:
        source = source.join(kind.details, kind.details.c.subject_id == SUBJECTS.c.id)
    if PERSONS in tables:
        source = source.outerjoin(PERSONS, PERSONS.c.id == SUBJECTS.c.person_id)
    if IDENTITIES in tables:
        source = source.outerjoin(IDENTITIES, IDENTITIES.c.person_id == SUBJECTS.c.person_id)
    return source


def _columns(kind: RecordKind, query: ListQuery) -> Mapping[str, ColumnElement[Any]]:
    """Field key → what it reads: the current column, or its value on the day asked for."""
    columns: dict[str, Column[Any]] = columns_of(kind)
    if query.as_of is None:
        return columns
    return {key: as_of_column(kind, kind.by_key[key], column, query.as_of) for key, column in columns.items()}


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
    actor: Actor,
    kind: RecordKind,
    query: ListQuery,
    statement: Select[Any],
    words: Sequence[str],
    *,
    also: Table = SUBJECTS,
) -> Select[Any]:
    """The rows of a list with these words; `also` is a table whose columns the statement reads besides."""
    columns = _columns(kind, query)
    needed = {SUBJECTS, also}
    conditions: list[ColumnElement[bool]] = [SUBJECTS.c.kind == kind.key, _in_scope(actor, kind)]
    for key, wanted in query.filters.items():
        needed.add(_open_field(kind, key, "用作筛选条件").table)
        conditions.append(_condition(columns[key], wanted))
    for key, _ in query.sort:
        needed.add(_open_field(kind, key, "用来排序").table)
    if query.as_of is not None:
        conditions.append(on_roster(kind, query.as_of))
    if query.ids is not None:
        # Written into the statement: the engines bound the number of parameters below that of a list's ids.
        conditions.append(
            SUBJECTS.c.id.in_(bindparam("only", list(query.ids), expanding=True, literal_execute=True))
        )
    if words:
        districts = districts_of(actor.scopes(f"{kind.owner}:roster:read"))
        conditions.append(SUBJECTS.c.id.in_(matching_ids(words, kind.key, districts)))
    return statement.select_from(_source(kind, needed)).where(and_(*conditions))


def _condition(column: ColumnElement[Any], wanted: Sequence[Any] | DateRange) -> ColumnElement[bool]:
    if isinstance(wanted, DateRange):
        parts = []
        if wanted.first is not None:
            parts.append(column >= wanted.first)
        if wanted.last is not None:
            parts.append(column <= wanted.last)
        return and_(*parts) if parts else literal(True)
    values = [value for value in wanted if value is not None]
    parts = []
    if len(values) == 1:
        parts.append(column == values[0])
    elif values:
        parts.append(column.in_(values))
    if len(values) < len(wanted):
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


def _order(kind: RecordKind, query: ListQuery) -> list[_Order]:
    """What a list is ordered by, equals by their id. Names go by the pinyin of the name of today."""
    columns = _columns(kind, query)
    own = (SUBJECTS, kind.details)
    order: list[_Order] = []
    for key, down in query.sort or (("name", False),):
        if key == "name":
            order.append(_Order(column=SUBJECTS.c.name_key, descending=down))
            continue
        field = _open_field(kind, key, "用来排序")
        nullable = (
            query.as_of is not None or field.table not in own or field.table.columns[field.name].nullable
        )
        order.append(_Order(column=columns[key], descending=down, nullable=bool(nullable)))
    last = query.sort[-1][0] if query.sort else "name"
    in_details = query.as_of is None and kind.by_key[last].table is kind.details
    tie = kind.details.c.subject_id if in_details else SUBJECTS.c.id
    return [*order, _Order(column=tie, descending=order[-1].descending)]


def _in_scope(actor: Actor, kind: RecordKind) -> ColumnElement[bool]:
    return scope_condition(Subject, actor.scopes(f"{kind.owner}:roster:read"))
