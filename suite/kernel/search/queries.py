"""Search as the window does: words intersected by subject, each word a range scan of the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Scope
from suite.contract.declarations import RecordKind
from suite.kernel.search.words import KEYS, bounds, has_word, narrowest_first, ranges, with_tail, words_of
from suite.loader.catalog import Catalog
from suite.tables import Subject

__all__ = ["Found", "districts_of", "find", "scope_condition", "words_of"]

EVERYWHERE = Scope()
#: A narrow scope is read kind by kind and district by district up to so many scans, beyond by kind.
MOST_PARTS = 60
#: One scan of the keys: all of them, those of a kind, or those of a kind in a district.
Part = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """One hit: enough to tell three people of one name apart."""

    subject_id: int
    kind: str
    kind_title: str
    name: str
    main_no: str | None
    body: str | None
    district_code: str | None
    status: str
    category: str | None


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
) -> list[Found]:
    """The first hits over all kinds that the actor may read; an empty text finds nothing.

    Who has the word itself as a key goes before who has it as a beginning, and a number's head before
    its tail; the cut at `limit` and the order of the answer are the same at every asking.
    """
    words = words_of(text)
    if not words:
        return []
    connection = session.connection()
    words = narrowest_first(connection, words)
    values: dict[str, Any] = bounds(words)
    tails = tuple(with_tail(word) for word in words)
    rows: list[Any] = []
    for scopes, parts in _readable(actor, catalog, kinds).items():
        statement = _hits(tails, parts, scopes)
        deep = 2 * limit
        part = connection.execute(statement, {**values, "deep": deep, "most": limit}).all()
        while part and len(part) < limit and part[0].scanned >= deep:
            # Few subjects with many keys each filled the scan: it has to go deeper.
            deep *= 8
            part = connection.execute(statement, {**values, "deep": deep, "most": limit}).all()
        rows += part
    rows.sort(key=lambda row: (row.way, row.key, row.id))
    first = sorted(
        rows[:limit], key=lambda row: (row.key != words[0], row.kind, row.name, row.main_no or "", row.id)
    )
    return [
        Found(
            subject_id=row.id,
            kind=row.kind,
            kind_title=kind.title,
            name=row.name,
            main_no=row.main_no,
            body=row.body,
            district_code=row.district_code,
            status=row.status,
            category=row.category,
        )
        for row in first
        if (kind := catalog.kinds.get(row.kind)) is not None
    ]


def _readable(
    actor: Actor, catalog: Catalog, kinds: Sequence[str] | None
) -> dict[tuple[Scope, ...], tuple[Part, ...]]:
    """Scopes → the parts of the keys that are read in them; most actors have one scope."""
    by_scopes: dict[tuple[Scope, ...], list[RecordKind]] = {}
    for kind in catalog.kinds.values():
        scopes = actor.scopes(f"{kind.owner}:roster:read")
        if kinds is not None and kind.key not in kinds:
            continue
        if any(scope == EVERYWHERE for scope in scopes):
            scopes = (EVERYWHERE,)
        # Nothing of a kind is in the scope of other professions: its keys need not be read.
        if any(scope.professions is None or kind.owner in scope.professions for scope in scopes):
            by_scopes.setdefault(scopes, []).append(kind)
    return {
        scopes: ((),)
        if scopes == (EVERYWHERE,) and len(readable) == len(catalog.kinds)
        else _parts([kind.key for kind in readable], scopes)
        for scopes, readable in by_scopes.items()
    }


def districts_of(scopes: Sequence[Scope]) -> tuple[str, ...] | None:
    """The districts that scopes are bound to, None when one of them is bound to none."""
    found: set[str] = set()
    for scope in scopes:
        if scope.districts is None:
            return None
        found |= scope.districts
    return tuple(sorted(found))


def _parts(kinds: Sequence[str], scopes: Sequence[Scope]) -> tuple[Part, ...]:
    districts = districts_of(scopes)
    if districts is not None and len(kinds) * len(districts) <= MOST_PARTS:
        return tuple((kind, district) for kind in kinds for district in districts)
    return tuple((kind,) for kind in kinds)


@lru_cache(maxsize=500)
def _hits(tails: tuple[bool, ...], parts: tuple[Part, ...], scopes: tuple[Scope, ...]) -> Select[Any]:
    """The statement of a search with so many words; put together once for each shape, it is asked at
    every keystroke.

    Every part is read in the order of its keys, where the word itself stands before what it begins, and no
    further than `deep` keys; `scanned` says how many were read in all, so that a cut scan is known.
    """
    scans = []
    for way, one in enumerate(ranges(KEYS.c.key, 0, tails[0])):
        for part in parts:
            scan = select(KEYS.c.key, KEYS.c.subject_id, literal_column(str(way)).label("way")).where(one)
            for column, value in zip((KEYS.c.kind, KEYS.c.district_code), part, strict=False):
                scan = scan.where(column == value)
            if scopes != (EVERYWHERE,):
                scan = scan.where(scope_condition(KEYS.c, scopes))
            for place in range(1, len(tails)):
                scan = scan.where(has_word(KEYS.c.subject_id, place, tails[place]))
            scan = scan.order_by(KEYS.c.key, KEYS.c.subject_id).limit(bindparam("deep"))
            scans.append(select(scan.subquery()))
    read = scans[0].subquery() if len(scans) == 1 else union_all(*scans).subquery()
    foremost, key = func.min(read.c.way).label("way"), func.min(read.c.key).label("key")
    hit = (
        select(read.c.subject_id, foremost, key, func.sum(func.count()).over().label("scanned"))
        .group_by(read.c.subject_id)
        .order_by(foremost, key, read.c.subject_id)
        .limit(bindparam("most"))
        .subquery("hit")
    )
    subject = Subject.metadata.tables[Subject.__tablename__]
    body = subject.alias("body")
    return select(
        hit.c.way,
        hit.c.key,
        hit.c.scanned,
        subject.c.id,
        subject.c.kind,
        subject.c.name,
        subject.c.main_no,
        subject.c.district_code,
        subject.c.status,
        subject.c.category,
        body.c.name.label("body"),
    ).select_from(
        hit.join(subject, subject.c.id == hit.c.subject_id).outerjoin(body, body.c.id == subject.c.body_id)
    )
