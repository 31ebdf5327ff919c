"""What waits on the desk: terms that end, a commission's composition, who is stopped elsewhere."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from plugins.arbitration.tables import ArbitrationCommission, Arbitrator, CaseSecretary, GoverningMember
from suite.api import (
    Actor,
    Facts,
    Line,
    RunsOut,
    StateKind,
    Subject,
    TodayItem,
    months_after,
    readable,
)

COMMISSION, ARBITRATOR = "arbitration.arbitration_commission", "arbitration.arbitrator"
MEMBER = "arbitration.governing_member"
REGISTERED = ("active", "term_expired")
#: States of other professions in which nobody should hear a case.
STOPPED = {"lawyers.lawyer": ("suspended", "revoked"), "notary.notary": ("suspended", "revoked")}

ENDING = (
    RunsOut(
        kind=ARBITRATOR,
        column=Arbitrator.term_to,
        states=("active", "suspended"),
        days="arbitration.panel.alert_days",
        ended=Line(
            title="聘期已届满仍在聘的仲裁员", note="请核对是否续聘，并更新聘期或状态（仲裁法第十三条）"
        ),
        ending=Line(title="聘期 {days} 日内届满的仲裁员", note="请仲裁委员会考核后决定是否续聘"),
    ),
    RunsOut(
        kind="arbitration.case_secretary",
        column=CaseSecretary.contract_to,
        states=("active", "away"),
        days="arbitration.secretary.contract_alert_days",
        ended=Line(title="聘用合同已到期仍在岗的仲裁秘书", note="请核对是否续聘，并更新合同期或状态"),
        ending=Line(title="聘用合同 {days} 日内到期的仲裁秘书", note="请机构决定是否续聘"),
    ),
)


def items(actor: Actor, facts: Facts) -> list[TodayItem]:
    """Arbitration's part of the desk."""
    ending = [item for dated in ENDING for item in dated.items(actor, facts)]
    parts = (_terms, _composition, _stopped_elsewhere)
    return [*ending, *(item for part in parts for item in part(actor, facts))]


def _terms(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """A term is five years; the renewal is told as many months before as the parameter lists."""
    text = str(facts.parameters["arbitration.term.alert_months"])
    months = max(int(part) for part in text.split(",") if part.strip().isdigit())
    rows = facts.session.execute(
        select(Subject.id, ArbitrationCommission.term_to)
        .join(ArbitrationCommission, ArbitrationCommission.subject_id == Subject.id)
        .where(
            readable(actor, COMMISSION),
            Subject.status.in_(REGISTERED),
            ArbitrationCommission.term_to <= months_after(facts.today, months),
        )
        .order_by(ArbitrationCommission.term_to)
    ).all()
    ends: dict[int, dt.date] = {subject_id: day for subject_id, day in rows if day is not None}
    if not ends:
        return
    past = sum(day < facts.today for day in ends.values())
    yield TodayItem(
        title=f"任期 {months} 个月内届满或已届满的仲裁委员会",
        note="已届满的请督促换届并报备案（仲裁法）"
        if past
        else "请督促启动换届，组成人员名单报省司法厅备案（仲裁法）",
        state=StateKind.BAD if past else StateKind.WARN,
        count=len(ends),
        due=min(ends.values()),
        kind=COMMISSION,
        ids=tuple(ends),
    )


def _composition(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """仲裁法第十二条: one chair, two to four vice-chairs, seven to eleven members, two thirds experts.

    Only commissions whose members are on the roster are judged.
    """
    posts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for body, post, expertise in facts.session.execute(
        select(Subject.body_id, Subject.category, GoverningMember.expertise)
        .join(GoverningMember, GoverningMember.subject_id == Subject.id)
        .where(readable(actor, MEMBER), Subject.status == "active", Subject.body_id.is_not(None))
    ):
        posts[body or 0].update((post or "", "expert" if expertise in ("law", "trade") else "lay"))
    wrong = tuple(
        subject_id
        for subject_id in facts.session.scalars(
            select(Subject.id)
            .where(readable(actor, COMMISSION), Subject.status.in_(REGISTERED))
            .order_by(Subject.id)
        )
        if subject_id in posts and not _fits(posts[subject_id], facts)
    )
    if wrong:
        yield TodayItem(
            title="组成人员人数或专家比例不符的仲裁委员会",
            note="请核对组成人员名册：主任、副主任、委员人数和专家不少于三分之二（仲裁法第十二条）",
            state=StateKind.WARN,
            count=len(wrong),
            kind=COMMISSION,
            ids=wrong,
        )


def _fits(posts: Counter[str], facts: Facts) -> bool:
    def within(post: str, key: str) -> bool:
        least = facts.number(f"arbitration.commission.{key}_min")
        return least <= posts[post] <= facts.number(f"arbitration.commission.{key}_max")

    thirds = facts.number("arbitration.commission.expert_thirds")
    enough = posts["expert"] * 3 >= (posts["expert"] + posts["lay"]) * thirds
    return (
        posts["chair"] == 1 and within("vice_chair", "vice_chairs") and within("member", "members") and enough
    )


def _stopped_elsewhere(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """An arbitrator who is a lawyer or notary under suspension, seen as far as the actor may read those."""
    other = aliased(Subject)
    stopped = or_(
        *(and_(readable(actor, kind, of=other), other.status.in_(states)) for kind, states in STOPPED.items())
    )
    ids = tuple(
        facts.session.scalars(
            select(Subject.id)
            .join(other, other.person_id == Subject.person_id)
            .where(readable(actor, ARBITRATOR), Subject.status == "active", stopped)
            .distinct()
            .order_by(Subject.id)
        )
    )
    if ids:
        yield TodayItem(
            title="在聘仲裁员中受停止执业或吊销处罚的律师、公证员",
            note="请通报仲裁委员会暂停选任，并核对任职条件（仲裁法第十三条）",
            state=StateKind.BAD,
            count=len(ids),
            kind=ARBITRATOR,
            ids=ids,
        )
