"""Rules about firms and branches, one article after another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.lawyers.parameters import PARAMETERS
from plugins.lawyers.rules.bodies import (
    address_in_district,
    assets_fit_form,
    branch_assets,
    numbers_agree,
    opened_after_approval,
    parent_given,
    party_branch,
)
from plugins.lawyers.rules.values import firm_licence_no, firm_uscc
from suite.api import Severity
from suite.testing.rules import context_of

CONTEXT = context_of(PARAMETERS)
CODE = "31130000MD0000016R"


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("form", "least", "article"),
    [
        ("general_partnership", 300_000, "第九条"),
        ("special_general_partnership", 10_000_000, "第十条"),
        ("sole", 100_000, "第十一条"),
    ],
)
def test_articles_9_to_11_assets(form: str, least: int, article: str) -> None:
    assert assets_fit_form({"category": form, "assets": least}, CONTEXT) == ()
    (problem,) = assets_fit_form({"category": form, "assets": least - 1}, CONTEXT)
    assert problem.severity is Severity.WARNING
    assert problem.article == f"律师事务所管理办法{article}"


def test_assets_follow_the_parameter() -> None:
    lower = context_of(PARAMETERS, {"lawyers.firm.sole_assets": 50_000})
    assert assets_fit_form({"category": "sole", "assets": 50_000}, lower) == ()


def test_a_state_funded_firm_has_no_least() -> None:
    assert assets_fit_form({"category": "state_funded", "assets": 0}, CONTEXT) == ()


def test_article_34_assets_of_a_branch() -> None:
    assert branch_assets({"assets": 300_000}, CONTEXT) == ()
    assert codes(branch_assets({"assets": 299_999}, CONTEXT)) == ["lawyers.assets_below"]


def test_business_begins_after_the_licence() -> None:
    values = {"approved_on": dt.date(2026, 3, 2), "opened_on": dt.date(2026, 3, 1)}
    assert codes(opened_after_approval(values, CONTEXT)) == ["lawyers.opened_before_approval"]
    assert opened_after_approval(values | {"opened_on": dt.date(2026, 3, 2)}, CONTEXT) == ()


def test_a_licensed_firm_has_a_credit_code() -> None:
    assert codes(numbers_agree({"main_no": None, "status": "active"}, CONTEXT)) == ["lawyers.no_uscc"]
    assert numbers_agree({"main_no": None, "status": "applying"}, CONTEXT) == ()


def test_the_licence_number_is_the_credit_code() -> None:
    other = CODE[:-2] + "5R"
    assert codes(numbers_agree({"main_no": CODE, "licence_no": other}, CONTEXT)) == [
        "lawyers.licence_no_differs"
    ]
    assert numbers_agree({"main_no": CODE, "licence_no": CODE}, CONTEXT) == ()
    assert numbers_agree({"main_no": CODE, "licence_no": "21301200010000001"}, CONTEXT) == ()


def test_a_secretary_needs_a_party_branch() -> None:
    values = {"party_form": "none", "party_secretary": "张三"}
    assert codes(party_branch(values, CONTEXT)) == ["lawyers.party_secretary"]
    assert party_branch(values | {"party_form": "own"}, CONTEXT) == ()


def test_the_address_lies_in_the_district() -> None:
    values = {"address_code": "130104001001", "district_code": "130102"}
    assert codes(address_in_district(values, CONTEXT)) == ["lawyers.address_outside"]
    assert address_in_district(values | {"district_code": "130104"}, CONTEXT) == ()


def test_a_branch_has_a_parent() -> None:
    assert codes(parent_given({}, CONTEXT)) == ["lawyers.no_parent"]
    assert parent_given({"parent_name": "北京某某律师事务所"}, CONTEXT) == ()
    assert parent_given({"body_id": 3}, CONTEXT) == ()


def test_a_firms_credit_code() -> None:
    assert firm_uscc(CODE, CONTEXT) == ()
    (wrong,) = firm_uscc(CODE[:-1] + "T", CONTEXT)
    assert wrong.severity is Severity.ERROR
    notary_office = firm_uscc("32130100MD0000016U", CONTEXT)
    assert notary_office
    assert {problem.severity for problem in notary_office} == {Severity.WARNING}


def test_the_prefix_is_a_parameter() -> None:
    elsewhere = context_of(PARAMETERS, {"lawyers.firm.uscc_prefix": "32130100"})
    assert firm_uscc("32130100MD0000016U", elsewhere) == ()


def test_the_old_licence_number_is_kept() -> None:
    assert {problem.severity for problem in firm_licence_no("21301200010000001", CONTEXT)} == {
        Severity.NOTICE
    }
