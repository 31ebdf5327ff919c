"""信用: what must be made public today, credit records and their disclosure, repairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.credit.disclosure import STEPS
from suite.kernel.credit.platform import FEEDS as FEEDS_CHANGED
from suite.kernel.credit.publicity.following import PUBLICITY as PUBLICITY_CHANGED
from suite.kernel.credit.publicity.listing import PublicityLine
from suite.kernel.credit.publicity.queries import PublicityFile, publicity_file
from suite.kernel.credit.queries import (
    CreditDetail,
    ItemLine,
    credit_detail,
    kind_of_subject,
    platform_items,
)
from suite.kernel.credit.records import RECORDS as RECORDS_CHANGED
from suite.kernel.parameters.queries import parameters_on
from suite.ui.asking import Asking
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.buttons import Button
from suite.ui.kit.filter_panels import FilterSpec, Option
from suite.ui.kit.filters import FilterButton
from suite.ui.kit.line import LineEdit
from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar
from suite.ui.kit.tabs import ProfessionTabs, Tab
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height, TextSize, Width
from suite.ui.long_work import LongWork
from suite.ui.pages.credit.acts import CreditActs
from suite.ui.pages.credit.board import Board
from suite.ui.pages.credit.boards import Boards, tabs_of
from suite.ui.pages.credit.detail import Detail
from suite.ui.pages.credit.feeds import FeedActs
from suite.ui.pages.credit.menu import commands_of
from suite.ui.pages.credit.reading import PAGE, REPAIR, Read, Wanted, read_credit, reads_repairs
from suite.ui.pages.credit.rows import DUE, FEEDS, HINTS, NO_CASE_HINTS, PUBLICITY, RECORDS, REPAIRS, TABS


class CreditPage(Page):
    """`argument` is a tab's key, a view of 双公示, or (tab, view); by default what must be made public."""

    def __init__(self, desk: Desk, argument: object = None, parent: QWidget | None = None) -> None:
        super().__init__("credit", "信用", "credit", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self._read: Read | None = None
        self._ticket: Ticket | None = None
        self._rows = {PUBLICITY: PAGE, RECORDS: PAGE, REPAIRS: PAGE}
        tab, view = argument if isinstance(argument, tuple) and len(argument) == 2 else (argument, "")
        if tab in dict(DUE):
            tab, view = PUBLICITY, tab
        self.tab = tab if tab in dict(self._tabs()) else PUBLICITY
        self.refusal = "" if self._professions() else "您没有查看信用的权限，请联系科室管理员"
        self._lay_out()
        if view:
            (self.due if self.tab == PUBLICITY else self.records).show_view(str(view))
        desk.changed.connect(self._changed)
        self.refresh()

    def _professions(self) -> dict[str, str]:
        catalog, actor = self.desk.suite.catalog, self.desk.actor
        return {
            name: catalog.titles[name]
            for name in catalog.professions
            if name != "core" and actor.may(f"{name}:credit:read")
        }

    def _tabs(self) -> list[tuple[str, str]]:
        """The lists that may be seen."""
        hidden = set() if self._feeding() else {FEEDS}
        if not reads_repairs(self.desk.actor, self.desk.suite.catalog):
            hidden.add(REPAIRS)
        return [(key, title) for key, title in TABS if key not in hidden]

    def _feeding(self) -> bool:
        """Whether there is a platform whose files may be seen."""
        names = self._professions()
        return any(feed.owner in names for feed in self.desk.suite.catalog.feeds.values())

    # Laying out.

    def _lay_out(self) -> None:
        top = Bar("window", Height.PROFESSION_TABS)
        top.row.addWidget(label("信用", size=TextSize.SECTION, bold=True))
        self.words = LineEdit(placeholder="名称、文号", icon_name="search")
        self.words.setFixedWidth(theme().pixels(Width.DOCK_SMALL))
        self.words.setAccessibleName("按名称或文号查找")
        self.words.settled.connect(lambda _text: self._narrow())
        top.row.addWidget(self.words)
        names = self._professions()
        self.profession = FilterButton(
            FilterSpec(
                key="profession",
                title="条线",
                options=tuple(Option(key, title) for key, title in names.items()),
            )
        )
        self.profession.value_changed.connect(lambda _value: self._narrow())
        top.row.addWidget(self.profession)
        top.row.addStretch()
        progress = ProgressStrip()
        top.row.addWidget(progress)
        self.rejections = Button(
            "读入退回文件…", icon_name="import", tip="信用平台的反馈文件，退回的回到待办"
        )
        self.enter = Button("登记记录…", icon_name="plus")
        self.differences = Button("生成差异…", icon_name="export", tip="自上次回执以来的新增、变更和撤下")
        self.receipt = Button("登记回执…", icon_name="check", tip="平台接收了选定的差异文件")
        for button in (self.rejections, self.enter, self.differences, self.receipt):
            top.row.addWidget(button)
        self.content.addWidget(top)
        self.work = LongWork(self.desk, self, progress)
        self.tabs = ProfessionTabs()
        self._parts = self._tabs()
        self.tabs.set_tabs([Tab(key=key, title=title) for key, title in self._parts], self.tab)
        self.tabs.current_changed.connect(self._turn)
        row = QHBoxLayout()
        row.setContentsMargins(S12, 0, S12, 0)
        row.addWidget(self.tabs, 1)
        self.rates = label("", tone="text2", size=TextSize.CAPTION)
        row.addWidget(self.rates)
        self.content.addLayout(row)
        strips = QVBoxLayout()
        self.acts = CreditActs(self, strips)
        self.platform = FeedActs(self)
        self.content.addLayout(strips)
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(S8)
        self.boards = Boards()
        self._connect_boards()
        split.addWidget(self.boards)
        self.detail = Detail()
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setSizes([theme().pixels(820), theme().pixels(Width.CASE_COLUMN)])
        body.addWidget(split)
        self.content.addLayout(body, 1)
        self._connect()

    def _connect_boards(self) -> None:
        boards = self.boards
        self.due, self.records, self.repairs, self.feeds = (
            boards.due, boards.records, boards.repairs, boards.feeds,
        )  # fmt: skip
        acts = self.acts
        self.due.add_act("报送…", acts.ask_report)
        self.due.add_act("登记已公示…", acts.ask_confirm)
        self.due.add_act("撤回…", acts.ask_retract)
        self.records.add_act("办理披露…", acts.ask_step)
        for key in self._rows:
            boards.of[key].view_changed.connect(lambda _view, key=key: self._narrow(key))
            boards.of[key].more_wanted.connect(lambda key=key: self._more(key))
        self.due.chosen.connect(self._read_publicity)
        self.records.chosen.connect(self._read_record)
        self.due.opened.connect(self._open_due)
        self.records.opened.connect(self._open_record)
        self.repairs.opened.connect(lambda key: self.open_wanted.emit("case", key))
        self.feeds.chosen.connect(self._read_export)
        self.feeds.item_opened.connect(lambda key: self.open_wanted.emit("record", key))

    def _connect(self) -> None:
        self.rejections.clicked.connect(self.acts.ask_rejections)
        self.enter.clicked.connect(self.acts.ask_enter)
        self.differences.clicked.connect(lambda: self.platform.ask_differences())
        self.receipt.clicked.connect(self.platform.ask_receipt)
        self.detail.open_wanted.connect(self.open_wanted)
        self.detail.fill_wanted.connect(self.acts.ask_fill)
        self.detail.repair_wanted.connect(self.acts.ask_repair)
        keeping = self.keeping_refusal()
        for button in (self.rejections, self.enter):
            button.set_refusal(keeping)
        self.differences.set_refusal(self.platform.making_refusal())
        self._turn(self.tab)

    def keeping_refusal(self) -> str:
        """Why one may not keep credit; empty when one may."""
        actor = self.desk.actor
        may = any(actor.may(f"{name}:credit:keep") for name in self._professions())
        return "" if may else "您没有办理信用与双公示的权限"

    # Reading.

    def refresh(self) -> None:
        """F5."""
        if self.refusal:
            self.boards.say(f"{self.refusal}。")
            return
        suite, actor = self.desk.suite, self.desk.actor
        chosen = self.profession.value
        wanted = Wanted(
            text=self.words.text().strip(),
            professions=tuple(chosen) if isinstance(chosen, list | tuple) else (),
            due_view=self.due.view,
            due_rows=self._rows[PUBLICITY],
            record_view=self.records.view,
            record_rows=self._rows[RECORDS],
            repair_rows=self._rows[REPAIRS],
        )

        def query(session: ReadSession) -> Read:
            return read_credit(session, actor, suite.catalog, suite.today, wanted)

        if self._ticket is not None:
            self._ticket.drop()
        self._ticket = self.asking.read(query, self._came, self.lost)

    def _narrow(self, *boards: str) -> None:
        """Another question to the lists, or to one of them: from its first page on."""
        self._rows.update(dict.fromkeys(boards or self._rows, PAGE))
        self.refresh()

    def _more(self, board: str) -> None:
        self._rows[board] += PAGE
        self.refresh()

    def _came(self, read: Read) -> None:
        self._read, self._ticket = read, None
        self.rates.setText(
            "今年本局报送："
            + "　".join(
                f"{rate.title} "
                + ("—" if rate.value is None else f"{rate.value:.2%}（{rate.numerator}/{rate.denominator}）")
                for rate in read.rates
            )
        )
        self.boards.show_read(read)
        self.tabs.set_tabs(tabs_of(self._parts, read), self.tab)
        self.count_changed.emit(read.waiting)
        self.commands_changed.emit()

    def lost(self, error: Exception) -> None:
        """Tell why something could not be read."""
        if self._read is None:
            self.boards.say(sentence_of(error))
            return
        buttons = (("重试", self.refresh),)
        self.show_notice(Notice(kind=NoticeKind.BAD, text=sentence_of(error), buttons=buttons, closable=True))

    def _turn(self, key: object) -> None:
        self.tab = str(key)
        self.boards.setCurrentWidget(self.board)
        self._say_keys()
        narrowed = self.tab in (PUBLICITY, RECORDS)
        self.words.setVisible(narrowed)
        self.profession.setVisible(narrowed and len(self._professions()) > 1)
        self.detail.setVisible(narrowed)
        self.detail.show_nothing()
        self.rejections.setVisible(self.tab == PUBLICITY)
        self.enter.setVisible(self.tab == RECORDS)
        self.differences.setVisible(self.tab == FEEDS)
        self.receipt.setVisible(self.tab == FEEDS)
        self.rates.setVisible(self.tab == PUBLICITY)
        self.receipt.set_refusal(self.platform.receipt_refusal())
        current = self.board.table.current_key
        if current is not None and self.tab != REPAIRS:
            self.board.chosen.emit(current)

    @property
    def board(self) -> Board:
        """The table in front."""
        return self.boards.of[self.tab]

    def _read_publicity(self, key: object) -> None:
        if self.tab != PUBLICITY or not isinstance(key, int):
            return
        self._say_keys()
        suite, actor = self.desk.suite, self.desk.actor

        def query(session: ReadSession) -> PublicityFile:
            parameters = parameters_on(session, suite.catalog, suite.today)
            return publicity_file(session, actor, suite.catalog, parameters, key, suite.today)

        def came(file: PublicityFile) -> None:
            if self.tab == PUBLICITY and self.due.table.current_key == key:
                self.detail.show_publicity(file)

        self.asking.read(query, came, self.lost)

    def _read_record(self, key: object) -> None:
        if self.tab != RECORDS or not isinstance(key, int):
            return
        suite, actor = self.desk.suite, self.desk.actor

        def came(detail: CreditDetail) -> None:
            if self.tab == RECORDS and self.records.table.current_key == key:
                self.detail.show_record(detail)

        self.asking.read(
            lambda session: credit_detail(session, actor, suite.catalog, key, suite.today), came, self.lost
        )

    def _read_export(self, key: object) -> None:
        self.receipt.set_refusal(self.platform.receipt_refusal())
        if self.tab != FEEDS or not isinstance(key, int):
            return
        suite, actor = self.desk.suite, self.desk.actor

        def came(lines: list[ItemLine]) -> None:
            if self.feeds.table.current_key == key:
                self.feeds.show_items(lines)

        self.asking.read(lambda session: platform_items(session, actor, suite.catalog, key), came, self.lost)

    def kind_of(self, subject_id: int, deliver: Callable[[str], None]) -> None:
        """Find out of which kind a record is."""
        self.asking.read(lambda session: kind_of_subject(session, subject_id), deliver, self.lost)

    def steps_of(self, numbers: tuple[int, ...]) -> tuple[str, ...]:
        """The steps that all of these records could take now."""
        lines = {line.id: line for line in self._read.records} if self._read is not None else {}
        stages = [lines[number].state.key for number in numbers if number in lines]
        return tuple(step.key for step in STEPS.values() if all(stage in step.sources for stage in stages))

    def repair_kind(self, profession: str) -> str | None:
        """The kind of repair case of a profession."""
        kinds: Mapping[str, object] = self.desk.suite.catalog.case_kinds
        key = f"{profession}.credit_repair"
        return key if key in kinds else None

    def _open_due(self, key: object) -> None:
        line = self._due_line(key)
        if line is not None and line.case_open:
            self.open_wanted.emit("case", line.case_id)
        elif line is not None and line.subject_id is not None:
            self.open_wanted.emit("record", (line.kind, line.subject_id))

    def _due_line(self, key: object) -> PublicityLine | None:
        return next((line for line in self._read.due if line.id == key), None) if self._read else None

    def _say_keys(self) -> None:
        """What the keys do on the row in front."""
        line = self._due_line(self.due.table.current_key) if self.tab == PUBLICITY else None
        self.set_hints(NO_CASE_HINTS if line is not None and not line.case_open else HINTS[self.tab])

    def _open_record(self, key: object) -> None:
        line = next((line for line in self._read.records if line.id == key), None) if self._read else None
        if line is not None:
            self.open_wanted.emit("record", (line.kind, line.subject_id))

    def _changed(self, done: Done) -> None:
        kinds = {kind.key for kind in self.desk.suite.catalog.case_kinds.values() if kind.work == REPAIR}
        ours = {PUBLICITY_CHANGED, RECORDS_CHANGED, FEEDS_CHANGED, *kinds}
        if any(change.kind in ours for change in done.changes):
            self.refresh()

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the strip, then take the checks away."""
        return self.acts.close() or self.board.clear_checks()

    def focus_filter(self) -> bool:
        """Ctrl+F; nothing is searched in the other tabs."""
        if self.tab not in (PUBLICITY, RECORDS):
            return False
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.board.focus_rows()

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.words, self.tabs, self.board.table, *self.detail.tables()

    def commands(self) -> tuple[PageCommand, ...]:
        """What can be done here, in the menus and the palette."""
        return commands_of(self)
