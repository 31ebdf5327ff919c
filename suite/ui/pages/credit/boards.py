"""The four tables of the credit page, of which one is in front, filled from what was read."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from suite.kernel.casework.queries import CaseLine
from suite.ui.kit.tabs import Tab
from suite.ui.pages.cases.views import row_of
from suite.ui.pages.credit.board import Board
from suite.ui.pages.credit.feeds import FeedBoard
from suite.ui.pages.credit.reading import Read
from suite.ui.pages.credit.rows import (
    DUE,
    DUE_COLUMNS,
    FEEDS,
    NO_RECORD,
    NO_REPAIR,
    PUBLICITY,
    RECORD_COLUMNS,
    RECORDS,
    REPAIR_COLUMNS,
    REPAIRS,
    STAGES,
    WHY_NOTHING_DUE,
    due_cells,
    record_cells,
)


class Boards(QStackedWidget):
    """双公示, 信用记录, 信用修复 and 公示平台."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.due = Board("双公示", DUE_COLUMNS, DUE)
        self.records = Board("信用记录", RECORD_COLUMNS, STAGES)
        self.repairs = Board("信用修复", REPAIR_COLUMNS, (), checkable=False)
        self.feeds = FeedBoard()
        self.of: dict[str, Board] = {
            PUBLICITY: self.due, RECORDS: self.records, REPAIRS: self.repairs, FEEDS: self.feeds,
        }  # fmt: skip
        for board in self.of.values():
            self.addWidget(board)

    def say(self, sentence: str) -> None:
        """Show a sentence in place of all rows."""
        for board in self.of.values():
            board.show_rows((), (), sentence)

    def show_read(self, read: Read) -> None:
        """Show what came."""
        narrowed = "没有符合查找和条线的记录。" if read.wanted.narrowed else ""
        self.due.show_counts(read.due_counts, ("today", "late", "rejected"))
        self.due.show_rows(
            [due_cells(line) for line in read.due],
            [line.id for line in read.due],
            narrowed or WHY_NOTHING_DUE[self.due.view],
        )
        self.due.show_rest(len(read.due), read.due_counts.get(read.wanted.due_view, 0))
        self.records.show_counts(read.record_counts)
        self.records.show_rows(
            [record_cells(line) for line in read.records],
            [line.id for line in read.records],
            narrowed or (NO_RECORD if not read.record_counts[""] else "这一状态下没有信用记录。"),
        )
        self.records.show_rest(len(read.records), read.record_counts.get(read.wanted.record_view, 0))
        self.repairs.show_rows(
            [_repair_cells(line) for line in read.repairs], [line.id for line in read.repairs], NO_REPAIR
        )
        self.repairs.show_rest(len(read.repairs), read.repairs_all)
        self.feeds.show_exports(read.exports)


def tabs_of(parts: list[tuple[str, str]], read: Read) -> list[Tab]:
    """The tabs with what is to be done in each: the number of the view 待办, of open cases, of files without
    a receipt."""
    numbers = {
        PUBLICITY: read.due_counts["waiting"],
        RECORDS: read.record_counts["waiting"],
        REPAIRS: read.repairs_open,
        FEEDS: sum(line.acknowledged_on is None for line in read.exports),
    }
    return [
        Tab(
            key=key,
            title=title,
            count=numbers[key] or None,
            alarm=key == PUBLICITY and read.due_counts["overdue"] > 0,
        )
        for key, title in parts
    ]


def _repair_cells(line: CaseLine) -> tuple[object, ...]:
    due, number, _, who, state, opened, _, handler = row_of(line, None)
    return due, number, who, state, opened, handler
