"""Keeping the calendar of working days: a year's notice, a single day, and whether a year is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete, extract, func, select

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.kernel.clocks.calendar import shipped, shipped_source
from suite.kernel.clocks.moving import RESULT, recount
from suite.kernel.clocks.notice_text import CalendarEntry, entry_problems, raise_for, read_notice
from suite.kernel.clocks.workdays import FIRST_DAY, LAST_DAY, statutory_days
from suite.kernel.executor.work import Transaction
from suite.tables import CalendarDay, CalendarYear

EDIT = "core:calendar:edit"
KIND = "core.calendar"
ARTICLE = "全国年节及纪念日放假办法第二条"


@dataclass(frozen=True, kw_only=True)
class LoadCalendar(Command):
    """Write the shipped years with their days off and worked weekends into a new database."""

    permission: ClassVar[str] = EDIT
    title: ClassVar[str] = "载入工作日历"


@dataclass(frozen=True, kw_only=True)
class AddCalendarDays(Command):
    """Enter a year's notice: its text or a list of days. `publish` also declares the year published.

    Of a year that is not published the former draft is replaced; to a published one the days are added.
    source: title or number of the notice. expected_version: of the year as it was seen, 0 for one without
    any entry.
    """

    permission: ClassVar[str] = EDIT
    title: ClassVar[str] = "录入放假安排"
    article: ClassVar[str | None] = ARTICLE

    year: int
    notice: str
    source: str
    publish: bool = False
    expected_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectCalendarDay(Command):
    """Say of one day that it is off (working=False), worked (True) or as in a plain week (None)."""

    permission: ClassVar[str] = EDIT
    title: ClassVar[str] = "更正日历中的一天"

    day: dt.date
    working: bool | None
    source: str
    festival: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class PublishCalendarYear(Command):
    """Declare a year published: from now on its days count, and what was 暂估 is counted anew."""

    permission: ClassVar[str] = EDIT
    title: ClassVar[str] = "发布年度日历"
    article: ClassVar[str | None] = ARTICLE

    year: int
    source: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawCalendarYear(Command):
    """Take back that a year is published, since it was by mistake; its days stay as a draft."""

    permission: ClassVar[str] = EDIT
    title: ClassVar[str] = "撤回年度日历"

    year: int
    reason: str
    expected_version: int | None = None


def load_calendar(command: LoadCalendar, work: Transaction) -> Done:
    """Write them, once."""
    if work.session.scalar(select(func.count()).select_from(CalendarDay)):
        raise refuse("calendar.loaded", "工作日历已经载入。")
    entries = list(shipped())
    years = sorted({entry.day.year for entry in entries})
    for year in years:
        work.session.add(CalendarYear(year=year, published=True, source=shipped_source(year)))
    _write(work, entries, {year: shipped_source(year) for year in years})
    return Done(
        text=f"已载入 {years[0]} 至 {years[-1]} 年的工作日历", changes=(Change(kind=KIND, ids=tuple(years)),)
    )


def add_calendar_days(command: AddCalendarDays, work: Transaction) -> Done:
    """Write the days of a notice. Refuses a text that does not fit, all at once."""
    source = _source(command.source)
    year = _year(work, command.year, command.expected_version)
    entries = read_notice(command.notice, command.year)
    if not year.published:
        year.source = source
        work.session.execute(delete(CalendarDay).where(extract("year", CalendarDay.day) == command.year))
    _write(work, entries, {command.year: source, command.year - 1: source})
    year.version += 1
    if any(entry.day.year < command.year for entry in entries):  # 31 December before a New Year's Day
        former = _year(work, command.year - 1, None)
        former.version += 1
        if former.published:
            _check_festivals(work, former.year)
    if command.publish:
        _publish(work, year)
    off = sum(not entry.working for entry in entries)
    state = "并发布" if command.publish else "，" + ("已发布" if year.published else "尚未发布")
    text = f"已录入 {command.year} 年放假 {off} 天、调休上班 {len(entries) - off} 天{state}"
    return _done(work, text, command.year)


def correct_calendar_day(command: CorrectCalendarDay, work: Transaction) -> Done:
    """Change the day. Refuses a worked weekday, and a day that already is so."""
    source = _source(command.source)
    year = _year(work, command.day.year, command.expected_version)
    row = work.session.get(CalendarDay, command.day)
    if command.working is None:
        if row is None:
            raise refuse("calendar.same", f"{command.day} 没有标注，本来就按平常一周。", field="working")
        work.session.delete(row)
        words = "按平常一周"
    else:
        given = command.festival.strip()
        entry = CalendarEntry(
            day=command.day,
            working=command.working,
            festival=(given or (row.festival if row else "调休"))[:30],
        )
        raise_for([problem.at(field="working") for problem in entry_problems(entry, command.day.year)])
        _write(work, (entry,), {command.day.year: source})
        words = f"标为{entry.mark}（{entry.festival}）"
    year.version += 1
    work.session.flush()
    if year.published:
        _check_festivals(work, year.year)
    return _done(work, f"{command.day} 已改为{words}", year.year)


def publish_calendar_year(command: PublishCalendarYear, work: Transaction) -> Done:
    """Publish it. Refuses a year without its statutory days off or without a source."""
    year = _year(work, command.year, command.expected_version)
    if year.published:
        raise refuse(
            "calendar.published", f"{command.year} 年已经发布。", ProblemKind.FORBIDDEN, field="year"
        )
    year.source = _source(command.source or year.source)
    year.version += 1
    _publish(work, year)
    return _done(work, f"{command.year} 年放假安排已发布", command.year)


def withdraw_calendar_year(command: WithdrawCalendarYear, work: Transaction) -> Done:
    """Make it a draft again."""
    if not command.reason.strip():
        raise refuse("reason.required", "请写明撤回的事由。", field="reason")
    year = _year(work, command.year, command.expected_version)
    if not year.published:
        raise refuse("calendar.draft", f"{command.year} 年还没有发布。", ProblemKind.FORBIDDEN, field="year")
    year.published = False
    year.version += 1
    return _done(work, f"{command.year} 年放假安排已撤回为未发布", command.year)


def _year(work: Transaction, year: int, expected: int | None) -> CalendarYear:
    """The year's row, held until commit and made where there is none. Raises Refused when it is stale."""
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        text = f"年份应在 {FIRST_DAY.year} 至 {LAST_DAY.year} 之间，现为 {year}，请改正。"
        raise refuse("calendar.year", text, field="year")
    row = work.session.scalar(select(CalendarYear).where(CalendarYear.year == year).with_for_update())
    if expected is not None and expected != (row.version if row else 0):
        text = f"{year} 年的日历刚被他人改过。请看过现在的安排后再办理。"
        raise refuse("stale", text, ProblemKind.STALE, field="year")
    if row is None:
        row = CalendarYear(year=year, published=False, source="", version=0)
        work.session.add(row)
    return row


