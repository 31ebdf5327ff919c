"""名册编制: the editions of a roster, what each says otherwise than the one before, and the acts on them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.declarations import RecordKind
from suite.contract.states import StateKind
from suite.kernel.exchange.edition_files import EditionPapers, papers_of
from suite.kernel.exchange.editions import (
    Edition,
    editions,
)
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kind_chooser import KindChooser
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import EmptyState, Notice, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.pages.editions.acts import EditionActs
from suite.ui.pages.editions.detail import EditionDetail
from suite.ui.roster_pages import NO_ROSTER, lacking

COLUMNS = (
    Column(key="number", title="版次", width=72),
    Column(key="as_of", title="截止日期", kind=ColumnKind.DATE, width=96),
    Column(key="rows", title="数量", kind=ColumnKind.NUMBER, width=64),
    Column(key="state", title="公告", kind=ColumnKind.STATE, width=120, stretch=True),
)


def state_of(edition: Edition) -> StateValue:
    """How far an edition has come."""
    if edition.withdrawn_at is not None:
        return StateValue(StateKind.ENDED, "已撤回")
    if edition.announced_on is not None:
        return StateValue(StateKind.OK, edition.document_no or "已公告")
    return StateValue(StateKind.RUN, "未公告")


class EditionsPage(Page):
    """The editions of one kind's roster; `kind` is its key, empty for the first that may be read."""

    def __init__(self, desk: Desk, kind: object = None, parent: QWidget | None = None) -> None:
        super().__init__("editions", "名册编制", "document", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.known: list[Edition] = []
        self._chosen: int | None = None
        self._wanted: int | None = None
        self.chooser = KindChooser(desk, kind)
        self.kind: RecordKind | None = self.chooser.kind
        self._lay_out()
        desk.changed.connect(self._changed)
        self.show_kind(self.kind)

    def _lay_out(self) -> None:
        top = Bar("window", Height.PROFESSION_TABS)
        self.chooser.chosen.connect(self.show_kind)
        top.row.addWidget(label("名册编制", size=TextSize.SECTION, bold=True))
        top.row.addWidget(self.chooser)
        top.row.addStretch()
        self.compile = Button("编制名册…", icon_name="plus", look=Look.PRIMARY)
        top.row.addWidget(self.compile)
        self.content.addWidget(top)
        strips = QVBoxLayout()
        self.acts = EditionActs(self, strips)
        self.content.addLayout(strips)
        body = QHBoxLayout()
        body.setContentsMargins(S12, 0, S12, S12)
        body.setSpacing(S8)
        self.pane = Pane("各版名册")
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source, self))
        self.table.setAccessibleName("各版名册")
        self.table.row_settled.connect(lambda _row, key: self._choose(key))
        self.table.row_opened.connect(lambda _row, key: self._choose(key))
        self.empty = EmptyState("正在读取…")
        self.pane.body.addWidget(self.table, 1)
        self.pane.body.addWidget(self.empty, 1)
        self.table.hide()
        body.addWidget(self.pane, 3)
        self.detail = EditionDetail()
        self.detail.hide()
        body.addWidget(self.detail, 7)
        self.content.addLayout(body, 1)
        self.compile.clicked.connect(self.acts.ask_compile)
        self.detail.export_wanted.connect(self.acts.export)
        self.detail.announce_wanted.connect(self.acts.ask_announce)
        self.detail.withdraw_wanted.connect(self.acts.ask_withdraw)
        self.detail.open_wanted.connect(self._open_record)
        self.set_hints("Enter 打开档案　F6 切换焦点")

    # The kind.

    def show_kind(self, kind: RecordKind | None) -> None:
        """Show the editions of another roster."""
        self.kind = kind
        self._chosen = None
        self.acts.close()
        if kind is None:
            self.compile.refuse(NO_ROSTER)
            self.empty.set_sentence(f"{NO_ROSTER}。")
            return
        self.compile.set_refusal(self.compiling_refusal())
        self.commands_changed.emit()
        self.refresh()

    def compiling_refusal(self) -> str:
        """Why one may not compile this roster; empty when one may."""
        return lacking(self.desk.actor, self.kind, "compile", "编制")

    def exporting_refusal(self) -> str:
        """Why one may not export this roster; empty when one may."""
        return lacking(self.desk.actor, self.kind, "export", "导出")

    # Reading.

    def refresh(self) -> None:
        """F5."""
        if self.kind is None:
            return
        suite, actor, key = self.desk.suite, self.desk.actor, self.kind.key
        self.asking.read(lambda session: editions(session, actor, suite.catalog, key), self._came, self.lost)

    def _came(self, found: list[Edition]) -> None:
        self.known = found
        self._source.set_rows(
            [(f"第 {item.number} 版", item.as_of, item.rows, state_of(item)) for item in found],
            [item.id for item in found],
        )
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.detail.setVisible(bool(found))
        if not found:
            title = self.kind.title if self.kind is not None else ""
            self.empty.set_sentence(
                f"{title}名册还没有编制过。编制就是把某日的在册名单冻结为一版，供公告和日后比较。"
            )
            return
        wanted, self._wanted = self._wanted or self._chosen, None
        place = next((n for n, item in enumerate(found) if item.id == wanted), 0)
        self.table.select_row(place)
        self._choose(found[place].id)

    def lost(self, error: Exception) -> None:
        """Tell of a failure above the page."""
        self.show_notice(
            Notice(
                kind=NoticeKind.BAD,
                text=sentence_of(error),
                buttons=(("重试", self.refresh),),
                closable=True,
            )
        )

    def _choose(self, edition_id: object) -> None:
        if not isinstance(edition_id, int):
            return
        self._chosen = edition_id
        suite, actor = self.desk.suite, self.desk.actor
        self.asking.read(
            lambda session: papers_of(session, actor, suite.catalog, edition_id), self._read, self.lost
        )

    def _read(self, papers: EditionPapers) -> None:
        if papers.edition.id == self._chosen:
            self.detail.show_papers(
                papers, export=self.exporting_refusal(), compiling=self.compiling_refusal()
            )

    def show_next(self, edition_id: int) -> None:
        """Show this edition after the next reading, whatever row settles before that."""
        self._wanted = edition_id

    def _changed(self, done: Done) -> None:
        if any(change.kind == "core.edition" for change in done.changes):
            self.refresh()

    def _open_record(self, subject_id: int) -> None:
        if self.kind is not None:
            self.open_wanted.emit("record", (self.kind.key, subject_id))

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the strip."""
        return self.acts.close()

    def focus_start(self) -> None:
        """The keyboard goes to the list, or to compiling where there is none."""
        (self.table if self.known else self.compile).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The editions, then the content of the one in front."""
        table = self.detail.table
        return (self.table, *((table,) if table is not None else ()))

    def commands(self) -> tuple[PageCommand, ...]:
        """编制 and the exports of the edition in front."""
        none = "" if self.detail.papers is not None else "还没有编制过"
        return (
            PageCommand(
                menu="file",
                text="编制名册(&N)",
                run=self.acts.ask_compile,
                key="Ctrl+N",
                refusal=self.compiling_refusal(),
            ),
            PageCommand(
                menu="file",
                text="导出工作簿(&E)",
                run=lambda: self.acts.export("xlsx"),
                key="Ctrl+E",
                refusal=self.exporting_refusal() or none,
            ),
        )
