"""What ledgers say of those who are judged: the entries about them that touch the period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from suite.contract.assessment import LoggedEntry
from suite.kernel.ledgers.sheet import ENTRIES, SUBJECTS, ledger_sheet
from suite.kernel.registry.current import chunks
from suite.loader.catalog import Catalog

Logged = dict[int, dict[str, tuple[LoggedEntry, ...]]]


def logged_about(
    session: Session,
    catalog: Catalog,
    ledgers: Sequence[str],
    ids: Sequence[int],
    period: tuple[dt.date, dt.date],
) -> Logged:
    """Subject → ledger → the entries that name it, the oldest first; what was crossed out is none.

    An entry with a last day touches the period when any day of it lies there; one without it by its own day,
    or as one that still stands.
    """
    found: defaultdict[int, defaultdict[str, list[LoggedEntry]]] = defaultdict(lambda: defaultdict(list))
    first, last = period
    for key in ledgers:
        sheet = ledger_sheet(catalog, key)
        own = [field for field in sheet.stored if field.key in sheet.ledger.by_key]
        columns = {field.key: ENTRIES.c[field.name] for field in own}
        began = [ENTRIES.c.day <= last, or_(ENTRIES.c.until.is_(None), ENTRIES.c.until >= first)]
        if not sheet.ledger.until:
            began = [ENTRIES.c.day.between(first, last)]
        for part in chunks(list(ids)):
            for row in session.execute(
                select(
                    SUBJECTS.c.subject_id,
                    ENTRIES.c.day,
                    ENTRIES.c.until,
                    ENTRIES.c.title,
                    ENTRIES.c.state,
                    *(column.label(f"f_{name}") for name, column in columns.items()),
                )
                .select_from(ENTRIES.join(SUBJECTS, SUBJECTS.c.entry_id == ENTRIES.c.id))
                .where(
                    SUBJECTS.c.subject_id.in_(part),
                    ENTRIES.c.kind == key,
                    ENTRIES.c.struck_at.is_(None),
                    *began,
                )
                .order_by(ENTRIES.c.day, ENTRIES.c.id)
            ).mappings():
                found[row["subject_id"]][key].append(
                    LoggedEntry(
                        day=row["day"],
                        until=row["until"],
                        title=row["title"],
                        state=row["state"],
                        values={name: row[f"f_{name}"] for name in columns},
                    )
                )
    return {subject: {key: tuple(items) for key, items in kept.items()} for subject, kept in found.items()}
