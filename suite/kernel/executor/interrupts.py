"""Ctrl-C while a command writes: it stops at the next statement, and what is said is what the database did.

Python raises KeyboardInterrupt wherever it happens to be: within a statement, whose connection is then thrown
away under what tidies up after it; within a function that SQLite calls, where it is lost; or when the commit
has just gone through. So it is noted instead, the statement that runs is stopped by the database itself, and
the transaction ends by its own way.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, event

from suite.database.engine import is_sqlite


class Interrupt:
    """Whether somebody asked that the command stops."""

    def __init__(self) -> None:
        self.asked = False
        self._stop: Any = None

    def strike(self, *_: Any) -> None:
        """The handler of the signal: note it, and stop the statement that runs."""
        self.asked = True
        if self._stop is not None:
            with suppress(Exception):  # where the server cannot be told, the next statement stops
                self._stop()

    def check(self, *_: Any) -> None:
        """Stop here if that was asked."""
        if self.asked:
            raise KeyboardInterrupt

    @contextmanager
    def stopping(self, connection: Connection) -> Iterator[None]:
        """Let the connection's statements be stopped meanwhile. A commit afterwards is left alone."""
        raw = connection.connection.dbapi_connection
        self._stop = getattr(raw, "interrupt" if is_sqlite(connection) else "cancel")
        event.listen(connection, "before_cursor_execute", self.check)
        try:
            self.check()
            yield
        finally:
            self._stop = None
            event.remove(connection, "before_cursor_execute", self.check)


@contextmanager
def heeding() -> Iterator[Interrupt]:
    """Note Ctrl-C meanwhile. Only the main thread hears it; what runs beside a window is stopped by that."""
    interrupt = Interrupt()
    former = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(former):
        yield interrupt
        return
    signal.signal(signal.SIGINT, interrupt.strike)
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, former)
