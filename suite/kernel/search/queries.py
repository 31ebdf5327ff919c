"""Search as the window does: words intersected by subject, each word a range scan of the keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Scope
from suite.database.base import table_of
from suite.kernel.search.scopes import SCOPES
from suite.kernel.search.words import (
    KEYS,
    bounds,
    counting,
    has_word,
    in_scopes,
    narrowest_first,
    ranges,
    share_seen,
    with_tail,
    words_of,
)
from suite.loader.catalog import Catalog
from suite.tables import Subject

__all__ = ["Found", "find", "scope_condition", "words_of"]

EVERYWHERE = Scope()
#: A word with this many keys is broad.
BROAD = 1_000
#: The subjects of a scope are few up to this number: a broad word is looked up with each of them.
FEW = 1_000
SUBJECTS = table_of(Subject)
#: Kinds with the scopes in which they are read; most actors have the same scopes for all kinds.
Readable = tuple[tuple[tuple[str, ...], tuple[Scope, ...]], ...]


class Found(NamedTuple):
    """One hit: enough to tell three people of one name apart.

    `installed`: whether a plugin declares its kind; without one the kind's key stands for its title.
    """

    subject_id: int
    kind: str
    kind_title: str
    name: str
    main_no: str | None
    body: str | None
    district_code: str | None
    status: str
    category: str | None
    installed: bool = True


def scope_condition(table: Any, scopes: Sequence[Scope]) -> ColumnElement[bool]:
    """Rows inside at least one of the scopes; `table` has the scope columns (a mapped class or `.c`)."""
    parts = []
    for scope in scopes:
        conditions = []
        if scope.professions is not None:
            conditions.append(table.profession.in_(sorted(scope.professions)))
        if scope.districts is not None:
            conditions.append(table.district_code.in_(sorted(scope.districts)))
        if scope.associations is not None:
            conditions.append(table.association.in_(sorted(scope.associations)))
        if not conditions:
            return true()
        parts.append(and_(*conditions))
    return or_(*parts)


def find(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    text: str,
    *,
    kinds: Sequence[str] | None = None,
    limit: int = 50,
    parked: Sequence[Scope] = (),
) -> list[Found]:
    """The first hits over all kinds that the actor may read; an empty text finds nothing.

    `parked`: where to find, besides, what the core keeps of kinds whose plugin is away.

    Who has the word itself as a key goes before who has it as a beginning, and a number's head before
    its tail; the cut at `limit` and the order of the answer are the same at every asking.
    """
    words = words_of(text)
    readable = _readable(actor, catalog, kinds)
    away = parked_kinds(session, catalog, kinds) if parked else ()
    if away and readable is not None:
        readable = (*readable, (away, tuple(parked)))
    if not words or readable == ():
        return []
    connection = session.connection()
    words = narrowest_first(connection, words, _scopes(readable))
    return [
        Found(
            subject_id,
            key,
            catalog.kinds[key].title if key in catalog.kinds else key,
            name,
            main_no,
            body,
            district,
            status,
            category,
            key in catalog.kinds,
        )
        for subject_id, key, name, main_no, body, district, status, category in _first(
            connection, words, readable, limit
        )
        if key in catalog.kinds or key in away
    ]


def parked_kinds(session: Session, catalog: Catalog, among: Sequence[str] | None = None) -> tuple[str, ...]:
    """The kinds of which the core has records and that no plugin declares now."""
    kept = session.scalars(select(SCOPES.c.kind).distinct().order_by(SCOPES.c.kind))
    return tuple(key for key in kept if key not in catalog.kinds and (among is None or key in among))


def _first(
    connection: Connection, words: Sequence[str], readable: Readable | None, limit: int
) -> list[tuple[Any, ...]]:
    """The rows of the first hits, in order."""
    values: dict[str, Any] = {**bounds(words), "most": limit}
    tails = tuple(map(with_tail, words))
    broad = BROAD // share_seen(connection, _scopes(readable))
    few = readable is not None and connection.scalar(_far_apart(readable, tails[0]), {**values, "cap": broad})
    statement = _hits(tails, readable, bool(few))
    deep = 2 * limit
    while True:
        rows = connection.execute(statement, {**values, "deep": deep}).all()
        if len(rows) >= limit or sum(row[1] for row in rows) < deep:
            break
        # Few subjects with many keys each filled the scan: it has to go deeper.
        deep *= 8
    ordered = sorted(rows, key=lambda row: (row[0] != words[0], row[3], row[4], row[5] or "", row[2]))
    return [row[2:] for row in ordered]


def _readable(actor: Actor, catalog: Catalog, kinds: Sequence[str] | None) -> Readable | None:
    """What is read in which scopes; None for all keys there are."""
    by_owner: dict[str, tuple[Scope, ...]] = {}
    by_scopes: dict[tuple[Scope, ...], list[str]] = {}
    for kind in catalog.kinds.values():
        if kinds is not None and kind.key not in kinds:
            continue
        if kind.owner not in by_owner:
            by_owner[kind.owner] = _within(kind.owner, actor.scopes(f"{kind.owner}:roster:read"))
        if by_owner[kind.owner]:
            by_scopes.setdefault(by_owner[kind.owner], []).append(kind.key)
    if len(by_scopes.get((EVERYWHERE,), ())) == len(catalog.kinds):
        return None
    return tuple((tuple(keys), scopes) for scopes, keys in by_scopes.items())


def _scopes(readable: Readable | None) -> list[tuple[Scope, ...]]:
    """The scopes in which each of the kinds is read."""
    return [scopes for _, scopes in readable or ()]


def _within(owner: str, scopes: Sequence[Scope]) -> tuple[Scope, ...]:
    """What scopes leave of an owner's kinds, whose profession is the owner and need not be asked again."""
    own = tuple(
        dict.fromkeys(
            Scope(districts=scope.districts, associations=scope.associations)
            for scope in scopes
            if scope.professions is None or owner in scope.professions
        )
    )
    return (EVERYWHERE,) if EVERYWHERE in own else own


