"""The trace as a person reads it: who changed what of a record, when, from what to what."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from suite.tables import AuditEntry, AuditTransaction


@dataclass(frozen=True, kw_only=True)
class TracedChange:
    """One column that an entry changed: table, row key, column, old and new value as stored.

    What was only looked at, exported or remarked on has its action (R, E, M) in place of the table.
    """

    table: str
    row: str
    column: str
    before: object
    after: object


@dataclass(frozen=True, kw_only=True)
class TracedAct:
    """One transaction's doings on a record."""

    transaction_id: int
    at: dt.datetime
    actor: str
    command: str | None
    title: str
    reason: str | None
    made: bool
    secret_changed: bool
    changes: tuple[TracedChange, ...]


#: The action of a remark: what a command did to a record, in its own words, and why.
REMARK = "M"
#: Columns that say nothing to a reader.
SILENT = frozenset({"version", "updated_at", "created_at", "name_key", "recorded_at"})


def acts_on(session: Session, keys: Sequence[tuple[str, str]], *, limit: int = 200) -> list[TracedAct]:
    """What was done to rows given as (table, row key), newest first; at most `limit` transactions."""
    if not keys:
        return []
    where = or_(*(and_(AuditEntry.table_name == table, AuditEntry.row_key == key) for table, key in keys))
    rows = session.execute(
        select(AuditEntry, AuditTransaction)
        .join(AuditTransaction, AuditTransaction.id == AuditEntry.transaction_id)
        .where(where)
        .order_by(AuditEntry.transaction_id.desc(), AuditEntry.id)
        .limit(limit * 8)
    )
    grouped: dict[int, tuple[AuditTransaction, list[AuditEntry]]] = {}
    for entry, transaction in rows:
        grouped.setdefault(transaction.id, (transaction, []))[1].append(entry)
    return [_act(transaction, entries) for transaction, entries in list(grouped.values())[:limit]]


def _act(transaction: AuditTransaction, entries: Sequence[AuditEntry]) -> TracedAct:
    changes: list[TracedChange] = []
    for entry in entries:
        changes.extend(_changes(entry))
    return TracedAct(
        transaction_id=transaction.id,
        at=transaction.at,
        actor=transaction.actor,
        command=transaction.command,
        title=transaction.title or "无命令",
        reason=transaction.reason,
        made=any(entry.action == "I" and entry.table_name == "core_subject" for entry in entries),
        secret_changed=any(entry.digest is not None and entry.action == "U" for entry in entries),
        changes=tuple(changes),
    )


def _changes(entry: AuditEntry) -> list[TracedChange]:
    if entry.action not in ("I", "U", "D"):
        noted = json.loads(entry.after or "{}")
        return [
            TracedChange(table=entry.action, row=entry.row_key, column=key, before=None, after=noted[key])
            for key in noted
        ]
    before, after = json.loads(entry.before or "{}"), json.loads(entry.after or "{}")
    return [
        TracedChange(
            table=entry.table_name,
            row=entry.row_key,
            column=column,
            before=before.get(column),
            after=after.get(column),
        )
        for column in {**before, **after}
        if column not in SILENT and before.get(column) != after.get(column)
    ]
