"""指标: every declared indicator with its value, target and state; the dock opens one to its rows."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.indicators.board import IndicatorBoard, IndicatorValue, Question
from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.indicators.rules import State
from suite.kernel.indicators.snapshots import SnapshotLine
from suite.ui.asking import Asking
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.buttons import Button, Look, icon_button
from suite.ui.kit.checkbox import CheckBox
from suite.ui.kit.day_panel import DayPanel
from suite.ui.kit.notices import EmptyState, Notice, NoticeBar, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateGlyph
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S12, Height, TextSize
from suite.ui.pages.indicators.choosing import CompareChooser, DataChooser
from suite.ui.pages.indicators.drill_down import DrillDown
from suite.ui.pages.indicators.freezing import FreezeActs
from suite.ui.pages.indicators.shown import Shown, read_shown
from suite.ui.pages.indicators.summary import IndicatorSummary
from suite.ui.pages.indicators.wording import (
    COLUMNS,
    STATES,
    basis_of,
    compared_columns,
    compared_row,
    is_binding,
    row_of,
)

#: The tabs above the table: key, title, and which indicators they hold.
TABS = (
    ("all", "全部", lambda value: True),
    ("binding", "约束性", is_binding),
    ("behind", "未达标", lambda value: value.state is State.BEHIND),
    ("no_data", "无数据", lambda value: value.state is State.NO_DATA),
)
#: Areas of the statistics that are counted or not.
WITH = {WITH_XINJI: "含辛集", WITH_ZONES: "含功能区"}
CHOOSE = "在左边选中一项指标，这里列出算式、口径和各县（市、区）。"


class IndicatorsPage(Page):
    """Values of today, of a past day, or as they were frozen, beside others where it is asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("indicators", "指标", "indicator")
        self.set_hints("Enter 打开背后的名单　F5 刷新")
        self._desk = desk
        self._asking = Asking(desk, self)
        self._ticket: Ticket | None = None
        self.frozen: SnapshotLine | None = None
        self._beside: SnapshotLine | None = None
        self._former: dict[str, IndicatorValue] = {}
        self.as_of: dt.date | None = None
        self._set: str | None = None
        self._positions: dict[str, bool] = {}
        self._tab = "all"
        self._lacks: NoticeBar | None = None
        self.board: IndicatorBoard | None = None
        self.listed: list[IndicatorValue] = []
        self._lay_out()
        self._desk.changed.connect(self._changed)
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("top", Height.FILTER_BAR)
        top.row.addWidget(label("数据", tone="text2"))
        self.data = DataChooser(self._desk.suite.today)
        self.data.live_wanted.connect(lambda: self.set_day(self._desk.suite.today))
        self.data.day_wanted.connect(self._choose_day)
        self.data.snapshot_wanted.connect(self.show_snapshot)
        self.compared = CompareChooser()
        self.compared.wanted.connect(self.compare_with)
        top.row.addWidget(self.data)
        top.row.addWidget(self.compared)
        self.tabs = LineTabs(base_height=Height.FILTER_BAR, size=TextSize.BODY, name="指标分类")
        self.tabs.current_changed.connect(self._choose_tab)
        top.row.addWidget(self.tabs, 1)
        self.differences = Button("逐条差异", icon_name="table", tip="逐条说明两份数为什么不同")
        self.differences.clicked.connect(self._open_difference)
        self.differences.hide()
        top.row.addWidget(self.differences)
        self.returns = Button("填报", icon_name="table", tip="各单位报送统计报表")
        self.returns.clicked.connect(lambda: self.open_wanted.emit("returns", None))
        top.row.addWidget(self.returns)
        self.reports = Button("报告", icon_name="document", tip="报表、问数、迎检包、通报")
        self.reports.clicked.connect(lambda: self.open_wanted.emit("reports", None))
        top.row.addWidget(self.reports)
        self.freeze = Button("冻结快照…", icon_name="lock")
        top.row.addWidget(self.freeze)
        refresh = icon_button("refresh", "刷新（F5）")
        refresh.clicked.connect(self.refresh)
        top.row.addWidget(refresh)
        self.content.addWidget(top)
        strips = QVBoxLayout()
        self.content.addLayout(strips)
        self.acts = FreezeActs(self, strips, self._asking)
        self.freeze.clicked.connect(self.acts.ask)
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
        self.set_button = Button("", arrow=True, look=Look.PLAIN, tip="换一个指标体系，或编辑")
        self.set_button.clicked.connect(self._offer_sets)
        strip.row.addWidget(self.set_button)
        self.switches = {key: CheckBox(words) for key, words in WITH.items()}
        for key, box in self.switches.items():
            box.setToolTip("只改变这里所看的口径，不改参数")
            box.clicked.connect(lambda checked, key=key: self._look_with(key, checked))
            strip.row.addWidget(box)
        self.content.addWidget(strip)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        ground = Frame("surface")
        self._stack = QStackedLayout(ground)
        self.table = self._new_table()
        self._stack.addWidget(self.table)
        self.drill_down = DrillDown(self, self._desk)
        self.drill_down.shown.connect(self._show_behind)
        self.drill_down.pane.left.connect(self._leave_behind)
        self._stack.addWidget(self.drill_down.pane)
        self._empty: EmptyState | None = None
        middle.addWidget(ground, 1)
        self.dock = IndicatorSummary(self._desk.suite.catalog.kinds)
        self.dock.show_nothing(CHOOSE)
        self.dock.rows_wanted.connect(self.drill_down.open_side)
        middle.addWidget(self.dock)
        self.content.addLayout(middle, 1)
        self._tell_day()

    def resizeEvent(self, event: object) -> None:
        self.dock.fit(self.window().width())

    def _new_table(self) -> TableView:
        """The table, with a second value column while two sets are compared."""
        columns = compared_columns(self._beside.title) if self._beside is not None else COLUMNS
        self.source = ListSource()  # rows of the other columns are none of this table's
        table = TableView(RowTableModel(columns, self.source, self), row_base=Height.ROW_DENSE)
        table.setAccessibleName("指标")
        table.row_settled.connect(lambda row, _key: self._show(row))
        table.row_opened.connect(lambda row, _key: self._open(row))
        return table

    # Reading.

    @property
    def question(self) -> Question:
        """What is asked: today, or the chosen day."""
        return Question(
            as_of=self.as_of or self._desk.suite.today,
            set=self._set,
            positions=dict(self._positions),
            today=self._desk.suite.today,
        )

    def refresh(self) -> None:
        """F5."""
        if self._ticket is not None:
            self._ticket.drop()
        suite, actor, question = self._desk.suite, self._desk.actor, self.question
        frozen, beside = self.frozen, self._beside

        def query(session: ReadSession) -> Shown:
            return read_shown(session, actor, suite.catalog, question, frozen, beside)

        self.table.set_stale(True)
        self._ticket = self._desk.read(query, self._came, self._lost)

    def _came(self, shown: Shown) -> None:
        self._ticket = None
        self.board = board = shown.board
        self._former = {v.indicator.key: v for v in shown.beside.values} if shown.beside else {}
        self.data.known = shown.known
        self.compared.set_known(shown.known, self._beside)
        self.freeze.set_refusal(self.acts.refusal())
        self.table.set_stale(False)
        self._tell_lacking(shown.lacks)
        for state, figure in self.counts.items():
            figure.setText(str(sum(value.state is state for value in board.values)))
        self.basis.setText(basis_of(board))
        self.set_button.setText(board.set.period if board.set else "无指标体系")
        positions = {switch.key: switch.value for value in board.values for switch in value.switches}
        for key, box in self.switches.items():
            box.setChecked(bool(positions.get(key, True)))
        self._list()

    def _tell_lacking(self, words: str) -> None:
        """What the frozen set that is shown lacks stands above it."""
        if self._lacks is not None:
            self._lacks.dismiss()
            self._lacks = None
        if words and self.frozen is not None:
            text = f"《{self.frozen.title}》{words}。"
            self._lacks = self.show_notice(Notice(kind=NoticeKind.INFO, text=text))

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
            (
                compared_row(value, self._former.get(value.indicator.key)) if self._beside else row_of(value)
                for value in self.listed
            ),
            [value.indicator.key for value in self.listed],
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
        if not sentence and self._stack.currentWidget() is not self.drill_down.pane:
            self._stack.setCurrentWidget(self.table)
        if sentence:
            self._empty = EmptyState(sentence, button, act if callable(act) else None)
            self._stack.addWidget(self._empty)
            self._stack.setCurrentWidget(self._empty)

    # A past day.

    def _choose_day(self) -> None:
        panel = DayPanel(self, self._desk.suite.today, "指标")
        panel.chosen.connect(self.set_day)
        panel.closed.connect(panel.deleteLater)
        panel.open_at(self.data, panel.line)

    def set_day(self, day: dt.date) -> None:
        """Show the values of a day; today's are live."""
        self.frozen = None
        self.as_of = day if day != self._desk.suite.today else None
        self._tell_day()
        self.refresh()

    def _tell_day(self) -> None:
        self.data.tell(self.as_of, self.frozen)
        self.differences.setVisible(self._beside is not None or self.frozen is not None)

    # Frozen sets.

    def show_snapshot(self, line: SnapshotLine) -> None:
        """Show what was frozen."""
        self.frozen, self.as_of = line, None
        self._tell_day()
        self.refresh()

    def compare_with(self, line: SnapshotLine | None) -> None:
        """Show another set's values beside these, or none."""
        self._beside = line
        self.compared.tell(line)
        former, self.table = self.table, self._new_table()
        self._stack.addWidget(self.table)
        self._stack.setCurrentWidget(self.table)
        self._stack.removeWidget(former)
        former.hide()
        former.deleteLater()
        self._tell_day()
        self.refresh()

    def _open_difference(self) -> None:
        """Row by row why the two sets differ; of a frozen set alone, against its day as it is known now."""
        first = self._beside or self.frozen
        if first is None:
            return
        if self._beside is not None and self.frozen is not None:
            other: object = self.frozen.id
        elif self._beside is not None:
            other = (self.as_of or self._desk.suite.today).isoformat()
        else:
            other = ""
        self.open_wanted.emit("snapshot-diff", (first.id, other))

    # The rows behind a number.

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.listed):
            self._show(row)
            if self.dock.buttons:
                self.dock.buttons[0].click()

    def _show_behind(self) -> None:
        self._stack.setCurrentWidget(self.drill_down.pane)

    def _leave_behind(self) -> None:
        self._stack.setCurrentWidget(self.table)
        self.focus_start()

    def step_back(self) -> bool:
        """Esc: closes the open strip, then from the rows behind a number back to the numbers."""
        if self.acts.close():
            return True
        if self._stack.currentWidget() is not self.drill_down.pane:
            return False
        self._leave_behind()
        return True

    # Which set, with which places.

    def _offer_sets(self) -> None:
        menu = QMenu(self.set_button)
        for name, title in (self.board.sets if self.board else {}).items():
            menu.addAction(title).triggered.connect(lambda _=False, name=name: self.choose_set(name))
        menu.addSeparator()
        menu.addAction("编辑指标体系…").triggered.connect(lambda: self.open_wanted.emit("targets", None))
        self.set_button.open_menu(menu)

    def choose_set(self, name: str) -> None:
        """Hold the numbers against the targets of another set."""
        self._set = name
        self.refresh()

    def _look_with(self, key: str, on: bool) -> None:
        self._positions[key] = on
        self.refresh()

    # Keys.

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.tabs, self.table, self.dock

    def commands(self) -> tuple[PageCommand, ...]:
        return (
            PageCommand(menu="view", text="按日期查看指标", run=self._choose_day),
            PageCommand(menu="act", text="冻结快照…", run=self.acts.ask),
            PageCommand(menu="view", text="摘要", run=self.toggle_dock),
            PageCommand(menu="view", text="填报", run=lambda: self.open_wanted.emit("returns", None)),
            PageCommand(menu="view", text="编辑指标体系", run=lambda: self.open_wanted.emit("targets", None)),
        )

    def toggle_dock(self) -> None:
        """Close the summary, or open it again."""
        self.dock.set_closed(not self.dock.is_closed)
