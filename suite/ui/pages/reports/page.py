"""报告: four tabs over one place for strips: 报表, 问数, 迎检包, 通报."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.ui.asking import Asking
from suite.ui.desk import Desk
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.buttons import icon_button
from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.tokens import Height
from suite.ui.long_work import LongWork
from suite.ui.pages.reports.asked import AskedPart
from suite.ui.pages.reports.made import ReportsMade
from suite.ui.pages.reports.notices import NoticesPart
from suite.ui.pages.reports.packs import PacksPart
from suite.ui.pages.reports.part import ReportsPart
from suite.ui.strip_place import StripPlace

TITLES = {"made": "报表", "asked": "问数", "packs": "迎检包", "notices": "通报"}
#: What of which changes is told in which tab.
KINDS = {"core.report", "core.snapshot", "core.question", "core.cross_notice"}


class ReportsPage(Page):
    """`part` is the tab that is in front first."""

    def __init__(self, desk: Desk, part: object = None, parent: QWidget | None = None) -> None:
        super().__init__("reports", "报告", "document", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        top = Bar("window", Height.PROFESSION_TABS)
        self.tabs = LineTabs(name="报告")
        top.row.addWidget(self.tabs, 1)
        progress = ProgressStrip()
        top.row.addWidget(progress)
        refresh = icon_button("refresh", "刷新（F5）")
        refresh.clicked.connect(self.refresh)
        top.row.addWidget(refresh)
        self.content.addWidget(top)
        self.work = LongWork(desk, self, progress)
        strips = QVBoxLayout()
        self.content.addLayout(strips)
        self.acts = StripPlace(self, strips, self.asking)
        self._stack = QStackedWidget()
        self.content.addWidget(self._stack, 1)
        self.parts: dict[str, ReportsPart] = {
            "made": ReportsMade(self),
            "asked": AskedPart(self),
            "packs": PacksPart(self),
            "notices": NoticesPart(self),
        }
        for widget in self.parts.values():
            self._stack.addWidget(widget)
        self.tabs.set_tabs([Tab(key=key, title=title) for key, title in TITLES.items()])
        self.tabs.current_changed.connect(lambda key: self._show(str(key)))
        desk.changed.connect(self._changed)
        self.set_hints("←/→ 换页　F5 刷新　Esc 返回")
        first = part if part in self.parts else "made"
        self.tabs.set_current(str(first))
        self._show(str(first))

    @property
    def front(self) -> ReportsPart:
        """The tab in front."""
        return self.parts[str(self.tabs.current)]

    def _show(self, key: str) -> None:
        self.acts.close()
        self._stack.setCurrentWidget(self.parts[key])
        self.parts[key].refresh()
        self.commands_changed.emit()

    def refresh(self) -> None:
        """F5."""
        self.front.refresh()

    def _changed(self, done: Done) -> None:
        if any(change.kind in KINDS for change in done.changes):
            self.front.refresh()

    def lacking(self, permission: str, words: str) -> str:
        """Why one may not; empty where one may."""
        return "" if self.desk.actor.may(permission) else f"您没有“{words}”的权限，请联系科室管理员"

    def tell(self, text: str, kind: NoticeKind) -> None:
        """A sentence above."""
        self.show_notice(Notice(kind=kind, text=text, closable=True))

    def difference(self, snapshot_id: int) -> None:
        """Open the rows that explain what differs from a snapshot now."""
        self.open_wanted.emit("snapshot-diff", (snapshot_id, ""))

    def step_back(self) -> bool:
        """Esc closes the open strip."""
        return self.acts.close()

    def focus_start(self) -> None:
        """The keyboard goes to where the tab begins."""
        self.front.focus_start()

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.tabs, self.front.table

    def commands(self) -> tuple[PageCommand, ...]:
        return tuple(
            PageCommand(menu="view", text=title, run=partial(self.tabs.set_current, key))
            for key, title in TITLES.items()
        )
