"""Typing as a person does: Latin by keys, Chinese through an input method."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """One event of the input method: what is being composed now, and what is taken over."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(widget, event)


def type_text(widget: QWidget, text: str) -> None:
    """Type a text into a widget that has the keyboard."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(widget, character)
        else:
            compose(widget, "x")
            compose(widget, "", character)
