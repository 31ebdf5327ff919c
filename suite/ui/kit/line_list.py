"""A short list of lines that open something: icon, title, paler note, a remark at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from suite.ui.kit.delegate import draw_text
from suite.ui.kit.icons import pixmap
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, ICON_CONTROL, S8, S12, TextSize

_ROW = 30


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line; `value` comes back when it is opened."""

    title: str
    value: object
    note: str = ""
    remark: str = ""
    icon: str = "document"


class LineList(QWidget):
    """Painted, since lines are few. ↑ ↓ move, Enter and a click open."""

    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._current = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is listed."""
        return self._lines

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Replace the lines."""
        self._lines = tuple(lines)
        self._current = 0
        self.setAccessibleDescription(
            "；".join(f"{line.title} {line.note} {line.remark}".strip() for line in self._lines)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(240), theme().height(_ROW) * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _line_at(self, y: float) -> int | None:
        row = int(y) // theme().height(_ROW)
        return row if 0 <= row < len(self._lines) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._line_at(event.position().y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._line_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self._current = row
            self.update()
            self.opened.emit(self._lines[row].value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._lines:
            by = -1 if key == Qt.Key.Key_Up else 1
            self._current = max(0, min(self._current + by, len(self._lines) - 1))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._lines:
            self.opened.emit(self._lines[self._current].value)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._line_at(event.pos().y())
            if row is not None:
                line = self._lines[row]
                QToolTip.showText(event.globalPos(), f"{line.title}　{line.note}".strip(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        height, edge = look.height(_ROW), look.pixels(ICON_CONTROL)
        for row, line in enumerate(self._lines):
            rect = QRect(0, row * height, self.width(), height)
            picture = pixmap(line.icon, "text2", edge, self.devicePixelRatioF())
            painter.drawPixmap(S12, rect.center().y() - edge // 2 + 1, picture)
            box = rect.adjusted(S12 + edge + S8, 0, -S12, 0)
            if line.remark:
                width = look.metrics(TextSize.CAPTION).horizontalAdvance(line.remark) + 1
                spot = box.adjusted(box.width() - width, 0, 0, 0)
                draw_text(painter, spot, line.remark, "text2", size=TextSize.CAPTION)
                box.adjust(0, 0, -width - S8, 0)
            draw_text(painter, box, line.title, "text1")
            used = look.metrics().horizontalAdvance(line.title) + S12
            if line.note and used < box.width():
                draw_text(painter, box.adjusted(used, 0, 0, 0), line.note, "text2", size=TextSize.CAPTION)
            if self.hasFocus() and row == self._current:
                painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
                painter.drawRect(rect.adjusted(2, 1, -2, -2))
        painter.end()
