"""Until nothing is under way in a window: no worker, and no pause of a page after which it asks."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from suite.ui.desk import Desk

#: Pauses of a page are shorter: for more typing, for a selection that moves on, for counts.
LONGEST_PAUSE_MS = 240
LOOK_EVERY_MS = 10
#: What an answer leads to begins at the latest with the next turn of the event loop.
TURNS = 3


def _pauses() -> bool:
    timers = (timer for window in QApplication.topLevelWidgets() for timer in window.findChildren(QTimer))
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST_PAUSE_MS for timer in timers
    )


def rest(qtbot: QtBot, desk: Desk) -> None:
    """Wait until nothing has been under way for a few turns of the event loop."""
    quiet = 0
    while quiet < TURNS:
        qtbot.wait(LOOK_EVERY_MS)
        quiet = 0 if desk.busy or _pauses() else quiet + 1
