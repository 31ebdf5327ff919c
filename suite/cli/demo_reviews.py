"""Last year's reviews for the demonstration: lawyers and firms from the first report to the publication, with
a reminder, a deferred one and an objection; public lawyers, some of them late; duty lawyers by their pool."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from suite.cli.demo_seasons import Season
from suite.kernel.assessment.commands import (
    ChangeStanding,
    CloseCampaign,
    DecideGrades,
    DecideObjection,
    GradeGiven,
    NoticeCampaign,
    RaiseObjection,
    RemindParticipants,
    TakeAssessmentStep,
)
from suite.kernel.assessment.measuring import ScoreFromRecords
from suite.kernel.assessment.standing import DEFERRED, IN, WALKING
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.tables import Subject

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor
    from suite.kernel.assessment.boards import BoardLine

#: How many of a hundred hand in by themselves; the others are reminded.
PUNCTUAL = 92
#: So many are on duty.
ON_DUTY = 6
#: Day and month of each act, in the year after the one that is reviewed: March to June, as the law has it.
HANDED_IN, REMINDED, LATE = (3, 25), (4, 2), (4, 10)
COUNTY, CONFIRMED, GRADED, STAMPED = (4, 17), (4, 22), (4, 28), (5, 6)
NOTICED, DISPUTED, ANSWERED, PUBLISHED = (5, 8), (5, 11), (5, 14), (6, 5)


class Review:
    """A season whose acts have the days on which they fall by law."""

    def __init__(self, suite: Suite, clerk: Actor, scheme: str, title: str) -> None:
        self.year = suite.today.year - 1
        self.season = Season(suite, clerk, scheme, f"{self.year} 年度{title}", self.year)

    def day(self, wanted: tuple[int, int]) -> dt.date:
        """A day of the year after, never one that lies ahead."""
        return min(dt.date(self.year + 1, *wanted), self.season.suite.today)

    def waiting(self, step: str) -> list[BoardLine]:
        """Who waits for a step."""
        return [line for line in self.season.board().lines if line.standing in WALKING and line.step == step]

    def take(self, step: str, lines: list[BoardLine], on: tuple[int, int], note: str = "") -> int:
        """They take a step on a day; returns how many."""
        chosen = tuple(line.id for line in lines)
        if chosen:
            self.season.run(
                TakeAssessmentStep(
                    campaign_id=self.season.id, step=step, assessments=chosen, on=self.day(on), note=note
                )
            )
        return len(chosen)

    def hand_in(self, step: str) -> int:
        """Most do in time, the others after a reminder; returns how many were reminded."""
        lines = self.waiting(step)
        punctual = len(lines) * PUNCTUAL // 100
        self.take(step, lines[:punctual], HANDED_IN)
        self.remind(step, lines[punctual:])
        return self.take(step, lines[punctual:], LATE, "经催报后报送")

    def remind(self, step: str, lines: list[BoardLine]) -> None:
        """Note that they were reminded."""
        if lines:
            ids = tuple(line.id for line in lines)
            self.season.run(
                RemindParticipants(
                    campaign_id=self.season.id, step=step, assessments=ids, on=self.day(REMINDED),
                    document="考核催报通知",
                )
            )  # fmt: skip

    def defer(self, reason: str) -> str:
        """The last one who takes part is put off; returns the name."""
        line = next(line for line in reversed(self.season.board().lines) if line.standing == IN)
        self.season.run(
            ChangeStanding(
                assessment_id=line.id, expected_version=line.version, standing=DEFERRED, reason=reason
            )
        )
        return line.name

    def grade(self, by: Actor) -> int:
        """Everybody gets what the records propose."""
        deciding = self.season.board().sheet.scheme.deciding.key
        given = tuple(
            GradeGiven(assessment_id=line.id, expected_version=line.version)
            for line in self.waiting(deciding)
            if line.standing == IN
        )
        self.season.run(DecideGrades(campaign_id=self.season.id, grades=given, on=self.day(GRADED)), by)
        return len(given)

    def publish(self, by: Actor, grade: str, text: str, reason: str, document: str) -> None:
        """Show the results, let one be disputed and answer it, publish."""
        season, version = self.season, self.season.board().campaign.version
        season.run(NoticeCampaign(campaign_id=season.id, expected_version=version, on=self.day(NOTICED)))
        graded = [line for line in season.board().lines if line.grade is not None]
        line = next((line for line in graded if line.grade == grade), graded[-1])
        raised = season.run(RaiseObjection(assessment_id=line.id, text=text, on=self.day(DISPUTED)))
        season.run(
            DecideObjection(
                objection_id=raised.result["objection_id"], grade=line.grade, reason=reason,
                on=self.day(ANSWERED),
            ),
            by,
        )  # fmt: skip
        season.run(
            CloseCampaign(
                campaign_id=season.id, expected_version=season.board().campaign.version,
                document_no=document, on=self.day(PUBLISHED),
            )
        )  # fmt: skip


def reviews(suite: Suite, clerk: Actor, association: Actor) -> str:
    """Lawyers, firms and public lawyers, one after another."""
    lawyers = Review(suite, clerk, "lawyers.lawyer_review", "律师执业年度考核")
    deferred = lawyers.defer("涉嫌私自收案正在调查，作出结论以前暂缓评定")
    reminded = lawyers.hand_in("self")
    graded = lawyers.grade(association)
    lawyers.take("stamp", lawyers.waiting("stamp"), STAMPED)
    lawyers.publish(
        association,
        "basically_competent",
        "对考核结果有异议，认为所涉投诉已经和解，申请复查",
        "经复查，投诉所涉行为已经查实，和解不影响等次",
        f"石律协〔{suite.today.year}〕18号",
    )
    bodies = Review(suite, clerk, "lawyers.body_review", "律师事务所年度检查考核")
    bodies.hand_in("report")
    for step, day in (("county", COUNTY), ("association", CONFIRMED)):
        bodies.take(step, bodies.waiting(step), day)
    firms = bodies.grade(clerk)
    bodies.take("stamp", bodies.waiting("stamp"), STAMPED)
    bodies.publish(
        clerk,
        "unqualified",
        "执业情况报告中的业务数量统计有误，申请更正",
        "经核对，更正统计数，不影响等次",
        f"石司〔{suite.today.year}〕33号",
    )
    return (
        f"律师评定 {graded:,} 人（催报 {reminded}，{deferred}暂缓），律所 {firms:,} 家，均已公布；"
        f"{_public(suite, clerk)}；{_duty(suite, clerk)}"
    )


def _public(suite: Suite, clerk: Actor) -> str:
    """Some units have not answered though the day is long over: what a cockpit and a desk are for."""
    review = Review(suite, clerk, "lawyers.public_review", "公职律师、公司律师年度考核")
    lines = review.waiting("unit")
    punctual = len(lines) * PUNCTUAL // 100
    review.take("unit", lines[:punctual], HANDED_IN)
    review.remind("unit", lines[punctual:])
    return f"公职律师、公司律师 {len(lines):,} 人，{len(lines) - punctual} 人逾期未报"


def _duty(suite: Suite, clerk: Actor) -> str:
    """Lawyers enter the pool, which the record follows; whoever was in it last year is judged."""
    year = suite.today.year - 1
    with suite.reading() as session:
        found = select(Subject.id).where(Subject.kind == "lawyers.lawyer", Subject.status == "active")
        ids = list(session.scalars(found.order_by(Subject.id).limit(ON_DUTY)))
    entered = tuple(
        EntryEdit(
            values={
                "title": "石家庄市第一看守所", "site": "detention", "day": dt.date(year, 1, 6),
                "subject": (number,),
            }
        )
        for number in ids
    )  # fmt: skip
    suite.run(SaveLedgerEntries(ledger="lawyers.duty_pool", rows=entered), clerk)
    review = Review(suite, clerk, "lawyers.duty_review", "值班律师服务质量考核")
    review.season.run(ScoreFromRecords(campaign_id=review.season.id))
    reported = review.take("report", review.waiting("report"), HANDED_IN)
    return f"值班律师 {len(review.season.board().lines)} 人，已报送 {reported}"
