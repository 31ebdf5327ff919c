"""Holding subjects against other desks until commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select, text

from suite.database.engine import is_sqlite
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Subject


def lock_subjects(work: Transaction, ids: Iterable[int]) -> None:
    """Hold the rows, in the order of their ids, so that two desks never wait for each other.

    SQLite has one writer anyway. The lock lets others point at the rows: an import of a firm's lawyers,
    whose foreign keys hold the firm's row, neither waits for an edit of the firm nor blocks it.
    """
    if is_sqlite(work.connection):
        return
    for part in chunks(sorted(set(ids))):
        work.session.execute(
            select(Subject.id)
            .where(Subject.id.in_(part))
            .order_by(Subject.id)
            .with_for_update(key_share=True)
        )


def hold_named(work: Transaction, ids: Collection[int] = (), numbers: Collection[str] = ()) -> None:
    """Hold records that are about to be named, and who stands behind identity numbers, against a merge.

    To be called before they are judged: a merge that is under way is waited for, and what then stands is
    looked at. By a function, since a login may name what it may not change.
    """
    if is_sqlite(work.connection) or not (ids or numbers):
        return
    work.session.execute(
        text("SELECT core_hold(CAST(:ids AS bigint[]), CAST(:numbers AS text[]))"),
        {"ids": sorted(set(ids)), "numbers": sorted(set(numbers))},
    )
