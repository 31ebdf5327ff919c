"""Grades of years past, taken over from the files (存量等次): each stands as the result of its year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import select

from suite.contract.assessment import AssessmentScheme
from suite.contract.commands import Change, Command, Done
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.database.bulk import insert_rows, update_rows
from suite.kernel.assessment.opening import ASSESSMENTS
from suite.kernel.assessment.schemes import kept_version, scheme_of
from suite.kernel.assessment.standing import (
    CLOSED,
    IN,
    MOST_REASON,
    OUTSIDE,
    UNKNOWN,
    changed,
    may,
    note_event,
    reason_problems,
    refuse_any,
    stale,
)
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Assessment, Campaign, Subject

FIRST_YEAR = 1980
WITHDRAWN = "已撤回存量等次"


@dataclass(frozen=True, kw_only=True)
class PastGrade:
    """The grade that somebody was given for a year, by a document where it is known."""

    subject_id: int
    year: int
    grade: str
    document_no: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordPastGrades(Command):
    """Take over grades of years for which no season ran here. All or none.

    `run`: the import that they came with, where they came by a workbook.
    """

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "登记往年等次"

    scheme: str
    rows: tuple[PastGrade, ...]
    run: int | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawPastGrade(Command):
    """Take back a grade that was wrongly taken over; it stays readable with the reason."""

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "撤回往年等次"

    assessment_id: int
    expected_version: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands against a past grade, and what it would be: new, the same as recorded, or another one."""

    problem: Problem | None = None
    former: Assessment | None = None

    def same(self, given: PastGrade) -> bool:
        """Whether just this is recorded already."""
        return self.former is not None and self.former.grade == given.grade


def judge_past(scheme: AssessmentScheme, rows: Sequence[PastGrade], work: Transaction) -> list[Standing]:
    """Row by row: what stands against it. Nothing is written."""
    subjects = _subjects(work, {row.subject_id for row in rows})
    seasons = _seasons(work, scheme)
    former = _recorded(work, [season for season in seasons.values() if season.recorded])
    seen: set[tuple[int, int]] = set()
    found = []
    for row in rows:
        subject, season = subjects.get(row.subject_id), seasons.get(row.year)
        problem = None
        if subject is None or subject.kind not in scheme.kinds or not _within(work, scheme, subject):
            text = f"名册中没有这一对象，或它不参加“{scheme.title}”，或不在您的管理范围内。"
            problem = Problem(code="past.subject", text=text, field="subject_id")
        elif not FIRST_YEAR <= row.year < work.today.year:
            text = f"年度应在 {FIRST_YEAR} 至 {work.today.year - 1} 之间，现为 {row.year}。"
            problem = Problem(code="past.year", text=text, field="year")
        elif row.grade not in scheme.by_grade:
            words = "、".join(grade.title for grade in scheme.grades)
            problem = Problem(code="grade.unknown", text=f"等次可选：{words}。", field="grade")
        elif season is not None and not season.recorded:
            text = f"{row.year} 年度的“{season.title}”在本系统开展，等次以其结果为准。"
            problem = Problem(code="past.season", text=text, kind=ProblemKind.FORBIDDEN, field="year")
        elif (row.subject_id, row.year) in seen:
            text = f"{subject.name} {row.year} 年度的等次在同一批中有两行，请只留一行。"
            problem = Problem(code="past.twice", text=text, field="year")
        seen.add((row.subject_id, row.year))
        found.append(Standing(problem=problem, former=former.get((row.year, row.subject_id))))
    return found


def record_past(command: RecordPastGrades, work: Transaction) -> Done:
    """Write the grades, each as the result of its year's season. Raises Refused, all at once, row by row."""
    scheme = scheme_of(work.catalog, command.scheme)
    if not command.rows:
        raise refuse("past.none", "请至少登记一个等次。", field="rows")
    judged = judge_past(scheme, command.rows, work)
    refuse_any([item.problem.at(row=place) for place, item in enumerate(judged) if item.problem is not None])
    subjects = _subjects(work, {row.subject_id for row in command.rows})
    seasons = _opened(work, scheme, {row.year for row in command.rows})
    new: list[dict[str, Any]] = []
    other: list[dict[str, Any]] = []
    for given, item in zip(command.rows, judged, strict=True):
        if item.former is None:
            season = seasons[given.year]
            new.append(_row(season, subjects[given.subject_id], given, command.run, work))
        elif not item.same(given):
            other.append(
                {
                    "id": item.former.id,
                    "grade": given.grade,
                    "standing": IN,
                    "rule_text": "",
                    "departure": given.document_no.strip()[:MOST_REASON],
                    "run_id": command.run,
                    "version": item.former.version + 1,
                }
            )
    insert_rows(work.connection, ASSESSMENTS, new)
    update_rows(work.connection, ASSESSMENTS, "id", other)
    return Done(
        text=f"已登记往年等次：新增 {len(new):,}，更正 {len(other):,}",
        changes=(Change(kind=scheme.key, ids=tuple(season.id for season in seasons.values())),),
        result={"new": len(new), "changed": len(other)},
    )


