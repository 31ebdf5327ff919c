"""Lists: the ordered ids of what is asked for, and how many there are.

Filters and sorts happen in SQL. A list never counts before its first page; ids are capped, and who needs
more narrows the search or exports. What is out of the actor's scope is neither listed nor counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import FieldType, RecordKind
from suite.contract.problems import ProblemKind, refuse
from suite.database.engine import is_sqlite
from suite.kernel.registry.code_sets import by_member, member_pattern
from suite.kernel.registry.listing import (
    SUBJECTS,
    Form,
    Shape,
    all_ids,
    counting,
    counting_by,
    ids_in_order,
    walk,
)
from suite.kernel.search.words import bounds, breadth, narrowest_first, with_tail, words_of
from suite.loader.catalog import Catalog

#: No list holds more ids than this; "more than 50,000, narrow the search".
MOST_IDS = 50_000
#: Above this size a list sorts only by columns that an index serves.
LARGE = 50_000
#: A first count goes no further than this.
COUNT_CAP = 1_001
#: A list of broad words is walked from its beginning in pieces of so many times its length.
STRIDES = (2, 4, 8, 16, 32)
MOST_WALKED = 8_000


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


def readable_kind(actor: Actor, catalog: Catalog, key: str) -> RecordKind:
    """The kind, if the actor may read its roster; raises Refused."""
    kind = catalog.kind(key)
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
    connection = session.connection()
    words = _words(connection, actor, kind, query)
    shape, values = _shape(actor, kind, query, words)
    ids = _walked(connection, kind, shape, values, words, limit)
    if ids is None:
        ids = ()
        for statement in ids_in_order(kind, shape):
            ids += tuple(connection.scalars(statement, {**values, "most": limit + 1 - len(ids)}).all())
            if len(ids) > limit:
                break
    return IdPage(ids=ids[:limit], more=len(ids) > limit)


def stream_ids(session: Session, actor: Actor, catalog: Catalog, query: ListQuery) -> Iterator[int]:
    """All ids in order, without a cap: for exports."""
    kind = readable_kind(actor, catalog, query.kind)
    shape, values = _shape(actor, kind, query, _words(session.connection(), actor, kind, query))
    for statement in all_ids(kind, shape):
        yield from session.scalars(statement, values, execution_options={"yield_per": 5_000})


def _words(connection: Connection, actor: Actor, kind: RecordKind, query: ListQuery) -> list[str]:
    """The words that are searched for, the narrowest first."""
    scopes = actor.scopes(f"{kind.owner}:roster:read")
    return narrowest_first(connection, words_of(query.text), [scopes])


def _shape(
    actor: Actor, kind: RecordKind, query: ListQuery, words: Sequence[str]
) -> tuple[Shape, dict[str, Any]]:
    """What the list's statement looks like, and the values bound in it."""
    values: dict[str, Any] = bounds(words)
    filters = []
    for place, (key, wanted) in enumerate(query.filters.items()):
        if isinstance(wanted, DateRange):
            values |= {f"f{place}_first": wanted.first, f"f{place}_last": wanted.last}
            form = Form(dates=True, first=wanted.first is not None, last=wanted.last is not None)
        elif key in kind.by_key and kind.by_key[key].type is FieldType.CODES:
            held = [member_pattern(value) for value in wanted if value is not None]
            values |= {f"f{place}_{number}": pattern for number, pattern in enumerate(held)}
            form = Form(sets=True, values=len(held), empty=len(held) < len(wanted))
        else:
            held = [value for value in wanted if value is not None]
            values[f"f{place}"] = held[0] if len(held) == 1 else held
            form = Form(values=min(len(held), 2), empty=len(held) < len(wanted))
        filters.append((key, form))
    if query.ids is not None:
        values["only"] = list(query.ids)
    shape = Shape(
        scopes=actor.scopes(f"{kind.owner}:roster:read"),
        filters=tuple(filters),
        sort=tuple(query.sort),
        as_of=query.as_of,
        only=query.ids is not None,
        tails=tuple(map(with_tail, words)),
    )
    return shape, values


def _walked(
    connection: Connection,
    kind: RecordKind,
    shape: Shape,
    values: Mapping[str, Any],
    words: Sequence[str],
    limit: int,
) -> tuple[int, ...] | None:
    """A list's first ids by walking its own order, when the words are broad; None when that is no way.

    What many have is found within a few rows, while its keys, read first, would all have to be put in
    order. The walk ends early: where the hits stand far from the beginning (a surname, in a list by name),
    or once more rows have been read than the narrowest word has keys, reading the keys is better after all.
    """
    if not words or limit >= COUNT_CAP or shape.as_of is not None or shape.only:
        return None
    statement = walk(kind, shape)
    ids: tuple[int, ...] = ()
    skip = 0
    for stride in STRIDES:
        near = min(stride * limit, MOST_WALKED - skip)
        if breadth(connection, words[0], cap=skip + near) < skip + near:
            return None
        part = {**values, "near": near, "skip": skip, "most": limit + 1 - len(ids)}
        ids += tuple(connection.scalars(statement, part).all())
        if len(ids) > limit:
            return ids
        skip += near
    bare = replace(shape, tails=(), sort=())
    whole = connection.scalar(counting(kind, bare, capped=True), {**values, "most": skip + 1})
    # A short list has been walked to its end, unless rows with nothing in their order stand apart.
    return ids if whole <= skip and len(ids_in_order(kind, shape)) == 1 else None


def count(
    session: Session, actor: Actor, catalog: Catalog, query: ListQuery, *, cap: int | None = COUNT_CAP
) -> int:
    """How many rows a list has; with a cap, at most that many are counted."""
    kind = readable_kind(actor, catalog, query.kind)
    connection = session.connection()
    shape, values = _shape(actor, kind, query, _words(connection, actor, kind, query))
    statement = counting(kind, replace(shape, sort=()), capped=cap is not None)
    return connection.scalar(statement, {**values, "most": cap}) or 0


def counts_by(
    session: Session, actor: Actor, catalog: Catalog, query: ListQuery, key: str
) -> list[tuple[Any, int]]:
    """(value, rows) of one field within a list: for the choices of a filter. Raises Refused for secrets."""
    kind = readable_kind(actor, catalog, query.kind)
    others = {name: wanted for name, wanted in query.filters.items() if name != key}
    narrowed = replace(query, filters=others, sort=())
    connection = session.connection()
    shape, values = _shape(actor, kind, narrowed, _words(connection, actor, kind, query))
    statement = counting_by(kind, shape, key, bound=not is_sqlite(connection))
    found = [(value, number) for value, number in connection.execute(statement, values)]
    return by_member(found) if kind.by_key[key].type is FieldType.CODES else found


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
