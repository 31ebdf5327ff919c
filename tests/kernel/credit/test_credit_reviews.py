"""A review that is failed and stands is a credit record; before it stands it is none."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.areas import CORE_DECLARATIONS
from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.states import StateKind
from suite.kernel.assessment.commands import CloseCampaign, NoticeCampaign
from suite.kernel.credit.listing import CreditLine, CreditQuery, credit_lines
from suite.loader.plugins import load_plugins
from suite.testing.factories import a_firm, a_lawyer, make
from tests.kernel.assessment.test_season import Season

pytestmark = pytest.mark.sqlite_first
CATALOG = load_plugins(CORE_DECLARATIONS).catalog


def records(suite: Suite, admin: Actor) -> list[CreditLine]:
    with suite.reading() as session:
        return credit_lines(session, admin, suite.catalog, CreditQuery(), suite.today)


def test_who_fails_a_review_that_stands_has_a_record(suite_: Suite, admin: Actor) -> None:
    (firm,) = make(suite_, admin, "lawyers.law_firm", a_firm(1))
    people = [a_lawyer(n, body_id=firm, name=name) for n, name in ((1, "张明远"), (2, "李思齐"))]
    make(suite_, admin, "lawyers.lawyer", *people)
    season = Season(suite_, admin)
    season.step("self", "张明远", "李思齐")
    season.grade(("张明远", None, ""), ("李思齐", "incompetent", "年度内两次被投诉查实"))
    noticed = dt.date(2026, 5, 20)
    season.run(NoticeCampaign(campaign_id=season.id, expected_version=season.campaign().version, on=noticed))
    assert records(suite_, admin) == []
    season.run(
        CloseCampaign(
            campaign_id=season.id,
            expected_version=season.campaign().version,
            document_no="石律协〔2026〕8号",
            on=dt.date(2026, 6, 20),
        )
    )
    (line,) = records(suite_, admin)
    assert (line.name, line.rule, line.visibility) == ("李思齐", "lawyers.credit_lawyer_failed", "内部")
    assert (line.document_no, line.decided_on) == ("石律协〔2026〕8号", dt.date(2026, 6, 20))
    assert (line.state.key, line.state.displayed) == ("collected", False)


def test_every_failing_grade_of_a_profession_is_a_record() -> None:
    failing = {
        (scheme.key, grade.key)
        for scheme in CATALOG.schemes.values()
        for grade in scheme.grades
        if grade.state is StateKind.BAD
    }
    ruled = {
        (rule.scheme, grade) for rule in CATALOG.credit_rules.values() if rule.scheme for grade in rule.grades
    }
    # 普法 evaluates organs of the party and the state, which have no credit record.
    assert failing - ruled == {("popularization.evaluation", "failed")}
    assert ruled <= failing
