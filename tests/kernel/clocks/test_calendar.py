"""The shipped calendar: State Council notices of 2020–2026."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.kernel.clocks.calendar import day_kind, published_years, shipped


def test_the_shipped_years_are_in_a_new_database(suite_: Suite) -> None:
    with suite_.reading() as session:
        assert published_years(session) == tuple(range(2020, 2027))


@pytest.mark.parametrize(
    ("day", "working", "words"),
    [
        (dt.date(2026, 11, 23), True, "工作日"),  # a plain Monday
        (dt.date(2026, 11, 22), False, "休息日"),  # a plain Sunday
        (dt.date(2026, 10, 1), False, "休息日"),  # National Day
        (dt.date(2026, 10, 10), True, "工作日"),  # a worked Saturday
        (dt.date(2026, 2, 14), True, "工作日"),  # a worked Saturday before the Spring Festival
        (dt.date(2027, 1, 4), True, "工作日，暂估"),  # no notice yet
        (dt.date(2027, 2, 8), False, "休息日，暂估"),  # a statutory day all the same
    ],
)
def test_what_kind_of_day(suite_: Suite, day: dt.date, working: bool, words: str) -> None:
    with suite_.reading() as session:
        kind = day_kind(session, day)
    assert (kind.working, kind.words) == (working, words)


def test_every_listed_day_differs_from_the_plain_week_or_is_a_festival() -> None:
    for entry in shipped():
        assert entry.festival
        assert not entry.working or entry.day.weekday() >= 5
