"""Rows that are other than their last entry says: what was written past the triggers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from suite.database.audit_sql import (
    AuditedTable,
    postgresql_key,
    postgresql_row_json,
    postgresql_secret_json,
    sqlite_key,
    sqlite_row_json,
    sqlite_secret_json,
)
from suite.database.engine import is_sqlite
from suite.kernel.audit.meaning import means_the_same

#: For one statement: set on the connection, they would stay and turn its later DDL into cursors.
STREAMED = {"yield_per": 5000}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One row: its key, its JSON text now (None when it is gone), and whether an entry says it stands."""

    key: str
    now: str | None
    recorded: bool


def differing_rows(connection: Connection, table: AuditedTable) -> tuple[int, list[Difference]]:
    """How many rows stand, and those that their last entry does not describe. Columns added since do not
    count.

    The join is made here, by hash: the engines' plans for it grow with the square on expressions.
    """
    if is_sqlite(connection):
        key, row = sqlite_key(table, "t"), sqlite_row_json(table, "t")
    else:
        key, row = postgresql_key(table, "t"), postgresql_row_json(table, "t")
    last: dict[str, tuple[bool, int]] = {}
    unlike: dict[str, str] = {}
    for row_key, action, after in connection.execute(
        text(
            "SELECT row_key, action, after FROM core_audit_entry WHERE table_name = :table "
            "AND action IN ('I', 'U', 'D') ORDER BY id"
        ),
        {"table": table.name},
        execution_options=STREAMED,
    ):
        last[row_key] = (action != "D", hash(after))
    found = []
    rows = 0
    every = text(f'SELECT {key}, {row} FROM "{table.name}" t')  # noqa: S608 - declared names
    for row_key, now in connection.execute(every, execution_options=STREAMED):
        rows += 1
        stands, said = last.pop(str(row_key), (False, 0))
        if not stands:
            found.append(Difference(key=str(row_key), now=now, recorded=False))
        elif said != hash(now):
            unlike[str(row_key)] = now
    said_of = _said(connection, table, list(unlike), LAST_ROWS)
    found += [
        Difference(key=key, now=now, recorded=True)
        for key, now in unlike.items()
        if not means_the_same(table.name, said_of.get(key), now)
    ]
    found += [
        Difference(key=row_key, now=None, recorded=True) for row_key, (stands, _) in last.items() if stands
    ]
    return rows, found


def differing_secrets(connection: Connection, table: AuditedTable) -> list[Difference]:
    """The standing rows whose secret values are other than those of their last entry."""
    if is_sqlite(connection):
        key, now = sqlite_key(table, "t"), sqlite_secret_json(table, "t")
    else:
        key, now = postgresql_key(table, "t"), postgresql_secret_json(table, "t")
    said: dict[str, int] = {}
    for row_key, after in connection.execute(
        text(
            "SELECT e.row_key, s.after FROM core_audit_entry e JOIN core_audit_secret s ON s.entry_id = e.id "
            "WHERE e.table_name = :table ORDER BY e.id"
        ),
        {"table": table.name},
        execution_options=STREAMED,
    ):
        said[row_key] = hash(after)
    every = text(f'SELECT {key}, {now} FROM "{table.name}" t')  # noqa: S608 - declared names
    unlike = {
        str(row_key): secret
        for row_key, secret in connection.execute(every, execution_options=STREAMED)
        if said.get(str(row_key)) != hash(secret)
    }
    said_of = _said(connection, table, list(unlike), LAST_SECRETS)
    return [
        Difference(key=key, now=secret, recorded=key in said)
        for key, secret in unlike.items()
        if key not in said or not means_the_same(table.name, said_of.get(key), secret)
    ]


#: The JSON text of rows, and of their secret values, by their entries, the last one last.
LAST_ROWS = (
    "SELECT row_key, after FROM core_audit_entry WHERE table_name = :table AND row_key IN :keys "
    "AND action IN ('I', 'U') ORDER BY id"
)
LAST_SECRETS = (
    "SELECT e.row_key, s.after FROM core_audit_entry e JOIN core_audit_secret s ON s.entry_id = e.id "
    "WHERE e.table_name = :table AND e.row_key IN :keys ORDER BY e.id"
)
AT_ONCE = 500


def _said(
    connection: Connection, table: AuditedTable, keys: Sequence[str], query: str
) -> dict[str, str | None]:
    """What the last entries say of these rows."""
    statement = text(query).bindparams(bindparam("keys", expanding=True))
    found: dict[str, str | None] = {}
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        for key, after in connection.execute(statement, {"table": table.name, "keys": part}):
            found[key] = after
    return found


def last_said(connection: Connection, table: AuditedTable, row_key: object) -> str | None:
    """The JSON text of a row by its last entry."""
    after: str | None = connection.execute(
        text(
            "SELECT after FROM core_audit_entry WHERE table_name = :table AND row_key = :key "
            "AND action IN ('I', 'U') ORDER BY id DESC LIMIT 1"
        ),
        {"table": table.name, "key": str(row_key)},
    ).scalar()
    return after


def last_secret(connection: Connection, table: AuditedTable, row_key: str) -> str | None:
    """The JSON text of a row's secret values by its last entry."""
    after: str | None = connection.execute(
        text(
            "SELECT s.after FROM core_audit_entry e JOIN core_audit_secret s ON s.entry_id = e.id "
            "WHERE e.table_name = :table AND e.row_key = :key ORDER BY e.id DESC LIMIT 1"
        ),
        {"table": table.name, "key": row_key},
    ).scalar()
    return after
