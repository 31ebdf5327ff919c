"""合并记录: the merges and splits there have been, and taking one back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from suite.contract.states import StateKind
from suite.kernel.registry.merging_queries import MergeLine
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel
from suite.ui.pages.record.tables import moment

WHAT = {"subject": "合并档案", "person": "合并个人", "split": "拆分个人"}
STANDS, UNDONE = StateValue(StateKind.OK, "有效"), StateValue(StateKind.ENDED, "已撤销")
COLUMNS = (
    Column(key="at", title="时间", width=132),
    Column(key="what", title="事项", width=84),
    Column(key="gone", title="并入（分出）的一方", kind=ColumnKind.LINK, width=200),
    Column(key="kept", title="保留的一方", kind=ColumnKind.LINK, width=200),
    Column(key="reason", title="事由", width=240, stretch=True),
    Column(key="who", title="经办", width=84),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=84),
)


class MergeHistory(Frame):
    """The list and the strip below it. `undo_wanted` carries the line and the reason."""

    undo_wanted = Signal(object, str)
    open_wanted = Signal(object)  # (kind, id)

    def __init__(self, today: dt.date) -> None:
        super().__init__("surface")
        self.lines: list[MergeLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source))
        self.table.setAccessibleName("合并记录")
        column.addWidget(self.table, 1)
        self.empty = EmptyState("这种名册还没有合并过。合并后可在此撤销。")
        self.empty.hide()
        column.addWidget(self.empty, 1)
        self.strip = ActStrip(
            "撤销合并",
            "撤销合并",
            today,
            note="移动过的内容放回原处，两份档案各自恢复；合并后新增的内容留在保留的档案。",
        )
        self.strip.show_fields([REASON], {})
        self.strip.hide()
        column.addWidget(self.strip)
        foot = Bar("foot", 44)
        self.told = ElidedLabel("", tone="text2")
        self.undo = Button("撤销合并…")
        foot.row.addWidget(self.told, 1)
        foot.row.addWidget(self.undo)
        column.addWidget(foot)
        self.undo.clicked.connect(self.begin_undo)
        self.table.row_settled.connect(lambda _row, _key: self._tell())
        self.table.row_opened.connect(lambda _row, _key: self.begin_undo())
        self.table.link_clicked.connect(self._open)
        self.strip.submitted.connect(self._submit)
        self.strip.dropped.connect(self.drop_strip)

    def show_lines(self, lines: Sequence[MergeLine]) -> None:
        """Show them, the newest first."""
        self.lines = list(lines)
        rows = [
            (
                moment(line.at),
                WHAT[line.what],
                _named(line.gone_name, line.gone_id),
                _named(line.kept_name, line.kept_id),
                line.reason,
                line.who,
                STANDS if line.undone is None else UNDONE,
            )
            for line in lines
        ]
        self._source.set_rows(rows, [line.id for line in lines])
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows and self.table.current_row < 0:
            self.table.select_row(0)
        self._tell()

    @property
    def current(self) -> MergeLine | None:
        """The line that is selected."""
        row = self.table.current_row
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def _tell(self) -> None:
        line = self.current
        if line is None:
            self.undo.refuse("没有可撤销的合并")
            self.told.setText("")
        elif line.undone is not None:
            self.undo.refuse("这次合并已经撤销")
            self.told.setText("这次合并已经撤销。")
        else:
            self.undo.allow()
            self.told.setText(f"第 {line.id} 次：{WHAT[line.what]}，事由：{line.reason}")

    def _open(self, row: int, _key: object, column: str) -> None:
        line = self.lines[row]
        number = line.gone_id if column == "gone" else line.kept_id
        if number is not None:
            self.open_wanted.emit((line.kind, number))

    def begin_undo(self) -> None:
        """Open the strip for the selected merge."""
        if self.current is not None and self.current.undone is None:
            self.strip.begin()

    def drop_strip(self) -> bool:
        """Close the strip; False where it was not open."""
        if self.strip.isHidden():
            return False
        self.strip.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _submit(self) -> None:
        if self.current is not None:
            self.undo_wanted.emit(self.current, str(self.strip.value("reason") or ""))


def _named(name: str, number: int | None) -> str:
    return f"{name}（#{number}）" if number is not None else name
