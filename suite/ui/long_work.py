"""Long work of a page: on a worker, told by a strip when it lasts, stopped by 取消; failures told above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from suite.contract.commands import Command, Done
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.executor.executor import Cancelled, Deliver
from suite.ui.desk import TELL_AFTER_MS, Desk, Ticket, sentence_of
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.notices import Act, Notice, NoticeBar, NoticeKind
from suite.ui.kit.page import Page


class LongWork(QObject):
    """One work at a time; answers come here. What is begun while a file is read or written takes its place,
    and is left out while a command is under way: that one is carried out and told."""

    def __init__(self, desk: Desk, page: Page, strip: ProgressStrip) -> None:
        super().__init__(page)
        self._desk, self._page, self._strip = desk, page, strip
        self._ticket: Ticket | None = None
        self._commands = False
        self._what = ""
        self._on_done: Callable[[Any], object] | None = None
        self._on_failed: Callable[[Exception], object] | None = None
        self._told: NoticeBar | None = None
        self._tell = QTimer(self, singleShot=True, interval=TELL_AFTER_MS)
        self._tell.timeout.connect(self._tell_slow)
        strip.cancel_wanted.connect(self.cancel)

    def begin(
        self,
        what: str,
        function: Callable[[Ticket], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run a function on a worker; without `on_failed` the page tells of a failure by a notice."""

        def work(ticket: Ticket) -> Any:
            try:
                return function(ticket)
            except FileRefused as refused:
                return refused  # the file is at fault, not the program: nothing for the log

        if not self._commands:
            self._prepare(what, on_done, on_failed)
            self._watch(self._desk.work(work, self._came, self._failed))

    def run(
        self,
        what: str,
        command: Command,
        on_done: Callable[[Done], object],
        on_failed: Callable[[Exception], object] | None = None,
        deliver: Deliver | None = None,
    ) -> None:
        """Carry out a command that takes long."""
        if not self._commands:
            self._prepare(what, on_done, on_failed)
            self._commands = True
            self._watch(self._desk.run(command, self._came, self._failed, deliver=deliver))

    def _prepare(
        self, what: str, on_done: Callable[[Any], object], on_failed: Callable[[Exception], object] | None
    ) -> None:
        self.drop()
        self._what, self._on_done, self._on_failed = what, on_done, on_failed
        self._tell.start()

    def _watch(self, ticket: Ticket) -> None:
        self._ticket = ticket
        ticket.progressed.connect(self._progressed, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._ticket is not None

    def cancel(self) -> None:
        """Stop at the next step; nothing is written."""
        if self._ticket is not None:
            self._ticket.cancel()

    def drop(self) -> None:
        """Wait for no file any more."""
        if self._ticket is not None and not self._commands:
            self._ticket.drop()
            self._ticket.cancel()
            self._finish()

    def _finish(self) -> None:
        self._ticket, self._commands = None, False
        self._tell.stop()
        self._strip.finish()

    def _came(self, answer: Any) -> None:
        if isinstance(answer, FileRefused):
            self._failed(answer)
            return
        self._finish()
        self.hush()
        if self._on_done is not None:
            self._on_done(answer)

    def _failed(self, error: Exception) -> None:
        self._finish()
        (self._on_failed or self.lost)(error)

    def _tell_slow(self) -> None:
        if self._ticket is not None:
            self._strip.begin(self._what)

    def _progressed(self, what: str, done: int, total: int) -> None:
        if self.sender() is self._ticket and not self._strip.isHidden():
            self._strip.what.setText(what)
            self._strip.advance(done, total)

    # What the page tells.

    def lost(self, error: Exception) -> None:
        """Tell of a failure above the page."""
        kind = NoticeKind.INFO if isinstance(error, Cancelled) else NoticeKind.BAD
        self.tell(kind, sentence_of(error))

    def tell(self, kind: NoticeKind, text: str, *buttons: Act) -> None:
        """Say something above the page in place of what was said there before."""
        self.hush()
        bar = self._page.show_notice(Notice(kind=kind, text=text, buttons=buttons, closable=True))
        self._told = bar
        bar.destroyed.connect(lambda: self._forget(bar))

    def hush(self) -> None:
        """Take back what was said last."""
        if self._told is not None:
            bar, self._told = self._told, None
            bar.dismiss()

    def _forget(self, bar: NoticeBar) -> None:
        if self._told is bar:
            self._told = None

    @property
    def told(self) -> str:
        """What the notice says now; empty without one."""
        return self._told.notice.text if self._told is not None else ""
