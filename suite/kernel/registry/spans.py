"""Whole years between days, as the law counts them (民法典第二百零一至二百零三条)."""

from __future__ import annotations

import datetime as dt


def whole_years(since: dt.date, until: dt.date) -> int:
    """Completed calendar years from one day to another; negative when the first lies later.

    An age is complete on the birthday itself; who was born on 29 February completes it on 1 March of
    a common year.
    """
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def years_after(day: dt.date, years: int) -> dt.date:
    """The corresponding day some calendar years on; the last day of February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
