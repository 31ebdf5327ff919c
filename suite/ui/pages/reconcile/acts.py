"""What is done with differences: decide them for one reason, and write them to a file for the other sides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.commands import Done
from suite.contract.problems import Refused
from suite.kernel.exchange.leaving import export_file
from suite.kernel.exchange.reconcile_decisions import DecideDifferences, finished, verdicts
from suite.kernel.exchange.reconcile_file import export_log, write_findings
from suite.kernel.exchange.reconcile_rules import TITLES, WORDS, Decision
from suite.kernel.exchange.reconciling import Finding
from suite.ui.desk import Ticket
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import FieldSpec
from suite.ui.kit.file_dialogs import LIST_FILE, saving_path
from suite.ui.pages.reconcile.findings import TAB_TITLES
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.reconcile.page import ReconcilePage

GROUNDS = FieldSpec(
    key="reason",
    title="依据",
    required=True,
    quiet=True,
    wide=True,
    placeholder="例如：已电话核对、见变更登记；将写入操作记录",
)
UNTIL = "这些差异不再列出，直到有一方的内容变化"


class ReconcileActs(StripPlace):
    """The strips of the page, and its export."""

    def __init__(self, page: ReconcilePage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page

    def ask(self, decision: Decision) -> None:
        """Decide the checked differences; says what will happen."""
        page, chosen = self._page, self._page.findings.checked
        if not chosen or page.deciding_refusal():
            return
        today = page.desk.suite.today
        notes = {
            Decision.KEEP: f"名册不变，请对方更正；{UNTIL}。可用“导出差异”交给对方。",
            Decision.EXPLAINED: f"各方都不改；{UNTIL}。",
        }
        taken = f"{TITLES.get(decision.value, '')}的内容自今天（{today}）起写入本局名册，以前的留在历史里。"
        words = f"{WORDS[decision]} {len(chosen):,} 处"
        strip = ActStrip(words, words, today, note=notes.get(decision, taken))
        strip.show_fields([GROUNDS], {})
        strip.submitted.connect(lambda: self._decide(chosen, decision))
        self.begin(strip)

    def _decide(self, chosen: list[Finding], decision: Decision) -> None:
        strip, kind = self.strip, self._page.kind
        if not isinstance(strip, ActStrip) or kind is None or self._page.work.busy:
            return
        try:
            told = verdicts(chosen, decision)
        except Refused as refused:
            self.refused(strip, refused)
            return

        def done(_answer: Done) -> None:
            if strip is self.strip:
                self.close()
            self._page.compare()

        command = DecideDifferences(kind=kind.key, verdicts=told, reason=str(strip.value("reason") or ""))
        self._page.work.run("正在处理差异", command, done, lambda error: self.refused(strip, error))

    def finish(self) -> None:
        """Note that nothing is open; a season that is opened looks for it."""
        found = self._page.findings.found
        if found is None or self._page.finishing_refusal():
            return
        self._page.work.run(
            "正在登记",
            finished(found),
            lambda done: self._page.happened.emit(done.text),
            self._page.work.lost,
        )

    # Files.

    def export(self) -> None:
        """Choose where the differences that are shown go."""
        kind = self._page.kind
        if kind is None or self._page.exporting_refusal():
            return
        name = f"{kind.title}对账差异 {self._page.desk.suite.today}.xlsx"
        path = saving_path(self._page, "导出差异", name, LIST_FILE)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the differences that are shown, and log that they left the house."""
        page = self._page
        found, shown, kind = page.findings.found, list(page.findings.shown), page.kind
        if found is None or kind is None:
            return
        tab = TAB_TITLES[str(page.findings.tabs.current)]
        suite, actor, log = page.desk.suite, page.desk.actor, export_log(kind.key, shown, tab)

        def write(_ticket: Ticket) -> int:
            return export_file(
                path,
                log,
                actor,
                run=suite.run,
                content=f"{kind.title}三方对账的差异",
                write=lambda place, basis: write_findings(found, shown, place, basis),
            )

        told = f"已写出 {len(shown):,} 处差异到“{path.name}”"
        page.work.begin("正在写出差异", write, lambda _rows: page.happened.emit(told))
