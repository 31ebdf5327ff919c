"""账户与权限 of the settings: its panes behind tabs, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from suite.ui.desk import Desk
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Bar, Frame, Pane
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.pages.rights.matrix import MatrixPane
from suite.ui.pages.rights.own import OwnPane
from suite.ui.pages.rights.pane import ActPane
from suite.ui.pages.rights.requests import RequestsPane
from suite.ui.pages.rights.sections import SectionsPane
from suite.ui.pages.rights.users import PERMISSION, UsersPane
from suite.ui.pages.rights.why import WhyPane

PANES: dict[str, tuple[str, Callable[[Desk], Frame]]] = {
    "users": ("用户", UsersPane),
    "sections": ("科室", SectionsPane),
    "requests": ("待复核", RequestsPane),
    "why": ("为什么可以", WhyPane),
    "matrix": ("权限总表", MatrixPane),
    "own": ("本人", OwnPane),
}
DENIED = "查看和管理用户须有“管理用户与授权”的权限，请联系系统管理员。您自己的权限见“为什么可以”。"


class RightsPage(Page):
    """`begin` opens it on one of `PANES`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, begin: str = "") -> None:
        super().__init__("rights", "账户与权限", "lock", parent)
        self._desk = desk
        self.panes: dict[str, QWidget] = {}
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        self.content.addLayout(body)
        pane = Pane()
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="账户与权限")
        bar.row.addWidget(self.tabs, 1)
        pane.body.addWidget(bar)
        self._stack = QStackedWidget()
        pane.body.addWidget(self._stack, 1)
        body.addWidget(pane, 1)
        self.tabs.set_tabs([Tab(key=key, title=title) for key, (title, _) in PANES.items()])
        self.tabs.current_changed.connect(lambda key: self.show_pane(str(key)))
        self.set_hints("F5 刷新　Esc 返回")
        self.show_pane(begin or ("users" if desk.actor.may(PERMISSION) else "sections"))

    def show_pane(self, key: str) -> None:
        """Bring a pane to the front."""
        made = self.panes.get(key)
        if made is None:
            made = self.panes[key] = self._made(key)
            self._stack.addWidget(made)
        self.tabs.set_current(key)
        self._stack.setCurrentWidget(made)

    def _made(self, key: str) -> QWidget:
        if key == "users" and not self._desk.actor.may(PERMISSION):
            return EmptyState(DENIED, "为什么可以", lambda: self.show_pane("why"))
        made = PANES[key][1](self._desk)
        if isinstance(made, ActPane):
            made.unsaved_changed.connect(lambda: self.unsaved_changed.emit(self.has_unsaved()))
        return made

    @property
    def front(self) -> QWidget:
        """The pane in front."""
        return self.panes[str(self.tabs.current)]

    def has_unsaved(self) -> bool:
        """True while something is typed in the strip of an act."""
        return any(
            one.strip is not None and one.strip.is_dirty
            for one in self.panes.values()
            if isinstance(one, ActPane)
        )

    def discard(self) -> None:
        """Close the strips."""
        for one in self.panes.values():
            if isinstance(one, ActPane):
                one.drop_strip()

    def refresh(self) -> None:
        """F5."""
        front = self.front
        if isinstance(front, ActPane | MatrixPane | WhyPane):
            front.refresh()

    def focus_filter(self) -> bool:
        """Ctrl+F where there is a filter."""
        front = self.front
        if isinstance(front, MatrixPane):
            front.focus_filter()
            return True
        return False

    def step_back(self) -> bool:
        """Esc: close the strip, else clear the filter."""
        front = self.front
        if isinstance(front, ActPane):
            return front.drop_strip()
        return isinstance(front, MatrixPane) and front.clear_filter()

    def focus_start(self) -> None:
        """The keyboard goes to the table, or to the first field."""
        self.focus_ring()[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The tabs, and what stands below them."""
        front = self.front
        if isinstance(front, MatrixPane):
            return self.tabs, front.filter, front.table
        return self.tabs, front.table if isinstance(front, ActPane) else front
