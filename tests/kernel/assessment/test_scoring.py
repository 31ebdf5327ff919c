"""Score sheets: points, scorers who differ, items that do not apply."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.contract.assessment import Criterion, ScoreSource, SheetMeasure, SheetPart
from suite.kernel.assessment.scoring import Settled, points_of, rounded, settled, total_of


def an_item(
    key: str, most: int, heading: str = "甲", measure: SheetMeasure = SheetMeasure.RATING, **rest: object
) -> Criterion:
    return Criterion(
        key=key,
        title=key,
        heading=heading,
        most=Decimal(most),
        measure=measure,
        sources=(ScoreSource.REVIEW,),
        **rest,
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("measure", "full", "found", "due", "points"),
    [
        (SheetMeasure.THRESHOLD, 3, 2, None, "4.00"),
        (SheetMeasure.RATIO, 1, 3, 4, "4.50"),
        (SheetMeasure.RATIO, 1, 5, 4, "6.00"),
        (SheetMeasure.RATIO, 1, 0, 0, None),
        (SheetMeasure.COUNT, 4, 1, None, "1.50"),
        (SheetMeasure.COUNT, 4, 9, None, "6.00"),
        (SheetMeasure.RATING, 1, "0.85", None, "5.10"),
        (SheetMeasure.MEAN, 90, "72.5", None, "4.83"),
        (SheetMeasure.MEAN, 90, "93", None, "6.00"),
    ],
)
def test_points(measure: SheetMeasure, full: int, found: object, due: int | None, points: str | None) -> None:
    item = an_item("a", 6, measure=measure, full=Decimal(full))
    earned = points_of(item, Decimal(str(found)), Decimal(due) if due is not None else None)
    assert earned == (Decimal(points) if points else None)


SCORES = st.decimals(0, 10, places=1)
GAP = Decimal("0.1")


@pytest.mark.parametrize(
    ("given_", "points", "asks"),
    [
        (["8"], None, False),
        (["8", "8.9"], "8.45", False),
        (["8", "9"], "8.50", False),
        (["8", "9.4"], None, True),
        (["8", "9.4", "9"], "9.20", False),
        (["2", "6", "10"], "8.00", False),
        (["8", None], None, True),
        (["8", None, "8.5"], "8.25", False),
        (["8", None, "2"], None, True),
    ],
)
def test_two_scorers_and_a_third_where_they_differ(
    given_: list[str | None], points: str | None, asks: bool
) -> None:
    found = settled(Decimal(10), [Decimal(value) if value else None for value in given_], 2, GAP)
    assert found.applies
    assert found.points == (Decimal(points) if points else None)
    assert found.asks_another is asks


def test_an_item_does_not_apply_where_most_scorers_say_so() -> None:
    assert settled(Decimal(10), [None], 2, GAP) == Settled(points=None)
    assert settled(Decimal(10), [None], 1, GAP).applies is False
    assert settled(Decimal(10), [None, None], 2, GAP).applies is False
    assert settled(Decimal(10), [Decimal(8), None, None], 2, GAP).applies is False


@given(st.lists(SCORES, min_size=2, max_size=3))
def test_who_scored_first_does_not_matter(scores: list[Decimal]) -> None:
    assert settled(Decimal(10), scores, 2, GAP) == settled(Decimal(10), scores[::-1], 2, GAP)


SHEET = (an_item("a", 5), an_item("b", 15), an_item("c", 30, "乙"), an_item("d", 50, "丙"))
KEYS = [item.key for item in SHEET]
SHARES = st.fixed_dictionaries({key: st.decimals(0, 1, places=2) for key in KEYS})
GONE = st.sets(st.sampled_from(KEYS), max_size=3).map(frozenset)


@given(SHARES)
def test_without_exceptions_a_total_is_a_sum(shares: dict[str, Decimal]) -> None:
    points = {item.key: item.most * shares[item.key] for item in SHEET}
    total = total_of(SHEET, points)
    assert total.final == total.adjusted == total.raw == rounded(sum(points.values(), Decimal(0)))
    assert total.complete


@given(st.decimals(0, 1, places=2), GONE)
def test_whoever_earns_a_share_of_each_item_has_that_share_of_all(
    share: Decimal, gone: frozenset[str]
) -> None:
    points = {item.key: item.most * share for item in SHEET if item.key not in gone}
    assert total_of(SHEET, points, gone).final == rounded(100 * share)


@given(SHARES, GONE, st.sampled_from(KEYS))
def test_more_points_never_lower_a_total(shares: dict[str, Decimal], gone: frozenset[str], key: str) -> None:
    points = {item.key: item.most * shares[item.key] for item in SHEET}
    more = points | {key: next(item.most for item in SHEET if item.key == key)}
    assert total_of(SHEET, more, gone).final >= total_of(SHEET, points, gone).final


def test_a_weight_stays_in_its_heading_while_that_has_any_item() -> None:
    points = {"b": Decimal(15), "c": Decimal(0), "d": Decimal(50)}
    assert total_of(SHEET, points, frozenset({"a"})).final == Decimal("70.00")
    assert total_of(SHEET, {"c": Decimal(15), "d": Decimal(50)}, frozenset({"a", "b"})).final == Decimal(
        "81.25"
    )


def test_bonus_and_deduction_are_bounded_and_so_is_the_total() -> None:
    sheet = (*SHEET, an_item("prize", 5, part=SheetPart.BONUS), an_item("case", 30, part=SheetPart.DEDUCTION))
    full = {item.key: item.most for item in SHEET}
    assert total_of(sheet, full | {"prize": Decimal(9)}, bonus_most=Decimal(10)).final == Decimal("105.00")
    assert total_of(sheet, full | {"case": Decimal(30)}, deduction_most=Decimal(20)).final == Decimal("80.00")
    assert total_of(sheet, {"case": Decimal(30)}, deduction_most=Decimal(20)).final == Decimal("0.00")


def test_what_nobody_scored_is_told() -> None:
    total = total_of(SHEET, {"a": Decimal(5)}, frozenset({"d"}))
    assert total.missing == ("b", "c")
    assert not total.complete
