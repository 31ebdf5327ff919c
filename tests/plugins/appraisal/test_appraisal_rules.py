"""Rules about appraisal institutions and appraisers, one article after another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.appraisal.parameters import PARAMETERS
from plugins.appraisal.rules import (
    accreditation_covers,
    accreditation_current,
    certificate_no,
    eligibility_fits,
    funds_suffice,
    items_in_scope,
    licence_no,
    number_of_institution,
    part_time_unit,
    qualified,
    validity,
)
from suite.api import Linked, Severity
from suite.testing.rules import TODAY, context_of, told

CONTEXT = context_of(PARAMETERS)


def valid(begins: str, ends: str, status: str = "active") -> dict[str, Any]:
    return {
        "licensed_from": dt.date.fromisoformat(begins),
        "licensed_to": dt.date.fromisoformat(ends),
        "status": status,
    }


@pytest.mark.parametrize("ends", ["2029-02-28", "2029-02-27"])
def test_five_years_end_on_the_day_or_the_day_before(ends: str) -> None:
    assert not validity(valid("2024-02-29", ends), CONTEXT)


@pytest.mark.parametrize("ends", ["2030-02-28", "2028-02-28", "2029-03-01"])
def test_another_length_than_five_years_warns(ends: str) -> None:
    assert told(validity(valid("2024-02-29", ends), CONTEXT)) == [
        ("appraisal.validity_years", Severity.WARNING)
    ]


def test_the_length_follows_the_parameter() -> None:
    three = context_of(PARAMETERS, {"appraisal.licence.years": 3})
    assert not validity(valid("2025-05-01", "2028-04-30"), three)


def test_an_end_before_the_beginning_is_an_error() -> None:
    assert told(validity(valid("2024-05-01", "2024-05-01"), CONTEXT)) == [
        ("appraisal.validity_dates", Severity.ERROR)
    ]


@pytest.mark.parametrize(
    ("ends", "code", "article"),
    [
        (TODAY - dt.timedelta(days=1), "appraisal.expired", "行政许可法第七十条"),
        (TODAY, "appraisal.expiring", "行政许可法第五十条"),
        (TODAY + dt.timedelta(days=180), "appraisal.expiring", "行政许可法第五十条"),
    ],
)
def test_licensing_law_articles_50_and_70(ends: dt.date, code: str, article: str) -> None:
    (problem,) = validity({"licensed_to": ends, "status": "active"}, CONTEXT)
    assert (problem.code, problem.article, problem.severity) == (code, article, Severity.WARNING)
    assert not validity({"licensed_to": ends, "status": "cancelled"}, CONTEXT)


def test_no_alert_before_the_alert_period() -> None:
    assert not validity({"licensed_to": TODAY + dt.timedelta(days=181), "status": "active"}, CONTEXT)


@pytest.mark.parametrize("number", ["1301001", "130100001", "34130000MD0000016G"])
def test_licence_numbers_of_7_and_9_digits_and_credit_codes(number: str) -> None:
    assert not licence_no(number, CONTEXT)


def test_licence_numbers_of_other_lengths_and_provinces() -> None:
    assert told(licence_no("13010001", CONTEXT)) == [("appraisal_length", Severity.ERROR)]
    assert told(licence_no("110100001", CONTEXT)) == [("appraisal_province", Severity.WARNING)]


def test_certificate_numbers_have_12_digits() -> None:
    assert not certificate_no("130100001001", CONTEXT)
    assert told(certificate_no("13010000101", CONTEXT)) == [("appraiser_length", Severity.ERROR)]


def test_a_number_begins_with_that_of_the_institution() -> None:
    own, other = Linked(name="甲", main_no="130100001"), Linked(name="乙", main_no="130105901")
    short = Linked(name="丙", main_no="1301001")
    row = {"main_no": "130100001001"}
    assert not number_of_institution(row, own, CONTEXT)
    assert not number_of_institution(row, short, CONTEXT)
    assert not number_of_institution({}, other, CONTEXT)
    (problem,) = number_of_institution(row, other, CONTEXT)
    assert (problem.code, problem.field, problem.severity) == (
        "appraiser_institution", "main_no", Severity.WARNING
    )  # fmt: skip


def test_items_belong_to_the_categories_of_the_licence() -> None:
    assert not items_in_scope({"scope": "A02,C03", "scope_items": "A0201,A0208,C0301"}, CONTEXT)
    assert not items_in_scope({"scope": "A02"}, CONTEXT)
    (problem,) = items_in_scope({"scope": "A02", "scope_items": "A0201,B0101"}, CONTEXT)
    assert (problem.code, problem.severity) == ("appraisal.item_outside", Severity.WARNING)
    assert "笔迹鉴定" in problem.text
    assert "文书鉴定" in problem.text
    assert "人体损伤程度" not in problem.text


def test_decision_article_5_what_must_be_accredited_is() -> None:
    row = {"status": "active", "scope": "A02,A04,D03", "cma_categories": "A04"}
    (problem,) = accreditation_covers(row, CONTEXT)
    assert (problem.code, problem.field) == ("appraisal.not_accredited", "cma_categories")
    assert "空气污染" in problem.text
    assert "法医物证" not in problem.text
    assert not accreditation_covers(row | {"cma_categories": "A04,D03"}, CONTEXT)
    assert not accreditation_covers(row | {"status": "cancelled"}, CONTEXT)
    fewer = context_of(PARAMETERS, {"appraisal.cma.required": "A04"})
    assert not accreditation_covers(row, fewer)


@pytest.mark.parametrize(
    ("title", "found"), [("senior", False), ("junior", True), ("intermediate", True), (None, False)]
)
def test_decision_article_4_a_senior_title_is_one(title: str | None, found: bool) -> None:
    row = {"eligibility": "title", "job_title": title}
    assert bool(eligibility_fits(row, CONTEXT)) is found
    assert not eligibility_fits(row | {"eligibility": "degree"}, CONTEXT)


@pytest.mark.parametrize(("funds", "found"), [(200_000, False), (199_999, True), (50, True), (None, False)])
def test_funds_of_an_institution(funds: int | None, found: bool) -> None:
    assert told(funds_suffice({"funds": funds}, CONTEXT)) == (
        [("appraisal.funds", Severity.WARNING)] if found else []
    )


def test_decision_article_5_accreditation() -> None:
    row = {"status": "active", "cma_to": TODAY - dt.timedelta(days=1), "cnas_to": TODAY}
    assert told(accreditation_current(row, CONTEXT)) == [("appraisal.cma_expired", Severity.WARNING)]
    assert not accreditation_current(row | {"status": "cancelled"}, CONTEXT)


def test_part_time_appraisers_have_a_main_unit() -> None:
    assert told(part_time_unit({"category": "part_time"}, CONTEXT)) == [
        ("appraisal.main_unit", Severity.WARNING)
    ]
    assert not part_time_unit({"category": "part_time", "main_unit": "医院"}, CONTEXT)
    assert not part_time_unit({"category": "full_time"}, CONTEXT)


@pytest.mark.parametrize(
    ("title", "education", "years", "fits"),
    [
        ("senior", None, 0, True),
        ("intermediate", "bachelor", 5, True),
        ("intermediate", "bachelor", 4, False),
        ("none", "secondary", 10, True),
        ("none", "secondary", 9, False),
        ("none", None, None, True),
    ],
)
def test_decision_article_4_ladder(title: str, education: str | None, years: int | None, fits: bool) -> None:
    row = {"job_title": title, "education": education, "field_years": years}
    assert told(qualified(row, CONTEXT)) == ([] if fits else [("appraisal.field_years", Severity.WARNING)])
