"""What a return must satisfy, and which periods there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.contract.indicators import Chosen, Figure, FigureSeries, Ratio
from suite.contract.returns import Every, FormCell, ReturnForm
from suite.kernel.indicators.periods import parse_period, period_of
from suite.kernel.indicators.snapshots import Frame
from suite.kernel.returns.reported import HandedIn, tells
from suite.kernel.returns.rules import (
    Bounds,
    before,
    periods_until,
    problems_of,
    sum_problems,
    with_sums,
)

FIGURES = {
    key: FigureSeries(key=key, title=key, unit="件", flow=True, most=most, yes_no=yes_no)
    for key, most, yes_no in (
        ("a", Decimal(1000), False),
        ("b", None, False),
        ("sum", None, False),
        ("hours", None, False),
        ("part", None, False),
        ("flag", None, True),
        ("maybe", None, False),
        ("money", None, False),
    )
}
FORM = ReturnForm(
    key="core.test",
    title="试",
    every=Every.MONTH,
    cells=(
        FormCell(series="a", high=Decimal(900)),
        FormCell(series="b"),
        FormCell(series="sum", sum_of=("a", "b")),
        FormCell(series="hours", of_period=lambda first, last: Decimal(24 * ((last - first).days + 1))),
        FormCell(series="part", at_most="sum", jump=False),
        FormCell(series="flag"),
        FormCell(series="maybe", optional=True),
        FormCell(series="money", places=2, optional=True),
    ),
)
MONTH = parse_period("2026-02")
GOOD = {"a": Decimal(100), "b": Decimal(50), "part": Decimal(150), "flag": Decimal(1)}


def codes(
    values: dict[str, Decimal],
    notes: dict[str, str] | None = None,
    *,
    last: dict[str, Decimal] | None = None,
    known: dict[str, Decimal] | None = None,
) -> list[tuple[str, str | None]]:
    bounds = Bounds(last=last or {}, known=known or {}, jump=30, least=10)
    found = problems_of(FORM, FIGURES, with_sums(FORM, values, MONTH), notes or {}, bounds)
    return [(problem.code, problem.field) for problem in found]


def test_a_good_return_has_no_problems() -> None:
    assert codes(GOOD) == []
    assert with_sums(FORM, GOOD, MONTH)["sum"] == 150
    assert with_sums(FORM, GOOD, MONTH)["hours"] == 24 * 28


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"sum": Decimal(150), "hours": Decimal(672)}, []),
        ({"sum": Decimal("150.00000000000003")}, []),
        ({"sum": Decimal(160)}, ["160", "a 100 + b 50 = 150"]),
        ({"sum": Decimal("NaN")}, ["NaN", "= 150"]),
        ({"sum": Decimal(100), "b": None}, ["100", "“b”没有填写"]),
        ({"hours": Decimal(700)}, ["700", "672"]),
    ],
)
def test_a_typed_total_is_never_reckoned_anew(typed: dict[str, Decimal | None], words: list[str]) -> None:
    values = {key: value for key, value in {**GOOD, **typed}.items() if value is not None}
    found = sum_problems(FORM, FIGURES, values, MONTH)
    assert [problem.code for problem in found] == ["return.sum"] * bool(words)
    assert all(word in problem.text for problem in found for word in words)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"a": Decimal(-1)}, "return.value", "a"),
        ({"a": Decimal("1.5")}, "return.value", "a"),
        ({"a": Decimal(1001)}, "return.value", "a"),
        ({"a": Decimal("NaN")}, "return.value", "a"),
        ({"flag": Decimal(2)}, "return.value", "flag"),
        ({"part": Decimal(151)}, "return.above", "part"),
        ({"money": Decimal("1.234")}, "return.value", "money"),
        ({"a": Decimal(950), "part": Decimal(0)}, "return.band", "a"),
    ],
)
def test_each_fault_is_told_at_its_cell(values: dict[str, Decimal], code: str, field: str) -> None:
    assert (code, field) in codes({**GOOD, **values})


def test_an_empty_cell_is_missing_unless_it_may_stay_empty() -> None:
    assert codes({key: GOOD[key] for key in ("a", "part", "flag")}) == [
        ("required", "b"),
        ("required", "sum"),
    ]


def test_a_leap_asks_for_a_reason_and_a_reason_answers_it() -> None:
    last = {"a": Decimal(70), "b": Decimal(50)}
    assert codes(GOOD, last=last) == [("return.jump", "a")]
    assert codes(GOOD, {"a": "新设法庭"}, last=last) == []
    assert codes(GOOD, last={"a": Decimal(77)}) == [], "29.9 per cent are none"
    assert codes({**GOOD, "a": Decimal(9), "part": Decimal(0)}, last={"a": Decimal(1)}) == [], "a small leap"


def test_another_number_than_the_suite_counted_asks_for_a_reason() -> None:
    assert codes(GOOD, known={"a": Decimal(99)}) == [("return.differs", "a")]
    assert codes(GOOD, known={"a": Decimal(100)}) == []


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31)), st.sampled_from(list(Every)))
def test_a_day_lies_in_its_period_and_the_one_before_ends_the_day_before(day: dt.date, every: Every) -> None:
    period = period_of(every, day)
    assert period.first <= day <= period.last
    form = ReturnForm(key="core.x", title="", every=every, cells=())
    assert before(form, period).last == period.first - dt.timedelta(days=1)


def test_periods_begin_with_the_form_and_end_before_the_day() -> None:
    form = ReturnForm(key="core.x", title="", every=Every.MONTH, cells=(), since="2026-08")
    assert [one.text for one in periods_until(form, dt.date(2026, 11, 23), 6)] == [
        "2026-10",
        "2026-09",
        "2026-08",
    ]
    early = ReturnForm(key="core.x", title="", every=Every.YEAR, cells=(), early=True, since="2025")
    assert [one.text for one in periods_until(early, dt.date(2026, 11, 23), 6)] == ["2026", "2025"]


def test_which_periods_a_frozen_set_told() -> None:
    """A number that stands is told by its last period, one that adds up by each of the year; what was handed
    in after the freezing was not in it."""
    flow, stock = (
        FigureSeries(key=f"core.{name}", title=name, unit="件", flow=name == "flow")
        for name in ("flow", "stock")
    )
    catalog = Mock(
        indicators={
            "core.x": Mock(
                measure=Ratio(Chosen("core.p", (("a", Figure("core.flow")),)), Figure("core.stock"))
            )
        }
    )
    frame = Frame(id=1, as_of=dt.date(2026, 3, 31), at=noon(7), indicators=("core.x", "core.gone"))
    months = [
        HandedIn(period=parse_period(f"2026-{month:02}"), at=noon(month), due=dt.date(2026, month + 1, 8))
        for month in (1, 2, 3)
    ]

    def told(period: str, *series: FigureSeries, frame: Frame = frame) -> bool:
        return tells(frame, period, series, months, catalog)

    assert [told(one.period.text, flow) for one in months] == [True, True, True]
    assert [told(one.period.text, stock) for one in months] == [False, True, True], (
        "until the limit the month before stands where another has not handed in"
    )
    over = replace(frame, at=noon(9))
    assert [told(one.period.text, stock, frame=over) for one in months] == [False, False, True]
    stands = replace(stock, standing=True)
    assert [told(one.period.text, stands) for one in months] == [False, False, True]
    early = replace(frame, at=noon(2))
    assert [told(one.period.text, stock, frame=early) for one in months] == [False, True, False]
    assert not told("2026-03", flow, frame=early)
    assert not told("2026-03", flow, frame=replace(frame, indicators=()))


def noon(day: int) -> dt.datetime:
    return dt.datetime(2026, 4, day, 12, tzinfo=dt.UTC)
