"""The districts of one indicator as bars with the line of the target, best first; or its other parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from suite.ui.kit.delegate import draw_text
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S6, TextSize, TokenName

ROW, BAR = 20, 14
#: What the longest bar leaves for its number, and the column of names: of districts, of bodies.
NUMBER, NAME, LONG_NAME = 56, 76, 168


class DistrictBar(NamedTuple):
    """One district: its name, the length of its bar (None: no data), its number and the whole story."""

    name: str
    length: float | None
    text: str
    told: str
    reached: bool


class DistrictBars(QWidget):
    """Painted bars; the tooltip of each and the accessible text say everything in words."""

    def __init__(self, parent: QWidget | None = None, *, of: str = "县（市、区）", names: int = NAME) -> None:
        super().__init__(parent)
        self._of, self._names = of, names
        self.bars: tuple[DistrictBar, ...] = ()
        self._target: float | None = None
        self._target_words = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def set_bars(
        self, bars: Sequence[DistrictBar], *, target: float | None = None, target_words: str = ""
    ) -> None:
        """Show other districts; `target` is a length, None draws no line."""
        self.bars, self._target, self._target_words = tuple(bars), target, target_words
        self.setAccessibleName(f"各{self._of}")
        told = [bar.told for bar in self.bars]
        self.setAccessibleDescription("；".join([target_words, *told] if target_words else told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.pixels(240), self._head() + len(self.bars) * look.height(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _head(self) -> int:
        """The room for the words of the target, above its line."""
        return theme().height(ROW) if self._target is not None else 0

    def _scale(self) -> float:
        lengths = [bar.length for bar in self.bars if bar.length is not None]
        return max([*lengths, self._target or 0.0], default=0.0) or 1.0

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = (event.pos().y() - self._head()) // theme().height(ROW)
            told = self.bars[place].told if 0 <= place < len(self.bars) else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        high, bar_high = look.height(ROW), look.pixels(BAR)
        left = look.pixels(self._names)
        room = max(self.width() - left - look.pixels(NUMBER), 1)
        scale = self._scale()
        for place, bar in enumerate(self.bars):
            top = self._head() + place * high
            draw_text(painter, QRect(0, top, left - S4, high), bar.name, "text1", size=TextSize.CAPTION)
            end = left
            if bar.length is not None:
                end += round(bar.length / scale * room)
                tone: TokenName = "data1" if bar.reached else "data3"
                ground = QRect(left, top + (high - bar_high) // 2, max(end - left, 1), bar_high)
                painter.fillRect(ground, look.color(tone))
            tone = "text1" if bar.length is not None else "text3"
            number = QRect(end + S6, top, self.width() - end - S6, high)
            draw_text(painter, number, bar.text, tone, size=TextSize.CAPTION)
        if self._target is not None and self.bars:
            self._paint_target(painter, left + round(self._target / scale * room))
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_target(self, painter: QPainter, x: int) -> None:
        look = theme()
        painter.setPen(QPen(look.color("bad"), 1))
        painter.drawLine(QPoint(x, self._head()), QPoint(x, self.height()))
        wide = look.metrics(TextSize.CAPTION).horizontalAdvance(self._target_words) + S4
        start = min(max(x - wide // 2, 0), max(self.width() - wide, 0))
        box = QRect(start, 0, wide, self._head())
        draw_text(painter, box, self._target_words, "bad", size=TextSize.CAPTION)
