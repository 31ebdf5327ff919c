"""The working calendar as one value: which day is worked, and how many working days lie between two days.

A day is worked from Monday to Friday; the State Council's yearly notice makes some of these days off (休) and
some weekends worked (班). A year whose notice is not in the calendar counts by weekends and the statutory
festival days (全国年节及纪念日放假办法第二条), and what is counted through it is provisional (暂估). Days
noted for such a year are a draft and count for nothing until the year is published.

Prefix counts over the whole range answer each question without a walk over days.
"""

from __future__ import annotations

import csv
import datetime as dt
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import accumulate

FIRST_DAY = dt.date(1990, 1, 1)  # the range of `lunar_days.csv`
LAST_DAY = dt.date(2099, 12, 31)
_ONE_DAY = dt.timedelta(days=1)
_ORIGIN = FIRST_DAY.toordinal()
_LENGTH = LAST_DAY.toordinal() - _ORIGIN + 1
_THIRTEEN_SINCE = 2025  # 2024 revision, in force 2025-01-01: adds 除夕 and 5 月 2 日 to the former eleven


@cache
def statutory_days(year: int) -> Mapping[dt.date, str]:
    """The statutory festival days of a year → the festival (全国年节及纪念日放假办法第二条).

    Thirteen from 2025 on, eleven before. A festival that falls on a weekend is not given back on a weekday
    here: which one is given is for the yearly notice.
    """
    lunar = _lunar_days()[year]
    spring, qingming, dragon_boat, mid_autumn = (
        dt.date.fromisoformat(f"{year}-{lunar[name]}")
        for name in ("spring_festival", "qingming", "dragon_boat", "mid_autumn")
    )
    days = {dt.date(year, 1, 1): "元旦", **{spring + n * _ONE_DAY: "春节" for n in range(3)}}
    days |= {qingming: "清明节", dt.date(year, 5, 1): "劳动节", dragon_boat: "端午节", mid_autumn: "中秋节"}
    days |= {dt.date(year, 10, day): "国庆节" for day in (1, 2, 3)}
    if year >= _THIRTEEN_SINCE:
        days |= {spring - _ONE_DAY: "春节", dt.date(year, 5, 2): "劳动节"}
    return dict(sorted(days.items()))


@cache
def _lunar_days() -> Mapping[int, Mapping[str, str]]:
    text = files("suite.kernel.clocks").joinpath("data", "lunar_days.csv").read_text("utf-8")
    return {int(row["year"]): row for row in csv.DictReader(text.splitlines())}


class WorkCalendar:
    """Working days from 1990 to 2099. Immutable; build it once and ask it often.

    Days outside the range raise IndexError: `due_of` refuses them before.
    """

    __slots__ = ("_before", "_names", "_worked", "_working", "published")

    def __init__(self, days: Iterable[tuple[dt.date, bool, str]], published: Iterable[int]) -> None:
        """Build it.

        days: (day, worked, festival) for each day that differs from the plain week or is a festival.
        published: the years whose notice is in; days of other years are left out of account.
        """
        self.published = frozenset(published)
        first = FIRST_DAY.weekday()
        week = bytes((first + n) % 7 < 5 for n in range(7))
        working = bytearray(week * (_LENGTH // 7 + 1))[:_LENGTH]
        names: dict[int, str] = {}
        for day, worked, festival in days:
            if day.year in self.published and FIRST_DAY <= day <= LAST_DAY:
                place = day.toordinal() - _ORIGIN
                working[place] = worked
                names[place] = festival
        for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
            if year not in self.published:
                for day, festival in statutory_days(year).items():
                    place = day.toordinal() - _ORIGIN
                    working[place] = 0
                    names[place] = festival
        self._working = bytes(working)
        self._names = names
        self._before = array("I", accumulate(working))  # working days up to and with each day
        self._worked = array("I", (place for place, worked in enumerate(working) if worked))

    def is_working(self, day: dt.date) -> bool:
        """Whether a day is worked."""
        return bool(self._working[_place(day)])

    def festival(self, day: dt.date) -> str:
        """The festival that a day off or a worked weekend belongs to; empty for a plain day."""
        return self._names.get(_place(day), "")

    def is_published(self, year: int) -> bool:
        """Whether the notice of a year is in the calendar."""
        return year in self.published

    def unpublished(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        """The years without a notice that the days from `first` to `last` touch."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.published)

    def working_between(self, after: dt.date, until: dt.date) -> int:
        """How many working days lie after `after`, up to and with `until`; 0 when there is none between."""
        return max(0, self._before[_place(until)] - self._before[_place(after)])

    def nth_working(self, after: dt.date, n: int) -> dt.date | None:
        """The n-th working day after a day (n ≥ 1); None past the end of the range."""
        place = self._before[_place(after)] + n - 1
        return FIRST_DAY + self._worked[place] * _ONE_DAY if place < len(self._worked) else None

    def nth_working_before(self, day: dt.date, n: int) -> dt.date | None:
        """The n-th working day before a day (n ≥ 1), going back; None before the beginning of the range."""
        place = bisect_left(self._worked, _place(day)) - n
        return FIRST_DAY + self._worked[place] * _ONE_DAY if place >= 0 else None


def _place(day: dt.date) -> int:
    place = day.toordinal() - _ORIGIN
    if place < 0:  # a negative index would answer for the other end
        raise IndexError(day)
    return place
