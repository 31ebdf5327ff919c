"""What other desks change, as it happens: one connection that only listens. Knows no window."""

from __future__ import annotations

import time
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.contract.commands import Change
from suite.contract.problems import Refused
from suite.database.causes import cause_of
from suite.database.engine import server_arguments
from suite.kernel.audit import news
from suite.kernel.connection.rules import problem_of_cause


class Listening(Protocol):
    """Belongs to one thread. Both methods raise Refused once the database is away."""

    def wait(self, seconds: float) -> tuple[Change, ...]:
        """What others have changed; empty when nothing came within this time."""

    def close(self) -> None:
        """Give the connection back."""


def listen(suite: Suite) -> Listening:
    """Begin to listen. Raises Refused when the database is away."""
    try:
        return _FileListening(suite) if suite.engine.dialect.name == "sqlite" else _ServerListening(suite)
    except Exception as error:
        raise _refused(error) from error


def _refused(error: Exception) -> Exception:
    """The refusal where the database is away; what is anything else stays what it is."""
    cause = cause_of(error)
    return error if cause is None else Refused([problem_of_cause(cause)])


class _ServerListening:
    def __init__(self, suite: Suite) -> None:
        engine = suite.engine
        self._origin = suite.executor.origin
        places, named = engine.dialect.create_connect_args(engine.url)
        asked = {**server_arguments(engine.url), **named}
        self._raw: Any = engine.dialect.connect(*places, **asked, autocommit=True)
        self._raw.execute(f"LISTEN {news.CHANNEL}")

    def wait(self, seconds: float) -> tuple[Change, ...]:
        """Comes back as soon as something was told."""
        found: list[Change] = []
        try:
            for told in self._raw.notifies(timeout=seconds, stop_after=1):
                found += news.changes_of(told.payload, self._origin)
        except Exception as error:
            raise _refused(error) from error
        return news.joined_changes(found)

    def close(self) -> None:
        self._raw.close()


class _FileListening:
    def __init__(self, suite: Suite) -> None:
        self._own = suite.executor.numbers
        self._connection: Connection = suite.engine.connect()
        self._version, self._last = self._look()

    def _look(self) -> tuple[int, int]:
        with self._connection.begin():
            return news.data_version(self._connection), news.last_transaction(self._connection)

    def wait(self, seconds: float) -> tuple[Change, ...]:
        """Looks now and, where nothing was new, at the end; an idle file costs one small read each time."""
        try:
            found = self._changes()
            if not found:
                time.sleep(seconds)
                found = self._changes()
        except DBAPIError as error:
            raise _refused(error) from error
        return found

    def _changes(self) -> tuple[Change, ...]:
        with self._connection.begin():
            version = news.data_version(self._connection)
            if version == self._version:
                return ()
            after, self._version = self._last, version
            self._last = news.last_transaction(self._connection)
            return news.traced_changes(self._connection, after, self._own)

    def close(self) -> None:
        self._connection.close()
