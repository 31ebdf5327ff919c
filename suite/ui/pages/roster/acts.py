"""What a list does with its rows: export to a file, copy to the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from suite.contract.declarations import RecordKind
from suite.database.engine import ReadSession
from suite.kernel.executor.executor import Cancelled
from suite.kernel.registry.queries import ListQuery
from suite.kernel.registry.rows import roster_rows
from suite.ui.desk import TELL_AFTER_MS, Desk, Ticket
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.columns import Column, cell_text
from suite.ui.kit.file_dialogs import LIST_FILE, saving_path
from suite.ui.list_files import ListFile, writing_list
from suite.ui.pages.roster.cells import Writer

if TYPE_CHECKING:
    from suite.kernel.exchange.leaving import Basis
    from suite.kernel.executor.work import Progress

#: More rows than this belong into a file and not onto the clipboard.
MOST_COPIED = 5_000


class RosterActs:
    """Exports and copies of one list page; tells by `say`, shows long work in the page's strip."""

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        strip: ProgressStrip,
        say: Callable[[str], object],
        fail: Callable[[Exception], object],
    ) -> None:
        self._desk = desk
        self._page = page
        self._strip = strip
        self._say = say
        self._fail = fail
        self._ticket: Ticket | None = None
        self._tell = QTimer(page, singleShot=True, interval=TELL_AFTER_MS)
        self._tell.timeout.connect(lambda: strip.begin("导出"))
        strip.cancel_wanted.connect(self._cancel)

    def choose_file(self, kind: RecordKind) -> Path | None:
        """Ask where to; None when the system's dialog was left."""
        name = f"{kind.title}名册 {self._desk.suite.today}.xlsx"
        return saving_path(self._page, f"导出{kind.title}名册", name, LIST_FILE)

    def export(
        self,
        kind: RecordKind,
        query: ListQuery,
        columns: Sequence[str],
        path: Path,
        *,
        ids: Sequence[int] | None = None,
        conditions: str = "",
        reason: str = "",
    ) -> None:
        """Write the list, or just `ids` of it, in the columns and the order that are shown."""
        if self._ticket is not None:
            return
        from suite.kernel.exchange.export import export_list

        suite, actor = self._desk.suite, self._desk.actor

        def rows_into(session: ReadSession, place: Path, basis: Basis, progress: Progress) -> int:
            return export_list(
                session, actor, suite.catalog, query, columns, place, progress=progress, ids=ids, basis=basis
            )

        wanted = ListFile(
            kind=kind.key,
            title=f"{kind.title}名册",
            unit=kind.unit,
            columns=tuple(columns),
            conditions=conditions,
            reason=reason,
            write=rows_into,
        )
        work = writing_list(self._desk, path, wanted)

        def write(ticket: Ticket) -> int:
            def progress(what: str, done: int, total: int) -> None:
                if ticket.cancelled:
                    raise Cancelled("已取消，没有写出文件。")
                ticket.progressed.emit(what, done, total)

            return work(progress)

        def done(rows: int) -> None:
            self._over()
            self._say(wanted.said(rows, path))

        self._tell.start()
        self._ticket = self._desk.work(write, done, self._failed, owner=self._page)
        self._ticket.progressed.connect(self._progressed)

    def _progressed(self, _what: str, now: int, total: int) -> None:
        if isValid(self._page):
            self._strip.advance(now, total)

    def _failed(self, error: Exception) -> None:
        self._over()
        if isValid(self._page):
            self._fail(error)

    def _over(self) -> None:
        self._ticket = None
        if isValid(self._page):
            self._tell.stop()
            self._strip.finish()

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def copy(
        self,
        kind: RecordKind,
        query: ListQuery,
        columns: Sequence[Column],
        writers: Sequence[tuple[str, Writer]],
        ids: Sequence[int],
    ) -> None:
        """Put rows on the clipboard as tab-separated text with a header line; masked stays masked."""
        suite, actor = self._desk.suite, self._desk.actor
        taken = list(ids[:MOST_COPIED])
        write = dict(writers)

        def text(session: ReadSession) -> str:
            rows = roster_rows(session, actor, suite.catalog, kind.key, taken, as_of=query.as_of)
            lines = ["\t".join(column.title for column in columns)]
            for row in rows:
                cells = (cell_text(write[column.key](row.values[column.key])) for column in columns)
                lines.append("\t".join(" ".join(cell.split()) for cell in cells))
            return "\n".join(lines)

        def done(answer: str) -> None:
            QGuiApplication.clipboard().setText(answer)
            rest = len(ids) - len(taken)
            more = f"，其余 {rest:,} {kind.unit}请用导出" if rest else ""
            self._say(f"已复制 {len(taken):,} {kind.unit}{more}")

        self._desk.read(text, done, self._fail, owner=self._page)
