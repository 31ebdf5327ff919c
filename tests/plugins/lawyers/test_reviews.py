"""Every rule of the lawyers' reviews, with its article: who takes part, which grade, what follows."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest

from plugins.lawyers.reviews.bodies import BODIES
from plugins.lawyers.reviews.duty import DUTY_LAWYERS, POOL, SESSIONS
from plugins.lawyers.reviews.lawyers import LAWYERS
from plugins.lawyers.reviews.public import PUBLIC
from plugins.lawyers.reviews.rules import SITUATIONS, TALKS, TRAINING
from plugins.lawyers.reviews.village import AGREEMENTS, SERVICES, VILLAGE_COUNSEL
from suite.api import AssessmentRecords, AssessmentScheme, Graded
from suite.kernel.assessment.following import effects_of
from tests.plugins import reviewing
from tests.plugins.reviewing import BEFORE, IN_PERIOD, grade, logged, measured, standing

a_case, decided = partial(reviewing.a_case, "lawyers"), partial(reviewing.decided, "lawyers")
END = dt.date(2025, 12, 31)
DUTY: dict[str, Any] = {"logged": {POOL: (logged(BEFORE),)}}
PUBLIC_VALUES: dict[str, Any] = {"values": {"category": "government"}}
COUNSEL: dict[str, Any] = {"linked": {AGREEMENTS: 3}}


def records(*cases: Any, **rest: Any) -> AssessmentRecords:
    return reviewing.records("lawyers.lawyer", *cases, **{"values": {"category": "full_time"}} | rest)


def entries(ledger: str, *found: Any) -> dict[str, Any]:
    return {"logged": {ledger: found}}


@pytest.mark.parametrize(
    ("scheme", "who", "wanted", "article"),
    [
        (LAWYERS, records(), "in", ""),
        (LAWYERS, records(values={"category": "government"}), "outside", "公职律师"),
        (LAWYERS, records(since=dt.date(2025, 10, 1)), "ungraded", "黄石"),
        (LAWYERS, records(since=dt.date(2025, 9, 30)), "in", ""),
        (
            LAWYERS,
            records(**entries(SITUATIONS, logged(BEFORE, dt.date(2025, 7, 2), kind="study"))),
            "ungraded",
            "黄石",
        ),
        (
            LAWYERS,
            records(**entries(SITUATIONS, logged(BEFORE, dt.date(2025, 7, 1), kind="study"))),
            "in",
            "",
        ),
        (LAWYERS, records(**entries(SITUATIONS, logged(BEFORE, kind="illness"))), "ungraded", "黄石"),
        (LAWYERS, records(**entries(SITUATIONS, logged(BEFORE, kind="just_cause"))), "ungraded", "黄石"),
        (LAWYERS, records(status="practice_paused"), "deferred", "律师执业年度考核规则"),
        (LAWYERS, records(body_status="suspended"), "deferred", "黄石"),
        (LAWYERS, records(a_case("complaint", closed=None)), "deferred", "黄石"),
        (LAWYERS, records(a_case("discipline", closed=None)), "deferred", "黄石"),
        (LAWYERS, records(decided("discipline", "warning", closed=None)), "in", ""),
        (LAWYERS, records(**entries(TALKS, *[logged(kind="formal")] * 2)), "deferred", "黄石"),
        (LAWYERS, records(**entries(TALKS, logged(kind="formal"), logged(kind="reminder"))), "in", ""),
        (LAWYERS, records(**entries(TALKS, logged(kind="formal"), logged(BEFORE, kind="formal"))), "in", ""),
        (LAWYERS, records(**entries(SITUATIONS, logged(BEFORE, kind="compulsory"))), "deferred", "黄石"),
        (LAWYERS, records(**entries(SITUATIONS, logged(BEFORE, END, kind="bail"))), "deferred", "黄石"),
        (LAWYERS, records(**entries(SITUATIONS, logged(BEFORE, IN_PERIOD, kind="bail"))), "in", ""),
        (BODIES, records(since=dt.date(2025, 3, 1)), "ungraded", "第121号"),
        (BODIES, records(), "in", ""),
        (PUBLIC, records(), "not taken", ""),
        (PUBLIC, records(**PUBLIC_VALUES), "in", ""),
        (PUBLIC, records(**PUBLIC_VALUES, body_status=None), "deferred", "公职律师管理办法"),
        (PUBLIC, records(**PUBLIC_VALUES, since=dt.date(2025, 11, 1)), "ungraded", "黄石"),
        (DUTY_LAWYERS, records(), "not taken", ""),
        (DUTY_LAWYERS, records(**DUTY), "in", ""),
        (DUTY_LAWYERS, records(a_case("complaint", closed=None), **DUTY), "deferred", "黄石"),
        (VILLAGE_COUNSEL, records(), "not taken", ""),
        (VILLAGE_COUNSEL, records(**COUNSEL), "in", ""),
    ],
)
def test_who_takes_part(scheme: AssessmentScheme, who: AssessmentRecords, wanted: str, article: str) -> None:
    found, words = standing(scheme, who)
    assert found == wanted
    assert article in words


EXPLAINED = "协会说明"


@pytest.mark.parametrize(
    ("scheme", "who", "wanted", "article"),
    [
        (LAWYERS, records(), "competent", ""),
        (LAWYERS, records(a_case("complaint", valid=True)), "basically_competent", EXPLAINED),
        (LAWYERS, records(a_case("complaint", valid=True, closed=BEFORE)), "competent", ""),
        (LAWYERS, records(a_case("complaint")), "competent", ""),
        (LAWYERS, records(**entries(TALKS, logged(kind="guidance"))), "basically_competent", EXPLAINED),
        (LAWYERS, records(decided("penalty", "fine,warning")), "basically_competent", EXPLAINED),
        (LAWYERS, records(decided("penalty", "suspension")), "incompetent", EXPLAINED),
        (LAWYERS, records(decided("penalty", "suspension", state="annulled")), "competent", ""),
        (LAWYERS, records(decided("penalty", "suspension", on=BEFORE)), "competent", ""),
        (LAWYERS, records(decided("discipline", "reprimand")), "basically_competent", EXPLAINED),
        (LAWYERS, records(decided("discipline", "reprimand", closed=None)), "incompetent", EXPLAINED),
        (LAWYERS, records(status="suspended"), "incompetent", EXPLAINED),
        (LAWYERS, records(**entries(SITUATIONS, logged(kind="false_review"))), "incompetent", EXPLAINED),
        (BODIES, records(decided("penalty", "fine")), "qualified", ""),
        (BODIES, records(status="rectifying"), "unqualified", "第121号"),
        (BODIES, records(decided("penalty", "suspension")), "unqualified", "第121号"),
        (
            BODIES,
            records(**entries(SITUATIONS, logged(kind="false_review"))),
            "unqualified",
            "律师法第五十条",
        ),
        (
            PUBLIC,
            records(decided("discipline", "warning"), **PUBLIC_VALUES),
            "basically_competent",
            EXPLAINED,
        ),
        (PUBLIC, records(status="suspended", **PUBLIC_VALUES), "incompetent", EXPLAINED),
    ],
)
def test_which_grade_the_records_propose(
    scheme: AssessmentScheme, who: AssessmentRecords, wanted: str, article: str
) -> None:
    found, articles = grade(scheme, who)
    assert found == wanted
    assert article in articles
    assert bool(articles) is (found != scheme.grades[0].key)


def test_hours_of_training_count_where_the_bureau_says_so() -> None:
    hours = entries(TRAINING, logged(hours=24), logged(hours=15), logged(BEFORE, hours=30))
    assert grade(LAWYERS, records(**hours))[0] == "competent"
    counts = {**reviewing.parameters("lawyers"), "lawyers.review.training_counts": True}
    found, article = grade(LAWYERS, records(**hours, parameters=counts))
    assert found == "basically_competent"
    assert "律师执业年度考核规则" in article
    assert grade(LAWYERS, records(**entries(TRAINING, logged(hours=40)), parameters=counts))[0] == "competent"


@pytest.mark.parametrize(
    ("scheme", "who", "points", "wanted"),
    [
        (DUTY_LAWYERS, records(**DUTY), "excellent", "excellent"),
        (DUTY_LAWYERS, records(decided("penalty", "suspension"), **DUTY), "excellent", "failed"),
        (DUTY_LAWYERS, records(decided("discipline", "suspension"), **DUTY), "good", "failed"),
        (DUTY_LAWYERS, records(decided("discipline", "warning"), **DUTY), "good", "good"),
        (VILLAGE_COUNSEL, records(status="suspended", **COUNSEL), "passed", "failed"),
        (VILLAGE_COUNSEL, records(**COUNSEL), "passed", "passed"),
    ],
)
def test_points_lead_no_further_than_the_records_allow(
    scheme: AssessmentScheme, who: AssessmentRecords, points: str, wanted: str
) -> None:
    assert grade(scheme, who, points)[0] == wanted


def test_what_the_records_say_of_duty_lawyers_and_of_counsel() -> None:
    sessions = entries(SESSIONS, logged(state="held"), logged(state="held"), logged(state="planned"))
    assert measured(DUTY_LAWYERS, "attendance", records(**sessions)) == ("2", "3")
    assert measured(DUTY_LAWYERS, "attendance", records()) is None
    assert measured(DUTY_LAWYERS, "training", records(**entries(TRAINING, logged(hours=20)))) == ("8", "8")
    assert measured(DUTY_LAWYERS, "training", records(**entries(TRAINING, logged(hours=2)))) == ("2", "8")
    assert measured(DUTY_LAWYERS, "complaints", records(a_case("complaint", valid=True))) == ("1", "None")
    assert measured(VILLAGE_COUNSEL, "load", records(**COUNSEL)) == ("1", "None")
    assert measured(VILLAGE_COUNSEL, "load", records(linked={AGREEMENTS: 6})) == ("0", "None")
    log = (
        logged(state="held", service="lecture"), logged(state="held", service="visit"),
        logged(state="held", service="online"), logged(state="planned", service="visit"),
    )  # fmt: skip
    served = records(**entries(SERVICES, *log), **COUNSEL)
    assert measured(VILLAGE_COUNSEL, "visits", served) == ("2", "36")
    assert measured(VILLAGE_COUNSEL, "lectures", served) == ("1", "12")
    assert measured(VILLAGE_COUNSEL, "visits", records(**COUNSEL)) is None
    about_counsel = a_case("complaint", valid=True, kind="lawyers.counsel_complaint")
    assert measured(VILLAGE_COUNSEL, "complaints", records(about_counsel)) == ("1", "None")
    assert measured(VILLAGE_COUNSEL, "complaints", records(a_case("complaint", valid=True))) == ("0", "None")


@pytest.mark.parametrize(
    ("scheme", "given", "past", "wanted"),
    [
        (LAWYERS, "competent", {}, set()),
        (LAWYERS, "basically_competent", {}, {"lawyers.review.remind"}),
        (LAWYERS, "incompetent", {}, {"lawyers.review.mend", "lawyers.review.bar"}),
        (BODIES, "unqualified", {2024: "qualified"}, {"lawyers.review.firm_mend"}),
        (
            BODIES,
            "unqualified",
            {2024: "unqualified"},
            {"lawyers.review.firm_mend", "lawyers.review.firm_end"},
        ),
        (PUBLIC, "incompetent", {2023: "incompetent"}, {"lawyers.public.tell_unit"}),
        (
            PUBLIC,
            "incompetent",
            {2024: "incompetent"},
            {"lawyers.public.tell_unit", "lawyers.public.withdraw"},
        ),
        (DUTY_LAWYERS, "failed", {}, {"lawyers.duty.leaves"}),
        (DUTY_LAWYERS, "passed", {}, {"lawyers.duty.retrain"}),
        (VILLAGE_COUNSEL, "failed", {}, {"lawyers.village.replace"}),
    ],
)
def test_what_a_grade_leads_to(
    scheme: AssessmentScheme, given: str, past: dict[int, str], wanted: set[str]
) -> None:
    graded = Graded(grade=given, year=2025, past=past, parameters=reviewing.parameters("lawyers"))
    found = effects_of(scheme, graded)
    assert {effect.key for effect in found} == wanted
    assert all(effect.article for effect in found)


def test_whether_incompetence_bars_is_for_the_bureau_to_say() -> None:
    spares = {**reviewing.parameters("lawyers"), "lawyers.review.incompetent_bars": False}
    graded = Graded(grade="incompetent", year=2025, parameters=spares)
    assert [effect.key for effect in effects_of(LAWYERS, graded)] == ["lawyers.review.mend"]
