"""The rows of a list: ordered ids at hand, the rows in sight fetched by id on a worker."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from suite.database.engine import ReadSession
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.rows import roster_rows
from suite.ui.desk import Desk, Ticket
from suite.ui.pages.roster.cells import Writer

#: Rows that are kept; some forty screens of them, whatever the length of the list.
KEPT_ROWS = 2_000

Row = tuple[object, ...]


class RosterSource(QObject):
    """Feeds the table. `set_ids` gives a new list; rows follow by window and stay while they are used."""

    rows_ready = Signal(int, int)
    reset = Signal()
    failed = Signal(object)

    def __init__(
        self, desk: Desk, kind: str, writers: Sequence[tuple[str, Writer]], districts: dict[str, str]
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._kind = kind
        self._writers = tuple(writers)
        self._districts = districts
        self._ids: Sequence[int] = ()
        self._places: dict[Hashable, int] | None = None
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._old: set[int] = set()
        self._as_of: date | None = None
        self._window = (0, -1)
        self._ticket: Ticket | None = None

    @property
    def ids(self) -> Sequence[int]:
        """The ids of the list in order."""
        return self._ids

    @property
    def waiting(self) -> bool:
        """Whether rows in sight are still under way."""
        return self._ticket is not None

    def set_ids(self, ids: Sequence[int], *, as_of: date | None = None) -> None:
        """Show another list. Rows that both lists have are not fetched again."""
        if as_of != self._as_of:
            self._rows.clear()
            self._old.clear()
        self._as_of = as_of
        if ids != self._ids:
            self._ids = ids
            self._places = None
            self.reset.emit()

    def keep(self, rows: Iterable[tuple[int, Row]]) -> None:
        """Take rows that somebody has fetched already."""
        for subject_id, row in rows:
            self._rows[subject_id] = row
            self._old.discard(subject_id)

    def rows_of(self, session: ReadSession, ids: Sequence[int], as_of: date | None) -> list[tuple[int, Row]]:
        """(id, cells) of some records; runs on a worker and reads the names of the districts first."""
        if not self._districts:
            self._districts.update(short_district_names(session))
        suite, actor = self._desk.suite, self._desk.actor
        rows = roster_rows(session, actor, suite.catalog, self._kind, ids, as_of=as_of)
        return [
            (row.subject_id, tuple(write(row.values[key]) for key, write in self._writers)) for row in rows
        ]

    def place(self, subject_id: Hashable) -> int | None:
        """The row number of an id, None when the list does not hold it."""
        if self._places is None:
            self._places = {known: row for row, known in enumerate(self._ids)}
        return self._places.get(subject_id)

    def refresh_ids(self, ids: Iterable[int] | None = None) -> None:
        """These records (None: all) have changed: fetch those in sight anew; old values stay till then."""
        self._old |= set(self._rows) if ids is None else set(ids) & set(self._rows)
        if self._old:
            self._fetch()

    # RowSource

    def row_count(self) -> int:
        """How many rows can be scrolled to."""
        return len(self._ids)

    def cached_row(self, row: int) -> Sequence[object] | None:
        """The cells of a row, or None while it is under way."""
        return self._rows.get(self._ids[row]) if 0 <= row < len(self._ids) else None

    def row_key(self, row: int) -> Hashable | None:
        """The subject's id."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def request(self, first: int, last: int) -> None:
        """These rows are in sight, with one screen around them."""
        self._window = (first, last)
        self._fetch()

    def _fetch(self) -> None:
        first, last = self._window
        wanted = self._ids[first : last + 1]
        missing = [one for one in wanted if one not in self._rows or one in self._old]
        if self._ticket is not None:
            self._ticket.drop()
            self._ticket = None
        if not missing:
            return
        as_of = self._as_of

        def query(session: ReadSession) -> list[tuple[int, Row]]:
            return self.rows_of(session, missing, as_of)

        self._ticket = self._desk.read(
            query, lambda rows: self._arrived(missing, rows), self._lost, owner=self
        )

    def _arrived(self, asked: Sequence[int], rows: list[tuple[int, Row]]) -> None:
        self._ticket = None
        self.keep(rows)
        # What was asked for and did not come is gone or out of scope: an empty row says so by dashes.
        for subject_id in set(asked) - {subject_id for subject_id, _ in rows}:
            self._rows[subject_id] = tuple(None for _ in self._writers)
            self._old.discard(subject_id)
        self._forget()
        places = [place for place in map(self.place, asked) if place is not None]
        if places:
            self.rows_ready.emit(min(places), max(places))

    def _lost(self, error: Exception) -> None:
        self._ticket = None
        self.failed.emit(error)

    def _forget(self) -> None:
        first, last = self._window
        used = set(self._ids[first : last + 1])
        for subject_id in list(self._rows):
            if len(self._rows) <= KEPT_ROWS:
                break
            if subject_id not in used:
                del self._rows[subject_id]
                self._old.discard(subject_id)
