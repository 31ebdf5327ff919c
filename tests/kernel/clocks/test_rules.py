"""The legal clock against a naive count, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.contract.problems import Refused
from suite.contract.time_limits import Unit
from suite.kernel.clocks.calendar import shipped, shipped_calendar
from suite.kernel.clocks.rules import ONE_DAY, Pause, counted, due_of, latest_before
from suite.kernel.clocks.spans import months_after
from suite.kernel.clocks.wording import Running, explain, standing
from suite.kernel.clocks.workdays import FIRST_DAY, LAST_DAY, WorkCalendar, statutory_days

SHIPPED = [(entry.day, entry.working, entry.festival) for entry in shipped()]
CALENDAR = shipped_calendar()
TODAY = dt.date(2026, 2, 2)
LISTED = {day: worked for day, worked, _ in SHIPPED}


def works(day: dt.date) -> bool:
    """A working day, said plainly."""
    if 2020 <= day.year <= 2026:
        return LISTED.get(day, day.weekday() < 5)
    return day.weekday() < 5 and day not in statutory_days(day.year)


#: Notices that turn every day of the years 2019 and 2027 around.
TURNED = WorkCalendar(
    [
        *SHIPPED,
        *(
            (day, not works(day), "")
            for first in (dt.date(2019, 1, 1), dt.date(2027, 1, 1))
            for day in (first + n * ONE_DAY for n in range(365))
        ),
    ],
    range(1990, 2100),
)

days = st.dates(dt.date(2019, 6, 1), dt.date(2027, 12, 31))


@st.composite
def some_pauses(draw: st.DrawFn) -> list[Pause]:
    pauses = []
    for _ in range(draw(st.integers(0, 4))):
        since = draw(days)
        length = draw(st.one_of(st.none(), st.integers(0, 40)) if not pauses else st.integers(0, 40))
        pauses.append(Pause(since=since, until=None if length is None else since + length * ONE_DAY))
    return pauses


def stands_still(day: dt.date, pauses: Sequence[Pause]) -> bool:
    return any(pause.since <= day and (pause.until is None or day <= pause.until) for pause in pauses)


def walked(
    start: dt.date, n: int, unit: Unit, roll: bool, pauses: Sequence[Pause]
) -> tuple[dt.date | None, dt.date | None]:
    """(last, due) by a walk from day to day; None when nothing more counts for ever."""
    if unit in (Unit.MONTH, Unit.YEAR):
        n = (months_after(start, n if unit is Unit.MONTH else 12 * n) - start).days
    day = start
    while n:
        day += ONE_DAY
        if day > dt.date(2050, 1, 1):
            return None, None
        if not stands_still(day, pauses) and (unit is not Unit.WORKING or works(day)):
            n -= 1
    last = day
    while roll and (not works(day) or (day != last and stands_still(day, pauses))):
        day += ONE_DAY
        if day > dt.date(2050, 1, 1):
            return None, None
    return last, day


@given(start=days, n=st.integers(1, 90), unit=st.sampled_from(Unit), roll=st.booleans(), pauses=some_pauses())
def test_it_agrees_with_a_walk_from_day_to_day(
    start: dt.date, n: int, unit: Unit, roll: bool, pauses: list[Pause]
) -> None:
    n = min(n, 12) if unit in (Unit.MONTH, Unit.YEAR) else n
    due = due_of(start, n, unit, CALENDAR, roll, pauses)
    assert (due.last, due.due) == walked(start, n, unit, roll, pauses)
    assert due.rolled == (due.due != due.last)


@given(
    start=days,
    n=st.integers(1, 60),
    unit=st.sampled_from(Unit),
    pauses=some_pauses(),
    gone=st.integers(-3, 150),
)
def test_used_and_left_make_the_whole(
    start: dt.date, n: int, unit: Unit, pauses: list[Pause], gone: int
) -> None:
    n = min(n, 6) if unit in (Unit.MONTH, Unit.YEAR) else n
    due = due_of(start, n, unit, CALENDAR, False, pauses)
    today = start + gone * ONE_DAY
    stands = standing(due, today, CALENDAR)
    if stands.state is Running.OVERDUE:
        assert due.due is not None
        assert today > due.due
        assert stands.signed <= 0
    else:
        assert stands.used + stands.days == stands.total == due.total
        assert (stands.state is Running.TODAY) == (today == due.due)
    if due.due is None:
        assert due.left == due.total - counted(due, start, dt.date(2049, 1, 1), CALENDAR)
    assert explain(due, CALENDAR).count("。") == 1


@given(start=days, n=st.integers(1, 30), more=st.integers(1, 30), unit=st.sampled_from(Unit))
def test_an_extension_goes_on_counting(start: dt.date, n: int, more: int, unit: Unit) -> None:
    n, more = (min(n, 10), min(more, 10)) if unit in (Unit.MONTH, Unit.YEAR) else (n, more)
    extended = due_of(start, n, unit, CALENDAR, extension=more)
    assert extended.due == due_of(start, n + more, unit, CALENDAR).due


@given(day=days, n=st.integers(1, 30), unit=st.sampled_from(Unit))
def test_a_limit_counted_back_ends_before_the_event(day: dt.date, n: int, unit: Unit) -> None:
    n = min(n, 6) if unit is Unit.YEAR else n
    latest = latest_before(day, n, unit, CALENDAR)
    ends, next_ends = (due_of(start, n, unit, CALENDAR).due for start in (latest, latest + ONE_DAY))
    assert ends is not None
    assert next_ends is not None
    assert ends < day <= next_ends


@given(start=days, n=st.integers(1, 90), unit=st.sampled_from(Unit), roll=st.booleans())
def test_a_final_date_is_moved_by_no_later_notice(start: dt.date, n: int, unit: Unit, roll: bool) -> None:
    n = min(n, 12) if unit in (Unit.MONTH, Unit.YEAR) else n
    due = due_of(start, n, unit, CALENDAR, roll)
    if not due.provisional and due.due is not None and due.due.year <= 2027:
        assert due_of(start, n, unit, TURNED, roll).due == due.due


def test_the_statutory_days_of_2027() -> None:
    text = "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03"
    assert [f"{day:%m-%d}" for day in statutory_days(2027)] == text.split()
    assert len(statutory_days(2024)) == 11


def test_the_statutory_days_of_the_published_years_are_days_off() -> None:
    for year in range(2020, 2027):
        for day in statutory_days(year):
            assert not CALENDAR.is_working(day), day


def test_days_noted_for_an_unpublished_year_are_a_draft() -> None:
    draft = [(dt.date(2027, 3, 1), False, "春节")]
    assert WorkCalendar(draft, ()).is_working(dt.date(2027, 3, 1))
    assert not WorkCalendar(draft, (2027,)).is_working(dt.date(2027, 3, 1))


@pytest.mark.parametrize(
    ("start", "n", "unit", "pauses", "extension", "code"),
    [
        (dt.date(1989, 12, 31), 7, Unit.WORKING, (), 0, "clock.start"),
        (dt.date(2100, 1, 1), 7, Unit.WORKING, (), 0, "clock.start"),
        (dt.date(2026, 1, 1), 0, Unit.WORKING, (), 0, "clock.n"),
        (dt.date(2026, 1, 1), True, Unit.WORKING, (), 0, "clock.n"),
        (dt.date(2026, 1, 1), 5001, Unit.WORKING, (), 0, "clock.n"),
        (dt.date(2026, 1, 1), 51, Unit.YEAR, (), 0, "clock.n"),
        (dt.date(2026, 1, 1), 60, Unit.CALENDAR, (), -1, "clock.extension"),
        (dt.date(2099, 1, 1), 20, Unit.YEAR, (), 0, "clock.range"),
        (dt.date(2099, 12, 1), 40, Unit.CALENDAR, (), 0, "clock.range"),
        (dt.date(2099, 12, 1), 40, Unit.WORKING, (), 0, "clock.range"),
        (TODAY, 7, Unit.WORKING, (Pause(since=TODAY, until=TODAY - ONE_DAY),), 0, "clock.pause"),
        (TODAY, 7, Unit.WORKING, (Pause(since=TODAY),) * 501, 0, "clock.pauses"),
    ],
)  # fmt: skip
def test_input_out_of_bounds_is_refused(
    start: dt.date, n: int, unit: Unit, pauses: tuple[Pause, ...], extension: int, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        due_of(start, n, unit, CALENDAR, pauses=pauses, extension=extension)
    assert refusal.value.codes == {code}


def test_the_ends_of_the_range() -> None:
    assert due_of(FIRST_DAY, 1, Unit.CALENDAR, CALENDAR).due == FIRST_DAY + ONE_DAY
    assert due_of(LAST_DAY - ONE_DAY, 1, Unit.CALENDAR, CALENDAR).due == LAST_DAY
    with pytest.raises(Refused):
        latest_before(FIRST_DAY + ONE_DAY, 1, Unit.WORKING, CALENDAR)
    with pytest.raises(IndexError):
        CALENDAR.is_working(FIRST_DAY - ONE_DAY)
