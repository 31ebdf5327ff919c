"""A scorer's sheet as a workbook: out with his own scores, and back in after a look at what changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from suite.contract.commands import Done
from suite.kernel.assessment.scorers_sheet import TakeScoreSheet
from suite.kernel.exchange.score_book import ScoreCopy, read_scores, save_scores, score_copy, sources_of
from suite.ui.desk import Ticket
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import TABLE_FILE, WORKBOOK, opening_path, plain_name, saving_path
from suite.ui.kit.notices import NoticeKind
from suite.ui.pages.assessment.faults_pane import list_faults
from suite.ui.pages.assessment.head import SCORES
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage


class SheetActs:
    """Belongs to one page. Places are chosen by the system; `sheet_to` and `take_from` take a path."""

    def __init__(self, page: AssessmentPage, place: StripPlace) -> None:
        self._page, self._place = page, place

    @property
    def offered(self) -> bool:
        """Whether somebody scores the season's sheet by judgement at all."""
        return self._page.board is not None and bool(sources_of(self._page.board))

    def ask_sheet(self) -> None:
        """Of which source the sheet is to be."""
        board = self._page.board
        if board is None:
            return
        choices = tuple(
            Choice(source.value, source.words, note=f"{len(items)} 项")
            for source, items in sources_of(board).items()
        )
        note = "附每项的评分标准，您已有的评分填好；他人的评分不在表中。填好后用“导入评分表”收回。"
        strip = ActStrip("评分工作簿", "选择保存位置…", self._page.desk.suite.today, note=note)
        spec = FieldSpec(
            key="source", title="评分来源", kind=FieldKind.CHOICE, choices=choices, required=True, quiet=True
        )
        strip.show_fields((spec,), {"source": choices[0].value})
        strip.submitted.connect(lambda: self._choose_place(str(strip.value("source"))))
        self._place.begin(strip)

    def _choose_place(self, source: str) -> None:
        board = self._page.board
        if board is None:
            return
        words = next(known.words for known in sources_of(board) if known.value == source)
        name = plain_name(f"{board.campaign.title}{words}评分表")
        path = saving_path(self._page, "保存评分工作簿", f"{name}.xlsx", WORKBOOK)
        if path is not None:
            self.sheet_to(path, source)

    def sheet_to(self, path: Path, source: str) -> None:
        """Write the sheet of one source with one's own scores."""
        board, suite, actor = self._page.board, self._page.desk.suite, self._page.desk.actor
        if board is None:
            return

        def write(_ticket: Ticket) -> tuple[ScoreCopy, int]:
            with suite.reading() as session:
                copy = score_copy(session, actor, board, source)
            return copy, save_scores(path, copy, actor, run=suite.run)

        def written(answer: tuple[ScoreCopy, int]) -> None:
            copy, number = answer
            self._place.close()
            held = f"{number:,} 个对象，{len(copy.items)} 项"
            told = f"{copy.source.words}评分工作簿（{held}）已写入“{path.name}”。"
            self._page.work.tell(NoticeKind.OK, told)

        self._page.work.begin("正在写出评分工作簿", write, written)

    def ask_take(self) -> None:
        """Which filled workbook."""
        path = opening_path(self._page, "导入评分表", TABLE_FILE)
        if path is not None:
            self.take_from(path)

    def take_from(self, path: Path) -> None:
        """Read a filled sheet and say what it would change; cells that cannot be read are listed."""
        board, suite, actor = self._page.board, self._page.desk.suite, self._page.desk.actor
        if board is None:
            return
        self._place.close()
        self._page.scores.faults.show_faults(())

        def look(_ticket: Ticket) -> tuple[TakeScoreSheet, Done]:
            command = read_scores(path, board, actor)
            return command, suite.run(command, actor, dry_run=True)

        self._page.work.begin("正在核对评分表", look, lambda found: self._ask(path, *found), self._lost)

    def _ask(self, path: Path, command: TakeScoreSheet, would: Done) -> None:
        if not would.changes:
            self._page.work.tell(NoticeKind.OK, f"{would.text}，不用导入。")
            return
        note = f"“{path.name}”：{would.text}。记为您本人的评分，整张表一并写入。"
        strip = ActStrip("导入评分表", "导入评分", self._page.desk.suite.today, note=note)

        def taken(done: Done) -> None:
            self._place.close()
            self._page.work.tell(NoticeKind.OK, f"已导入。{done.text}。")

        strip.submitted.connect(
            lambda: self._page.work.run("正在导入评分表", command, taken, self._lost),
        )
        self._place.begin(strip)

    def _lost(self, error: Exception) -> None:
        list_faults(self._page, self._place, self._page.scores.faults, SCORES, error)
