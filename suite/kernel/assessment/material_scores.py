"""What was handed in in time, scored on the sheet: for every participant whose grade is still open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from suite.contract.assessment import ScoreSource
from suite.contract.commands import Command, Done
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.assessment.commands import ScoreAssessment, ScoreGiven
from suite.kernel.assessment.material_results import MaterialLine, analysis
from suite.kernel.assessment.scores import score_assessment
from suite.kernel.assessment.standing import campaign_of, changed, may, sheet_of_campaign
from suite.kernel.executor.work import Transaction
from suite.tables import Assessment


@dataclass(frozen=True, kw_only=True)
class ScoreMaterials(Command):
    """Score every participant of a season by what it handed in in time (信息报送按时率)."""

    permission: ClassVar[str] = "{owner}:assessment:score"
    title: ClassVar[str] = "按信息报送计分"

    campaign_id: int


def score_materials(command: ScoreMaterials, work: Transaction) -> Done:
    """Write the scores. Raises Refused where the scheme has no materials."""
    campaign = campaign_of(work, command.campaign_id)
    sheet = sheet_of_campaign(work, campaign)
    materials = sheet.scheme.materials
    if materials is None or materials.feeds not in sheet.by_key:
        text = f"“{sheet.scheme.title}”没有按信息报送计分的评分项。"
        raise refuse("materials.none", text, ProblemKind.FORBIDDEN, field="campaign_id")
    found = analysis(work.session, work.actor, work.catalog, campaign.id, work.parameters, work.today)
    scored = 0
    for line in found.lines if found else ():
        row = work.session.get_one(Assessment, line.assessment_id)
        if row.grade is None and line.timeliness.due and may(work.actor, "assessment:score", row):
            given = ScoreGiven(
                item=materials.feeds,
                found=Decimal(len(line.timeliness.in_time)),
                due=Decimal(line.timeliness.due),
                evidence=told(line),
            )
            source = ScoreSource.ANALYSIS.value
            score_assessment(ScoreAssessment(assessment_id=row.id, source=source, scores=(given,)), work)
            scored += 1
    return Done(
        text=f"已按信息报送为 {scored} 个单位计分",
        changes=(changed(campaign),),
        result={"scored": scored},
    )


def told(line: MaterialLine) -> str:
    """How the periods stand, in words."""
    stood = line.timeliness
    parts = [f"应报 {stood.due} 期，按时 {len(stood.in_time)} 期"]
    for words, days in (("逾期", stood.late), ("内容过短", stood.short), ("未报", stood.missing)):
        if days:
            parts.append(f"{words} {len(days)} 期（{'、'.join(f'{day:%Y-%m}' for day in days)}）")
    return "，".join(parts)
