"""What a legal clock says: how much is left, and one sentence that explains the day it ends on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from suite.contract.time_limits import Unit
from suite.kernel.clocks.rules import ONE_DAY, Due, Pause, counted, paused_on
from suite.kernel.clocks.workdays import LAST_DAY, WorkCalendar

_SHOWN = 4  # festivals, worked weekends and pauses named one by one; the rest is counted


class Running(StrEnum):
    """How a clock stands on a day."""

    RUNNING = "running"
    TODAY = "today"
    OVERDUE = "overdue"
    PAUSED = "paused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a clock stands: `days` is what is left, or by how much it is overdue, in the unit that counts.

    `used` of `total` are days that count (working days; calendar days also for months and years). `days` is
    0 on the last day, and for an overdue limit in working days before the first working day has gone by.
    """

    state: Running
    days: int
    used: int
    total: int
    text: str

    @property
    def signed(self) -> int:
        """The days left, negative when overdue: what lists sort by."""
        return -self.days if self.state is Running.OVERDUE else self.days


def standing(due: Due, today: dt.date, calendar: WorkCalendar) -> Standing:
    """How a clock stands on a day: 5 个工作日后到期, 今日到期, 已逾期 1 个工作日, 暂停计时（补正）…"""
    today = min(today, LAST_DAY)
    words = day_words(due.unit)
    used = min(due.total, counted(due, due.start, max(due.start, today), calendar))
    if due.due is not None and today > due.due:
        days = (
            calendar.working_between(due.due, today) if due.unit is Unit.WORKING else (today - due.due).days
        )
        text = f"已逾期 {days} {words}" if days else f"已逾期，未满 1 {words}"
        return Standing(state=Running.OVERDUE, days=days, used=due.total, total=due.total, text=text)
    if due.due is None:
        days = due.total - used
    else:
        days = counted(due, max(due.start, today), due.due, calendar)
    pause = paused_on(due, today)
    if pause is not None:
        text = f"暂停计时{_reason(pause)}，尚余 {days} {words}"
        return Standing(state=Running.PAUSED, days=days, used=used, total=due.total, text=text)
    if due.due == today:
        return Standing(state=Running.TODAY, days=0, used=used, total=due.total, text="今日到期")
    text = f"{days} {words}后到期" if due.due is not None else f"尚余 {days} {words}，将暂停计时"
    return Standing(state=Running.RUNNING, days=days, used=used, total=due.total, text=text)


def day_words(unit: Unit) -> str:
    """What remaining time is told in: working days for a limit in working days, otherwise days."""
    return "个工作日" if unit is Unit.WORKING else "日"


def explain(due: Due, calendar: WorkCalendar, article: str = "", title: str = "") -> str:
    """One sentence: start, limit, article, skipped days, pauses, rolling on, the due day, 暂估."""
    limit = f"{title}期限 {due.n} {due.unit.words}" if title else f"期限 {due.n} {due.unit.words}"
    parts = [f"自 {_day(due.start)}起算，当日不计入"]
    if article:
        limit += f"（{article}）"
    if due.extension:
        limit += f"，延长 {due.extension} {due.unit.words}"
    parts.append(limit)
    if due.natural is not None and due.natural.day != due.start.day:
        parts.append("末月无对应日，以月末日为准")
    if due.unit is Unit.WORKING:
        parts += _skipped(due, due.due or _open_since(due) - ONE_DAY, calendar)
    parts += _paused(due, due.due or _open_since(due))
    if due.due is None:
        left = f"，尚余 {due.left} {day_words(due.unit)}" if due.left else ""
        parts.append(f"现暂停计时{left}，恢复后的次日续计，到期日待定")
        return "；".join(parts) + "。"
    if due.rolled and due.last is not None:
        festival = calendar.festival(due.last) or "周末"
        parts.append(f"末日 {_day(due.last)}为休息日（{festival}），顺延至下一个工作日")
    parts.append(f"{_day(due.due)}到期")
    if due.provisional:
        first = due.start + ONE_DAY if due.unit is Unit.WORKING else due.last or due.due
        years = "、".join(str(year) for year in calendar.unpublished(first, due.due))
        parts.append(f"{years} 年放假安排未发布，按周末和法定节假日暂估，发布后重新推算")
    return "；".join(parts) + "。"


def _open_since(due: Due) -> dt.date:
    """The first day of the open pause that holds a clock."""
    return min(pause.since for pause in due.pauses if pause.until is None)


def _skipped(due: Due, end: dt.date, calendar: WorkCalendar) -> list[str]:
    """The days off that were left out, and the weekends that counted because they were worked."""
    off: list[tuple[dt.date, str]] = []
    worked: list[dt.date] = []
    weekends = 0
    day = due.start + ONE_DAY
    while day <= end:
        if paused_on(due, day) is None:
            festival = calendar.festival(day)
            if calendar.is_working(day):
                if festival and day.weekday() >= 5:
                    worked.append(day)
            elif festival:
                off.append((day, festival))
            else:
                weekends += 1
        day += ONE_DAY
    told = [f"周末 {weekends} 天"] if weekends else []
    told += _listed(
        [f"{name} {_span(first, last)}" for first, last, name in _runs(off)], f"等 {len(off)} 天节假日"
    )
    parts = ["其间休息日不计：" + "、".join(told)] if told else []
    if worked:
        days = _listed([_day(day) for day in worked], f"等 {len(worked)} 天")
        parts.append("调休上班计入：" + "、".join(days))
    return parts


def _runs(days: Iterable[tuple[dt.date, str]]) -> list[tuple[dt.date, dt.date, str]]:
    """Neighbouring days of one festival as (first, last, festival)."""
    runs: list[tuple[dt.date, dt.date, str]] = []
    for day, name in days:
        if runs and runs[-1][2] == name and runs[-1][1] + ONE_DAY == day:
            runs[-1] = (runs[-1][0], day, name)
        else:
            runs.append((day, day, name))
    return runs


def _paused(due: Due, end: dt.date) -> list[str]:
    """The pauses that fell into the time counted."""
    within = [pause for pause in due.pauses if pause.since <= end and due.start < (pause.until or LAST_DAY)]
    if not within:
        return []
    told = [f"{pause.reason} {_stretch(pause)}".lstrip() for pause in within]
    return ["暂停期间（含起止日）不计：" + "、".join(_listed(told, f"等 {len(told)} 段"))]


def _stretch(pause: Pause) -> str:
    return f"{pause.since} 起" if pause.until is None else _span(pause.since, pause.until)


def _listed(told: list[str], rest: str) -> list[str]:
    return told if len(told) <= _SHOWN else [*told[: _SHOWN - 1], told[_SHOWN - 1] + rest]


def _span(first: dt.date, last: dt.date) -> str:
    if first == last:
        return f"{first}"
    return f"{first}—{last:%m-%d}" if first.year == last.year else f"{first}—{last}"


def _day(day: dt.date) -> str:
    return f"{day}（周{'一二三四五六日'[day.weekday()]}）"


def _reason(pause: Pause) -> str:
    return f"（{pause.reason}）" if pause.reason else ""