def withdraw_past(command: WithdrawPastGrade, work: Transaction) -> Done:
    """Take one back. Raises Refused for a grade that a season here came to."""
    row = work.session.get(Assessment, command.assessment_id)
    if row is None or not may(work.actor, "assessment:run", row):
        raise refuse("assessment.unknown", UNKNOWN, field="assessment_id")
    campaign = work.session.get_one(Campaign, row.campaign_id)
    problems = reason_problems(command.reason)
    if not campaign.recorded or row.grade is None:
        text = f"{row.name}的等次不是存量登记的，不能撤回；结果有误的请登记异议后更正。"
        problems.append(
            Problem(code="past.season", text=text, kind=ProblemKind.FORBIDDEN, field="assessment_id")
        )
    refuse_any(problems)
    if command.expected_version != row.version:
        raise stale(row)
    withdraw([row], command.reason, work)
    return Done(
        text=f"{row.name}：{WITHDRAWN}", changes=(changed(campaign),), result={"version": row.version}
    )


def withdraw(rows: Iterable[Assessment], reason: str, work: Transaction) -> None:
    """The grades no longer stand; the rows stay with the reason."""
    for row in rows:
        row.grade, row.standing, row.run_id = None, OUTSIDE, None
        row.rule_text, row.version = f"{WITHDRAWN}：{reason.strip()}"[:MOST_REASON], row.version + 1
        note_event(work, row, "withdrawn", WITHDRAWN, work.today, reason)
    work.session.flush()


def _within(work: Transaction, scheme: AssessmentScheme, subject: Subject) -> bool:
    return any(
        scope.holds(scheme.owner, subject.district_code, subject.association)
        for scope in work.actor.scopes(f"{scheme.owner}:assessment:run")
    )


def _subjects(work: Transaction, ids: set[int]) -> dict[int, Subject]:
    found: dict[int, Subject] = {}
    for part in chunks(sorted(ids)):
        found |= {row.id: row for row in work.session.scalars(select(Subject).where(Subject.id.in_(part)))}
    return found


def _seasons(work: Transaction, scheme: AssessmentScheme) -> dict[int, Campaign]:
    """Year → the season of its records, or the one that ran here."""
    rows = work.session.scalars(
        select(Campaign).where(Campaign.scheme == scheme.key).order_by(Campaign.recorded.desc(), Campaign.id)
    )
    return {year: row for row in rows for year in range(row.first.year, row.last.year + 1)}


def _recorded(work: Transaction, seasons: Sequence[Campaign]) -> dict[tuple[int, int], Assessment]:
    """Year and subject → what is recorded."""
    years = {season.id: season.first.year for season in seasons}
    rows = work.session.scalars(select(Assessment).where(Assessment.campaign_id.in_(years)))
    return {(years[row.campaign_id], row.subject_id): row for row in rows}


def _opened(work: Transaction, scheme: AssessmentScheme, years: set[int]) -> dict[int, Campaign]:
    """The seasons that hold the grades of these years, made where they are not there."""
    found = _seasons(work, scheme)
    for year in sorted(years - found.keys()):
        found[year] = Campaign(
            version_id=kept_version(work, scheme),
            scheme=scheme.key,
            profession=scheme.owner,
            title=f"{year} 年度{scheme.title}（存量）",
            first=dt.date(year, 1, 1),
            last=dt.date(year, 12, 31),
            frozen_on=dt.date(year, 12, 31),
            state=CLOSED,
            opened_by=work.actor.login,
            opened_at=work.now,
            closed_on=work.today,
            recorded=True,
        )
        work.session.add(found[year])
    work.session.flush()
    return {year: found[year] for year in years}


def _row(
    season: Campaign, subject: Subject, given: PastGrade, run: int | None, work: Transaction
) -> dict[str, Any]:
    return {
        "campaign_id": season.id,
        "subject_id": subject.id,
        "profession": season.profession,
        "district_code": subject.district_code,
        "association": subject.association,
        "name": subject.name,
        "body_id": subject.body_id,
        "group": None,
        "standing": IN,
        "rule": None,
        "rule_text": "",
        "step": "",
        "total": None,
        "proposal": None,
        "proposed_by": "",
        "grade": given.grade,
        "departure": given.document_no.strip()[:MOST_REASON],
        "graded_by": work.actor.login,
        "graded_on": work.today,
        "run_id": run,
        "version": 1,
    }
