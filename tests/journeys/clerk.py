"""A clerk at the window: keys, words, waiting, and what can be read on the screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from suite.database.engine import ReadSession
from suite.ui.assembly import Assembly
from suite.ui.kit.page import Page
from tests.ui.hands import type_text

QUIET_S = 0.5
#: Far longer than any step takes: a machine that is shared with others may stand still for a while.
LONGEST_S = 60.0

#: Set while a test asks the database itself, which no screen does on this thread.
behind_the_window: ContextVar[bool] = ContextVar("behind_the_window", default=False)


class Clerk:
    """Works with the keyboard alone. After each key the event loop runs, as it does for a person."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.keys = 0

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        found = QApplication.focusWidget()
        return found if found is not None else self.assembly.window

    @property
    def page(self) -> Page:
        """The page in front."""
        page = self.assembly.window.current_page
        assert page is not None
        return page

    @contextmanager
    def looking_behind(self) -> Iterator[ReadSession]:
        """What the database holds, for the test itself."""
        before = behind_the_window.set(True)
        with self.assembly.suite.reading() as session:
            yield session
        behind_the_window.reset(before)

    def press(self, *keys: str) -> None:
        """Keys as they are written: `Ctrl+K`, `Return`, `Alt+2`."""
        for one in keys:
            combination: QKeyCombination = QKeySequence(one)[0]  # type: ignore[index]
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())
            self.keys += 1
            QCoreApplication.processEvents()

    def types(self, text: str) -> None:
        """Letter by letter; Chinese comes from an input method."""
        for letter in text:
            type_text(self.focus, letter)
            self.keys += 1
            QCoreApplication.processEvents()

    def replaces(self, text: str) -> None:
        """Type over what a line holds."""
        self.press("Ctrl+A")
        self.types(text)

    def waits(self) -> None:
        """Until nothing has been under way for a moment."""
        begun = quiet = time.monotonic()
        while time.monotonic() - quiet < QUIET_S:
            QTest.qWait(10)
            if self.assembly.desk.busy:
                quiet = time.monotonic()
            assert time.monotonic() - begun < LONGEST_S, "the window does not come to rest"

    def until(self, comes: Callable[[], bool]) -> None:
        """Until what is waited for has come."""
        begun = time.monotonic()
        while not comes():
            QTest.qWait(10)
            assert time.monotonic() - begun < LONGEST_S, "what was waited for did not come"

    def goes_to(self, wanted: Callable[[QWidget], bool], key: str = "Tab", most: int = 60) -> QWidget:
        """Step with a key until what has the keyboard is wanted."""
        for _ in range(most):
            if wanted(self.focus):
                return self.focus
            self.press(key)
        raise AssertionError(f"{key} does not lead there; the keyboard is in {words_of(self.focus)}")

    def commands(self, text: str) -> None:
        """Find something with Ctrl+K and open the first hit."""
        self.press("Ctrl+K")
        self.types(text)
        self.waits()
        self.press("Return")
        self.waits()


def words_of(widget: QWidget) -> str:
    """What a widget is called and what stands on it."""
    text = getattr(widget, "text", None)
    return f"{widget.accessibleName()} {text() if callable(text) else ''}".strip()


def named(name: str) -> Callable[[QWidget], bool]:
    """A widget with this in its accessible name or its text."""
    return lambda widget: name in words_of(widget)


def without_keyboard(page: QWidget) -> list[str]:
    """Visible controls of a page that the keyboard reaches and a screen reader could not name."""
    return [
        type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not words_of(widget)
    ]
