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
from suite.kernel.coverage.wording import per_cent, words_of
from suite.ui.asking import Asking
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.bars import BulkBar
from suite.ui.kit.buttons import Button, icon_button
from suite.ui.kit.checkbox import CheckBox
from suite.ui.kit.day_panel import DayPanel
from suite.ui.kit.line import LineEdit
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S12, Height, TextSize
from suite.ui.pages.coverage.acts import CoverageActs, kind_of, may_appoint
from suite.ui.pages.coverage.summary import CoverageSummary
from suite.ui.pages.coverage.tree import DISTRICT, UNIT, Node, Wanted, cells_of, columns_of, nodes_of

NO_RIGHT = "您没有查看覆盖情况的权限，请联系科室管理员。"
CHOOSE = "在左边选中区县、乡镇或村（居），这里列出情况和可以提供服务的律师事务所。"
#: The tabs of standings: what to do something about stands first.
ORDER = (Standing.UNCOVERED, Standing.PAPER, Standing.EXPIRING, Standing.COVERED)


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
        top = Bar("window", Height.PROFESSION_TABS)
        self.tabs = LineTabs(name="覆盖种类")
        self.tabs.set_tabs([Tab(key=item.key, title=item.title) for item in self.coverages], self.key_shown)
        top.row.addWidget(self.tabs, 1)
        self.import_button = Button("导入协议", icon_name="import")
        self.export_button = Button("导出清单", icon_name="export")
        top.row.addWidget(self.import_button)
        top.row.addWidget(self.export_button)
        self.content.addWidget(top)
        bar = Bar("top", Height.FILTER_BAR)
        self.quick = LineEdit(placeholder="区县、乡镇、村（居）或单位名称", name="查找", clearable=True)
        self.quick.setFixedWidth(theme().pixels(220))
        bar.row.addWidget(self.quick)
        self.day_button = Button("", arrow=True)
        bar.row.addWidget(self.day_button)
        self.xinji, self.zones = CheckBox("含辛集市"), CheckBox("含功能区")
        bar.row.addWidget(self.xinji)
        bar.row.addWidget(self.zones)
        self.standings = LineTabs(base_height=Height.FILTER_BAR, size=TextSize.BODY, name="状态")
        bar.row.addWidget(self.standings, 1)
        self.refresh_button = icon_button("refresh", "刷新（F5）")
        bar.row.addWidget(self.refresh_button)
        self.content.addWidget(bar)
        strip = Bar("head", Height.FILTER_BAR)
        self.figures = {}
        for name in ("有形覆盖", "有效覆盖"):
            strip.row.addWidget(label(name, tone="text2"))
            self.figures[name] = label("", size=TextSize.SECTION, bold=True)
            strip.row.addWidget(self.figures[name])
            strip.row.addSpacing(S12)
        self.basis = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        strip.row.addWidget(self.basis, 1)
        self.content.addWidget(strip)
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
        self.tabs.current_changed.connect(self._choose_coverage)
        self.standings.current_changed.connect(self._choose_standing)
        self.quick.settled.connect(self._find)
        self.day_button.clicked.connect(self._choose_day)
        self.refresh_button.clicked.connect(self.refresh)
        for box in (self.xinji, self.zones):
            box.clicked.connect(self.refresh)
        self.import_button.clicked.connect(lambda: self.open_wanted.emit("import", self.by_kind.key))
        self.export_button.clicked.connect(self.export_shown)
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
            with_xinji=self.xinji.isChecked() if known else None,
            with_zones=self.zones.isChecked() if known else None,
        )

    def refresh(self) -> None:
        """F5."""
        if not self.coverages:
            for button in (self.import_button, self.export_button):
                button.refuse(NO_RIGHT)
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
            positions = {switch.key: bool(switch.value) for switch in board.switches}
            self.xinji.setChecked(positions["core.include_xinji"])
            self.zones.setChecked(positions["core.include_zones"])
        self.board = board
        if fresh:
            self.table = self._make_table(board)
        assert self.table is not None  # noqa: S101 - made above
        self.table.set_stale(False)
        whole = board.whole
        for name, part in (("有形覆盖", whole.formal), ("有效覆盖", whole.effective)):
            self.figures[name].setText(f"{per_cent(part, whole.total)}　{part:,} / {whole.total:,}")
        self.basis.setText(f"口径：{board.coverage.help}{_settings(board)}")
        words = words_of(board.coverage)
        self.standings.set_tabs(
            [
                Tab(key="", title="全部", count=whole.total),
                *(Tab(key=one, title=words[one], count=whole.of(one)) for one in ORDER if one in words),
            ],
            next(iter(self.wanted.standings), ""),
        )
        may_import = self.desk.actor.may(f"{self.by_kind.owner}:roster:import")
        refusal = "" if may_import else f"您没有导入“{self.by_kind.title}”名册的权限，请联系科室管理员。"
        self.import_button.set_refusal(refusal)
        self.import_button.setText("导入协议" if board.coverage.until is not None else "导入名册")
        may_export = self.desk.actor.may(f"{self.by_kind.owner}:roster:export")
        self.export_button.set_refusal("" if may_export else "您没有导出名册的权限，请联系科室管理员。")
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
        self.quick.clear()
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
        self.quick.clear()
        self.wanted = Wanted()
        self.standings.set_tabs(self.standings.tabs, "")
        self._list()

    def _choose_day(self) -> None:
        panel = DayPanel(self, self.desk.suite.today, "覆盖情况")
        panel.chosen.connect(self.set_day)
        panel.closed.connect(panel.deleteLater)
        panel.open_at(self.day_button, panel.line)

    def set_day(self, day: dt.date) -> None:
        """Show a day; today's is live."""
        self._as_of = day if day != self.desk.suite.today else None
        self._tell_day()
        self.acts.close()
        self.refresh()

    def _tell_day(self) -> None:
        self.day_button.setText(f"截至 {self._as_of}" if self._as_of else f"实时（{self.desk.suite.today}）")

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
        self.quick.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.quick.selectAll()
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        (self.table or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        if self.acts.close():
            return True
        if self.quick.hasFocus():
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
        return (self.quick, self.standings, *table, self.dock)

    def commands(self) -> tuple[PageCommand, ...]:
        if self.board is None:
            return ()
        export = "" if self.export_button.isEnabled() else self.export_button.toolTip()
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


def _settings(board: CoverageBoard) -> str:
    """The numbers that it depends on, but for the switches that are set here."""
    told = [one for one in board.switches if not isinstance(one.value, bool)]
    return "".join(f"　{one.title}：{one.value}" for one in told)
