"""Between the screens and the kernel: reads and commands run on worker threads, answers come back here.

While the database is away, reads wait until it is back and commands are refused at once, so that a form keeps
its text. What other desks change is announced by `changed` as well.

No query runs on the GUI thread. A screen asks `desk.read(function, on_done)`; the function gets a read
session and runs in a worker with a connection of its own. A request that is no longer wanted is dropped
by its ticket. Commands go through `desk.run`; what they changed is announced to every screen by `changed`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid

from suite.bootstrap import Suite
from suite.connecting import is_missing
from suite.contract.commands import Actor, Command, Done
from suite.contract.problems import Refused
from suite.database.causes import Cause
from suite.database.engine import ReadSession
from suite.kernel.connection.rules import problem_of_cause
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.executor.executor import Bug, Cancelled, Deliver
from suite.ui.collector import GuiCollector
from suite.ui.link import Link, is_away
from suite.ui.news import News

log = logging.getLogger(__name__)

#: A read that takes longer is told in the count line; under it nothing flickers.
TELL_AFTER_MS = 300


class Ticket(QObject):
    """One request under way. `drop()` says that nobody waits for its answer any more."""

    answered = Signal(object)
    failed = Signal(object)
    progressed = Signal(str, int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.dropped = False
        self.cancelled = False
        self.over = False

    def drop(self) -> None:
        """Ignore the answer."""
        self.dropped = True

    def cancel(self) -> None:
        """Stop a long command at its next step; nothing of it is written."""
        self.cancelled = True

    def report(self, what: str, done: int, total: int) -> None:
        """On the worker: how far the work is. Raises Cancelled once it is to stop."""
        if self.cancelled:
            raise Cancelled("已取消，未写入任何内容。")
        self.progressed.emit(what, done, total)


class _Job(QRunnable):
    def __init__(self, ticket: Ticket, work: Callable[[], object]) -> None:
        super().__init__()
        self.setAutoDelete(True)
        self._ticket = ticket
        self._work = work

    def run(self) -> None:
        """On a worker thread: do the work, send the answer to the GUI thread."""
        try:
            answer = self._work()
        except (Refused, Bug, Cancelled) as told:
            self._send(self._ticket.failed, told)
        except Exception as error:
            log.exception("a read failed")
            self._send(self._ticket.failed, error)
        else:
            self._send(self._ticket.answered, answer)

    def _send(self, signal: Any, answer: object) -> None:
        try:
            signal.emit(answer)
        except RuntimeError:
            # The window closed while the query ran: the ticket's C++ side is gone, nobody waits.
            log.debug("an answer came after its page had gone")


class Desk(QObject):
    """The suite as a window sees it: one actor, worker threads, and news of changes."""

    changed = Signal(object)  # Done of a command of this desk, or without words of another one
    refused = Signal(str)  # a sentence for the status bar
    happened = Signal(str)

    def __init__(self, suite: Suite, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.suite = suite
        self._actor = actor
        self.pool = QThreadPool(self)
        self.pool.setMaxThreadCount(4)
        self._tickets: set[Ticket] = set()
        self._waiting: list[tuple[Ticket, Callable[[], object]]] = []
        self.link = Link(self._reach, self)
        self.link.back.connect(self._run_waiting)
        self._news: News | None = None
        self._collector = GuiCollector(self)

    @property
    def actor(self) -> Actor:
        """Who acts, with what is held today: what a stand-in held until yesterday is over."""
        return self._actor.on(self.suite.today)

    def _reach(self) -> None:
        """On a worker: raises Refused while the database is away. A file that has gone is not made anew."""
        if is_missing(self.suite.settings):
            raise Refused([problem_of_cause(Cause.FILE)])
        self.suite.check_database()

    def listen(self) -> None:
        """Announce from now on by `changed` what other desks change, too."""
        if self._news is None:
            self._news = News(self.suite, self)
            self._news.heard.connect(lambda changes: self.changed.emit(Done(text="", changes=changes)))
            self._news.away.connect(self._deaf, Qt.ConnectionType.QueuedConnection)
            self.link.back.connect(self._news.begin)
        self._news.begin()

    def _deaf(self, refused: Refused) -> None:
        if is_away(refused):
            self.link.lose()

    def read(
        self,
        query: Callable[[ReadSession], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[Exception], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run a query on a worker; `on_done` gets its answer on the GUI thread.

        When `owner` (default: the object whose method `on_done` is) has gone by then, nobody is told.
        """

        def work() -> object:
            with self.suite.reading() as session:
                return query(session)

        return self._begin(Ticket(self), work, on_done, on_failed, owner or _owner_of(on_done), waits=True)

    def work(
        self,
        function: Callable[[Ticket], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[Exception], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run long work (reading a workbook, writing a file) on a worker; it may look at its ticket."""
        ticket = Ticket(self)
        return self._begin(ticket, lambda: function(ticket), on_done, on_failed, owner or _owner_of(on_done))

    def run(
        self,
        command: Command,
        on_done: Callable[[Done], object],
        on_failed: Callable[[Exception], object] | None = None,
        *,
        reason: str = "",
        dry_run: bool = False,
        deliver: Deliver | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Send a command. `on_failed` gets Refused (problems to place), Bug or Cancelled.

        What it changed is announced even when `owner` has gone. While the database is away it is refused
        with UNAVAILABLE and not tried: what it would meet later is not what the person saw.
        """
        ticket = Ticket(self)
        waiting = owner or _owner_of(on_done)

        def work() -> Done:
            if self.link.away:
                raise Refused([problem_of_cause(Cause.BROKEN, unwritten=True)])
            return self.suite.run(
                command,
                self.actor,
                dry_run=dry_run,
                reason=reason,
                progress=ticket.report,
                deliver=deliver,
            )

        def finished(done: Done) -> None:
            if not _gone(waiting):
                on_done(done)
            if not dry_run:
                self.happened.emit(done.text)
                self.changed.emit(done)

        return self._begin(ticket, work, finished, on_failed, None)

    def _begin(
        self,
        ticket: Ticket,
        work: Callable[[], object],
        on_done: Callable[[Any], object],
        on_failed: Callable[[Exception], object] | None,
        owner: QObject | None,
        *,
        waits: bool = False,
    ) -> Ticket:
        def answered(answer: object) -> None:
            self._over(ticket)
            if not ticket.dropped and not _gone(owner):
                on_done(answer)

        def failed(error: Exception) -> None:
            if is_away(error):
                self.link.lose()
                if waits:
                    self._waiting.append((ticket, work))
                    return
            self._over(ticket)
            if ticket.dropped or _gone(owner) or _gone(_owner_of(on_failed)):
                return
            if on_failed is not None:
                on_failed(error)
            else:
                self.refused.emit(sentence_of(error))

        ticket.answered.connect(answered, Qt.ConnectionType.QueuedConnection)
        ticket.failed.connect(failed, Qt.ConnectionType.QueuedConnection)
        self._tickets.add(ticket)
        if waits and self.link.away:
            self._waiting.append((ticket, work))
        else:
            self.pool.start(_Job(ticket, work))
        return ticket

    def _run_waiting(self) -> None:
        """The database is back: run the reads that somebody still waits for, in their order."""
        waiting, self._waiting = self._waiting, []
        for ticket, work in waiting:
            if ticket.dropped:
                self._over(ticket)
            else:
                self.pool.start(_Job(ticket, work))

    def _over(self, ticket: Ticket) -> None:
        ticket.over = True
        self._tickets.discard(ticket)
        ticket.deleteLater()

    @property
    def busy(self) -> bool:
        """Whether anything is under way (tests wait for this to end)."""
        return bool(self._tickets)

    def close(self) -> None:
        """Wait for the workers; called when the window closes."""
        self.link.stop()
        if self._news is not None:
            self._news.end()
        for ticket in list(self._tickets):
            ticket.drop()
            ticket.cancel()
        self.pool.waitForDone(10_000)


def _owner_of(callback: object) -> QObject | None:
    """The widget whose method a callback is."""
    owner = getattr(callback, "__self__", None)
    return owner if isinstance(owner, QObject) else None


def _gone(owner: QObject | None) -> bool:
    """Whether a widget was closed and thrown away meanwhile."""
    return owner is not None and not isValid(owner)


def sentence_of(error: Exception) -> str:
    """What to tell a person about a failure, in one sentence."""
    if isinstance(error, Refused):
        return error.problems[0].text
    if isinstance(error, FileRefused):
        return error.text
    if isinstance(error, (Bug, Cancelled)):
        return str(error)
    return f"查询失败：{type(error).__name__}。请按 F5 重试；如仍出现，请转告系统管理员。"
