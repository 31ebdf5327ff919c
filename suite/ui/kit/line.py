"""A line edit that waits for the input method: nothing is searched while a word is being composed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from suite.ui.kit.icons import icon
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import ICON_CONTROL

TYPING_PAUSE_MS = 200
# Some input methods pass on the Enter that picked the candidate, a moment after its text.
CANDIDATE_ENTER_MS = 50


class LineEdit(QLineEdit):
    """Sends `settled` when the text is worth acting on, and `entered` for a true Enter.

    Letters and Chinese settle 200 ms after the last commit, digits at once. While preedit text exists
    nothing is sent; the Enter that commits a candidate is not Enter.
    """

    settled = Signal(str)
    entered = Signal()
    left = Signal()
    stepped = Signal(int)  # ↑ -1, ↓ +1: a list that belongs to the line moves

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        name: str = "",
        icon_name: str = "",
        clearable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._preedit = False
        self._sent = ""
        self._icon_name = icon_name
        self._icon_action: QAction | None = None
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._settle)
        self._committed = QTimer(self, singleShot=True, interval=CANDIDATE_ENTER_MS)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setClearButtonEnabled(clearable)
        self.textChanged.connect(self._text_changed)
        if icon_name:
            self._draw_icon()
            theme().changed.connect(self._draw_icon)

    @property
    def composing(self) -> bool:
        """True while the input method holds an unfinished word."""
        return self._preedit

    def set_quietly(self, text: str) -> None:
        """Put a text in without sending `settled`."""
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)
        self._sent = text
        self._pause.stop()
        self.update()

    def flush(self) -> None:
        """Settle now, without the pause; does nothing while a word is being composed."""
        self._pause.stop()
        self._settle()

    def _draw_icon(self) -> None:
        look = theme()
        picture = icon(self._icon_name, "text2", look.pixels(ICON_CONTROL), self.devicePixelRatioF())
        if self._icon_action is None:
            self._icon_action = self.addAction(picture, QLineEdit.ActionPosition.LeadingPosition)
            self._icon_action.setEnabled(True)
        else:
            self._icon_action.setIcon(picture)

    def _text_changed(self, text: str) -> None:
        if self._preedit:
            return
        if not text or text.isdigit():
            self.flush()
        else:
            self._pause.start()

    def _settle(self) -> None:
        if self._preedit or self.text() == self._sent:
            return
        self._sent = self.text()
        self.settled.emit(self._sent)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = bool(event.preeditString())
        if self._preedit:
            self._pause.stop()
        if event.commitString():
            self._committed.start()
        super().inputMethodEvent(event)
        if not self._preedit and self.text() != self._sent:
            self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if not self._preedit and not self._committed.isActive():
                self.flush()
                self.entered.emit()
            return
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self._preedit:
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()
