"""What is done on the page 填报: the commands that its buttons send, and its workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from suite.contract.commands import Command, Done
from suite.kernel.exchange.return_sheets import read_returns, save_returns
from suite.kernel.returns.queries import ReturnSheet
from suite.kernel.returns.reviewing import (
    CorrectReturn,
    RemindReturns,
    ReturnMeant,
    ReviewReturns,
    SendBackReturn,
)
from suite.kernel.returns.rules import ReturnState
from suite.kernel.returns.submitting import ReturnGiven, SaveReturns, SubmitReturns
from suite.ui.asking import Refusal
from suite.ui.desk import sentence_of
from suite.ui.kit.file_dialogs import LIST_FILE, TABLE_FILE, opening_path, saving_path
from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.pages.returns.sheet import CORRECT, SEND_BACK

if TYPE_CHECKING:
    from suite.ui.pages.returns.page import ReturnsPage


class ReturnActs(QObject):
    """The acts of one page."""

    def __init__(self, page: ReturnsPage) -> None:
        super().__init__(page)
        self._page = page

    def save_then(self, after: Callable[[], object]) -> None:
        """Keep the draft, and go on when that is done."""
        sheet = self._page.pane.sheet
        command = self._command("save", sheet) if sheet is not None else None

        def kept(_done: Done) -> None:
            self._page.discard()
            after()

        if command is not None:
            self._page.asking.run(command, kept, self._refused)

    def take(self, act: str) -> None:
        """Carry out what the pane asks for."""
        sheet = self._page.pane.sheet
        command = self._command(act, sheet) if sheet is not None else None
        if command is None:
            return
        self._page.asking.run(command, self._done, self._refused)

    def _command(self, act: str, sheet: ReturnSheet) -> Command | None:
        form, reason = sheet.form.key, str(self._page.pane.reason.value() or "")
        values, notes = self._page.pane.given()
        if act in ("submit", "save", CORRECT) and (wrong := self._page.pane.judge()) and act != "submit":
            self._page.pane.tell(next(iter(wrong.values())))
            return None
        given = ReturnGiven(
            district=None if sheet.reporter.body else sheet.reporter.district,
            body_id=sheet.reporter.body,
            values=values,
            notes=notes,
            expected_version=sheet.version,
        )
        match act:
            case "submit":
                return SubmitReturns(form=form, period=sheet.period.text, rows=(given,))
            case "save":
                return SaveReturns(form=form, period=sheet.period.text, rows=(given,))
            case "review":
                meant = ReturnMeant(id=sheet.id, expected_version=sheet.version)
                return ReviewReturns(form=form, returns=(meant,))
        if act == SEND_BACK:
            return SendBackReturn(
                form=form, return_id=sheet.id, expected_version=sheet.version, reason=reason
            )
        former = {line.series.key: line.value for line in sheet.cells}
        moved = {key: value for key, value in values.items() if former.get(key) != value}
        return CorrectReturn(
            form=form, return_id=sheet.id, expected_version=sheet.version, values=moved, reason=reason
        )

    def _done(self, done: Done) -> None:
        self._page.discard()
        self._page.refresh()

    def _refused(self, error: Exception) -> None:
        refusal = Refusal(error)
        beside = {key: words for key, words in refusal.fields.items() if key in self._page.pane.editors}
        self._page.pane.show_problems(beside)
        others = [*refusal.others, *(words for key, words in refusal.fields.items() if key not in beside)]
        first = next((f"还有 {len(beside)} 处须核对，见各项下方。" for _ in beside), "")
        self._page.pane.tell("；".join(dict.fromkeys(others)) or first)
        wrong = next((self._page.pane.editors[key] for key in beside), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def remind(self) -> None:
        """Remind who is missing in the period that is shown."""
        if self._page.found is not None:
            period = self._page.found.periods[self._page.place].text
            self._page.asking.run(
                RemindReturns(form=self._page.found.form.key, period=period), self._done, self._bad
            )

    def review_all(self) -> None:
        """Approve all that were handed in for the period that is shown."""
        found = self._page.found
        if found is None:
            return
        meant = tuple(
            ReturnMeant(id=mark.id, expected_version=mark.version)
            for line in found.lines
            if (mark := line.marks[self._page.place]) is not None and mark.state is ReturnState.SUBMITTED
        )
        if meant:
            self._page.asking.run(ReviewReturns(form=found.form.key, returns=meant), self._done, self._bad)

    def _bad(self, error: Exception) -> None:
        self._page.show_notice(Notice(kind=NoticeKind.BAD, text=sentence_of(error), closable=True))

    def choose_export(self) -> None:
        """Ask for a file, then export."""
        if self._page.found is None:
            return
        name = f"{self._page.found.form.title} {self._page.found.periods[self._page.place].text}.xlsx"
        path = saving_path(self._page, "导出报表", name, LIST_FILE)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the period that is shown to a workbook."""
        found = self._page.found
        if found is None:
            return
        suite, actor, period = (
            self._page.desk.suite,
            self._page.desk.actor,
            found.periods[self._page.place].text,
        )

        def work() -> int:
            with suite.reading() as session:
                return save_returns(
                    session, actor, suite.catalog, found.form.key, period, path, run=suite.run
                )

        self._page.asking.work(work, lambda rows: self._wrote(path, rows), self._bad)

    def _wrote(self, path: Path, rows: int) -> None:
        text = f"已写入 {path.name}，{rows} 个填报单位。"
        self._page.show_notice(Notice(kind=NoticeKind.OK, text=text, closable=True))

    def choose_import(self) -> None:
        """Ask for a file, then hand in what stands there."""
        path = opening_path(self._page, "导入报表", TABLE_FILE)
        if path is not None:
            self.import_from(path)

    def import_from(self, path: Path) -> None:
        """Hand in what stands in a workbook; all of it or nothing."""
        found = self._page.found
        if found is None:
            return
        suite, actor = self._page.desk.suite, self._page.desk.actor
        form, period = found.form.key, found.periods[self._page.place].text

        def work() -> Command:
            with suite.reading() as session:
                rows = read_returns(session, actor, suite.catalog, form, period, path)
            return SubmitReturns(form=form, period=period, rows=rows)

        self._page.asking.work(
            work, lambda command: self._page.asking.run(command, self._done, self._bad), self._bad
        )
