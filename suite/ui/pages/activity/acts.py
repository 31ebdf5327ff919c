"""What an auditor does with the trace: verify it, print the daily sheet, take an extract out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.problems import Problem
from suite.kernel.audit.verify import Verified
from suite.kernel.exchange.leaving import export_file
from suite.kernel.exchange.trace_extract import ExtractRequest, write_extract
from suite.kernel.exchange.trace_files import LogTraceExport
from suite.kernel.exchange.trace_sheet import sheet_of, write_sheet
from suite.ui.desk import Ticket
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.file_dialogs import ARCHIVE, WORKBOOK, saving_path
from suite.ui.kit.notices import Notice, NoticeBar, NoticeKind
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.activity.page import ActivityPage

#: So many findings are told in the page; all of them by `suite audit verify`.
TOLD = 3


class ActivityActs(StripPlace):
    """What the page's buttons ask for."""

    def __init__(self, page: ActivityPage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page
        self._told: NoticeBar | None = None

    # Verifying.

    def verify(self) -> None:
        """Look at the whole trace on a worker."""
        suite = self._page.desk.suite

        def look(_ticket: Ticket) -> tuple[Verified, Problem | None]:
            found, against = suite.verify_trace(self._page.desk.actor)
            return found, against

        self._page.work.begin("正在核对操作痕迹", look, self._verified)

    def _verified(self, answer: tuple[Verified, Problem | None]) -> None:
        found, against = answer
        problems = [*([against] if against is not None else []), *found.problems]
        if self._told is not None:
            self._told.dismiss()
        counts = f"{found.links:,} 节、{found.entries:,} 条痕迹、{found.rows:,} 行数据"
        if problems:
            rest = len(problems) - TOLD
            words = "".join(problem.text for problem in problems[:TOLD])
            words += f"另有 {rest:,} 处，用 suite audit verify 列出。" if rest > 0 else ""
            notice = Notice(kind=NoticeKind.BAD, text=f"核对了{counts}，发现问题：{words}", closable=True)
        else:
            notice = Notice(
                kind=NoticeKind.OK, text=f"操作痕迹完整：{counts}；链首 {found.head[:16]}…", closable=True
            )
        self._told = self._page.show_notice(notice)
        self._told.destroyed.connect(self._gone)

    def _gone(self) -> None:
        self._told = None

    # Files.

    def sheet(self) -> None:
        """Choose where today's sheet goes."""
        day = self._page.desk.suite.today
        path = saving_path(self._page, "写出操作痕迹日报", f"操作痕迹日报 {day}.xlsx", WORKBOOK)
        if path is not None:
            self.sheet_to(path)

    def sheet_to(self, path: Path) -> None:
        """Write today's sheet."""
        suite, actor = self._page.desk.suite, self._page.desk.actor

        def write(_ticket: Ticket) -> int:
            with suite.reading() as session:
                found = sheet_of(session, actor, suite.today)
            return export_file(
                path,
                LogTraceExport(conditions=f"{suite.today} 的日报"),
                actor,
                run=suite.run,
                content="操作痕迹日报",
                write=lambda place, basis: write_sheet(found, place, basis),
            )

        told = f"已写出日报到 {path.name}，请打印、签字、存档"
        self._page.work.begin("正在写出日报", write, lambda _rows: self._page.happened.emit(told))

    def ask_extract(self) -> None:
        """Ask why an extract of the days that are listed goes out."""
        query = self._page.query
        request = ExtractRequest(first=query.first, last=query.last)
        strip = ActStrip(
            f"摘录操作痕迹（{request.words or '全部日期'}）",
            "选择文件…",
            self._page.desk.suite.today,
            note="按所选日期摘录，其他筛选条件不影响；敏感值不在其中。局外人用压缩包里的程序即可核对。",
        )
        strip.show_fields([REASON], {})
        strip.submitted.connect(lambda: self._extract(request, str(strip.value("reason") or "")))
        self.begin(strip)

    def _extract(self, request: ExtractRequest, reason: str) -> None:
        name = f"操作痕迹摘录 {self._page.desk.suite.today}.zip"
        path = saving_path(self._page, "摘录操作痕迹", name, ARCHIVE)
        if path is not None:
            self.close()
            self.extract_to(path, request, reason)

    def extract_to(self, path: Path, request: ExtractRequest, reason: str) -> None:
        """Write the extract."""
        suite, actor = self._page.desk.suite, self._page.desk.actor

        def write(_ticket: Ticket) -> int:
            with suite.reading() as session:
                return export_file(
                    path,
                    LogTraceExport(conditions=request.words, reason=reason),
                    actor,
                    run=suite.run,
                    content="操作痕迹摘录",
                    write=lambda place, basis: write_extract(
                        session, actor, suite.catalog, request, place, basis
                    ),
                )

        self._page.work.begin(
            "正在摘录",
            write,
            lambda rows: self._page.happened.emit(f"已摘录 {rows:,} 条痕迹到 {path.name}"),
        )
