"""The numbers around a list: what stands on each tab and view. They come after the rows, never before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from suite.contract.declarations import RecordKind
from suite.database.engine import ReadSession
from suite.kernel.registry.queries import ListQuery, count
from suite.kernel.registry.views import ViewLine, views_of
from suite.ui.desk import Desk, Ticket
from suite.ui.pages.roster.head import readable_professions
from suite.ui.pages.roster.state import ListAsk, ask_of_json, ask_of_spec
from suite.ui.pages.roster.views import View

#: The rows of a list are painted before anything is counted.
AFTER_MS = 60


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    kind: RecordKind
    views: tuple[View, ...]
    as_of: date | None


class Counts(QObject):
    """Counts views and rosters on a worker, one pass at a time; a later pass drops an earlier one."""

    of_views = Signal(object)  # view key → rows
    of_kinds = Signal(object)  # kind key → on the roster now
    views_known = Signal(object)  # list[View]

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.kinds: dict[str, int] = {}
        self._view_ticket: Ticket | None = None
        self._count_ticket: Ticket | None = None
        self._kind_ticket: Ticket | None = None
        self._wanted: _Wanted | None = None
        self._pause = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._pause.timeout.connect(self._read)

    @staticmethod
    def declared_views(kind: RecordKind) -> list[View]:
        """The views that a kind brings along; one of all where it brings none."""
        declared = [
            View(key=f"declared:{place}", title=spec.title, ask=ask_of_spec(spec))
            for place, spec in enumerate(kind.views)
        ]
        return declared or [View(key="all", title=f"全部{kind.title}", ask=ListAsk())]

    def read_views(self, kind: RecordKind) -> None:
        """Fetch the saved views of a kind; `views_known` brings them behind the declared ones."""
        actor = self._desk.actor
        if self._view_ticket is not None:
            self._view_ticket.drop()

        def known(lines: Sequence[ViewLine]) -> None:
            self._view_ticket = None
            self.views_known.emit([*self.declared_views(kind), *_saved(kind, lines)])

        self._view_ticket = self._desk.read(
            lambda session: views_of(session, actor, kind.key), known, owner=self
        )

    def read_soon(self, kind: RecordKind, views: Sequence[View], as_of: date | None) -> None:
        """Count the views of a kind, and every roster that is not counted yet."""
        self._wanted = _Wanted(kind=kind, views=tuple(views), as_of=as_of)
        self._pause.start()

    def forget(self, kinds: Sequence[str]) -> None:
        """These rosters have changed; they are counted anew with the next pass."""
        for key in kinds:
            self.kinds.pop(key, None)

    def _read(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if self._count_ticket is not None:
            self._count_ticket.drop()
        suite, actor = self._desk.suite, self._desk.actor

        def of_views(session: ReadSession) -> dict[str, int]:
            return {
                view.key: count(
                    session, actor, suite.catalog, view.ask.query(wanted.kind.key, wanted.as_of), cap=None
                )
                for view in wanted.views
            }

        def counted(counts: dict[str, int]) -> None:
            self._count_ticket = None
            self.of_views.emit(counts)

        self._count_ticket = self._desk.read(of_views, counted, owner=self)
        self._read_kinds()

    def _read_kinds(self) -> None:
        suite, actor = self._desk.suite, self._desk.actor
        missing = [
            kind
            for owner in readable_professions(actor, suite.catalog)
            for kind in suite.catalog.kinds_of(owner)
            if kind.key not in self.kinds
        ]
        if not missing or self._kind_ticket is not None:
            return

        def of_kinds(session: ReadSession) -> dict[str, int]:
            return {
                kind.key: count(
                    session,
                    actor,
                    suite.catalog,
                    ListQuery(kind=kind.key, filters={"status": kind.counted}),
                    cap=None,
                )
                for kind in missing
            }

        def counted(counts: dict[str, int]) -> None:
            self._kind_ticket = None
            self.kinds.update(counts)
            self.of_kinds.emit(self.kinds)

        self._kind_ticket = self._desk.read(of_kinds, counted, self._lost, owner=self)

    def _lost(self, error: Exception) -> None:
        # The tabs simply stay without their numbers; the list itself tells of a database that is away.
        self._kind_ticket = None


def _saved(kind: RecordKind, lines: Sequence[ViewLine]) -> list[View]:
    views = []
    for line in lines:
        try:
            ask = ask_of_json(kind, line.query)
        except ValueError:
            continue  # written by a later version of the program: not shown rather than shown wrongly
        views.append(View(key=f"saved:{line.id}", title=line.title, ask=ask, saved_id=line.id, own=line.own))
    return views
