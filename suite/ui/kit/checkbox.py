"""Check boxes, drawn from the tokens: one painter for tables, lists and forms."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, RADIUS_CONTROL, S6, Height

BOX = 14


def paint_check(painter: QPainter, rect: QRectF, *, checked: bool, enabled: bool = True) -> None:
    """A box of `BOX` pixels in the middle of `rect`, filled and ticked when checked."""
    look = theme()
    edge = look.pixels(BOX)
    box = QRectF(round(rect.center().x() - edge / 2), round(rect.center().y() - edge / 2), edge, edge)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if checked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent_fill" if enabled else "ctl"))
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        pen = QPen(look.color("on_fill"), edge * 0.13)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        x, y = box.x(), box.y()
        painter.drawPolyline(
            [
                QPointF(x + edge * 0.23, y + edge * 0.52),
                QPointF(x + edge * 0.43, y + edge * 0.71),
                QPointF(x + edge * 0.78, y + edge * 0.32),
            ]
        )
    else:
        painter.setPen(QPen(look.color("ctl" if enabled else "mid"), 1))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL)
    painter.restore()


class CheckBox(QCheckBox):
    """A check box with its word."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        look = theme()
        width = FOCUS_WIDTH + look.pixels(BOX) + S6 + look.metrics().horizontalAdvance(self.text()) + S6
        return QSize(width, look.height(Height.CONTROL))

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        edge = look.pixels(BOX)
        paint_check(
            painter,
            QRectF(FOCUS_WIDTH, 0, edge, self.height()),
            checked=self.isChecked(),
            enabled=self.isEnabled(),
        )
        painter.setPen(look.color("text1" if self.isEnabled() else "text3"))
        painter.setFont(look.font())
        rect = QRect(FOCUS_WIDTH + edge + S6, 0, self.width(), self.height())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
