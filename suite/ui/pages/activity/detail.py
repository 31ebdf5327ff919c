"""One act in sentences; Enter opens the record that a sentence is about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from suite.kernel.audit.activity import MOST_ENTRIES, SHANGHAI, ActivityLine
from suite.kernel.registry.activity import ActDetail
from suite.ui.kit.columns import Column
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import TextSize

COLUMNS = (Column(key="text", title="内容", width=400, stretch=True, least=200),)
CHOOSE = "选择一次操作，这里逐条说明它做了什么。"


class ActPane(Pane):
    """`open_wanted` carries the kind and the id of a record."""

    open_wanted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("操作内容", parent)
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.head.insertWidget(1, self.note, 1)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source, self))
        self.table.setAccessibleName("操作内容")
        self.table.row_opened.connect(self._open)
        self.empty = EmptyState(CHOOSE)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        self._targets: list[tuple[str, int] | None] = []
        self.show_none()

    def show_none(self, sentence: str = CHOOSE) -> None:
        """Show no act."""
        self.note.setText("")
        self.empty.set_sentence(sentence)
        self.table.hide()
        self.empty.show()

    def show_act(self, line: ActivityLine, detail: ActDetail) -> None:
        """Show what an act did."""
        more = f"　只列出前 {MOST_ENTRIES:,} 条" if detail.more else ""
        self.note.setText(f"{line.who}　{line.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}　{line.title}{more}")
        self._targets = [
            (item.kind, item.subject_id) if item.kind and item.subject_id is not None else None
            for item in detail.sentences
        ]
        self._source.set_rows([(item.text,) for item in detail.sentences])
        if not detail.sentences:
            self.show_none(
                "这次操作没有改动登记的内容。"
                if not line.entries
                else "这次操作只改动了不对外显示的内部登记。"
            )
            return
        self.empty.hide()
        self.table.show()
        self.table.select_row(0)

    def _open(self, row: int, _key: object) -> None:
        target = self._targets[row] if 0 <= row < len(self._targets) else None
        if target is not None:
            self.open_wanted.emit(*target)
