"""Every rule of the commission's yearly check and of the arbitrators' appraisal, with its article."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest

from plugins.arbitration.reviews.commissions import COMMISSION_REVIEW
from plugins.arbitration.reviews.panel import ARBITRATOR_REVIEW, RULINGS, TRAINING
from suite.api import AssessmentRecords, Graded, Outcome
from suite.kernel.assessment.following import effects_of
from tests.plugins import reviewing
from tests.plugins.reviewing import BEFORE, IN_PERIOD, grade, logged, standing

a_case, decided = partial(reviewing.a_case, "arbitration"), partial(reviewing.decided, "arbitration")
SOUND: dict[str, Any] = {
    "disclosed": "annual_report,charter,fees,members,panel,rules", "report_filed_on": dt.date(2026, 1, 20),
    "term_to": dt.date(2028, 1, 1), "panel_to": None, "members": 9, "expert_members": 6, "vice_chairs": 2,
}  # fmt: skip


def commission(*cases: Outcome, status: str = "active", **values: Any) -> AssessmentRecords:
    return reviewing.records(
        "arbitration.arbitration_commission", *cases, status=status, values=SOUND | values
    )


def arbitrator(*cases: Outcome, **rest: Any) -> AssessmentRecords:
    return reviewing.records("arbitration.arbitrator", *cases, **rest)


@pytest.mark.parametrize(
    ("who", "wanted", "article"),
    [
        (commission(), "sound", ""),
        (commission(status="term_expired"), "rectify", "2025年修订"),
        (commission(term_to=dt.date(2025, 12, 30)), "rectify", "2025年修订"),
        (commission(panel_to=IN_PERIOD), "rectify", "登记暂行办法"),
        (commission(disclosed="charter,members"), "rectify", "2025年修订"),
        (commission(report_filed_on=dt.date(2025, 1, 20)), "rectify", "登记暂行办法"),
        (commission(report_filed_on=None), "rectify", "登记暂行办法"),
        (commission(expert_members=5), "rectify", "第十二条"),
        (commission(members=6, expert_members=6), "rectify", "第十二条"),
        (commission(vice_chairs=5), "rectify", "第十二条"),
        (commission(a_case("complaint", valid=True)), "rectify", "登记暂行办法"),
        (commission(decided("penalty", "order")), "rectify", "条文待核对"),
        (commission(decided("penalty", "order", on=BEFORE)), "sound", ""),
    ],
)
def test_which_opinion_the_records_of_a_commission_propose(
    who: AssessmentRecords, wanted: str, article: str
) -> None:
    found, articles = grade(COMMISSION_REVIEW, who)
    assert found == wanted
    assert article in articles


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        (arbitrator(), "in"),
        (arbitrator(since=IN_PERIOD), "ungraded"),
        (arbitrator(a_case("complaint", closed=None)), "deferred"),
    ],
)
def test_which_arbitrators_are_appraised(who: AssessmentRecords, wanted: str) -> None:
    found, words = standing(ARBITRATOR_REVIEW, who)
    assert found == wanted
    assert bool(words) is (wanted != "in")


def rulings(*found: Any) -> dict[str, Any]:
    return {"logged": {RULINGS: found}}


@pytest.mark.parametrize(
    ("who", "wanted", "article"),
    [
        (arbitrator(), "competent", ""),
        (arbitrator(a_case("complaint", valid=True)), "incompetent", "第三十四条"),
        (arbitrator(decided("discipline", "suspension")), "incompetent", "第三十八条"),
        (arbitrator(decided("discipline", "warning")), "competent", ""),
        (arbitrator(**rulings(logged(ruling="set_aside"))), "competent", ""),
        (
            arbitrator(**rulings(logged(ruling="set_aside"), logged(ruling="refused"))),
            "incompetent",
            "仲裁员考核办法",
        ),
        (arbitrator(**rulings(logged(ruling="set_aside"), logged(ruling="remitted"))), "competent", ""),
        (
            arbitrator(**rulings(*[logged(ruling="set_aside", state="overturned")] * 3)),
            "competent",
            "",
        ),
    ],
)
def test_which_grade_the_records_of_an_arbitrator_propose(
    who: AssessmentRecords, wanted: str, article: str
) -> None:
    found, articles = grade(ARBITRATOR_REVIEW, who)
    assert found == wanted
    assert article in articles


def test_hours_of_training_count_where_the_commission_says_so() -> None:
    counts = {**reviewing.parameters("arbitration"), "arbitration.review.training_counts": True}
    assert grade(ARBITRATOR_REVIEW, arbitrator(parameters=counts))[0] == "incompetent"
    enough = {"logged": {TRAINING: (logged(hours=8),)}}
    assert grade(ARBITRATOR_REVIEW, arbitrator(parameters=counts, **enough))[0] == "competent"


def test_what_a_grade_leads_to() -> None:
    told = reviewing.parameters("arbitration")
    assert not effects_of(COMMISSION_REVIEW, Graded(grade="sound", year=2025, parameters=told))
    (mend,) = effects_of(COMMISSION_REVIEW, Graded(grade="rectify", year=2025, parameters=told))
    (ends,) = effects_of(ARBITRATOR_REVIEW, Graded(grade="incompetent", year=2025, parameters=told))
    assert mend.article
    assert ends.article
