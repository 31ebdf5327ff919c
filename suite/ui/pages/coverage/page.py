"""服务覆盖: district → township → village (or organ), with counts and bars; the dock says who could serve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.coverage import Coverage
from suite.contract.declarations import RecordKind
from suite.contract.ledgers import Ledger
from suite.database.engine import ReadSession
from suite.kernel.coverage.board import CoverageAsk, CoverageBoard, Unit
from suite.kernel.coverage.queries import coverage_board, coverages_of, servers
from suite.kernel.coverage.rules import Standing
from suite.kernel.coverage.wording import words_of
from suite.ui.asking import Asking
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.bars import BulkBar
from suite.ui.kit.day_panel import DayPanel
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.pages.coverage.acts import CoverageActs, kind_of, may_appoint
from suite.ui.pages.coverage.head import ORDER, CoverageHead
from suite.ui.pages.coverage.summary import CoverageSummary
from suite.ui.pages.coverage.tree import DISTRICT, UNIT, Node, Wanted, cells_of, columns_of, nodes_of

NO_RIGHT = "您没有查看覆盖情况的权限，请联系科室管理员。"
CHOOSE = "在左边选中区县、乡镇或村（居），这里列出情况和可以提供服务的律师事务所。"


class CoveragePage(Page):
    """`argument` is the key of a coverage, or (key, standing); by default the first that may be read."""

    def __init__(self, desk: Desk, argument: object = None, parent: QWidget | None = None) -> None:
        super().__init__("coverage", "服务覆盖", "table", parent)
        self.desk, self.asking = desk, Asking(desk, self)
        self.coverages = coverages_of(desk.actor, desk.suite.catalog)
        key, standing = argument if isinstance(argument, tuple) else (argument, "")
        known = [item.key for item in self.coverages]
        self.key_shown: str = key if key in known else next(iter(known), "")
        self.wanted = Wanted(standings=frozenset([Standing(standing)]) if standing else frozenset())
        self.opened: set[Hashable] = set()
        self.board: CoverageBoard | None = None
        self.nodes: list[Node] = []
        self._as_of: dt.date | None = None
        self._behind = False
        self._reading: Ticket | None = None
        self._looking: Ticket | None = None
        self.set_hints("→ 展开　← 收起　空格 勾选　Enter 打开　Ctrl+F 查找　Ctrl+E 导出清单　F5 刷新")
        self._lay_out()
        self._connect()
        self.refresh()

    # What is shown.

    @property
    def coverage(self) -> Coverage:
        """The coverage that is shown."""
        return self.desk.suite.catalog.coverages[self.key_shown]

    @property
    def by_kind(self) -> RecordKind:
        """The kind of record that covers."""
        return kind_of(self)

    def _lay_out(self) -> None:
        self.head = CoverageHead(self.coverages, self.key_shown)
        self.content.addWidget(self.head)
        strips = QVBoxLayout()
        self.acts = CoverageActs(self, strips)
        self.content.addLayout(strips)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        ground = Frame("surface")
        self._stack = QStackedLayout(ground)
        self.source = ListSource()
        self.table: TableView | None = None
        self._empty = EmptyState("正在查询…" if self.coverages else NO_RIGHT)
        self._stack.addWidget(self._empty)
        middle.addWidget(ground, 1)
        self.dock = CoverageSummary()
        self.dock.show_nothing(CHOOSE)
        middle.addWidget(self.dock)
        self.content.addLayout(middle, 1)
        self.bulk = BulkBar("个")
        self.appoint_button = self.bulk.add_act("聘任…", self.appoint_checked, icon_name="plus")
        self.bulk.add_act("导出所选", lambda: self._export(self.checked_units()), icon_name="export")
        self.content.addWidget(self.bulk)
        self._tell_day()

    def _connect(self) -> None:
        self.head.tabs.current_changed.connect(self._choose_coverage)
        self.head.standings.current_changed.connect(self._choose_standing)
        self.head.quick.settled.connect(self._find)
        self.head.day.clicked.connect(self._choose_day)
        self.head.refresh.clicked.connect(self.refresh)
        for box in (self.head.xinji, self.head.zones):
            box.clicked.connect(self.refresh)
        self.head.imports.clicked.connect(lambda: self.open_wanted.emit("import", self.by_kind.key))
        self.head.exports.clicked.connect(self.export_shown)
        self.bulk.clear_wanted.connect(self._clear_checks)
        self.dock.appoint_wanted.connect(self._appoint_by)
        self.dock.record_wanted.connect(lambda kind, one: self.open_wanted.emit("record", (kind, one)))
        self.desk.changed.connect(self._changed)

    def _make_table(self, board: CoverageBoard) -> TableView:
        """A table for the columns of a coverage; another coverage has others."""
        if self.table is not None:
            self._stack.removeWidget(self.table)
            self.table.deleteLater()
        model = RowTableModel(columns_of(board), self.source, self, checkable=True)
        table = TableView(model)
        table.setAccessibleName(f"{board.coverage.title}覆盖情况")
        table.installEventFilter(self)
        table.row_opened.connect(lambda row, _key: self._open(row))
        table.link_clicked.connect(lambda row, _key, _column: self._open(row))
        table.row_settled.connect(lambda row, _key: self._show(row))
        table.check_all_wanted.connect(self._check_all)
        model.checks_changed.connect(lambda _count: self._tell_checks())
        self._stack.addWidget(table)
        self._stack.setCurrentWidget(table)
        return table

    def showEvent(self, event: object) -> None:
        """What was changed while another page was in front is read now."""
        if self._behind:
            self._behind = False
            self.refresh()

    def resizeEvent(self, event: object) -> None:
        self.dock.fit(self.window().width())

    # Reading.

    @property
    def ask(self) -> CoverageAsk:
        """What is asked: today or the chosen day, with the switches as they stand here."""
        known = self.board is not None
        return CoverageAsk(
            key=self.key_shown,
            as_of=self._as_of or self.desk.suite.today,
            with_xinji=self.head.xinji.isChecked() if known else None,
            with_zones=self.head.zones.isChecked() if known else None,
        )

    def refresh(self) -> None:
        """F5."""
        if not self.coverages:
            self.head.refuse(NO_RIGHT)
            return
        if self._reading is not None:
            self._reading.drop()
        suite, actor, ask = self.desk.suite, self.desk.actor, self.ask

        def query(session: ReadSession) -> CoverageBoard:
            return coverage_board(session, actor, suite.catalog, ask)

        if self.table is not None:
            self.table.set_stale(True)
        self._reading = self.asking.read(query, self._came, self.lost)

    def _came(self, board: CoverageBoard) -> None:
        self._reading = None
        fresh = self.board is None or self.board.coverage is not board.coverage or self.table is None
        if self.board is None:
            self.head.show_switches(board)
        self.board = board
        if fresh:
            self.table = self._make_table(board)
        assert self.table is not None  # noqa: S101 - made above
        self.table.set_stale(False)
        self.head.show_board(board, next(iter(self.wanted.standings), ""))
        owner = self.by_kind.owner
        self.head.allow(
            board,
            self.by_kind.title,
            may_import=self.desk.actor.may(f"{owner}:roster:import"),
            may_export=self.desk.actor.may(f"{owner}:roster:export"),
        )
        self.appoint_button.set_refusal(may_appoint(self))
        self._list()
        self.commands_changed.emit()

    def lost(self, error: Exception) -> None:
        """Tell why something could not be read or written."""
        self._reading = None
        if self.table is not None:
            self.table.set_stale(False)
        self._say(sentence_of(error), "重试", self.refresh)

    def _changed(self, done: Done) -> None:
        sides = {side.kind for side in (self.coverage.of, self.coverage.by)} if self.coverages else set()
        logs = {key for key, ledger in self.desk.suite.catalog.ledgers.items() if self._of_owner(ledger)}
        touched = any(change.kind in sides | logs for change in done.changes)
        if touched and self.isVisible():
            self.refresh()
        elif touched:
            self._behind = True  # read when somebody looks

    def _of_owner(self, ledger: Ledger) -> bool:
        return bool(self.coverages) and ledger.owner == self.coverage.owner

    # The rows.

    def _list(self) -> None:
        if self.board is None or self.table is None:
            return
        place = self.table.place()
        self.nodes = nodes_of(self.board, self.wanted, self.opened)
        rows = {node.key: row for row, node in enumerate(self.nodes)}
        board = self.board
        self.source.set_rows((cells_of(board, node) for node in self.nodes), [*rows])
        if self.nodes:
            self._stack.setCurrentWidget(self.table)
            self.table.return_to(place, rows.get)
            if self.table.current_row < 0:
                self.table.select_row(0)
        elif not board.units:
            self._say(f"还没有{board.coverage.of.title}。请先登记或导入名册。")
        else:
            self._say("没有符合条件的。", "查看全部", self._show_all)
        self._tell_checks()

    def _say(self, sentence: str, button: str = "", act: object = None) -> None:
        self._stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = EmptyState(sentence, button, act if callable(act) else None)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
        self.dock.show_nothing(CHOOSE)

    def _show(self, row: int) -> None:
        if self.board is None or not 0 <= row < len(self.nodes):
            return
        node, board = self.nodes[row], self.board
        self.dock.show_node(board, node)
        if self._looking is not None:
            self._looking.drop()
        if board.coverage.firms is None or not self.desk.actor.may(f"{self.by_kind.owner}:roster:read"):
            return
        suite, actor, ask = self.desk.suite, self.desk.actor, self.ask
        self._looking = self.asking.read(
            lambda session: servers(session, actor, suite.catalog, ask, node.units),
            lambda found: self.dock.show_servers(found, refusal=may_appoint(self)),
        )

    def _open(self, row: int) -> None:
        """A branch opens and closes; a unit's record is opened."""
        if not 0 <= row < len(self.nodes):
            return
        node = self.nodes[row]
        if node.unit is not None:
            self.open_wanted.emit("record", (self.coverage.of.kind, node.unit.id))
        else:
            self.set_open(node.key, opened=not node.opened)

    def set_open(self, key: Hashable, *, opened: bool) -> None:
        """Open or close a branch."""
        if opened:
            self.opened.add(key)
        else:
            self.opened.discard(key)
        self._list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """→ opens a branch, ← closes it or goes up to the one above."""
        if watched is not self.table or event.type() is not QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)  # noqa: S101 - a key was pressed
        row = self.table.current_row
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right) or not 0 <= row < len(self.nodes):
            return False
        node, forward = self.nodes[row], event.key() == Qt.Key.Key_Right
        if node.level != UNIT and node.opened is not forward:
            self.set_open(node.key, opened=forward)
        elif not forward and node.level != DISTRICT:
            self.table.select_row(next(n for n in range(row, -1, -1) if self.nodes[n].level < node.level))
        return True

    # Conditions.

    def _choose_coverage(self, key: object) -> None:
        self.key_shown = str(key)
        self.wanted, self.opened = Wanted(), set()
        self.head.quick.clear()
        self.acts.close()
        self.refresh()

    def _choose_standing(self, key: object) -> None:
        standings = frozenset([Standing(str(key))]) if key else frozenset[Standing]()
        self.wanted = Wanted(standings=standings, text=self.wanted.text)
        self._list()

    def _find(self, text: str) -> None:
        self.wanted = Wanted(standings=self.wanted.standings, text=text.strip())
        self._list()

    def _show_all(self) -> None:
        self.head.quick.clear()
        self.wanted = Wanted()
        self.head.standings.set_tabs(self.head.standings.tabs, "")
        self._list()

    def _choose_day(self) -> None:
        panel = DayPanel(self, self.desk.suite.today, "覆盖情况")
        panel.chosen.connect(self.set_day)
        panel.closed.connect(panel.deleteLater)
        panel.open_at(self.head.day, panel.line)

    def set_day(self, day: dt.date) -> None:
        """Show a day; today's is live."""
        self._as_of = day if day != self.desk.suite.today else None
        self._tell_day()
        self.acts.close()
        self.refresh()

    def _tell_day(self) -> None:
        self.head.show_day(self._as_of, self.desk.suite.today)

    # Checked rows.

    def checked_units(self) -> tuple[Unit, ...]:
        """The units that are checked, by themselves or by their branch, as far as the filter shows them."""
        checked = self.table.rows.checked if self.table is not None else set()
        if self.board is None or not checked:
            return ()
        found: dict[int, Unit] = {}
        everything = nodes_of(self.board, self.wanted, _Everything())
        for node in everything:
            if node.key in checked:
                found.update((unit.id, unit) for unit in node.units)
        return tuple(found.values())

    def _tell_checks(self) -> None:
        self.bulk.show_count(len(self.checked_units()))

    def _check_all(self) -> None:
        if self.table is not None:
            self.table.rows.set_checked(node.key for node in self.nodes if node.level == DISTRICT)

    def _clear_checks(self) -> None:
        if self.table is not None:
            self.table.rows.set_checked(())

    def appoint_checked(self) -> None:
        """One agreement for each checked unit, else for the current one."""
        units = self.checked_units() or self._current_units()
        if not may_appoint(self):
            self.acts.ask_appointment(units)

    def _appoint_by(self, firm: int, name: str) -> None:
        self.acts.ask_appointment(self.checked_units() or self._current_units(), (firm, name))

    def _current_units(self) -> tuple[Unit, ...]:
        """What is current: a unit, or the gaps of a branch."""
        row = self.table.current_row if self.table is not None else -1
        if not 0 <= row < len(self.nodes):
            return ()
        node = self.nodes[row]
        if node.unit is not None:
            return node.units
        return tuple(unit for unit in node.units if unit.standing is Standing.UNCOVERED)

    def appointed(self, done: Done) -> None:
        """What was written is told; the rows come anew by the news of it."""
        self._clear_checks()
        warnings = "；".join(dict.fromkeys(problem.text for problem in done.warnings))
        self.happened.emit(f"{done.text}。{warnings}" if warnings else done.text)

    def export_shown(self) -> None:
        """Ctrl+E: what the filter shows."""
        self._export(tuple(unit for node in self.nodes if node.level == DISTRICT for unit in node.units))

    def _export(self, units: tuple[Unit, ...]) -> None:
        told = words_of(self.coverage)
        words = [told[one] for one in ORDER if one in self.wanted.standings and one in told]
        words += [f"名称含“{self.wanted.text}”"] if self.wanted.text else []
        self.acts.export(units, "、".join(words))

    # What the window asks.

    def focus_filter(self) -> bool:
        self.head.quick.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.quick.selectAll()
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        (self.table or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        if self.acts.close():
            return True
        if self.head.quick.hasFocus():
            self.focus_start()
            return True
        if self.checked_units():
            self._clear_checks()
            return True
        if not self.wanted.is_all:
            self._show_all()
            return True
        return False

    def focus_ring(self) -> tuple[QWidget, ...]:
        table = (self.table,) if self.table is not None else ()
        return (self.head.quick, self.head.standings, *table, self.dock)

    def commands(self) -> tuple[PageCommand, ...]:
        if self.board is None:
            return ()
        export = "" if self.head.exports.isEnabled() else self.head.exports.toolTip()
        return (
            PageCommand(
                menu="act", text="聘任", run=self.appoint_checked, key="Ctrl+N", refusal=may_appoint(self)
            ),
            PageCommand(
                menu="file", text="导出覆盖清单(&E)", run=self.export_shown, key="Ctrl+E", refusal=export
            ),
            PageCommand(menu="view", text="按日期查看覆盖情况", run=self._choose_day),
            PageCommand(menu="view", text="摘要", run=self.toggle_dock),
        )

    def toggle_dock(self) -> None:
        """Close the summary, or open it again."""
        self.dock.set_closed(not self.dock.is_closed)


class _Everything:
    """All branches are open."""

    def __contains__(self, key: object) -> bool:
        return True
