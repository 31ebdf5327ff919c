"""Seasons of the demonstration, and that of last year over the duty units."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from suite.cli.demo_workbooks import SEED
from suite.contract.assessment import SheetMeasure, SheetPart
from suite.kernel.assessment.boards import Board, board
from suite.kernel.assessment.commands import (
    CloseCampaign,
    DecideGrades,
    DecideObjection,
    GradeGiven,
    NoticeCampaign,
    OpenCampaign,
    ProposeGrades,
    RaiseObjection,
    ScoreAssessment,
    ScoreGiven,
    TakeAssessmentStep,
)
from suite.kernel.assessment.standing import IN, UNGRADED

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.assessment import Criterion
    from suite.contract.commands import Actor, Command, Done


class Season:
    """One season, played by whoever runs it and whoever decides."""

    def __init__(self, suite: Suite, actor: Actor, scheme: str, heading: str, year: int) -> None:
        self.suite, self.actor = suite, actor
        self.id: int = self.run(
            OpenCampaign(
                scheme=scheme, heading=heading, first=dt.date(year, 1, 1), last=dt.date(year, 12, 31)
            )
        ).result["campaign_id"]

    def run(self, command: Command, by: Actor | None = None) -> Done:
        """Carry out a command."""
        return self.suite.run(command, by or self.actor)

    def board(self) -> Board:
        """The board as it stands."""
        with self.suite.reading() as session:
            return board(session, self.actor, self.suite.catalog, self.id)

    def take(self, step: str, share: int) -> None:
        """The first so many of a hundred take a step."""
        lines = [line for line in self.board().lines if line.standing in (IN, UNGRADED) and line.step == step]
        chosen = tuple(line.id for line in lines[: len(lines) * share // 100])
        if chosen:
            self.run(TakeAssessmentStep(campaign_id=self.id, step=step, assessments=chosen))

    def grade(self, share: int, by: Actor) -> int:
        """The first so many of a hundred who have a proposal get it."""
        deciding = self.board().sheet.scheme.deciding.key
        lines = [
            line
            for line in self.board().lines
            if line.standing == IN and line.step == deciding and line.proposal and line.grade is None
        ]
        given = tuple(
            GradeGiven(assessment_id=line.id, expected_version=line.version)
            for line in lines[: len(lines) * share // 100]
        )
        if given:
            self.run(DecideGrades(campaign_id=self.id, grades=given), by)
        return len(given)


def evaluation(suite: Suite, clerk: Actor, second: Actor) -> str:
    """The evaluation of duty units of last year, from the reports to the published result."""
    year, rng = suite.today.year - 1, Random(SEED)
    season = Season(suite, clerk, "popularization.evaluation", f"{year} 年度谁执法谁普法履职评估", year)
    found = season.board()
    for line in (line for line in found.lines if line.standing == IN):
        level = Decimal(rng.randint(70, 99)) / 100
        scores: defaultdict[str, list[ScoreGiven]] = defaultdict(list)
        for item in found.sheet.criteria:
            if item.part is SheetPart.ITEM:
                scores[item.sources[0].value].append(_score(item, level, rng))
        for source, given in scores.items():
            season.run(ScoreAssessment(assessment_id=line.id, source=source, scores=tuple(given)))
        judged = [_score(item, level, rng) for item in found.sheet.criteria if item.independent > 1]
        season.run(ScoreAssessment(assessment_id=line.id, source="review", scores=tuple(judged)), second)
    _third_scores(season, suite.actor())
    season.take("report", 100)
    season.take("collect", 100)
    season.run(ProposeGrades(campaign_id=season.id))
    graded = season.grade(100, clerk)
    return f"{len(found.lines)} 个责任单位，已评定 {graded}，{_publish(season)}"


def _third_scores(season: Season, third: Actor) -> None:
    """Where two differ too far a third scores."""
    for line in season.board().lines:
        if line.asking:
            given = tuple(ScoreGiven(item=key, found=Decimal("0.8")) for key in sorted(line.asking))
            season.run(ScoreAssessment(assessment_id=line.id, source="review", scores=given), third)


def _publish(season: Season) -> str:
    """Show the result, answer one objection, publish."""
    shown = season.suite.today - dt.timedelta(days=20)
    lines = [line for line in season.board().lines if line.grade is not None]
    if not lines or any(line.grade is None for line in season.board().lines if line.standing == IN):
        return "尚未公示"
    noticed = season.run(
        NoticeCampaign(campaign_id=season.id, expected_version=season.board().campaign.version, on=shown)
    )
    raised = season.run(
        RaiseObjection(assessment_id=lines[-1].id, text="以案释法漏计 2 件，附发布链接", on=shown)
    )
    season.run(
        DecideObjection(
            objection_id=raised.result["objection_id"],
            grade=lines[-1].grade,
            reason="经核实不影响等次",
            on=shown + dt.timedelta(days=3),
        )
    )
    season.run(
        CloseCampaign(
            campaign_id=season.id,
            expected_version=noticed.result["version"],
            document_no=f"石普法办〔{season.suite.today.year}〕12号",
        )
    )
    return "已公布"


def _score(item: Criterion, level: Decimal, rng: Random) -> ScoreGiven:
    """About the unit's level, a little off, in the item's own measure."""
    share = min(max(level + Decimal(rng.randint(-8, 5)) / 100, Decimal(0)), Decimal(1))
    due, evidence = None, "评分记录"
    match item.measure:
        case SheetMeasure.RATIO:
            due, evidence = Decimal(rng.randint(8, 30)), "统计报表"
            found = (due * share).to_integral_value()
        case SheetMeasure.COUNT | SheetMeasure.THRESHOLD:
            found, evidence = (item.full * share).to_integral_value(), "附件清单"
        case SheetMeasure.MEAN:
            found, evidence = (100 * share).quantize(Decimal("0.1")), "问卷 52 份"
        case SheetMeasure.RATING:
            found = share.quantize(Decimal("0.01"))
    return ScoreGiven(item=item.key, found=found, due=due, evidence=evidence)
