"""Rules about the arbitration commission and arbitrators, one article after another."""

from __future__ import annotations

import datetime as dt

import pytest

from plugins.arbitration.codes import ELIGIBILITY
from plugins.arbitration.parameters import PARAMETERS
from plugins.arbitration.rules import (
    BY_TITLE,
    BY_YEARS,
    eligible,
    may_serve,
    members_fit,
    term_fits,
    years_are_possible,
)
from suite.api import Severity
from suite.testing.rules import context_of, told

CONTEXT = context_of(PARAMETERS)


def test_article_13_every_condition_is_judged() -> None:
    assert {*BY_YEARS, *BY_TITLE} == set(ELIGIBILITY.titles)


@pytest.mark.parametrize("basis", BY_YEARS)
def test_article_13_eight_years(basis: str) -> None:
    assert not eligible({"category": basis, "eligibility_years": 8}, CONTEXT)
    (problem,) = eligible({"category": basis, "eligibility_years": 7}, CONTEXT)
    assert (problem.code, problem.severity) == ("arbitration.eligibility_years", Severity.ERROR)
    assert problem.article == "仲裁法第十三条"
    assert told(eligible({"category": basis}, CONTEXT)) == [
        ("arbitration.eligibility_evidence", Severity.WARNING)
    ]


def test_article_13_years_follow_the_parameter() -> None:
    five = context_of(PARAMETERS, {"arbitration.eligibility.years": 5})
    assert not eligible({"category": "lawyer", "eligibility_years": 7}, five)


@pytest.mark.parametrize(
    ("basis", "title", "found"),
    [
        ("legal_scholar", "senior", None),
        ("legal_scholar", "associate", None),
        ("legal_scholar", "intermediate", ("arbitration.eligibility_title", Severity.ERROR)),
        ("trade_expert", "intermediate", ("arbitration.eligibility_title", Severity.WARNING)),
        ("trade_expert", None, ("arbitration.eligibility_evidence", Severity.WARNING)),
    ],
)
def test_article_13_senior_titles(basis: str, title: str | None, found: tuple[str, Severity] | None) -> None:
    row = {"category": basis, "job_title": title, "eligibility_years": 1}
    assert told(eligible(row, CONTEXT)) == ([found] if found else [])


def test_without_a_condition_nothing_is_judged() -> None:
    assert not eligible({"eligibility_years": 1}, CONTEXT)


def test_years_of_work_fit_the_age() -> None:
    row = {"birth_date": dt.date(1990, 11, 23), "eligibility_years": 18}
    assert not years_are_possible(row, CONTEXT)
    assert told(years_are_possible(row | {"eligibility_years": 19}, CONTEXT)) == [
        ("arbitration.years_impossible", Severity.ERROR)
    ]


@pytest.mark.parametrize("post", ["judge", "prosecutor", "supervisor"])
def test_serving_judges_prosecutors_and_supervisors_warn(post: str) -> None:
    row = {"serving_post": post, "status": "active", "unit_approval": "〔2026〕1号"}
    assert told(may_serve(row, CONTEXT)) == [("arbitration.serving_post", Severity.WARNING)]
    assert not may_serve(row | {"status": "resigned"}, CONTEXT)


def test_officials_need_their_unit() -> None:
    row = {"serving_post": "official", "status": "active"}
    assert told(may_serve(row, CONTEXT)) == [("arbitration.unit_approval", Severity.WARNING)]
    assert not may_serve(row | {"unit_approval": "〔2026〕1号"}, CONTEXT)
    assert not may_serve({"serving_post": "none", "status": "active"}, CONTEXT)


@pytest.mark.parametrize(
    ("begins", "ends", "status", "expected"),
    [
        ("2024-04-01", "2029-04-01", "active", []),
        ("2024-04-01", "2029-04-02", "active", [("arbitration.term_years", Severity.WARNING)]),
        ("2024-04-01", "2024-04-01", "active", [("arbitration.term_dates", Severity.ERROR)]),
        ("2021-11-22", "2026-11-22", "active", [("arbitration.term_ended", Severity.WARNING)]),
        ("2021-11-22", "2026-11-22", "expired", []),
    ],
)
def test_terms(begins: str, ends: str, status: str, expected: list[tuple[str, Severity]]) -> None:
    row = {
        "term_from": dt.date.fromisoformat(begins),
        "term_to": dt.date.fromisoformat(ends),
        "status": status,
    }
    assert told(term_fits(row, CONTEXT)) == expected


@pytest.mark.parametrize(
    ("vice", "members", "experts", "expected"),
    [
        (4, 10, 10, []),
        (4, 10, 9, ["arbitration.experts_share"]),
        (1, 7, 9, ["arbitration.vice_chairs_number"]),
        (2, 12, 15, ["arbitration.members_number"]),
        (2, 7, None, []),
    ],
)
def test_article_12_governing_members(
    vice: int, members: int, experts: int | None, expected: list[str]
) -> None:
    row = {"vice_chairs": vice, "members": members, "expert_members": experts}
    assert told(members_fit(row, CONTEXT)) == [(code, Severity.WARNING) for code in expected]


def test_no_more_experts_than_members() -> None:
    row = {"vice_chairs": 2, "members": 7, "expert_members": 11}
    assert told(members_fit(row, CONTEXT)) == [("arbitration.experts_number", Severity.ERROR)]
