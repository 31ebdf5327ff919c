"""Looks once a minute whether this desk's daily backup is due, and lets a worker take it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, QTimer, Signal

from suite.contract.commands import Change, Done
from suite.kernel.backups.commands import MAINTAIN
from suite.safekeeping.scheduled import Scheduled, due, run_scheduled
from suite.ui.desk import Desk, sentence_of

LOOK_EVERY_MS = 60_000


class BackupClock(QObject):
    """Runs while the window is open. `failed` carries a sentence; the home page goes on telling it."""

    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._busy = False
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Begin the backup if it is due; reads nothing but this desk's own small file."""
        suite, actor, now = self._desk.suite, self._desk.actor, dt.datetime.now(dt.UTC)
        if self._busy or not actor.may(MAINTAIN) or not due(suite.settings, now):
            return
        self._busy = True
        self._desk.work(
            lambda ticket: run_scheduled(suite, actor, ticket.report, now), self._done, self._failed
        )

    def _done(self, done: Scheduled) -> None:
        self._busy = False
        # What it noted in the book went past the desk: let the pages that show it read again.
        words = "备份完成，已验证可恢复" if done.proof.good else "备份未能验证"
        self._desk.happened.emit(words)
        self._desk.changed.emit(Done(text=words, changes=(Change(kind="core.backup", ids=()),)))
        if not done.proof.good:
            self.failed.emit("今天的备份未能验证，原有备份都保留着。请在“设置”的“备份”中查看。")

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(f"今天的备份没有完成：{sentence_of(error)}")
