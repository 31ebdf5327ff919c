"""What waits on the desk: notaries near the age limit, offices with too few notaries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from suite.api import (
    Actor,
    Facts,
    Person,
    StateKind,
    Subject,
    TodayItem,
    latest_start,
    readable,
    years_after,
)

NOTARY, OFFICE = "notary.notary", "notary.notary_office"
#: Who holds the appointment, and which offices must be staffed.
APPOINTED = ("active", "suspended")
OPEN = ("active", "suspended")


def items(actor: Actor, facts: Facts) -> list[TodayItem]:
    """The notaries' part of the desk."""
    return [*_age_limit(actor, facts), *_understaffed(actor, facts)]


def _age_limit(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """公证法第二十四条: who has reached the upper age is removed; the way up to the ministry takes weeks."""
    age = facts.number("notary.notary.age_max")
    days = facts.number("notary.notary.retire_alert_days")
    ahead = facts.number("notary.notary.retire_start_days")
    born_until = latest_start(facts.today + dt.timedelta(days=days), 12 * age)
    reached = case((Person.birth_date <= latest_start(facts.today, 12 * age), 1), else_=0)
    number, oldest, past = facts.session.execute(
        select(func.count(), func.min(Person.birth_date), func.coalesce(func.sum(reached), 0))
        .select_from(Subject)
        .join(Person, Person.id == Subject.person_id)
        .where(readable(actor, NOTARY), Subject.status.in_(APPOINTED), Person.birth_date <= born_until)
    ).one()
    if number:
        told = f"{past} 人已满，请报请免职；未满的" if past else "应当免职，"
        yield TodayItem(
            title=f"{days} 日内年满或已满 {age} 周岁的公证员",
            note=f"{told}提前 {ahead} 日启动报请（公证法第二十四条）",
            state=StateKind.BAD if past else StateKind.WARN,
            count=number,
            due=years_after(oldest, age),
            kind=NOTARY,
            filters=(*(("status", status) for status in APPOINTED), ("birth_date", f"..{born_until}")),
        )


def _understaffed(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """公证法第八条: an office has two notaries or more; who is suspended does not practise."""
    least = facts.number("notary.office.notaries_min")
    member = aliased(Subject)
    practising = (
        select(func.count())
        .select_from(member)
        .where(member.body_id == Subject.id, member.kind == NOTARY, member.status == "active")
        .correlate(Subject)
        .scalar_subquery()
    )
    ids = tuple(
        facts.session.scalars(
            select(Subject.id)
            .where(readable(actor, OFFICE), Subject.status.in_(OPEN), practising < least)
            .order_by(Subject.id)
        )
    )
    if ids:
        yield TodayItem(
            title=f"公证员不足 {least} 名的公证机构",
            note="请核对公证员名册，确不足的督促补足（公证法第八条）",
            state=StateKind.WARN,
            count=len(ids),
            kind=OFFICE,
            ids=ids,
        )
