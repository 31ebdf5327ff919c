"""One import under way: the file, how its columns are mapped, what was mended, and the work on threads."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from suite.contract.commands import Done
from suite.contract.declarations import RecordKind
from suite.kernel.exchange.annotate import write_held_rows
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.layouts import layout_of
from suite.kernel.exchange.learning import ForgetLayout, RememberLayout
from suite.kernel.exchange.previewed import ColumnsMissing, ImportRequest
from suite.kernel.exchange.repairs import NO_REPAIRS, Repairs
from suite.ui.desk import TELL_AFTER_MS, Desk, Ticket
from suite.ui.pages.importing.loaded import Loaded, load

Columns = dict[tuple[str, int], str | None]


class ImportJob(QObject):
    """What the page works on. All answers come by signals on the GUI thread.

    `slow`: the work takes over 300 ms (what it is). `ended`: nothing is under way any more.
    While a command is under way (`writing`) nothing here can be read anew or changed: its answer, whatever
    it is, must find the page as it was sent off. Who tries is told by `waits`.
    """

    loaded_changed = Signal(object)  # Loaded
    refused = Signal(object)  # Exception of reading or checking
    imported = Signal(object)  # Done
    import_refused = Signal(object)  # Exception of writing
    slow = Signal(str)
    progressed = Signal(str, int, int)
    ended = Signal()
    writing_changed = Signal(bool)
    waits = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.kind: RecordKind | None = None
        self.path: Path | None = None
        self.loaded: Loaded | None = None
        self.columns: Columns = {}
        self.repairs: Repairs = NO_REPAIRS
        self.keep_repairs = False
        self._done: list[tuple[Columns, Repairs]] = []
        self._undone: list[tuple[Columns, Repairs]] = []
        self._ticket: Ticket | None = None
        self.writing = False
        self._what = ""
        self._tell = QTimer(self, singleShot=True, interval=TELL_AFTER_MS)
        self._tell.timeout.connect(self._tell_slow)

    # Reading and checking.

    def open(
        self, kind: RecordKind, path: Path, columns: Columns | None = None, repairs: Repairs = NO_REPAIRS
    ) -> None:
        """Begin anew with a file."""
        if self._must_wait():
            return
        self.drop()
        self.kind, self.path, self.loaded = kind, path, None
        self.columns, self.repairs, self.keep_repairs = dict(columns or {}), repairs, False
        self._done.clear()
        self._undone.clear()
        self.ask()

    def reread(self) -> None:
        """Read the file again; what was mapped and mended stays."""
        if self._must_wait():
            return
        self.loaded = None
        self.ask()

    def ask(self) -> None:
        """Preview with what is mapped and mended now."""
        kind, path, suite, actor = self.kind, self.path, self._desk.suite, self._desk.actor
        if kind is None or path is None:
            return
        request = ImportRequest(
            kind=kind.key,
            path=path,
            columns=dict(self.columns),
            repairs=self.repairs,
            near=True,
            again=self.loaded.read if self.loaded else None,
        )

        def work(ticket: Ticket) -> Loaded | FileRefused:
            began = time.monotonic()
            try:
                made = suite.preview(request, actor, progress=ticket.report)
            except ColumnsMissing as lacking:
                return Loaded(
                    kind=kind,
                    read=lacking.read,
                    sheets=lacking.sheets,
                    repairs=request.repairs,
                    mended=len(request.repairs),
                    missing=lacking.text,
                )
            except FileRefused as told:
                return told  # an answer like any other: the file is at fault, not the program
            with suite.reading() as session:
                return load(kind, made, len(request.repairs), session, time.monotonic() - began)

        self._begin("正在核对" if self.loaded else "正在读取文件")
        self._watch(self._desk.work(work, self._came, self._failed))

    def _came(self, answer: Loaded | FileRefused) -> None:
        self._finish()
        if isinstance(answer, FileRefused):
            self.refused.emit(answer)
            return
        self.loaded = answer
        self.loaded_changed.emit(answer)

    def _failed(self, error: Exception) -> None:
        self._finish()
        self.refused.emit(error)

    # Mapping and mending, with undo.

    def map_column(self, sheet: str, number: int, field: str | None) -> None:
        """Let a column go to a field, or nowhere."""
        self._change({**self.columns, (sheet, number): field}, self.repairs)

    def mend(self, repairs: Repairs) -> None:
        """Take other repairs and check again."""
        self._change(self.columns, repairs)

    def _change(self, columns: Columns, repairs: Repairs) -> None:
        if self._must_wait():
            return
        self._done.append((self.columns, self.repairs))
        self._undone.clear()
        self.columns, self.repairs = columns, repairs
        self.ask()

    @property
    def can_undo(self) -> bool:
        """Whether a step can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be done again."""
        return bool(self._undone)

    @property
    def touched(self) -> bool:
        """Whether a person has mapped or mended anything."""
        return bool(self.columns or self.repairs)

    def undo(self) -> None:
        """Take back the last mapping or repair."""
        if self._done and not self._must_wait():
            self._undone.append((self.columns, self.repairs))
            self.columns, self.repairs = self._done.pop()
            self.ask()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self._undone and not self._must_wait():
            self._done.append((self.columns, self.repairs))
            self.columns, self.repairs = self._undone.pop()
            self.ask()

    # Writing.

    def write(self) -> None:
        """Import the rows that are in order."""
        preview = self.loaded.preview if self.loaded else None
        if preview is None or self._must_wait():
            return
        self._begin("正在导入", writing=True)
        command = accept(preview, keep_repairs=self.keep_repairs)
        self._watch(self._desk.run(command, self._written, self._not_written))

    def _written(self, done: Done) -> None:
        self._finish()
        self.imported.emit(done)

    def _not_written(self, error: Exception) -> None:
        self._finish()
        self.import_refused.emit(error)

    def write_held(self, out: Path, on_done: Callable[[int], object]) -> None:
        """Write the held rows to a workbook of their own."""
        preview = self.loaded.preview if self.loaded else None
        if preview is None or self._must_wait():
            return

        def finished(written: int) -> None:
            self._finish()
            on_done(written)

        self._begin("正在写出问题行")

        def work(ticket: Ticket) -> int:
            return write_held_rows(preview, out, progress=ticket.report)

        self._watch(self._desk.work(work, finished, self._failed))

    # The sender's layout.

    def remember(self) -> None:
        """Keep the mapping now, without an import."""
        preview, kind, path = self.loaded.preview if self.loaded else None, self.kind, self.path
        if preview is None or kind is None or path is None:
            return
        repairs = preview.repairs if self.keep_repairs else None
        layouts = tuple(layout_of(sheet, repairs) for sheet in preview.sheets if sheet.state == "read")
        self._learn(RememberLayout(kind=kind.key, sender=path.stem, layouts=layouts))

    def forget(self) -> None:
        """Forget what was kept of these headings, and read the file by them alone."""
        sheets = self.loaded.sheets if self.loaded else ()
        known = {sheet.learned.id for sheet in sheets if sheet.learned is not None}
        if self.kind is not None and known:
            self._learn(ForgetLayout(kind=self.kind.key, layouts=tuple(sorted(known))))

    def _learn(self, command: RememberLayout | ForgetLayout) -> None:
        if self._must_wait():
            return
        self._begin("正在记录列对应", writing=True)
        self._watch(self._desk.run(command, self._learned, self._failed))

    def _learned(self, _done: Done) -> None:
        self._finish()
        self.ask()

    # Work under way.

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._ticket is not None

    def cancel(self) -> None:
        """Stop at the next step; nothing is written."""
        if self._ticket is not None:
            self._ticket.cancel()

    def drop(self) -> None:
        """Wait for nothing any more."""
        if self._ticket is not None:
            self._ticket.drop()
            self._ticket.cancel()
            self._finish()

    def _must_wait(self) -> bool:
        """Whether a command is under way; if so, say that it has to end first."""
        if self.writing:
            self.waits.emit(f"{self._what}，结束前不能重读或改动")
        return self.writing

    def _begin(self, what: str, *, writing: bool = False) -> None:
        if self._ticket is not None:
            self._ticket.drop()
            self._ticket.cancel()
        self._what = what
        self._tell.start()
        self._set_writing(writing)

    def _set_writing(self, writing: bool) -> None:
        if writing != self.writing:
            self.writing = writing
            self.writing_changed.emit(writing)

    def _watch(self, ticket: Ticket) -> None:
        self._ticket = ticket
        ticket.progressed.connect(self._progress, Qt.ConnectionType.QueuedConnection)

    def _progress(self, what: str, done: int, total: int) -> None:
        if self.sender() is self._ticket:
            self.progressed.emit(what, done, total)

    def _tell_slow(self) -> None:
        if self._ticket is not None:
            self.slow.emit(self._what)

    def _finish(self) -> None:
        self._ticket = None
        self._tell.stop()
        self._set_writing(False)
        self.ended.emit()
