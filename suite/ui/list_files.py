"""A list as a file: its writing on a worker, traced. Shared by every page that shows a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from suite.database.engine import ReadSession

if TYPE_CHECKING:
    from suite.kernel.exchange.leaving import Basis
    from suite.kernel.executor.work import Progress
    from suite.ui.desk import Desk


@dataclass(frozen=True, kw_only=True)
class ListFile:
    """What leaves the house: the kind, what the file calls itself, and how its rows are written.

    conditions: in words, how the list is filtered. write: to a place, with what the file says of its own
    making; returns the number of rows.
    """

    kind: str
    title: str
    unit: str
    columns: tuple[str, ...]
    write: Callable[[ReadSession, Path, Basis, Progress], int]
    conditions: str = ""
    reason: str = ""

    def said(self, rows: int, path: Path) -> str:
        """For the status bar."""
        return f"已导出 {rows:,} {self.unit}到 {path.name}"


def unseen(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def writing_list(desk: Desk, path: Path, wanted: ListFile) -> Callable[[Progress], int]:
    """What a worker does: write the list and put it into the trace; it returns the number of rows."""
    from suite.kernel.exchange.export import LogExport
    from suite.kernel.exchange.leaving import export_file

    suite, actor = desk.suite, desk.actor
    log = LogExport(
        kind=wanted.kind, columns=wanted.columns, conditions=wanted.conditions, reason=wanted.reason
    )

    def work(progress: Progress) -> int:
        def into(place: Path, basis: Basis) -> int:
            with suite.reading() as session:
                return wanted.write(session, place, basis, progress)

        return export_file(path, log, actor, run=suite.run, content=wanted.title, write=into)

    return work
