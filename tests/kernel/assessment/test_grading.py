"""Grades, quotas, ranks, outliers, proposals."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from suite.contract.assessment import AssessmentGrade, AssessmentRecords, GradeRule
from suite.contract.states import StateKind
from suite.kernel.assessment.grading import outliers, proposed, ranks, with_quotas

GRADES = (
    AssessmentGrade(key="excellent", title="优秀", state=StateKind.OK, at_least=Decimal(90)),
    AssessmentGrade(key="good", title="良好", state=StateKind.OK, at_least=Decimal(80)),
    AssessmentGrade(key="passed", title="合格", state=StateKind.NEUTRAL, at_least=Decimal(60)),
    AssessmentGrade(key="failed", title="不合格", state=StateKind.BAD),
)
PLACES = {grade.key: place for place, grade in enumerate(GRADES)}
TOTALS = st.dictionaries(st.integers(1, 60), st.integers(50, 100).map(Decimal), max_size=40)
QUOTAS = st.fixed_dictionaries(
    {}, optional={"excellent": st.integers(0, 60), "good": st.integers(0, 60)}
).map(lambda found: {key: Decimal(value) / 100 for key, value in found.items()})


def grade_of(total: Decimal) -> AssessmentGrade:
    """By hand: without quotas."""
    for grade in GRADES:
        if grade.at_least is not None and total >= grade.at_least:
            return grade
    return GRADES[-1]


def test_points_lead_to_a_grade_at_its_very_edge() -> None:
    totals = {1: Decimal("90.00"), 2: Decimal("89.99"), 3: Decimal("59.99"), 4: Decimal(100)}
    placed = with_quotas(totals, GRADES, {}, frozenset({4}))
    assert [placed[who].grade.key for who in sorted(totals)] == ["excellent", "good", "failed", "failed"]


@given(TOTALS, QUOTAS, st.sets(st.integers(1, 60)).map(frozenset))
def test_a_quota_binds_and_nobody_is_passed_by_who_has_less(
    totals: dict[int, Decimal], quotas: dict[str, Decimal], vetoed: frozenset[int]
) -> None:
    places = {key: int(share * len(totals)) for key, share in quotas.items()}
    placed = with_quotas(totals, GRADES, places, vetoed)
    assert placed.keys() == totals.keys()
    for key, share in quotas.items():
        assert sum(1 for item in placed.values() if item.grade.key == key) <= share * len(totals)
    free = {who: total for who, total in totals.items() if who not in vetoed}
    for who, total in free.items():
        assert PLACES[placed[who].grade.key] >= PLACES[grade_of(total).key]
        assert placed[who].squeezed is (placed[who].grade != grade_of(total))
        for other, less in free.items():
            if less <= total:
                assert PLACES[placed[other].grade.key] >= PLACES[placed[who].grade.key]
    assert all(placed[who].grade is GRADES[-1] for who in vetoed & totals.keys())


def test_those_with_equal_totals_take_places_together_or_not_at_all() -> None:
    totals = {1: Decimal(98), 2: Decimal(95), 3: Decimal(95), 4: Decimal(70), 5: Decimal(70), 6: Decimal(70)}
    placed = with_quotas(totals, GRADES, {"excellent": 2})
    assert [placed[who].grade.key for who in (1, 2, 3)] == ["excellent", "good", "good"]
    assert [placed[who].squeezed for who in (1, 2, 3, 4)] == [False, True, True, False]


@given(TOTALS)
def test_a_rank_is_one_more_than_those_with_more(totals: dict[int, Decimal]) -> None:
    expected = {who: 1 + sum(1 for more in totals.values() if more > total) for who, total in totals.items()}
    assert ranks(totals) == expected


@given(TOTALS, st.integers(-40, 40).map(Decimal))
def test_outliers_do_not_depend_on_where_the_scale_begins(totals: dict[int, Decimal], shift: Decimal) -> None:
    assert outliers(totals) == outliers({who: total + shift for who, total in totals.items()})


def test_one_far_from_the_others_lies_out_and_among_few_nobody() -> None:
    alike = {who: Decimal(80 + who % 3) for who in range(20)}
    assert outliers(alike | {99: Decimal(40)}) == {99}
    assert outliers({1: Decimal(1), 2: Decimal(100)}) == frozenset()
    assert outliers(dict.fromkeys(range(9), Decimal(80))) == frozenset()
    assert outliers({who: Decimal(3 if who < 7 else 2) for who in range(40)}) == frozenset()


def test_of_several_proposals_the_worst_stands_and_all_reasons_are_told() -> None:
    def always(key: str, grade: str, holds: bool) -> GradeRule:
        return GradeRule(key=key, text=key, article="规则", holds=lambda who: holds, grade=grade)

    who = AssessmentRecords(
        kind="a.b",
        status="active",
        period=(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        since=None,
        values={},
    )
    rules = (always("a", "good", True), always("b", "passed", True), always("c", "failed", False))
    found = proposed(who, GRADES, rules)
    assert found.grade.key == "passed"
    assert [rule.key for rule in found.reasons] == ["a", "b"]
    assert proposed(who, GRADES, ()).grade.key == "excellent"
