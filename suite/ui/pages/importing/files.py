"""The files of the wizard besides the one that is imported: template, held rows, and the kept draft."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from suite.contract.states import StateKind
from suite.kernel.exchange.export import write_template
from suite.kernel.exchange.previewed import HELD
from suite.kernel.registry.districts import short_district_names
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.file_dialogs import WORKBOOK, saving_path
from suite.ui.pages.importing.choosing import Choosing
from suite.ui.pages.importing.draft import Draft, forget_draft, keep_draft, kept_draft
from suite.ui.pages.importing.job import ImportJob


class ImportFiles(QObject):
    """Writes and reads them on workers. `exported` tells where the held rows went."""

    exported = Signal(str)

    def __init__(self, desk: Desk, job: ImportJob, choosing: Choosing, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._job, self._choosing = desk, job, choosing
        choosing.template_wanted.connect(self.write_template)
        choosing.kind_changed.connect(lambda _kind: self.offer_draft())
        choosing.resume.clicked.connect(self.resume)

    # The template.

    def write_template(self, path: Path) -> None:
        """Write the blank workbook of the chosen kind."""
        kind, suite = self._choosing.kind, self._desk.suite
        if kind is None:
            return

        def work(_ticket: Ticket) -> Path:
            with suite.reading() as session:
                write_template(suite.catalog, kind, path, list(short_district_names(session).values()))
            return path

        self._desk.work(work, self._template_written, self._template_failed)

    def _template_written(self, path: Path) -> None:
        self._choosing.tell(StateKind.OK, f"模板已保存为“{path.name}”，带底色的列必填。")

    def _template_failed(self, error: Exception) -> None:
        self._choosing.tell(StateKind.BAD, sentence_of(error))

    # The held rows.

    def ask_held(self) -> None:
        """Ask where the held rows go, and write them."""
        path = self._job.path
        if path is None or self._job.loaded is None or not self._job.loaded.count(HELD):
            return
        name = str(path.with_name(f"{path.stem}-问题行.xlsx"))
        target = saving_path(None, "导出问题行", name, WORKBOOK)
        if target is not None:
            self.write_held(target)

    def write_held(self, path: Path) -> None:
        """Write the held rows, bad cells marked, to a workbook."""
        self._job.write_held(
            path,
            lambda rows: self.exported.emit(f"已导出 {rows:,} 个问题行到“{path.name}”，标红的格附有原因"),
        )

    # The draft.

    def offer_draft(self) -> None:
        """Say beside the buttons that a file of the chosen kind was left unfinished."""
        draft = kept_draft(self._desk.suite.settings.home)
        kind = self._choosing.kind
        if draft is None or kind is None or draft.kind != kind.key or not draft.path.is_file():
            self._choosing.show_kept("")
            return
        self._choosing.show_kept(f"“{draft.path.name}”核对到一半，已作 {len(draft.repairs)} 项修正。")

    def resume(self) -> None:
        """Go on with the file that was left unfinished."""
        draft, kind = kept_draft(self._desk.suite.settings.home), self._choosing.kind
        if draft is not None and kind is not None:
            self._job.open(kind, draft.path, draft.columns, draft.repairs)

    def keep_draft(self) -> None:
        """Keep the mapping and the repairs on this machine; those of secret columns are left out."""
        job = self._job
        kind, path, loaded = job.kind, job.path, job.loaded
        if kind is None or path is None or loaded is None:
            return
        secret = {
            (sheet.sheet, column.number)
            for sheet in loaded.sheets
            for column in sheet.columns
            if column.field in kind.by_key and kind.by_key[column.field].sensitive
        }
        draft = Draft(kind=kind.key, path=path, columns=job.columns, repairs=job.repairs)
        keep_draft(self._desk.suite.settings.home, draft, secret)

    def drop_draft(self) -> None:
        """Nothing is left unfinished any more."""
        forget_draft(self._desk.suite.settings.home)
