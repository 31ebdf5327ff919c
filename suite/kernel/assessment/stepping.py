"""Taking the steps of a season, for one participant or for a thousand at once; who takes part at all."""

from __future__ import annotations

from collections.abc import Iterator

from suite.contract.assessment import AssessmentScheme, SchemeStep
from suite.contract.commands import Done
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.kernel.assessment.absence import came_after_all
from suite.kernel.assessment.commands import ChangeStanding, RemindParticipants, TakeAssessmentStep
from suite.kernel.assessment.scores import missing_items
from suite.kernel.assessment.standing import (
    AT_ANY_TIME,
    CLOSED,
    DEFERRED,
    IN,
    NOTICED,
    OUTSIDE,
    REMINDED,
    RUNNING,
    STANDINGS,
    WALKING,
    campaign_of,
    changed,
    day_problems,
    hold_assessment,
    hold_assessments,
    note_event,
    reached,
    reason_problems,
    refuse_any,
    sheet_of_campaign,
    stale,
)
from suite.kernel.executor.work import Transaction
from suite.tables import Assessment

NAMED = 5


def take_assessment_step(command: TakeAssessmentStep, work: Transaction) -> Done:
    """Take the step for all of them, or for none: who cannot take it is named with the reason.

    What comes behind the grade (stamps, filings) goes on while the results are shown and afterwards.
    """
    campaign = campaign_of(work, command.campaign_id, states=AT_ANY_TIME)
    sheet = sheet_of_campaign(work, campaign)
    step = sheet.scheme.by_step.get(command.step)
    if step is None or step.decides:
        words = "、".join(f"{item.key}（{item.title}）" for item in sheet.scheme.steps if not item.decides)
        text = f"没有“{command.step[:40]}”这个环节，可选：{words}。等次请用“评定等次”。"
        raise refuse("step.unknown", text, field="step")
    on = command.on or work.today
    rows = hold_assessments(work, campaign, command.assessments, step.action)
    missing = missing_items(work.session, sheet, rows) if step.sheet else {}
    problems = [*day_problems(on, work.today, campaign)]
    blocked = [(row, why) for row in rows if (why := _why_not(sheet.scheme, row, step, missing))]
    for row, why in blocked[:NAMED]:
        problems.append(Problem(code="step.not_now", text=f"{row.name}：{why}", field="assessments"))
    if len(blocked) > NAMED:
        text = f"另有 {len(blocked) - NAMED} 个对象也不能办理“{step.title}”，请先筛选。"
        problems.append(Problem(code="step.not_now", text=text, field="assessments"))
    refuse_any(problems)
    for row in rows:
        if step is sheet.scheme.steps[0]:
            came_after_all(work, sheet.scheme, row, on)
        row.step = reached(sheet.scheme, row.standing, sheet.scheme.after(step.key))
        row.version += 1
        note_event(work, row, step.key, step.title, on, command.note)
    work.session.flush()
    return Done(
        text=f"“{step.title}”已办 {len(rows):,} 个",
        changes=(changed(campaign),),
        result={"taken": len(rows)},
    )


def _why_not(
    scheme: AssessmentScheme, row: Assessment, step: SchemeStep, missing: dict[int, tuple[str, ...]]
) -> str:
    if row.standing in (OUTSIDE, DEFERRED):
        return f"{STANDINGS[row.standing]}，{row.rule_text or '未说明理由'}。"
    if row.step != step.key:
        waits = scheme.by_step.get(row.step)
        return f"现在的环节是“{waits.title}”。" if waits else "已办完全部环节。"
    if missing.get(row.id):
        return f"还有评分项没有得分：{'、'.join(missing[row.id][:NAMED])}。"
    return ""


def remind_participants(command: RemindParticipants, work: Transaction) -> Done:
    """Note the reminder on each of them. Raises Refused where somebody has handed in meanwhile."""
    campaign = campaign_of(work, command.campaign_id)
    scheme = sheet_of_campaign(work, campaign).scheme
    step = scheme.by_step.get(command.step)
    if step is None:
        words = "、".join(f"{item.key}（{item.title}）" for item in scheme.steps)
        raise refuse("step.unknown", f"没有“{command.step[:40]}”这个环节，可选：{words}。", field="step")
    on = command.on or work.today
    rows = hold_assessments(work, campaign, command.assessments, "assessment:report")
    problems = day_problems(on, work.today, campaign)
    done = [row.name for row in rows if row.standing not in WALKING or row.step != step.key]
    if done:
        named = "、".join(done[:NAMED])
        text = f"{named}等 {len(done):,} 个对象现在不欠“{step.title}”，不用催报。请刷新后再办。"
        problems.append(Problem(code="reminder.done", text=text, kind=ProblemKind.STALE, field="assessments"))
    refuse_any(problems)
    for row in rows:
        note_event(work, row, REMINDED, f"催报“{step.title}”"[:100], on, command.document)
    work.session.flush()
    return Done(
        text=f"已催报“{step.title}”{len(rows):,} 个",
        changes=(changed(campaign),),
        result={"reminded": len(rows)},
    )


def change_standing(command: ChangeStanding, work: Transaction) -> Done:
    """Let somebody take part or not, against the rule or after it changed: with the reason, which stays.

    Once the results are published this is for those alone who were put off: their grade comes late.
    """
    campaign, row = hold_assessment(work, command.assessment_id, "assessment:run", states=AT_ANY_TIME)
    if command.expected_version != row.version:
        raise stale(row)
    if campaign.state == CLOSED and row.standing != DEFERRED:
        campaign_of(work, campaign.id, states=(RUNNING, NOTICED))
    refuse_any(list(_standing_problems(command, row)))
    former = STANDINGS[row.standing]
    row.standing, row.rule, row.rule_text = command.standing, None, command.reason.strip()
    row.step = _step_now(sheet_of_campaign(work, campaign).scheme, row)
    row.version += 1
    title = f"{former}改为{STANDINGS[command.standing]}"
    note_event(work, row, "standing", title, work.today, command.reason)
    return Done(text=f"{row.name}：{title}", changes=(changed(campaign),), result={"version": row.version})


def _step_now(scheme: AssessmentScheme, row: Assessment) -> str:
    """Where somebody of another standing is: nobody is past the grade that he is to have."""
    keys = [step.key for step in scheme.steps]
    behind = not row.step or keys.index(row.step) > keys.index(scheme.deciding.key)
    if row.standing == IN and row.grade is None and behind:
        return scheme.deciding.key
    return reached(scheme, row.standing, row.step)


def _standing_problems(command: ChangeStanding, row: Assessment) -> Iterator[Problem]:
    yield from reason_problems(command.reason)
    if command.standing not in STANDINGS or command.standing == row.standing:
        words = "、".join(f"{key}（{title}）" for key, title in STANDINGS.items() if key != row.standing)
        yield Problem(code="standing.unknown", text=f"参加情况可改为：{words}。", field="standing")
    if row.grade is not None and command.standing in (OUTSIDE, DEFERRED):
        text = f"{row.name}已评定等次，不能再改为{STANDINGS[command.standing]}；等次有误的请登记异议后更正。"
        yield Problem(code="standing.graded", text=text, kind=ProblemKind.FORBIDDEN, field="standing")
