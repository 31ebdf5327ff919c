"""Taking an import back in place: what would go and what stays, why, and then what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.states import StateKind
from suite.kernel.exchange.runs import LeftRow
from suite.kernel.exchange.stock.sheet import list_kind
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.executor.executor import Cancelled
from suite.ui.desk import TELL_AFTER_MS, Desk, Ticket, sentence_of
from suite.ui.kit.bars import ConfirmStrip, ProgressStrip
from suite.ui.kit.columns import Align, Column
from suite.ui.kit.field_row import MessageLine
from suite.ui.kit.panes import Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S12, Height

_LEFT = (
    Column(key="place", title="文件中的行", width=130),
    Column(key="name", title="名称", width=180),
    Column(key="key", title="编号", width=190, align=Align.LEFT),
    Column(key="reason", title="保留的原因", width=360, stretch=True),
)
MOST_ROWS = 6


class UndoPanel(QWidget):
    """`ask` rehearses the act and asks for the reason; `undone` carries what was done. Hidden till then."""

    undone = Signal(object)  # Done
    dropped = Signal()  # the keyboard goes back to where the act was asked for

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ticket: Ticket | None = None
        self._strip: ConfirmStrip | None = None
        self._unit = ""
        self._file = ""
        self._command: UndoImport | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        told = Frame("surface")
        lines = QVBoxLayout(told)
        lines.setContentsMargins(S12, S4, S12, S4)
        self.progress = ProgressStrip()
        self.message = MessageLine()
        self.caption = label("", tone="text2")
        for widget in (self.progress, self.message, self.caption):
            lines.addWidget(widget)
        self._source = ListSource()
        self.left = TableView(RowTableModel(_LEFT, self._source), row_base=Height.ROW_COMPACT)
        self.left.setAccessibleName("保留的行")
        self._column.addWidget(told)
        self._column.addWidget(self.left)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        told.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.progress.cancel_wanted.connect(self.cancel)
        self._slow = QTimer(self, singleShot=True, interval=TELL_AFTER_MS)
        self._slow.timeout.connect(self._tell_slow)
        self.hide()

    @property
    def strip(self) -> ConfirmStrip | None:
        """The open question."""
        return self._strip

    def ask(self, kind: str, run: int, file_name: str) -> None:
        """Find out what taking a run back would do, and ask whether and why."""
        if self._ticket is not None:
            return
        self.clear()
        self._unit, self._file = list_kind(self._desk.suite.catalog, kind).unit, file_name
        self._command = UndoImport(kind=kind, run=run)
        self.show()
        self._watch(self._desk.run(self._command, self._rehearsed, self._failed, dry_run=True))

    def clear(self) -> None:
        """Take everything away."""
        self._drop_strip()
        self.message.tell(None, "")
        self._show_left("", ())
        self.hide()

    def cancel(self) -> None:
        """Stop at the next step; nothing is written."""
        if self._ticket is not None:
            self._ticket.cancel()

    def step_back(self) -> bool:
        """Esc: take the question away; False where none was open."""
        if self._strip is None:
            return False
        self.clear()
        self.dropped.emit()
        return True

    # The work.

    def _watch(self, ticket: Ticket) -> None:
        self._ticket = ticket
        ticket.progressed.connect(self._progressed)
        self._slow.start()

    def _progressed(self, what: str, done: int, total: int) -> None:
        if self.progress.isVisible():
            self.progress.what.setText(f"正在{what}")
            self.progress.advance(done, total if done else 0)

    def _tell_slow(self) -> None:
        if self._ticket is not None:
            self.progress.begin("正在核对后续办理")

    def _finish(self) -> None:
        self._ticket = None
        self._slow.stop()
        self.progress.finish()

    def _failed(self, error: Exception) -> None:
        self._finish()
        self._drop_strip()
        quiet = isinstance(error, Cancelled)
        self.message.tell(
            StateKind.NEUTRAL if quiet else StateKind.BAD, str(error) if quiet else sentence_of(error)
        )
        self.show()

    def _rehearsed(self, done: Done) -> None:
        self._finish()
        result = done.result
        left: Sequence[LeftRow] = result["left"]
        if not result["undone"]:
            self.message.tell(StateKind.WARN, "仍在的各行都已有后续办理，没有可以撤销的。")
            self._show_left("", left)
            return
        self._show_left(f"其中 {len(left):,} {self._unit}将保留" if left else "", left)
        strip = ConfirmStrip(self._consequence(result), f"撤销 {result['undone']:,} {self._unit}")
        strip.confirmed.connect(self._confirmed)
        strip.dropped.connect(self.step_back)
        self._strip = strip
        self._column.insertWidget(0, strip)
        strip.begin()

    def _consequence(self, result: Mapping[str, Any]) -> str:
        removed, restored, left = result["removed"], result["restored"], len(result["left"])
        parts = [
            f"移除新增的 {removed:,} {self._unit}" if removed else "",
            f"{restored:,} {self._unit}恢复导入前的值" if restored else "",
        ]
        stays = f"；{left:,} {self._unit}因导入后又有办理，保留不动" if left else ""
        return (
            f"将撤销“{self._file}”的导入：{'，'.join(part for part in parts if part)}{stays}。"
            "撤销后不能恢复，操作记录仍然保留。"
        )

    def _confirmed(self, reason: str) -> None:
        if self._command is None or self._ticket is not None:
            return
        self._drop_strip()
        self._watch(self._desk.run(self._command, self._done, self._failed, reason=reason))

    def _done(self, done: Done) -> None:
        self._finish()
        self.message.tell(StateKind.OK, f"{done.text}。")
        left = done.result["left"]
        self._show_left(f"保留 {len(left):,} {self._unit}，请在名册中逐份核对" if left else "", left)
        self.show()
        self.undone.emit(done)

    def _drop_strip(self) -> None:
        if self._strip is not None:
            strip, self._strip = self._strip, None
            strip.hide()
            strip.deleteLater()

    def _show_left(self, caption: str, left: Sequence[LeftRow]) -> None:
        self.caption.setText(caption)
        self.caption.setVisible(bool(caption))
        self._source.set_rows(
            [(f"{row.sheet} 第 {row.row} 行", row.name or "—", row.key or "—", row.reason) for row in left]
        )
        self.left.setVisible(bool(left))
        rows = min(len(left), MOST_ROWS) + 1.5
        self.left.setFixedHeight(round(theme().height(Height.ROW_COMPACT) * rows) + theme().pixels(8))
