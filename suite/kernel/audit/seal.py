"""One sealed link per transaction: a hash over its entries in order and over the former link.

PostgreSQL seals by a deferred trigger at commit (see `suite.database.audit_sql`); SQLite has none,
so the executor calls `seal` before COMMIT. Both hash the same text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from hashlib import sha256

from sqlalchemy import Connection, text

from suite.database.engine import audit_state, is_sqlite

FIELD, RECORD, NULL = "\x1f", "\x1e", "\x1d"

#: The columns of an entry in the order in which they are sealed.
SEALED = (
    "id", "table_name", "row_key", "action", "profession", "district_code", "association",
    "before", "after", "digest",
)  # fmt: skip


class LinkHash:
    """The hash of one link, fed with its transaction and then with its entries in order."""

    def __init__(
        self,
        former: str,
        transaction_id: int,
        command: str | None,
        title: str | None,
        reason: str | None,
        actor: str,
        at: dt.datetime,
    ) -> None:
        """Begin with the former link's hash and the transaction's own columns."""
        stamp = at.strftime("%Y-%m-%d %H:%M:%S.%f")
        head = (former, str(transaction_id), command or NULL, title or NULL, reason or NULL, actor, stamp)
        self._hash = sha256(FIELD.join(head).encode())

    def add(self, entries: Iterable[Sequence[object]]) -> int:
        """Feed entries (their SEALED columns); returns how many."""
        counted = 0
        for counted, entry in enumerate(entries, 1):  # noqa: B007 - the last value is the count
            joined = FIELD.join([NULL if value is None else str(value) for value in entry])
            self._hash.update(f"{RECORD}{joined}".encode())
        return counted

    def text(self) -> str:
        """The finished hash."""
        return self._hash.hexdigest()


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
    """Write an entry that no trigger writes: a reveal (R), an export (E) or a remark (M)."""
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
    head = connection.execute(
        text("SELECT command, title, reason, actor, at FROM core_audit_transaction WHERE id = :id"),
        {"id": number},
    ).one()
    link = LinkHash(
        former.hash if former else "",
        number,
        head.command,
        head.title,
        head.reason,
        head.actor,
        dt.datetime.fromisoformat(head.at),
    )
    entries = connection.exec_driver_sql(
        f"SELECT {', '.join(SEALED)} FROM core_audit_entry WHERE transaction_id = ? ORDER BY id",  # noqa: S608 - declared columns
        (number,),
    )
    # The driver's own cursor: 300,000 entries of an import pass here, and rows of SQLAlchemy cost twice.
    counted = link.add(iter(entries.cursor.fetchone, None)) if entries.cursor else 0
    connection.execute(
        text("INSERT INTO core_audit_link (id, transaction_id, entries, hash) VALUES (:id, :tx, :n, :hash)"),
        {"id": (former.id if former else 0) + 1, "tx": number, "n": counted, "hash": link.text()},
    )


def close(connection: Connection) -> None:
    """Forget the transaction of a SQLite connection, so that a stray write on it is refused."""
    if is_sqlite(connection):
        audit_state(connection).transaction_id = None
