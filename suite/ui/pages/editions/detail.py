"""One edition: what it says otherwise than its predecessor, its lines, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from suite.contract.states import StateKind
from suite.kernel.exchange.edition_files import EditionPapers
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import S8, Height, TextSize

CHANGES, LINES = "changes", "lines"
STATES = {
    "新增": StateValue(StateKind.NEW, "新增"),
    "退出": StateValue(StateKind.ENDED, "退出"),
    "变更": StateValue(StateKind.RUN, "变更"),
}
CHANGE_COLUMNS = (
    Column(key="what", title="变动", kind=ColumnKind.STATE, width=84),
    Column(key="name", title="名称", width=240),
    Column(key="field", title="项目", width=110),
    Column(key="before", title="原内容", width=240),
    Column(key="after", title="现内容", width=180, stretch=True),
)


class EditionDetail(Pane):
    """Shows one edition. The acts are asked by signals; `open_wanted` carries a subject's id."""

    export_wanted = Signal(str)  # "xlsx" or "docx"
    announce_wanted = Signal()
    withdraw_wanted = Signal()
    open_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("名册", parent)
        self.papers: EditionPapers | None = None
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.head.insertWidget(1, self.note, 1)
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="内容")
        bar.row.addWidget(self.tabs, 1)
        self.workbook = Button("导出工作簿", icon_name="export")
        self.document = Button("导出文档", icon_name="document")
        self.announce = Button("登记公告…")
        self.withdraw = Button("撤回…")
        acts = QHBoxLayout()
        acts.setSpacing(S8)
        for button in (self.workbook, self.document, self.announce, self.withdraw):
            acts.addWidget(button)
        bar.row.addLayout(acts)
        self.body.addWidget(bar)
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        self._changes = ListSource()
        self.changes = TableView(RowTableModel(CHANGE_COLUMNS, self._changes, self))
        self.changes.setAccessibleName("与上一版比较")
        self.changes.row_opened.connect(lambda _row, key: self.open_wanted.emit(key[0]))
        self.empty = EmptyState("")
        self.lines: TableView | None = None
        for widget in (self.changes, self.empty):
            self._stack.addWidget(widget)
        self.tabs.current_changed.connect(lambda _key: self._show())
        self.workbook.clicked.connect(lambda: self.export_wanted.emit("xlsx"))
        self.document.clicked.connect(lambda: self.export_wanted.emit("docx"))
        self.announce.clicked.connect(self.announce_wanted)
        self.withdraw.clicked.connect(self.withdraw_wanted)

    def show_papers(self, papers: EditionPapers, *, export: str, compiling: str) -> None:
        """Show an edition. `export` and `compiling` say why one may not; empty where one may."""
        self.papers = papers
        edition = papers.edition
        self.title.setText(f"第 {edition.number} 版")
        self.note.setText(papers.subtitle.split("　", 1)[1] + (f"　{edition.note}" if edition.note else ""))
        rows = papers.difference_rows()
        self._changes.set_rows(
            [(STATES[row.what], row.name, row.field, row.before, row.after) for row in rows],
            [(row.subject_id, place) for place, row in enumerate(rows)],
        )
        self._fill_lines(papers)
        first = papers.former is None
        self.tabs.set_tabs(
            [
                Tab(key=CHANGES, title="与上一版比较", count=None if first else len(rows)),
                Tab(key=LINES, title="名册", count=len(papers.lines)),
            ],
            current=LINES if first else CHANGES,
        )
        self.empty.set_sentence(
            "这是第一版，没有可比较的前一版。" if first else f"与第 {papers.former} 版相比没有变化。"
        )
        settled = ""
        if edition.withdrawn_at is not None:
            settled = "已撤回的版次不再办理"
        elif edition.announced_on is not None:
            settled = "已公告的版次不能改动"
        for button, reason in (
            (self.workbook, export),
            (self.document, export),
            (self.announce, compiling or settled),
            (self.withdraw, compiling or settled),
        ):
            button.set_refusal(reason)
        self._show()

    def _fill_lines(self, papers: EditionPapers) -> None:
        """The lines in the columns that this edition publishes: a table of its own for each."""
        columns = [Column(key="place", title="序号", kind=ColumnKind.NUMBER, width=56)]
        for key in papers.edition.columns:
            field = papers.kind.by_key.get(key) if papers.kind is not None else None
            width = 14 * field.width if field is not None and field.width else 110
            columns.append(Column(key=key, title=papers.field_title(key), width=width))
        rows = [
            (place, *(line.words.get(key) or None for key in papers.edition.columns))
            for place, line in enumerate(papers.lines, 1)
        ]
        source = ListSource(rows, [line.subject_id for line in papers.lines])
        former, self.lines = self.lines, TableView(RowTableModel(tuple(columns), source, self))
        self.lines.setAccessibleName("名册内容")
        self.lines.row_opened.connect(lambda _row, key: self.open_wanted.emit(key))
        self._stack.addWidget(self.lines)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()

    def _show(self) -> None:
        if self.papers is None or self.lines is None:
            return
        if self.tabs.current == LINES:
            self._stack.setCurrentWidget(self.lines)
        elif self._changes.row_count():
            self._stack.setCurrentWidget(self.changes)
        else:
            self._stack.setCurrentWidget(self.empty)

    @property
    def table(self) -> TableView | None:
        """The table in front, if one is."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, TableView) else None
