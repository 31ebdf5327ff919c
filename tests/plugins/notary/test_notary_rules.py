"""Rules about notary offices and notaries, one article after another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.notary.kinds import NOTARY
from plugins.notary.parameters import PARAMETERS
from plugins.notary.rules import (
    age_fits,
    custody_fits,
    dates_in_order,
    head_has_practised,
    insured_in_order,
    internship_long_enough,
    left_is_told,
    notary_no,
    office_insured,
    office_licence_no,
    office_name,
    qualified_by_exam,
    removal_told,
)
from suite.api import Severity
from suite.testing.rules import context_of, told

CONTEXT = context_of(PARAMETERS)


def appointed_at(years: int, days: int = 0) -> dict[str, Any]:
    born = dt.date(1980, 6, 1)
    return {"birth_date": born, "appointed_on": born.replace(year=1980 + years) + dt.timedelta(days=days)}


@pytest.mark.parametrize(
    ("years", "days", "fits"), [(25, 0, True), (25, -1, False), (65, -1, True), (65, 0, False)]
)
def test_article_18_age_at_appointment(years: int, days: int, fits: bool) -> None:
    found = age_fits(appointed_at(years, days), CONTEXT)
    assert told(found) == ([] if fits else [("notary.age_at_appointment", Severity.ERROR)])
    assert all(problem.article == "公证法第十八条" for problem in found)


def test_an_appointment_before_birth_is_no_age() -> None:
    [problem] = age_fits(appointed_at(-1), CONTEXT)
    assert problem.severity is Severity.ERROR
    assert "早于出生日期 1980-06-01" in problem.text
    assert "周岁" not in problem.text


def test_article_18_age_follows_the_parameter() -> None:
    older = context_of(PARAMETERS, {"notary.notary.age_min": 28})
    assert told(age_fits(appointed_at(27), older)) == [("notary.age_at_appointment", Severity.ERROR)]


@pytest.mark.parametrize(
    ("birthday", "code"),
    [
        (dt.date(1961, 11, 23), "notary.age_limit"),
        (dt.date(1961, 11, 24), "notary.age_limit_near"),
        (dt.date(1962, 5, 22), "notary.age_limit_near"),
        (dt.date(1962, 5, 23), None),
    ],
)
def test_article_24_removal_at_65_and_the_alert_before(birthday: dt.date, code: str | None) -> None:
    found = age_fits({"birth_date": birthday, "status": "active"}, CONTEXT)
    assert told(found) == ([(code, Severity.WARNING)] if code else [])
    assert age_fits({"birth_date": birthday, "status": "removed"}, CONTEXT) == ()
    assert age_fits({"status": "active"}, CONTEXT) == ()


def test_article_21_appointment_before_certificate() -> None:
    row = {"appointed_on": dt.date(2020, 5, 1), "issued_on": dt.date(2020, 4, 30)}
    (problem,) = dates_in_order(row, CONTEXT)
    assert (problem.code, problem.field) == ("notary.before_appointment", "issued_on")
    assert not dates_in_order(row | {"issued_on": dt.date(2020, 5, 1)}, CONTEXT)


def test_article_10_head_has_three_years() -> None:
    row = {"is_head": True, "first_practice_on": dt.date(2023, 11, 24)}
    assert told(head_has_practised(row, CONTEXT)) == [("notary.head_years", Severity.WARNING)]
    assert head_has_practised(row | {"first_practice_on": dt.date(2023, 11, 23)}, CONTEXT) == ()
    assert head_has_practised(row | {"is_head": False}, CONTEXT) == ()


def test_article_18_qualification_by_exam() -> None:
    assert told(qualified_by_exam({"category": "exam"}, CONTEXT)) == [
        ("notary.no_qualification", Severity.WARNING)
    ]
    assert qualified_by_exam({"category": "assessment"}, CONTEXT) == ()
    assert qualified_by_exam({"category": "exam", "qualification_no": "A20101301000001"}, CONTEXT) == ()


def test_article_15_insurance() -> None:
    row = {"status": "active", "insured_from": dt.date(2025, 11, 23), "insured_to": dt.date(2026, 11, 22)}
    assert told(office_insured(row, CONTEXT)) == [("notary.insurance_expired", Severity.WARNING)]
    assert office_insured(row | {"insured_to": dt.date(2026, 11, 23)}, CONTEXT) == ()
    assert office_insured(row | {"status": "cancelled"}, CONTEXT) == ()
    backwards = row | {"insured_to": dt.date(2025, 11, 22)}
    assert told(insured_in_order(backwards, CONTEXT)) == [("notary.insurance_dates", Severity.ERROR)]


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("河北省石家庄市太行公证处", True),
        ("河北省正定县公证处", True),
        ("太行公证处", False),
        ("河北省公证协会", False),
    ],
)
def test_office_names(name: str, fits: bool) -> None:
    assert told(office_name(name, CONTEXT)) == ([] if fits else [("notary.office_name", Severity.WARNING)])


@pytest.mark.parametrize("check", [notary_no, office_licence_no])
def test_numbers_only_warn_and_follow_the_pattern(check: Any) -> None:
    assert not check("13012020000123", CONTEXT)
    assert [severity for _, severity in told(check("证字一号", CONTEXT))] == [Severity.WARNING]
    own = {"notary.notary.number_pattern": "证字.号", "notary.office.number_pattern": "证字.号"}
    assert not check("证字一号", context_of(PARAMETERS, own))


def test_article_22_no_second_profession() -> None:
    assert set(NOTARY.clashes_with) == {"lawyers.lawyer", "lawyers.trainee_lawyer", "appraisal.appraiser"}


def test_a_removal_and_a_leaving_have_their_days() -> None:
    day = dt.date(2026, 1, 5)
    assert told(removal_told({"status": "removed"}, CONTEXT)) == [("notary.removal_date", Severity.WARNING)]
    assert not removal_told({"status": "removed", "removed_on": day}, CONTEXT)
    assert told(removal_told({"status": "active", "removed_on": day}, CONTEXT)) == [
        ("notary.removal_date", Severity.WARNING)
    ]
    assert not left_is_told({"status": "active"}, CONTEXT)


def test_who_is_suspended_has_deposited_the_certificate() -> None:
    row = {"status": "suspended", "certificate_custody": "held"}
    assert told(custody_fits(row, CONTEXT)) == [("notary.custody", Severity.WARNING)]
    assert not custody_fits(row | {"certificate_custody": "deposited"}, CONTEXT)
    assert not custody_fits(row | {"status": "active"}, CONTEXT)


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        ("2025-12-31", None),
        ("2025-12-30", "notary.internship_short"),
        ("2023-12-31", "notary.internship_dates"),
    ],
)
def test_article_18_an_internship_takes_two_years(ends: str, code: str | None) -> None:
    row = {"internship_from": dt.date(2024, 1, 1), "internship_to": dt.date.fromisoformat(ends)}
    assert told(internship_long_enough(row, CONTEXT)) == ([(code, Severity.WARNING)] if code else [])
