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


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One row: its key, its JSON text now (None when it is gone), and whether an entry says it stands."""

    key: str
    now: str | None
    recorded: bool


#: The last entry of the row in `t`, by the index of entries.
_LAST = (
    "(SELECT {column} FROM core_audit_entry e {join} WHERE e.table_name = :table "
    "AND e.row_key = CAST({key} AS TEXT) AND e.action IN ('I', 'U', 'D') ORDER BY e.id DESC LIMIT 1)"
)
_BESIDE = "JOIN core_audit_secret s ON s.entry_id = e.id"
#: SQLite takes so many SELECT in one statement and some more.
TABLES_AT_ONCE = 400


def spoken_of(connection: Connection, tables: Sequence[AuditedTable]) -> list[AuditedTable]:
    """Those that hold a row or have an entry; of all others there is nothing to compare.

    Of the tables of a small database, or of one that is being made, most are not.
    """
    asked = [
        f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM \"{table.name}\") "  # noqa: S608 - declared names
        f"OR EXISTS (SELECT 1 FROM core_audit_entry WHERE table_name = '{table.name}')"
        for table in tables
    ]
    found: set[str] = set()
    for start in range(0, len(asked), TABLES_AT_ONCE):
        part = " UNION ALL ".join(asked[start : start + TABLES_AT_ONCE])
        found |= set(connection.exec_driver_sql(part).scalars())
    return [table for table in tables if table.name in found]


def differing_rows(connection: Connection, table: AuditedTable) -> tuple[int, list[Difference]]:
    """How many rows stand, and those that their last entry does not describe. Columns added since do not
    count.

    The engine compares, row by row through the index; only what differs is looked at here.
    """
    if is_sqlite(connection):
        key, row, unlike = sqlite_key(table, "t"), sqlite_row_json(table, "t"), "IS NOT"
    else:
        key, row, unlike = postgresql_key(table, "t"), postgresql_row_json(table, "t"), "IS DISTINCT FROM"
    last = _LAST.format(column="e.after", join="", key=key)
    named = {"table": table.name}
    rows: int = connection.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one()  # noqa: S608 - declared names
    unlike_rows = {
        str(row_key): now
        for row_key, now in connection.execute(
            text(f'SELECT {key}, {row} FROM "{table.name}" t WHERE {row} {unlike} {last}'),  # noqa: S608 - declared names
            named,
        )
    }
    entries = _said(connection, table, list(unlike_rows), LAST_ROWS)
    found, unrecorded = [], 0
    for row_key, now in unlike_rows.items():
        action, after = entries.get(row_key, ("D", None))
        unrecorded += action == "D"
        if action == "D" or not means_the_same(table.name, after, now):
            found.append(Difference(key=row_key, now=now, recorded=action != "D"))
    counted = text(f"SELECT count(*) FROM ({_standing(connection)}) x")  # noqa: S608 - own words
    if connection.execute(counted, named).scalar_one() != rows - unrecorded:
        keys = {
            str(row_key)
            for (row_key,) in connection.execute(text(f'SELECT {key} FROM "{table.name}" t'))  # noqa: S608 - declared names
        }
        found += [
            Difference(key=row_key, now=None, recorded=True)
            for row_key in connection.execute(text(_standing(connection)), named).scalars()
            if row_key not in keys
        ]
    return rows, found


def _standing(connection: Connection) -> str:
    """SQL of the keys whose last entry says that their row stands."""
    of = "FROM core_audit_entry WHERE table_name = :table AND action IN ('I', 'U', 'D')"
    if is_sqlite(connection):
        # The other columns beside a max() are those of the row that has it.
        newest = f"SELECT row_key, action, max(id) {of} GROUP BY row_key"
    else:
        newest = f"SELECT DISTINCT ON (row_key) row_key, action {of} ORDER BY row_key, id DESC"
    return f"SELECT row_key FROM ({newest}) n WHERE action <> 'D'"  # noqa: S608 - own words


def differing_secrets(connection: Connection, table: AuditedTable) -> list[Difference]:
    """The standing rows whose secret values are other than those of their last entry."""
    if is_sqlite(connection):
        key, now, unlike = sqlite_key(table, "t"), sqlite_secret_json(table, "t"), "IS NOT"
    else:
        key, now, unlike = postgresql_key(table, "t"), postgresql_secret_json(table, "t"), "IS DISTINCT FROM"
    last = _LAST.format(column="s.after", join=_BESIDE, key=key)
    unlike_rows = {
        str(row_key): secret
        for row_key, secret in connection.execute(
            text(f'SELECT {key}, {now} FROM "{table.name}" t WHERE {now} {unlike} {last}'),  # noqa: S608 - declared names
            {"table": table.name},
        )
    }
    said = _said(connection, table, list(unlike_rows), LAST_SECRETS)
    return [
        Difference(key=row_key, now=secret, recorded=row_key in said)
        for row_key, secret in unlike_rows.items()
        if row_key not in said or not means_the_same(table.name, said[row_key][1], secret)
    ]


#: What the entries of rows did and said, and of their secret values, the last one last.
LAST_ROWS = (
    "SELECT row_key, action, after FROM core_audit_entry WHERE table_name = :table AND row_key IN :keys "
    "AND action IN ('I', 'U', 'D') ORDER BY id"
)
LAST_SECRETS = (
    "SELECT e.row_key, e.action, s.after FROM core_audit_entry e "
    "JOIN core_audit_secret s ON s.entry_id = e.id "
    "WHERE e.table_name = :table AND e.row_key IN :keys ORDER BY e.id"
)
AT_ONCE = 500


def _said(
    connection: Connection, table: AuditedTable, keys: Sequence[str], query: str
) -> dict[str, tuple[str, str | None]]:
    """What the last entries of these rows did and say: many at once, since a copied database has many."""
    statement = text(query).bindparams(bindparam("keys", expanding=True))
    found: dict[str, tuple[str, str | None]] = {}
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        for key, action, after in connection.execute(statement, {"table": table.name, "keys": part}):
            found[key] = (action, after)
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
