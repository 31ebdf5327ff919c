"""Where the rosters differ: what is open, what was decided, and the rows that cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from suite.contract.declarations import RecordKind
from suite.kernel.exchange.reconcile_rules import TITLES, WORDS, Decision
from suite.kernel.exchange.reconciling import Finding, Reconciliation
from suite.ui.kit.bars import BulkBar
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column, Noted
from suite.ui.kit.filter_panels import FilterSpec, Option
from suite.ui.kit.filters import FilterButton
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.importing.loaded import field_title

OPEN, DECIDED, HELD = "open", "decided", "held"
TAB_TITLES = {OPEN: "未处理", DECIDED: "已处理", HELD: "未能比对"}
BEGIN = "选择协会表、省厅表中的一份或两份，与本局名册逐项比较。处理过的差异不再列出，直到有一方的内容变化。"
NONE = {
    OPEN: "没有未处理的差异。",
    DECIDED: "还没有处理过的差异。",
    HELD: "文件中的行都已比对。",
}
EMPTY_CELL = "（空）"
UNDECIDED = "未处理"
HELD_COLUMNS = (
    Column(key="side", title="来源", width=84),
    Column(key="place", title="位置", width=150),
    Column(key="name", title="名称", width=200),
    Column(key="field", title="项目", width=120),
    Column(key="problem", title="问题", width=360, stretch=True),
)

Key = tuple[str, str]


def key_of(finding: Finding) -> Key:
    """What names a difference in one comparison."""
    return finding.difference.identity, finding.difference.field


class FindingsPane(Pane):
    """`decide_wanted` carries a Decision for the checked differences; `open_wanted` a subject's id."""

    decide_wanted = Signal(object)
    open_wanted = Signal(int)
    shown_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("差异", parent)
        self.found: Reconciliation | None = None
        self.shown: list[Finding] = []
        self._unit = "人"
        self._by_key: dict[Hashable, Finding] = {}
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.head.insertWidget(1, self.note, 1)
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="差异的处理")
        bar.row.addWidget(self.tabs, 1)
        self.filter = FilterButton(FilterSpec(key="field", title="项目"))
        bar.row.addWidget(self.filter)
        self.body.addWidget(bar)
        self._bar = bar
        self._stack = QStackedWidget()
        self.empty = EmptyState(BEGIN)
        self._stack.addWidget(self.empty)
        self._source, self._held = ListSource(), ListSource()
        self.table = self._make_table(())
        self.held = TableView(RowTableModel(HELD_COLUMNS, self._held, self))
        self.held.setAccessibleName("未能比对的行")
        self.held.row_opened.connect(self._open_held)
        self._stack.addWidget(self.held)
        self.body.addWidget(self._stack, 1)
        self.bulk = BulkBar("处")
        self.acts: dict[Decision, Button] = {
            decision: self.bulk.add_act(f"{WORDS[decision]}…", partial(self.decide_wanted.emit, decision))
            for decision in Decision
        }
        self.bulk.clear_wanted.connect(self.clear_checks)
        self.body.addWidget(self.bulk)
        bar.hide()
        self.tabs.current_changed.connect(lambda _key: self._show())
        self.filter.value_changed.connect(lambda _value: self._show())

    def _make_table(self, sides: tuple[str, ...]) -> TableView:
        columns = (
            Column(key="name", title="名称", width=150),
            Column(key="field", title="项目", width=120),
            *(Column(key=side, title=TITLES[side], width=180) for side in sides),
            Column(key="decision", title="处理", width=200, stretch=True),
        )
        table = TableView(RowTableModel(columns, self._source, self, checkable=True))
        table.setAccessibleName("差异")
        table.rows.checks_changed.connect(lambda _count: self._tell_checks())
        table.check_all_wanted.connect(self.check_shown)
        table.row_opened.connect(self._open_finding)
        self._stack.addWidget(table)
        return table

    # What is shown.

    def show_nothing(self) -> None:
        """Nothing is compared yet."""
        self.found, self.shown = None, []
        self._bar.hide()
        self.note.setText("")
        self.empty.set_sentence(BEGIN)
        self._stack.setCurrentWidget(self.empty)
        self.clear_checks()

    def show_found(self, found: Reconciliation, kind: RecordKind) -> None:
        """Show a comparison; tab and filter stay where they were."""
        former = self.found
        self.found, self._unit = found, kind.unit
        self._by_key = {key_of(finding): finding for finding in found.findings}
        if former is None or former.sides != found.sides:
            old, self.table = self.table, self._make_table(found.sides)
            self._stack.removeWidget(old)
            old.rows.deleteLater()
            old.deleteLater()
        self.table.set_stale(False)
        compared = "　".join(f"{TITLES[side]} {found.compared[side]:,} {kind.unit}" for side in found.sides)
        self.note.setText(f"已比对：{compared}")
        for decision, button in self.acts.items():
            button.setVisible(
                decision.value in found.sides or decision in (Decision.KEEP, Decision.EXPLAINED)
            )
        self._held.set_rows(*self._held_rows(found, kind))
        counts = {
            OPEN: len(found.open),
            DECIDED: len(found.findings) - len(found.open),
            HELD: sum(len(rows) for rows in found.held.values()),
        }
        self.tabs.set_tabs(
            [
                Tab(key=key, title=title, count=counts[key], alarm=key == HELD and counts[key] > 0)
                for key, title in TAB_TITLES.items()
            ],
            current=self.tabs.current or OPEN,
        )
        self._offer_fields(found)
        self._bar.show()
        self.clear_checks()
        self._show()

    def _offer_fields(self, found: Reconciliation) -> None:
        hits = Counter(finding.title for finding in found.findings)
        options = tuple(Option(title, title, count) for title, count in hits.items())
        former = self.filter.value
        if self.filter.spec.options != options:
            self.filter.set_spec(FilterSpec(key="field", title="项目", options=options))
        if isinstance(former, list) and (kept := [title for title in former if title in hits]):
            self.filter.set_value(kept)

    def _held_rows(
        self, found: Reconciliation, kind: RecordKind
    ) -> tuple[list[tuple[object, ...]], list[Hashable]]:
        cells: list[tuple[object, ...]] = []
        keys: list[Hashable] = []
        for one in found.unread:
            title = field_title(kind, one.problem.field)
            cells.append((TITLES[one.side], one.place, one.name, title, one.problem.text))
            keys.append((one.row.subject_id, len(keys)))
        return cells, keys

    def _show(self) -> None:
        found = self.found
        if found is None:
            return
        tab = str(self.tabs.current)
        wanted = self.filter.value if isinstance(self.filter.value, list) else None
        self.shown = [
            finding
            for finding in found.findings
            if (finding.decided is None) == (tab == OPEN) and (wanted is None or finding.title in wanted)
        ]
        if tab == HELD:
            self.shown = []
        self._source.set_rows(
            [self._cells(finding, found) for finding in self.shown],
            [key_of(finding) for finding in self.shown],
        )
        self.filter.setVisible(tab != HELD)
        front = self.held if tab == HELD else self.table
        if front.rows.rowCount():
            self._stack.setCurrentWidget(front)
            front.select_row(max(front.current_row, 0))
        else:
            narrow = f"“{'、'.join(wanted)}”里" if wanted and tab != HELD else ""
            self.empty.set_sentence(narrow + NONE[tab])
            self._stack.setCurrentWidget(self.empty)
        self._tell_checks()
        self.shown_changed.emit()

    def _cells(self, finding: Finding, found: Reconciliation) -> tuple[object, ...]:
        said = (
            (finding.shown[side] or EMPTY_CELL) if side in finding.shown else None for side in found.sides
        )
        done = Noted(WORDS[finding.decided], finding.reason) if finding.decided else UNDECIDED
        return (finding.difference.name, finding.title, *said, done)

    # Checks.

    @property
    def checked(self) -> list[Finding]:
        """The checked differences in the order of the comparison."""
        checked = self.table.rows.checked
        return [finding for key, finding in self._by_key.items() if key in checked]

    def check_shown(self) -> None:
        """Ctrl+A: all that the filter shows."""
        self.table.rows.set_checked({*self.table.rows.checked, *map(key_of, self.shown)})

    def clear_checks(self) -> bool:
        """Take all checks away; False where there were none."""
        if not self.table.rows.checked:
            return False
        self.table.rows.set_checked(())
        return True

    def _tell_checks(self) -> None:
        checked = self.table.rows.checked
        self.bulk.show_count(len(checked), len(checked - {key_of(one) for one in self.shown}))

    # Records.

    def _open_finding(self, _row: int, key: object) -> None:
        finding = self._by_key.get(key) if isinstance(key, tuple) else None
        if finding is not None and finding.difference.subject_id is not None:
            self.open_wanted.emit(finding.difference.subject_id)

    def _open_held(self, _row: int, key: object) -> None:
        if isinstance(key, tuple) and isinstance(key[0], int):
            self.open_wanted.emit(key[0])

    @property
    def front(self) -> TableView | None:
        """The table in front, if one is."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, TableView) else None

    def focus_rows(self) -> None:
        """The keyboard goes to the rows, or to the tabs where there are none."""
        (self.front or self.tabs).setFocus(Qt.FocusReason.OtherFocusReason)
