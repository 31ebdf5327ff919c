"""What waits on the desk: villages short of law-savvy villagers, rechecks and checks of sites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from plugins.popularization.ledgers.people import SITE_CHECKS
from plugins.popularization.rules.honours import NAMING
from plugins.popularization.tables import CultureSite, ModelVillage
from plugins.popularization.today_duty import duty_items
from plugins.popularization.today_people import people_items
from suite.api import (
    Actor,
    Facts,
    StateKind,
    Subject,
    TodayItem,
    Village,
    entries_about,
    latest_start,
    months_after,
    needed,
    readable,
    short_of_members,
)

VILLAGE, VILLAGER = "core.village", "popularization.law_savvy_villager"
MODEL, SITE = "popularization.democratic_rule_of_law_village", "popularization.rule_of_law_culture_site"


def items(actor: Actor, facts: Facts) -> list[TodayItem]:
    """Popularization's part of the desk."""
    parts = (_rechecks, _unchecked_sites, _short_villages, _short_of_households, duty_items, people_items)
    return [item for part in parts for item in part(actor, facts)]


def _rechecks(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """命名管理办法: a named village is rechecked every two years, from the last recheck or the naming."""
    months = facts.number("popularization.village.recheck_months")
    days = facts.number("popularization.village.recheck_alert_days")
    since = func.coalesce(ModelVillage.rechecked_on, ModelVillage.named_on)
    rows = facts.session.execute(
        select(Subject.id, since)
        .join(ModelVillage, ModelVillage.subject_id == Subject.id)
        .where(
            readable(actor, MODEL),
            Subject.status == "active",
            since <= latest_start(facts.today + dt.timedelta(days=days), months),
        )
        .order_by(since, Subject.id)
    ).all()
    if not rows:
        return
    due = {subject_id: months_after(day, months) for subject_id, day in rows}
    past = sum(day < facts.today for day in due.values())
    yield TodayItem(
        title=f"{days} 日内应复核或已过复核期的示范村（社区）",
        note=f"{past} 个已过期，请安排复核（{NAMING}）" if past else f"请列入复核计划（{NAMING}）",
        state=StateKind.BAD if past else StateKind.WARN,
        count=len(due),
        due=min(due.values()),
        kind=MODEL,
        ids=tuple(due),
    )


def _unchecked_sites(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """An open site is looked at twice a year; the interval is the house's own.

    What counts is the day on the record or the latest entry of the ledger of checks.
    """
    months = facts.number("popularization.site.check_months")
    until = latest_start(facts.today, months)
    checked = entries_about(actor, SITE_CHECKS, until + dt.timedelta(days=1), facts.today)
    ids = tuple(
        facts.session.scalars(
            select(Subject.id)
            .join(CultureSite, CultureSite.subject_id == Subject.id)
            .where(
                readable(actor, SITE),
                Subject.status == "active",
                or_(CultureSite.checked_on.is_(None), CultureSite.checked_on <= until),
                Subject.id.not_in(select(checked.c.link)),
            )
            .order_by(Subject.id)
        )
    )
    if ids:
        yield TodayItem(
            title=f"{months} 个月未检查的法治文化阵地",
            note="请安排检查，并登记检查日期和发现的问题",
            state=StateKind.WARN,
            count=len(ids),
            kind=SITE,
            ids=ids,
        )


def _short_villages(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """乡村“法律明白人”培养工作规范（试行）: each village has three or more."""
    least = facts.number("popularization.lsv.per_village")
    ids = short_of_members(
        actor,
        facts,
        body=VILLAGE,
        states=("active",),
        member=VILLAGER,
        member_states=("active",),
        least=least,
    )
    if ids and facts.session.scalar(select(Subject.id).where(readable(actor, VILLAGER)).limit(1)) is not None:
        yield TodayItem(
            title=f"法律明白人不足 {least} 名的村（社区）",
            note="请督促补选、培训（乡村“法律明白人”培养工作规范（试行））",
            state=StateKind.WARN,
            count=len(ids),
            kind=VILLAGE,
            ids=ids,
        )


def _short_of_households(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """规划四（一）1: one law-savvy villager for every twenty households, where their number is known."""
    per = facts.number("popularization.lsv.households_per")
    member = aliased(Subject)
    having = (
        select(func.count())
        .select_from(member)
        .where(member.body_id == Subject.id, member.kind == VILLAGER, member.status == "active")
        .correlate(Subject)
        .scalar_subquery()
    )
    rows = facts.session.execute(
        select(Subject.id, Village.households, having)
        .join(Village, Village.subject_id == Subject.id)
        .where(
            readable(actor, VILLAGE),
            Subject.status == "active",
            Village.households > 0,
            having * per < Village.households,
        )
        .order_by(Subject.id)
    ).all()
    if rows:
        gap = sum(needed(households, 0, per) - there for _, households, there in rows)
        yield TodayItem(
            title=f"按每 {per} 户一名法律明白人不足的村（社区）",
            note=f"共差 {gap:,} 名，请列入培养计划（规划四（一）1）",
            state=StateKind.WARN,
            count=len(rows),
            kind=VILLAGE,
            ids=tuple(number for number, _, _ in rows),
        )
