"""The calendar of working days as it stands: the shipped years, those of a database, the kind of a day.

Business dates of Asia/Shanghai. A year without a published notice counts by weekends and the statutory
festival days, and what is counted through it is provisional (暂估).
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from suite.kernel.clocks.notice_text import WORKED, CalendarEntry
from suite.kernel.clocks.workdays import FIRST_DAY, LAST_DAY, WorkCalendar
from suite.tables import CalendarDay, CalendarYear


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


@dataclass(frozen=True, kw_only=True)
class YearState:
    """A year of the calendar. `entries`: the days noted for it, which count only once it is published.

    version is 0 for a year of which nothing is noted.
    """

    year: int
    published: bool
    source: str
    version: int
    entries: Mapping[dt.date, CalendarEntry]
    sources: Mapping[dt.date, str]


def shipped() -> Iterator[CalendarEntry]:
    """The days of the shipped calendar."""
    text = files("suite.kernel.clocks").joinpath("data", "holidays.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield CalendarEntry(
            day=dt.date.fromisoformat(row["date"]), working=row["type"] == WORKED, festival=row["festival"]
        )


def shipped_source(year: int) -> str:
    """The document behind a shipped year."""
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


@cache
def shipped_calendar() -> WorkCalendar:
    """The calendar that the program brings along, for where there is no database."""
    days = tuple(_plain(entry) for entry in shipped())
    return WorkCalendar(days, {day.year for day, _, _ in days})


def work_calendar(session: Session) -> WorkCalendar:
    """The calendar as one value, for the rules of the legal clock. Ask once per transaction.

    It is built anew only when what the database holds has changed, by whichever desk.
    """
    days = session.execute(
        select(CalendarDay.day, CalendarDay.working, CalendarDay.festival).order_by(CalendarDay.day)
    )
    return _built(
        tuple((day, working, festival) for day, working, festival in days), published_years(session)
    )


@lru_cache(maxsize=4)
def _built(days: tuple[tuple[dt.date, bool, str], ...], published: tuple[int, ...]) -> WorkCalendar:
    return WorkCalendar(days, published)


def _plain(entry: CalendarEntry) -> tuple[dt.date, bool, str]:
    return entry.day, entry.working, entry.festival


def published_years(session: Session) -> tuple[int, ...]:
    """The years whose notice is in the calendar, in order."""
    years = session.scalars(
        select(CalendarYear.year).where(CalendarYear.published).order_by(CalendarYear.year)
    )
    return tuple(years)


def year_state(session: Session, year: int) -> YearState:
    """One year as the calendar's page shows it."""
    row = session.get(CalendarYear, year)
    days = session.scalars(
        select(CalendarDay).where(extract("year", CalendarDay.day) == year).order_by(CalendarDay.day)
    ).all()
    return YearState(
        year=year,
        published=row is not None and row.published,
        source=row.source if row else "",
        version=row.version if row else 0,
        entries={
            item.day: CalendarEntry(day=item.day, working=item.working, festival=item.festival)
            for item in days
        },
        sources={item.day: item.source for item in days},
    )


def day_kind(session: Session, day: dt.date) -> DayKind:
    """What kind of day a day is; a day outside the calendar's range is told by the plain week."""
    if not FIRST_DAY <= day <= LAST_DAY:
        return DayKind(day=day, working=day.weekday() < 5, festival="", published=False)
    calendar = work_calendar(session)
    return DayKind(
        day=day,
        working=calendar.is_working(day),
        festival=calendar.festival(day),
        published=calendar.is_published(day.year),
    )
