"""检查计划: the plans on the left, one plan with its draw on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.accounts.queries import active_users
from suite.kernel.casework.inspections.frame import WORK
from suite.kernel.casework.inspections.planning import PLANS
from suite.kernel.casework.inspections.queries import PlanFile, PlanLine, plan_file, plan_lines
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.districts import full_district_names
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import EmptyState, Notice, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Pane, scrolled
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.pages.plans.acts import PlanActs, inspected_kinds
from suite.ui.pages.plans.detail import PlanDetail

COLUMNS = (
    Column(key="title", title="检查计划", width=200, stretch=True),
    Column(key="state", title="抽取", kind=ColumnKind.STATE, width=104),
    Column(key="until", title="结束日期", kind=ColumnKind.DATE, width=92),
)
Answer = tuple[list[PlanLine], PlanFile | None, list[tuple[str, str]], dict[str, str]]


class PlansPage(Page):
    """`plan_id` is the plan to show first, by default the newest."""

    def __init__(self, desk: Desk, plan_id: object = None, parent: QWidget | None = None) -> None:
        super().__init__("plans", "检查计划", "plan", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        wanted = plan_id[0] if isinstance(plan_id, tuple) and plan_id else plan_id
        self.plan_id = wanted if isinstance(wanted, int) else 0
        self.lines: list[PlanLine] = []
        self.plan: PlanFile | None = None
        self.users: list[tuple[str, str]] = []
        self.districts: dict[str, str] = {}
        self._lay_out()
        self._connect()
        self.set_hints("Enter 打开　Ctrl+N 制定计划　F9 抽取　F5 刷新")
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("window", Height.PROFESSION_TABS)
        top.row.addWidget(label("检查计划", size=TextSize.SECTION, bold=True))
        top.row.addStretch()
        self.add = Button("制定计划…", icon_name="plus", look=Look.PRIMARY)
        self.add.set_refusal("" if next(iter(inspected_kinds(self)), None) else "您没有制定检查计划的权限")
        top.row.addWidget(self.add)
        self.content.addWidget(top)
        strips = QVBoxLayout()
        self.acts = PlanActs(self, strips)
        self.content.addLayout(strips)
        self.body = QWidget()
        row = QHBoxLayout(self.body)
        row.setContentsMargins(S12, S8, S12, S12)
        row.setSpacing(S8)
        left = Pane()
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self))
        self.table.setAccessibleName("检查计划列表")
        left.body.addWidget(self.table, 1)
        self.empty = EmptyState("正在读取…")
        left.body.addWidget(self.empty, 1)
        self.table.hide()
        row.addWidget(left, 4)
        self.detail = PlanDetail()
        self.detail_area = scrolled(self.detail)
        self.detail_area.hide()
        row.addWidget(self.detail_area, 7)
        self.content.addWidget(self.body, 1)

    def _connect(self) -> None:
        self.add.clicked.connect(self.acts.ask_plan)
        self.table.row_settled.connect(lambda _row, key: self._chosen(key))
        self.table.row_opened.connect(lambda _row, key: self._chosen(key))
        detail = self.detail
        detail.draw_wanted.connect(self.acts.ask_draw)
        detail.void_wanted.connect(self.acts.ask_void)
        detail.open_wanted.connect(self.acts.ask_open)
        detail.recuse_wanted.connect(self.acts.ask_recuse)
        detail.replay_wanted.connect(self.acts.replay)
        detail.save_wanted.connect(self.acts.save)
        detail.case_wanted.connect(lambda number: self.open_wanted.emit("case", number))
        self.desk.changed.connect(self._changed)

    # Reading.

    def refresh(self) -> None:
        """F5."""
        suite, actor, wanted = self.desk.suite, self.desk.actor, self.plan_id

        def query(session: ReadSession) -> Answer:
            lines = plan_lines(session, actor, suite.catalog)
            shown = wanted if any(line.id == wanted for line in lines) else lines[0].id if lines else 0
            numbers = parameters_on(session, suite.catalog, suite.today)
            months = int(numbers["core.inspection.risk_months"])
            found = (
                plan_file(session, actor, suite.catalog, shown, today=suite.today, risk_months=months)
                if shown
                else None
            )
            return lines, found, active_users(session), full_district_names(session)

        self.asking.read(query, self._came, self.lost)

    def _came(self, answer: Answer) -> None:
        self.lines, self.plan, self.users, self.districts = answer
        self.source.set_rows([_row(line) for line in self.lines], [line.id for line in self.lines])
        self.table.setVisible(bool(self.lines))
        self.empty.setVisible(not self.lines)
        self.detail_area.setVisible(self.plan is not None)
        if self.plan is None:
            self.empty.set_sentence("还没有检查计划。制定计划后在这里随机抽取检查对象和检查人员。")
        else:
            self.plan_id = self.plan.line.id
            place = next(n for n, line in enumerate(self.lines) if line.id == self.plan_id)
            if self.table.current_row != place:
                self.table.select_row(place)
            self.detail.show_plan(self.plan)
        self.commands_changed.emit()

    def show_plan(self, number: int) -> None:
        """Show one of the plans."""
        self.plan_id = number
        self.refresh()

    def _chosen(self, key: object) -> None:
        if isinstance(key, int) and key != self.plan_id:
            self.acts.close()
            self.show_plan(key)

    def lost(self, error: Exception) -> None:
        """Tell why something could not be read or written."""
        if not self.lines:
            self.empty.set_sentence(sentence_of(error))
            return
        self.show_notice(Notice(kind=NoticeKind.BAD, text=sentence_of(error), closable=True))

    def tell_replay(self, no: int, agrees: bool) -> None:
        """What came out of a replay."""
        text = (
            f"按第 {no} 次抽取的记录重演，抽中的检查对象、检查人员和次序完全一致。"
            if agrees
            else f"按第 {no} 次抽取的记录重演，结果与记录不符，请核对记录。"
        )
        kind = NoticeKind.INFO if agrees else NoticeKind.BAD
        self.show_notice(Notice(kind=kind, text=text, closable=True))

    def _changed(self, done: Done) -> None:
        works = {kind.key for kind in self.desk.suite.catalog.case_kinds.values() if kind.work == WORK}
        if any(change.kind == PLANS or change.kind in works for change in done.changes):
            self.refresh()

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the strip."""
        return self.acts.close()

    def focus_start(self) -> None:
        """The keyboard goes to the list."""
        (self.table if self.lines else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.table, *self.detail.tables()

    def commands(self) -> tuple[PageCommand, ...]:
        """What can be done here, in the menu 办理 and the palette."""
        detail = self.detail
        return (
            PageCommand(
                menu="act", text="制定检查计划", run=self.acts.ask_plan, key="Ctrl+N",
                refusal="" if self.add.isEnabled() else self.add.toolTip(),
            ),
            PageCommand(
                menu="act", text="随机抽取", run=self.acts.ask_draw, key="F9",
                refusal="" if detail.draw.isEnabled() and self.plan else detail.draw.toolTip(),
            ),
            PageCommand(
                menu="act", text="重演抽取", run=self.acts.replay,
                refusal="" if detail.standing else "还没有抽取",
            ),
        )  # fmt: skip


def _row(line: PlanLine) -> tuple[object, ...]:
    if line.drawn_on is None:
        state = StateValue(StateKind.NEW, "待抽取")
    elif line.opened < line.picked:
        state = StateValue(StateKind.WARN, f"抽中 {line.picked}，待登记")
    else:
        state = StateValue(StateKind.OK, f"抽中 {line.picked}")
    return line.title, state, line.last_day
