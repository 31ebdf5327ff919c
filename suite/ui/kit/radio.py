"""One of several values to choose from, in a table or beside one another."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, RADIUS_CONTROL, S6, S8, S12

RADIO = 14


class Radio(QAbstractButton):
    """One of two values: ring, text, tinted while chosen. ← and → go to the other one."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = look.metrics(bold=True)
        width = S8 + look.pixels(RADIO) + S8 + metrics.horizontalAdvance(self.text()) + S12
        return QSize(min(width, look.pixels(220)), look.height(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().pixels(90), theme().height(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent_tint"))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)
        edge = look.pixels(RADIO)
        ring = QRectF(S8, round((self.height() - edge) / 2), edge, edge).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(look.color("surface"))
        painter.setPen(QPen(look.color("accent" if self.isChecked() else "ctl"), 1.4))
        painter.drawEllipse(ring)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            inset = edge * 0.26
            painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset))
        painter.setFont(look.font(bold=self.isChecked()))
        painter.setPen(look.color("text1"))
        left = S8 + edge + S8
        metrics = look.metrics(bold=self.isChecked())
        room = self.width() - left - S6
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        self.setToolTip(self.text() if text != self.text() else "")
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text)
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL
            )
        painter.end()
