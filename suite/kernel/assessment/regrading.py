"""Looking again at a published grade when something grave happens: the grade is another one from then on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Command, Done
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.kernel.assessment.following import drop_measures, follow_grades
from suite.kernel.assessment.grades import settle_grade
from suite.kernel.assessment.standing import (
    CLOSED,
    MOST_REASON,
    UNKNOWN,
    campaign_of,
    changed,
    day_problems,
    hold_assessments,
    may,
    reason_problems,
    refuse_any,
    sheet_of_campaign,
    stale,
)
from suite.kernel.executor.work import Transaction
from suite.tables import Assessment


@dataclass(frozen=True, kw_only=True)
class Regrade(Command):
    """Give somebody another grade at once, after a season was published, because of a major event.

    event: one of those that the scheme names. Who may is who decides grades in the season.
    """

    permission: ClassVar[str] = "{owner}:assessment:read"
    title: ClassVar[str] = "即时复评"

    assessment_id: int
    expected_version: int
    event: str
    grade: str
    reason: str
    on: dt.date | None = None


def regrade(command: Regrade, work: Transaction) -> Done:
    """Write the new grade with its event; what the former one led to is dropped, what the new one does
    follows. Raises Refused where the scheme knows no such event or the season is not published."""
    found = work.session.get(Assessment, command.assessment_id)
    if found is None or not may(work.actor, "assessment:read", found):
        raise refuse("assessment.unknown", UNKNOWN, field="assessment_id")
    campaign = campaign_of(work, found.campaign_id, states=(CLOSED,))
    sheet = sheet_of_campaign(work, campaign)
    (row,) = hold_assessments(work, campaign, [found.id], sheet.scheme.deciding.action)
    if command.expected_version != row.version:
        raise stale(row)
    on, again = command.on or work.today, sheet.scheme.regrading
    problems = [*day_problems(on, work.today, campaign), *reason_problems(command.reason)]
    if again is None:
        text = f"“{sheet.scheme.title}”的结果公布后不能复评；结果有误的请撤销后另行处理。"
        problems.append(
            Problem(code="regrade.none", text=text, kind=ProblemKind.FORBIDDEN, field="assessment_id")
        )
    elif command.event not in again.events:
        words = "、".join(f"{key}（{title}）" for key, title in again.events.items())
        problems.append(Problem(code="regrade.event", text=f"复评事由可选：{words}。", field="event"))
    if row.grade is None:
        text = f"{row.name}没有等次，不能复评。"
        problems.append(
            Problem(code="regrade.ungraded", text=text, kind=ProblemKind.FORBIDDEN, field="assessment_id")
        )
    if command.grade not in sheet.scheme.by_grade or command.grade == row.grade:
        words = "、".join(f"{item.key}（{item.title}）" for item in sheet.grades if item.key != row.grade)
        problems.append(Problem(code="grade.unknown", text=f"等次可改为：{words}。", field="grade"))
    refuse_any(problems)
    event = again.events[command.event] if again is not None else ""
    former = sheet.scheme.by_grade[row.grade or ""].title
    settle_grade(work, sheet, row, command.grade, f"{event}：{command.reason.strip()}"[:MOST_REASON], on)
    drop_measures(work, row, f"复评后不再适用：{event}")
    measures, changes = follow_grades(work, sheet.scheme, campaign, [row], on)
    title = sheet.scheme.by_grade[command.grade].title
    return Done(
        text=f"{row.name}由{former}复评为{title}"
        + (f"，{measures} 项后续措施待落实或已落实" if measures else ""),
        changes=(changed(campaign), *changes),
        result={"version": row.version, "grade": row.grade, "measures": measures},
    )
