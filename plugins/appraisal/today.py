"""What waits on the desk: licences and accreditations that run out, categories short of appraisers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from plugins.appraisal.kinds.shared import ON_ROSTER
from plugins.appraisal.tables import AppraisalInstitution, Appraiser
from suite.api import (
    Actor,
    Facts,
    LicenceEvent,
    Line,
    RunsOut,
    StateKind,
    Subject,
    TodayItem,
    members,
    months_after,
    readable,
)

INSTITUTION, APPRAISER = "appraisal.appraisal_institution", "appraisal.appraiser"
ENDED = ("cancelled", "deregistered")


def _licence(kind: str, column: InstrumentedAttribute[Any], title: str, licence: str, unit: str) -> RunsOut:
    """行政许可法第七十条: what ended unrenewed is cancelled; 第五十条: renewal is applied for before."""
    return RunsOut(
        kind=kind,
        column=column,
        states=ON_ROSTER,
        days="appraisal.licence.alert_days",
        ahead="appraisal.renew.apply_before_days",
        ended=Line(
            title=f"{licence}已到期仍在册的{title}",
            note="未延续的办理注销，已延续的更新有效期（行政许可法第七十条）",
        ),
        ending=Line(
            title=f"{licence} {{days}} 日内到期的{title}",
            note="届满 {ahead} 日前申请延续，请通知（行政许可法第五十条）",
            late_note=f"{{late}} {unit}已不足 {{ahead}} 日，请核实是否申请延续（行政许可法第五十条）",
        ),
    )


def _accreditation(column: InstrumentedAttribute[Any], title: str) -> RunsOut:
    """决定第五条: the laboratory is accredited while it practises."""
    return RunsOut(
        kind=INSTITUTION,
        column=column,
        states=ON_ROSTER,
        days="appraisal.cma.alert_days",
        ended=Line(
            title=f"{title}已到期的司法鉴定机构",
            note="请核对是否已换证，未换证的相关项目应停止（决定第五条）",
        ),
        ending=Line(
            title=f"{title} {{days}} 日内到期的司法鉴定机构", note="请提醒申请复查换证（决定第五条）"
        ),
    )


ENDING = (
    _licence(INSTITUTION, AppraisalInstitution.licensed_to, "司法鉴定机构", "许可证", "家"),
    _licence(APPRAISER, Appraiser.licensed_to, "司法鉴定人", "执业证", "人"),
    _accreditation(AppraisalInstitution.cma_to, "资质认定"),
    _accreditation(AppraisalInstitution.cnas_to, "实验室认可"),
)


def items(actor: Actor, facts: Facts) -> list[TodayItem]:
    """The appraisers' part of the desk."""
    ending = [item for dated in ENDING for item in dated.items(actor, facts)]
    return [*ending, *_short_of_appraisers(actor, facts), *_left_behind(actor, facts)]


def _short_of_appraisers(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """决定第五条: each category of business has three appraisers or more; below that it is frozen."""
    least = facts.number("appraisal.min_appraisers_per_item")
    months = facts.number("appraisal.conditions_lost_months")
    held: Counter[tuple[int, str]] = Counter()
    for body, scope in facts.session.execute(
        select(Subject.body_id, Appraiser.scope)
        .join(Appraiser, Appraiser.subject_id == Subject.id)
        .where(Subject.kind == APPRAISER, Subject.status == "active", Subject.body_id.is_not(None))
    ):
        held.update((body or 0, category) for category in members(scope))
    short = tuple(
        subject_id
        for subject_id, scope in facts.session.execute(
            select(Subject.id, AppraisalInstitution.scope)
            .join(AppraisalInstitution, AppraisalInstitution.subject_id == Subject.id)
            .where(readable(actor, INSTITUTION), Subject.status.in_(("active", "rectifying")))
            .order_by(Subject.id)
        )
        if any(held[subject_id, category] < least for category in members(scope))
    )
    if short:
        yield TodayItem(
            title=f"有执业类别鉴定人不足 {least} 名的司法鉴定机构",
            note=f"该类别暂停受理，{months} 个月内补足，逾期的变更或注销（决定第五条）",
            state=StateKind.WARN,
            count=len(short),
            kind=INSTITUTION,
            ids=short,
        )


def _left_behind(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """粤§22: whose institution ended may not practise; who joins no other within six months is cancelled."""
    months = facts.number("appraisal.appraiser.rejoin_months")
    body = aliased(Subject)
    rows = facts.session.execute(
        select(Subject.id, func.max(LicenceEvent.on_date))
        .join(body, body.id == Subject.body_id)
        .outerjoin(
            LicenceEvent,
            (LicenceEvent.subject_id == body.id)
            & LicenceEvent.state.in_(ENDED)
            & LicenceEvent.voided_at.is_(None),
        )
        .where(readable(actor, APPRAISER), Subject.status.in_(ON_ROSTER), body.status.in_(ENDED))
        .group_by(Subject.id)
        .order_by(Subject.id)
    ).all()
    if rows:
        dues = [months_after(day, months) for _, day in rows if day is not None]
        yield TodayItem(
            title="执业机构已注销、尚未转入其他机构的司法鉴定人",
            note=f"转入前不得执业，{months} 个月内未转入的注销，请登记“条件缺失”并通知本人（参照广东）",
            state=StateKind.BAD if any(due < facts.today for due in dues) else StateKind.WARN,
            count=len(rows),
            due=min(dues, default=None),
            kind=APPRAISER,
            ids=tuple(subject_id for subject_id, _ in rows),
        )
