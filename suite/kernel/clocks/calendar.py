"""The calendar of working days: the shipped years, and what kind of day a day is.

Business dates of Asia/Shanghai. A year without a published notice follows the plain week, and what is
counted through it is provisional (暂估).
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.problems import refuse
from suite.kernel.clocks.workdays import WorkCalendar
from suite.kernel.executor.work import Transaction
from suite.tables import CalendarDay


@dataclass(frozen=True, kw_only=True)
class LoadCalendar(Command):
    """Write the shipped days off and worked weekends into a new database."""

    permission: ClassVar[str] = "core:calendar:edit"
    title: ClassVar[str] = "载入工作日历"


@dataclass(frozen=True, kw_only=True)
class DayKind:
    """What kind of day a day is; `published` is false where the year's notice is not in the calendar."""

    day: dt.date
    working: bool
    festival: str
    published: bool

    @property
    def words(self) -> str:
        """工作日 or 休息日, and 暂估 where the year is not published."""
        kind = "工作日" if self.working else "休息日"
        return kind if self.published else f"{kind}，暂估"


def shipped() -> Iterator[dict[str, str]]:
    """The rows of the shipped calendar."""
    text = files("suite.kernel.clocks").joinpath("data", "holidays.csv").read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


def load_calendar(command: LoadCalendar, work: Transaction) -> Done:
    """Write them, once."""
    if work.session.scalar(select(func.count()).select_from(CalendarDay)):
        raise refuse("calendar.loaded", "工作日历已经载入。")
    for row in shipped():
        work.session.add(
            CalendarDay(
                day=dt.date.fromisoformat(row["date"]),
                working=row["type"] == "班",
                festival=row["festival"],
                published=True,
            )
        )
    work.session.flush()
    first, last = years(work.session)
    return Done(
        text=f"已载入 {first} 至 {last} 年的工作日历", changes=(Change(kind="core.calendar", ids=()),)
    )


def years(session: Session) -> tuple[int, int]:
    """The first and the last published year; (0, 0) for an empty calendar."""
    first, last = session.execute(
        select(func.min(CalendarDay.day), func.max(CalendarDay.day)).where(CalendarDay.published)
    ).one()
    return (first.year, last.year) if first else (0, 0)


def work_calendar(session: Session) -> WorkCalendar:
    """The calendar as one value, for the rules of the legal clock. Ask once per transaction.

    It is built anew only when what the database holds has changed, by whichever desk.
    """
    days = session.execute(
        select(CalendarDay.day, CalendarDay.working, CalendarDay.festival).order_by(CalendarDay.day)
    )
    first, last = years(session)
    return _built(
        tuple((day, working, festival) for day, working, festival in days), tuple(range(first, last + 1))
    )


@cache
def shipped_calendar() -> WorkCalendar:
    """The calendar that the program brings along, for where there is no database."""
    days = [(dt.date.fromisoformat(row["date"]), row["type"] == "班", row["festival"]) for row in shipped()]
    return WorkCalendar(days, {day.year for day, _, _ in days})


@lru_cache(maxsize=4)
def _built(days: tuple[tuple[dt.date, bool, str], ...], published: tuple[int, ...]) -> WorkCalendar:
    return WorkCalendar(days, published)


def day_kind(session: Session, day: dt.date) -> DayKind:
    """What kind of day a day is."""
    first, last = years(session)
    listed = session.get(CalendarDay, day)
    return DayKind(
        day=day,
        working=listed.working if listed else day.weekday() < 5,
        festival=listed.festival if listed else "",
        published=first <= day.year <= last,
    )


HANDLERS: dict[type[Command], Handler] = {LoadCalendar: load_calendar}
