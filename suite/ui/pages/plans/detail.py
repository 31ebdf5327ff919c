"""One plan: what it says, what was drawn, the groups of the pool, the inspectors, crossed-out draws."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.kernel.casework.inspections.queries import DrawFile, PlanFile
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind, DiffValue
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, S16, Height, TextSize

GROUPS = (
    Column(key="risk", title="风险等级", width=96),
    Column(key="district", title="区县", width=120, stretch=True),
    Column(key="size", title="检查对象", kind=ColumnKind.NUMBER, width=96),
    Column(key="rate", title="抽取比例", width=96),
    Column(key="wanted", title="应抽", kind=ColumnKind.NUMBER, width=80),
)
PEOPLE = (
    Column(key="name", title="检查人员", width=96),
    Column(key="unit", title="科室", width=216),
    Column(key="load", title="今年已担任", kind=ColumnKind.NUMBER, width=96),
    Column(key="away", title="回避", width=240, stretch=True),
)
PICKS = (
    Column(key="place", title="序号", width=48),
    Column(key="name", title="检查对象", width=240, stretch=True),
    Column(key="inspectors", title="检查人员", width=180),
    Column(key="case", title="检查", kind=ColumnKind.LINK, width=180),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=104),
)
FORMER = (
    Column(key="no", title="次序", width=64),
    Column(key="picks", title="抽取结果", kind=ColumnKind.DIFF, width=240, stretch=True),
    Column(key="seed", title="种子", width=160),
    Column(key="void", title="作废", width=240),
)


class TablePane(Pane):
    """A pane with a table as high as its rows, or a sentence where there are none."""

    def __init__(self, title: str, columns: Sequence[Column], empty: str) -> None:
        super().__init__(title)
        self.source = ListSource()
        self.table = TableView(RowTableModel(columns, self.source, self))
        self.table.setAccessibleName(title)
        self.empty = label(empty, tone="text2", wrap=True)
        self.empty.setContentsMargins(S12, S8, S12, S8)
        self.body.addWidget(self.table)
        self.body.addWidget(self.empty)

    def show_rows(self, rows: Sequence[Sequence[object]], keys: Sequence[int] = ()) -> None:
        """Replace the rows."""
        self.source.set_rows(rows, keys or range(len(rows)))
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        look = theme()
        height = look.height(Height.TABLE_HEADER) + len(rows) * look.height(Height.ROW_STANDARD) + 4
        self.table.setFixedHeight(height)


class PlanDetail(QWidget):
    """`show_plan` fills it; its signals are what can be done with the plan."""

    draw_wanted = Signal()
    open_wanted = Signal()
    void_wanted = Signal()
    recuse_wanted = Signal()
    save_wanted = Signal()
    replay_wanted = Signal()
    case_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S8)
        self.head = Pane("检查计划")
        self._facts = QGridLayout()
        self._facts.setContentsMargins(S12, S8, S12, S12)
        self._facts.setHorizontalSpacing(S16)
        self._facts.setVerticalSpacing(S8)
        self._facts.setColumnStretch(1, 1)
        self.head.body.addLayout(self._facts)
        self.draw = Button("随机抽取…", icon_name="plan", look=Look.PRIMARY)
        self.draw.clicked.connect(self.draw_wanted)
        self.recuse = Button("登记回避…")
        self.recuse.clicked.connect(self.recuse_wanted)
        self.head.head.addWidget(self.recuse)
        self.head.head.addWidget(self.draw)
        self.why = label("", tone="bad", wrap=True, size=TextSize.CAPTION)
        self.why.setContentsMargins(S12, 0, S12, S8)
        self.head.body.addWidget(self.why)
        self.picks = TablePane("抽取结果", PICKS, "还没有抽取。名录库以抽取当时的名册为准。")
        self.open = Button("登记检查…", look=Look.PRIMARY)
        self.replay, self.save, self.void = Button("重演"), Button("保存记录…"), Button("作废…")
        for button, signal in (
            (self.void, self.void_wanted),
            (self.save, self.save_wanted),
            (self.replay, self.replay_wanted),
            (self.open, self.open_wanted),
        ):
            button.clicked.connect(signal)
            self.picks.head.addWidget(button)
        self.seal = label("", tone="text2", wrap=True, size=TextSize.CAPTION)
        self.seal.setContentsMargins(S12, S8, S12, S8)
        self.seal.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.picks.body.addWidget(self.seal)
        self.picks.table.row_opened.connect(lambda row, _key: self._open_case(row))
        self.groups = TablePane("分层预览", GROUPS, "名录库中没有检查对象。请核对种类和区县。")
        self.people = TablePane("检查人员名录库", PEOPLE, "没有在用的检查人员。")
        self.former = TablePane("已作废的抽取", FORMER, "")
        for pane in (self.head, self.picks, self.groups, self.people, self.former):
            column.addWidget(pane)
        column.addStretch(1)
        self._plan: PlanFile | None = None

    @property
    def standing(self) -> DrawFile | None:
        """The draw that counts."""
        draws = self._plan.draws if self._plan else ()
        return next((item for item in draws if not item.voided), None)

    def tables(self) -> tuple[TableView, ...]:
        """The tables in reading order."""
        return tuple(pane.table for pane in (self.picks, self.groups, self.people, self.former))

    def resizeEvent(self, event: object) -> None:
        """The tables are laid out after this: their wide columns take what is left."""
        QTimer.singleShot(0, self, self._widen)

    def _widen(self) -> None:
        for table in self.tables():
            table.header.fit()

    def show_plan(self, plan: PlanFile) -> None:
        """Show another plan, or the same anew."""
        self._plan = plan
        line, drawn = plan.line, self.standing
        self.head.title.setText(line.title)
        self._show_facts(
            (
                ("检查对象", f"{line.kind_title}，{line.district}，{len(plan.pools.subjects):,} 家"),
                ("检查期间", f"{line.first_day} 至 {line.last_day}"),
                ("抽取规则", line.rule),
                ("检查依据", plan.basis),
            )
        )
        self.why.setText("　".join(fault.text for fault in plan.faults[:3]))
        self.why.setVisible(bool(plan.faults) and drawn is None)
        self._allow(plan, drawn)
        self.picks.show_rows(
            [
                (
                    str(pick.place),
                    pick.name,
                    pick.inspectors,
                    pick.case[1] if pick.case else None,
                    StateValue(pick.case[2].kind, pick.case[2].title)
                    if pick.case
                    else StateValue(StateKind.NEUTRAL, "未登记"),
                )
                for pick in (drawn.picks if drawn else ())
            ]
        )
        self.seal.setVisible(drawn is not None)
        if drawn is not None:
            self.seal.setText(
                f"第 {drawn.no} 次抽取，{drawn.on}，{drawn.by}　种子 {drawn.seed}（{drawn.seed_source}）\n"
                f"校验码 {drawn.digest}"
            )
        self.groups.show_rows(
            [(row.risk, row.district, row.size, row.rate, row.wanted) for row in plan.groups]
        )
        names = {item.id: item.name for item in plan.pools.subjects}
        self.people.show_rows(
            [
                (
                    item.name,
                    item.unit or None,
                    item.workload,
                    "；".join(f"{names[n]}（{why}）" for n, why in item.recused.items() if n in names)
                    or None,
                )
                for item in plan.pools.inspectors
            ]
        )
        former = [item for item in plan.draws if item.voided]
        self.former.setVisible(bool(former))
        self.former.show_rows(
            [
                (
                    f"第 {item.no} 次",
                    DiffValue("已作废", "、".join(pick.name for pick in item.picks)),
                    item.seed,
                    item.voided,
                )
                for item in former
            ]
        )

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while self._facts.count():
            taken = self._facts.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (title, words) in enumerate(facts):
            name = label(title, tone="text2")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(name, row, 0)
            self._facts.addWidget(label(words, wrap=True), row, 1)

    def _allow(self, plan: PlanFile, drawn: DrawFile | None) -> None:
        """Each button, with the reason where it does nothing."""
        no_right = "" if plan.may_draw else "您没有办理检查的权限"
        already = "已经抽取；确须重抽的先作废" if drawn else ""
        wrong = "名录库还不能抽取，原因见下" if plan.faults and drawn is None else ""
        self.draw.set_refusal(no_right or already or wrong)
        self.recuse.set_refusal(no_right)
        waiting = drawn is not None and any(pick.case is None for pick in drawn.picks)
        self.open.set_refusal(no_right or ("" if waiting else "抽中的都已登记检查"))
        self.void.set_refusal("" if plan.may_void else "作废抽取须有审核办件的权限")
        for button in (self.open, self.void, self.save, self.replay):
            button.setVisible(drawn is not None)

    def _open_case(self, row: int) -> None:
        drawn = self.standing
        if drawn is not None and 0 <= row < len(drawn.picks):
            case = drawn.picks[row].case
            if case is not None:
                self.case_wanted.emit(case[0])
