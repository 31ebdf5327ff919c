"""What a plugin's desk items are counted among: which records entries of a ledger name, and how much."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Subquery, and_, false, func, select

from suite.contract.commands import Actor
from suite.contract.ledgers import ABOUT, Ledger
from suite.kernel.ledgers.sheet import ENTRIES, SUBJECTS
from suite.kernel.search.queries import scope_condition


def entries_about(
    actor: Actor, ledger: Ledger, first: dt.date, last: dt.date, *, total: str | None = None
) -> Subquery:
    """The records that entries of a ledger with a day in a span are about: `subject_id`, `number` of entries,
    `total` of one of its columns (0 without). Only entries that the actor may read, none crossed out.

    Example: `entries_about(actor, TRAINING, new_year, facts.today, total="hours")`
    """
    scopes = actor.scopes(f"{ledger.owner}:ledger:read")
    amount = func.coalesce(func.sum(ENTRIES.c[ledger.slots[total]]), 0) if total else func.sum(0)
    return (
        select(SUBJECTS.c.subject_id, func.count().label("number"), amount.label("total"))
        .select_from(ENTRIES.join(SUBJECTS, SUBJECTS.c.entry_id == ENTRIES.c.id))
        .where(
            and_(
                ENTRIES.c.kind == ledger.key,
                ENTRIES.c.day.between(first, last),
                ENTRIES.c.struck_at.is_(None),
                SUBJECTS.c.role == ABOUT,
                scope_condition(ENTRIES.c, scopes) if scopes else false(),
            )
        )
        .group_by(SUBJECTS.c.subject_id)
        .subquery()
    )
