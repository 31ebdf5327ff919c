"""Engines and sessions on both databases: who may write, and how a transaction begins."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from suite.database.address import hosts_of
from suite.database.causes import Cause, cause_of
from suite.database.driver_errors import hide_values

WRITE = "suite_write"
LOCK_TIMEOUT_MS = 20_000
#: The oldest PostgreSQL that the suite works with.
OLDEST_SERVER = 15
#: Of several hosts the one that can be written to is taken. Each has some seconds to answer, and a server
#: whose cable was pulled is given up after half a minute rather than after hours.
SEVERAL_HOSTS = {"target_session_attrs": "read-write"}
PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
#: More makes no import faster: what it writes fits in no cache, and smaller sorts are the quicker ones.
CACHE_KB = 16_000
#: Twice SQLite's own: the trace's entries are long, and an import writes a tenth faster.
PAGE_BYTES = 8_192


@dataclass
class AuditState:
    """What the audit triggers of one SQLite connection ask for."""

    transaction_id: int | None = None
    salt: str = ""

    def current(self) -> int:
        """The running transaction; a write without one is refused by raising."""
        if self.transaction_id is None:
            raise RuntimeError("a write outside the executor")
        return self.transaction_id

    def digest(self, before: str | None, after: str | None) -> str:
        """Seal secret values under a fresh salt, so that a digest tells nothing by itself."""
        self.salt = secrets.token_hex(16)
        return secret_digest(self.salt, before, after)


def secret_digest(salt: str, before: str | None, after: str | None) -> str:
    """Hash of secret values as text; both engines compute the same."""
    return sha256(f"{salt}\x1f{before or ''}\x1f{after or ''}".encode()).hexdigest()


def open_engine(url: str, password: str = "") -> Engine:
    """An engine for a SQLAlchemy URL. Nothing is connected yet.

    `password` is the login's, where the URL has none. Of several hosts the first that can be written to is
    used.
    """
    parsed = make_url(url)
    if password and parsed.password is None and parsed.get_backend_name() != "sqlite":
        parsed = parsed.set(password=password)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(url, pool_size=8, max_overflow=8, hide_parameters=True)
        event.listen(engine, "do_connect", _make_private)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            parsed,
            pool_pre_ping=True,
            pool_size=8,
            hide_parameters=True,
            connect_args=server_arguments(parsed),
        )
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "handle_error", hide_values)
    return engine


def server_arguments(url: URL) -> dict[str, str]:
    """What every connection to a PostgreSQL asks for, as far as its URL does not say otherwise."""
    asked = {**PATIENCE, **(SEVERAL_HOSTS if len(hosts_of(url)[0]) > 1 else {})}
    free = {key: value for key, value in asked.items() if key not in url.query}
    # Not to be chosen: the trace is written in one time zone; and to compile one of our long questions to
    # machine code takes the server longer than to answer it.
    return {**free, "options": f"-c timezone=UTC -c jit=off -c lock_timeout={LOCK_TIMEOUT_MS}"}


def is_sqlite(connection: Connection | Engine) -> bool:
    """Whether this is SQLite."""
    return connection.dialect.name == "sqlite"


def run_together(connection: Connection, statements: Sequence[str]) -> None:
    """Run statements of PostgreSQL that give nothing back, one after the other, in one errand to it."""
    if statements:
        connection.exec_driver_sql("; ".join(statements))


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner may read; on POSIX, SQLite gives its -wal the same mode.

    A file that is there keeps its mode. What cannot be made is left to SQLite, which then says why.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _make_private(dialect: Any, record: Any, arguments: Sequence[Any], options: Any) -> None:
    name = str(arguments[0])
    if name and name != ":memory:" and not name.startswith("file:"):
        make_private_file(Path(name))


def _prepare_sqlite(raw: sqlite3.Connection, record: Any) -> None:
    state = record.info["audit"] = AuditState()
    raw.isolation_level = None  # transactions begin in `_begin_sqlite`, nowhere else
    for pragma in (
        f"page_size={PAGE_BYTES}",  # of a file that is yet to be made; others keep theirs
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={LOCK_TIMEOUT_MS}",
        f"cache_size=-{CACHE_KB}",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # REPLACE would skip the delete triggers of the audit
        "trusted_schema=ON",  # the triggers call our functions
        "mmap_size=67108864",
    ):
        raw.execute(f"PRAGMA {pragma}")
    raw.create_function("suite_transaction", 0, state.current)
    raw.create_function("suite_digest", 2, state.digest)
    raw.create_function("suite_salt", 0, lambda: state.salt)


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get(WRITE, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if write else 'ON'}")
    # An import sorts a million keys for an index: by parts in a file that goes with it, so that memory has a
    # bound. It cannot be said later, within the transaction.
    connection.exec_driver_sql(f"PRAGMA temp_store={'FILE' if write else 'MEMORY'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get(WRITE, False):
        # One view from the first question to the last, as SQLite gives it: what is asked apart agrees.
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def audit_state(connection: Connection) -> AuditState:
    """The audit state of a SQLite connection."""
    state: AuditState = connection.connection.info["audit"]
    return state


class Unconfirmed(Exception):
    """The connection ended while a commit was under way: written or not, nobody knows."""


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction: committed at the end, rolled back by any exception. Raises Unconfirmed."""
    with engine.connect() as connection:
        connection = connection.execution_options(**{WRITE: True})
        transaction = connection.begin()
        try:
            yield connection
        except BaseException:
            with suppress(DBAPIError):  # of a connection that is lost there is nothing to roll back
                transaction.rollback()
            raise
        try:
            transaction.commit()
        except DBAPIError as error:
            if cause_of(error) is Cause.BROKEN:
                raise Unconfirmed from error
            raise


@contextmanager
def refusing_writes(connection: Connection) -> Iterator[None]:
    """Let the database refuse every write on a writing transaction's connection meanwhile.

    Whoever only looks (a plugin's check) shares that connection, to see what is not yet committed.
    """
    if is_sqlite(connection):
        connection.exec_driver_sql("PRAGMA query_only=ON")
        try:
            yield
        finally:
            connection.exec_driver_sql("PRAGMA query_only=OFF")
        return
    # A transaction cannot be made writable again; rolling back to a savepoint takes the setting back.
    connection.exec_driver_sql("SAVEPOINT suite_look")
    connection.exec_driver_sql("SET LOCAL transaction_read_only = on")
    try:
        yield
    finally:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT suite_look")
        connection.exec_driver_sql("RELEASE SAVEPOINT suite_look")


class ReadSession(Session):
    """A session that refuses to flush, so that a screen cannot write by accident."""

    def flush(self, objects: Any = None) -> None:
        """Refuse when anything is new, changed or deleted."""
        if self.new or self.deleted or any(self.is_modified(item) for item in self.dirty):
            self._refuse()

    def _refuse(self) -> NoReturn:
        raise RuntimeError("a read session does not write; send a command")


@contextmanager
def reading(engine: Engine) -> Iterator[ReadSession]:
    """One read transaction with a consistent view; the database itself refuses writes in it."""
    with ReadSession(engine, expire_on_commit=False) as session:
        yield session
