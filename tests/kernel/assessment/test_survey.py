"""Surveys and material that was handed in twice."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from suite.contract.surveys import SurveyMeasure
from suite.kernel.assessment.resemblance import alike, shingles
from suite.kernel.assessment.survey import Answer, estimates, mean_of, repeats, share_of


def test_wilson_s_interval_as_in_the_books() -> None:
    found = share_of(10, 20)
    assert found is not None
    assert (found.value, found.low, found.high) == (Decimal("50.0"), Decimal("29.93"), Decimal("70.07"))
    assert share_of(0, 0) is None
    unanimous = share_of(50, 50)
    assert unanimous is not None
    assert unanimous.low == Decimal("92.87")


@given(st.integers(1, 5000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))
def test_a_share_lies_in_its_interval_and_that_within_the_possible(sample: tuple[int, int]) -> None:
    found = share_of(*sample)
    assert found is not None
    assert 0 <= found.low <= found.value <= found.high <= 100


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_a_mean_lies_in_its_interval(values: list[float]) -> None:
    found = mean_of(values)
    assert found is not None
    assert 0 <= found.low <= found.value <= found.high <= 100


def test_the_second_answer_of_a_device_does_not_count_and_unknown_devices_are_nobody_s() -> None:
    assert repeats(["a", "b", "a", "", ""], known=["b"]) == [False, True, True, False, False]


def answer(correct: int, satisfaction: str | None, *, took_part: bool | None = None) -> Answer:
    return Answer(
        device="", asked=10, correct=correct, satisfaction=satisfaction, took_part=took_part, easy=None
    )


def test_what_nobody_answered_is_no_zero() -> None:
    """满意率 = (非常满意 + 满意) ÷ valid answers; 知晓率 is the mean share of right ones."""
    found = estimates(
        [answer(8, "very", took_part=True), answer(6, "satisfied"), answer(10, "neutral"), answer(4, None)]
    )
    assert set(found) == {SurveyMeasure.KNOWLEDGE, SurveyMeasure.SATISFACTION, SurveyMeasure.PARTICIPATION}
    assert found[SurveyMeasure.KNOWLEDGE].value == Decimal("70.0")
    assert (found[SurveyMeasure.SATISFACTION].value, found[SurveyMeasure.SATISFACTION].size) == (
        Decimal("66.67"), 3,
    )  # fmt: skip
    assert found[SurveyMeasure.PARTICIPATION].size == 1
    assert estimates([]) == {}


LAST_YEAR = (
    "我局组织开展宪法宣传周活动，深入社区发放宣传资料三千份，现场解答群众法律咨询二百余人次，取得良好效果。"
)


def test_last_year_s_text_is_known_again_with_other_numbers_in_it() -> None:
    texts = {
        "2025": LAST_YEAR,
        "2026": LAST_YEAR.replace("三千", "五千").replace("，", ", "),
        "other": "依法公开行政处罚决定书，开展以案释法，邀请企业负责人旁听听证，推动守法经营形成长效机制。",
    }
    assert [(pair.first, pair.second) for pair in alike(texts, 0.5)] == [("2025", "2026")]


@given(st.text(min_size=1, max_size=300))
def test_equal_texts_are_wholly_alike(text: str) -> None:
    found = alike({"a": text, "b": f" {text}。"}, 1.0)
    assert bool(found) is bool(shingles(text))
