"""考核评估: seasons, how far they have come, and the board of those who take part."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.assessment.boards import AssessmentSheet, Board, BoardLine, assessment_sheet, board
from suite.kernel.assessment.progress import CampaignLine, Progress, campaigns, progress
from suite.kernel.assessment.standing import IN, UNGRADED
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.buttons import icon_button
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateChip
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S12, Height, TextSize
from suite.ui.pages.assessment.heat_board import HeatBoard
from suite.ui.pages.assessment.summary import AssessmentSummary
from suite.ui.pages.assessment.wording import COLUMNS, STATES, row_of

ALL = "全部"
CHOOSE = "在左边选中一个对象，这里列出得分、同组分布和办理经过。"
NOTHING = "还没有开展过考核评估。到期后由科室用命令“开展考核”开展，参加对象按规则自动确定。"


class AssessmentPage(Page):
    """One season at a time; nothing is written here."""

    def __init__(self, desk: Desk, campaign: int | None = None) -> None:
        super().__init__("assessment", "考核评估", "assess")
        self.set_hints("方向键移动　Enter 打开档案　F5 刷新")
        self._desk = desk
        self._ticket: Ticket | None = None
        self._campaign, self._group = campaign, ALL
        self._shown = 0
        self.campaigns: list[CampaignLine] = []
        self.board: Board | None = None
        self._lay_out()
        self._desk.changed.connect(self._changed)
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("top", Height.PROFESSION_TABS)
        self.seasons = LineTabs(name="考核")
        self.seasons.current_changed.connect(self._choose_campaign)
        top.row.addWidget(self.seasons, 1)
        refresh = icon_button("refresh", "刷新（F5）")
        refresh.clicked.connect(self.refresh)
        top.row.addWidget(refresh)
        self.content.addWidget(top)
        second = Bar("head", Height.FILTER_BAR)
        self.groups = LineTabs(base_height=Height.FILTER_BAR, size=TextSize.BODY, name="分组")
        self.groups.current_changed.connect(self._choose_group)
        second.row.addWidget(self.groups, 1)
        self._state = QHBoxLayout()
        second.row.addLayout(self._state)
        self.content.addWidget(second)
        strip = Bar("head", Height.FILTER_BAR)
        self.come = ElidedLabel("", size=TextSize.CAPTION)
        strip.row.addWidget(self.come, 1)
        strip.row.addSpacing(S12)
        self.missing = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        strip.row.addWidget(self.missing, 1)
        self.content.addWidget(strip)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        ground = Frame("surface")
        self._stack = QStackedLayout(ground)
        self.heat = HeatBoard()
        self.heat.line_chosen.connect(self._show)
        self.heat.line_opened.connect(self._open)
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self), row_base=Height.ROW_DENSE)
        self.table.setAccessibleName("参加考核的对象")
        self.table.row_settled.connect(lambda row, _key: self._show_row(row))
        self.table.row_opened.connect(lambda row, _key: self._open_row(row))
        self._stack.addWidget(self.heat)
        self._stack.addWidget(self.table)
        self._empty: EmptyState | None = None
        middle.addWidget(ground, 1)
        self.dock = AssessmentSummary()
        self.dock.show_nothing(CHOOSE)
        middle.addWidget(self.dock)
        self.content.addLayout(middle, 1)
        foot = Bar("foot", Height.CONTROL)
        self.legend = label("", tone="text2", size=TextSize.CAPTION)
        foot.row.addWidget(self.legend)
        foot.row.addStretch()
        self.content.addWidget(foot)

    def resizeEvent(self, event: object) -> None:
        self.dock.fit(self.window().width())

    # Reading.

    def refresh(self) -> None:
        """F5."""
        if self._ticket is not None:
            self._ticket.drop()
        suite, actor, wanted = self._desk.suite, self._desk.actor, self._campaign

        def query(session: ReadSession) -> tuple[list[CampaignLine], Board | None, Progress | None]:
            lines = campaigns(session, actor, suite.catalog)
            chosen = wanted if any(line.id == wanted for line in lines) else (lines[0].id if lines else None)
            if chosen is None:
                return lines, None, None
            return (
                lines,
                board(session, actor, suite.catalog, chosen, today=suite.today),
                progress(session, actor, suite.catalog, chosen),
            )

        self._ticket = self._desk.read(query, self._came, self._lost)

    def _came(self, found: tuple[list[CampaignLine], Board | None, Progress | None]) -> None:
        self._ticket = None
        self.campaigns, self.board, come = found
        if self.board is None or come is None:
            self._say(NOTHING)
            return
        self._campaign = self.board.campaign.id
        self.seasons.set_tabs([Tab(key=line.id, title=line.title) for line in self.campaigns], self._campaign)
        while (item := self._state.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._state.addWidget(StateChip(STATES[self.board.campaign.state]))
        self._tell_progress(self.board, come)
        self._list()

    def _lost(self, error: Exception) -> None:
        self._ticket = None
        self._say(sentence_of(error), "重试", self.refresh)

    def _changed(self, _done: Done) -> None:
        if self.isVisible():
            self.refresh()

    # What is shown.

    def _tell_progress(self, found: Board, come: Progress) -> None:
        scheme = found.sheet.scheme
        everybody = come.standings[IN] + come.standings[UNGRADED]
        if found.by_source:
            parts = [f"{source.words} {number} / {everybody}" for source, number in found.by_source.items()]
        else:
            parts = [f"待{step.title} {come.waiting.get(step.key, 0):,}" for step in scheme.steps]
        grades = [
            f"{grade.title} {come.grades[grade.key]:,}"
            for grade in scheme.grades
            if come.grades.get(grade.key)
        ]
        self.come.setText("　　".join([f"参加 {everybody:,}", *parts, *grades]))
        named = "、".join(f"{name or '无机构'} {number}" for _, name, number in come.missing[:5])
        first = scheme.steps[0].title
        lacking = bool(named) and found.campaign.state == "running"
        self.missing.setText(f"未办“{first}”：{named}" if lacking else "")
        self.missing.setVisible(lacking)

    def _choose_campaign(self, key: object) -> None:
        if isinstance(key, int) and key != self._campaign:
            self._campaign, self._group = key, ALL
            self.refresh()

    def _choose_group(self, key: object) -> None:
        self._group = str(key)
        self._list()

    def _lines(self) -> list[BoardLine]:
        """The participants of the chosen group."""
        if self.board is None:
            return []
        return [line for line in self.board.lines if self._group in (ALL, line.group)]

    def _list(self) -> None:
        found = self.board
        if found is None:
            return
        self.groups.set_tabs(
            [
                Tab(key=ALL, title=ALL, count=len(found.lines)),
                *(
                    Tab(key=key, title=title, count=sum(line.group == key for line in found.lines))
                    for key, title in found.groups.items()
                ),
            ],
            self._group,
        )
        self._say("")
        if found.sheet.criteria:
            self._stack.setCurrentWidget(self.heat)
            self.heat.set_board(found, self._lines())
            self.legend.setText(
                "颜色越深得分率越低（55% 以下最深）　红框：与同组中位数相差 2 个标准差以上　斜线：尚未评分"
            )
        else:
            self._stack.setCurrentWidget(self.table)
            lines = self._lines()
            self.source.set_rows((row_of(found, line) for line in lines), [line.id for line in lines])
            self.legend.setText("建议等次由记录测算，评定时可以不同，须写明理由")
            if lines:
                self.table.select_row(max(self.table.current_row, 0))
                self._show_row(self.table.current_row)

    def _say(self, sentence: str, button: str = "", act: object = None) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if sentence:
            self._empty = EmptyState(sentence, button, act if callable(act) else None)
            self._stack.addWidget(self._empty)
            self._stack.setCurrentWidget(self._empty)
            self.dock.show_nothing(CHOOSE)

    def _show_row(self, row: int) -> None:
        lines = self._lines()
        if 0 <= row < len(lines):
            self._show(lines[row])

    def _show(self, line: object) -> None:
        if self.board is None or not isinstance(line, BoardLine):
            return
        self.dock.show_line(self.board, line)
        suite, actor = self._desk.suite, self._desk.actor
        wanted = self._shown = line.id

        def query(session: ReadSession) -> AssessmentSheet:
            return assessment_sheet(session, actor, suite.catalog, wanted)

        def came(sheet: AssessmentSheet) -> None:
            if self._shown == wanted:
                self.dock.show_sheet(sheet)

        self._desk.read(query, came, owner=self)

    def _open_row(self, row: int) -> None:
        lines = self._lines()
        if 0 <= row < len(lines):
            self._open(lines[row])

    def _open(self, line: object) -> None:
        if isinstance(line, BoardLine):
            self.open_wanted.emit("record", (line.kind, line.subject_id))

    def select(self, name: str) -> bool:
        """Make the participant of this name current."""
        return self.heat.select(name)

    # Keys.

    def focus_start(self) -> None:
        """The keyboard goes to the board."""
        current = self._stack.currentWidget()
        if current is not None:
            current.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.seasons, self.groups, self.heat, self.table, self.dock

    def commands(self) -> tuple[PageCommand, ...]:
        return (PageCommand(menu="view", text="摘要", run=self.toggle_dock),)

    def toggle_dock(self) -> None:
        """Close the summary, or open it again."""
        self.dock.set_closed(not self.dock.is_closed)
