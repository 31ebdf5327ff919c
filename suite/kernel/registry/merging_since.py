"""What was written to a kept record since a merge: an undo leaves it there, and gives back what was merged.

What the merge exchanged is nowhere written down again; what the gone record gave, and what stood in its place
since, the trace knows. A secret it does not tell, and a number or a history goes back whole: that is listed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Row, update

from suite.contract.declarations import Field, RecordKind
from suite.kernel.audit.queries import TracedAct, acts_on
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.merging_commands import MergePersons, MergeSubjects, SplitPerson, UndoMerge
from suite.kernel.registry.merging_fields import Swap, pair, with_history
from suite.kernel.registry.merging_references import IDENTITIES
from suite.kernel.registry.timeline import licence_columns

#: Types of columns whose values the trace tells well enough to write them again.
_TOLD = (str, int, bool, dt.date)
_ACTS = frozenset(one.__name__ for one in (MergeSubjects, MergePersons, SplitPerson, UndoMerge))


@dataclass(frozen=True, kw_only=True)
class Written:
    """A value that was written to the kept row since, and what the gone row had given it."""

    swap: Swap
    now: Any
    given: Any


@dataclass(frozen=True, kw_only=True)
class Since:
    """What stays with the kept record, and the titles of what goes back though it was changed."""

    stays: tuple[Written, ...]
    goes: tuple[str, ...]


def written_since(
    merge: Row[Any], kind: RecordKind, swaps: Sequence[Swap], record: int | None, work: Transaction
) -> Since:
    """Look through the trace of the kept record; to be asked before anything is put back."""
    fields = {(field.table, field.name): field for field in kind.fields}
    said = [(swap, fields[swap.table, swap.column]) for swap in swaps if (swap.table, swap.column) in fields]
    if not said or record is None:
        return Since(stays=(), goes=())
    rows = sorted({(swap.table.name, str(swap.kept)) for swap, _ in said})
    acts = [act for act in acts_on(work.session, record, rows) if act.transaction_id > merge.transaction_id]
    whole = {*with_history(kind), "main_no", "name"}
    if kind.licence is not None:
        whole |= {key for key in licence_columns(kind.licence).values() if key is not None}
    stays, goes = [], []
    for swap, field in said:
        if swap.table is IDENTITIES and field.sensitive:
            if any(act.secret_changed and act.command not in _ACTS for act in acts):
                goes.append(field.title)
            continue
        told, given = _given(swap, field, acts)
        now = pair(work.session, swap.table, swap.kept, swap.gone).kept.get(swap.column)
        if not told or now == given:
            continue
        if field.key in whole:
            goes.append(field.title)
        else:
            stays.append(Written(swap=swap, now=now, given=given))
    return Since(stays=tuple(stays), goes=tuple(dict.fromkeys(goes)))


def leave_with_kept(since: Since, work: Transaction) -> None:
    """Once all was exchanged back: what was written since stays, and the gone one has its own again."""
    for one in since.stays:
        key = one.swap.table.columns[one.swap.key]
        for number, value in ((one.swap.gone, one.given), (one.swap.kept, one.now)):
            work.connection.execute(
                update(one.swap.table).where(key == number).values({one.swap.column: value})
            )


def _given(swap: Swap, field: Field, acts: Sequence[TracedAct]) -> tuple[bool, Any]:
    """Whether the value was changed since, and what it was before the first change; acts are newest first."""
    column = swap.table.columns[swap.column]
    for act in reversed(acts):
        for change in act.changes:
            if (change.table, change.row, change.column) == (swap.table.name, str(swap.kept), swap.column):
                return _typed(column, change.before)
    return False, None


def _typed(column: Column[Any], value: object) -> tuple[bool, Any]:
    kind = column.type.python_type
    if value is None:
        return True, None
    if kind not in _TOLD:
        return False, None
    return True, kind.fromisoformat(str(value)) if kind is dt.date else kind(value)
