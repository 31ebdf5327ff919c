"""Periods of figures (a year 2025, a quarter 2025-Q3, a month 2025-09), and which of them tell a day's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from suite.contract.returns import Every
from suite.kernel.clocks.spans import month_end

_WRITTEN = re.compile(r"(?P<year>(?:19|20)\d{2})(?:-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period as it is written, with its first and last day."""

    text: str
    first: dt.date
    last: dt.date


def parse_period(text: str) -> Period:
    """A written period. Raises ValueError for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year = int(found["year"])
    first_month, months = 1, 12
    if found["quarter"]:
        first_month, months = 3 * int(found["quarter"]) - 2, 3
    elif found["month"]:
        first_month, months = int(found["month"]), 1
    last_month = first_month + months - 1
    return Period(
        text=text,
        first=dt.date(year, first_month, 1),
        last=month_end(year, last_month),
    )


def period_of(every: Every, day: dt.date) -> Period:
    """The period of a frequency that holds a day."""
    match every:
        case Every.MONTH:
            return parse_period(f"{day.year}-{day.month:02d}")
        case Every.QUARTER:
            return parse_period(f"{day.year}-Q{(day.month + 2) // 3}")
        case Every.YEAR:
            return parse_period(str(day.year))


def every_of(period: Period) -> Every:
    """The frequency that a period belongs to."""
    if len(period.text) == 4:
        return Every.YEAR
    return Every.QUARTER if "Q" in period.text else Every.MONTH


def period_before(every: Every, period: Period) -> Period:
    """The period of a frequency before another one."""
    return period_of(every, period.first - dt.timedelta(days=1))


def standing_on(periods: Iterable[Period], day: dt.date, *, ahead: bool = False) -> Period | None:
    """The last period that was over on a day: what was known then of a number that stands (population); with
    `ahead` the last that had begun (a budget)."""
    over = [period for period in periods if (period.first if ahead else period.last) <= day]
    return max(over, key=lambda period: (period.last, period.first), default=None)


def adding_up_on(periods: Iterable[Period], day: dt.date) -> tuple[Period, ...]:
    """The periods of the day's year that add up to what was counted by then, without a gap or an overlap.

    A longer period goes before the shorter ones within it. Empty where the year's first days are missing.
    """
    over = sorted(
        (period for period in periods if period.last <= day and period.first.year == day.year),
        key=lambda period: (period.first, -(period.last - period.first).days),
    )
    taken: list[Period] = []
    following = dt.date(day.year, 1, 1)
    for period in over:
        if period.first == following:
            taken.append(period)
            following = period.last + dt.timedelta(days=1)
    return tuple(taken)
