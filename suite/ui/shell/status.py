"""The last row of the window: connection, what just happened, key hints, the day, the display scale."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from suite.contract.states import StateKind
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.panes import Bar, rule
from suite.ui.kit.state import StateGlyph, StateValue
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, S12, Height, TextSize


class StatusRow(Bar):
    """The last station of F6: a screen reader then reads the whole row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("status", Height.STATUS_BAR, parent)
        small = TextSize.CAPTION
        self._glyph = StateGlyph(StateKind.NEUTRAL, size=10)
        self.connection = label("", size=small, tone="text2")
        self.happened = ElidedLabel("", size=small, tone="text2")
        self.progress = ProgressStrip()
        self.hints = label("", size=small, tone="text2")
        self.day = label("", size=small, tone="text2")
        self.scale = label("", size=small, tone="text2")
        self._rules = [rule(vertical=True, length=12) for _ in range(3)]
        first, second, third = self._rules
        left: tuple[QWidget, ...] = (self._glyph, self.connection, first)
        right: tuple[QWidget, ...] = (self.progress, self.hints, second, self.day, third, self.scale)
        for widget in left:
            self.row.addWidget(widget)
        self.row.addWidget(self.happened, 1)
        for widget in right:
            self.row.addWidget(widget)
        self.row.setSpacing(S12)
        self._glyph.hide()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._tell_scale()
        theme().changed.connect(self._tell_scale)

    def set_connection(self, state: StateValue) -> None:
        """How the program stands with its database: `StateValue(StateKind.OK, "已连接市局业务库")`."""
        self._glyph.set_kind(state.kind)
        self._glyph.show()
        self.connection.setText(state.word)
        self._tell()

    def set_happened(self, text: str) -> None:
        """What just happened."""
        self.happened.setText(text)
        self._tell()

    def set_hints(self, text: str) -> None:
        """The keys of the page."""
        self.hints.setText(text)
        self._tell()

    def set_day(self, text: str) -> None:
        """`2026-11-23 星期一（工作日）`."""
        self.day.setText(text)
        self._tell()

    def _tell_scale(self) -> None:
        self.scale.setText(f"显示 {theme().scale}%")
        self._tell()

    def _tell(self) -> None:
        parts = [self.connection.text(), self.happened.text(), self.hints.text(), self.day.text()]
        shown = [bool(part) for part in parts]
        self._rules[0].setVisible(shown[0] and shown[1])
        self._rules[1].setVisible(shown[2] and shown[3])
        self._rules[2].setVisible(shown[3])
        self.setAccessibleName("，".join(part for part in (*parts, self.scale.text()) if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme().color("accent"), FOCUS_WIDTH))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()
