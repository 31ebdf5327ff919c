"""报送与回执: rosters sent to other databases and received from them, and what became of each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.declarations import RecordKind
from suite.database.engine import ReadSession
from suite.kernel.exchange.exchanged import ExchangedRow, ExchangeLine, exchange_rows, exchanges
from suite.kernel.exchange.houses import HouseLine, NameHouse, house_line
from suite.kernel.registry.trace import user_names
from suite.ui.asking import Asking
from suite.ui.desk import Desk
from suite.ui.dropped import one_file
from suite.ui.kind_chooser import KindChooser
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.notices import EmptyState, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.long_work import LongWork
from suite.ui.pages.exchange.acts import ExchangeActs
from suite.ui.pages.exchange.detail import ExchangeDetail
from suite.ui.pages.exchange.house import HouseBar
from suite.ui.pages.exchange.incoming import Incoming
from suite.ui.pages.exchange.listing import COLUMNS, cells
from suite.ui.pages.exchange.preview import IncomingPane
from suite.ui.roster_pages import NO_ROSTER, lacking

HINTS = "Enter 打开档案　F6 切换焦点　Esc 返回"


@dataclass(frozen=True, kw_only=True)
class _Read:
    kind: str
    house: HouseLine
    lines: list[ExchangeLine]
    names: Mapping[str, str]


class ExchangePage(Page):
    """The exchanges of one kind's roster; `kind` is its key, empty for the first that may be read."""

    def __init__(self, desk: Desk, kind: object = None, parent: QWidget | None = None) -> None:
        super().__init__("exchange", "报送与回执", "send", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.lines: list[ExchangeLine] = []
        self._chosen: int | None = None
        self._wanted: int | None = None
        self._entered: int | None = None
        self.chooser = KindChooser(desk, kind)
        self._lay_out()
        self.setAcceptDrops(True)
        desk.changed.connect(self._changed)
        self.chooser.chosen.connect(self.show_kind)
        self.show_kind(self.chooser.kind)

    @property
    def kind(self) -> RecordKind | None:
        """The kind whose exchanges are listed."""
        return self.chooser.kind

    def _lay_out(self) -> None:
        top = Bar("window", Height.PROFESSION_TABS)
        top.row.addWidget(label("报送与回执", size=TextSize.SECTION, bold=True))
        top.row.addWidget(self.chooser)
        top.row.addStretch()
        progress = ProgressStrip()
        top.row.addWidget(progress)
        self.receipt = Button("收取回执…", icon_name="document")
        self.receive = Button("接收报送…", icon_name="import")
        self.send = Button("报送名册…", icon_name="send", look=Look.PRIMARY)
        for button in (self.receipt, self.receive, self.send):
            top.row.addWidget(button)
        self.content.addWidget(top)
        self.work = LongWork(self.desk, self, progress)
        self.house = HouseBar(self.desk.actor.may(NameHouse.permission))
        self.content.addWidget(self.house)
        strips = QVBoxLayout()
        self.acts = ExchangeActs(self, strips)
        self.content.addLayout(strips)
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lists())
        self.incoming = IncomingPane()
        self._stack.addWidget(self.incoming)
        body.addWidget(self._stack)
        self.content.addLayout(body, 1)
        acts = self.acts
        for pressed, act in (
            (self.send, acts.ask_send),
            (self.receive, acts.ask_receive),
            (self.receipt, acts.ask_receipt),
            (self.house.change, acts.ask_name),
            (self.detail.receipt, acts.ask_answer),
            (self.detail.forget, acts.ask_forget),
            (self.incoming.take, acts.take),
            (self.incoming.leave, self.close_incoming),
            (self.incoming.leave_row, acts.ask_leave_row),
        ):
            pressed.clicked.connect(act)
        self.detail.open_wanted.connect(lambda subject_id: self._open_record(self.kind, subject_id))
        self.incoming.open_wanted.connect(self._open_incoming)
        self.set_hints(HINTS)

    def _lists(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(S8)
        pane = Pane("往来")
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source, self))
        self.table.setAccessibleName("报送与接收")
        self.table.row_settled.connect(lambda _row, key: self._choose(key))
        self.table.row_opened.connect(lambda _row, key: self._enter(key))
        self.empty = EmptyState("正在读取…")
        self.table.hide()
        pane.body.addWidget(self.table, 1)
        pane.body.addWidget(self.empty, 1)
        split.addWidget(pane)
        self.detail = ExchangeDetail()
        self.detail.hide()
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        return split

    # The kind, and what may be done with it.

    def show_kind(self, kind: RecordKind | None) -> None:
        """Show the exchanges of another roster."""
        self.chooser.set_kind(kind)
        self._chosen = None
        self.acts.close()
        self.close_incoming()
        if kind is None:
            self.house.hide()
            self.empty.set_sentence(f"{NO_ROSTER}。")
        else:
            self.set_title(f"报送与回执 · {kind.title}")
            self.argument_changed.emit(kind.key)
        self._tell_rights()
        self.refresh()

    def _tell_rights(self) -> None:
        for button, refusal in (
            (self.send, self.sending_refusal()),
            (self.receive, self.receiving_refusal()),
            (self.receipt, self.receiving_refusal()),
        ):
            button.set_refusal(refusal)
        self.commands_changed.emit()

    def sending_refusal(self) -> str:
        """Why one may not send this roster; empty when one may."""
        return lacking(self.desk.actor, self.kind, "export", "导出") or self.house.refusal

    def receiving_refusal(self) -> str:
        """Why one may not take in a roster or a receipt; empty when one may."""
        return lacking(self.desk.actor, self.kind, "import", "导入")

    def answering_refusal(self) -> str:
        """Why one may not issue a receipt; empty when one may."""
        return self.receiving_refusal() or self.house.refusal

    # Reading.

    def refresh(self) -> None:
        """F5."""
        if self.kind is None:
            return
        suite, actor, key = self.desk.suite, self.desk.actor, self.kind.key

        def read(session: ReadSession) -> _Read:
            lines = exchanges(session, actor, suite.catalog, key)
            return _Read(
                kind=key,
                house=house_line(session),
                lines=lines,
                names=user_names(session, {line.by for line in lines}),
            )

        self.asking.read(read, self._came, self.work.lost)

    def _came(self, read: _Read) -> None:
        if self.kind is None or read.kind != self.kind.key:
            return
        self.house.show_house(read.house)
        self._tell_rights()
        self.lines = read.lines
        self._source.set_rows(
            [cells(line, read.names) for line in read.lines], [line.id for line in read.lines]
        )
        self.table.setVisible(bool(read.lines))
        self.empty.setVisible(not read.lines)
        self.detail.setVisible(bool(read.lines))
        if not read.lines:
            self.empty.set_sentence(
                f"{self.kind.title}名册还没有与其他单位往来过。“报送名册”生成带签名的文件交给对方；"
                "对方的文件用“接收报送”读入，也可拖到本页，先看差异再写入。"
            )
            return
        wanted, self._wanted = self._wanted or self._chosen, None
        place = next((n for n, line in enumerate(read.lines) if line.id == wanted), 0)
        self.table.select_row(place)
        self._choose(read.lines[place].id)

    def _choose(self, exchange_id: object) -> None:
        line = next((line for line in self.lines if line.id == exchange_id), None)
        if line is None:
            return
        self._chosen = line.id
        suite, actor = self.desk.suite, self.desk.actor
        self.asking.read(
            lambda session: exchange_rows(session, actor, suite.catalog, line.id),
            lambda rows: self._read_rows(line, rows),
            self.work.lost,
        )

    def _read_rows(self, line: ExchangeLine, rows: list[ExchangedRow]) -> None:
        if line.id == self._chosen:
            self.detail.show_line(
                line, rows, answering=self.answering_refusal(), naming=self.house.naming_refusal
            )
        if line.id == self._entered:
            self._entered = None
            self.detail.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self, exchange_id: object) -> None:
        if isinstance(exchange_id, int):
            self._entered = exchange_id
            self._choose(exchange_id)

    def show_next(self, kind: str, exchange_id: int, *, enter: bool = False) -> None:
        """Show this exchange after the next reading; with `enter` the keyboard goes to its rows."""
        if self.kind is not None and kind != self.kind.key:
            self.show_kind(next((item for item in self.chooser.kinds if item.key == kind), self.kind))
        self._wanted = exchange_id
        self._entered = exchange_id if enter else None

    def _changed(self, done: Done) -> None:
        if any(change.kind in ("core.exchange", "core.house", "core.partner") for change in done.changes):
            self.refresh()

    # What comes in.

    def show_incoming(self, incoming: Incoming) -> None:
        """Show a packet in place of the lists."""
        self._stack.setCurrentWidget(self.incoming)
        self.incoming.show_incoming(incoming)
        if incoming.notices:
            self.work.tell(NoticeKind.WARN, incoming.notices)
        self.commands_changed.emit()

    def close_incoming(self) -> bool:
        """Leave the packet in front as if it had never come; False where there is none."""
        if self.incoming.incoming is None:
            return False
        self.incoming.incoming = None
        self._stack.setCurrentIndex(0)
        self.commands_changed.emit()
        self.focus_start()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if one_file(event.mimeData()) is not None and not self.receiving_refusal():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = one_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.acts.take_in(path)

    # Records.

    def _open_record(self, kind: RecordKind | None, subject_id: int) -> None:
        if kind is not None:
            self.open_wanted.emit("record", (kind.key, subject_id))

    def _open_incoming(self, subject_id: int) -> None:
        if self.incoming.incoming is not None:
            self._open_record(self.incoming.incoming.kind, subject_id)

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the strip, then the packet in front."""
        return self.acts.close() or self.close_incoming()

    def focus_start(self) -> None:
        """The keyboard goes to the packet in front, to the list, or to sending where there is none."""
        if self.incoming.incoming is not None:
            self.incoming.focus_rows()
        else:
            (self.table if self.lines else self.send).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The rows of the packet in front and its button; else the exchanges, then the rows of one."""
        if self.incoming.incoming is not None:
            return (self.incoming.table or self.incoming.tabs, self.incoming.take)
        return (self.table, self.detail.table)

    def commands(self) -> tuple[PageCommand, ...]:
        """Sending and taking in; 接收 while a packet is in front."""
        acts = self.acts
        taking: tuple[PageCommand, ...] = ()
        if self.incoming.incoming is not None:
            taking = (PageCommand(menu="file", text=self.incoming.take.text(), run=acts.take, key="Ctrl+S"),)
        return (
            *taking,
            PageCommand(
                menu="file",
                text="报送名册(&N)",
                run=acts.ask_send,
                key="Ctrl+N",
                refusal=self.sending_refusal(),
            ),
            PageCommand(
                menu="file",
                text="接收报送(&I)",
                run=acts.ask_receive,
                refusal=self.receiving_refusal(),
            ),
            PageCommand(
                menu="file", text="收取回执(&R)", run=acts.ask_receipt, refusal=self.receiving_refusal()
            ),
        )
