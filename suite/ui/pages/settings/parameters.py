"""参数: every number of the law and of the house, where it comes from, and how sure it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.declarations import Confidence
from suite.contract.problems import Refused
from suite.contract.states import StateKind
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.parameters.queries import ParameterLine, parameter_lines
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.columns import Align, Column, ColumnKind, number_text
from suite.ui.kit.line import LineEdit
from suite.ui.kit.notices import EmptyState, Notice, NoticeKind
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.pages.settings.setting_strip import SettingStrip

ALL, UNSURE = "", "?"
PERMISSION = "core:parameter:edit"
WORDS = {
    Confidence.VERIFIED: StateValue(StateKind.OK, "已核实"),
    Confidence.RECALLED: StateValue(StateKind.WARN, "待核实"),
}
COLUMNS = (
    Column(key="owner", title="条线", width=80),
    Column(key="title", title="参数", width=280),
    Column(key="value", title="现值", width=110, align=Align.RIGHT),
    Column(key="unit", title="单位", width=84),
    Column(key="confidence", title="核实", kind=ColumnKind.STATE, width=84),
    Column(key="from", title="自何日起", kind=ColumnKind.DATE, width=104),
    Column(key="source", title="依据", width=260, stretch=True),
)


def value_text(value: int | str | bool) -> str:
    """A value as the list shows it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return number_text(value) if isinstance(value, int) else value


class ParametersPage(Page):
    """The list, and a strip below it to set one. Needs the right to set for the strip only."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("parameters", "参数", "parameter", parent)
        self._desk = desk
        self._lines: list[ParameterLine] = []
        self._shown: list[ParameterLine] = []
        self._closing = False
        self._may_set = desk.actor.may(PERMISSION)
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        body.setSpacing(S8)
        self.content.addLayout(body)
        pane = Pane()
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="条线")
        self.filter = LineEdit(
            placeholder="参数、依据（Ctrl+F）", name="筛选参数", icon_name="filter", clearable=True
        )
        self.filter.setFixedWidth(theme().pixels(240))
        bar.row.addWidget(self.tabs, 1)
        bar.row.addWidget(self.filter)
        pane.body.addWidget(bar)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source))
        self.table.setAccessibleName("参数")
        pane.body.addWidget(self.table, 1)
        self.empty = EmptyState("没有符合条件的参数。", "清除筛选", self.clear_filter)
        self.empty.hide()
        pane.body.addWidget(self.empty, 1)
        self.strip = SettingStrip()
        pane.body.addWidget(self.strip)
        body.addWidget(pane, 1)
        foot = Bar("foot", Height.VIEW_ROW)
        self.count = label("", bold=True)
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        foot.row.addWidget(self.count)
        foot.row.addWidget(self.note, 1)
        self.content.addWidget(foot)
        self.set_hints("Enter 设定　Ctrl+F 筛选" if self._may_set else "Ctrl+F 筛选")
        self.tabs.current_changed.connect(lambda _key: self._show())
        self.filter.settled.connect(lambda _text: self._show())
        self.table.row_opened.connect(lambda row, _key: self.edit(row))
        self.table.edit_wanted.connect(lambda row, _key, _column: self.edit(row))
        self.strip.save_wanted.connect(self._save)
        self.strip.dropped.connect(self.step_back)
        self.strip.edited.connect(self._tell_unsaved)
        desk.changed.connect(self._changed)
        self.refresh()

    # Reading.

    def refresh(self) -> None:
        """F5."""
        suite = self._desk.suite
        self._desk.read(
            lambda session: parameter_lines(session, suite.catalog, suite.today), self._came, self._lost
        )

    def _came(self, lines: list[ParameterLine]) -> None:
        titles = self._desk.suite.catalog.titles
        order = list(titles)
        self._lines = sorted(lines, key=lambda line: order.index(line.owner))
        tabs = [Tab(key=ALL, title="全部", count=len(lines))]
        for owner in order:
            count = sum(1 for line in lines if line.owner == owner)
            if count:
                tabs.append(Tab(key=owner, title=titles[owner], count=count))
        unsure = sum(1 for line in lines if line.confidence is Confidence.RECALLED)
        tabs.append(Tab(key=UNSURE, title="待核实", count=unsure))
        self.tabs.set_tabs(tabs)
        self._show()

    def _lost(self, error: Exception) -> None:
        buttons = (("重试", self.refresh),)
        self.show_notice(Notice(kind=NoticeKind.BAD, text=sentence_of(error), buttons=buttons, closable=True))

    def _changed(self, done: Done) -> None:
        if any(change.kind == "core.parameter" for change in done.changes):
            self.refresh()

    # Showing.

    def _show(self) -> None:
        tab, typed = self.tabs.current, self.filter.text().strip().casefold()
        self._shown = [
            line
            for line in self._lines
            if (tab in (ALL, None, line.owner) or (tab == UNSURE and line.confidence is Confidence.RECALLED))
            and typed in f"{line.title}\n{line.source}\n{line.key}".casefold()
        ]
        titles, former = self._desk.suite.catalog.titles, ""
        rows = []
        for line in self._shown:
            owner = titles[line.owner] if line.owner != former else " "
            former = line.owner
            rows.append(
                (
                    owner,
                    line.title,
                    value_text(line.value),
                    line.unit or " ",
                    WORDS[line.confidence],
                    line.valid_from or "按规定",
                    line.source,
                )
            )
        self._source.set_rows(rows, [line.key for line in self._shown])
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows and self.table.current_row < 0:
            self.table.select_row(0)
        unsure = sum(1 for line in self._shown if line.confidence is Confidence.RECALLED)
        self.count.setText(f"{len(rows)} 项")
        told = f"其中 {unsure} 项待核实：请对照现行文件核对后设定，写明依据。" if unsure else "均已核实。"
        if not self._may_set:
            told += "您没有设定参数的权限，请联系系统管理员。"
        self.note.setText(told if rows else "")

    def clear_filter(self) -> None:
        """Show everything again."""
        self.filter.clear()
        self.tabs.set_current(ALL)
        self._show()

    # Setting.

    def edit(self, row: int) -> None:
        """Open the strip for a parameter."""
        if self._may_set and 0 <= row < len(self._shown):
            self.table.select_row(row)
            self.strip.begin(self._shown[row], self._desk.suite.today)

    def _save(self, command: SetParameter) -> None:
        self._desk.run(command, self._saved, self._refused)

    def _saved(self, done: Done) -> None:
        self._close_strip()
        self.happened.emit(done.text)
        if self._closing:
            self._closing = False
            self.may_close.emit()

    def _close_strip(self) -> None:
        self.strip.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell_unsaved()

    def _tell_unsaved(self) -> None:
        self.unsaved_changed.emit(self.has_unsaved())

    def _refused(self, error: Exception) -> None:
        self._closing = False
        if isinstance(error, Refused):
            self.strip.show_problems(error.problems)
        else:
            self.strip.message.tell(StateKind.BAD, sentence_of(error))

    # What the window asks.

    def has_unsaved(self) -> bool:
        """True while a value is typed and not set."""
        return self.strip.has_edits()

    def save_then_close(self) -> None:
        """Set the typed value; stays open where it is refused."""
        self._closing = self.strip.send()

    def discard(self) -> None:
        """Forget what was typed."""
        self._close_strip()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
        return True

    def step_back(self) -> bool:
        """Esc: close the strip, else clear the filter."""
        if self.strip.isVisible():
            self._close_strip()
            return True
        if self.filter.text():
            self.clear_filter()
            return True
        return False

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """Filter, table, strip."""
        return self.filter, self.table, self.strip