def _write(work: Transaction, entries: Iterable[CalendarEntry], sources: Mapping[int, str]) -> None:
    """Set the days as entries say, each with the source of its year."""
    for entry in entries:
        row = work.session.get(CalendarDay, entry.day)
        if row is None:
            row = CalendarDay(day=entry.day)
            work.session.add(row)
        row.working, row.festival, row.source = entry.working, entry.festival, sources[entry.day.year]
    work.session.flush()


def _publish(work: Transaction, year: CalendarYear) -> None:
    year.published = True
    work.session.flush()
    _check_festivals(work, year.year)


def _check_festivals(work: Transaction, year: int) -> None:
    """Raises Refused where a statutory festival day is not off."""
    days = work.session.scalars(
        select(CalendarDay.day).where(
            extract("year", CalendarDay.day) == year, CalendarDay.working.is_(False)
        )
    )
    off = set(days)
    raise_for(
        [
            Problem(
                code="calendar.festival",
                text=f"{day}（{festival}）是法定节假日，却没有标为放假，请补上后再办理。",
                field="notice",
                article=ARTICLE,
            )
            for day, festival in statutory_days(year).items()
            if day not in off
        ]
    )


def _source(text: str) -> str:
    if not text.strip():
        raise refuse("calendar.source", "请写明依据（通知的名称或文号）。", field="source")
    return text.strip()[:200]


def _done(work: Transaction, text: str, year: int) -> Done:
    work.session.flush()
    # A year's notice may speak of the last days before it.
    moved = recount(work, since=dt.date(year - 1, 12, 1))
    told = f"；{len(moved)} 项到期日随之变动" if moved else ""
    return Done(text=f"{text}{told}", changes=(Change(kind=KIND, ids=(year,)),), result={RESULT: moved})


HANDLERS: dict[type[Command], Handler] = {
    LoadCalendar: load_calendar,
    AddCalendarDays: add_calendar_days,
    CorrectCalendarDay: correct_calendar_day,
    PublishCalendarYear: publish_calendar_year,
    WithdrawCalendarYear: withdraw_calendar_year,
}
