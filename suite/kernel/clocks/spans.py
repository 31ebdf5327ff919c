"""Whole years and months between days, as the law counts them (民法典第二百零一至二百零三条)."""

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


def latest_start(limit: dt.date, months: int) -> dt.date:
    """The latest day whose corresponding day some calendar months on is not after `limit`.

    It turns "has completed the months by then" into a bound that a column is compared with.
    """
    start = months_after(limit, -months)
    while months_after(start + dt.timedelta(days=1), months) <= limit:
        start += dt.timedelta(days=1)
    return start
