"""Tabs in three ranks: document tabs of the window, profession tabs of a page, saved views."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QTabBar, QWidget

from suite.ui.kit.columns import number_text
from suite.ui.kit.icons import pixmap
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import (
    FOCUS_WIDTH,
    ICON_CONTROL,
    S4,
    S6,
    S8,
    S12,
    S16,
    Height,
    TextSize,
)

_VCENTER = int(Qt.AlignmentFlag.AlignVCenter)
_UNDERLINE = 2


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One tab: `Tab(key="lawyers", title="律师", count=8564)`. `alarm` colours the count vermilion."""

    key: Hashable
    title: str
    count: int | str | None = None
    alarm: bool = False


def _count_text(count: int | str | None) -> str:
    if count is None:
        return ""
    return number_text(count) if isinstance(count, int) else count


class LineTabs(QWidget):
    """A row of words with counts; the current one is bold and underlined. ← → move, Home and End too.

    Used for professions and page tabs (`Height.PROFESSION_TABS`) and, with a caption, for saved views
    (`Height.VIEW_ROW`). What does not fit ends in a … that opens the rest as a menu; the current one is
    always in sight.
    """

    current_changed = Signal(object)  # key

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        base_height: int = Height.PROFESSION_TABS,
        size: TextSize = TextSize.SECTION,
        caption: str = "",
        name: str = "条线",
    ) -> None:
        super().__init__(parent)
        self._base, self._size, self._caption = base_height, size, caption
        self._name = name
        self._tabs: tuple[Tab, ...] = ()
        self._current: Hashable | None = None
        self.rest = QMenu(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """The tabs in order."""
        return self._tabs

    @property
    def current(self) -> Hashable | None:
        """Key of the current tab."""
        return self._current

    def set_tabs(self, tabs: Sequence[Tab], current: Hashable | None = None) -> None:
        """Replace the tabs or their counts; the current one stays if it is still there."""
        self._tabs = tuple(tabs)
        keys = [tab.key for tab in self._tabs]
        wanted = current if current is not None else self._current
        self._current = wanted if wanted in keys else (keys[0] if keys else None)
        self._tell()
        self.updateGeometry()
        self.update()

    def set_current(self, key: Hashable) -> None:
        """Make a tab current and say so."""
        if key != self._current and any(tab.key == key for tab in self._tabs):
            self._current = key
            self._tell()
            self.update()
            self.current_changed.emit(key)

    def _tell(self) -> None:
        tab = next((tab for tab in self._tabs if tab.key == self._current), None)
        if tab is not None:
            count = _count_text(tab.count)
            self.setAccessibleDescription(f"当前 {tab.title}{f'，{count}' if count else ''}")

    def _width(self, tab: Tab) -> int:
        look = theme()
        # The bold width counts for every tab, so that nothing moves when another becomes current.
        width = look.metrics(self._size, bold=True).horizontalAdvance(tab.title)
        count = _count_text(tab.count)
        if count:
            width += S6 + look.metrics(TextSize.CAPTION).horizontalAdvance(count)
        return width

    def _places(self) -> list[tuple[Tab, QRect]]:
        look = theme()
        x = look.metrics(TextSize.CAPTION).horizontalAdvance(self._caption) + S8 if self._caption else 0
        gap = S16 + S4
        places: list[tuple[Tab, QRect]] = []
        for tab in self._tabs:
            width = self._width(tab)
            places.append((tab, QRect(x, 0, width, self.height())))
            x += width + gap
        return places

    def _fitting(self) -> tuple[list[tuple[Tab, QRect]], QRect | None]:
        places = self._places()
        if not places or places[-1][1].right() <= self.width():
            return places, None
        more = theme().pixels(24)
        room = self.width() - more
        fit = [place for place in places if place[1].right() <= room]
        current = next((place for place in places if place[0].key == self._current), None)
        if current is not None and current not in fit:
            wide = current[1].width()
            while fit and fit[-1][1].right() + S16 + S4 + wide > room:
                fit.pop()
            begins = fit[-1][1].right() + S16 + S4 if fit else places[0][1].x()
            fit.append((current[0], QRect(begins, 0, min(wide, room - begins), self.height())))
        x = fit[-1][1].right() + S12 if fit else 0
        return fit, QRect(x, 0, more, self.height())

    def offer_rest(self) -> None:
        """Open a menu of the tabs that are not in sight."""
        in_sight = {tab.key for tab, _ in self._fitting()[0]}
        self.rest.clear()
        for tab in self._tabs:
            if tab.key not in in_sight:
                count = _count_text(tab.count)
                action = self.rest.addAction(f"{tab.title}　{count}" if count else tab.title)
                action.triggered.connect(lambda _=False, key=tab.key: self.set_current(key))
        self.rest.popup(self.mapToGlobal(self.rect().bottomRight()))

    def sizeHint(self) -> QSize:
        places = self._places()
        return QSize(places[-1][1].right() + 2 if places else 0, theme().height(self._base))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().pixels(120), theme().height(self._base))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        fit, more = self._fitting()
        if more is not None and more.contains(point):
            self.offer_rest()
            return
        for tab, rect in fit:
            if rect.adjusted(-S8, 0, S8, 0).contains(point):
                self.set_current(tab.key)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = [tab.key for tab in self._tabs]
        if not keys or self._current not in keys:
            super().keyPressEvent(event)
            return
        place = keys.index(self._current)
        steps = {
            Qt.Key.Key_Left: place - 1,
            Qt.Key.Key_Right: place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(keys) - 1,
        }
        target = steps.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
            return
        self.set_current(keys[max(0, min(target, len(keys) - 1))])

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        if self._caption:
            painter.setFont(look.font(TextSize.CAPTION))
            painter.setPen(look.color("text2"))
            painter.drawText(self.rect(), _VCENTER, self._caption)
        fit, more = self._fitting()
        for tab, rect in fit:
            self._paint_tab(painter, tab, rect)
        if more is not None:
            painter.setPen(look.color("accent"))
            painter.drawText(more, int(Qt.AlignmentFlag.AlignCenter), "…")
        painter.end()

    def _paint_tab(self, painter: QPainter, tab: Tab, rect: QRect) -> None:
        look = theme()
        current = tab.key == self._current
        painter.setFont(look.font(self._size, bold=current))
        painter.setPen(look.color("accent" if current else "text1"))
        painter.drawText(rect, _VCENTER, tab.title)
        count = _count_text(tab.count)
        if count:
            used = look.metrics(self._size, bold=current).horizontalAdvance(tab.title) + S6
            painter.setFont(look.font(TextSize.CAPTION))
            painter.setPen(look.color("bad" if tab.alarm else "text2"))
            painter.drawText(rect.adjusted(used, 1, 0, 0), _VCENTER, count)
        if current:
            painter.fillRect(
                rect.x(), rect.bottom() - _UNDERLINE + 1, rect.width(), _UNDERLINE, look.color("accent")
            )
            if self.hasFocus():
                painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
                painter.drawRect(rect.adjusted(-S4, 2, S4 - 1, -2))


