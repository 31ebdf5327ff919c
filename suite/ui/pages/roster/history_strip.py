"""沿革: what happened to a record, latest first, on one line down the summary."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from suite.ui.kit.delegate import draw_text
from suite.ui.kit.state import paint_state
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S6, S8, S12, TextSize
from suite.ui.pages.roster.summary_data import Event

_LINE = 28
_GLYPH = 10


class HistoryStrip(QWidget):
    """Glyph, day, act and note, one a line; its text stands in the accessible description."""

    def __init__(self, events: Sequence[Event], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events = tuple(events)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("沿革")
        self.setAccessibleDescription("；".join(self._words(event) for event in self._events))

    @staticmethod
    def _words(event: Event) -> str:
        day = str(event.day) if event.day else "起始"
        return f"{day} {event.title} {event.note}".strip()

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(240), theme().height(_LINE) * max(len(self._events), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = event.pos().y() // theme().height(_LINE)
            if 0 <= row < len(self._events):
                QToolTip.showText(event.globalPos(), self._words(self._events[row]), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        height, edge = look.height(_LINE), look.pixels(_GLYPH)
        axis = edge // 2
        if len(self._events) > 1:
            length = height * (len(self._events) - 1)
            painter.fillRect(axis, height // 2, 1, length, look.color("hair"))
        days = look.metrics(TextSize.BODY).horizontalAdvance("2026-11-05") + 2
        for row, entry in enumerate(self._events):
            top = row * height
            glyph = QRectF(0, top + (height - edge) / 2, edge, edge)
            painter.fillRect(glyph.toRect().adjusted(-1, -1, 1, 1), look.color("surface"))
            paint_state(painter, glyph, entry.state)
            box = QRect(edge + S8, top, days, height)
            draw_text(painter, box, str(entry.day) if entry.day else "起始", "text2")
            x = edge + S8 + days + S12
            width = look.metrics().horizontalAdvance(entry.title)
            room = self.width() - x
            draw_text(painter, QRect(x, top, min(width, room), height), entry.title, "text1")
            x += width + S6
            if x < self.width():
                box = QRect(x, top, self.width() - x, height)
                draw_text(painter, box, entry.note, "text2", size=TextSize.CAPTION)
        if not self._events:
            draw_text(painter, self.rect(), "还没有登记过变动", "text2", size=TextSize.CAPTION)
        painter.end()
