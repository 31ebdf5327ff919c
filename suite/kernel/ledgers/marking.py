"""Who is in a ledger now (在库), as a mark on the record that entry and exit set and nobody types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select

from suite.contract.commands import Change
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.sheet import ENTRIES, SUBJECTS, LedgerSheet
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.current import chunks
from suite.tables import Subject


def named_by(work: Transaction, entries: Iterable[int]) -> set[int]:
    """The records that entries are about."""
    found: set[int] = set()
    for part in chunks(sorted(set(entries))):
        found |= set(
            work.connection.scalars(select(SUBJECTS.c.subject_id).where(SUBJECTS.c.entry_id.in_(part)))
        )
    return found


def standing_entries(
    work: Transaction, sheet: LedgerSheet, subjects: Iterable[int], on: dt.date
) -> list[int]:
    """The entries about these records that stand on a day."""
    return sorted(
        {entry for part in chunks(sorted(set(subjects))) for entry, _ in _standing(sheet, part, on, work)}
    )


def _standing(
    sheet: LedgerSheet, subjects: Sequence[int], on: dt.date, work: Transaction
) -> list[tuple[int, int]]:
    """Entry and record, of the entries about these that stand on a day."""
    statement = (
        select(ENTRIES.c.id, SUBJECTS.c.subject_id)
        .select_from(ENTRIES.join(SUBJECTS, SUBJECTS.c.entry_id == ENTRIES.c.id))
        .where(
            SUBJECTS.c.subject_id.in_(subjects),
            ENTRIES.c.kind == sheet.key,
            ENTRIES.c.struck_at.is_(None),
            ENTRIES.c.state.in_(sheet.ledger.open_states),
            ENTRIES.c.day <= on,
            or_(ENTRIES.c.until.is_(None), ENTRIES.c.until >= on),
        )
    )
    return [(entry, subject) for entry, subject in work.connection.execute(statement)]


def mark_records(sheet: LedgerSheet, subjects: Iterable[int], work: Transaction) -> tuple[Change, ...]:
    """Set the ledger's mark on these records by the entries that stand today. Raises Refused where a record
    may not be changed: the entry does not stand then either."""
    field, wanted = sheet.ledger.marks, sorted(set(subjects))
    if field is None or not wanted:
        return ()
    inside, kinds = set[int](), dict[int, str]()
    for part in chunks(wanted):
        inside |= {subject for _, subject in _standing(sheet, part, work.today, work)}
        kinds |= dict(
            work.session.execute(select(Subject.id, Subject.kind).where(Subject.id.in_(part))).all()
        )
    changes: tuple[Change, ...] = ()
    for kind in sorted(set(kinds.values())):
        edits = tuple(
            RowEdit(subject_id=number, values={field: number in inside})
            for number in wanted
            if kinds.get(number) == kind
        )
        changes += work.run(SaveRecords(kind=kind, rows=edits)).changes
    return changes
