"""The first row of the window: seal, menus, search, notices, who is signed in."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenuBar, QSizePolicy, QWidget

from suite.ui.kit.icons import pixmap
from suite.ui.kit.panes import Bar
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import (
    FOCUS_WIDTH,
    ICON_CONTROL,
    RADIUS_CONTROL,
    S4,
    S6,
    S8,
    S12,
    S16,
    S24,
    Height,
    TextSize,
    Width,
)

_VCENTER = int(Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class Seal(QWidget):
    """The vermilion seal mark 司, the only ornament."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("司法局")

    def sizeHint(self) -> QSize:
        edge = theme().pixels(22)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("seal"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setPen(look.color("on_fill"))
        painter.setFont(look.font(TextSize.SECTION, bold=True))
        painter.drawText(self.rect(), _CENTRE, "司")
        painter.end()


class SearchField(QAbstractButton):
    """Looks like a field and opens the palette, where one types."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("搜索机构、人员、证号，或输入命令")
        self.setAccessibleName("搜索，Ctrl+K")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme().pixels(Width.SEARCH))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setMaximumWidth(theme().pixels(Width.SEARCH))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(Width.SEARCH), theme().height(Height.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().pixels(160), theme().height(Height.CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        painter.setPen(QPen(look.color("accent" if focus else "mid"), FOCUS_WIDTH if focus else 1))
        painter.setBrush(look.color("surface"))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS_CONTROL, RADIUS_CONTROL)
        edge = look.pixels(ICON_CONTROL)
        picture = pixmap("search", "text2", edge, self.devicePixelRatioF())
        painter.drawPixmap(S8 + 2, (self.height() - edge) // 2, picture)
        key = "Ctrl+K"
        metrics = look.metrics(TextSize.CAPTION)
        cap = QRect(0, 0, metrics.horizontalAdvance(key) + 2 * S8, self.height() - S8)
        cap.moveTo(self.width() - cap.width() - S8, S4)
        painter.setPen(QPen(look.color("mid"), 1))
        painter.setBrush(look.color("sunken"))
        painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setFont(look.font(TextSize.CAPTION))
        painter.setPen(look.color("text1"))
        painter.drawText(cap, _CENTRE, key)
        box = QRect(S8 + edge + S12, 0, cap.x() - S8 - edge - 2 * S12, self.height())
        painter.setFont(look.font())
        painter.setPen(look.color("text2"))
        text = look.metrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _VCENTER, text)
        painter.end()


class Bell(QAbstractButton):
    """Notices that wait, with their number on a vermilion ground; hidden until there is somebody to ask."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_count(self, count: int) -> None:
        """How many notices wait; shows the bell."""
        self._count = count
        self.setAccessibleName(f"提醒，{count} 条待看" if count else "提醒，没有待看的")
        self.setToolTip(self.accessibleName())
        self.show()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(40), theme().height(Height.CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look.pixels(ICON_CONTROL)
        picture = pixmap("bell", "text2", edge, self.devicePixelRatioF())
        painter.drawPixmap(S6, (self.height() - edge) // 2, picture)
        if self._count:
            text = str(self._count) if self._count < 100 else "99+"
            width = look.metrics(TextSize.CAPTION, bold=True).horizontalAdvance(text) + S12
            pill = QRectF(S6 + edge - S6, 1, width, look.pixels(16))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("badge"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(look.color("on_fill"))
            painter.setFont(look.font(TextSize.CAPTION, bold=True))
            painter.drawText(pill, _CENTRE, text)
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class MenuRow(Bar):
    """`menus` is an ordinary QMenuBar; the rest stands beside it."""

    search_wanted = Signal()
    notices_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("menu-row", Height.MENU_ROW, parent)
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        left = QWidget()
        left_row = QHBoxLayout(left)
        left_row.setContentsMargins(0, 0, 0, 0)
        left_row.setSpacing(S4)
        left_row.addWidget(Seal())
        left_row.addWidget(self.menus)
        left_row.addStretch()
        self.search = SearchField()
        self.search.clicked.connect(self.search_wanted)
        right = QWidget()
        right_row = QHBoxLayout(right)
        right_row.setContentsMargins(0, 0, S4, 0)
        right_row.setSpacing(S8)
        right_row.addStretch()
        self.bell = Bell()
        self.bell.clicked.connect(self.notices_wanted)
        right_row.addWidget(self.bell)
        right_row.addSpacing(S24 - S8)
        self.section = label("", tone="text2")
        self.person = label("", bold=True)
        right_row.addWidget(self.section)
        right_row.addWidget(self.person)
        # Equal stretch at both sides keeps the search field in the middle of the window.
        self.row.addWidget(left, 1)
        self.row.addWidget(self.search, 1)
        self.row.addWidget(right, 1)
        self.row.setSpacing(S16)

    def set_user(self, section: str, person: str) -> None:
        """Who is signed in: 科室 and name."""
        self.section.setText(section)
        self.person.setText(person)
