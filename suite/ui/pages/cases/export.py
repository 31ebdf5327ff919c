"""The shown list of one kind of case as a file, in the columns of its ledger."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from suite.database.engine import ReadSession
from suite.kernel.casework.queries import CaseQuery
from suite.kernel.exchange.leaving import Basis
from suite.kernel.exchange.stock.sheet import CaseSheet, case_sheets
from suite.kernel.executor.work import Progress
from suite.ui.kit.file_dialogs import LIST_FILE, saving_path
from suite.ui.list_files import ListFile, unseen, writing_list

if TYPE_CHECKING:
    from suite.ui.pages.cases.page import CasesPage


class CasesExport:
    """Ctrl+E: columns differ from kind to kind, so that one must be chosen."""

    def __init__(self, page: CasesPage) -> None:
        self._page = page

    @property
    def sheet(self) -> CaseSheet | None:
        """The ledger of the kind that is shown; None while several are."""
        key = self._page.kind_shown
        return None if key is None else case_sheets(self._page.desk.suite.catalog).get(key)

    @property
    def refusal(self) -> str:
        """Why nothing can be exported, empty where it can."""
        sheet, actor = self.sheet, self._page.desk.actor
        if sheet is None:
            return "各种办件的列不同，请先在“种类”中选择一种"
        if not (actor.may(f"{sheet.owner}:roster:export") and actor.may(f"{sheet.case.rights}:case:read")):
            return f"您没有导出“{sheet.list_title}”的权限"
        return "" if self._page.lines else f"列表中没有“{sheet.title}”可以导出"

    def ask(self) -> None:
        """Choose where the list goes."""
        sheet = self.sheet
        if sheet is None or self.refusal:
            return
        name = f"{sheet.list_title} {self._page.desk.suite.today}.xlsx"
        path = saving_path(self._page, f"导出{sheet.list_title}", name, LIST_FILE)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the cases of the view, as they are filtered and sorted, in the columns of the ledger."""
        page, sheet = self._page, self.sheet
        if sheet is None:
            return
        keys = tuple(field.key for field in sheet.fields if field.listed)
        wanted = ListFile(
            kind=sheet.key,
            title=sheet.list_title,
            unit=sheet.unit,
            columns=keys,
            conditions="；".join(part for part in (page.view_title, page.words.text().strip()) if part),
            write=partial(self._rows, sheet, replace(page.asked, kind=sheet.key), keys),
        )
        work = writing_list(page.desk, path, wanted)
        page.asking.work(
            lambda: work(unseen),
            lambda rows: page.happened.emit(wanted.said(rows, path)),
            page.lost,
        )

    def _rows(
        self,
        sheet: CaseSheet,
        query: CaseQuery,
        keys: tuple[str, ...],
        session: ReadSession,
        place: Path,
        basis: Basis,
        progress: Progress,
    ) -> int:
        from suite.kernel.exchange.stock.export import export_cases

        desk = self._page.desk
        return export_cases(
            session, desk.actor, desk.suite.catalog, sheet, query, keys, place, progress=progress, basis=basis
        )
