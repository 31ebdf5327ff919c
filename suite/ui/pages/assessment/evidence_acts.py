"""Points that no scorer gives by hand: from the records, from what was handed in, from questionnaires."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from suite.contract.commands import Command, Done
from suite.kernel.assessment.material_scores import ScoreMaterials
from suite.kernel.assessment.measuring import ScoreFromRecords
from suite.kernel.assessment.standing import IN, RUNNING
from suite.kernel.assessment.surveying import AnswerGiven, TakeSurvey
from suite.kernel.exchange.season_files import LogSeasonList
from suite.kernel.exchange.survey_book import read_answers, save_answers_form
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import FieldSpec
from suite.ui.kit.file_dialogs import TABLE_FILE, WORKBOOK, opening_path, plain_name, saving_path
from suite.ui.kit.notices import NoticeKind
from suite.ui.pages.assessment.faults_pane import list_faults
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage


class EvidenceActs:
    """Belongs to one page. Places are chosen by the system; `take_from` and `form_to` take a path."""

    def __init__(self, page: AssessmentPage, place: StripPlace) -> None:
        self._page, self._place = page, place

    def refusal(self, action: str, *, late: bool = False) -> str:
        """Why nothing can be scored in the season now; empty where it can. `late`: nor for latecomers."""
        running = self._page.campaign is not None and self._page.campaign.state == RUNNING
        if not running and not (late and self._page.late):
            return "结果已经公示，不再计分。"
        return "" if self._page.may(action) else "您没有这项权限，请联系科室管理员。"

    @property
    def measured(self) -> bool:
        """Whether the season's sheet has items that the records answer."""
        board = self._page.board
        return board is not None and any(
            item.key in board.sheet.scheme.measured for item in board.sheet.criteria
        )

    def score_records(self) -> None:
        """Work out anew what the records answer."""
        if (campaign := self._page.campaign) is not None:
            self._run("正在按档案测算得分", ScoreFromRecords(campaign_id=campaign.id))

    def score_materials(self) -> None:
        """Score everybody by what came in time."""
        if (campaign := self._page.campaign) is not None:
            self._run("正在按信息报送计分", ScoreMaterials(campaign_id=campaign.id))

    def _run(self, what: str, command: Command) -> None:
        self._place.close()
        self._page.work.run(what, command, lambda done: self._page.work.tell(NoticeKind.OK, f"{done.text}。"))

    # Questionnaires.

    def ask_survey(self) -> None:
        """Which workbook of answers."""
        path = opening_path(self._page, "导入问卷", TABLE_FILE)
        if path is not None:
            self.take_from(path)

    def take_from(self, path: Path) -> None:
        """Read the answers, then ask who made the questionnaire; cells that cannot be read are told."""
        self._place.close()
        self._page.survey.faults.show_faults(())
        self._page.work.begin(
            "正在读取问卷",
            lambda _ticket: read_answers(path),
            lambda answers: self._ask_source(path, answers),
            self._lost,
        )

    def _ask_source(self, path: Path, answers: tuple[AnswerGiven, ...]) -> None:
        campaign = self._page.campaign
        if campaign is None:
            return
        note = (
            f"“{path.name}”共 {len(answers):,} 份。同一设备对同一单位重复填答的保留但不计；"
            "样本够的单位即时计分，不足的等补充。"
        )
        strip = ActStrip("导入问卷", f"导入 {len(answers):,} 份", self._page.desk.suite.today, note=note)
        spec = FieldSpec(key="source", title="问卷由谁组织", required=True, quiet=True, wide=True)
        strip.show_fields((spec,), {"source": path.stem})

        def taken(done: Done) -> None:
            self._place.close()
            short = len(done.warnings)
            self._page.work.tell(NoticeKind.WARN if short else NoticeKind.OK, f"{done.text}。")

        strip.submitted.connect(
            lambda: self._page.work.run(
                "正在导入问卷",
                TakeSurvey(campaign_id=campaign.id, source=str(strip.value("source") or ""), answers=answers),
                taken,
                self._lost,
            )
        )
        self._place.begin(strip)

    def _lost(self, error: Exception) -> None:
        list_faults(self._page, self._place, self._page.survey.faults, self._page.survey.key, error)

    def ask_form(self) -> None:
        """Where an empty questionnaire table is to be saved."""
        campaign = self._page.campaign
        if campaign is None:
            return
        name = plain_name(f"{campaign.title}问卷表")
        path = saving_path(self._page, "保存空白问卷表", f"{name}.xlsx", WORKBOOK)
        if path is not None:
            self.form_to(path)

    def form_to(self, path: Path) -> None:
        """Write an empty table with the names of those who take part."""
        board = self._page.board
        if board is None:
            return
        names = [line.name for line in board.lines if line.standing == IN]
        desk, campaign = self._page.desk, board.campaign
        log = LogSeasonList(
            profession=board.sheet.scheme.owner, campaign_id=campaign.id, conditions=campaign.title
        )
        self._page.work.begin(
            "正在写出问卷表",
            lambda _ticket: save_answers_form(path, names, log, desk.actor, run=desk.suite.run),
            lambda _count: self._page.work.tell(
                NoticeKind.OK, f"空白问卷表已写入“{path.name}”，附 {len(names):,} 个单位的名称。"
            ),
        )
