"""What waits on the desk: lawyers without a firm, firms that have not opened or lack partners, trainees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from plugins.lawyers.counsel.today import counsel_items
from plugins.lawyers.tables import LawFirm, Lawyer, TraineeLawyer
from suite.api import (
    Actor,
    Facts,
    LicenceEvent,
    Post,
    StateKind,
    Subject,
    TodayItem,
    latest_start,
    months_after,
    readable,
)

LAWYER, FIRM, TRAINEE = "lawyers.lawyer", "lawyers.law_firm", "lawyers.trainee_lawyer"
PAUSED = "practice_paused"
#: A suspended lawyer stays a partner.
PARTNER_STATES = ("active", "suspended")
TRAINING = ("active", "extended")
#: A firm that may do business; one that is closed by penalty does none for that reason.
STANDING = ("active", "rectifying")


def items(actor: Actor, facts: Facts) -> list[TodayItem]:
    """The lawyers' part of the desk."""
    parts = (_without_firm, _unopened, _stopped, _few_partners, _trained, counsel_items)
    return [item for part in parts for item in part(actor, facts)]


def _without_firm(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """律师执业管理办法第二十三条第一款第四项: who is not hired within six months is cancelled."""
    months = facts.number("lawyers.lawyer.no_firm_months")
    days = facts.number("lawyers.lawyer.no_firm_alert_days")
    since = func.coalesce(_last_post_ended(), _paused_by_decision(facts.today), Lawyer.status_on)
    rows = facts.session.execute(
        select(Subject.id, since)
        .join(Lawyer, Lawyer.subject_id == Subject.id)
        .where(
            readable(actor, LAWYER),
            Subject.status == PAUSED,
            or_(since.is_(None), since <= facts.today - dt.timedelta(days=days)),
        )
        .order_by(since, Subject.id)
    ).all()
    ends = {subject_id: months_after(day, months) for subject_id, day in rows if day is not None}
    past = sum(end < facts.today for end in ends.values())
    article = "律师执业管理办法第二十三条"
    if ends:
        due = f"{past} 人已满 {months} 个月，请报省厅注销"
        soon = f"满 {months} 个月未受聘应予注销，请告知本人"
        yield TodayItem(
            title=f"暂无执业机构满 {days} 日的律师",
            note=f"{due if past else soon}（{article}）",
            state=StateKind.BAD if past else StateKind.WARN,
            count=len(ends),
            due=min(ends.values()),
            kind=LAWYER,
            ids=tuple(ends),
        )
    unknown = tuple(subject_id for subject_id, day in rows if day is None)
    if unknown:
        yield TodayItem(
            title="暂无执业机构、起始日不明的律师",
            note=f"无法计算 {months} 个月期限，请补填状态日期（{article}）",
            state=StateKind.WARN,
            count=len(unknown),
            kind=LAWYER,
            ids=unknown,
        )


def _last_post_ended() -> ColumnElement[Any]:
    """The day after the last day in the last firm; empty while that post stands."""
    return (
        select(Post.to_date)
        .where(Post.subject_id == Subject.id, Post.voided_at.is_(None))
        .order_by(Post.from_date.desc().nulls_last(), Post.id.desc())
        .limit(1)
        .correlate(Subject)
        .scalar_subquery()
    )


def _paused_by_decision(today: dt.date) -> ColumnElement[Any]:
    """The day of the last decision that set 暂无执业机构."""
    return (
        select(func.max(LicenceEvent.on_date))
        .where(
            LicenceEvent.subject_id == Subject.id,
            LicenceEvent.state == PAUSED,
            LicenceEvent.voided_at.is_(None),
            LicenceEvent.on_date <= today,
        )
        .correlate(Subject)
        .scalar_subquery()
    )


def _unopened(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """律师事务所管理办法第三十一条: a firm that has not opened within six months of its licence ends."""
    months = facts.number("lawyers.firm.unopened_months")
    days = facts.number("lawyers.firm.unopened_alert_days")
    rows = facts.session.execute(
        select(Subject.id, LawFirm.approved_on)
        .join(LawFirm, LawFirm.subject_id == Subject.id)
        .where(
            readable(actor, FIRM),
            Subject.status == "licensed_preparing",
            LawFirm.opened_on.is_(None),
            LawFirm.approved_on <= facts.today - dt.timedelta(days=days),
        )
        .order_by(LawFirm.approved_on, Subject.id)
    ).all()
    yield from _ending(
        f"批准设立满 {days} 日未开业的律师事务所", "未开业应当终止，请督促开业", rows, months, facts.today
    )


def _stopped(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """律师事务所管理办法第三十一条: a firm that has done no business for a year on end ends."""
    months = facts.number("lawyers.firm.stopped_months")
    alert = facts.number("lawyers.firm.stopped_alert_months")
    rows = facts.session.execute(
        select(Subject.id, LawFirm.stopped_on)
        .join(LawFirm, LawFirm.subject_id == Subject.id)
        .where(
            readable(actor, FIRM),
            Subject.status.in_(STANDING),
            LawFirm.stopped_on <= latest_start(facts.today, alert),
        )
        .order_by(LawFirm.stopped_on, Subject.id)
    ).all()
    yield from _ending(
        f"停办业务满 {alert} 个月的律师事务所", "应当终止，请核实并督促恢复", rows, months, facts.today
    )


def _ending(title: str, soon: str, rows: Sequence[Any], months: int, today: dt.date) -> Iterator[TodayItem]:
    """律师事务所管理办法第三十一条: firms, each with the day from which the months to its end run."""
    if not rows:
        return
    ends = [months_after(since, months) for _, since in rows]
    past = sum(end < today for end in ends)
    due = f"{past} 家已满 {months} 个月，无正当理由的应当终止" if past else f"满 {months} 个月{soon}"
    yield TodayItem(
        title=title,
        note=f"{due}（律师事务所管理办法第三十一条）",
        state=StateKind.BAD if past else StateKind.WARN,
        count=len(rows),
        due=min(ends),
        kind=FIRM,
        ids=tuple(row[0] for row in rows),
    )


def _few_partners(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """律师事务所管理办法第九、十条. A firm of which no lawyer says partner or not is left out."""
    least = facts.number("lawyers.firm.partners_min")
    special = facts.number("lawyers.firm.special_partners_min")
    member = aliased(Subject)
    staff = (
        select(
            member.body_id,
            func.count(Lawyer.is_partner).label("told"),
            func.sum(case((Lawyer.is_partner.is_(True), 1), else_=0)).label("partners"),
        )
        .join(Lawyer, Lawyer.subject_id == member.id)
        .where(member.kind == LAWYER, member.status.in_(PARTNER_STATES), member.body_id.is_not(None))
        .group_by(member.body_id)
        .subquery()
    )
    needed = case(
        (Subject.category == "general_partnership", least),
        (Subject.category == "special_general_partnership", special),
        else_=0,
    )
    ids = tuple(
        facts.session.scalars(
            select(Subject.id)
            .join(staff, staff.c.body_id == Subject.id)
            .where(
                readable(actor, FIRM),
                Subject.status == "active",
                staff.c.told > 0,
                staff.c.partners < needed,
            )
            .order_by(Subject.id)
        )
    )
    if ids:
        yield TodayItem(
            title="合伙人少于法定人数的律师事务所",
            note=(
                "请核对合伙人登记，确不足的限期整改（律师事务所管理办法第九、十条："
                f"普通合伙 {least} 名，特殊的普通合伙 {special} 名）"
            ),
            state=StateKind.WARN,
            count=len(ids),
            kind=FIRM,
            ids=ids,
        )


def _trained(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """律师法第五条: the internship is a year. Where an end or an extension is recorded, that day counts."""
    months = facts.number("lawyers.lawyer.internship_months")
    recorded = func.coalesce(TraineeLawyer.extended_until, TraineeLawyer.ends_on)
    began = TraineeLawyer.started_on
    rows = facts.session.execute(
        select(Subject.id, recorded, began)
        .join(TraineeLawyer, TraineeLawyer.subject_id == Subject.id)
        .where(
            readable(actor, TRAINEE),
            Subject.status.in_(TRAINING),
            or_(
                recorded <= facts.today,
                and_(recorded.is_(None), began <= latest_start(facts.today, months)),
            ),
        )
        .order_by(Subject.id)
    ).all()
    if rows:
        ends = [end if day is None else end or months_after(day, months) for _, end, day in rows]
        yield TodayItem(
            title="实习期已满、状态仍为实习的人员",
            note=f"请转律师协会考核，或登记延期、终止（律师法第五条，实习满 {months} 个月）",
            state=StateKind.WARN,
            count=len(rows),
            due=min(ends),
            kind=TRAINEE,
            ids=tuple(row[0] for row in rows),
        )
