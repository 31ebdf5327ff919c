"""Frames that pages are laid out with: panes, bars, rules, and a layout that wraps."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, TextSize

Box = Literal[
    "pane", "surface", "window", "sunken", "menu-row", "status", "foot", "top", "head", "dock", "popup",
    "bulk", "save", "rule", "rule-mid", "search", "notice-bad", "notice-warn", "notice-info", "notice-ok",
]  # fmt: skip


class Frame(QFrame):
    """A frame with one of the looks of the style sheet."""

    def __init__(self, box: Box, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", box)


class Bar(Frame):
    """A row of controls of one height: `bar.row.addWidget(...)`, `bar.row.addStretch()`."""

    def __init__(self, box: Box, base_height: int, parent: QWidget | None = None) -> None:
        super().__init__(box, parent)
        self._base = base_height
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(S12, 0, S12, 0)
        self.row.setSpacing(S8)
        self._restyle()
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setFixedHeight(theme().height(self._base))


class Pane(Frame):
    """A white pane with a head row (title left, `head.addWidget` right) and a body layout."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__("pane", parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.title = label(title, size=TextSize.SECTION, bold=True)
        head = Bar("head", 38)
        head.row.addWidget(self.title)
        head.row.addStretch()
        self.head = head.row
        column.addWidget(head)
        head.setVisible(bool(title))  # not before it has a parent: it would open as a window of its own
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)


def rule(*, vertical: bool = False, length: int = 0) -> Frame:
    """A hairline between groups of controls."""
    line = Frame("rule-mid" if vertical else "rule")
    if vertical:
        line.setFixedWidth(1)
        if length:
            line.setFixedHeight(length)
    else:
        line.setFixedHeight(1)
    return line


def scrolled(widget: QWidget) -> QScrollArea:
    """A widget that scrolls up and down where the place is too low for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(widget)
    return area


class FlowLayout(QLayout):
    """Puts widgets side by side and goes on in the next line where the width ends."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = S8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if line and x + hint.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self.spacing()
            line = max(line, hint.height())
        return y + line - rect.y()
