"""Every rule of the appraisers' reviews and of the integrity grades, with its article."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest

from plugins.appraisal.reviews.integrity import INTEGRITY
from plugins.appraisal.reviews.rules import ACCREDITED, MEMBERS, PROFICIENCY, REVIEWED, TRAINING
from plugins.appraisal.reviews.yearly import APPRAISER_REVIEW, INSTITUTION_REVIEW
from suite.api import AssessmentRecords, AssessmentScheme, Graded, Outcome
from suite.kernel.assessment.following import effects_of
from tests.plugins import reviewing
from tests.plugins.reviewing import BEFORE, IN_PERIOD, grade, logged, measured, standing

a_case, decided = partial(reviewing.a_case, "appraisal"), partial(reviewing.decided, "appraisal")
END = dt.date(2025, 12, 31)


def institution(*cases: Outcome, **rest: Any) -> AssessmentRecords:
    values = {"linked": {MEMBERS: 5}, "values": {"licensed_to": dt.date(2027, 5, 1), "scope": "A04,A02"}}
    return reviewing.records("appraisal.appraisal_institution", *cases, **values | rest)


def appraiser(*cases: Outcome, **rest: Any) -> AssessmentRecords:
    return reviewing.records("appraisal.appraiser", *cases, **rest)


def court(state: str, on: dt.date = IN_PERIOD) -> Outcome:
    return reviewing.a_case("appraisal", "court_appearance", closed=on, state=state)


def entries(ledger: str, *found: Any) -> dict[str, Any]:
    return {"logged": {ledger: found}}


@pytest.mark.parametrize(
    ("scheme", "who", "wanted", "article"),
    [
        (INTEGRITY, institution(), "in", ""),
        (INTEGRITY, institution(since=IN_PERIOD), "ungraded", "第四十三条"),
        (INTEGRITY, institution(a_case("complaint", closed=None)), "deferred", "第四十三条"),
        (INSTITUTION_REVIEW, institution(a_case("penalty", closed=None)), "deferred", "第四十三条"),
        (INSTITUTION_REVIEW, institution(since=IN_PERIOD), "ungraded", "第四十三条"),
        (APPRAISER_REVIEW, appraiser(), "in", ""),
        (APPRAISER_REVIEW, appraiser(body_status=None), "deferred", "第二十二条"),
        (APPRAISER_REVIEW, appraiser(since=IN_PERIOD), "ungraded", "第四十三条"),
    ],
)
def test_who_takes_part(scheme: AssessmentScheme, who: AssessmentRecords, wanted: str, article: str) -> None:
    found, words = standing(scheme, who)
    assert found == wanted
    assert article in words


@pytest.mark.parametrize(
    ("scheme", "who", "wanted", "article"),
    [
        (INSTITUTION_REVIEW, institution(), "qualified", ""),
        (INSTITUTION_REVIEW, institution(linked={MEMBERS: 2}), "unqualified", "决定第五条"),
        (
            INSTITUTION_REVIEW,
            institution(values={"licensed_to": dt.date(2025, 12, 30)}),
            "unqualified",
            "行政许可法第七十条",
        ),
        (INSTITUTION_REVIEW, institution(status="rectifying"), "unqualified", "第四十三条"),
        (INSTITUTION_REVIEW, institution(decided("penalty", "suspension")), "unqualified", "第十三条"),
        (INSTITUTION_REVIEW, institution(decided("penalty", "warning")), "qualified", ""),
        (
            INSTITUTION_REVIEW,
            institution(decided("discipline", "reprimand", closed=None)),
            "unqualified",
            "第四十三条",
        ),
        (APPRAISER_REVIEW, appraiser(court("refused")), "unqualified", "决定第十三条"),
        (APPRAISER_REVIEW, appraiser(court("refused", BEFORE), court("excused")), "qualified", ""),
    ],
)
def test_which_grade_the_records_propose(
    scheme: AssessmentScheme, who: AssessmentRecords, wanted: str, article: str
) -> None:
    found, articles = grade(scheme, who)
    assert found == wanted
    assert article in articles


def test_hours_of_training_count_where_the_bureau_says_so() -> None:
    counts = {**reviewing.parameters("appraisal"), "appraisal.review.training_counts": True}
    found, article = grade(APPRAISER_REVIEW, appraiser(parameters=counts))
    assert (found, "第四十三条" in article) == ("unqualified", True)
    enough = entries(TRAINING, logged(hours=40))
    assert grade(APPRAISER_REVIEW, appraiser(parameters=counts, **enough))[0] == "qualified"


@pytest.mark.parametrize(
    ("who", "points", "wanted"),
    [
        (institution(), "a", "a"),
        (institution(a_case("complaint", valid=True)), "a", "b"),
        (institution(a_case("complaint", valid=True)), "c", "c"),
        (institution(**entries(PROFICIENCY, logged(result="failed"))), "a", "b"),
        (institution(**entries(PROFICIENCY, logged(result="failed", state="closed"))), "a", "a"),
        (institution(decided("penalty", "warning")), "a", "c"),
        (institution(decided("penalty", "suspension")), "a", "d"),
    ],
)
def test_no_integrity_grade_is_better_than_the_records_allow(
    who: AssessmentRecords, points: str, wanted: str
) -> None:
    found, articles = grade(INTEGRITY, who, points)
    assert found == wanted
    assert ("司规〔2021〕4号" in articles) is (found != points)


def test_what_the_records_say_of_an_institution() -> None:
    who = institution(
        a_case("complaint", valid=True),
        decided("discipline", "warning"),
        beside=(court("appeared"), court("appeared"), court("refused"), court("excused"), court("notified")),
        logged={
            PROFICIENCY: (logged(result="satisfactory"), logged(result="doubtful"), logged(result="absent")),
            REVIEWED: (logged(sampled=20, unqualified=1), logged(sampled=10, unqualified=2)),
        },
    )
    found = {item: measured(INTEGRITY, item, who) for item in INTEGRITY.measured}
    assert found == {
        "court": ("2", "3"), "proficiency": ("1", "3"), "papers": ("27", "30"), "accreditation": ("0", "1"),
        "complaints": ("1", "None"), "penalties": ("1", "None"),
    }  # fmt: skip
    nothing = institution()
    assert measured(INTEGRITY, "court", nothing) == ("None", "None")
    assert measured(INTEGRITY, "proficiency", nothing) is None
    assert measured(INTEGRITY, "papers", nothing) is None


@pytest.mark.parametrize(
    ("rest", "wanted"),
    [
        ({}, ("0", "1")),
        ({"values": {"scope": "A02"}}, ("None", "None")),
        ({"values": {"scope": "A04", "cma_no": "1", "cma_categories": "A04"}}, ("1", "1")),
        (
            {"values": {"scope": "A04", "cma_no": "1", "cma_categories": "A04", "cma_to": IN_PERIOD}},
            ("0", "1"),
        ),
        (entries(ACCREDITED, logged(BEFORE, END, "in_force", categories="A04,A05")), ("1", "1")),
        (entries(ACCREDITED, logged(BEFORE, IN_PERIOD, "in_force", categories="A04")), ("0", "1")),
        (entries(ACCREDITED, logged(BEFORE, END, "suspended", categories="A04")), ("0", "1")),
    ],
)
def test_an_accreditation_counts_by_discipline_and_while_it_is_in_force(
    rest: dict[str, Any], wanted: tuple[str, str]
) -> None:
    assert measured(INTEGRITY, "accreditation", institution(**rest)) == wanted


@pytest.mark.parametrize(
    ("scheme", "given", "past", "wanted"),
    [
        (INTEGRITY, "a", {}, {"fewer_checks"}),
        (INTEGRITY, "b", {}, set()),
        (INTEGRITY, "c", {}, {"mend"}),
        (INTEGRITY, "d", {}, {"mend", "renewal"}),
        (INSTITUTION_REVIEW, "qualified", {}, set()),
        (INSTITUTION_REVIEW, "unqualified", {}, {"mend", "roster"}),
        (APPRAISER_REVIEW, "unqualified", {2024: "unqualified"}, {"mend", "roster", "twice"}),
    ],
)
def test_what_a_grade_leads_to(
    scheme: AssessmentScheme, given: str, past: dict[int, str], wanted: set[str]
) -> None:
    graded = Graded(grade=given, year=2025, past=past, parameters=reviewing.parameters("appraisal"))
    found = effects_of(scheme, graded)
    assert {effect.key.rsplit(".", 1)[1] for effect in found} == wanted
    assert all(effect.article for effect in found)
