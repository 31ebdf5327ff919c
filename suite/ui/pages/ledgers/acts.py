"""What is done on the page of ledgers: a form in place of the list, a strip above it, a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.declarations import Field
from suite.database.engine import ReadSession
from suite.kernel.exchange.leaving import Basis
from suite.kernel.executor.work import Progress
from suite.kernel.ledgers.commands import SaveLedgerEntries, StrikeLedgerEntry
from suite.kernel.ledgers.queries import EntryLine
from suite.ui.asking import Refusal
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.fields import Deliver
from suite.ui.kit.file_dialogs import LIST_FILE, saving_path
from suite.ui.list_files import ListFile, unseen, writing_list
from suite.ui.pages.ledgers.files_pane import FilesPane
from suite.ui.pages.ledgers.form import entry_edit, entry_specs, entry_values, problem_places
from suite.ui.pages.ledgers.listing import listed_fields
from suite.ui.pages.record.loaded import find_targets
from suite.ui.pages.record.tables import moment
from suite.ui.strip_place import Strip, StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.ledgers.page import LedgersPage

WORDS = {"ledger:edit": "登记", "roster:import": "导入", "roster:export": "导出"}


class LedgerActs(StripPlace):
    """Forms are shown in place of the list, since they may be longer than the window; the rest above it."""

    def __init__(self, page: LedgersPage, place: QVBoxLayout, forms: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page
        self._strips, self._forms = place, forms
        self.files: FilesPane | None = None

    def refusal(self, action: str) -> str:
        """Why the actor may not do something with this ledger, empty where he may."""
        sheet = self._page.sheet
        if sheet is None or self._page.desk.actor.may(f"{sheet.owner}:{action}"):
            return ""
        return f"您没有{WORDS[action]}“{sheet.title}”的权限"

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed."""
        return isinstance(self.strip, ActStrip) and self.strip.is_dirty

    def begin(self, strip: Strip) -> None:
        """Show a strip; a form takes the list's place."""
        self.close()
        form = isinstance(strip, ActStrip)
        self._place = self._forms if form else self._strips
        if form:
            self._page.body.hide()
            self._page.form_area.show()
        super().begin(strip)

    def close(self) -> bool:
        """Take the strip away and show the list again."""
        if not super().close():
            return False
        if self.files is not None:
            files, self.files = self.files, None
            self._forms.removeWidget(files)
            files.hide()
            files.deleteLater()
        self._page.form_area.hide()
        self._page.body.show()
        self._page.unsaved_changed.emit(False)
        return True

    # Entries.

    def ask_new(self) -> None:
        """The form of a new entry."""
        if not self.refusal("ledger:edit"):
            self._ask(None)

    def ask_edit(self) -> None:
        """The form of the entry that is chosen; one that may not be changed is shown only."""
        line = self._page.current
        if line is not None:
            self._ask(line)

    def _ask(self, line: EntryLine | None) -> None:
        page, sheet = self._page, self._page.sheet
        if sheet is None:
            return
        suite = page.desk.suite
        title = f"新增“{sheet.title}”" if line is None else f"{sheet.title} {line.values['number']}"
        note = sheet.ledger.help
        if line is not None:
            note = f"{line.updated_by} 于 {moment(line.updated_at)} 登记"
            if line.struck_by is not None:
                note = f"已由 {line.struck_by} 划去：{line.struck_reason}"
        strip = ActStrip(title, "登记" if line is None else "保存", suite.today, note=note, ahead=True)
        strip.show_fields(
            entry_specs(sheet, suite.catalog, page.districts, self._complete, line), entry_values(sheet, line)
        )
        if line is not None and not line.editable:
            why = "已划去的记录不能再改" if line.struck_by is not None else "这条记录不在您的管理范围"
            strip.act.set_refusal(why)
        strip.edited.connect(lambda: page.unsaved_changed.emit(strip.is_dirty))

        def send() -> None:
            edit = entry_edit(sheet, line, strip.value, list(strip.form.rows))
            if line is not None and not edit.values:
                self.close()
                return
            self.send(SaveLedgerEntries(ledger=sheet.key, rows=(edit,)))

        strip.submitted.connect(send)
        self.begin(strip)
        if line is not None:
            self.files = FilesPane(page, sheet.key, line)
            self._forms.addWidget(self.files)

    def _complete(self, field: Field, typed: str, deliver: Deliver) -> None:
        page = self._page
        catalog, actor = page.desk.suite.catalog, page.desk.actor
        page.asking.read(lambda session: find_targets(session, actor, catalog, field.links, typed), deliver)

    def refused(self, strip: Strip | None, error: Exception) -> None:
        """Beside the fields; who was faster is named."""
        if strip is not self.strip or not isinstance(strip, ActStrip):
            super().refused(strip, error)
            return
        refusal = Refusal(error)
        others = [*refusal.others]
        if refusal.stale is not None:
            others.append(f"{refusal.stale.text}请返回列表重新打开这条记录，再填写您的修改。")
        strip.set_problems(problem_places(refusal.fields, list(strip.form.rows)), others)

    def ask_strike(self) -> None:
        """The reason for which an entry is crossed out."""
        line, sheet = self._page.current, self._page.sheet
        if line is None or sheet is None or not line.editable:
            return
        number = line.values["number"]
        strip = ConfirmStrip(f"划去“{sheet.title}”编号 {number}，记录保留可查，不再计数。", "划去")
        strip.confirmed.connect(
            lambda reason: self.send(
                StrikeLedgerEntry(
                    ledger=sheet.key, entry_id=line.id, reason=reason, expected_version=line.version
                )
            )
        )
        self.begin(strip)

    # Files.

    def open_import(self) -> None:
        """The import page, for this ledger."""
        if self._page.sheet is not None:
            self._page.open_wanted.emit("import", self._page.sheet.key)

    def ask_export(self) -> None:
        """Choose where the list goes."""
        sheet = self._page.sheet
        if sheet is None or self.refusal("roster:export"):
            return
        name = f"{sheet.list_title} {self._page.desk.suite.today}.xlsx"
        path = saving_path(self._page, f"导出{sheet.list_title}", name, LIST_FILE)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write what the list shows, as it is filtered and sorted."""
        from suite.kernel.exchange.entries.export import conditions_of, export_entries

        page, sheet = self._page, self._page.sheet
        if sheet is None:
            return
        suite, actor, query = page.desk.suite, page.desk.actor, page.query()
        keys = [field.key for field in sheet.fields if field in listed_fields(sheet) or field.key == "state"]
        conditions = conditions_of(sheet, query, page.districts)

        def write(session: ReadSession, place: Path, basis: Basis, progress: Progress) -> int:
            return export_entries(
                session, actor, suite.catalog, sheet, query, keys, place, progress=progress, basis=basis
            )

        wanted = ListFile(
            kind=sheet.key,
            title=sheet.list_title,
            unit=sheet.unit,
            columns=tuple(keys),
            conditions=conditions,
            write=write,
        )
        work = writing_list(page.desk, path, wanted)
        page.asking.work(
            lambda: work(unseen),
            lambda rows: page.happened.emit(wanted.said(rows, path)),
            page.lost,
        )
