"""The head of the page: which season, which view of it, where it stands, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from suite.kernel.assessment.boards import Board
from suite.kernel.assessment.progress import CampaignLine
from suite.kernel.assessment.standing import NOTICED
from suite.kernel.exchange.season_files import SeasonList
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.buttons import Button, Look, icon_button
from suite.ui.kit.panes import Bar
from suite.ui.kit.state import StateChip
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import S12, Height, TextSize
from suite.ui.pages.assessment.wording import STATES

COCKPIT, SCORES, ROSTER = "cockpit", "scores", "roster"


class SeasonHead(QWidget):
    """`list_wanted` carries which list is to be saved, `circular_wanted` that the circular is."""

    list_wanted = Signal(str)
    circular_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = Bar("top", Height.PROFESSION_TABS)
        self.seasons = LineTabs(name="考核")
        top.row.addWidget(self.seasons, 1)
        self.scheme = Button("方案与标准")
        self.open = Button("开展考核…", icon_name="plus")
        self.refresh = icon_button("refresh", "刷新（F5）")
        for widget in (self.scheme, self.open, self.refresh):
            top.row.addWidget(widget)
        column.addWidget(top)
        self.bar = Bar("head", Height.PROFESSION_TABS)
        self.views = LineTabs(base_height=Height.PROFESSION_TABS, size=TextSize.BODY, name="视图")
        self.bar.row.addWidget(self.views)
        self._state = QHBoxLayout()
        self.bar.row.addLayout(self._state)
        self.told = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.bar.row.addWidget(self.told, 1)
        self.progress = ProgressStrip()
        self.propose = Button("重新测算建议")
        self.remind = Button("催报…")
        self.lists = Button("导出名单", arrow=True)
        self.lists.clicked.connect(self._open_lists)
        self.next = Button("公示结果…", look=Look.PRIMARY)
        for act in (self.progress, self.propose, self.remind, self.lists, self.next):
            self.bar.row.addWidget(act)
        column.addWidget(self.bar)

    def show_seasons(self, lines: Sequence[CampaignLine], board: Board | None, *, may_open: bool) -> None:
        """Which seasons there are, and which one is shown."""
        self.open.setVisible(may_open)
        self.bar.setVisible(board is not None)
        self.scheme.setVisible(board is not None)
        current = board.campaign.id if board is not None else None
        self.seasons.set_tabs([Tab(key=line.id, title=line.title) for line in lines], current)

    def show_board(self, found: Board, view: str, further: Sequence[Tab]) -> str:
        """Where the season stands, and which views it has; returns the one that is shown: another one where
        there is no such."""
        campaign = found.campaign
        tabs = [Tab(key=COCKPIT, title="进展")]
        if found.sheet.criteria:
            tabs.append(Tab(key=SCORES, title="得分"))
        tabs.append(Tab(key=ROSTER, title="名单", count=len(found.lines)))
        tabs += further
        if view not in {tab.key for tab in tabs}:
            view = COCKPIT
        self.views.set_tabs(tabs, view)
        self.views.setFixedWidth(self.views.sizeHint().width() + S12)
        while (item := self._state.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._state.addWidget(StateChip(STATES[campaign.state]))
        words = [
            f"{campaign.first} 至 {campaign.last}",
            f"已评定 {campaign.graded:,} / {campaign.taking_part:,}",
        ]
        if campaign.state == NOTICED:
            words.append(f"公示至 {campaign.notice_until}")
        if campaign.document_no:
            words.append(campaign.document_no)
        self.told.setText("　".join(words))
        return view

    def show_next(self, title: str, refusal: str) -> None:
        """What comes next for the season, grey with its reason; nothing where its course has ended."""
        self.next.setVisible(bool(title))
        self.next.setText(title)
        self.next.set_refusal(refusal)

    def _open_lists(self) -> None:
        menu = QMenu(self)
        for what in SeasonList:
            menu.addAction(f"{what.words}…").triggered.connect(partial(self._want, what.value))
        menu.addAction("情况通报…").triggered.connect(self.circular_wanted)
        self.lists.open_menu(menu)

    def _want(self, what: str, _checked: bool = False) -> None:
        self.list_wanted.emit(what)
