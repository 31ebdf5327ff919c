"""A ledger before it is taken: which entries are here already, and what each row would do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from suite.contract.problems import Severity
from suite.kernel.exchange.matching import hold_repeated
from suite.kernel.exchange.previewed import CHANGED, HELD, SAME, PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.commands import EntryEdit
from suite.kernel.ledgers.current import current_entries, may
from suite.kernel.ledgers.preparing import prepare
from suite.kernel.ledgers.sheet import ENTRIES, LedgerSheet
from suite.kernel.registry.current import chunks

#: What an entry is known by that says no number: its title, its day, and the records that it is about.
Known = tuple[str, dt.date, tuple[tuple[int, ...], ...]]


def compare_entries(sheet: LedgerSheet, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Find each row's entry by its number, else by title, day and records; check it as saving does."""
    work.progress("比对台账", 0, len(rows))
    match_entries(sheet, rows, work)
    hold_repeated(sheet, rows)
    edits = [
        EntryEdit(values=row.values, entry_id=row.subject_id, place=place) for place, row in enumerate(rows)
    ]
    prepared = prepare(sheet, edits, work, lock=False)
    told = [{problem.field for problem in row.problems} for row in rows]
    for problem in prepared.problems:
        # What lacks because its cell is wrong has been told already.
        if problem.row is not None and (problem.field is None or problem.field not in told[problem.row]):
            rows[problem.row].problems.append(problem)
    for edit in prepared.edits:
        if edit.place is None or edit.current is None:
            continue
        row, before = rows[edit.place], edit.current.values
        row.version = edit.current.version
        row.changes = {key: (before.get(key), value) for key, value in edit.changes.items()}
        row.result = CHANGED if row.changes else SAME
    for row in rows:
        if any(problem.severity is Severity.ERROR for problem in row.problems):
            row.result = HELD


def match_entries(sheet: LedgerSheet, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Find each row's entry by its number, else by title, day and records."""
    numbers = {row.values["number"] for row in rows if row.values.get("number")}
    days = {row.values["day"] for row in rows if not row.values.get("number") and row.values.get("day")}
    ids: set[int] = set()
    for column, wanted in ((ENTRIES.c.number, numbers), (ENTRIES.c.day, days)):
        for part in chunks(sorted(wanted)):
            asked = select(ENTRIES.c.id).where(ENTRIES.c.kind == sheet.key, column.in_(part))
            ids |= set(work.session.scalars(asked))
    by_number: dict[str, int] = {}
    by_content: dict[Known, int] = {}
    for entry in current_entries(work.session, sheet, ids).values():
        if not may(work.actor, "ledger:read", sheet.owner, entry.district_code, entry.association):
            continue
        by_number[entry.values["number"]] = entry.id
        if entry.struck_at is None:
            by_content.setdefault(_known(sheet, entry.values), entry.id)
    for row in rows:
        number = row.values.get("number")
        row.subject_id = by_number.get(number) if number else by_content.get(_known(sheet, row.values))


def _known(sheet: LedgerSheet, values: dict[str, Any]) -> Known:
    named = tuple(tuple(sorted(values.get(role.key) or ())) for role in sheet.roles)
    return str(values.get("title") or ""), values.get("day") or dt.date.min, named
