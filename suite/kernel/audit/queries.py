"""The trace as a person reads it: who changed what of a record, when, from what to what."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, or_, select, text
from sqlalchemy.orm import Session

from suite.database.among import MOST, among
from suite.database.engine import is_sqlite
from suite.database.rights_persons import MOST_EXPORTS
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


#: So many entries of one record are looked through for who wrote one of its rows.
MOST_ENTRIES = 1_600

#: What an act tells: its transaction, and one entry in each row.
TOLD = (
    AuditEntry.id,
    AuditTransaction.command,
    AuditTransaction.title,
    AuditTransaction.reason,
    AuditTransaction.actor,
    AuditTransaction.at,
    AuditEntry.transaction_id,
    AuditEntry.table_name,
    AuditEntry.row_key,
    AuditEntry.action,
    AuditEntry.before,
    AuditEntry.after,
    AuditEntry.digest,
)


def acts_on(
    session: Session, subject_id: int, keys: Sequence[tuple[str, str]], *, kind: str = "", limit: int = 200
) -> list[TracedAct]:
    """What was done to a record, newest first; at most `limit` transactions.

    `keys` are its rows as (table, row key); with its `kind` the exports that it was in are told, too.
    PostgreSQL, where a login has no right on the trace itself, knows the rows of a record it may read.
    """
    if not is_sqlite(session.connection()):
        rows = session.execute(
            text("SELECT * FROM core_record_trace(:subject, :most)"),
            {"subject": subject_id, "most": limit * 8},
        ).all()
    else:
        where = or_(*(and_(AuditEntry.table_name == table, AuditEntry.row_key == key) for table, key in keys))
        rows = session.execute(
            select(*TOLD)
            .join(AuditTransaction, AuditTransaction.id == AuditEntry.transaction_id)
            .where(where)
            .order_by(AuditEntry.transaction_id.desc(), AuditEntry.id)
            .limit(limit * 8)
        ).all()
        if kind:
            rows = sorted(
                [*rows, *exports_of(session, subject_id, kind)], key=lambda row: -row.transaction_id
            )
    grouped: dict[int, list[Row[Any]]] = {}
    for row in rows:
        grouped.setdefault(row.transaction_id, []).append(row)
    return [_act(entries) for entries in list(grouped.values())[:limit]]


def acts_on_rows(session: Session, table: str, rows: Mapping[int, int]) -> dict[int, list[TracedAct]]:
    """Row of a table → what was done to it, newest first; `rows` says whose record each is.

    On PostgreSQL as in `acts_on`: the rows of a record that one may read.
    """
    keys = {str(row): row for row in rows}
    found: defaultdict[int, defaultdict[int, list[Row[Any]]]] = defaultdict(lambda: defaultdict(list))
    for part in range(0, len(keys), MOST):
        asked = list(keys)[part : part + MOST]
        entries: list[Any] = []
        if is_sqlite(session.connection()):
            entries += session.execute(
                select(*TOLD)
                .join(AuditTransaction, AuditTransaction.id == AuditEntry.transaction_id)
                .where(AuditEntry.table_name == table, among(AuditEntry.row_key, asked))
                .order_by(AuditEntry.transaction_id.desc(), AuditEntry.id)
            ).all()
        else:
            entries += session.execute(
                text(
                    "SELECT t.* FROM unnest(CAST(:subjects AS bigint[])) AS s(id), "
                    "LATERAL core_record_trace(s.id, :most) AS t "
                    "WHERE t.table_name = :table AND t.row_key = ANY(CAST(:keys AS text[])) "
                    "ORDER BY t.transaction_id DESC, t.id"
                ),
                {
                    "subjects": sorted({rows[keys[key]] for key in asked}),
                    "most": MOST_ENTRIES,
                    "table": table,
                    "keys": asked,
                },
            ).all()
        for entry in entries:
            found[keys[entry.row_key]][entry.transaction_id].append(entry)
    return {row: [_act(entries) for entries in acts.values()] for row, acts in found.items()}


def exports_of(session: Session, subject_id: int, kind: str) -> list[Row[Any]]:
    """The exports of its kind that a record was in, newest first."""
    exports: Sequence[Any] = session.execute(
        select(*TOLD)
        .join(AuditTransaction, AuditTransaction.id == AuditEntry.transaction_id)
        .where(AuditEntry.table_name == "core_subject", AuditEntry.row_key == kind, AuditEntry.action == "E")
        .order_by(AuditEntry.id.desc())
        .limit(MOST_EXPORTS)
    ).all()
    return [row for row in exports if lies_in(subject_id, json.loads(row.after or "{}").get("records") or "")]


def ranges(ids: Iterable[int]) -> str:
    """Ids in few words: `3-17,20`."""
    found: list[list[int]] = []
    for number in sorted(set(ids)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def lies_in(number: int, told: str) -> bool:
    """Whether an id is among those that `ranges` told."""
    for part in told.split(",") if told else ():
        first, _, last = part.partition("-")
        if int(first) <= number <= int(last or first):
            return True
    return False


def _act(entries: Sequence[Row[Any]]) -> TracedAct:
    changes: list[TracedChange] = []
    for entry in entries:
        changes.extend(_changes(entry))
    first = entries[0]
    return TracedAct(
        transaction_id=first.transaction_id,
        at=first.at,
        actor=first.actor,
        command=first.command,
        title=first.title or "无命令",
        reason=first.reason,
        made=any(entry.action == "I" and entry.table_name == "core_subject" for entry in entries),
        secret_changed=any(entry.digest is not None and entry.action == "U" for entry in entries),
        changes=tuple(changes),
    )


def _changes(entry: Row[Any]) -> list[TracedChange]:
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
