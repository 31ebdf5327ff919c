"""The centre of a case page: the matter, the allegations, the parties."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from suite.contract.case_facts import AllegationFact, Finding
from suite.contract.states import StateKind
from suite.kernel.casework.case_file import CaseFile, PartyLine
from suite.kernel.casework.complainants import ROLE
from suite.kernel.casework.papers.queries import CasePapers
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind, Noted
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, S16, Height
from suite.ui.pages.case.graph_pane import GraphPane
from suite.ui.pages.case.list_panes import ListPanes

ALLEGATIONS = (
    Column(key="no", title="序号", width=48),
    Column(key="head", title="类别", width=200),
    Column(key="text", title="投诉内容", width=240, stretch=True),
    Column(key="finding", title="认定", kind=ColumnKind.STATE, width=190),
)
EARLIER = (
    Column(key="number", title="编号", kind=ColumnKind.LINK, width=168),
    Column(key="opened", title="登记日期", kind=ColumnKind.DATE, width=96),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=104),
    Column(key="found", title="发现的问题", width=240, stretch=True),
)
PARTIES = (
    Column(key="role", title="身份", width=96),
    Column(key="name", title="姓名或名称", width=240),
    Column(key="note", title="说明", width=200, stretch=True),
)
_KINDS = {
    Finding.SUBSTANTIATED: StateKind.BAD,
    Finding.PARTLY: StateKind.WARN,
    Finding.UNFOUNDED: StateKind.OK,
}


def finding_state(item: AllegationFact) -> StateValue:
    """What was found, as a state."""
    if item.finding is None:
        return StateValue(StateKind.NEUTRAL, "未认定")
    if item.annulled_on is not None:
        return StateValue(StateKind.ENDED, f"{item.finding.words}，{item.annulled_on} 撤销")
    return StateValue(_KINDS[item.finding], item.finding.words)


def allegation_rows(item: AllegationFact, head: str) -> list[tuple[object, ...]]:
    """An allegation with what was found of it last, and below it what was annulled before."""
    note = "；".join(part for part in (item.annulled_by, item.note) if part)
    return [
        (str(item.no), head, Noted(item.text, note), finding_state(item)),
        *(
            (
                "",
                "原认定",
                Noted(former.reason, former.note),
                StateValue(StateKind.ENDED, f"{former.finding.words}，{former.ended_on} 撤销"),
            )
            for former in reversed(item.former)
            if former.annulled
        ),
    ]


class Matter(QWidget):
    """`show_case` fills it. `record_wanted` opens a party's file, `case_wanted` an earlier case,
    `reveal_wanted` asks who complains."""

    record_wanted = Signal(str, int)
    case_wanted = Signal(int)
    reveal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S8)
        self.facts_pane = Pane("事项")
        self._facts = QWidget()
        self._grid = QGridLayout(self._facts)
        self._grid.setContentsMargins(S12, S8, S12, S12)
        self._grid.setHorizontalSpacing(S16)
        self._grid.setVerticalSpacing(S8)
        self.facts_pane.body.addWidget(self._facts)
        self.allegations_pane = Pane("投诉事项")
        self.allegations = ListSource()
        self.allegations_table = TableView(RowTableModel(ALLEGATIONS, self.allegations, self))
        self.allegations_table.setAccessibleName("投诉事项与认定")
        self.allegations_pane.body.addWidget(self.allegations_table)
        self.lists = ListPanes()
        self.earlier_pane = Pane("以往同类办件")
        self.earlier = ListSource()
        self.earlier_table = TableView(RowTableModel(EARLIER, self.earlier, self))
        self.earlier_table.setAccessibleName("同一对象以往的同类办件")
        self.earlier_table.row_opened.connect(lambda _row, key: self.case_wanted.emit(key))
        self.earlier_pane.body.addWidget(self.earlier_table)
        self.parties_pane = Pane("当事人")
        self.reveal = Button("查看投诉人身份…", icon_name="eye", look=Look.LINK)
        self.reveal.clicked.connect(self.reveal_wanted)
        self.parties_pane.head.addWidget(self.reveal)
        self.parties = ListSource()
        self.parties_table = TableView(RowTableModel(PARTIES, self.parties, self))
        self.parties_table.setAccessibleName("当事人")
        self.parties_table.row_opened.connect(lambda row, _key: self._open(row))
        self.parties_pane.body.addWidget(self.parties_table)
        self.revealed = label("", tone="warn", wrap=True)
        self.revealed.setContentsMargins(S12, S8, S12, S8)
        self.revealed.hide()
        self.parties_pane.body.addWidget(self.revealed)
        column.addWidget(self.facts_pane)
        column.addWidget(self.allegations_pane)
        column.addWidget(self.lists)
        column.addWidget(self.parties_pane)
        column.addWidget(self.earlier_pane)
        self.graph = GraphPane()
        column.addWidget(self.graph)
        self._case: CaseFile | None = None

    def resizeEvent(self, event: object) -> None:
        """The tables are laid out after this: their wide columns take what is left."""
        QTimer.singleShot(0, self, self._widen)

    def _widen(self) -> None:
        for table in (self.allegations_table, self.parties_table, self.earlier_table):
            table.header.fit()
        self.lists.widen()

    def show_case(self, case: CaseFile, papers: CasePapers) -> None:
        """Show another case, or the same anew; `papers` has the files of its lines."""
        self._case = case
        self.facts_pane.title.setText(case.title)
        while self._grid.count():
            taken = self._grid.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (field, words) in enumerate(case.facts):
            name = label(field.title, tone="text2")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(name, row, 0)
            text = label(words, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(text, row, 1)
        self._grid.setColumnStretch(1, 1)
        self.allegations_pane.title.setText(
            "投诉事项" + ("　计为有效投诉" if case.valid and case.closed else "")
        )
        self.allegations_pane.setVisible(bool(case.allegations))
        rows = [row for item, head in case.allegations for row in allegation_rows(item, head)]
        self.allegations.set_rows(rows)
        _fit(self.allegations_table, len(rows))
        self.lists.show_lists(case.lists, case.lists_refusal, papers)
        self.parties.set_rows([(party.role_title, party.name, self._note(party)) for party in case.parties])
        _fit(self.parties_table, len(case.parties))
        self.earlier_pane.setVisible(bool(case.earlier))
        self.earlier.set_rows(
            [
                (line.number, line.opened, StateValue(line.state.kind, line.state.title), line.found)
                for line in case.earlier
            ],
            [line.id for line in case.earlier],
        )
        _fit(self.earlier_table, len(case.earlier))
        self.reveal.setVisible(any(party.role == ROLE for party in case.parties))
        self.reveal.set_refusal("" if case.may_reveal else "您没有“查看投诉人身份”的权限")

    @staticmethod
    def _note(party: PartyLine) -> str:
        if party.left_on is not None:
            return f"至 {party.left_on}"
        if party.role == ROLE:
            return "身份保密，查看须填写事由并留痕"
        return f"{party.kind_title}，回车打开档案" if party.kind_title else f"自 {party.since}"

    def _open(self, row: int) -> None:
        if self._case is None or not 0 <= row < len(self._case.parties):
            return
        party = self._case.parties[row]
        if party.subject_id is not None and party.kind is not None:
            self.record_wanted.emit(party.kind, party.subject_id)

    def show_revealed(self, text: str) -> None:
        """Who complains, in full, until it is hidden again by an empty text."""
        self.revealed.setText(text)
        self.revealed.setVisible(bool(text))


def _fit(table: TableView, rows: int) -> None:
    """As high as its rows: the page scrolls, not the table."""
    look = theme()
    height = look.height(Height.TABLE_HEADER) + max(1, rows) * look.height(Height.ROW_STANDARD) + 4
    table.setFixedHeight(height)
