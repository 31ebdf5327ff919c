"""The acts of the list: their numbers at hand, those in sight fetched on a worker."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QObject, Signal

from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.audit.activity import SHANGHAI, Act, ActivityLine, activity_lines
from suite.ui.desk import Desk, Ticket
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.state import StateValue

#: Acts that are kept, some forty screens of them.
KEPT = 2_000

ACTS = {
    Act.WRITTEN: StateValue(StateKind.OK, "办理"),
    Act.REVEALED: StateValue(StateKind.RUN, "查看敏感信息"),
    Act.EXPORTED: StateValue(StateKind.NEW, "导出"),
    Act.REFUSED: StateValue(StateKind.BAD, "未获准"),
    Act.BY_HAND: StateValue(StateKind.WARN, "无命令"),
}
COLUMNS = (
    Column(key="at", title="时间", width=146),
    Column(key="who", title="人员", width=92),
    Column(key="act", title="类别", kind=ColumnKind.STATE, width=118),
    Column(key="title", title="事项", width=120, stretch=True),
    Column(key="reason", title="事由", width=120),
    Column(key="entries", title="痕迹", kind=ColumnKind.NUMBER, width=60),
)


def cells(line: ActivityLine) -> tuple[object, ...]:
    """The cells of one act."""
    return (
        f"{line.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
        line.who,
        ACTS[line.act],
        line.title,
        line.reason or None,
        line.entries,
    )


class ActivitySource(QObject):
    """Feeds the table; `set_ids` gives another list."""

    rows_ready = Signal(int, int)
    reset = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._ids: Sequence[int] = ()
        self._lines: dict[int, ActivityLine] = {}
        self._ticket: Ticket | None = None

    @property
    def ids(self) -> Sequence[int]:
        """The numbers of the acts in order."""
        return self._ids

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show another list. An act never changes: what was fetched stays."""
        if ids != self._ids:
            self._ids = ids
            self.reset.emit()

    def line(self, number: object) -> ActivityLine | None:
        """An act, where it has been fetched."""
        return self._lines.get(number) if isinstance(number, int) else None

    # RowSource

    def row_count(self) -> int:
        """How many acts can be scrolled to."""
        return len(self._ids)

    def cached_row(self, row: int) -> Sequence[object] | None:
        """The cells of an act, or None while it is under way."""
        line = self.line(self.row_key(row))
        return cells(line) if line is not None else None

    def row_key(self, row: int) -> Hashable | None:
        """The number of an act."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def request(self, first: int, last: int) -> None:
        """These acts are in sight."""
        missing = [number for number in self._ids[first : last + 1] if number not in self._lines]
        if self._ticket is not None:
            self._ticket.drop()
            self._ticket = None
        if not missing:
            return
        actor = self._desk.actor

        def query(session: ReadSession) -> list[ActivityLine]:
            return activity_lines(session, actor, missing)

        self._ticket = self._desk.read(
            query, lambda lines: self._arrived(first, last, lines), self._lost, owner=self
        )

    def _arrived(self, first: int, last: int, lines: list[ActivityLine]) -> None:
        self._ticket = None
        if len(self._lines) > KEPT:
            self._lines.clear()
        self._lines.update((line.id, line) for line in lines)
        self.rows_ready.emit(first, last)

    def _lost(self, error: Exception) -> None:
        self._ticket = None
        self.failed.emit(error)
