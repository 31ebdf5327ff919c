"""From grades to results that stand: shown first, disputed, answered, published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import func, select

from suite.contract.assessment import ScoreSource
from suite.contract.commands import Done
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.contract.time_limits import Unit
from suite.kernel.assessment.commands import CloseCampaign, DecideObjection, NoticeCampaign, RaiseObjection
from suite.kernel.assessment.following import follow_grades
from suite.kernel.assessment.grades import proposal_of, quota_problems, settle_grade
from suite.kernel.assessment.schemes import Sheet, require_everywhere
from suite.kernel.assessment.scores import ItemScore, given_problems, items_of, summed, write_scores
from suite.kernel.assessment.standing import (
    CLOSED,
    DEFERRED,
    IN,
    MOST_REASON,
    NOTICED,
    campaign_of,
    changed,
    day_problems,
    hold_assessment,
    hold_assessments,
    note_event,
    reason_problems,
    refuse_any,
    sheet_of_campaign,
)
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.clocks.rules import due_of
from suite.kernel.executor.work import Transaction
from suite.tables import Assessment, Campaign, Objection

KEPT, CHANGED = "kept", "changed"


def notice_campaign(command: NoticeCampaign, work: Transaction) -> Done:
    """Show the results for the days that the scheme says, and for as long as they may be disputed.

    Raises Refused while a grade lacks.
    """
    campaign = campaign_of(work, command.campaign_id, held=True)
    sheet = sheet_of_campaign(work, campaign)
    require_everywhere(work, sheet.scheme, "assessment:run")
    _require_version(campaign, command.expected_version)
    on = command.on or work.today
    lacking = work.session.scalar(
        select(func.count()).where(
            Assessment.campaign_id == campaign.id, Assessment.standing == IN, Assessment.grade.is_(None)
        )
    )
    problems = day_problems(on, work.today, campaign)
    if lacking:
        text = f"还有 {lacking:,} 个对象没有评定等次，评定后再公示；确不能评定的，改为暂缓评定。"
        problems.append(
            Problem(code="campaign.lacking", text=text, kind=ProblemKind.FORBIDDEN, field="campaign_id")
        )
    refuse_any(problems)
    key = sheet.scheme.notice_days
    until = on + dt.timedelta(days=int(work.parameters[key])) if key else on
    disputed_until = _due(work, sheet.scheme.objection_limit, on)
    if disputed_until is not None:
        until = max(until, disputed_until)
    campaign.state, campaign.noticed_on, campaign.notice_until = NOTICED, on, until
    campaign.version += 1
    return Done(
        text=f"“{campaign.title}”结果自 {on} 公示至 {until}",
        changes=(changed(campaign),),
        result={"version": campaign.version, "until": until},
    )


def raise_objection(command: RaiseObjection, work: Transaction) -> Done:
    """Enter that a participant disputes the result; the clock of the answer begins."""
    campaign, row = hold_assessment(work, command.assessment_id, "assessment:report")
    sheet = sheet_of_campaign(work, campaign)
    on = command.on or work.today
    problems = [*day_problems(on, work.today, campaign), *reason_problems(command.text, "text")]
    if row.grade is None:
        text = f"{row.name}还没有评定等次，没有可以提出异议的结果。"
        problems.append(
            Problem(code="objection.early", text=text, kind=ProblemKind.FORBIDDEN, field="assessment_id")
        )
    if campaign.notice_until is not None and on > campaign.notice_until:
        text = f"公示已于 {campaign.notice_until} 结束，逾期提出的异议请按信访或复议办理。"
        problems.append(Problem(code="objection.late", text=text, kind=ProblemKind.FORBIDDEN, field="on"))
    if _open_objections(work, campaign, row.id):
        text = f"{row.name}已有一件异议没有答复，请先答复。"
        problems.append(
            Problem(code="objection.open", text=text, kind=ProblemKind.FORBIDDEN, field="assessment_id")
        )
    refuse_any(problems)
    objection = Objection(
        assessment_id=row.id,
        profession=row.profession,
        district_code=row.district_code,
        association=row.association,
        raised_on=on,
        text=command.text.strip(),
        due=_due(work, sheet.scheme.answer_limit, on),
    )
    work.session.add(objection)
    note_event(work, row, "objection", "提出异议", on, command.text)
    work.session.flush()
    until = f"，应于 {objection.due} 前答复" if objection.due else ""
    return Done(
        text=f"已登记{row.name}的异议{until}",
        changes=(changed(campaign),),
        result={"objection_id": objection.id, "due": objection.due},
    )


def _due(work: Transaction, limit_key: str | None, on: dt.date) -> dt.date | None:
    if limit_key is None:
        return None
    limit = work.catalog.limits[limit_key]
    calendar = work_calendar(work.session)
    return due_of(on, int(work.parameters[limit.n]), Unit(limit.unit), calendar, roll=limit.roll).due


def decide_objection(command: DecideObjection, work: Transaction) -> Done:
    """Answer an objection: the result stays, or scores and grade are put right, with the reason either way.

    Raises Refused, all at once, for scores that do not fit the sheet; and for a grade of which there are more
    than its quota allows.
    """
    objection = work.session.get(Objection, command.objection_id)
    if objection is None:
        raise refuse("objection.unknown", "没有这件异议，或不在您的管理范围内。", field="objection_id")
    campaign, row = hold_assessment(work, objection.assessment_id, "assessment:read")
    sheet = sheet_of_campaign(work, campaign)
    hold_assessments(work, campaign, [row.id], sheet.scheme.deciding.action)
    on = command.on or work.today
    problems = [*day_problems(on, work.today, campaign), *reason_problems(command.reason)]
    if objection.decided_on is not None:
        text = f"这件异议已于 {objection.decided_on} 答复。"
        problems.append(
            Problem(code="objection.decided", text=text, kind=ProblemKind.FORBIDDEN, field="objection_id")
        )
    if command.grade is not None and command.grade not in sheet.scheme.by_grade:
        words = "、".join(f"{item.key}（{item.title}）" for item in sheet.grades)
        problems.append(Problem(code="grade.unknown", text=f"等次可选：{words}。", field="grade"))
    if command.scores:
        hold_assessments(work, campaign, [row.id], "assessment:score")
        problems += given_problems(work, sheet, row, command.scores, ScoreSource.CORRECTION)
    refuse_any(problems)
    former, told = row.grade, command.reason.strip()
    grade = command.grade or former
    if command.scores:
        told = f"{_put_right(work, sheet, row, command, on)}。{told}"[:MOST_REASON]
        (proposal, why) = proposal_of(work, campaign, sheet, row)
        row.proposal, row.proposed_by = proposal, why
        grade = command.grade or proposal or former
    objection.decided_on, objection.decided_by = on, work.actor.login
    objection.outcome = CHANGED if command.scores or grade != former else KEPT
    objection.reason = command.reason.strip()
    words = (
        "异议成立，更正等次" if grade != former else "异议成立，更正得分" if command.scores else "维持原等次"
    )
    note_event(work, row, "answer", words, on, told)
    if grade is not None and grade != former:
        settle_grade(work, sheet, row, grade, f"异议成立：{command.reason.strip()}"[:MOST_REASON], on)
    work.session.flush()
    refuse_any(list(quota_problems(work, campaign, sheet)))
    title = sheet.scheme.by_grade[row.grade or ""].title
    return Done(
        text=f"已答复{row.name}的异议："
        + (f"得分更正为 {row.total}，" if command.scores else "")
        + f"{'更正为' if grade != former else '维持'}{title}",
        changes=(changed(campaign),),
        result={"version": row.version, "grade": row.grade, "total": row.total},
    )


def _put_right(
    work: Transaction, sheet: Sheet, row: Assessment, command: DecideObjection, on: dt.date
) -> str:
    """Write the corrected scores and the total; what each item was and is, in words."""
    before = items_of(work.session, sheet, [row])[row.id]
    reason = command.reason.strip()
    given = [replace(score, evidence=score.evidence or reason) for score in command.scores]
    write_scores(work, sheet, row, given, ScoreSource.CORRECTION.value, on)
    after, _ = summed(work, sheet, row)
    return "；".join(
        f"{sheet.by_key[key].title}由 {_points(before.get(key))} 更正为 {_points(after[key])}"
        for key in (score.item for score in command.scores)
    )


def _points(score: ItemScore | None) -> str:
    if score is None or (score.settled.applies and score.settled.points is None):
        return "未评分"
    return f"{score.settled.points} 分" if score.settled.applies else "不适用"


def close_campaign(command: CloseCampaign, work: Transaction) -> Done:
    """Publish the results. Raises Refused while they are shown, or an objection has no answer."""
    campaign = campaign_of(work, command.campaign_id, states=(NOTICED,), held=True)
    sheet = sheet_of_campaign(work, campaign)
    require_everywhere(work, sheet.scheme, "assessment:run")
    _require_version(campaign, command.expected_version)
    on = command.on or work.today
    refuse_any([*day_problems(on, work.today, campaign), *_closing_problems(command, campaign, on, work)])
    campaign.state, campaign.closed_on = CLOSED, on
    campaign.document_no, campaign.version = command.document_no.strip(), campaign.version + 1
    graded = work.session.scalars(
        select(Assessment).where(Assessment.campaign_id == campaign.id, Assessment.grade.is_not(None))
    )
    measures, changes = follow_grades(work, sheet.scheme, campaign, graded, on)
    waiting = work.session.scalar(
        select(func.count()).where(Assessment.campaign_id == campaign.id, Assessment.standing == DEFERRED)
    )
    return Done(
        text=f"“{campaign.title}”结果已公布（{campaign.document_no}）"
        + (f"，另有 {waiting} 个对象暂缓评定" if waiting else "")
        + (f"，结果运用 {measures} 项" if measures else ""),
        changes=(changed(campaign), *changes),
        result={"version": campaign.version, "measures": measures},
    )


def _closing_problems(
    command: CloseCampaign, campaign: Campaign, on: dt.date, work: Transaction
) -> Iterator[Problem]:
    if not 0 < len(command.document_no.strip()) <= 100:
        yield Problem(code="required", text="请填写公布文件的文号，最多 100 字。", field="document_no")
    if campaign.notice_until is not None and on <= campaign.notice_until:
        text = f"公示到 {campaign.notice_until} 才结束，结束后再公布。"
        yield Problem(code="campaign.early", text=text, kind=ProblemKind.FORBIDDEN, field="on")
    waiting = _open_objections(work, campaign)
    if waiting:
        text = f"还有 {waiting} 件异议没有答复，答复后再公布。"
        yield Problem(code="campaign.disputed", text=text, kind=ProblemKind.FORBIDDEN, field="campaign_id")


def _open_objections(work: Transaction, campaign: Campaign, assessment_id: int | None = None) -> int:
    statement = (
        select(func.count())
        .select_from(Objection)
        .join(Assessment, Assessment.id == Objection.assessment_id)
        .where(Assessment.campaign_id == campaign.id, Objection.decided_on.is_(None))
    )
    if assessment_id is not None:
        statement = statement.where(Assessment.id == assessment_id)
    return work.session.scalar(statement) or 0


def _require_version(campaign: Campaign, expected: int) -> None:
    if campaign.version != expected:
        text = f"“{campaign.title}”已被他人办理过，请刷新后再办。"
        raise refuse("campaign.stale", text, ProblemKind.STALE, field="expected_version")
