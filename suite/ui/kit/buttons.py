"""Buttons: ordinary, primary, link and icon-only, with icons that follow the scheme."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from suite.ui.kit.icons import icon, icon_size
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import ICON_ARROW, ICON_CONTROL, TokenName


class Look(StrEnum):
    """How a button stands out. At most one primary button per bar."""

    NORMAL = "normal"
    PRIMARY = "primary"
    LINK = "link"
    PLAIN = "plain"
    ICON = "icon"
    SET = "set"


_TONES: dict[Look, TokenName] = {
    Look.PRIMARY: "on_fill",
    Look.LINK: "accent",
    Look.SET: "accent",
}


class Button(QPushButton):
    """A button that says its act: `Button("导出", icon_name="export", look=Look.PRIMARY)`.

    A grey button explains itself: `refuse("须先选择机构")` disables it and shows why in the tooltip;
    `allow()` takes that back; `set_refusal` does either.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        icon_name: str = "",
        look: Look = Look.NORMAL,
        tip: str = "",
        arrow: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self._look = look
        self._tip = tip
        self._drawn: tuple[object, ...] = ()
        if look is not Look.NORMAL:
            self.setProperty("look", look.value)
        if arrow:
            self._icon_name = self._icon_name or "chevron-down"
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setCursor(Qt.CursorShape.PointingHandCursor if look is Look.LINK else Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        self.setToolTip(tip)
        self.setAccessibleName(text.replace("&", "") or tip)

    def set_look(self, look: Look) -> None:
        """Change how it stands out."""
        if look is not self._look:
            self._look = look
            self.setProperty("look", look.value)
            self.style().unpolish(self)
            self.style().polish(self)
            self._draw_icon()

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._draw_icon()

    def refuse(self, reason: str) -> None:
        """Grey the button and say why."""
        self.setEnabled(False)
        self.setToolTip(reason)

    def allow(self) -> None:
        """Take back `refuse`."""
        self.setEnabled(True)
        self.setToolTip(self._tip)

    def set_refusal(self, reason: str) -> None:
        """Grey the button with a reason; an empty one allows it."""
        if reason:
            self.refuse(reason)
        else:
            self.allow()

    def open_menu(self, menu: QMenu) -> None:
        """Drop a menu below the button; it is thrown away when it closes."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _draw_icon(self) -> None:
        if not self._icon_name:
            return
        look = theme()
        tone = _TONES.get(self._look, "text2")
        wanted = (self._icon_name, tone, look.tokens, look.scale, self.devicePixelRatioF())
        if wanted != self._drawn:
            self._drawn = wanted
            base = ICON_ARROW if self._icon_name == "chevron-down" else ICON_CONTROL
            self.setIcon(icon(self._icon_name, tone, look.pixels(base), self.devicePixelRatioF()))
            self.setIconSize(icon_size(base))

    def showEvent(self, event: QShowEvent) -> None:
        self._draw_icon()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self.isVisible():
            self._draw_icon()


def icon_button(name: str, tip: str, parent: QWidget | None = None) -> Button:
    """An icon without a word, for filter, print, columns, refresh, close, star and reveal only."""
    return Button(parent=parent, icon_name=name, look=Look.ICON, tip=tip)
