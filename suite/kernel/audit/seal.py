"""One sealed link per transaction: a hash over its entries in order and over the former link.

PostgreSQL seals by a deferred trigger at commit (see `suite.database.audit_sql`); SQLite has none,
so the executor calls `seal` before COMMIT. Both hash the same text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, text

from suite.database.engine import audit_state, is_sqlite
from suite.kernel.audit.chain import contents, link_hash


def begin(
    connection: Connection,
    *,
    command: str | None,
    title: str,
    reason: str | None,
    actor: str,
    at: dt.datetime,
) -> int:
    """Open the transaction's trace before its first write; returns its number.

    On PostgreSQL `actor` and `at` are the server's own word: the login and its clock.
    """
    if not is_sqlite(connection):
        opened = connection.execute(
            text("SELECT core_audit_begin(:command, :title, :reason)"),
            {"command": command, "title": title or None, "reason": reason or None},
        )
        return int(opened.scalar_one())
    made = connection.execute(
        text(
            "INSERT INTO core_audit_transaction (command, title, reason, actor, at) "
            "VALUES (:command, :title, :reason, :actor, :at) RETURNING id"
        ),
        {
            "command": command,
            "title": title or None,
            "reason": reason or None,
            "actor": actor,
            "at": at.replace(tzinfo=None).isoformat(" ", "microseconds"),
        },
    ).scalar_one()
    audit_state(connection).transaction_id = int(made)
    return int(made)


def note(
    connection: Connection,
    *,
    transaction_id: int,
    table: str,
    key: str,
    action: str,
    scope: Sequence[str | None],
    after: str,
) -> None:
    """Write an entry that no trigger writes: a reveal (R), an export (E), a refusal (X) or a remark (M)."""
    if not is_sqlite(connection):
        connection.execute(
            text("SELECT core_audit_note(:table, :key, :action, :p, :d, :a, :after)"),
            {"table": table, "key": key, "action": action, "after": after}
            | dict(zip("pda", scope, strict=True)),
        )
        return
    connection.execute(
        text(
            "INSERT INTO core_audit_entry (transaction_id, table_name, row_key, action, profession, "
            "district_code, association, after) VALUES (:tx, :table, :key, :action, :p, :d, :a, :after)"
        ),
        {
            "tx": transaction_id,
            "table": table,
            "key": key,
            "action": action,
            "p": scope[0],
            "d": scope[1],
            "a": scope[2],
            "after": after,
        },
    )


def seal(connection: Connection, number: int) -> None:
    """Seal the transaction on SQLite; PostgreSQL's deferred trigger does it by itself."""
    if not is_sqlite(connection):
        return
    former = connection.execute(text("SELECT id, hash FROM core_audit_link ORDER BY id DESC LIMIT 1")).first()
    [content] = contents(connection, number)
    connection.execute(
        text("INSERT INTO core_audit_link (id, transaction_id, entries, hash) VALUES (:id, :tx, :n, :hash)"),
        {
            "id": (former.id if former else 0) + 1,
            "tx": number,
            "n": content.entries,
            "hash": link_hash(former.hash if former else "", content.digest),
        },
    )


def close(connection: Connection) -> None:
    """Forget the transaction of a SQLite connection, so that a stray write on it is refused."""
    if is_sqlite(connection):
        audit_state(connection).transaction_id = None