def _inside(table: Any, readable: Readable) -> ColumnElement[bool]:
    return or_(*(and_(table.kind.in_(keys), scope_condition(table, scopes)) for keys, scopes in readable))


@lru_cache(maxsize=200)
def _subjects(readable: Readable) -> Select[Any]:
    """The subjects that are read, as many as are few and one more."""
    return select(SUBJECTS.c.id).where(_inside(SUBJECTS.c, readable)).limit(FEW + 1)


@lru_cache(maxsize=200)
def _far_apart(readable: Readable, tail: bool) -> Select[Any]:
    """Whether a word is broad and the subjects few: their keys stand far apart in its range."""
    few = select(func.count()).select_from(_subjects(readable).subquery()).scalar_subquery()
    return select(case((counting(tail).scalar_subquery() >= bindparam("cap"), few <= FEW), else_=false()))


@lru_cache(maxsize=200)
def _hits(tails: tuple[bool, ...], readable: Readable | None, few: bool) -> Select[Any]:
    """The statement of a search with so many words; put together once for each shape, it is asked at
    every keystroke.

    The keys are read in their order, where the word itself stands before what it begins, and no further
    than `deep` in each range; the second column says how many of a subject's keys were read, so that a cut
    scan is known. `few`: the keys of what is readable are read subject by subject.
    """
    scans = []
    for way, one in enumerate(ranges(KEYS.c.key, 0, tails[0])):
        scan = select(KEYS.c.key, KEYS.c.subject_id, literal_column(str(way)).label("way")).where(one)
        if readable is not None and few:
            own = _subjects(readable).subquery()
            scan = scan.where(KEYS.c.subject_id == own.c.id)
        elif readable is not None:
            scan = scan.where(in_scopes(select(SCOPES.c.id).where(_inside(SCOPES.c, readable))))
        for place in range(1, len(tails)):
            scan = scan.where(has_word(KEYS.c.subject_id, place, tails[place]))
        scans.append(scan.order_by(KEYS.c.key, KEYS.c.subject_id).limit(bindparam("deep")).subquery())
    read = scans[0] if len(scans) == 1 else union_all(*map(select, scans)).subquery()
    foremost, key = func.min(read.c.way).label("way"), func.min(read.c.key).label("key")
    hit = (
        select(read.c.subject_id, key, func.count().label("keys"))
        .group_by(read.c.subject_id)
        .order_by(foremost, key, read.c.subject_id)
        .limit(bindparam("most"))
        .subquery("hit")
    )
    body = SUBJECTS.alias("body")
    return select(
        hit.c.key,
        hit.c["keys"],
        SUBJECTS.c.id,
        SUBJECTS.c.kind,
        SUBJECTS.c.name,
        SUBJECTS.c.main_no,
        body.c.name,
        SUBJECTS.c.district_code,
        SUBJECTS.c.status,
        SUBJECTS.c.category,
    ).select_from(
        hit.join(SUBJECTS, SUBJECTS.c.id == hit.c.subject_id).outerjoin(body, body.c.id == SUBJECTS.c.body_id)
    )
