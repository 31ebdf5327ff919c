"""Grades: what records and points propose, what a person decides, and why that is something else."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select

from suite.contract.assessment import AssessmentRecords
from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind
from suite.database.bulk import update_rows
from suite.kernel.assessment.boards import group_titles
from suite.kernel.assessment.commands import DecideGrades, GradeGiven, ProposeGrades
from suite.kernel.assessment.following import follow_grades
from suite.kernel.assessment.grading import no_better, with_quotas
from suite.kernel.assessment.opening import ASSESSMENTS, proposal_by_rules
from suite.kernel.assessment.records import candidates, period_of
from suite.kernel.assessment.schemes import Sheet, require_everywhere
from suite.kernel.assessment.scores import vetoed
from suite.kernel.assessment.standing import (
    AT_ANY_TIME,
    CLOSED,
    IN,
    campaign_of,
    changed,
    day_problems,
    hold_assessments,
    note_event,
    reason_problems,
    refuse_any,
    sheet_of_campaign,
    stale,
)
from suite.kernel.executor.work import Transaction
from suite.tables import Assessment, Campaign

NAMED = 5


def propose_grades(command: ProposeGrades, work: Transaction) -> Done:
    """Work the proposals out anew: a complaint that was decided late, a total that is complete now.

    Whoever has a grade keeps it, and the place in its quota that it takes.
    """
    campaign = campaign_of(work, command.campaign_id, states=AT_ANY_TIME)
    sheet = sheet_of_campaign(work, campaign)
    # Who sees but a part would count the quotas of a part.
    require_everywhere(work, sheet.scheme, "assessment:run")
    everybody = list(
        work.session.scalars(
            select(Assessment).where(Assessment.campaign_id == campaign.id, Assessment.standing == IN)
        )
    )
    rows = [row for row in everybody if row.grade is None]
    records = _records(sheet, campaign, work) if sheet.scheme.proposals or not sheet.criteria else {}
    found = (
        _by_points(sheet, rows, everybody, records, work)
        if sheet.criteria
        else _by_records(sheet, rows, records)
    )
    changes = [
        {"id": row.id, "proposal": grade, "proposed_by": why, "version": row.version + 1}
        for row in rows
        if (found.get(row.id) is not None)
        for grade, why in [found[row.id]]
        if (row.proposal, row.proposed_by) != (grade, why)
    ]
    update_rows(work.connection, ASSESSMENTS, "id", changes)
    return Done(
        text=f"已重新测算，{len(changes):,} 个对象的等次建议有变化",
        changes=(changed(campaign),),
        result={"changed": len(changes)},
    )


def proposal_of(
    work: Transaction, campaign: Campaign, sheet: Sheet, row: Assessment
) -> tuple[str | None, str]:
    """The grade that the points of one lead to among the others as they are graded, and why."""
    everybody = list(
        work.session.scalars(
            select(Assessment).where(Assessment.campaign_id == campaign.id, Assessment.standing == IN)
        )
    )
    records = _records(sheet, campaign, work) if sheet.scheme.proposals else {}
    return _by_points(sheet, [row], everybody, records, work).get(row.id, (row.proposal, row.proposed_by))


def _records(sheet: Sheet, campaign: Campaign, work: Transaction) -> dict[int, AssessmentRecords]:
    """Subject → what the records say now of the season's period."""
    period = period_of(campaign, work)
    return {
        candidate.subject_id: candidate.records
        for key in sheet.scheme.kinds
        for candidate in candidates(work.session, work.catalog, work.catalog.kind(key), period, sheet.scheme)
    }


def _by_records(
    sheet: Sheet, rows: Sequence[Assessment], records: Mapping[int, AssessmentRecords]
) -> dict[int, tuple[str | None, str]]:
    return {
        row.id: proposal_by_rules(sheet.scheme, records[row.subject_id])
        for row in rows
        if row.subject_id in records
    }


def _by_points(
    sheet: Sheet,
    rows: Sequence[Assessment],
    everybody: Sequence[Assessment],
    records: Mapping[int, AssessmentRecords],
    work: Transaction,
) -> dict[int, tuple[str | None, str]]:
    """What the totals of some lead to among everybody who takes part, with the quotas of each group, and no
    better than the records allow; whose sheet is not complete has no proposal yet.

    The others' grades take their places in the quotas, which are shares of all of a group.
    """
    groups: defaultdict[str | None, dict[int, Decimal]] = defaultdict(dict)
    subjects = {row.id: row.subject_id for row in rows}
    sizes = Counter(row.group for row in everybody)
    taken = Counter((row.group, row.grade) for row in everybody if row.id not in subjects)
    for row in rows:
        if row.total is not None:
            groups[row.group][row.id] = row.total
    vetoes = vetoed(work.session, sheet, rows)
    shares = sheet.terms.quotas
    found: dict[int, tuple[str | None, str]] = {}
    for group, totals in groups.items():
        places = {key: int(share * sizes[group]) - taken[group, key] for key, share in shares.items()}
        for number, placed in with_quotas(totals, sheet.grades, places, frozenset(vetoes)).items():
            why = f"得分 {totals[number]}"
            if number in vetoes:
                why += f"；一票否决：{'、'.join(vetoes[number])}"
            if placed.squeezed:
                why += "，达到更高等次的分数线，但受名额限制"
            known = records.get(subjects[number])
            if known is None:
                found[number] = (placed.grade.key, why)
            else:
                bound = no_better(placed.grade, known, sheet.grades, sheet.scheme.proposals)
                words = [why, *(f"{rule.text}（{rule.article}）" for rule in bound.reasons)]
                found[number] = (bound.grade.key, "；".join(words)[:500])
    return found


