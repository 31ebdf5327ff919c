"""Rules about lawyers and trainees, one article after another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.lawyers.parameters import PARAMETERS
from plugins.lawyers.reviews.parameters import PARAMETERS as REVIEWS
from plugins.lawyers.rules.lawyer import (
    certificate_deposited,
    dates_in_order,
    duty_conditions,
    employer_fits_status,
    former_judge,
    partner_conditions,
    practice_no_agrees,
)
from plugins.lawyers.rules.qualification import qualification_agrees, qualified_first
from plugins.lawyers.rules.trainee import internship_long_enough
from plugins.lawyers.rules.values import email, practice_no, qualification_no
from suite.api import Problem, Severity
from suite.testing.rules import context_of

CONTEXT = context_of((*PARAMETERS, *REVIEWS))


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


def only(problems: Any) -> Problem:
    (problem,) = problems
    assert isinstance(problem, Problem)
    return problem


GOOD = {
    "main_no": "11301201210384721",
    "sex": "male",
    "category": "full_time",
    "first_practice_on": dt.date(2012, 6, 18),
    "birth_date": dt.date(1985, 4, 12),
    "status": "active",
    "body_id": 1,
}


@pytest.mark.parametrize("rule", [practice_no_agrees, dates_in_order, employer_fits_status])
def test_a_right_record_is_silent(rule: Any) -> None:
    assert rule(GOOD, CONTEXT) == () or rule(GOOD, CONTEXT) == []


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"sex": "female"}, "lawyer_sex_mismatch", "main_no"),
        ({"category": "part_time"}, "lawyer_category_mismatch", "main_no"),
        ({"first_practice_on": dt.date(2013, 6, 18)}, "lawyers.practice_no_year", "first_practice_on"),
    ],
)
def test_digits_of_the_number_only_warn(change: dict[str, Any], code: str, field: str) -> None:
    problem = only(practice_no_agrees(GOOD | change, CONTEXT))
    assert (problem.code, problem.field, problem.severity) == (code, field, Severity.WARNING)


def test_old_numbers_say_nothing_about_the_person() -> None:
    assert practice_no_agrees(GOOD | {"main_no": "130198110123", "sex": "female"}, CONTEXT) == ()


def test_a_short_number_is_an_error_and_a_foreign_city_a_warning() -> None:
    assert only(practice_no("1130120121038472", CONTEXT)).severity is Severity.ERROR
    moved = only(practice_no("11201201210384721", CONTEXT))
    assert (moved.code, moved.severity) == ("lawyer_area", Severity.WARNING)


def test_first_practice_before_birth_cannot_be() -> None:
    wrong = GOOD | {"first_practice_on": dt.date(1985, 4, 12)}
    assert only(dates_in_order(wrong, CONTEXT)).severity is Severity.ERROR


def test_first_practice_needs_full_age() -> None:
    eve = GOOD | {"first_practice_on": dt.date(2003, 4, 11)}
    birthday = GOOD | {"first_practice_on": dt.date(2003, 4, 12)}
    problem = only(dates_in_order(eve, CONTEXT))
    assert (problem.code, problem.article) == ("lawyers.practice_under_age", "律师法第七条")
    assert dates_in_order(birthday, CONTEXT) == []


def test_the_age_is_a_parameter() -> None:
    younger = context_of(PARAMETERS, {"lawyers.lawyer.min_age": 16})
    assert dates_in_order(GOOD | {"first_practice_on": dt.date(2002, 4, 12)}, younger) == []


@pytest.mark.parametrize("key", ["issued_on", "entered_on"])
def test_later_dates_follow_first_practice(key: str) -> None:
    assert codes(dates_in_order(GOOD | {key: dt.date(2012, 6, 17)}, CONTEXT)) == [
        f"lawyers.{key}_before_practice"
    ]
    assert dates_in_order(GOOD | {key: dt.date(2012, 6, 18)}, CONTEXT) == []


def test_article_9_a_part_time_lawyer_is_no_partner() -> None:
    problem = only(partner_conditions(GOOD | {"is_partner": True, "category": "part_time"}, CONTEXT))
    assert problem.code == "lawyers.partner_part_time"
    assert problem.severity is Severity.WARNING
    assert problem.article == "律师事务所管理办法第九条"


@pytest.mark.parametrize("category", ["government", "in_house", "legal_aid", "military"])
def test_who_is_not_in_a_firm_is_no_partner(category: str) -> None:
    found = partner_conditions(GOOD | {"is_partner": True, "category": category}, CONTEXT)
    assert codes(found) == ["lawyers.partner_category"]


@pytest.mark.parametrize(
    ("first", "since", "expected"),
    [
        (dt.date(2023, 11, 23), None, []),
        (dt.date(2023, 11, 24), None, ["lawyers.partner_years"]),
        (dt.date(2012, 6, 18), dt.date(2015, 6, 17), ["lawyers.partner_years"]),
        (dt.date(2012, 6, 18), dt.date(2015, 6, 18), []),
    ],
)
def test_article_9_partners_have_three_years(
    first: dt.date, since: dt.date | None, expected: list[str]
) -> None:
    values = GOOD | {"is_partner": True, "first_practice_on": first, "partner_since": since}
    assert codes(partner_conditions(values, CONTEXT)) == expected


def test_nobody_else_is_asked_about_partnership() -> None:
    assert partner_conditions(GOOD | {"is_partner": False, "category": "part_time"}, CONTEXT) == ()


def test_article_23_an_active_lawyer_has_a_body() -> None:
    problem = only(employer_fits_status(GOOD | {"body_id": None}, CONTEXT))
    assert (problem.code, problem.article) == ("lawyers.no_body", "律师执业管理办法第二十三条")
    assert "6 个月" in problem.text
    assert employer_fits_status(GOOD | {"body_id": None, "category": "military"}, CONTEXT) == ()
    assert employer_fits_status(GOOD | {"body_id": None, "status": "cancelled"}, CONTEXT) == ()


def test_a_paused_lawyer_has_none() -> None:
    assert codes(employer_fits_status(GOOD | {"status": "practice_paused"}, CONTEXT)) == [
        "lawyers.paused_with_body"
    ]


def test_article_48_a_suspended_lawyers_certificate_is_deposited() -> None:
    suspended = GOOD | {"status": "suspended", "certificate_custody": "held"}
    assert codes(certificate_deposited(suspended, CONTEXT)) == ["lawyers.certificate_not_deposited"]
    assert certificate_deposited(suspended | {"certificate_custody": "deposited"}, CONTEXT) == ()


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"is_duty_lawyer": True, "status": "active", "first_practice_on": dt.date(2020, 1, 1)}, []),
        ({"is_duty_lawyer": True, "status": "suspended"}, ["duty_not_active"]),
        ({"is_duty_lawyer": True, "first_practice_on": dt.date(2025, 6, 1)}, ["duty_years"]),
        ({"first_practice_on": dt.date(2025, 6, 1), "status": "suspended"}, []),
    ],
)
def test_who_may_be_a_duty_lawyer(values: dict[str, Any], codes: list[str]) -> None:
    found = duty_conditions(values, CONTEXT)
    assert [problem.code.rsplit(".", 1)[-1] for problem in found] == codes
    assert all("值班律师工作办法" in str(problem.article) for problem in found)


def test_article_41_former_judges_wait_two_years() -> None:
    inside = former_judge({"left_judiciary_on": dt.date(2024, 11, 24)}, CONTEXT)
    assert only(inside).severity is Severity.NOTICE
    assert former_judge({"left_judiciary_on": dt.date(2024, 11, 23)}, CONTEXT) == ()


def test_the_letter_of_the_qualification_is_its_type() -> None:
    wrong = {"qualification_no": "A20111301022001", "qualification_type": "C"}
    assert codes(qualification_agrees(wrong, CONTEXT)) == ["lawyers.qualification_type"]
    assert qualification_agrees(wrong | {"qualification_type": "A"}, CONTEXT) == ()
    assert qualification_agrees(wrong | {"qualification_type": "lawyer_qualification"}, CONTEXT) == ()


def test_the_pattern_of_the_qualification_is_a_parameter() -> None:
    assert qualification_no("A20111301022001", CONTEXT) == ()
    looser = context_of(PARAMETERS, {"lawyers.lawyer.qualification_pattern": r"\d{4}"})
    assert only(qualification_no("A20111301022001", looser)).severity is Severity.WARNING


def test_article_5_the_qualification_comes_first() -> None:
    late = GOOD | {"qualified_on": dt.date(2012, 6, 19)}
    assert only(qualified_first(late, CONTEXT)).article == "律师法第五条"
    assert qualified_first(GOOD | {"qualified_on": dt.date(2012, 6, 18)}, CONTEXT) == ()


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (dt.date(2026, 3, 1), []),
        (dt.date(2026, 2, 28), []),
        (dt.date(2026, 2, 27), ["lawyers.internship_short"]),
        (dt.date(2025, 3, 1), ["lawyers.internship_dates"]),
    ],
)
def test_article_5_a_year_of_internship(ends: dt.date, expected: list[str]) -> None:
    values = {"started_on": dt.date(2025, 3, 1), "ends_on": ends}
    assert codes(internship_long_enough(values, CONTEXT)) == expected


def test_an_extension_ends_after_the_internship() -> None:
    values = {"ends_on": dt.date(2026, 3, 1), "extended_until": dt.date(2026, 3, 1)}
    assert codes(internship_long_enough(values, CONTEXT)) == ["lawyers.extension_dates"]


@pytest.mark.parametrize("text", ["wang@cyls.example", "a.b@c.d"])
def test_mailboxes(text: str) -> None:
    assert email(text, CONTEXT) == ()


@pytest.mark.parametrize("text", ["wang", "@cyls.example", "a@b@c.d", "王 a@b.c", "a@b"])
def test_what_is_no_mailbox(text: str) -> None:
    assert codes(email(text, CONTEXT)) == ["lawyers.email"]
