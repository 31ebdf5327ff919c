"""体检: what this computer and its database are in need of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.doctor import Finding, examine
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Frame, Pane, rule
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S6, S8, S12, TextSize

WORDS = {
    StateKind.OK: "正常",
    StateKind.WARN: "需留意",
    StateKind.BAD: "有问题",
    StateKind.NEUTRAL: "未设置",
}
COLUMNS = (
    Column(key="title", title="检查项", width=120),
    Column(key="state", title="结果", kind=ColumnKind.STATE, width=90),
    Column(key="fact", title="情况", width=380, stretch=True),
    Column(key="cure", title="办法", width=380),
)


class DoctorPage(Page):
    """The findings, the grave ones first; `refresh` looks anew."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("doctor", "体检", "health", parent)
        self._desk = desk
        self._ticket: Ticket | None = None
        self.findings: list[Finding] = []
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        self.content.addLayout(body)
        pane = Pane("体检")
        self.summary = label("", tone="text2", size=TextSize.CAPTION)
        pane.head.insertWidget(1, self.summary)
        self.again = Button("重新检查", icon_name="refresh")
        pane.head.addWidget(self.again)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source))
        self.table.setAccessibleName("检查结果")
        self.waiting = EmptyState("正在检查。")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.waiting)
        self._stack.addWidget(self.table)
        pane.body.addWidget(self._stack, 1)
        pane.body.addWidget(rule())
        ground = Frame("surface")
        detail = QVBoxLayout(ground)
        detail.setContentsMargins(S12, S8, S12, S12)
        detail.setSpacing(S6)
        self.fact = label("", wrap=True)
        self.cure = label("", tone="text2", wrap=True)
        detail.addWidget(self.fact)
        detail.addWidget(self.cure)
        pane.body.addWidget(ground)
        body.addWidget(pane, 1)
        self.again.clicked.connect(self.refresh)
        self.table.row_settled.connect(lambda row, _key: self._show_finding(row))
        self.set_hints("F5 重新检查")
        self.refresh()

    def refresh(self) -> None:
        """F5: look at everything anew."""
        if self._ticket is not None:
            return
        suite = self._desk.suite
        families = QFontDatabase.families()  # asked here: Qt's fonts belong to the GUI thread
        self.again.refuse("正在检查")
        self._ticket = self._desk.work(
            lambda _ticket: examine(suite, families=families), self._came, self._lost
        )

    def _came(self, findings: list[Finding]) -> None:
        self._ticket = None
        self.again.allow()
        weight = {StateKind.BAD: 0, StateKind.WARN: 1, StateKind.NEUTRAL: 2}
        self.findings = sorted(findings, key=lambda finding: weight.get(finding.state, 3))
        self._source.set_rows(
            [
                (f.title, StateValue(f.state, WORDS.get(f.state, "")), f.fact, f.cure or "无需处理")
                for f in self.findings
            ],
            [finding.key for finding in self.findings],
        )
        self._stack.setCurrentWidget(self.table)
        counts = {
            WORDS[kind]: sum(1 for finding in findings if finding.state is kind)
            for kind in (StateKind.BAD, StateKind.WARN)
        }
        parts = [f"{count} 项{word}" for word, count in counts.items() if count]
        told = "，".join([f"{len(findings)} 项", *(parts or ["没有发现问题"])])
        self.summary.setText(told)
        self.happened.emit(f"体检完成：{told}")
        self.table.select_row(0)
        self._show_finding(0)

    def _lost(self, error: Exception) -> None:
        self._ticket = None
        self.again.allow()
        self.waiting.set_sentence(sentence_of(error))

    def _show_finding(self, row: int) -> None:
        finding = self.findings[row]
        self.fact.setText(f"{finding.title}　{finding.fact}")
        self.cure.setText(finding.cure or "无需处理。")

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The table."""
        return (self.table,)
