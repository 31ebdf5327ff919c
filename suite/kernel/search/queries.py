"""Search as the window does: words intersected by subject, each word a range scan of the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select, true, union
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Scope
from suite.kernel.search.keys import LONGEST, TAIL, folded
from suite.loader.catalog import Catalog
from suite.tables import SearchKey, Subject

LAST = "\U0010ffff"
MOST_WORDS = 5
EVERYWHERE = Scope()


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


def words_of(text: str) -> list[str]:
    """The words of a query, folded and cut as keys are."""
    return [folded(word)[:LONGEST] for word in text.split()][:MOST_WORDS]


def _ranges(column: Any, word: str) -> list[ColumnElement[bool]]:
    """The keys that begin with a word; and the numbers that end with it."""
    found = [and_(column >= word, column < word + LAST)]
    if _with_tail(word):
        tail = f"{TAIL}{word[::-1]}"
        found.append(and_(column >= tail, column < tail + LAST))
    return found


def _with_tail(word: str) -> bool:
    """Whether a word may be the tail of a number: at least four characters with a digit among them."""
    return len(word) >= 4 and word.isascii() and any(letter.isdigit() for letter in word)


def _together(parts: Sequence[Select[Any]]) -> Any:
    """One distinct list of ids out of scans. A union, since an OR of ranges scans the whole table of keys."""
    return parts[0].distinct() if len(parts) == 1 else union(*parts)


def _any_range(keys: Any, first: Any, ranges: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether a further word is among a subject's keys."""
    return or_(
        *(select(keys.c.key).where(keys.c.subject_id == first.c.subject_id, one).exists() for one in ranges)
    )


def matching_ids(text: str, kind: str) -> Any | None:
    """A select of the subjects of a kind that match every word, None when the text has no word.

    The kind narrows the keys themselves; the list that uses it narrows by the actor's scope.
    """
    words = words_of(text)
    if not words:
        return None
    table = SearchKey.metadata.tables[SearchKey.__tablename__]
    first = table.alias()
    further = [(table.alias(), word) for word in words[1:]]
    parts = []
    for one in _ranges(first.c.key, words[0]):
        query = select(first.c.subject_id).where(one, first.c.kind == kind)
        for keys, word in further:
            query = query.where(_any_range(keys, first, _ranges(keys.c.key, word)))
        parts.append(query)
    return _together(parts)


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
    """The first hits over all kinds that the actor may read; an empty text finds nothing."""
    words = words_of(text)
    if not words:
        return []
    bounds = _bounds(words)
    found: list[Found] = []
    for scopes, readable in _readable(actor, catalog, kinds).items():
        statement = _hits(tuple(_with_tail(word) for word in words), readable, scopes)
        for row in session.connection().execute(statement, {**bounds, "most": limit}):
            kind = catalog.kinds.get(row.kind)
            if kind is not None:
                found.append(
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
                )
    return sorted(found, key=lambda item: (item.kind, item.name, item.main_no or ""))[:limit]


def _readable(
    actor: Actor, catalog: Catalog, kinds: Sequence[str] | None
) -> dict[tuple[Scope, ...], tuple[str, ...] | None]:
    """Scopes → the kinds read in them, None for all there are: one scan for each, and most have one."""
    by_scopes: dict[tuple[Scope, ...], list[str]] = {}
    for kind in catalog.kinds.values():
        scopes = actor.scopes(f"{kind.owner}:roster:read")
        if scopes and (kinds is None or kind.key in kinds):
            if any(scope == EVERYWHERE for scope in scopes):
                scopes = (EVERYWHERE,)
            by_scopes.setdefault(scopes, []).append(kind.key)
    return {
        scopes: None if len(readable) == len(catalog.kinds) else tuple(readable)
        for scopes, readable in by_scopes.items()
    }


def _bounds(words: Sequence[str]) -> dict[str, str]:
    """The bound values of a search statement: each word's range, and its range as a tail."""
    bounds: dict[str, str] = {}
    for place, word in enumerate(words):
        bounds |= {f"w{place}": word, f"w{place}_end": word + LAST}
        if _with_tail(word):
            tail = f"{TAIL}{word[::-1]}"
            bounds |= {f"t{place}": tail, f"t{place}_end": tail + LAST}
    return bounds


@lru_cache(maxsize=500)
def _hits(tails: tuple[bool, ...], kinds: tuple[str, ...] | None, scopes: tuple[Scope, ...]) -> Select[Any]:
    """The statement of a search with so many words; put together once for each shape, it is asked at
    every keystroke."""
    keys = [
        SearchKey.metadata.tables[SearchKey.__tablename__].alias(f"k{place}") for place in range(len(tails))
    ]
    subject = Subject.metadata.tables[Subject.__tablename__]
    body = subject.alias("body")

    first = keys[0]

    def ranges(place: int) -> list[ColumnElement[bool]]:
        column = keys[place].c.key
        found = [and_(column >= bindparam(f"w{place}"), column < bindparam(f"w{place}_end"))]
        if tails[place]:
            found.append(and_(column >= bindparam(f"t{place}"), column < bindparam(f"t{place}_end")))
        return found

    def narrowed(one: ColumnElement[bool]) -> Select[Any]:
        query = select(first.c.subject_id).where(one)
        if kinds is not None:
            query = query.where(first.c.kind.in_(kinds))
        if scopes != (EVERYWHERE,):
            query = query.where(scope_condition(first.c, scopes))
        for place in range(1, len(tails)):
            query = query.where(_any_range(keys[place], first, ranges(place)))
        return query

    chosen = _together([narrowed(one) for one in ranges(0)]).limit(bindparam("most"))
    hit = chosen.subquery("hit")
    return select(
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
