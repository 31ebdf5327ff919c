"""How far a season has come: one bar of its steps, with a legend that opens the rows behind each part."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from suite.contract.assessment import AssessmentScheme
from suite.kernel.assessment.cockpit import Cockpit
from suite.ui.kit.delegate import draw_text
from suite.ui.kit.stacked import Part, hue_of, paint_stacked, parts_text
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, S4, S6, S12, S24, TextSize

BAR, HIGH, SWATCH = 10, 56, 10


def parts_of(scheme: AssessmentScheme, waiting: dict[str, int] | Cockpit) -> list[tuple[str, Part]]:
    """Step → its part, from those who are through to those who have not begun."""
    counts = waiting.waiting if isinstance(waiting, Cockpit) else waiting
    steps = [("", "已办完"), *((step.key, f"待{step.title}") for step in reversed(scheme.steps))]
    return [(key, Part(title, counts.get(key, 0))) for key, title in steps]


class StepBars(QWidget):
    """← → choose a part, Enter and a click open it; `opened` carries the step's key."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[str, Part]] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("各环节进展")
        self.setMouseTracking(True)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(320), theme().height(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().pixels(200), theme().height(HIGH))

    def show_parts(self, parts: list[tuple[str, Part]]) -> None:
        """Show other numbers."""
        self._parts = parts
        self._current = min(self._current, max(len(parts) - 1, 0))
        self.setAccessibleDescription(parts_text([part for _, part in parts]))
        self.update()

    def _places(self) -> list[QRect]:
        """Where each entry of the legend stands."""
        look, x = theme(), S12
        top = look.pixels(BAR) + S12 + S6
        found = []
        for _, part in self._parts:
            words = f"{part.title} {part.number:,}"
            wide = look.pixels(SWATCH) + S6 + look.metrics(TextSize.BODY).horizontalAdvance(words)
            found.append(QRect(x, top, wide, look.metrics().height()))
            x += wide + S24
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        bar = QRect(S12, S6, self.width() - 2 * S12, look.pixels(BAR))
        paint_stacked(painter, bar, [part for _, part in self._parts])
        for place, ((_, part), box) in enumerate(zip(self._parts, self._places(), strict=True)):
            edge = look.pixels(SWATCH)
            swatch = QRect(box.x(), box.y() + (box.height() - edge) // 2, edge, edge)
            painter.fillRect(swatch, look.color(hue_of(place, len(self._parts))))
            painter.setPen(QPen(look.color("mid"), 1))
            painter.drawRect(swatch.adjusted(0, 0, -1, -1))
            words = box.adjusted(edge + S6, 0, S4, 0)
            draw_text(painter, words, f"{part.title} {part.number:,}", "accent" if part.number else "text2")
            if place == self._current and self.hasFocus():
                painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
                painter.drawRect(box.adjusted(-S4, -1, S4, 1))
        painter.end()

    def _at(self, event: QMouseEvent) -> int:
        point = event.position().toPoint()
        return next((n for n, box in enumerate(self._places()) if box.contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place >= 0:
            self._current = place
            self.opened.emit(self._parts[place][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._current = min(max(self._current + step, 0), max(len(self._parts) - 1, 0))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._parts:
            self.opened.emit(self._parts[self._current][0])
        else:
            super().keyPressEvent(event)
