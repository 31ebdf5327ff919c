"""Keeps Python's cycle collector on the GUI thread while worker threads run.

A collection starts in whatever thread happens to allocate. On a worker it would destroy widgets and timers
of closed pages there, which Qt answers by ending the process.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 400

_owners: set[int] = set()


class GuiCollector(QObject):
    """Collects when the interpreter would have, from a timer of the thread that it was made in.

    Lives as long as its parent; the last one to go gives collection back to the interpreter.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        number = id(self)
        _owners.add(number)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.destroyed.connect(lambda: _released(number))

    @staticmethod
    def look() -> None:
        """Collect the oldest generation that is due."""
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        for generation in (2, 1, 0):
            if due[generation]:
                gc.collect(generation)
                return


def _released(number: int) -> None:
    _owners.discard(number)
    if not _owners:
        gc.enable()
