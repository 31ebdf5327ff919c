"""Who does not take part in a review: ordered in public to do so by a day, and what follows then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.assessment import AssessmentScheme
from suite.contract.commands import Command, Done
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.kernel.assessment.following import DROPPED
from suite.kernel.assessment.standing import (
    AT_ANY_TIME,
    WALKING,
    campaign_of,
    changed,
    day_problems,
    hold_assessments,
    note_event,
    refuse_any,
    sheet_of_campaign,
)
from suite.kernel.executor.work import Transaction
from suite.tables import Assessment, GradeMeasure

NAMED = 5
MOST_NUMBER = 100


@dataclass(frozen=True, kw_only=True)
class AnnounceAbsence(Command):
    """Order in public those who have handed in nothing to take part by a day; what the scheme says follows
    when it passes stands among the measures until somebody carried it out.

    document_no: the announcement's number.
    """

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "公告责令限期接受考核"

    campaign_id: int
    assessments: tuple[int, ...]
    document_no: str
    on: dt.date | None = None


def key_of(scheme: AssessmentScheme) -> str:
    """What the measure of an absence is called."""
    return f"{scheme.key}.absence"


def announce_absence(command: AnnounceAbsence, work: Transaction) -> Done:
    """Note the order with its last day on each of them.

    Raises Refused where the scheme knows no such order, and for who has handed in or was ordered already.
    """
    campaign = campaign_of(work, command.campaign_id, states=AT_ANY_TIME)
    scheme = sheet_of_campaign(work, campaign).scheme
    if scheme.absence is None:
        text = f"“{scheme.title}”没有规定公告责令限期接受考核，请催报。"
        raise refuse("absence.none", text, ProblemKind.FORBIDDEN, field="campaign_id")
    on = command.on or work.today
    rows = hold_assessments(work, campaign, command.assessments, "assessment:run")
    problems = day_problems(on, work.today, campaign)
    if not 0 < len(command.document_no.strip()) <= MOST_NUMBER:
        text = f"请填写公告的文号，最多 {MOST_NUMBER} 字。"
        problems.append(Problem(code="required", text=text, field="document_no"))
    ordered = set(
        work.session.scalars(
            select(GradeMeasure.assessment_id).where(
                GradeMeasure.assessment_id.in_([row.id for row in rows]), GradeMeasure.key == key_of(scheme)
            )
        )
    )
    first = scheme.steps[0].key
    done = [row.name for row in rows if row.standing not in WALKING or row.step != first or row.id in ordered]
    if done:
        named = "、".join(done[:NAMED])
        text = f"{named}等 {len(done):,} 个对象已报送、不参加或已公告，不用公告。请刷新后再办。"
        problems.append(Problem(code="absence.done", text=text, kind=ProblemKind.STALE, field="assessments"))
    refuse_any(problems)
    due = on + dt.timedelta(days=int(work.parameters[scheme.absence.within]))
    for row in rows:
        work.session.add(
            GradeMeasure(
                assessment_id=row.id,
                profession=row.profession,
                district_code=row.district_code,
                association=row.association,
                key=key_of(scheme),
                title=scheme.absence.title,
                article=scheme.absence.article,
                on_date=on,
                due=due,
            )
        )
        note_event(
            work, row, "absence", "公告责令限期接受考核", on, f"{command.document_no.strip()}，限 {due} 前"
        )
    work.session.flush()
    return Done(
        text=f"已公告责令 {len(rows):,} 个对象在 {due} 前接受考核",
        changes=(changed(campaign),),
        result={"announced": len(rows), "due": due},
    )


def came_after_all(work: Transaction, scheme: AssessmentScheme, row: Assessment, on: dt.date) -> None:
    """Whoever hands in is ordered no more."""
    if scheme.absence is None:
        return
    for measure in work.session.scalars(
        select(GradeMeasure).where(
            GradeMeasure.assessment_id == row.id,
            GradeMeasure.key == key_of(scheme),
            GradeMeasure.settled_on.is_(None),
        )
    ):
        measure.settled_on, measure.settled_by = max(on, measure.on_date), work.actor.login
        measure.outcome, measure.note, measure.version = DROPPED, "已接受考核", measure.version + 1
