"""Ages, education and beginnings in the proportions of the profession."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate

from suite.api import InventedPerson, Inventor, years_after

# 全国律师 2022: below 30, to 50, to 65, over; ages drawn evenly inside.
_AGES = ((25, 29), (30, 49), (50, 64), (65, 76))
_AGE_WEIGHTS = tuple(accumulate((1656, 6439, 1632, 273)))
_EDUCATION = {
    "本科": 5000, "硕士": 1400, "博士": 121, "大专": 712, "大学本科": 2166, "硕士研究生": 601,
}  # fmt: skip


def person(
    inventor: Inventor, today: dt.date, *, ages: tuple[int, int] | None = None, area: str | None = None
) -> InventedPerson:
    """One person; `ages` narrows the age, `area` sets the beginning of the identity number."""
    low, high = ages or inventor.draw.choices(_AGES, cum_weights=_AGE_WEIGHTS)[0]
    born = (years_after(today, -high - 1) + dt.timedelta(days=1), years_after(today, -low))
    return inventor.person(born, women=42, members=33, area=area)


def education(inventor: Inventor) -> str:
    """An education as clerks write it."""
    return inventor.pick(_EDUCATION)


def working_day(day: dt.date) -> dt.date:
    """The day, or the Friday before a weekend: offices decide on weekdays."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def first_practice(inventor: Inventor, born: dt.date, today: dt.date, *, years_ago: int = 0) -> dt.date:
    """When somebody began to practise: from 24 on, mostly soon after, and at least `years_ago` years back."""
    earliest = max(born + dt.timedelta(days=24 * 366), dt.date(1985, 1, 7))
    latest = today - dt.timedelta(days=20 + years_ago * 366)
    late = earliest + dt.timedelta(days=int(inventor.draw.expovariate(1 / 1400)))
    return working_day(late if late < latest else inventor.day(earliest, latest))
