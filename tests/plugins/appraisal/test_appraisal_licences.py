"""Each condition of registrations, with its article."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from plugins.appraisal.licences import guards
from plugins.appraisal.licences.parameters import PARAMETERS as REVIEWED
from plugins.appraisal.parameters import PARAMETERS as NUMBERS
from suite.api import Around, Guard, SubjectFact
from suite.contract.case_facts import ClockFact
from tests.plugins.case_facts import case, subject

PARAMETERS = (*NUMBERS, *REVIEWED)
BODY = "appraisal.appraisal_institution"
HOUSE = subject(1, BODY, scope="A02,A04")
OTHER = subject(2, BODY, scope="A02")
GONE = subject(3, BODY, "cancelled", scope="A02")
ENDING = subject(4, BODY, scope="A02", licensed_to=dt.date(2026, 10, 15))
LATE = subject(5, BODY, scope="A02", licensed_to=dt.date(2026, 10, 14))
ENDED = subject(6, BODY, scope="A02", licensed_to=dt.date(2026, 9, 14))
OWN = subject(10, "appraisal.appraiser", body_id=1, scope="A02")
AWAY = subject(11, "appraisal.appraiser", body_id=3, scope="A02")

CASES: tuple[tuple[Guard, str, dict[str, Any], dict[str, Any]], ...] = (
    # guard, its article, what holds, what does not
    (
        guards.ON_THE_ROSTER,
        "第十七条",
        {"values": {"item": "renew"}, "applicant": HOUSE},
        {"values": {"item": "renew"}, "applicant": GONE},
    ),
    (
        guards.ON_THE_ROSTER,
        "第十七条",
        {"values": {"item": "first"}},
        {"values": {"item": "first"}, "applicant": OWN},
    ),
    (
        guards.CHANGE_IS_NAMED,
        "第95号",
        {"values": {"item": "head", "head_name": "王某"}},
        {"values": {"item": "head"}},
    ),
    (
        guards.CHANGE_IS_NAMED,
        "第95号",
        {"values": {"item": "scope", "scope": ("A05",)}},
        {"values": {"item": "scope", "scope": ()}},
    ),
    (
        guards.FUNDS_SUFFICE,
        "第95号",
        {"values": {"item": "establish", "funds": 200_000}},
        {"values": {"item": "establish", "funds": 199_999}},
    ),
    (
        guards.APPRAISERS_SUFFICE,
        "第五条",
        {"values": {"item": "scope", "appraisers_per_item": 3}},
        {"values": {"item": "scope", "appraisers_per_item": 2}},
    ),
    (
        guards.LABORATORY_FITS,
        "第五条",
        {"values": {"item": "scope", "scope": ("A02", "B01")}},
        {"values": {"item": "scope", "scope": ("A04",)}},
    ),
    (
        guards.LABORATORY_FITS,
        "第五条",
        {"values": {"item": "scope", "scope": ("D01",), "cma_no": "230312340001"}},
        {"values": {"item": "scope", "scope": ("D01",)}},
    ),
    (guards.IN_DOMAINS, "第二条", {"values": {"scope": ("A02",)}}, {"values": {"scope": ("A02", "X06")}}),
    (
        guards.NOT_BARRED,
        "第四条",
        {"values": {"item": "first", "not_barred": True}},
        {"values": {"item": "first"}},
    ),
    (
        guards.REVIEWED,
        "第四十五条",
        {"values": {"item": "establish", "review_result": "passed"}},
        {"values": {"item": "establish"}},
    ),
    (
        guards.REVIEWED,
        "第四十五条",
        {"values": {"item": "name"}},
        {"values": {"item": "first", "review_result": "failed"}},
    ),
    (
        guards.REVIEWED,
        "第十八条",
        {"values": {"item": "renew"}},
        {"values": {"item": "renew", "review_result": "failed"}},
    ),
    (
        guards.IS_INSTITUTION,
        "第二十一条",
        {"values": {}, "applicant": HOUSE},
        {"values": {}, "applicant": OWN},
    ),
    (
        guards.LEFT_BEHIND,
        "第二十二条",
        {"values": {}, "applicant": AWAY, "others": (GONE,)},
        {"values": {}, "applicant": OWN, "others": (HOUSE,)},
    ),
    (
        guards.IN_TIME,
        "第五十条",
        {"values": {"item": "renew"}, "applicant": ENDING},
        {"values": {"item": "renew"}, "applicant": LATE},
    ),
    (
        guards.SILENCE,
        "第五十条",
        {"values": {"item": "renew"}, "applicant": ENDED, "opened": dt.date(2026, 8, 1)},
        {"values": {"item": "renew"}, "applicant": ENDED, "opened": dt.date(2026, 8, 31)},
    ),
    (
        guards.SILENCE,
        "第五十条",
        {"values": {"item": "renew"}, "applicant": ENDED, "opened": dt.date(2026, 8, 1)},
        {"values": {"item": "renew"}, "applicant": ENDING, "opened": dt.date(2026, 8, 1)},
    ),
    (
        guards.TWO_PROVINCES,
        "第95号",
        {"values": {"item": "branch", "out_of_province": True, "other_province_no": "京司鉴〔2026〕1号"}},
        {"values": {"item": "branch", "out_of_province": True}},
    ),
    (
        guards.CANCEL_GROUND,
        "第二十一条",
        {"values": {"item": "cancel", "cancel_ground": "own_request"}},
        {"values": {"item": "cancel"}},
    ),
    (
        guards.QUALIFIED,
        "第四条",
        {"values": {"item": "first", "eligibility": "title", "job_title": "senior"}},
        {"values": {"item": "first", "eligibility": "title", "job_title": "intermediate"}},
    ),
    (
        guards.QUALIFIED,
        "第四条",
        {"values": {"item": "first", "eligibility": "degree", "field_years": 5}},
        {"values": {"item": "first", "eligibility": "degree", "field_years": 4}},
    ),
    (
        guards.QUALIFIED,
        "第四条",
        {"values": {"item": "first", "eligibility": "skill", "field_years": 10}},
        {"values": {"item": "first", "eligibility": "skill", "field_years": 9}},
    ),
    (
        guards.CONSENTED,
        "第十六条",
        {
            "values": {
                "item": "first",
                "employment": "part_time",
                "main_unit": "某医院",
                "unit_consent": "1号",
            }
        },
        {"values": {"item": "first", "employment": "part_time", "main_unit": "某医院"}},
    ),
    (
        guards.JOINS_INSTITUTION,
        "第十七条",
        {"values": {"item": "transfer"}, "applicant": OWN, "institution": OTHER},
        {"values": {"item": "transfer"}, "applicant": OWN, "institution": HOUSE},
    ),
    (
        guards.JOINS_INSTITUTION,
        "第十七条",
        {"values": {"item": "first"}, "institution": HOUSE},
        {"values": {"item": "first"}, "institution": GONE},
    ),
    (
        guards.WITHIN_INSTITUTION,
        "第96号",
        {"values": {"item": "category", "scope": ("A02", "A04")}, "applicant": OWN, "others": (HOUSE,)},
        {"values": {"item": "category", "scope": ("A02", "A05")}, "applicant": OWN, "others": (HOUSE,)},
    ),
    (
        guards.WITHIN_INSTITUTION,
        "第96号",
        {"values": {"item": "transfer"}, "applicant": OWN, "institution": OTHER},
        {"values": {"item": "first"}, "institution": OTHER},
    ),
    (
        guards.RESTORED,
        "第二十二条",
        {"values": {}, "applicant": OWN, "others": (HOUSE,)},
        {"values": {}, "applicant": AWAY, "others": (GONE,)},
    ),
)


CASES += (
    (
        guards.CERTIFICATE_DUE,
        "第七十条",
        {"values": {"item": "renew"}, "state": "granted"},
        {"values": {"item": "cancel"}, "state": "granted"},
    ),
    (guards.NO_CERTIFICATE, "第四十四条", {"values": {"item": "cancel"}}, {"values": {"item": "renew"}}),
)


@pytest.mark.parametrize(("guard", "article", "good", "bad"), CASES)
def test_each_condition(guard: Guard, article: str, good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert article in (guard.article or "")
    assert guard.holds(case(PARAMETERS, **good))
    refused = case(PARAMETERS, **bad)
    assert not guard.holds(refused)
    assert guard.words(refused).endswith("。")


def _staffed(number: int) -> Around:
    staff = tuple(subject(20 + place, "appraisal.appraiser", scope="A02") for place in range(number))
    off: tuple[SubjectFact, ...] = (
        subject(30, "appraisal.appraiser", "suspended", scope="A02"),
        subject(31, "appraisal.appraiser", scope="A04"),
    )
    return Around(read_subjects=lambda: {2: OTHER}, read_members=lambda body: (*staff, *off))


def test_an_institution_is_restored_with_three_active_appraisers_in_each_category() -> None:
    found = case(PARAMETERS, {}, applicant=OTHER)
    assert guards.RESTORED.holds(replace(found, around=_staffed(3)))
    assert not guards.RESTORED.holds(replace(found, around=_staffed(2)))


def test_cancelled_only_after_the_time_has_run_out() -> None:
    found = case(PARAMETERS, {}, applicant=OTHER)

    def until(day: dt.date | None, stopped: dt.date | None = None) -> bool:
        clock = ClockFact(
            limit="appraisal.conditions_lost",
            start=dt.date(2026, 3, 1),
            due=day,
            paused=False,
            extended=0,
            stopped=stopped,
        )
        return guards.OVERDUE.holds(replace(found, clocks=(clock,)))

    assert until(found.on - dt.timedelta(days=1))
    assert not until(found.on)
    assert not until(None)
    assert not until(found.on - dt.timedelta(days=1), stopped=found.on)


def test_every_condition_is_tested() -> None:
    assert {guard.key for guard, *_ in CASES} | {guards.OVERDUE.key} == {g.key for g in guards.GUARDS}
