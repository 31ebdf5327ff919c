"""Bars that speak in place of dialogs: notices and empty states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.panes import Bar, Box
from suite.ui.kit.state import StateGlyph, state_token
from suite.ui.kit.text import BalancedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S8, S12, S24, Height, TextSize


class NoticeKind(StrEnum):
    """How grave a notice is."""

    BAD = "bad"
    WARN = "warn"
    INFO = "info"
    OK = "ok"


_KINDS: dict[NoticeKind, tuple[StateKind, Box]] = {
    NoticeKind.BAD: (StateKind.BAD, "notice-bad"),
    NoticeKind.WARN: (StateKind.WARN, "notice-warn"),
    NoticeKind.INFO: (StateKind.RUN, "notice-info"),
    NoticeKind.OK: (StateKind.OK, "notice-ok"),
}

Act = tuple[str, Callable[[], object]]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One sentence (fact, reason, what to do), a paler remark, and buttons with what they do."""

    kind: NoticeKind
    text: str
    remark: str = ""
    buttons: tuple[Act, ...] = ()
    closable: bool = False


class NoticeBar(Bar):
    """Colour + glyph + sentence + buttons, across the page."""

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        state, box = _KINDS[notice.kind]
        super().__init__(box, Height.BAR, parent)
        self.notice = notice
        self.row.addWidget(StateGlyph(state))
        self.text = label(notice.text, bold=True, tone=state_token(state), wrap=True)
        self.row.addWidget(self.text, 1)
        self.remark = label(notice.remark, tone="text2", size=TextSize.CAPTION)
        if notice.remark:
            self.row.addWidget(self.remark)
        self.buttons: list[Button] = []
        for word, act in notice.buttons:
            button = Button(word)
            button.clicked.connect(lambda _=False, act=act: act())
            self.row.addWidget(button)
            self.buttons.append(button)
        if notice.closable:
            close = Button(icon_name="close", look=Look.ICON, tip="关闭提示")
            close.clicked.connect(self.dismiss)
            self.row.addWidget(close)
        self.setAccessibleName(notice.text)

    def _restyle(self) -> None:
        # Higher where a long sentence wraps in large type.
        self.setMinimumHeight(theme().height(Height.BAR))
        self.row.setContentsMargins(S12, S4, S12, S4)

    def say(self, text: str, remark: str) -> None:
        """Say something else; the buttons stay. Only for a notice that had a remark."""
        self.text.setText(text)
        self.remark.setText(remark)
        self.setAccessibleName(text)

    def focus_first(self) -> None:
        """Give the keyboard to the first button."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Take the bar away."""
        self.hide()
        self.deleteLater()


class EmptyState(QWidget):
    """Takes a table's place: a sentence that says why it is empty, and one button for the next step."""

    def __init__(
        self,
        sentence: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(S24, 4 * S24, S24, S24)
        column.setSpacing(S12)
        self.sentence = BalancedLabel(sentence, tone="text2")
        column.addWidget(self.sentence)
        self.button = Button(button)
        if act is not None:
            self.button.clicked.connect(lambda: act())
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button.setVisible(bool(button))
        column.addSpacing(S8)
        column.addStretch()

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self.sentence.setText(sentence)
