"""Steps of a wizard: done with a tick, the present one filled, the rest by number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, S4, S8, S12, S16, TextSize

_DISC = 22
_RULE = 36
_VCENTER = int(Qt.AlignmentFlag.AlignVCenter)


class StepBar(QWidget):
    """`set_steps(["选择文件", "核对列"])`, then `set_current(1)`.

    A click or Enter on a step that is done asks to go back to it.
    """

    back_wanted = Signal(int)

    def __init__(self, steps: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[str, ...] = tuple(steps)
        self._current = 0
        self._marked = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tell()
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    @property
    def current(self) -> int:
        """Number of the present step, from 0."""
        return self._current

    def set_steps(self, steps: Sequence[str]) -> None:
        """Replace the steps and begin at the first."""
        self._steps = tuple(steps)
        self.set_current(0)
        self.updateGeometry()

    def set_current(self, step: int) -> None:
        """Make a step the present one; those before it are done."""
        self._current = self._marked = step
        self._tell()
        self.update()

    def _tell(self) -> None:
        if self._steps:
            title = self._steps[min(self._current, len(self._steps) - 1)]
            self.setAccessibleName(f"第 {self._current + 1} 步，共 {len(self._steps)} 步：{title}")

    def _places(self) -> list[QRect]:
        look = theme()
        metrics = look.metrics(bold=True)
        x = 0
        places = []
        for title in self._steps:
            width = look.pixels(_DISC) + S8 + metrics.horizontalAdvance(title)
            places.append(QRect(x, 0, width, self.height()))
            x += width + S12 + look.pixels(_RULE) + S12
        return places

    def sizeHint(self) -> QSize:
        places = self._places()
        return QSize((places[-1].right() if places else 0) + S16, theme().height(44))

    def _go(self, step: int) -> None:
        if step < self._current:
            self.back_wanted.emit(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, rect in enumerate(self._places()):
            if rect.contains(event.position().toPoint()):
                self._go(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -1 if event.key() == Qt.Key.Key_Left else 1
            self._marked = max(0, min(self._marked + step, len(self._steps) - 1))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self._marked)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places()
        for number, (title, rect) in enumerate(zip(self._steps, places, strict=True)):
            self._paint_disc(painter, number, rect)
            current = number == self._current
            painter.setFont(look.font(bold=current))
            painter.setPen(look.color("text1"))
            painter.drawText(rect.adjusted(look.pixels(_DISC) + S8, 0, S4, 0), _VCENTER, title)
            if number + 1 < len(places):
                y = rect.center().y()
                painter.fillRect(rect.right() + S12, y, look.pixels(_RULE), 1, look.color("mid"))
            if self.hasFocus() and number == self._marked:
                painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(rect.adjusted(1, 6, S4, -6))
        painter.end()

    def _paint_disc(self, painter: QPainter, number: int, rect: QRect) -> None:
        look = theme()
        edge = look.pixels(_DISC)
        disc = QRectF(rect.x() + 1, rect.center().y() - edge / 2 + 1, edge - 2, edge - 2)
        if number < self._current:
            painter.setPen(QPen(look.color("ok"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc)
            x, y, e = disc.x(), disc.y(), disc.width()
            points = [(0.28, 0.52), (0.44, 0.68), (0.73, 0.36)]
            painter.drawPolyline([QPointF(x + e * px, y + e * py) for px, py in points])
            return
        current = number == self._current
        painter.setPen(Qt.PenStyle.NoPen if current else QPen(look.color("ctl"), 1.2))
        painter.setBrush(look.color("accent_fill") if current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        painter.setFont(look.font(TextSize.CAPTION, bold=True))
        painter.setPen(look.color("on_fill" if current else "text2"))
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))
