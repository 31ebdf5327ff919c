"""For the demonstration: the integrity grades of appraisal institutions, and grades of years past."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from suite.cli.demo_seasons import Season
from suite.cli.demo_workbooks import SEED
from suite.kernel.assessment.commands import (
    CloseCampaign,
    NoticeCampaign,
    ProposeGrades,
    ScoreAssessment,
    ScoreGiven,
)
from suite.kernel.assessment.following import SettleMeasure
from suite.kernel.assessment.measuring import ScoreFromRecords
from suite.kernel.assessment.past import PastGrade, RecordPastGrades
from suite.kernel.assessment.regrading import Regrade
from suite.kernel.assessment.standing import IN
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.tables import GradeMeasure, Subject

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

INSTITUTION = "appraisal.appraisal_institution"
JUDGED = ("management", "charges", "archives", "procedure")


def integrity(suite: Suite, clerk: Actor) -> str:
    """The grades of last year from the records to the published result; one is rated again afterwards."""
    year, rng = suite.today.year - 1, Random(f"{SEED}:integrity")
    _ledgers(suite, clerk, year, rng)
    season = Season(suite, clerk, "appraisal.integrity", f"{year} 年度司法鉴定机构诚信等级评估", year)
    season.run(ScoreFromRecords(campaign_id=season.id))
    lines = [line for line in season.board().lines if line.standing == IN]
    for line in lines:
        level = Decimal(rng.randint(75, 100)) / 100
        judged = tuple(ScoreGiven(item=item, found=level, evidence="评估组检查记录") for item in JUDGED)
        season.run(ScoreAssessment(assessment_id=line.id, source="review", scores=judged))
        told = ScoreGiven(item="service", found=Decimal(rng.randint(82, 98)), evidence="问卷")
        lacking = tuple(
            ScoreGiven(item=item, found=None, evidence="当年没有安排")
            for item in ("proficiency", "papers")
            if item not in line.points
        )
        season.run(ScoreAssessment(assessment_id=line.id, source="survey", scores=(told,)))
        if lacking:
            season.run(ScoreAssessment(assessment_id=line.id, source="review", scores=lacking))
    season.take("self", 100)
    season.take("first", 100)
    season.run(ProposeGrades(campaign_id=season.id))
    graded = season.grade(100, clerk)
    return f"{len(lines)} 家机构，已评定 {graded}，{_publish(season)}"


def _ledgers(suite: Suite, clerk: Actor, year: int, rng: Random) -> None:
    """What the grades read: a test of proficiency and a review of reports for nearly everybody."""
    with suite.reading() as session:
        ids = list(
            session.scalars(select(Subject.id).where(Subject.kind == INSTITUTION).order_by(Subject.id))
        )
    chosen = [number for number in ids if rng.random() < 0.9]
    results = ("satisfactory",) * 8 + ("passed",) * 3 + ("failed",)
    tests = [
        {
            "title": "法医临床伤残等级鉴定", "subject": (number,), "day": dt.date(year, 9, 20),
            "provider": "司法鉴定科学研究院", "result": rng.choice(results),
        }
        for number in chosen
    ]  # fmt: skip
    reviewed = [
        {
            "title": f"{year} 年文书质量评查", "subject": (number,), "day": dt.date(year, 11, 10),
            "sampled": 20, "unqualified": rng.choice((0, 0, 0, 1, 2)),
        }
        for number in chosen
    ]  # fmt: skip
    for ledger, rows in (("appraisal.proficiency", tests), ("appraisal.report_review", reviewed)):
        edits = tuple(EntryEdit(values=values) for values in rows)
        suite.run(SaveLedgerEntries(ledger=ledger, rows=edits), clerk)


def _publish(season: Season) -> str:
    """Show, publish, carry a measure out, and rate one again because of a penalty."""
    shown = season.suite.today - dt.timedelta(days=20)
    board = season.board()
    if any(line.grade is None for line in board.lines if line.standing == IN):
        return "尚未公示"
    version = board.campaign.version
    season.run(NoticeCampaign(campaign_id=season.id, expected_version=version, on=shown))
    document = f"石司〔{season.suite.today.year}〕21号"
    season.run(CloseCampaign(campaign_id=season.id, expected_version=version + 1, document_no=document))
    with season.suite.reading() as session:
        waiting = session.scalars(
            select(GradeMeasure).where(GradeMeasure.settled_on.is_(None)).order_by(GradeMeasure.id).limit(1)
        ).first()
    if waiting is not None:
        season.run(
            SettleMeasure(
                measure_id=waiting.id, expected_version=waiting.version, note="已按等级调整检查计划"
            )
        )
    best = next((line for line in season.board().lines if line.grade == "b"), None)
    if best is not None:
        season.run(
            Regrade(
                assessment_id=best.id,
                expected_version=best.version,
                event="incident",
                grade="c",
                reason="检材保管不善，造成无法重新鉴定",
            )
        )
    return "已公布"


def past_grades(suite: Suite, clerk: Actor) -> str:
    """The lawyers' grades of two years, as they stood in the files."""
    year, rng = suite.today.year - 2, Random(f"{SEED}:past")
    with suite.reading() as session:
        ids = list(
            session.scalars(
                select(Subject.id).where(
                    Subject.kind == "lawyers.lawyer", Subject.valid_from < dt.date(year - 1, 1, 1)
                )
            )
        )
    rows = tuple(
        PastGrade(
            subject_id=number,
            year=of,
            grade="competent" if rng.random() < 0.97 else "basically_competent",
            document_no=f"石律协〔{of + 1}〕8号",
        )
        for number in ids
        for of in (year - 1, year)
    )
    if not rows:
        return "没有两年以前执业的律师"
    suite.run(RecordPastGrades(scheme="lawyers.lawyer_review", rows=rows), clerk)
    return f"{len(rows):,} 个"
