"""A masked value in the header: text, eye, and the reason asked in a small frame below."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from suite.ui.kit.buttons import icon_button
from suite.ui.kit.masked import ReasonStrip
from suite.ui.kit.popover import Popover
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4


class MaskedFact(QWidget):
    """Shows the masked text; `reveal_wanted(reason)` asks the page, which answers by `reveal`."""

    reveal_wanted = Signal(str)

    def __init__(self, title: str, masked: str, *, refusal: str, seconds: int) -> None:
        super().__init__()
        self._masked = masked
        self._seconds = seconds
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S4)
        self.text = label(masked)
        self.eye = icon_button("eye", f"查看完整的{title}，须填写事由")
        # Lower than a form's button, so that the lines of the header keep their distance.
        self.eye.setStyleSheet("min-height: 0; padding: 0;")
        self.eye.setFixedHeight(theme().height(20))
        row.addWidget(self.text)
        row.addWidget(self.eye)
        self._popover: Popover | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.conceal)
        self.eye.clicked.connect(self._ask)
        if refusal:
            self.eye.refuse(refusal)

    def _ask(self) -> None:
        if self._popover is None:
            self._popover = Popover(self)
            # The frame belongs to the window: it must not outlive the value that it asks about.
            self.destroyed.connect(self._popover.deleteLater)
            self._popover.setMinimumWidth(theme().pixels(380))
            self.strip = ReasonStrip()
            self.strip.show_button.setText(f"查看 {self._seconds} 秒")
            self._popover.body.addWidget(self.strip)
            self.strip.given.connect(self._given)
        self._popover.open_at(self.eye, self.strip.line)
        self.strip.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._popover is not None:
            self._popover.dismiss()

    def _given(self, reason: str) -> None:
        if self._popover is not None:
            self._popover.dismiss()
        self.reveal_wanted.emit(reason)

    def reveal(self, full: str, seconds: int) -> None:
        """Show the full value for some seconds, here only."""
        self.text.setText(full)
        self._timer.start(seconds * 1000)

    def conceal(self) -> None:
        """Show the masked text again."""
        self._timer.stop()
        self.text.setText(self._masked)
