"""Invented persons: age, education and politics in the proportions of the profession."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from plugins.lawyers.sample.names import name_of
from plugins.lawyers.sample.numbers import ResidentNumbers
from plugins.lawyers.sample.places import Places

# 全国律师 2022: below 30, to 50, to 65, over; ages drawn evenly inside.
_AGES = ((25, 29), (30, 49), (50, 64), (65, 76))
_AGE_WEIGHTS = tuple(accumulate((1656, 6439, 1632, 273)))
_EDUCATION = ("本科", "硕士", "博士", "大专", "大学本科", "硕士研究生")
_EDUCATION_WEIGHTS = tuple(accumulate((5000, 1400, 121, 712, 2166, 601)))
_PHONES = ("130", "133", "135", "138", "139", "150", "158", "177", "186", "187", "189", "199")


@dataclass(frozen=True, kw_only=True)
class SamplePerson:
    """Somebody who does not exist."""

    name: str
    male: bool
    ethnicity: str
    born: dt.date
    id_number: str
    politics: str
    education: str
    phone: str

    @property
    def sex(self) -> str:
        """男 or 女."""
        return "男" if self.male else "女"


def person(
    rng: Random,
    places: Places,
    numbers: ResidentNumbers,
    today: dt.date,
    *,
    ages: tuple[int, int] | None = None,
    area: str | None = None,
) -> SamplePerson:
    """One person; `ages` narrows the age, `area` sets the beginning of the identity number."""
    male = rng.random() < 0.58
    name, ethnicity = name_of(rng, male)
    low, high = ages or rng.choices(_AGES, cum_weights=_AGE_WEIGHTS)[0]
    born = today - dt.timedelta(days=int(365.2425 * rng.randint(low, high)) + rng.randint(5, 360))
    area = area or places.birth_area(rng)
    return SamplePerson(
        name=name,
        male=male,
        ethnicity=ethnicity,
        born=born,
        id_number=numbers.take(area, born, male, rng.randrange(1000)),
        politics=_politics(rng, today.year - born.year),
        education=rng.choices(_EDUCATION, cum_weights=_EDUCATION_WEIGHTS)[0],
        phone=f"{rng.choice(_PHONES)}0000{rng.randrange(10_000):04d}",
    )


def _politics(rng: Random, age: int) -> str:
    draw = rng.random()
    if draw < 0.33:
        return "中共党员"
    if draw < 0.36:
        return "预备党员" if age < 35 else "中共党员"
    if draw < 0.39:
        return rng.choice(("民盟", "民建", "民进", "九三学社"))
    return "共青团员" if age < 28 else "群众"


def working_day(day: dt.date) -> dt.date:
    """The day, or the Friday before a weekend: offices decide on weekdays."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def day_between(rng: Random, first: dt.date, last: dt.date) -> dt.date:
    """A day in a span; the first one when the span is empty."""
    return first + dt.timedelta(days=rng.randint(0, max(0, (last - first).days)))


def first_practice(rng: Random, born: dt.date, today: dt.date, *, years_ago: int = 0) -> dt.date:
    """When somebody began to practise: from 24 on, mostly soon after, and at least `years_ago` years back."""
    earliest = max(born + dt.timedelta(days=24 * 366), dt.date(1985, 1, 7))
    latest = today - dt.timedelta(days=20 + years_ago * 366)
    late = earliest + dt.timedelta(days=int(rng.expovariate(1 / 1400)))
    return working_day(late if late < latest else day_between(rng, earliest, latest))
