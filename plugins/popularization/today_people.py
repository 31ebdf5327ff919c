"""What waits about people: training of law-savvy villagers, leaders' study lists and court observation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Subquery, func, or_, select

from plugins.popularization.ledgers.people import COURT, LISTS, STUDY_LISTS, TRAINING, VILLAGERS
from suite.api import Actor, Facts, Ledger, StateKind, Subject, TodayItem, entries_about, readable

UNIT, VILLAGER = "popularization.duty_unit", "popularization.law_savvy_villager"


def people_items(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """What is due by the end of the year, told from the day on that a parameter says."""
    since = dt.date.fromisoformat(f"{facts.today.year}-{facts.parameters['popularization.alert_from']}")
    if facts.today >= since:
        yield from _untrained(actor, facts)
        least = facts.number("popularization.court.observe_per_year")
        yield from _units_without(
            actor, facts, COURT, least, f"本年旁听庭审不足 {least} 次的单位", "每个领导班子每年至少旁听一次"
        )
        yield from _units_without(
            actor, facts, STUDY_LISTS, 1, "本年没有印发领导干部学法清单的单位", f"请督促编制（{LISTS}）"
        )


def _untrained(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """乡村“法律明白人”培养工作规范（试行）: so many hours of training a year; the number is a parameter."""
    hours = facts.number("popularization.lsv.hours_per_year")
    year = entries_about(actor, TRAINING, facts.today.replace(month=1, day=1), facts.today, total="hours")
    if not _kept(facts, year):
        return
    ids = tuple(
        facts.session.scalars(
            select(Subject.id)
            .outerjoin(year, year.c.link == Subject.id)
            .where(
                readable(actor, VILLAGER),
                Subject.status == "active",
                func.coalesce(year.c.total, 0) < hours,
            )
            .order_by(Subject.id)
        )
    )
    if ids:
        yield TodayItem(
            title=f"本年培训不足 {hours} 学时的法律明白人",
            note=f"请安排年度培训（{VILLAGERS}）",
            state=StateKind.WARN,
            count=len(ids),
            kind=VILLAGER,
            ids=ids,
        )


def _units_without(
    actor: Actor, facts: Facts, ledger: Ledger, least: int, title: str, note: str
) -> Iterator[TodayItem]:
    """Units that fewer entries of the year than `least` are about; nobody in a house that keeps none."""
    year = entries_about(actor, ledger, facts.today.replace(month=1, day=1), facts.today)
    if not _kept(facts, year):
        return
    ids = tuple(
        facts.session.scalars(
            select(Subject.id)
            .outerjoin(year, year.c.link == Subject.id)
            .where(
                readable(actor, UNIT),
                Subject.status == "active",
                or_(year.c.number.is_(None), year.c.number < least),
            )
            .order_by(Subject.id)
        )
    )
    if ids:
        yield TodayItem(title=title, note=note, state=StateKind.WARN, count=len(ids), kind=UNIT, ids=ids)


def _kept(facts: Facts, entries: Subquery) -> bool:
    """Whether the house keeps the ledger at all this year."""
    return facts.session.execute(select(entries.c.link).limit(1)).first() is not None
