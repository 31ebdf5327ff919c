"""A list that drops below an editor and never takes the keyboard from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from suite.ui.kit.delegate import draw_text
from suite.ui.kit.fields import Choice
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, Height, TextSize

VISIBLE_ROWS = 9


class DropList(QWidget):
    """Choices below an anchor, drawn in the anchor's window; the anchor passes ↑ ↓ Enter on to it."""

    picked = Signal(object)  # Choice

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self._choices: list[Choice] = []
        self._current = -1
        self._top = 0
        self._empty = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.hide()

    @property
    def choices(self) -> list[Choice]:
        """What is listed now."""
        return self._choices

    @property
    def current(self) -> Choice | None:
        """The marked entry."""
        return self._choices[self._current] if 0 <= self._current < len(self._choices) else None

    def offer(
        self, choices: Sequence[Choice], *, empty: str = "没有相符的项", current: object = None
    ) -> None:
        """Show entries, or the sentence `empty` when there are none."""
        self._choices = list(choices)
        self._empty = empty
        values = [choice.value for choice in self._choices]
        self._current = values.index(current) if current in values else (0 if values else -1)
        self._top = max(0, min(self._current - 2, len(values) - VISIBLE_ROWS))
        self._place()
        self.show()
        self.raise_()
        self.update()

    def step(self, by: int) -> None:
        """Mark the next or the previous entry."""
        if self._choices:
            self._current = max(0, min(self._current + by, len(self._choices) - 1))
            self._top = max(min(self._top, self._current), self._current - VISIBLE_ROWS + 1)
            self.update()

    def pick_current(self) -> bool:
        """Take the marked entry; False if there is none."""
        choice = self.current
        if not self.isVisible() or choice is None:
            return False
        self.hide()
        self.picked.emit(choice)
        return True

    def _row(self) -> int:
        return theme().height(Height.CONTROL)

    def _place(self) -> None:
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        rows = max(1, min(len(self._choices), VISIBLE_ROWS))
        size = QSize(max(self._anchor.width(), theme().pixels(180)), rows * self._row() + 2)
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 1))
        if below.y() + size.height() > window.height():
            below = self._anchor.mapTo(window, QPoint(0, -size.height() - 1))
        below.setX(max(0, min(below.x(), window.width() - size.width())))
        self.setGeometry(QRect(below, size))

    def _row_at(self, point: QPoint) -> int:
        row = self._top + (point.y() - 1) // self._row()
        return row if 0 <= row < len(self._choices) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row >= 0 and row != self._current:
            self._current = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row >= 0:
            self._current = row
            self.pick_current()

    def wheelEvent(self, event: QWheelEvent) -> None:
        step = -1 if event.angleDelta().y() > 0 else 1
        self._top = max(0, min(self._top + step, len(self._choices) - VISIBLE_ROWS))
        self.update()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("surface"))
        row = self._row()
        if not self._choices:
            draw_text(painter, QRect(S8, 1, self.width() - 2 * S8, row), self._empty, "text2")
        for place, choice in enumerate(self._choices[self._top : self._top + VISIBLE_ROWS]):
            line = QRect(1, 1 + place * row, self.width() - 2, row)
            if self._top + place == self._current:
                painter.fillRect(line, look.color("accent_sel"))
            box = line.adjusted(S8, 0, -S8, 0)
            draw_text(painter, box, choice.title, "text1")
            used = look.metrics().horizontalAdvance(choice.title) + S8
            if choice.note and used < box.width():
                draw_text(painter, box.adjusted(used, 0, 0, 0), choice.note, "text2", size=TextSize.CAPTION)
        painter.setPen(look.color("mid"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
