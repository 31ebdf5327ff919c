"""Whether the stored search keys are what they should be."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.kernel.search.keys import Searchable, keys_of
from suite.kernel.search.scopes import MEANING, SCOPES, Scoped
from suite.tables import SearchKey, Subject


def differing(session: Session, items: Sequence[Searchable]) -> list[Searchable]:
    """Those subjects whose stored keys, or the scopes beside them, are other than they should be."""
    stored: dict[int, set[tuple[str, Scoped]]] = {}
    for row in session.execute(
        select(SearchKey.subject_id, SearchKey.key, *MEANING)
        .outerjoin(SCOPES, SCOPES.c.id == SearchKey.scope_id)
        .where(SearchKey.subject_id.in_([item.subject_id for item in items]))
    ):
        stored.setdefault(row[0], set()).add((row[1], (row[2], row[3], row[4], row[5])))
    return [
        item
        for item in items
        if stored.get(item.subject_id, set()) != {(key, item.scope) for key in keys_of(item)}
    ]


def ownerless(session: Session) -> list[int]:
    """Ids that search keys name and no subject has."""
    return list(
        session.scalars(
            select(SearchKey.subject_id)
            .outerjoin(Subject, Subject.id == SearchKey.subject_id)
            .where(Subject.id.is_(None))
            .distinct()
        )
    )
