"""The files of one entry, below its form: attach, save elsewhere, strike out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.kernel.exchange.entries.copies import LogLedgerCopy, save_ledger_copy
from suite.kernel.ledgers.commands import AttachLedgerFile, StrikeLedgerFile
from suite.kernel.ledgers.files import EntryFile, entry_files, file_content
from suite.kernel.ledgers.queries import EntryLine
from suite.ui.asking import Asking, Refusal
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.file_dialogs import ATTACHMENT, opening_path, saving_path
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.pages.record.tables import moment
from suite.ui.reading_file import read_file

if TYPE_CHECKING:
    from suite.ui.pages.ledgers.page import LedgersPage

COLUMNS = (
    Column(key="name", title="文件", width=320, stretch=True),
    Column(key="size", title="大小", width=100),
    Column(key="at", title="附入时间", width=150),
    Column(key="by", title="附入人", width=110),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=220),
)


class FilesPane(QWidget):
    """Reads for itself; what is refused is told in its own line."""

    def __init__(self, page: LedgersPage, ledger: str, line: EntryLine) -> None:
        super().__init__()
        self._page, self._ledger, self._line = page, ledger, line
        # Its own: it goes before the page does.
        self._asking = Asking(page.desk, self)
        self.files: list[EntryFile] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(S12, S8, S12, S12)
        pane = Pane("附件")
        self.strike, self.save = Button("划去…"), Button("另存为…")
        self.attach = Button("附入文件…", icon_name="attachment")
        for button in (self.strike, self.save, self.attach):
            pane.head.addWidget(button)
        self.strike.clicked.connect(self.ask_strike)
        self.save.clicked.connect(self._ask_save)
        self.attach.clicked.connect(self._ask_attach)
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self))
        self.table.setAccessibleName("附件")
        self.table.row_settled.connect(lambda _row, _key: self._allow())
        self.table.row_opened.connect(lambda _row, _key: self._ask_save())
        pane.body.addWidget(self.table)
        self.empty = label("没有附件。可附 PDF、图片、Word、Excel 和 OFD。", tone="text2", wrap=True)
        self.empty.setContentsMargins(S12, S8, S12, S8)
        pane.body.addWidget(self.empty)
        self.problem = label("", tone="bad", wrap=True, size=TextSize.CAPTION)
        self.problem.setContentsMargins(S12, 0, S12, S8)
        self.problem.hide()
        pane.body.addWidget(self.problem)
        self.strips = QVBoxLayout()
        pane.body.addLayout(self.strips)
        self._strip: ConfirmStrip | None = None
        outer.addWidget(pane)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.refresh()

    def refresh(self) -> None:
        """Read the files anew."""
        suite, actor = self._page.desk.suite, self._page.desk.actor
        ledger, entry = self._ledger, self._line.id
        self._asking.read(
            lambda session: entry_files(session, actor, suite.catalog, ledger, entry), self._came, self.lost
        )

    def _came(self, files: list[EntryFile]) -> None:
        self.files = files
        self.source.set_rows(
            [
                (
                    f"{file.file_name}　{file.note}".strip(),
                    f"{max(1, round(file.size / 1024)):,} KB",
                    moment(file.added_at),
                    file.added_by,
                    StateValue(StateKind.ENDED, f"已划去：{file.struck}")
                    if file.struck
                    else StateValue(StateKind.OK, "有效"),
                )
                for file in files
            ],
            [file.id for file in files],
        )
        look = theme()
        rows = look.height(Height.TABLE_HEADER) + len(files) * look.height(Height.ROW_STANDARD) + 4
        self.table.setFixedHeight(rows)
        self.table.setVisible(bool(files))
        self.empty.setVisible(not files)
        if files:
            self.table.select_row(0)
        self._allow()

    @property
    def current(self) -> EntryFile | None:
        """The file that is chosen."""
        key = self.table.current_key
        return next((file for file in self.files if file.id == key), None)

    def _allow(self) -> None:
        no_right = "" if self._line.editable else "这条记录不能再改"
        file = self.current
        none = "先在表中选择一个文件" if file is None else ""
        self.attach.set_refusal(no_right)
        self.save.set_refusal(none)
        self.strike.set_refusal(no_right or none or ("已经划去" if file is not None and file.struck else ""))

    def lost(self, error: Exception) -> None:
        """What refuses an act, in the pane."""
        refusal = Refusal(error)
        self.problem.setText("　".join([*refusal.fields.values(), *refusal.others]))
        self.problem.show()

    def _run(self, command: Any) -> None:
        self.problem.hide()
        self.drop_strip()
        self._asking.run(command, lambda _done: self.refresh(), self.lost)

    # Acts.

    def _ask_attach(self) -> None:
        path = opening_path(self, "附入文件", ATTACHMENT)
        if path is not None:
            self.attach_from(path)

    def attach_from(self, path: Path) -> None:
        """Read a file off the window's thread, then attach it."""
        ledger, entry = self._ledger, self._line.id

        def send(content: bytes) -> None:
            self._run(AttachLedgerFile(ledger=ledger, entry_id=entry, file_name=path.name, content=content))

        self._asking.work(lambda: read_file(path), send, self.lost)

    def _ask_save(self) -> None:
        file = self.current
        if file is None:
            return
        path = saving_path(self, "另存附件", file.file_name)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the chosen file; its entry stands in the trace before it appears."""
        file, suite, actor = self.current, self._page.desk.suite, self._page.desk.actor
        if file is None:
            return
        ledger, number = self._ledger, file.id
        log = LogLedgerCopy(ledger=ledger, file_id=number, conditions=file.file_name)

        def save() -> None:
            with suite.reading() as session:
                content = file_content(session, actor, suite.catalog, ledger, number)
            save_ledger_copy(path, content, log, actor, run=suite.run)

        def done(_answer: object) -> None:
            self._page.happened.emit(f"已另存为 {path.name}")

        self._asking.work(save, done, self.lost)

    def ask_strike(self) -> None:
        """The reason for which a file is struck out."""
        file = self.current
        if file is None or file.struck:
            return
        self.drop_strip()
        strip = self._strip = ConfirmStrip(f"划去“{file.file_name}”：仍可查看，不再作为有效附件。", "划去")
        ledger, number = self._ledger, file.id
        strip.confirmed.connect(
            lambda reason: self._run(StrikeLedgerFile(ledger=ledger, file_id=number, reason=reason))
        )
        strip.dropped.connect(self.drop_strip)
        self.strips.addWidget(strip)
        strip.begin()

    def drop_strip(self) -> None:
        """Take the question away."""
        if self._strip is not None:
            strip, self._strip = self._strip, None
            strip.hide()
            strip.deleteLater()
