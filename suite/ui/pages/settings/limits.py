"""期限: every limit of the law that the program counts, with length, unit, article and how sure it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.declarations import Confidence
from suite.kernel.clocks.limits import LimitLine, limit_lines
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.line import LineEdit
from suite.ui.kit.notices import EmptyState, Notice, NoticeKind
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.pages.settings.parameters import ALL, UNSURE, WORDS

COLUMNS = (
    Column(key="owner", title="条线", width=80),
    Column(key="title", title="期限", width=190),
    Column(key="length", title="长度", width=226),
    Column(key="start", title="起算", width=170),
    Column(key="who", title="约束", width=110),
    Column(key="confidence", title="核实", kind=ColumnKind.STATE, width=84),
    Column(key="article", title="依据", width=200, stretch=True),
)


def facts_of(line: LimitLine) -> str:
    """What the list has no room for: rolling, pauses, extension, what follows."""
    parts = []
    if line.before:
        parts.append("倒推，其间应有这么多个整日")
    if line.roll:
        parts.append("末日为休息日的顺延")
    if line.pauses:
        parts.append(f"{'、'.join(line.pauses)}期间不计")
    if line.extension_approver:
        parts.append(f"延长须经{line.extension_approver}批准")
    parts.append(f"届满：{line.lapse}")
    return "　".join(parts)


class LimitsPage(Page):
    """A list to read; the lengths are set as parameters."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("limits", "期限", "clock", parent)
        self._desk = desk
        self._asking = Asking(desk, self)
        self._lines: list[LimitLine] = []
        self.shown: list[LimitLine] = []
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        self.content.addLayout(body)
        pane = Pane()
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="条线")
        self.filter = LineEdit(
            placeholder="期限、依据（Ctrl+F）", name="筛选期限", icon_name="filter", clearable=True
        )
        self.filter.setFixedWidth(theme().pixels(240))
        bar.row.addWidget(self.tabs, 1)
        bar.row.addWidget(self.filter)
        pane.body.addWidget(bar)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source))
        self.table.setAccessibleName("期限")
        pane.body.addWidget(self.table, 1)
        self.empty = EmptyState("没有符合条件的期限。", "清除筛选", self.clear_filter)
        self.empty.hide()
        pane.body.addWidget(self.empty, 1)
        body.addWidget(pane, 1)
        foot = Bar("foot", Height.VIEW_ROW)
        self.count = label("", bold=True)
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        foot.row.addWidget(self.count)
        foot.row.addWidget(self.note, 1)
        self.content.addWidget(foot)
        self.set_hints("Ctrl+F 筛选")
        self.tabs.current_changed.connect(lambda _key: self._show())
        self.filter.settled.connect(lambda _text: self._show())
        self.table.row_settled.connect(lambda row, _key: self._tell(row))
        desk.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """F5."""
        suite = self._desk.suite
        self._asking.read(
            lambda session: limit_lines(session, suite.catalog, suite.today), self._came, self._lost
        )

    def _came(self, lines: list[LimitLine]) -> None:
        self._lines = lines
        titles = self._desk.suite.catalog.titles
        tabs = [Tab(key=ALL, title="全部", count=len(lines))]
        for owner, title in titles.items():
            count = sum(line.owner == owner for line in lines)
            if count:
                tabs.append(Tab(key=owner, title=title, count=count))
        unsure = sum(line.confidence is Confidence.RECALLED for line in lines)
        tabs.append(Tab(key=UNSURE, title="待核实", count=unsure))
        self.tabs.set_tabs(tabs)
        self._show()

    def _lost(self, error: Exception) -> None:
        buttons = (("重试", self.refresh),)
        self.show_notice(Notice(kind=NoticeKind.BAD, text=sentence_of(error), buttons=buttons, closable=True))

    def _changed(self, done: Done) -> None:
        if any(change.kind == "core.parameter" for change in done.changes):
            self.refresh()

    def _show(self) -> None:
        tab, typed = self.tabs.current, self.filter.text().strip().casefold()
        self.shown = [
            line
            for line in self._lines
            if (tab in (ALL, None, line.owner) or (tab == UNSURE and line.confidence is Confidence.RECALLED))
            and typed in f"{line.title}\n{line.article}\n{line.key}\n{line.who}".casefold()
        ]
        titles = self._desk.suite.catalog.titles
        rows = [
            (
                titles[line.owner],
                line.title,
                line.length,
                line.start_words,
                line.who,
                WORDS[line.confidence],
                line.article,
            )
            for line in self.shown
        ]
        self._source.set_rows(rows, [line.key for line in self.shown])
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.count.setText(f"{len(rows)} 项")
        self.note.setText("")
        if rows:
            self.table.select_row(0)
            self._tell(0)

    def _tell(self, row: int) -> None:
        if 0 <= row < len(self.shown):
            self.note.setText(facts_of(self.shown[row]))

    def clear_filter(self) -> None:
        """Show everything again."""
        self.filter.clear()
        self.tabs.set_current(ALL)
        self._show()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
        return True

    def step_back(self) -> bool:
        """Esc: clear the filter."""
        if self.filter.text():
            self.clear_filter()
            return True
        return False

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """Filter, table."""
        return self.filter, self.table
