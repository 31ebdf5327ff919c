"""Values, states, sets and periods: pure rules, against the words of the plan and by brute force."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.contract.indicators import Direction, IndicatorSet, Target
from suite.kernel.indicators.comparing import IndicatorChange, RowChange, What
from suite.kernel.indicators.declarations import PLAN
from suite.kernel.indicators.periods import adding_up_on, parse_period, standing_on
from suite.kernel.indicators.reading import Reading
from suite.kernel.indicators.rules import (
    State,
    met,
    pace_of,
    ratio,
    set_on,
    shown,
    shown_apart,
    state,
    worst,
    year_share,
)
from suite.kernel.reports.correcting import _lines
from suite.tables import Report

END = dt.date(2025, 12, 31)
numbers = st.integers(0, 10**6)
places = st.decimals(0, 10**5, places=4)


def wanted(value: str, *, baseline: str | None = None, year: int = 2025) -> Target:
    return Target(
        set="plan-2021-2025",
        no=1,
        value=Decimal(value),
        year=year,
        article="",
        baseline=None if baseline is None else Decimal(baseline),
    )


@given(numbers, st.one_of(numbers, places), st.sampled_from([1, 10, 100, 10_000]))
def test_a_ratio_is_exact_and_an_empty_denominator_is_no_value(a: int, b: Decimal, per: int) -> None:
    value = ratio(a, b, per)
    assert (value is None) == (b == 0)
    if value is not None:
        assert value * Fraction(b) == a * per


def test_what_is_not_known_is_not_0() -> None:
    assert ratio(None, 3, 1) is None
    assert ratio(3, None, 1) is None
    assert ratio(0, 3, 1) == 0


@pytest.mark.parametrize(
    ("a", "b", "per", "target", "direction", "good"),
    [
        (7, 100, 100, "7", Direction.UP, True),  # 0.07 × 100 is above 7 in floating point
        (8, 1000, 100, "0.8", Direction.DOWN, True),
        (8001, 1_000_000, 100, "0.8", Direction.DOWN, False),
        (749_999, 100_000, 1, "7.5", Direction.UP, False),  # shown as 7.50
        (75, 10, 1, "7.5", Direction.UP, True),
    ],
)
def test_values_are_compared_unrounded(
    a: int, b: int, per: int, target: str, direction: Direction, good: bool
) -> None:
    value = ratio(a, b, per)
    assert value is not None
    assert met(value, wanted(target), direction) == good


@pytest.mark.parametrize(
    ("value", "direction", "tolerance", "good"),
    [(30, Direction.EQUAL, 2, True), (29, Direction.EQUAL, 2, False), (34, Direction.EQUAL, 2, True),
     (35, Direction.EQUAL, 2, False), (32, Direction.EQUAL, 0, True), (31, Direction.EQUAL, 0, False)],
)  # fmt: skip
def test_about_is_within_the_tolerance(value: int, direction: Direction, tolerance: int, good: bool) -> None:
    assert met(Fraction(value), wanted("32"), direction, tolerance) == good


@pytest.mark.parametrize(
    ("value", "day", "baseline", "direction", "found"),
    [
        ("100", dt.date(2021, 6, 1), None, Direction.UP, State.MET),
        ("60", dt.date(2023, 12, 31), None, Direction.UP, State.ON_TRACK),  # three fifths of the way
        ("59", dt.date(2023, 12, 31), None, Direction.UP, State.BEHIND),
        ("60", dt.date(2023, 12, 31), "80", Direction.UP, State.BEHIND),
        ("99.99", END, None, Direction.UP, State.BEHIND),
        ("99.99", END - dt.timedelta(days=1), None, Direction.UP, State.ON_TRACK),
        ("99.99", dt.date(2027, 1, 1), "0", Direction.UP, State.BEHIND),
        ("0", dt.date(2020, 1, 1), None, Direction.UP, State.ON_TRACK),
        ("150", dt.date(2023, 1, 1), None, Direction.DOWN, State.BEHIND),
        ("150", dt.date(2023, 1, 1), "200", Direction.DOWN, State.ON_TRACK),
        ("190", dt.date(2023, 1, 1), "200", Direction.DOWN, State.BEHIND),
    ],
)
def test_states_before_and_after_the_target_s_year(
    value: str, day: dt.date, baseline: str | None, direction: Direction, found: State
) -> None:
    target = wanted("100", baseline=baseline)
    assert state(Fraction(value), target, direction, PLAN, day) is found


@pytest.mark.parametrize(
    ("value", "until", "found"),
    [
        ("9.16", dt.date(2026, 1, 31), State.BEHIND),  # a twelfth of 110 is 9.17
        ("9.17", dt.date(2026, 1, 31), State.ON_TRACK),
        ("82.5", dt.date(2025, 9, 30), State.ON_TRACK),
        ("82.4", dt.date(2025, 9, 30), State.BEHIND),
        ("110", dt.date(2026, 3, 31), State.MET),
        ("109.9", dt.date(2026, 12, 31), State.BEHIND),
        ("109.9", END, State.BEHIND),
        # In the third of five years the path has come to three fifths, and half the year is to bring half.
        ("33", dt.date(2023, 6, 30), State.ON_TRACK),
        ("32.9", dt.date(2023, 6, 30), State.BEHIND),
        ("66", dt.date(2023, 12, 31), State.ON_TRACK),
        ("65.9", dt.date(2023, 12, 31), State.BEHIND),
    ],
)
def test_what_adds_up_within_the_year_is_judged_by_the_share_that_has_passed(
    value: str, until: dt.date, found: State
) -> None:
    target = wanted("110")
    pace = pace_of(target, Direction.UP, PLAN, until)
    assert state(Fraction(Decimal(value)), target, Direction.UP, PLAN, until, pace=pace) is found


@given(st.dates(dt.date(2019, 1, 1), dt.date(2028, 12, 31)))
def test_the_pace_grows_with_the_year_and_stays_below_the_target(day: dt.date) -> None:
    pace = pace_of(wanted("110"), Direction.UP, PLAN, day)
    if pace is None:
        assert (day.month, day.day) == (12, 31), "the whole is asked for"
        assert day.year >= 2025
    else:
        assert 0 <= pace < 110
    assert year_share(day) > (year_share(day - dt.timedelta(days=1)) if day.timetuple().tm_yday > 1 else 0)
    assert pace_of(wanted("110"), Direction.DOWN, PLAN, day) is None


def test_no_value_is_a_state_of_its_own() -> None:
    assert state(None, wanted("0"), Direction.DOWN, PLAN, END) is State.NO_DATA


@given(st.fractions(0, 200), st.dates(dt.date(2019, 1, 1), dt.date(2028, 1, 1)), st.sampled_from(Direction))
def test_met_never_depends_on_the_day(value: Fraction, day: dt.date, direction: Direction) -> None:
    target = wanted("100", baseline="50")
    found = state(value, target, direction, PLAN, day)
    assert (found is State.MET) == met(value, target, direction)
    if day >= END:
        assert found is not State.ON_TRACK


def test_the_worst_part_decides() -> None:
    values = [Fraction(1), Fraction(9), Fraction(4)]
    assert worst(values, None, Direction.UP) == 1
    assert worst(values, None, Direction.DOWN) == 9
    assert worst(values, wanted("3"), Direction.EQUAL) == 9


def test_the_set_of_a_day_is_the_running_one_else_the_last() -> None:
    following = IndicatorSet(
        key="core.plan-2027-2030", title="", source="", first=dt.date(2027, 1, 1), last=dt.date(2030, 12, 31)
    )
    sets = [following, PLAN]
    assert set_on(sets, dt.date(2023, 5, 1)) is PLAN
    assert set_on(sets, dt.date(2026, 11, 23)) is PLAN
    assert set_on(sets, dt.date(2027, 1, 1)) is following
    assert set_on(sets, dt.date(2019, 1, 1)) is PLAN
    assert set_on([], dt.date(2019, 1, 1)) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "—"), (0, "0"), (Fraction(1, 3), "0.33"), (Fraction(5, 1000), "0.01"), (Fraction(15, 2), "7.50"),
     (5000, "5,000"), (Decimal("1123.5086"), "1,123.51")],
)  # fmt: skip
def test_two_decimals_are_for_the_eye(value: Fraction | None, text: str) -> None:
    assert shown(value) == text


def test_two_values_are_told_apart_as_far_as_the_eye_goes() -> None:
    population = Fraction(1_123_51, 100)
    assert shown_apart(Fraction(101) / population, Fraction(100) / population) == ("0.090", "0.089")
    assert shown_apart(Fraction(1, 2), Fraction(1, 4)) == ("0.50", "0.25")
    assert shown_apart(Fraction(1), None) == ("1", "—")
    assert shown_apart(Fraction(100), Fraction(999996, 10000)) == ("100.0000", "99.9996")
    assert shown_apart(Fraction(1001, 1000), Fraction(1)) == ("1.001", "1.000")
    assert shown_apart(Fraction(100), Fraction(99)) == ("100", "99")
    assert shown_apart(Fraction(100), Fraction(199, 2)) == ("100", "99.50")
    a, b = (Reading(value=Fraction(value, 10**9), numerator=value, denominator=10**9) for value in (100, 101))
    change = IndicatorChange(key="k", no="1", title="t", unit="%", before=a, after=b, rows=())
    assert change.said == ("0.00（100 ÷ 1,000,000,000）", "0.00（101 ÷ 1,000,000,000）")


def test_the_sides_of_the_fewest_that_any_has_are_not_divided() -> None:
    a = Reading(value=Fraction(1), numerator=63, denominator=22)
    b = Reading(value=Fraction(1), numerator=64, denominator=22)
    change = IndicatorChange(key="k", no="20", title="t", unit="人", before=a, after=b, rows=(), least=True)
    assert change.said == ("1（共 63，分属 22 个）", "1（共 64，分属 22 个）")
    [_, line, *_] = [text for text in _lines(Report(title="月报"), [change]) if not text.startswith("# ")]
    assert line == "原报1人（共 63，分属 22 个），更正为1人（共 64，分属 22 个）。"
    moved = replace(change, after=replace(b, value=Fraction(2)))
    [_, line, *_] = [text for text in _lines(Report(title="月报"), [moved]) if not text.startswith("# ")]
    assert line == "原报1人，更正为2人。"


@pytest.mark.parametrize("text", ["", "25", "2025-13", "2025-00", "2025-Q5", "2025-1", "20251", "2025 "])
def test_other_periods_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_period(text)


YEARS = [str(year) for year in (2024, 2025)]
PERIODS = [
    *YEARS,
    *(f"{year}-Q{quarter}" for year in YEARS for quarter in range(1, 5)),
    *(f"{year}-{month:02}" for year in YEARS for month in range(1, 13)),
]
DAYS = st.dates(dt.date(2023, 12, 1), dt.date(2026, 2, 1))


def days_of(text: str) -> set[dt.date]:
    period = parse_period(text)
    return {period.first + dt.timedelta(days=n) for n in range((period.last - period.first).days + 1)}


@given(st.sets(st.sampled_from(PERIODS)), DAYS)
def test_periods_add_up_without_gap_or_overlap(written: set[str], day: dt.date) -> None:
    taken = adding_up_on([parse_period(text) for text in written], day)
    covered = [one for period in taken for one in sorted(days_of(period.text))]
    start = dt.date(day.year, 1, 1)
    assert covered == [start + dt.timedelta(days=n) for n in range(len(covered))]
    assert all(period.text in written and period.last <= day for period in taken)
    following = start + dt.timedelta(days=len(covered))
    more = [text for text in written if parse_period(text).first == following]
    assert all(parse_period(text).last > day for text in more if following.year == day.year)


@given(st.sets(st.sampled_from(PERIODS)), DAYS)
def test_the_standing_period_is_the_last_that_is_over(written: set[str], day: dt.date) -> None:
    found = standing_on([parse_period(text) for text in written], day)
    over = [text for text in written if max(days_of(text)) <= day]
    assert (found is None) == (not over)
    if found is not None:
        assert found.last == max(max(days_of(text)) for text in over)


def test_a_change_says_what_became_of_the_number() -> None:
    """Never “0 条”: what has no rows is told by what else is otherwise."""

    def reading(value: int | None) -> Reading:
        return Reading(value=None if value is None else Fraction(value), numerator=value, denominator=None)

    def row(what: What, *, side: str = "", name: str = "", number: int | None = None) -> RowChange:
        return RowChange(
            what=what, side=side, kind=None, id=number, name=name, district=None, before="", after="",
            corrected=False,
        )  # fmt: skip

    change = IndicatorChange(
        key="x.y", no="1", title="数", unit="个", before=reading(1), after=reading(3), rows=()
    )
    for rows, told in (
        ((), "数值由 1 变为 3"),
        ((row(What.JOINED, number=4), row(What.LEFT, number=5)), "2 条"),
        ((row(What.DEFINITION),), "口径修改"),
        ((row(What.TARGET),), "目标修改"),
        ((row(What.SWITCH, name="全市合计含辛集市"),), "口径开关：全市合计含辛集市"),
        (
            (row(What.FIGURE, side="常住人口", name="长安区 2025"),) * 2,
            "数字更正：常住人口",
        ),
        ((row(What.JOINED, number=4), row(What.TARGET)), "1 条，目标修改"),
    ):
        assert replace(change, rows=rows).told == told
    assert replace(change, before=None).told == "快照中没有这项指标"
    assert replace(change, after=None).told == "现在没有这项指标"
    assert replace(change, before=reading(None)).told == f"数值由 {shown(None)} 变为 3"
