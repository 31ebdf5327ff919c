"""The navigation rail: the kernel's works, and 设置 at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from suite.ui.kit.icons import pixmap
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import BASE_LINE, FOCUS_WIDTH, ICON_RAIL, S4, S6, S8, S12, Height, TextSize, Width

_BAR = 3


@dataclass(frozen=True, kw_only=True)
class RailItem:
    """One entry; `short` is its caption of two characters in the narrow rail. A count of 0 is not drawn."""

    key: str
    title: str
    icon: str
    short: str = ""
    count: int = 0
    at_bottom: bool = False


class Rail(QWidget):
    """One entry is current. ↑ ↓ move within the rail, Enter and Space open."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[RailItem, ...] = ()
        self._current = ""
        self._marked = 0
        self._narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("导航")
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedWidth(theme().pixels(Width.RAIL_SMALL if self._narrow else Width.RAIL))
        self.update()

    @property
    def items(self) -> tuple[RailItem, ...]:
        """The entries in order."""
        return self._items

    @property
    def current(self) -> str:
        """Key of the current entry."""
        return self._current

    @property
    def narrow(self) -> bool:
        """Whether the small form is shown."""
        return self._narrow

    def set_items(self, items: Sequence[RailItem]) -> None:
        """Replace the entries or their counts."""
        self._items = tuple(items)
        self.update()

    def set_current(self, key: str) -> None:
        """Mark an entry; nothing is sent."""
        self._current = key
        keys = [item.key for item in self._items]
        self._marked = keys.index(key) if key in keys else self._marked
        self.setAccessibleDescription(next((f"当前 {i.title}" for i in self._items if i.key == key), ""))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """52 px with captions of two characters, or 136 px with titles."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), theme().pixels(400))

    def _places(self) -> list[tuple[RailItem, QRect]]:
        look = theme()
        height = look.height(Height.RAIL_ITEM)
        if self._narrow:
            height = look.height(BASE_LINE + S8) + look.pixels(ICON_RAIL)
        top = [item for item in self._items if not item.at_bottom]
        bottom = [item for item in self._items if item.at_bottom]
        places = []
        y = S8
        for number, item in enumerate(top):
            places.append((item, QRect(0, y, self.width() - 1, height)))
            y += height + (S8 if number == 0 and not self._narrow else 0)
        y = self.height() - S6 - height * len(bottom)
        for item in bottom:
            places.append((item, QRect(0, y, self.width() - 1, height)))
            y += height
        return places

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for item, rect in self._places():
            if rect.contains(event.position().toPoint()):
                self.chosen.emit(item.key)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._items:
            step = -1 if key == Qt.Key.Key_Up else 1
            self._marked = max(0, min(self._marked + step, len(self._items) - 1))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._items:
            self.chosen.emit(self._places()[self._marked][0].key)
        else:
            super().keyPressEvent(event)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            hit = next((i for i, rect in self._places() if rect.contains(event.pos())), None)
            if hit is not None and self._narrow:
                QToolTip.showText(event.globalPos(), hit.title, self)
                return True
        return super().event(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("window"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.color("mid"))
        for number, (item, rect) in enumerate(self._places()):
            self._paint_item(painter, item, rect, marked=number == self._marked)
            if number == 0 and not self._narrow:
                painter.fillRect(S12, rect.bottom() + S4, rect.width() - 2 * S12, 1, look.color("hair"))
        painter.end()

    def _paint_item(self, painter: QPainter, item: RailItem, rect: QRect, *, marked: bool) -> None:
        look = theme()
        current = item.key == self._current
        if current:
            painter.fillRect(rect, look.color("accent_tint"))
            painter.fillRect(rect.x(), rect.y(), _BAR, rect.height(), look.color("accent"))
        edge = look.pixels(ICON_RAIL)
        picture = pixmap(item.icon, "accent" if current else "text2", edge, self.devicePixelRatioF())
        ink = look.color("accent" if current else "text1")
        if self._narrow:
            self._paint_narrow(painter, item, rect, picture, edge)
        else:
            painter.drawPixmap(S12 + 2, rect.center().y() - edge // 2 + 1, picture)
            painter.setFont(look.font(bold=current))
            painter.setPen(ink)
            text = rect.adjusted(S12 + edge + S12 - 1, 0, -S8, 0)
            painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), item.title)
            if item.count:
                painter.setFont(look.font(TextSize.CAPTION))
                painter.setPen(look.color("text2"))
                right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
                painter.drawText(rect.adjusted(0, 0, -S12, 0), right, str(item.count))
        if marked and self.hasFocus():
            painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
            painter.drawRect(rect.adjusted(2, 2, -2, -2))

    def _paint_narrow(
        self, painter: QPainter, item: RailItem, rect: QRect, picture: QPixmap, edge: int
    ) -> None:
        look = theme()
        current = item.key == self._current
        caption = item.short or item.title[:2]
        line = look.height(BASE_LINE)
        top = rect.y() + (rect.height() - edge - line) // 2
        painter.drawPixmap(rect.center().x() - edge // 2, top + 1, picture)
        painter.setFont(look.font(TextSize.BODY, bold=current))
        painter.setPen(look.color("accent" if current else "text1"))
        spot = QRect(rect.x(), top + edge, rect.width(), line)
        painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), caption)
        if item.count:
            painter.setFont(look.font(TextSize.CAPTION))
            painter.setPen(look.color("text2"))
            painter.drawText(rect.center().x() + edge // 2 + 2, top + S12, str(item.count))
