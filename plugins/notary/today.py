"""What waits on the desk: notaries near the age limit, offices short of notaries, what runs out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import case, func, select

from plugins.notary.tables import NotaryAssistant, NotaryOffice
from suite.api import (
    Actor,
    Facts,
    Line,
    Person,
    RunsOut,
    StateKind,
    Subject,
    TodayItem,
    latest_start,
    readable,
    short_of_members,
    years_after,
)

NOTARY, OFFICE = "notary.notary", "notary.notary_office"
#: Who holds the appointment, and which offices must be staffed.
APPOINTED = ("active", "suspended")
OPEN = ("active", "suspended")

ENDING = (
    RunsOut(
        kind=OFFICE,
        column=NotaryOffice.insured_to,
        states=OPEN,
        days="notary.insurance.alert_days",
        ended=Line(title="责任保险已到期的公证机构", note="请督促续保并更新保单（公证法第十五条）"),
        ending=Line(title="责任保险 {days} 日内到期的公证机构", note="请提醒续保（公证法第十五条）"),
    ),
    RunsOut(
        kind="notary.notary_assistant",
        column=NotaryAssistant.contract_to,
        states=("active", "away"),
        days="notary.assistant.contract_alert_days",
        ended=Line(title="聘用合同已到期仍在岗的公证员助理", note="请核对是否续聘，并更新合同期或状态"),
        ending=Line(title="聘用合同 {days} 日内到期的公证员助理", note="请机构决定是否续聘"),
    ),
)


def items(actor: Actor, facts: Facts) -> list[TodayItem]:
    """The notaries' part of the desk."""
    ending = (item for dated in ENDING for item in dated.items(actor, facts))
    return [*_age_limit(actor, facts), *_understaffed(actor, facts), *ending]


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
    """公证法第八条: an office has two notaries or more; the plan wants three. The suspended count not."""
    law, plan = facts.number("notary.office.notaries_min"), facts.number("notary.office.notaries_plan")
    below_law, below_plan = (
        short_of_members(
            actor,
            facts,
            body=OFFICE,
            states=OPEN,
            member=NOTARY,
            member_states=("active",),
            least=least,
        )
        for least in (law, plan)
    )
    if below_law:
        yield TodayItem(
            title=f"公证员不足 {law} 名的公证机构",
            note="请核对公证员名册，确不足的督促补足（公证法第八条）",
            state=StateKind.WARN,
            count=len(below_law),
            kind=OFFICE,
            ids=below_law,
        )
    rest = tuple(sorted(set(below_plan) - set(below_law)))
    if rest:
        yield TodayItem(
            title=f"公证员不足规划要求 {plan} 名的公证机构",
            note="列入配备计划，并在年度任职时优先补充（规划指标 20）",
            state=StateKind.WARN,
            count=len(rest),
            kind=OFFICE,
            ids=rest,
        )
