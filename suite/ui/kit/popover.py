"""A small frame that opens below a button inside the window and closes by Esc or a click elsewhere.

It is a child widget, not a popup window: input methods work in it as anywhere else.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from suite.ui.kit.panes import Frame
from suite.ui.kit.tokens import S6


class Popover(Frame):
    """Put widgets into `body`; `open_at(anchor)` shows it, `closed` tells that it has gone."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("popup", parent.window())
        self._anchor: QWidget = parent
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(S6, S6, S6, S6)
        self.body.setSpacing(S6)
        self.hide()

    def open_at(self, anchor: QWidget, first: QWidget | None = None) -> None:
        """Show the frame below `anchor` and give the keyboard to `first`."""
        self._anchor = anchor
        window = anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.body.activate()
        self.resize(self.sizeHint())
        spot = anchor.mapTo(window, QPoint(0, anchor.height() + 2))
        x = max(0, min(spot.x(), window.width() - self.width() - 2))
        y = max(0, min(spot.y(), window.height() - self.height() - 2))
        self.move(x, y)
        self.show()
        self.raise_()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close and give the keyboard back to the button."""
        if self.isVisible():
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            inside = self.isAncestorOf(QApplication.focusWidget() or self)
            self.hide()
            if inside:
                self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            point = event.globalPosition().toPoint()
            inside = self.rect().contains(self.mapFromGlobal(point))
            on_anchor = self._anchor.rect().contains(self._anchor.mapFromGlobal(point))
            if isinstance(watched, QWidget) and not inside and not on_anchor:
                self.dismiss()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.dismiss()
            return
        super().keyPressEvent(event)
