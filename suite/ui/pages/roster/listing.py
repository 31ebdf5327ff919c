"""The query behind the table: a first part at once, the whole list next, the exact number last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from suite.contract.declarations import RecordKind
from suite.database.engine import ReadSession
from suite.kernel.registry.queries import (
    COUNT_CAP,
    LARGE,
    MOST_IDS,
    IdPage,
    ListQuery,
    count,
    large_sort_keys,
    list_ids,
)
from suite.ui.desk import Desk, Ticket
from suite.ui.pages.roster.source import RosterSource, Row

SLOW_MS = 1_000
FIRST_IDS = COUNT_CAP - 1
FIRST_ROWS = 60


@dataclass(frozen=True, kw_only=True)
class _First:
    page: IdPage
    rows: list[tuple[int, Row]]
    refused: tuple[str, ...]
    query: ListQuery


class Listing(QObject):
    """Runs one list's queries. Answers to older questions are dropped.

    `shown`: rows are at hand. `counted`: `total` or `at_least` is known better. `slow`: a query takes over
    a second, or has ended. `sort_refused`: keys by which so large a list is not sorted.
    """

    renewing = Signal()  # the list that is shown is about to be brought up to date
    shown = Signal()
    counted = Signal()
    slow = Signal(bool)
    failed = Signal(object)
    sort_refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source: RosterSource | None = None
        self._tickets: list[Ticket] = []
        self._clock = QElapsedTimer()
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(lambda: self.slow.emit(True))
        self.query: ListQuery | None = None
        self.total: int | None = None
        self.at_least = 0
        self.capped = False
        self.asking = False
        self._quiet = False
        self.milliseconds = 0

    def ask(self, kind: RecordKind, query: ListQuery, source: RosterSource, *, quiet: bool = False) -> None:
        """Fill the source. `quiet` keeps the place in a list that is only being brought up to date."""
        self.drop()
        self._source = source
        self.query = query
        self.asking = True
        self._quiet = quiet
        self._clock.start()
        self._slow.start()
        if quiet:
            self._ask_whole(query)
            return
        suite, actor = self._desk.suite, self._desk.actor

        def first(session: ReadSession) -> _First:
            asked, refused = query, tuple(key for key, _ in query.sort if key not in large_sort_keys(kind))
            if refused and count(session, actor, suite.catalog, query, cap=LARGE + 1) > LARGE:
                asked = replace(query, sort=tuple(part for part in query.sort if part[0] not in refused))
            else:
                refused = ()
            page = list_ids(session, actor, suite.catalog, asked, limit=FIRST_IDS)
            ready = source.rows_of(session, page.ids[:FIRST_ROWS], query.as_of)
            return _First(page=page, rows=ready, refused=refused, query=asked)

        self._read(first, self._first_came)

    def drop(self) -> None:
        """Nobody waits for the answers under way any more."""
        for ticket in self._tickets:
            ticket.drop()
        self._tickets.clear()
        self._ended()

    def _read(self, query: Callable[[ReadSession], object], done: Callable[..., object]) -> None:
        self._tickets.append(self._desk.read(query, done, self._lost))

    def _first_came(self, first: _First) -> None:
        self.query = first.query
        self.milliseconds = int(self._clock.elapsed())
        if self._source is not None:
            self._source.keep(first.rows)
            self._source.set_ids(first.page.ids, as_of=first.query.as_of)
        self.total = None if first.page.more else len(first.page.ids)
        self.at_least = len(first.page.ids)
        self.capped = False
        self._ended()
        self.shown.emit()
        if first.refused:
            self.sort_refused.emit(first.refused)
        if first.page.more:
            self._ask_whole(first.query)

    def _ask_whole(self, query: ListQuery) -> None:
        suite, actor = self._desk.suite, self._desk.actor
        self._read(lambda session: list_ids(session, actor, suite.catalog, query), self._whole_came)

    def _whole_came(self, page: IdPage) -> None:
        if self._quiet:
            self.renewing.emit()
        if self._source is not None and self.query is not None:
            self._source.set_ids(page.ids, as_of=self.query.as_of)
        if self.asking:
            self.milliseconds = int(self._clock.elapsed())
        self.total = None if page.more else len(page.ids)
        self.at_least = len(page.ids)
        self.capped = page.more
        self._ended()
        self.shown.emit()
        query = self.query
        if page.more and query is not None:
            suite, actor = self._desk.suite, self._desk.actor
            self._read(lambda session: count(session, actor, suite.catalog, query, cap=None), self._counted)

    def _counted(self, total: int) -> None:
        self.total = total
        self.counted.emit()

    def _lost(self, error: Exception) -> None:
        self._ended()
        self.failed.emit(error)

    def _ended(self) -> None:
        self.asking = False
        self._slow.stop()
        self.slow.emit(False)

    def count_words(self, unit: str) -> str:
        """How many rows, as exactly as it is known: `符合条件 1,204 人`."""
        if self.capped:
            if self.total is None:
                return f"超过 {MOST_IDS:,} {unit}，请缩小范围"
            return f"符合条件 {self.total:,} {unit}，列出前 {MOST_IDS:,} {unit}，请缩小范围"
        if self.total is None:
            return f"符合条件超过 {self.at_least:,} {unit}" if self.at_least else ""
        return f"符合条件 {self.total:,} {unit}"

    @property
    def ids(self) -> Sequence[int]:
        """The ids that are listed."""
        return () if self._source is None else self._source.ids
