"""Who is in a ledger now (在库), as a mark on the record that entry and exit set and nobody types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select

from suite.contract.commands import Change
from suite.contract.problems import Problem, Severity
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.current import may
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


def mark_records(
    sheet: LedgerSheet, subjects: Iterable[int], work: Transaction
) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """Set the ledger's mark on these records by the entries that stand today.

    Where the actor may not edit a record its mark stays, and a warning says so: rules ask the ledger.
    """
    field, wanted = sheet.ledger.marks, sorted(set(subjects))
    if field is None or not wanted:
        return (), ()
    inside, by_kind, left = set[int](), dict[str, list[int]](), 0
    for part in chunks(wanted):
        inside |= {subject for _, subject in _standing(sheet, part, work.today, work)}
        found = select(Subject.id, Subject.kind, Subject.district_code, Subject.association)
        for number, kind, district, association in work.session.execute(found.where(Subject.id.in_(part))):
            if may(work.actor, "roster:edit", kind.split(".", 1)[0], district, association):
                by_kind.setdefault(kind, []).append(number)
            else:
                left += 1
    changes: tuple[Change, ...] = ()
    for kind, numbers in sorted(by_kind.items()):
        edits = tuple(RowEdit(subject_id=number, values={field: number in inside}) for number in numbers)
        changes += work.run(SaveRecords(kind=kind, rows=edits)).changes
    return changes, (_left(sheet, left),) if left else ()


def _left(sheet: LedgerSheet, number: int) -> Problem:
    text = (
        f"{number:,} 份档案上的标记没有随“{sheet.title}”更新，因为您没有维护这些名册的权限，"
        "请告知有权限的科室核对名册。"
    )
    return Problem(code="entry.mark_left", text=text, severity=Severity.WARNING)
