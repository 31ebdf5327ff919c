"""Whether the database answers, and coming back to it: tried again after pauses that grow."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from suite.contract.problems import Problem, Refused
from suite.kernel.connection.rules import is_passing
from suite.ui.background import Background

#: Seconds before the first, the second, … try; the last one holds for all that follow.
PAUSES = (1, 2, 4, 8, 15, 30)
#: Each is longer or shorter by as much, so that twenty desks do not come back in one instant.
SPREAD = 0.2


class Link(QObject):
    """`reach` asks the database on a worker and raises Refused while it is away."""

    lost = Signal()
    trying = Signal(int)  # the number of the try that begins
    failed = Signal(int, object, int)  # the number of the try, its Problem, seconds until the next one
    back = Signal()

    def __init__(self, reach: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self.away = False
        self.tries = 0
        self._stopped = False
        self._reach = reach
        self._background = Background(self)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self.retry)

    def lose(self) -> None:
        """The database is away: begin to try. Told once, however many meet it."""
        if not self.away and not self._stopped:
            self.away = True
            self.tries = 0
            self.lost.emit()
            self._wait()

    def _wait(self) -> int:
        pause = PAUSES[min(self.tries, len(PAUSES) - 1)]
        self._pause.start(int(1000 * pause * random.uniform(1 - SPREAD, 1 + SPREAD)))
        return pause

    def retry(self) -> None:
        """Try now."""
        if self.away and not self._background.busy:
            self._pause.stop()
            self.tries += 1
            self.trying.emit(self.tries)
            self._background.start(self._reach, self._reached, self._missed)

    def _reached(self, _answer: object) -> None:
        self.away = False
        self.back.emit()

    def _missed(self, error: Exception) -> None:
        problem = error.problems[0] if isinstance(error, Refused) else Problem(code="bug", text=str(error))
        self.failed.emit(self.tries, problem, self._wait())

    def stop(self) -> None:
        """Try no more, whoever still asks: the window closes."""
        self._stopped = True
        self._pause.stop()


def is_away(error: Exception) -> bool:
    """Whether something failed because the database is away and may be back in a while."""
    return isinstance(error, Refused) and any(is_passing(problem) for problem in error.problems)
