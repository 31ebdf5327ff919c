"""What a grade leads to once it stands: measures that wait until somebody carried them out (结果运用)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from suite.contract.assessment import AssessmentScheme, Graded, GradeEffect
from suite.contract.commands import Actor, Change, Command, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.assessment.progress import campaign_row
from suite.kernel.assessment.records import past_grades
from suite.kernel.assessment.standing import UNKNOWN, may, reason_problems, refuse_any
from suite.kernel.clocks.spans import last_of
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.ledgers.marking import standing_entries
from suite.kernel.ledgers.sheet import ledger_sheet
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Campaign, GradeMeasure

DONE, DROPPED = "done", "dropped"
OUTCOMES = {None: "待落实", DONE: "已落实", DROPPED: "不再适用"}


@dataclass(frozen=True, kw_only=True)
class SettleMeasure(Command):
    """Note that what a grade led to was carried out, and how."""

    permission: ClassVar[str] = "{owner}:assessment:report"
    title: ClassVar[str] = "登记结果运用"

    measure_id: int
    expected_version: int
    note: str
    on: dt.date | None = None


def effects_of(scheme: AssessmentScheme, graded: Graded) -> list[GradeEffect]:
    """What follows from a grade that stands."""
    return [
        effect
        for effect in scheme.effects
        if graded.grade in effect.grades and (effect.holds is None or effect.holds(graded))
    ]


def follow_grades(
    work: Transaction,
    scheme: AssessmentScheme,
    campaign: Campaign,
    rows: Iterable[Assessment],
    on: dt.date,
) -> tuple[int, tuple[Change, ...]]:
    """Write down what the grades of these lead to, and change the records that change by it.

    Returns how many measures there are. Raises Refused when a record cannot be changed: nothing stands then.
    """
    if not scheme.effects:
        return 0, ()
    past = past_grades(work.session, scheme.key, campaign.first)
    measures, leaving = 0, list[tuple[GradeEffect, int]]()
    for row in rows:
        if row.grade is None:
            continue
        graded = Graded(
            grade=row.grade,
            year=campaign.last.year,
            past=past.get(row.subject_id, {}),
            parameters=work.parameters,
        )
        for effect in effects_of(scheme, graded):
            work.session.add(_measure(work, row, effect, on))
            measures += 1
            if effect.ends is not None:
                leaving.append((effect, row.subject_id))
    work.session.flush()
    return measures, _end_entries(work, scheme, leaving, on)


def drop_measures(work: Transaction, row: Assessment, why: str) -> None:
    """What the former grade led to and nobody carried out yet is dropped: the grade is another one."""
    for measure in work.session.scalars(
        select(GradeMeasure).where(GradeMeasure.assessment_id == row.id, GradeMeasure.settled_on.is_(None))
    ):
        measure.settled_on, measure.settled_by = work.today, work.actor.login
        measure.outcome, measure.note, measure.version = DROPPED, why[:500], measure.version + 1


@dataclass(frozen=True, kw_only=True)
class MeasureLine:
    """One measure as a list shows it: of whom, by which grade of which season, and until when."""

    id: int
    campaign_id: int
    campaign: str
    assessment_id: int
    subject_id: int
    name: str
    grade: str
    title: str
    article: str
    on_date: dt.date
    due: dt.date | None
    settled_on: dt.date | None
    outcome: str | None
    note: str
    version: int
    until: dt.date | None = None

    @property
    def settles(self) -> bool:
        """Whether somebody has to carry it out; one that bars stands by itself."""
        return self.until is None

    def words(self, today: dt.date) -> str:
        """How it stands on a day."""
        if self.outcome is not None or self.until is None:
            return OUTCOMES[self.outcome]
        return "限制期满" if self.until < today else "限制期内"


def measure_lines(
    session: Session, actor: Actor, catalog: Catalog, *, campaign_id: int | None = None, settled: bool = False
) -> list[MeasureLine]:
    """The measures that the actor may see, those due first; `settled`: also what is done or dropped.

    Raises Refused for a season that is not there or may not be read.
    """
    if campaign_id is not None:
        campaign_row(session, actor, campaign_id)
    readable = [scheme.owner for scheme in catalog.schemes.values()]
    inside = [
        and_(
            GradeMeasure.profession == owner,
            scope_condition(GradeMeasure, actor.scopes(f"{owner}:assessment:read")),
        )
        for owner in dict.fromkeys(readable)
        if actor.may(f"{owner}:assessment:read")
    ]
    if not inside:
        return []
    conditions = [or_(*inside)]
    if campaign_id is not None:
        conditions.append(Campaign.id == campaign_id)
    if not settled:
        conditions.append(GradeMeasure.settled_on.is_(None))
    found = []
    for measure, row, campaign in session.execute(
        select(GradeMeasure, Assessment, Campaign)
        .join(Assessment, Assessment.id == GradeMeasure.assessment_id)
        .join(Campaign, Campaign.id == Assessment.campaign_id)
        .where(*conditions)
        .order_by(GradeMeasure.due.asc().nulls_last(), GradeMeasure.id)
    ):
        grade = catalog.schemes[campaign.scheme].by_grade.get(measure.grade or "")
        found.append(
            MeasureLine(
                id=measure.id,
                campaign_id=campaign.id,
                campaign=campaign.title,
                assessment_id=row.id,
                subject_id=row.subject_id,
                name=row.name,
                grade=grade.title if grade else "",
                title=measure.title,
                article=measure.article,
                on_date=measure.on_date,
                due=measure.due,
                settled_on=measure.settled_on,
                outcome=measure.outcome,
                note=measure.note,
                version=measure.version,
                until=measure.until,
            )
        )
    return found


def _measure(work: Transaction, row: Assessment, effect: GradeEffect, on: dt.date) -> GradeMeasure:
    due = on + dt.timedelta(days=int(work.parameters[effect.within])) if effect.within else None
    done = effect.ends is not None
    return GradeMeasure(
        assessment_id=row.id,
        profession=row.profession,
        district_code=row.district_code,
        association=row.association,
        key=effect.key,
        title=effect.title,
        article=effect.article,
        on_date=on,
        grade=row.grade,
        until=_bars_until(work, effect, on),
        due=due,
        settled_on=on if done else None,
        settled_by=work.actor.login if done else None,
        outcome=DONE if done else None,
        note="已随结果更新台账" if done else "",
    )


def _bars_until(work: Transaction, effect: GradeEffect, on: dt.date) -> dt.date | None:
    """The last day on which it bars."""
    if effect.bars is None:
        return None
    return last_of(on, int(work.parameters[effect.bars]))


def _end_entries(
    work: Transaction, scheme: AssessmentScheme, leaving: Iterable[tuple[GradeEffect, int]], on: dt.date
) -> tuple[Change, ...]:
    """End what still stands about them in the ledger that an effect names."""
    wanted: dict[str, tuple[GradeEffect, list[int]]] = {}
    for effect, subject in leaving:
        wanted.setdefault(effect.key, (effect, []))[1].append(subject)
    changes: tuple[Change, ...] = ()
    for effect, subjects in wanted.values():
        if effect.ends is None:
            continue
        standing = standing_entries(work, ledger_sheet(work.catalog, effect.ends), subjects, on)
        values = {"until": on, **effect.sets}
        edits = tuple(EntryEdit(entry_id=number, values=values) for number in standing)
        if not edits:
            continue
        try:
            changes += work.run(SaveLedgerEntries(ledger=effect.ends, rows=edits)).changes
        except Refused as refused:
            raise Refused([_told(problem, scheme) for problem in refused.problems]) from refused
    return changes


def _told(problem: Problem, scheme: AssessmentScheme) -> Problem:
    text = f"“{scheme.title}”的结果没有公布，因为按结果更新台账时：{problem.text}"
    return Problem(code=problem.code, text=text, kind=problem.kind, severity=problem.severity)


def settle_measure(command: SettleMeasure, work: Transaction) -> Done:
    """Write how it was carried out. Raises Refused where it is settled already or was changed since."""
    measure = work.session.get(GradeMeasure, command.measure_id)
    row = work.session.get(Assessment, measure.assessment_id) if measure is not None else None
    if measure is None or row is None or not may(work.actor, "assessment:report", row):
        raise refuse("measure.unknown", UNKNOWN, field="measure_id")
    if command.expected_version != measure.version:
        text = f"{row.name}的“{measure.title}”已被他人登记过，请刷新。您填写的内容仍在。"
        raise refuse("measure.stale", text, ProblemKind.STALE, field="expected_version")
    on = command.on or work.today
    problems = reason_problems(command.note, "note")
    if measure.settled_on is not None:
        text = f"{row.name}的“{measure.title}”已于 {measure.settled_on} 落实。"
        problems.append(
            Problem(code="measure.settled", text=text, kind=ProblemKind.FORBIDDEN, field="measure_id")
        )
    if measure.until is not None:
        text = f"{row.name}的“{measure.title}”至 {measure.until} 自行期满，不用登记落实。"
        problems.append(
            Problem(code="measure.bars", text=text, kind=ProblemKind.FORBIDDEN, field="measure_id")
        )
    if not measure.on_date <= on <= work.today:
        text = f"落实日期 {on} 应在 {measure.on_date} 至 {work.today} 之间。"
        problems.append(Problem(code="measure.day", text=text, field="on"))
    refuse_any(problems)
    measure.settled_on, measure.settled_by = on, work.actor.login
    measure.outcome, measure.note = DONE, command.note.strip()
    measure.version += 1
    campaign = work.session.get_one(Campaign, row.campaign_id)
    return Done(
        text=f"{row.name}：“{measure.title}”已登记落实",
        changes=(Change(kind=campaign.scheme, ids=(campaign.id,)),),
        result={"version": measure.version},
    )
