"""Whole years and months between days."""

import datetime as dt

import pytest

from suite.kernel.clocks.spans import last_of, latest_start, months_after, whole_years, years_after


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        ((1961, 11, 23), (2026, 11, 22), 64),
        ((1961, 11, 23), (2026, 11, 23), 65),
        ((2000, 2, 29), (2025, 2, 28), 24),
        ((2000, 2, 29), (2025, 3, 1), 25),
        ((2026, 1, 1), (2025, 12, 31), -1),
    ],
)
def test_whole_years(since: tuple[int, int, int], until: tuple[int, int, int], years: int) -> None:
    assert whole_years(dt.date(*since), dt.date(*until)) == years


def test_the_day_some_years_on() -> None:
    assert years_after(dt.date(2024, 2, 29), 5) == dt.date(2029, 2, 28)
    assert years_after(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2025, 11, 30), 3, dt.date(2026, 2, 28)),
        (dt.date(2025, 12, 15), 12, dt.date(2026, 12, 15)),
        (dt.date(2025, 12, 31), 6, dt.date(2026, 6, 30)),
    ],
)
def test_months_end_on_the_corresponding_day(day: dt.date, months: int, expected: dt.date) -> None:
    assert months_after(day, months) == expected


def test_the_last_day_of_months_that_begin_on_a_day() -> None:
    assert last_of(dt.date(2026, 5, 28), 12) == dt.date(2027, 5, 27)
    assert last_of(dt.date(2026, 1, 1), 3) == dt.date(2026, 3, 31)
    assert last_of(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)


@pytest.mark.parametrize(
    ("limit", "months", "expected"),
    [
        (dt.date(2027, 5, 22), 780, dt.date(1962, 5, 22)),
        (dt.date(2029, 2, 28), 780, dt.date(1964, 2, 29)),
        (dt.date(2028, 2, 29), 780, dt.date(1963, 2, 28)),
        (dt.date(2026, 2, 28), 6, dt.date(2025, 8, 31)),
        (dt.date(2026, 2, 27), 6, dt.date(2025, 8, 27)),
    ],
)
def test_the_latest_start_is_the_last_day_that_completes_in_time(
    limit: dt.date, months: int, expected: dt.date
) -> None:
    found = latest_start(limit, months)
    assert found == expected
    assert months_after(found, months) <= limit < months_after(found + dt.timedelta(days=1), months)
