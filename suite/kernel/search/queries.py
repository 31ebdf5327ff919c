"""Search as the window does: words intersected by subject, each word a range scan of the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session, aliased

from suite.contract.commands import Actor, Scope
from suite.kernel.search.keys import TAIL, folded
from suite.loader.catalog import Catalog
from suite.tables import SearchKey, Subject

LAST = "\U0010ffff"
MOST_WORDS = 5


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
    """The words of a query, folded as keys are."""
    return [folded(word) for word in text.split()][:MOST_WORDS]


def word_condition(keys: type[SearchKey], word: str) -> ColumnElement[bool]:
    """The keys that begin with a word; for digits also the numbers that end with it."""
    ranges = [and_(keys.key >= word, keys.key < word + LAST)]
    if len(word) >= 4 and word.isascii() and any(letter.isdigit() for letter in word):
        tail = f"{TAIL}{word[::-1]}"
        ranges.append(and_(keys.key >= tail, keys.key < tail + LAST))
    return or_(*ranges)


def matching_ids(
    text: str, *, kinds: Sequence[str] | None, scopes: Sequence[Scope] | None
) -> Select[int] | None:
    """A select of the subjects that match every word, None when the text has no word.

    `kinds` and `scopes` narrow the keys themselves, so that what is out of scope is never counted.
    """
    words = words_of(text)
    if not words:
        return None
    first = aliased(SearchKey)
    query = select(first.subject_id).where(word_condition(first, words[0])).distinct()
    if kinds is not None:
        query = query.where(first.kind.in_(kinds))
    if scopes is not None:
        query = query.where(scope_condition(first, scopes))
    for word in words[1:]:
        other = aliased(SearchKey)
        query = query.where(
            select(other.key)
            .where(other.subject_id == first.subject_id, word_condition(other, word))
            .exists()
        )
    return query


def scope_condition(table: type[SearchKey] | type[Subject], scopes: Sequence[Scope]) -> ColumnElement[bool]:
    """Rows inside at least one of the scopes."""
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
    found: list[Found] = []
    # One scan for each set of scopes: most actors hold the same scope in every profession they read.
    by_scopes: dict[tuple[Scope, ...], list[str]] = {}
    for kind in catalog.kinds.values():
        scopes = actor.scopes(f"{kind.owner}:roster:read")
        if scopes and (kinds is None or kind.key in kinds):
            by_scopes.setdefault(scopes, []).append(kind.key)
    everything = (
        kinds is None and len(by_scopes) == 1 and sum(map(len, by_scopes.values())) == len(catalog.kinds)
    )
    for scopes, readable in by_scopes.items():
        unbounded = all(
            scope.professions is None and scope.districts is None and scope.associations is None
            for scope in scopes
        )
        ids = matching_ids(text, kinds=None if everything else readable, scopes=None if unbounded else scopes)
        if ids is None:
            return []
        body = aliased(Subject)
        chosen = ids.limit(limit).subquery()
        rows = session.execute(
            select(Subject, body.name)
            .join(chosen, chosen.c.subject_id == Subject.id)
            .outerjoin(body, body.id == Subject.body_id)
        )
        found += [
            Found(
                subject_id=subject.id,
                kind=subject.kind,
                kind_title=catalog.kinds[subject.kind].title,
                name=subject.name,
                main_no=subject.main_no,
                body=body_name,
                district_code=subject.district_code,
                status=subject.status,
                category=subject.category,
            )
            for subject, body_name in rows
            if subject.kind in catalog.kinds
        ]
    return sorted(found, key=lambda item: (item.kind, item.name, item.main_no or ""))[:limit]
