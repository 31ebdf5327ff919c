"""Every rule of the yearly reviews, with its article: who takes part, who waits, which grade is proposed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.lawyers.reviews.bodies import BODIES
from plugins.lawyers.reviews.lawyers import LAWYERS
from suite.api import AssessmentRecords, AssessmentScheme, Outcome
from suite.kernel.assessment.grading import proposed
from suite.kernel.assessment.opening import standing_by_rule

PERIOD = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
IN_PERIOD, BEFORE = dt.date(2025, 6, 3), dt.date(2024, 6, 3)


def a_case(work: str, *, closed: dt.date | None = IN_PERIOD, **rest: Any) -> Outcome:
    values: dict[str, Any] = {
        "kind": f"lawyers.{work}", "number": "1", "state": "closed", "opened": BEFORE, "valid": False,
    }  # fmt: skip
    return Outcome(work=work, closed=closed, **values | rest)


def decided(work: str, sanctions: str, *, on: dt.date = IN_PERIOD, **rest: Any) -> Outcome:
    command = "DecidePenalty" if work == "penalty" else "DecideDiscipline"
    return a_case(work, days={command: on}, values={"sanctions": sanctions}, **rest)


def records(*cases: Outcome, **rest: Any) -> AssessmentRecords:
    values: dict[str, Any] = {
        "kind": "lawyers.lawyer", "status": "active", "since": dt.date(2012, 1, 1),
        "values": {"category": "full_time"}, "body_status": "active",
        "parameters": {"lawyers.review.min_practice_months": 3},
    }  # fmt: skip
    return AssessmentRecords(period=PERIOD, cases=cases, **values | rest)


@pytest.mark.parametrize(
    ("scheme", "who", "standing", "article"),
    [
        (LAWYERS, records(), "in", ""),
        (LAWYERS, records(values={"category": "government"}), "outside", "公职律师"),
        (LAWYERS, records(since=dt.date(2025, 10, 1)), "ungraded", "黄石"),
        (LAWYERS, records(since=dt.date(2025, 9, 30)), "in", ""),
        (LAWYERS, records(status="practice_paused"), "deferred", "律师执业年度考核规则"),
        (LAWYERS, records(body_status="suspended"), "deferred", "黄石"),
        (LAWYERS, records(a_case("complaint", closed=None)), "deferred", "黄石"),
        (LAWYERS, records(a_case("discipline", closed=None)), "deferred", "黄石"),
        (LAWYERS, records(decided("discipline", "warning", closed=None)), "in", ""),
        (BODIES, records(since=dt.date(2025, 3, 1)), "ungraded", "第121号"),
        (BODIES, records(), "in", ""),
    ],
)
def test_who_takes_part(
    scheme: AssessmentScheme, who: AssessmentRecords, standing: str, article: str
) -> None:
    found, _, words = standing_by_rule(scheme, who)
    assert found == standing
    assert article in words


@pytest.mark.parametrize(
    ("scheme", "who", "grade"),
    [
        (LAWYERS, records(), "competent"),
        (LAWYERS, records(a_case("complaint", valid=True)), "basically_competent"),
        (LAWYERS, records(a_case("complaint", valid=True, closed=BEFORE)), "competent"),
        (LAWYERS, records(a_case("complaint")), "competent"),
        (LAWYERS, records(decided("penalty", "fine,warning")), "basically_competent"),
        (LAWYERS, records(decided("penalty", "suspension")), "incompetent"),
        (LAWYERS, records(decided("penalty", "suspension", state="annulled")), "competent"),
        (LAWYERS, records(decided("penalty", "suspension", on=BEFORE)), "competent"),
        (LAWYERS, records(decided("discipline", "reprimand")), "basically_competent"),
        (LAWYERS, records(decided("discipline", "reprimand", closed=None)), "incompetent"),
        (LAWYERS, records(status="suspended"), "incompetent"),
        (BODIES, records(decided("penalty", "fine")), "qualified"),
        (BODIES, records(status="rectifying"), "unqualified"),
        (BODIES, records(decided("penalty", "suspension")), "unqualified"),
    ],
)
def test_which_grade_the_records_propose(
    scheme: AssessmentScheme, who: AssessmentRecords, grade: str
) -> None:
    found = proposed(who, scheme.grades, scheme.proposals)
    assert found.grade.key == grade
    assert bool(found.reasons) is (found.grade != scheme.grades[0])
    assert all(rule.article and rule.text for rule in found.reasons)
