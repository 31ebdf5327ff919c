"""What is done with editions: compile, announce, withdraw, each in a strip in place; and writing files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.commands import Command, Done
from suite.kernel.exchange.edition_files import write_edition
from suite.kernel.exchange.editions import AnnounceEdition, CompileEdition, WithdrawEdition
from suite.kernel.exchange.export import LogExport
from suite.kernel.exchange.leaving import export_file
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.fields import FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import WORD_FILE, WORKBOOK, saving_path
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.editions.page import EditionsPage

COMPILE_FIELDS = (
    FieldSpec(key="as_of", title="截止日期", kind=FieldKind.DATE, required=True, quiet=True),
    FieldSpec(key="heading", title="名册名称", required=True, quiet=True),
    FieldSpec(
        key="note", title="编制说明", quiet=True, wide=True, placeholder="依据、范围等，写入文档；可以不填"
    ),
)
ANNOUNCE_FIELDS = (
    FieldSpec(key="announced_on", title="公告日期", kind=FieldKind.DATE, required=True, quiet=True),
    FieldSpec(key="document_no", title="公告文号", required=True, quiet=True),
)


class EditionActs(StripPlace):
    """What the page's buttons ask for."""

    def __init__(self, page: EditionsPage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page

    def ask_compile(self) -> None:
        """Freeze the roster of a day as the next edition."""
        kind = self._page.kind
        if kind is None or self._page.compiling_refusal():
            return
        last = next((item for item in self._page.known if item.withdrawn_at is None), None)
        note = "冻结该日在册的名单；编制后内容不再随名册变化。身份证号和电话不会公布。"
        today = self._page.desk.suite.today
        strip = ActStrip(f"编制{kind.title}名册", "编制名册", today, note=note)
        strip.show_fields(
            COMPILE_FIELDS, {"as_of": today, "heading": last.title if last else f"{kind.title}名册"}
        )
        strip.submitted.connect(
            lambda: self._send(
                CompileEdition(
                    kind=kind.key,
                    as_of=strip.value("as_of"),
                    heading=str(strip.value("heading") or ""),
                    note=str(strip.value("note") or ""),
                )
            )
        )
        self.begin(strip)

    def ask_announce(self) -> None:
        """Record the announcement of the edition in front."""
        papers, kind = self._page.detail.papers, self._page.kind
        if papers is None or kind is None:
            return
        today = self._page.desk.suite.today
        title = f"登记第 {papers.edition.number} 版的公告"
        strip = ActStrip(title, "登记公告", today, note="公告后这一版不能撤回；有变化编制下一版。")
        strip.show_fields(ANNOUNCE_FIELDS, {"announced_on": today})
        strip.submitted.connect(
            lambda: self._send(
                AnnounceEdition(
                    kind=kind.key,
                    edition_id=papers.edition.id,
                    announced_on=strip.value("announced_on"),
                    document_no=str(strip.value("document_no") or ""),
                )
            )
        )
        self.begin(strip)

    def ask_withdraw(self) -> None:
        """Withdraw the edition in front, with the reason."""
        papers, kind = self._page.detail.papers, self._page.kind
        if papers is None or kind is None:
            return
        number = papers.edition.number
        strip = ConfirmStrip(
            f"撤回第 {number} 版：内容仍可查阅，版次号不再使用，比较时跳过它。", "撤回这一版"
        )
        strip.confirmed.connect(
            lambda reason: self._send(
                WithdrawEdition(kind=kind.key, edition_id=papers.edition.id, reason=reason)
            )
        )
        self.begin(strip)

    def _send(self, command: Command) -> None:
        self.send(command, self._done)

    def _done(self, done: Done) -> None:
        if "edition" in done.result:
            self._page.show_next(done.result["edition"])

    # Files.

    def export(self, ending: str) -> None:
        papers = self._page.detail.papers
        if papers is None or self._page.exporting_refusal():
            return
        name = f"{papers.edition.title}第{papers.edition.number}版.{ending}"
        path = saving_path(self._page, "导出名册", name, WORKBOOK if ending == "xlsx" else WORD_FILE)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the edition in front, and log that it left the house."""
        papers = self._page.detail.papers
        if papers is None:
            return

        command = LogExport(kind=papers.edition.kind, columns=papers.edition.columns, conditions=papers.name)
        suite, actor = self._page.desk.suite, self._page.desk.actor

        def write() -> int:
            return export_file(
                path,
                command,
                actor,
                run=suite.run,
                content=papers.name,
                write=lambda place, basis: write_edition(papers, place, basis),
            )

        told = f"已写出第 {papers.edition.number} 版到 {path.name}"
        self._page.asking.work(write, lambda _rows: self._page.happened.emit(told), self._page.lost)
