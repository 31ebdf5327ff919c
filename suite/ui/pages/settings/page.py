"""设置: its pages behind tabs, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from suite.ui.desk import Desk
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.tokens import Height
from suite.ui.pages.rights.page import RightsPage
from suite.ui.pages.settings.backups import BackupsPage
from suite.ui.pages.settings.calendar import CalendarPage
from suite.ui.pages.settings.connection import ConnectionPage
from suite.ui.pages.settings.doctor import DoctorPage
from suite.ui.pages.settings.limits import LimitsPage
from suite.ui.pages.settings.look import LookPage
from suite.ui.pages.settings.parameters import ParametersPage
from suite.ui.pages.settings.penalties import PenaltiesPage
from suite.ui.pages.settings.plugins import PluginsPage
from suite.ui.pages.settings.templates import TemplatesPage

PARTS: dict[str, tuple[str, Callable[[Desk], Page]]] = {
    "parameters": ("参数", ParametersPage),
    "rights": ("账户与权限", RightsPage),
    "calendar": ("日历", CalendarPage),
    "limits": ("期限", LimitsPage),
    "penalties": ("处罚目录", PenaltiesPage),
    "templates": ("文书模板", TemplatesPage),
    "plugins": ("插件", PluginsPage),
    "backups": ("备份", BackupsPage),
    "doctor": ("体检", DoctorPage),
    "connection": ("数据库连接", ConnectionPage),
    "look": ("显示", LookPage),
}


class SettingsPage(Page):
    """Passes on what the window asks to the part in front. `part` opens it on one of `PARTS`."""

    def __init__(self, desk: Desk, part: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__("settings", "设置", "settings", parent)
        self._desk = desk
        self.parts: dict[str, Page] = {}
        bar = Bar("window", Height.PROFESSION_TABS)
        self.tabs = LineTabs(name="设置")
        bar.row.addWidget(self.tabs, 1)
        self.content.addWidget(bar)
        self._stack = QStackedWidget()
        self.content.addWidget(self._stack, 1)
        self.tabs.set_tabs([Tab(key=key, title=title) for key, (title, _) in PARTS.items()])
        self.tabs.current_changed.connect(lambda key: self._show(str(key)))
        self._show(part if part in PARTS else next(iter(PARTS)))

    def _show(self, key: str) -> None:
        made = self.parts.get(key)
        if made is None:
            made = self.parts[key] = PARTS[key][1](self._desk)
            made.happened.connect(self.happened)
            made.open_wanted.connect(self.open_wanted)
            made.unsaved_changed.connect(self.unsaved_changed)
            made.hints_changed.connect(self.set_hints)
            made.commands_changed.connect(self.commands_changed)
            made.may_close.connect(self.may_close)
            self._stack.addWidget(made)
        self.tabs.set_current(key)
        self._stack.setCurrentWidget(made)
        self.set_hints(made.hints)
        self.commands_changed.emit()

    def show_pane(self, key: str) -> None:
        """Bring a pane of 账户与权限 to the front, where that is the part in front."""
        if isinstance(self.part, RightsPage):
            self.part.show_pane(key)

    @property
    def part(self) -> Page:
        """The part in front."""
        return self.parts[str(self.tabs.current)]

    @property
    def part_key(self) -> str:
        """The key of the part in front."""
        return self.part.key

    def has_unsaved(self) -> bool:
        """True while any part has edits."""
        return any(part.has_unsaved() for part in self.parts.values())

    def save_then_close(self) -> None:
        """Save the part that has edits; it says when that is done."""
        for part in self.parts.values():
            if part.has_unsaved():
                part.save_then_close()
                return
        self.may_close.emit()

    def discard(self) -> None:
        """Throw away the edits of all parts."""
        for part in self.parts.values():
            part.discard()

    def refresh(self) -> None:
        """F5 for the part in front."""
        self.part.refresh()

    def focus_filter(self) -> bool:
        """Ctrl+F for the part in front."""
        return self.part.focus_filter()

    def step_back(self) -> bool:
        """Esc for the part in front."""
        return self.part.step_back()

    def focus_start(self) -> None:
        """The keyboard goes to the part in front."""
        self.part.focus_start()

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The tabs, then the stations of the part in front."""
        return (self.tabs, *self.part.focus_ring())

    def commands(self) -> tuple[PageCommand, ...]:
        """What the part in front can do."""
        return self.part.commands()
