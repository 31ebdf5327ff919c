"""The trace of an upgrade: what a migration changed in the rows past the triggers.

SQLite migrates without triggers, and a rebuilt column fires none on PostgreSQL, so the rows are compared
with their last entries before and after. What already differed before is left for the verification to
tell: an upgrade must not make a tampering honest.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, inspect, text

from suite.database.audit_sql import SCOPE_COLUMNS, AuditedTable
from suite.database.audit_triggers import existing_tables
from suite.database.base import CORE
from suite.database.engine import secret_digest
from suite.database.migrate import Owner, revisions
from suite.kernel.audit import seal
from suite.kernel.audit.differences import (
    Difference,
    differing_rows,
    differing_secrets,
    last_said,
    last_secret,
    spoken_of,
)

TITLE = "升级数据库"


@dataclass(frozen=True, kw_only=True)
class Unrecorded:
    """One row that no entry describes: how it differs, and its secret values where those differ."""

    table: AuditedTable
    row: Difference
    secret: Difference | None


@contextmanager
def traced(connection: Connection, owner: Owner, former: str | None, *, actor: str) -> Iterator[None]:
    """Around an owner's migration: seal a transaction without a command over the rows that it changed.

    Looks at the owner's tables and the core's. A migration that changes no row leaves no transaction.
    """
    before = {(item.table.name, item.row.key) for item in _unrecorded(connection, owner)}
    yield
    found = [item for item in _unrecorded(connection, owner) if (item.table.name, item.row.key) not in before]
    if not found:
        return
    number = seal.begin(
        connection,
        command=None,
        title=TITLE,
        reason=f"{owner.name}：{former or '无'} → {revisions(owner)[-1]}",
        actor=actor,
        at=dt.datetime.now(dt.UTC),
    )
    try:
        for item in found:
            _write(connection, number, item)
        seal.seal(connection, number)
    finally:
        seal.close(connection)


def _unrecorded(connection: Connection, owner: Owner) -> Iterator[Unrecorded]:
    names = connection.dialect.get_table_names(connection)
    if "core_audit_entry" not in names:
        return
    tables = spoken_of(connection, existing_tables(connection, {owner.name, CORE}))
    for table in _standing(connection, tables):
        changed = {item.key: item for item in differing_rows(connection, table)[1]}
        secret = {item.key: item for item in differing_secrets(connection, table)} if table.secrets else {}
        for key in {**changed, **secret}:
            row = changed.get(key) or Difference(
                key=key, now=last_said(connection, table, key), recorded=True
            )
            yield Unrecorded(table=table, row=row, secret=secret.get(key))


def _standing(connection: Connection, tables: Sequence[AuditedTable]) -> Iterator[AuditedTable]:
    """The tables with the columns that they have now: before a migration some are still to come or to go."""
    inspector = inspect(connection)
    inspector.clear_cache()
    for table in tables:
        columns = [str(column["name"]) for column in inspector.get_columns(table.name)]
        if set(columns).issuperset(table.key):
            apart = {*table.secrets, *(name for name, _ in table.contents)}
            yield replace(
                table,
                columns=tuple(name for name in columns if name not in apart),
                secrets=tuple(name for name in table.secrets if name in columns),
            )


def _write(connection: Connection, number: int, item: Unrecorded) -> None:
    row, table = item.row, item.table
    action = "D" if row.now is None else "U" if row.recorded else "I"
    before = last_said(connection, table, row.key) if row.recorded else None
    scopes = json.loads(row.now or before or "{}")
    salt, digest, was, now = secrets.token_hex(16), None, None, None
    if item.secret is not None or (table.secrets and action == "D"):
        was = last_secret(connection, table, row.key) if row.recorded else None
        now = item.secret.now if item.secret is not None else None
        digest = secret_digest(salt, was, now)
    entry = connection.execute(
        text(
            "INSERT INTO core_audit_entry (transaction_id, table_name, row_key, action, profession, "
            "district_code, association, before, after, digest) VALUES (:tx, :table, :key, :action, "
            ":profession, :district_code, :association, :before, :after, :digest) RETURNING id"
        ),
        {
            "tx": number,
            "table": table.name,
            "key": row.key,
            "action": action,
            **{name: scopes.get(name) for name in SCOPE_COLUMNS},
            "before": before,
            "after": row.now,
            "digest": digest,
        },
    ).scalar_one()
    if digest is not None:
        connection.execute(
            text(
                "INSERT INTO core_audit_secret (entry_id, salt, before, after) "
                "VALUES (:entry, :salt, :was, :now)"
            ),
            {"entry": entry, "salt": salt, "was": was, "now": now},
        )
