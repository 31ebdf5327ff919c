"""A list of declared things behind tabs with a filter: 参数, 期限, 处罚目录, 文书模板 are made of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.parameters import Confidence
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.columns import Column
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

ALL, APART = "", "?"
WORDS = {
    Confidence.VERIFIED: StateValue(StateKind.OK, "已核实"),
    Confidence.RECALLED: StateValue(StateKind.WARN, "待核实"),
}


class Line(Protocol):
    """What such a list shows: something declared by an owner."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def owner(self) -> str:
        """Who declares it."""


class Sure(Protocol):
    """What is more or less sure."""

    @property
    def confidence(self) -> Confidence:
        """How sure it is."""


def is_unsure(line: Sure) -> bool:
    """Whether its rule was not read yet."""
    return line.confidence is Confidence.RECALLED


L = TypeVar("L", bound=Line)


class FilteredPage(Page, Generic[L]):
    """Tabs by owner and for what stands apart (待核实), a filter, a table, and a line below it.

    `lines` are all that there are, `shown` those that the tab and the filter let through. `apart_title` is
    the tab of what stands apart; a change of the kind `watched` is read anew. A page may put strips above and
    further panes beside the list (`strips`, `across`).
    """

    apart_title = "待核实"
    watched = "core.parameter"

    def __init__(
        self,
        desk: Desk,
        key: str,
        title: str,
        icon: str,
        columns: Sequence[Column],
        *,
        placeholder: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(key, title, icon, parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.lines: list[L] = []
        self.shown: list[L] = []
        self.strips = QVBoxLayout()
        self.content.addLayout(self.strips)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(S12, S8, S12, S12)
        self._body.setSpacing(S8)
        self.content.addLayout(self._body)
        self.pane = Pane()
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="条线")
        self.filter = LineEdit(
            placeholder=placeholder, name=f"筛选{title}", icon_name="filter", clearable=True
        )
        self.filter.setFixedWidth(theme().pixels(240))
        bar.row.addWidget(self.tabs, 1)
        bar.row.addWidget(self.filter)
        self.pane.body.addWidget(bar)
        self._source = ListSource()
        self.table = TableView(RowTableModel(tuple(columns), self._source))
        self.table.setAccessibleName(title)
        self.pane.body.addWidget(self.table, 1)
        self.empty = EmptyState(f"没有符合条件的{title}。", "清除筛选", self.clear_filter)
        self.empty.hide()
        self.pane.body.addWidget(self.empty, 1)
        self.across = QHBoxLayout()
        self.across.setSpacing(S8)
        self.across.addWidget(self.pane, 1)
        self._body.addLayout(self.across, 1)
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

    # What each list says of itself.

    @abstractmethod
    def read(self, session: ReadSession) -> list[L]:
        """All lines."""

    @abstractmethod
    def cells(self, line: L) -> tuple[Any, ...]:
        """A line's cells after the owner's."""

    @abstractmethod
    def words(self, line: L) -> str:
        """What the filter looks in."""

    @abstractmethod
    def apart(self, line: L) -> bool:
        """Whether it stands under the tab of its own."""

    def note_of(self, line: L) -> str:
        """What is told below the list of the line in front."""
        return ""

    # Reading and showing.

    def refresh(self) -> None:
        """F5."""
        self.asking.read(self.read, self._came, self._lost)

    def _came(self, lines: list[L]) -> None:
        titles = self.desk.suite.catalog.titles
        order = list(titles)
        self.lines = sorted(lines, key=lambda line: order.index(line.owner))
        tabs = [Tab(key=ALL, title="全部", count=len(lines))]
        for owner in order:
            count = sum(line.owner == owner for line in lines)
            if count:
                tabs.append(Tab(key=owner, title=titles[owner], count=count))
        tabs.append(Tab(key=APART, title=self.apart_title, count=sum(map(self.apart, lines))))
        self.tabs.set_tabs(tabs)
        self._show()

    def _lost(self, error: Exception) -> None:
        buttons = (("重试", self.refresh),)
        self.show_notice(Notice(kind=NoticeKind.BAD, text=sentence_of(error), buttons=buttons, closable=True))

    def _changed(self, done: Done) -> None:
        if any(change.kind == self.watched for change in done.changes):
            self.refresh()

    def _show(self) -> None:
        tab, typed = self.tabs.current, self.filter.text().strip().casefold()
        self.shown = [
            line
            for line in self.lines
            if (tab in (ALL, None, line.owner) or (tab == APART and self.apart(line)))
            and typed in self.words(line).casefold()
        ]
        titles, former = self.desk.suite.catalog.titles, ""
        rows = []
        for line in self.shown:
            # An owner is named once: where its lines begin.
            rows.append((titles[line.owner] if line.owner != former else " ", *self.cells(line)))
            former = line.owner
        self._source.set_rows(rows, [line.key for line in self.shown])
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.count.setText(f"{len(rows)} 项")
        self.note.setText("")
        if rows:
            if self.table.current_row < 0:
                self.table.select_row(0)
            self._tell(max(0, self.table.current_row))

    def _tell(self, row: int) -> None:
        if 0 <= row < len(self.shown):
            self.note.setText(self.note_of(self.shown[row]))

    # The keyboard.

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
