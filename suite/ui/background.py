"""Work off the GUI thread before there is a desk: opening a database, trying a connection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from suite.contract.problems import Refused

log = logging.getLogger(__name__)


class Background(QObject):
    """One work at a time; its answer or its failure comes back on the GUI thread. A later one replaces it."""

    _answered = Signal(int, object)
    _failed = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._number = 0
        self._done: Callable[[Any], object] | None = None
        self._lost: Callable[[Exception], object] | None = None
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._failed.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(
        self, work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Exception], object]
    ) -> None:
        """Run `work` on a worker thread, then `done` with its answer or `failed` with its exception."""
        self._number += 1
        self._done, self._lost = done, failed
        number = self._number

        def run() -> None:
            try:
                answer = work()
            except Refused as refused:
                self._send(self._failed, number, refused)
            except Exception as error:
                log.exception("work in the background failed")
                self._send(self._failed, number, error)
            else:
                self._send(self._answered, number, answer)

        QThreadPool.globalInstance().start(QRunnable.create(run))

    def _send(self, signal: Any, number: int, answer: object) -> None:
        try:
            signal.emit(number, answer)
        except RuntimeError:
            # The window closed meanwhile: the C++ side is gone, nobody waits.
            log.debug("an answer came after its window had gone")

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._done is not None

    def _take(self, number: int, answer: object) -> None:
        done = self._done
        if number == self._number and done is not None:
            self._done = None
            done(answer)

    def _tell(self, number: int, error: Exception) -> None:
        lost = self._lost
        if number == self._number and self._done is not None and lost is not None:
            self._done = None
            lost(error)