class ProfessionTabs(LineTabs):
    """The professions (or the tabs of a record), underlined, with counts."""


class ViewRow(LineTabs):
    """Saved views with live counts, behind the caption 视图."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent, base_height=Height.VIEW_ROW, size=TextSize.BODY, caption="视图", name="已存视图"
        )


class DocumentTabs(QTabBar):
    """The open documents: movable, closable except for those that stay, a dot for unsaved edits."""

    close_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("已打开的页面")
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        # A tab bar keeps its sizes until a text changes.
        self.setIconSize(QSize(theme().pixels(ICON_CONTROL), theme().pixels(ICON_CONTROL)))
        self.update()

    def set_document(self, index: int, *, icon: str, closable: bool, unsaved: bool = False) -> None:
        """What stands beside the title of a tab."""
        self.setTabData(index, (icon, closable, unsaved))
        note = "，有未保存的修改" if unsaved else ""
        self.setAccessibleTabName(index, f"{self.tabText(index)}{note}")
        self.update()

    def _facts(self, index: int) -> tuple[str, bool, bool]:
        data = self.tabData(index)
        return data if isinstance(data, tuple) else ("document", True, False)

    def tabSizeHint(self, index: int) -> QSize:
        look = theme()
        text = look.metrics(bold=True).horizontalAdvance(self.tabText(index))
        mark = look.pixels(22) if self._facts(index)[1] or self._facts(index)[2] else 0
        width = S12 + look.pixels(ICON_CONTROL) + S6 + text + mark + S12
        return QSize(min(width, look.pixels(260)), look.height(Height.DOCUMENT_TABS))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(theme().pixels(90), theme().height(Height.DOCUMENT_TABS))

    def _mark_rect(self, index: int) -> QRect:
        rect = self.tabRect(index)
        edge = theme().pixels(16)
        return QRect(rect.right() - edge - S6, rect.center().y() - edge // 2, edge, edge)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.tabAt(event.position().toPoint())
        if index >= 0 and self._closes(index, event):
            self.close_wanted.emit(index)
            return
        super().mousePressEvent(event)

    def _closes(self, index: int, event: QMouseEvent) -> bool:
        _, closable, unsaved = self._facts(index)
        if not closable:
            return False
        if event.button() == Qt.MouseButton.MiddleButton:
            return True
        on_mark = self._mark_rect(index).contains(event.position().toPoint())
        return event.button() == Qt.MouseButton.LeftButton and on_mark and not unsaved

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme()
        painter.fillRect(self.rect(), look.color("sunken"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("mid"))
        for index in range(self.count()):
            self._paint_tab(painter, index)
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        look = theme()
        rect = self.tabRect(index)
        name, closable, unsaved = self._facts(index)
        current = index == self.currentIndex()
        if current:
            painter.fillRect(rect, look.color("window"))
            painter.fillRect(rect.x(), rect.y(), rect.width(), _UNDERLINE, look.color("accent"))
            painter.fillRect(rect.x(), rect.y(), 1, rect.height(), look.color("mid"))
        painter.fillRect(rect.right(), rect.y() + (0 if current else S8), 1,
                         rect.height() - (0 if current else 2 * S8), look.color("mid"))  # fmt: skip
        edge = look.pixels(ICON_CONTROL)
        x = rect.x() + S12
        picture = pixmap(name, "accent" if current else "text2", edge, self.devicePixelRatioF())
        painter.drawPixmap(x, rect.center().y() - edge // 2 + 1, picture)
        x += edge + S6
        mark = look.pixels(22) if closable or unsaved else 0
        room = rect.right() - x - mark - S4
        metrics = look.metrics(bold=current)
        painter.setFont(look.font(bold=current))
        painter.setPen(look.color("text1" if current else "text2"))
        text = metrics.elidedText(self.tabText(index), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(x, rect.y(), room, rect.height()), _VCENTER, text)
        spot = self._mark_rect(index)
        if unsaved:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("warn"))
            painter.drawEllipse(spot.adjusted(4, 4, -4, -4))
        elif closable:
            cross = look.pixels(12)
            painter.drawPixmap(
                spot.center().x() - cross // 2 + 1,
                spot.center().y() - cross // 2 + 1,
                pixmap("close", "text2", cross, self.devicePixelRatioF()),
            )
        if current and self.hasFocus():
            painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
            painter.drawRect(rect.adjusted(2, 3, -3, -3))
