"""A season and its participants as they stand: held against other desks, and within the actor's rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from suite.contract.assessment import AssessmentScheme
from suite.contract.commands import Actor, Change
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.database.engine import is_sqlite
from suite.kernel.assessment.schemes import Sheet, sheet_of_season
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Assessment, AssessmentEvent, Campaign

RUNNING, NOTICED, CLOSED = "running", "noticed", "closed"
#: What is done for one participant is done for a latecomer after the results were shown or published, too.
AT_ANY_TIME = (RUNNING, NOTICED, CLOSED)
#: Whether somebody takes part: with a grade, not at all, without a grade, or later.
IN, OUTSIDE, UNGRADED, DEFERRED = "in", "outside", "ungraded", "deferred"
STANDINGS = {IN: "参加", OUTSIDE: "不参加", UNGRADED: "参加，不评定等次", DEFERRED: "暂缓评定"}
#: Those who go through the steps.
WALKING = (IN, UNGRADED)
#: What an event of a reminder is called.
REMINDED = "reminder"
UNKNOWN = "没有这次考核，或不在您的管理范围内。请核对，或联系科室管理员。"
MOST_REASON = 500


def may(actor: Actor, action: str, row: Assessment) -> bool:
    """Whether an actor holds an action of the season's profession where the participant lies."""
    return any(
        scope.holds(row.profession, row.district_code, row.association)
        for scope in actor.scopes(f"{row.profession}:{action}")
    )


def campaign_of(
    work: Transaction, campaign_id: int, *, states: Sequence[str] = (RUNNING,), held: bool = False
) -> Campaign:
    """The season's row; `held` until commit, which takes the right to change it. Raises Refused where it is
    not there or in another state."""
    statement = select(Campaign).where(Campaign.id == campaign_id)
    if held and not is_sqlite(work.connection):
        statement = statement.with_for_update()
    row = work.session.scalar(statement)
    if row is None or not work.actor.may(f"{row.profession}:assessment:read"):
        raise refuse("campaign.unknown", UNKNOWN, field="campaign_id")
    if row.state not in states:
        words = {RUNNING: "正在进行", NOTICED: "已经公示", CLOSED: "已经公布"}[row.state]
        text = f"“{row.title}”{words}，不能这样办理。结果有误的，请登记异议后更正。"
        raise refuse("campaign.state", text, ProblemKind.FORBIDDEN, field="campaign_id")
    return row


def sheet_of_campaign(work: Transaction, campaign: Campaign) -> Sheet:
    """The sheet that a season is run by."""
    return sheet_of_season(work.session, work.catalog, campaign)


def hold_assessments(
    work: Transaction, campaign: Campaign, ids: Sequence[int], action: str
) -> list[Assessment]:
    """The participants' rows, held, each where the actor holds the action. Raises Refused for any other."""
    found: dict[int, Assessment] = {}
    for part in chunks(list(dict.fromkeys(ids))):
        statement = select(Assessment).where(Assessment.id.in_(part), Assessment.campaign_id == campaign.id)
        if not is_sqlite(work.connection):
            statement = statement.with_for_update()
        found.update((row.id, row) for row in work.session.scalars(statement.order_by(Assessment.id)))
    if not found:
        raise refuse("assessment.none", "请至少选择一个参加考核的对象。", field="assessments")
    strange = [number for number in ids if number not in found or not may(work.actor, action, found[number])]
    if strange:
        text = f"有 {len(strange)} 个对象不在这次考核中，或不在您的管理范围内。请重新选择。"
        raise refuse("out_of_scope", text, ProblemKind.NOT_PERMITTED, field="assessments")
    return [found[number] for number in dict.fromkeys(ids)]


def hold_assessment(
    work: Transaction, assessment_id: int, action: str, *, states: Sequence[str] = (RUNNING, NOTICED)
) -> tuple[Campaign, Assessment]:
    """One participant and its season in one of these states, held."""
    row = work.session.get(Assessment, assessment_id)
    if row is None or not may(work.actor, "assessment:read", row):
        raise refuse("assessment.unknown", UNKNOWN, field="assessment_id")
    campaign = campaign_of(work, row.campaign_id, states=states)
    return campaign, hold_assessments(work, campaign, [assessment_id], action)[0]


def note_event(
    work: Transaction, row: Assessment, what: str, title: str, on: dt.date, note: str = ""
) -> None:
    """Write what happened to a participant; it is never changed again."""
    work.session.add(
        AssessmentEvent(
            assessment_id=row.id,
            profession=row.profession,
            district_code=row.district_code,
            association=row.association,
            at=work.now,
            on_date=on,
            by_login=work.actor.login,
            what=what,
            title=title,
            note=note.strip(),
        )
    )


def day_problems(on: dt.date, today: dt.date, campaign: Campaign) -> list[Problem]:
    """What happens in a season lies between the day that settled who takes part and today."""
    if campaign.frozen_on <= on <= today:
        return []
    text = f"办理日期 {on} 应在 {campaign.frozen_on} 至 {today} 之间，请填实际办理的日期。"
    return [Problem(code="assessment.day", text=text, field="on")]


def changed(campaign: Campaign) -> Change:
    """What screens of a season look for."""
    return Change(kind=campaign.scheme, ids=(campaign.id,))


def stale(row: Assessment) -> Refused:
    """Another desk changed the participant since it was read."""
    text = f"{row.name}已被他人办理过，请刷新后再办。您填写的内容仍在。"
    return refuse("assessment.stale", text, ProblemKind.STALE, field="expected_version")


def refuse_any(problems: Sequence[Problem]) -> None:
    """Raises Refused where there is any problem."""
    if problems:
        raise Refused(problems)


def reason_problems(reason: str, field: str = "reason") -> list[Problem]:
    """A reason is given, and is no essay."""
    if 0 < len(reason.strip()) <= MOST_REASON:
        return []
    text = f"请写明理由，最多 {MOST_REASON} 字。"
    return [Problem(code="reason.required", text=text, field=field)]


def reached(scheme: AssessmentScheme, standing: str, step: str) -> str:
    """The step at which somebody is who has come to one: of whom there is no grade none is decided."""
    return scheme.after(step) if step == scheme.deciding.key and standing == UNGRADED else step


def group_of(scheme: AssessmentScheme, values: object) -> str | None:
    """By what a participant is ranked apart."""
    found = values.get(scheme.group) if scheme.group and isinstance(values, dict) else None
    return None if found is None else str(found)[:60]
