"""指标: every declared indicator with its value, target and state; the dock opens one to its rows."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.indicators.board import IndicatorBoard, IndicatorValue, Question, SideRows
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.indicators.rules import State
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.buttons import Button, icon_button
from suite.ui.kit.day_panel import DayPanel
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateGlyph
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S12, Height, TextSize
from suite.ui.pages.indicators.summary import IndicatorSummary
from suite.ui.pages.indicators.wording import COLUMNS, STATES, basis_of, is_binding, row_of

#: The tabs above the table: key, title, and which indicators they hold.
TABS = (
    ("all", "全部", lambda value: True),
    ("binding", "约束性", is_binding),
    ("behind", "未达标", lambda value: value.state is State.BEHIND),
    ("no_data", "无数据", lambda value: value.state is State.NO_DATA),
)
CHOOSE = "在左边选中一项指标，这里列出算式、口径和各县（市、区）。"


class IndicatorsPage(Page):
    """Values of today, or of a past day; nothing is written here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("indicators", "指标", "indicator")
        self.set_hints("Enter 打开背后的名单　F5 刷新")
        self._desk = desk
        self._ticket: Ticket | None = None
        self._as_of: dt.date | None = None
        self._tab = "all"
        self.board: IndicatorBoard | None = None
        self.listed: list[IndicatorValue] = []
        self._lay_out()
        self._desk.changed.connect(self._changed)
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("top", Height.FILTER_BAR)
        top.row.addWidget(label("数据", tone="text2"))
        self.day_button = Button("", arrow=True)
        self.day_button.clicked.connect(self._choose_day)
        top.row.addWidget(self.day_button)
        self.tabs = LineTabs(base_height=Height.FILTER_BAR, size=TextSize.BODY, name="指标分类")
        self.tabs.current_changed.connect(self._choose_tab)
        top.row.addWidget(self.tabs, 1)
        refresh = icon_button("refresh", "刷新（F5）")
        refresh.clicked.connect(self.refresh)
        top.row.addWidget(refresh)
        self.content.addWidget(top)
        strip = Bar("head", Height.FILTER_BAR)
        self.counts = {}
        for state, drawn in STATES.items():
            strip.row.addWidget(StateGlyph(drawn.kind))
            strip.row.addWidget(label(drawn.word))
            self.counts[state] = label("", size=TextSize.SECTION, bold=True)
            strip.row.addWidget(self.counts[state])
            strip.row.addSpacing(S12)
        self.basis = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        strip.row.addWidget(self.basis, 1)
        self.content.addWidget(strip)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self), row_base=Height.ROW_DENSE)
        self.table.setAccessibleName("指标")
        self.table.row_settled.connect(lambda row, _key: self._show(row))
        self.table.row_opened.connect(lambda row, _key: self._open(row))
        ground = Frame("surface")
        self._stack = QStackedLayout(ground)
        self._stack.addWidget(self.table)
        self._empty: EmptyState | None = None
        middle.addWidget(ground, 1)
        self.dock = IndicatorSummary(self._desk.suite.catalog.kinds)
        self.dock.show_nothing(CHOOSE)
        self.dock.rows_wanted.connect(self._open_side)
        middle.addWidget(self.dock)
        self.content.addLayout(middle, 1)
        self._tell_day()

    def resizeEvent(self, event: object) -> None:
        self.dock.fit(self.window().width())

    # Reading.

    @property
    def question(self) -> Question:
        """What is asked: today, or the chosen day."""
        return Question(as_of=self._as_of or self._desk.suite.today)

    def refresh(self) -> None:
        """F5."""
        if self._ticket is not None:
            self._ticket.drop()
        suite, actor, question = self._desk.suite, self._desk.actor, self.question

        def query(session: ReadSession) -> IndicatorBoard:
            return indicator_board(session, actor, suite.catalog, question)

        self.table.set_stale(True)
        self._ticket = self._desk.read(query, self._came, self._lost)

    def _came(self, board: IndicatorBoard) -> None:
        self._ticket = None
        self.board = board
        self.table.set_stale(False)
        for state, figure in self.counts.items():
            figure.setText(str(sum(value.state is state for value in board.values)))
        self.basis.setText(basis_of(board))
        self._list()

    def _lost(self, error: Exception) -> None:
        self._ticket = None
        self.table.set_stale(False)
        self._say(sentence_of(error), "重试", self.refresh)

    def _changed(self, _done: Done) -> None:
        if self.isVisible():
            self.refresh()

    # What is shown.

    def _choose_tab(self, key: object) -> None:
        self._tab = str(key)
        self._list()

    def _list(self) -> None:
        if self.board is None:
            return
        held = {key: [value for value in self.board.values if test(value)] for key, _, test in TABS}
        self.tabs.set_tabs(
            [Tab(key=key, title=title, count=len(held[key])) for key, title, _ in TABS], self._tab
        )
        self.listed = held[self._tab]
        self.source.set_rows(
            (row_of(value) for value in self.listed), [value.indicator.key for value in self.listed]
        )
        if not self.board.values:
            self._say("没有您可以查看的指标：启用的插件没有声明，或您没有查看相应名册的权限。")
        elif not self.listed:
            self._say("没有这一类指标。", "查看全部", lambda: self._choose_tab("all"))
        else:
            self._say("")
        if self.listed:
            if self.table.current_row < 0:
                self.table.select_row(0)
            self._show(self.table.current_row)
        else:
            self.dock.show_nothing(CHOOSE)

    def _show(self, row: int) -> None:
        if self.board is not None and 0 <= row < len(self.listed):
            value = self.listed[row]
            owner = self._desk.suite.catalog.titles.get(value.indicator.owner, "")
            self.dock.show_value(self.board, value, owner)

    def select(self, no: str) -> bool:
        """Make the indicator with this number current."""
        for row, value in enumerate(self.listed):
            if value.target is not None and str(value.target.no) == no:
                self.table.select_row(row)
                self._show(row)
                return True
        return False

    def _say(self, sentence: str, button: str = "", act: object = None) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if sentence:
            self._empty = EmptyState(sentence, button, act if callable(act) else None)
            self._stack.addWidget(self._empty)
            self._stack.setCurrentWidget(self._empty)

    # A past day.

    def _choose_day(self) -> None:
        panel = DayPanel(self, self._desk.suite.today, "指标")
        panel.chosen.connect(self.set_day)
        panel.closed.connect(panel.deleteLater)
        panel.open_at(self.day_button, panel.line)

    def set_day(self, day: dt.date) -> None:
        """Show the values of a day; today's are live."""
        self._as_of = day if day != self._desk.suite.today else None
        self._tell_day()
        self.refresh()

    def _tell_day(self) -> None:
        today = self._desk.suite.today
        self.day_button.setText(f"截至 {self._as_of}" if self._as_of else f"实时（{today}）")

    # The rows behind a number.

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.listed):
            self._show(row)
            if self.dock.buttons:
                self.dock.buttons[0].click()

    def _open_side(self, value: IndicatorValue, place: int) -> None:
        suite, actor, question = self._desk.suite, self._desk.actor, self.question
        key, part = value.indicator.key, value.deciding

        def query(session: ReadSession) -> SideRows | None:
            return rows_behind(session, actor, suite.catalog, question, key, part=part)[place]

        self._desk.read(query, lambda rows: self._open_rows(value, rows), owner=self)

    def _open_rows(self, value: IndicatorValue, rows: SideRows | None) -> None:
        if rows is not None and rows.kind is not None:
            title = f"{value.indicator.title}：{rows.title}"
            ids = tuple(line.id for line in rows.members)
            if rows.kind in self._desk.suite.catalog.case_kinds:
                self.open_wanted.emit("cases", (title, ids))
                return
            if rows.kind in self._desk.suite.catalog.ledgers:
                self.open_wanted.emit("ledgers", (rows.kind, ids))
                return
            matter = (title, ids, "指标")
            day = (self._as_of.isoformat(),) if self._as_of else ()
            self.open_wanted.emit("roster", (rows.kind, (), matter, *day))

    # Keys.

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.tabs, self.table, self.dock

    def commands(self) -> tuple[PageCommand, ...]:
        return (
            PageCommand(menu="view", text="按日期查看指标", run=self._choose_day),
            PageCommand(menu="view", text="摘要", run=self.toggle_dock),
        )

    def toggle_dock(self) -> None:
        """Close the summary, or open it again."""
        self.dock.set_closed(not self.dock.is_closed)
