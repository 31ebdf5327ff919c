"""Years and months and their last days, as the law counts them (民法典第二百零一至二百零三条)."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange


def whole_years(since: dt.date, until: dt.date) -> int:
    """Completed calendar years from one day to another; negative when the first lies later.

    An age is complete on the birthday itself; who was born on 29 February completes it on 1 March of
    a common year.
    """
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def months_after(day: dt.date, months: int) -> dt.date:
    """The corresponding day some calendar months on; the last day of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: dt.date, years: int) -> dt.date:
    """The corresponding day some calendar years on; the last day of February where there is none."""
    return months_after(day, 12 * years)


def last_of(day: dt.date, months: int) -> dt.date:
    """The last day of some calendar months that begin on a day: the one before the corresponding day, or the
    last day of the month where there is none."""
    after = months_after(day, months)
    return after - dt.timedelta(days=1) if after.day == day.day else after


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, monthrange(year, month)[1])


def whole_months(day: dt.date, number: int) -> tuple[tuple[dt.date, dt.date], ...]:
    """First and last day of the last so many whole calendar months before a day, the earliest first."""
    begins = [months_after(day.replace(day=1), -back) for back in range(number, 0, -1)]
    return tuple((first, last_of(first, 1)) for first in begins)


def latest_start(limit: dt.date, months: int) -> dt.date:
    """The latest day whose corresponding day some calendar months on is not after `limit`.

    It turns "has completed the months by then" into a bound that a column is compared with.
    """
    start = months_after(limit, -months)
    while months_after(start + dt.timedelta(days=1), months) <= limit:
        start += dt.timedelta(days=1)
    return start
