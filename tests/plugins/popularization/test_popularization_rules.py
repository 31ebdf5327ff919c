"""Rules about duty units and law-savvy villagers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.popularization.kinds import LAW_SAVVY_VILLAGER
from plugins.popularization.parameters import PARAMETERS
from plugins.popularization.rules.duty_units import enforcer_has_laws
from plugins.popularization.rules.honours import (
    recheck_due,
    rechecked_after_named,
    rectifying_has_a_term,
    village_end_told,
    village_level,
)
from plugins.popularization.rules.villagers import (
    exit_is_told,
    number_agrees,
    of_age,
    trained_before_certified,
    villager_no,
)
from suite.api import FieldType, Severity, months_after
from suite.testing.rules import TODAY, context_of

CONTEXT = context_of(PARAMETERS)
NUMBER = "1301232012052024003"


def codes(problems: Any) -> list[tuple[str, Severity]]:
    return [(problem.code.removeprefix("popularization."), problem.severity) for problem in problems]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (NUMBER, []),
        ("130123201205202403", []),
        ("1301232012052027003", ["number_year"]),
        ("1301232010002024003", ["village_code"]),
        ("1301000012052024003", ["village_code"]),
        ("冀法明0001", ["villager_number"]),
        ("13012320120520240", ["villager_number"]),
    ],
)
def test_numbers_of_village_year_and_serial_only_warn(number: str, found: list[str]) -> None:
    assert codes(villager_no(number, CONTEXT)) == [(code, Severity.WARNING) for code in found]


def test_the_numbering_is_the_house_s_own() -> None:
    own = context_of(PARAMETERS, {"popularization.lsv.number_pattern": r"冀法明\d{4}"})
    assert not villager_no("冀法明0001", own)
    assert codes(villager_no(NUMBER, own)) == [("villager_number", Severity.WARNING)]


@pytest.mark.parametrize(
    ("district", "certified", "found"),
    [
        ("130123", dt.date(2024, 3, 1), []),
        ("130102", dt.date(2024, 3, 1), ["number_district"]),
        ("130171", dt.date(2024, 3, 1), []),
        ("130123", dt.date(2023, 12, 31), ["number_year_differs"]),
        (None, None, []),
    ],
)
def test_the_number_agrees_with_the_row(
    district: str | None, certified: dt.date | None, found: list[str]
) -> None:
    row = {"main_no": NUMBER, "district_code": district, "certified_on": certified}
    assert codes(number_agrees(row, CONTEXT)) == [(code, Severity.WARNING) for code in found]


def test_a_number_of_another_form_is_not_compared() -> None:
    assert not number_agrees({"main_no": "A1", "district_code": "130102"}, CONTEXT)


def test_training_comes_before_the_certificate() -> None:
    row = {"selected_on": dt.date(2024, 1, 1), "certified_on": dt.date(2024, 3, 1), "trained_hours": 12}
    assert not trained_before_certified(row, CONTEXT)
    assert codes(trained_before_certified(row | {"trained_hours": None}, CONTEXT)) == [
        ("untrained", Severity.WARNING)
    ]
    assert codes(trained_before_certified(row | {"certified_on": dt.date(2023, 12, 31)}, CONTEXT)) == [
        ("certified_first", Severity.ERROR)
    ]


def test_who_left_has_a_day() -> None:
    assert codes(exit_is_told({"status": "exited"}, CONTEXT)) == [("exit_date", Severity.WARNING)]
    assert codes(exit_is_told({"status": "active", "exited_on": TODAY}, CONTEXT)) == [
        ("exit_status", Severity.WARNING)
    ]
    assert not exit_is_told({"status": "exited", "exited_on": TODAY}, CONTEXT)
    assert not exit_is_told({"status": "active"}, CONTEXT)


def test_villagers_are_of_age() -> None:
    assert not of_age({"birth_date": dt.date(2008, 11, 23), "status": "active"}, CONTEXT)
    young = {"birth_date": dt.date(2008, 11, 24), "status": "active"}
    assert codes(of_age(young, CONTEXT)) == [("under_age", Severity.WARNING)]


def test_enforcement_organs_name_their_laws() -> None:
    row = {"is_enforcement": True, "status": "active"}
    assert codes(enforcer_has_laws(row, CONTEXT)) == [("no_laws", Severity.WARNING)]
    assert not enforcer_has_laws(row | {"laws": "统计法"}, CONTEXT)
    assert not enforcer_has_laws(row | {"is_enforcement": False}, CONTEXT)
    assert not enforcer_has_laws(row | {"status": "ended"}, CONTEXT)


def test_a_villager_stands_in_a_village() -> None:
    field = LAW_SAVVY_VILLAGER.by_key["body_id"]
    assert (field.type, field.links, field.link_role) == (FieldType.LINK, ("core.village",), "village")


def months_ago(months: int) -> dt.date:
    return months_after(TODAY, -months)


def test_a_model_village_is_rechecked_every_two_years() -> None:
    row = {"status": "active", "named_on": months_ago(24), "category": "city"}
    assert not recheck_due(row, CONTEXT)
    late = row | {"named_on": months_ago(25)}
    assert codes(recheck_due(late, CONTEXT)) == [("recheck_due", Severity.WARNING)]
    assert not recheck_due(late | {"rechecked_on": months_ago(3)}, CONTEXT)
    assert not recheck_due(late | {"status": "cancelled"}, CONTEXT)
    assert not recheck_due(late, context_of(PARAMETERS, {"popularization.village.recheck_months": 36}))


def test_a_recheck_follows_the_naming() -> None:
    row = {"named_on": TODAY, "rechecked_on": months_ago(1)}
    (problem,) = rechecked_after_named(row, CONTEXT)
    assert problem.code == "popularization.recheck_before_naming"
    assert problem.article
    assert not rechecked_after_named(row | {"rechecked_on": TODAY}, CONTEXT)


@pytest.mark.parametrize("status", ["cancelled", "deregistered"])
def test_an_honour_that_ended_has_its_day(status: str) -> None:
    assert codes(village_end_told({"status": status}, CONTEXT)) == [("village_end", Severity.WARNING)]
    assert not village_end_told({"status": status, "cancelled_on": TODAY}, CONTEXT)
    (problem,) = village_end_told({"status": "active", "cancelled_on": TODAY}, CONTEXT)
    assert problem.field == "status"


def test_levels_of_naming_begin_with_the_county() -> None:
    assert not village_level({"category": "county"}, CONTEXT)
    assert codes(village_level({"category": "township"}, CONTEXT)) == [("village_level", Severity.WARNING)]


def test_putting_right_has_a_term() -> None:
    assert codes(rectifying_has_a_term({"status": "rectifying"}, CONTEXT)) == [
        ("rectify_by", Severity.WARNING)
    ]
    assert not rectifying_has_a_term({"status": "rectifying", "rectify_by": TODAY}, CONTEXT)
