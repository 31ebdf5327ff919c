"""Every rule of the notaries' reviews and of the grading of quality, with its article."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest

from plugins.notary.reviews.notaries import HEAD_REVIEW, NOTARY_REVIEW
from plugins.notary.reviews.offices import OFFICE_REVIEW
from plugins.notary.reviews.quality import QUALITY_GRADING
from plugins.notary.reviews.rules import MEMBERS, TRAINING
from suite.api import AssessmentRecords, AssessmentScheme, Graded, Outcome
from suite.kernel.assessment.following import effects_of
from tests.plugins import reviewing
from tests.plugins.reviewing import BEFORE, IN_PERIOD, grade, logged, measured, standing

decided = partial(reviewing.decided, "notary")
HEAD: dict[str, Any] = {"values": {"is_head": True}}


def office(*cases: Any, **rest: Any) -> AssessmentRecords:
    return reviewing.records("notary.notary_office", *cases, **{"linked": {MEMBERS: 4}} | rest)


def notary(*cases: Any, **rest: Any) -> AssessmentRecords:
    return reviewing.records("notary.notary", *cases, **rest)


def a_case(kind: str, *, work: str | None = None, **rest: Any) -> Outcome:
    return reviewing.a_case("notary", work or kind, kind=f"notary.{kind}", **rest)


def inspected(on: dt.date = IN_PERIOD, **values: Any) -> Outcome:
    counts = {"qualified": 20, "basic": 8, "unqualified": 2, "wrong": 1}
    return a_case(
        "quality_inspection", days={"ConcludeQualityInspection": on}, values=counts | values, work="quality"
    )


complaint = partial(a_case, "conduct_complaint", work="complaint", valid=True)


@pytest.mark.parametrize(
    ("scheme", "who", "wanted", "article"),
    [
        (OFFICE_REVIEW, office(), "in", ""),
        (OFFICE_REVIEW, office(status="closing"), "outside", "67号"),
        (OFFICE_REVIEW, office(since=dt.date(2025, 3, 1)), "ungraded", "67号"),
        (OFFICE_REVIEW, office(a_case("penalty", closed=None)), "deferred", "67号"),
        (OFFICE_REVIEW, office(decided("penalty", "fine", closed=None)), "in", ""),
        (NOTARY_REVIEW, notary(), "in", ""),
        (NOTARY_REVIEW, notary(**HEAD), "not taken", ""),
        (HEAD_REVIEW, notary(**HEAD), "in", ""),
        (HEAD_REVIEW, notary(), "not taken", ""),
        (NOTARY_REVIEW, notary(since=dt.date(2025, 1, 1)), "ungraded", "第十八条"),
        (NOTARY_REVIEW, notary(a_case("complaint", closed=None)), "deferred", "第十八条"),
        (NOTARY_REVIEW, notary(a_case("penalty", closed=None)), "deferred", "第十八条"),
        (QUALITY_GRADING, office(), "deferred", "专栏9"),
        (QUALITY_GRADING, office(inspected()), "in", ""),
        (QUALITY_GRADING, office(inspected(BEFORE)), "deferred", "专栏9"),
    ],
)
def test_who_takes_part(scheme: AssessmentScheme, who: AssessmentRecords, wanted: str, article: str) -> None:
    found, words = standing(scheme, who)
    assert found == wanted
    assert article in words


@pytest.mark.parametrize(
    ("scheme", "who", "points", "wanted", "article"),
    [
        (OFFICE_REVIEW, office(), "qualified", "qualified", ""),
        (OFFICE_REVIEW, office(), "unqualified", "unqualified", ""),
        (
            OFFICE_REVIEW,
            office(decided("penalty", "warning")),
            "qualified",
            "basically_qualified",
            "第四十一条",
        ),
        (OFFICE_REVIEW, office(decided("penalty", "suspension")), "qualified", "unqualified", "第四十二条"),
        (OFFICE_REVIEW, office(linked={MEMBERS: 1}), "qualified", "basically_qualified", "公证法第八条"),
        (QUALITY_GRADING, office(status="suspended"), "excellent", "unqualified", "第四十二条"),
        (NOTARY_REVIEW, notary(), None, "competent", ""),
        (NOTARY_REVIEW, notary(complaint()), None, "basically_competent", "第十八条"),
        (NOTARY_REVIEW, notary(decided("penalty", "fine")), None, "basically_competent", "第四十一条"),
        (NOTARY_REVIEW, notary(decided("discipline", "demerit")), None, "basically_competent", "惩戒规则"),
        (NOTARY_REVIEW, notary(decided("discipline", "demerit", closed=None)), None, "incompetent", "惩戒"),
        (HEAD_REVIEW, notary(decided("penalty", "suspension"), **HEAD), None, "incompetent", "第四十二条"),
    ],
)
def test_which_grade_the_records_allow(
    scheme: AssessmentScheme, who: AssessmentRecords, points: str | None, wanted: str, article: str
) -> None:
    found, articles = grade(scheme, who, points)
    assert found == wanted
    assert article in articles


def test_hours_of_training_count_where_the_bureau_says_so() -> None:
    counts = {**reviewing.parameters("notary"), "notary.review.training_counts": True}
    few = {"logged": {TRAINING: (logged(hours=39),)}, "parameters": counts}
    found, article = grade(NOTARY_REVIEW, notary(**few))
    assert found == "basically_competent"
    assert "公证员执业管理办法" in article
    assert grade(NOTARY_REVIEW, notary(**{**few, "parameters": reviewing.parameters("notary")}))[0] == (
        "competent"
    )


def test_what_inspections_reviews_and_complaints_come_to() -> None:
    who = office(
        inspected(rectify_by=IN_PERIOD, rectified_on=IN_PERIOD),
        inspected(rectify_by=IN_PERIOD),
        complaint(),
        a_case("recheck", work="complaint", days={"DecideRecheck": IN_PERIOD}, values={"result": "withdraw"}),
        decided("penalty", "warning"),
    )
    found = {item: measured(QUALITY_GRADING, item, who) for item in QUALITY_GRADING.measured}
    assert found == {
        "pass_rate": ("56", "60"), "wrong": ("58", "60"), "mended": ("1", "2"), "withdrawn": ("0", "None"),
        "complaints": ("1", "None"), "imposed": ("1", "None"),
    }  # fmt: skip
    assert measured(QUALITY_GRADING, "pass_rate", office()) is None
    assert measured(QUALITY_GRADING, "mended", office(inspected())) == ("None", "None")
    assert measured(OFFICE_REVIEW, "unqualified", who) == ("4", "None")
    assert measured(OFFICE_REVIEW, "complaints", office(complaint(valid=False))) == ("0", "None")


@pytest.mark.parametrize(
    ("scheme", "given", "past", "wanted"),
    [
        (OFFICE_REVIEW, "qualified", {}, set()),
        (OFFICE_REVIEW, "basically_qualified", {}, {"office_mend"}),
        (OFFICE_REVIEW, "unqualified", {}, {"office_mend", "office_leaders"}),
        (NOTARY_REVIEW, "excellent", {}, set()),
        (NOTARY_REVIEW, "basically_competent", {}, {"notary_remind"}),
        (NOTARY_REVIEW, "incompetent", {2023: "incompetent"}, {"notary_mend"}),
        (HEAD_REVIEW, "incompetent", {2024: "incompetent"}, {"notary_mend", "notary_twice"}),
    ],
)
def test_what_a_grade_leads_to(
    scheme: AssessmentScheme, given: str, past: dict[int, str], wanted: set[str]
) -> None:
    graded = Graded(grade=given, year=2025, past=past, parameters=reviewing.parameters("notary"))
    found = effects_of(scheme, graded)
    assert {effect.key.rsplit(".", 1)[1] for effect in found} == wanted
    assert all(effect.article for effect in found)


def test_who_decides_is_the_office_for_its_notaries_and_the_bureau_for_the_head() -> None:
    assert NOTARY_REVIEW.deciding.action == "assessment:report"
    assert HEAD_REVIEW.deciding.action == "assessment:run"
    assert "assessment:report" in OFFICE_REVIEW.deciding.or_by
