"""文书与附件: the papers that the steps brought forth and what became of each, the files, the filings."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.kernel.casework.papers.queries import (
    CasePapers,
    FileLine,
    FilingLine,
    IssuedLine,
    PaperLine,
)
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind, Noted
from suite.ui.kit.panes import FlowLayout, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height

COLUMNS = (
    Column(key="name", title="名称", width=220, stretch=True, least=180),
    Column(key="number", title="文号", width=176),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=250),
    Column(key="day", title="日期", kind=ColumnKind.DATE, width=96),
)
EMPTY = "还没有文书和附件。步骤带出的文书会列在这里；材料用“附入文件…”。"
Entry = PaperLine | FileLine | FilingLine
#: What a button does → its words; those of the case itself stand last.
ACTS = {
    "draft": "草稿…",
    "issue": "签发…",
    "reissue": "重新签发…",
    "serve": "登记送达…",
    "save": "保存副本…",
    "strike": "划去…",
    "attach": "附入文件…",
    "file": "归档…",
}


class PaperPane(Pane):
    """`show_papers` replaces what is shown; `wanted` names an act for the current row."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("文书与附件")
        self.shown: CasePapers | None = None
        self.entries: list[Entry] = []
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self))
        self.table.setAccessibleName("文书与附件")
        self.table.row_opened.connect(lambda _row, _key: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._allow())
        self.body.addWidget(self.table)
        self.empty = label(EMPTY, tone="text2", wrap=True)
        self.empty.setContentsMargins(S12, S8, S12, S8)
        self.body.addWidget(self.empty)
        foot, inner = QWidget(), QWidget()
        around = QVBoxLayout(foot)
        around.setContentsMargins(S12, S8, S12, S12)
        around.addWidget(inner)
        row = FlowLayout(inner, spacing=S8)
        self.buttons: dict[str, Button] = {}
        for key, words in ACTS.items():
            button = Button(words, look=Look.NORMAL)
            button.clicked.connect(lambda _checked=False, act=key: self.wanted.emit(act))
            self.buttons[key] = button
            row.addWidget(button)
        self.body.addWidget(foot)
        self._allow()

    def resizeEvent(self, event: object) -> None:
        """The table is laid out after this: its wide column takes what is left."""
        QTimer.singleShot(0, self, self.table.header.fit)

    @property
    def current(self) -> Entry | None:
        """The entry of the current row."""
        row = self.table.current_row
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def show_papers(self, papers: CasePapers) -> None:
        """Show another case, or the same anew; the current row stays."""
        row = self.table.current_row
        self.shown = papers
        self.entries = [*papers.papers, *papers.files, *papers.filings]
        self.source.set_rows([_cells(entry) for entry in self.entries])
        look = theme()
        height = look.height(Height.TABLE_HEADER) + len(self.entries) * look.height(Height.ROW_STANDARD) + 4
        self.table.setFixedHeight(height)
        self.table.setVisible(bool(self.entries))
        self.empty.setVisible(not self.entries)
        if self.entries:
            self.table.select_row(min(max(row, 0), len(self.entries) - 1))
        self._allow()

    def refusal(self, act: str) -> str:
        """Why an act cannot be done with the current row; empty where it can."""
        shown, entry = self.shown, self.current
        if shown is None:
            return "正在读取"
        if act == "save":
            return _save_refusal(entry, shown)
        if not shown.may_handle:
            return "您没有办理本件的权限"
        if act == "attach":
            return ""
        if act == "file":
            return "" if shown.may_file else "办结以后才能归档"
        if act == "strike":
            if not isinstance(entry, FileLine):
                return "请先选中一个附件"
            return "已经划去" if entry.struck_reason else ""
        return _paper_refusal(act, entry)

    def _allow(self) -> None:
        for act, button in self.buttons.items():
            button.set_refusal(self.refusal(act))

    def _open(self) -> None:
        act = "draft" if isinstance(self.current, PaperLine) and not self.current.issued else "save"
        if not self.refusal(act):
            self.wanted.emit(act)


def issued_of(entry: Entry | None) -> IssuedLine | None:
    """The version of a paper that stands."""
    return entry.issued[-1] if isinstance(entry, PaperLine) and entry.issued else None


def _paper_refusal(act: str, entry: Entry | None) -> str:
    if not isinstance(entry, PaperLine):
        return "请先选中一份文书"
    issued = issued_of(entry)
    if act in ("draft", "issue"):
        return "已经签发；内容有误的请重新签发" if issued else ""
    if issued is None:
        return "还没有签发"
    if act == "serve":
        return "存卷文书，不送达" if not issued.number else ("已经送达" if issued.served is not None else "")
    return ""


def _save_refusal(entry: Entry | None, shown: CasePapers) -> str:
    if entry is None:
        return "请先选中一行"
    if isinstance(entry, PaperLine):
        issued = issued_of(entry)
        if issued is None:
            return "还没有签发，可以先看草稿"
        secret = issued.secret
    else:
        secret = isinstance(entry, FileLine) and entry.secret
    return "写有投诉人身份，您没有“查看投诉人身份”的权限" if secret and not shown.may_reveal else ""


def _cells(entry: Entry) -> tuple[object, ...]:
    if isinstance(entry, FileLine):
        words = f"附件，{entry.place}" if entry.place else "附件"
        state = StateValue(StateKind.NEUTRAL, f"{words}，写有投诉人身份" if entry.secret else words)
        if entry.struck_reason:
            state = StateValue(StateKind.ENDED, f"已划去：{entry.struck_reason}")
        return Noted(entry.file_name, entry.note), "", state, entry.added_at.date()
    if isinstance(entry, FilingLine):
        words = f"{entry.parts} 件 {entry.pages} 页，保管{entry.keep}"
        version = f"卷宗第 {entry.version} 次归档" if entry.version > 1 else "卷宗"
        return Noted(version, entry.reason), "", StateValue(StateKind.OK, words), entry.filed_on
    issued = issued_of(entry)
    if issued is None:
        return Noted(entry.title, f"“{entry.step}”带出"), "", StateValue(StateKind.WARN, "待签发"), entry.on
    version = f"第 {issued.version} 版" if issued.version > 1 else ""
    return Noted(issued.title, version), issued.number, _issued_state(entry, issued), issued.issued_on


def _issued_state(entry: PaperLine, issued: IssuedLine) -> StateValue:
    served = issued.served
    if served is not None:
        word = "视为送达" if served.served_on != served.on else "送达"
        return StateValue(StateKind.OK, f"{served.way}，{served.served_on} {word}")
    if issued.services:
        return StateValue(StateKind.BAD, f"{issued.services[-1].way}未果，可以公告送达")
    if not issued.number:
        return StateValue(StateKind.OK, "已签发，存卷")
    return StateValue(StateKind.RUN, "已签发，待送达")