def decide_grades(command: DecideGrades, work: Transaction) -> Done:
    """Decide them all or none; a late one stands at once where the results are published. Raises Refused for
    a step that is not reached, a departure without a reason, and a grade of which there are more than its
    quota allows."""
    campaign = campaign_of(work, command.campaign_id, states=AT_ANY_TIME)
    sheet = sheet_of_campaign(work, campaign)
    on = command.on or work.today
    given = {item.assessment_id: item for item in command.grades}
    rows = hold_assessments(work, campaign, list(given), sheet.scheme.deciding.action)
    # Held from here on: two desks together must not grade more than a quota allows.
    campaign = campaign_of(work, command.campaign_id, states=AT_ANY_TIME, held=True)
    for row in rows:
        if given[row.id].expected_version != row.version:
            raise stale(row)
    problems = list(day_problems(on, work.today, campaign))
    blocked = [problem for row in rows for problem in _grade_problems(sheet, row, given[row.id])]
    problems += blocked[:NAMED]
    if len(blocked) > NAMED:
        text = f"另有 {len(blocked) - NAMED} 个对象也不能这样评定，请先筛选。"
        problems.append(Problem(code="grade.more", text=text, field="grades"))
    refuse_any(problems)
    for row in rows:
        settle_grade(work, sheet, row, given[row.id].grade or row.proposal or "", given[row.id].reason, on)
        row.step = sheet.scheme.after(row.step)
    work.session.flush()
    refuse_any(list(quota_problems(work, campaign, sheet)))
    counts = Counter(row.grade for row in rows)
    words = "，".join(f"{grade.title} {counts[grade.key]:,}" for grade in sheet.grades if counts[grade.key])
    measures, changes = 0, tuple[Change, ...]()
    if campaign.state == CLOSED:
        measures, changes = follow_grades(work, sheet.scheme, campaign, rows, on)
    return Done(
        text=f"已评定：{words}" + (f"，结果运用 {measures} 项" if measures else ""),
        changes=(changed(campaign), *changes),
        result={"graded": len(rows)},
    )


def settle_grade(
    work: Transaction, sheet: Sheet, row: Assessment, grade: str, reason: str, on: dt.date
) -> None:
    """Write a grade, by whom and why; the event keeps what it was."""
    title = sheet.scheme.by_grade[grade].title
    row.grade, row.graded_by, row.graded_on = grade, work.actor.login, on
    row.departure, row.version = reason.strip(), row.version + 1
    note_event(work, row, "grade", f"评定为{title}", on, reason)


def _grade_problems(sheet: Sheet, row: Assessment, given: GradeGiven) -> Iterator[Problem]:
    def problem(code: str, text: str) -> Problem:
        return Problem(code=code, text=f"{row.name}：{text}", kind=ProblemKind.FORBIDDEN, field="grades")

    if row.standing != IN:
        yield problem("grade.standing", f"{row.rule_text or '不参加考核'}，不评定等次。")
        return
    step = sheet.scheme.by_step.get(row.step)
    if step is None or not step.decides:
        where = f"现在的环节是“{step.title}”" if step else "已经评定"
        yield problem("grade.not_now", f"{where}，不能评定等次。")
        return
    grade = given.grade or row.proposal
    if grade is None:
        yield problem("grade.none", "还没有等次建议，请选择等次并写明理由，或先完成评分。")
    elif grade not in sheet.scheme.by_grade:
        words = "、".join(f"{item.key}（{item.title}）" for item in sheet.grades)
        yield problem("grade.unknown", f"等次可选：{words}。")
    elif grade != row.proposal and reason_problems(given.reason):
        proposal = sheet.scheme.by_grade.get(row.proposal or "")
        words = proposal.title if proposal else "待测算"
        yield problem("grade.reason", f"与建议等次“{words}”不同，请写明理由。")


def quota_problems(work: Transaction, campaign: Campaign, sheet: Sheet) -> Iterator[Problem]:
    """A quota is a share of all in the same group who take part, graded or not yet."""
    for key, share in sheet.terms.quotas.items():
        title = sheet.scheme.by_grade[key].title
        counted = work.session.execute(
            select(
                Assessment.group,
                func.count(),
                func.count().filter(Assessment.grade == key),
            )
            .where(Assessment.campaign_id == campaign.id, Assessment.standing == IN)
            .group_by(Assessment.group)
        ).all()
        titles = group_titles(work.catalog, sheet.scheme, [group for group, _, _ in counted])
        for group, all_of_it, having in counted:
            most = int(share * all_of_it)
            if having > most:
                where = f"“{titles.get(group, group)}”组" if group else ""
                over = f"现评定 {having} 个，多出 {having - most} 个。"
                text = f"{where}“{title}”名额 {most} 个（{share:.0%}），{over}"
                yield Problem(code="grade.quota", text=text, kind=ProblemKind.FORBIDDEN, field="grades")
