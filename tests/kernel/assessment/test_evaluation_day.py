"""The yearly evaluation of duty units, played through: scorers apart, a third, an objection."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.assessment.boards import BoardLine
from suite.kernel.assessment.commands import (
    CloseCampaign,
    DecideGrades,
    DecideObjection,
    GradeGiven,
    NoticeCampaign,
    ProposeGrades,
    RaiseObjection,
    ScoreAssessment,
    ScoreGiven,
    TakeAssessmentStep,
)
from suite.testing.fixtures import TODAY
from tests.kernel.assessment.test_evaluation import UNITS, Evaluation
from tests.kernel.assessment.test_season import refused

pytestmark = pytest.mark.sqlite_first


class Day(Evaluation):
    """The office's evaluation with three scorers."""

    def scorer(self, login: str) -> Actor:
        self.suite.run(AddUser(login=login, name=f"评分人 {login}"), self.admin)
        self.suite.run(GrantRole(login=login, role="core.section_staff"), self.admin)
        return self.suite.actor(login)

    def judge(self, name: str, found: str, by: Actor) -> list[str]:
        given = ScoreGiven(item="enforcement", found=Decimal(found), evidence="抽查案卷 10 件")
        ask = ScoreAssessment(assessment_id=self.ids()[name], source="review", scores=(given,))
        asked: list[str] = self.suite.run(ask, by).result["asks_another"]
        return asked

    def line(self, name: str) -> BoardLine:
        return next(line for line in self.board().lines if line.name == name)


def test_an_evaluation_from_the_scores_to_the_published_result(suite_: Suite, admin: Actor) -> None:
    """规则: two independent scores; a gap of more than 10 % asks a third, and the two nearest count."""
    day = Day(suite_, admin)
    second, third = day.scorer("second"), day.scorer("third")
    shares = dict(zip(UNITS, ("0.90", "0.85", "0.70", "0.65"), strict=True))
    for name, share in shares.items():
        day.score(name, share)
    # 14 % apart on the first, 10 % on the second: only the first asks a third.
    assert day.judge(UNITS[0], "0.76", second) == ["enforcement"]
    assert day.judge(UNITS[1], "0.75", second) == []
    assert day.line(UNITS[0]).asking == {"enforcement"}
    assert day.line(UNITS[0]).total is None
    assert day.judge(UNITS[0], "0.80", third) == []
    # 0.76 and 0.80 lie nearest: their mean of six points.
    assert day.line(UNITS[0]).points["enforcement"] == Decimal("4.68")
    assert day.line(UNITS[1]).points["enforcement"] == Decimal("4.80")
    for name in UNITS[2:]:
        day.judge(name, shares[name], second)
    ranks = {line.name: line.rank for line in day.board().lines}
    assert ranks == dict(zip(UNITS, (1, 2, 3, 4), strict=True))

    ids = day.ids()
    for step in ("report", "collect"):
        suite_.run(TakeAssessmentStep(campaign_id=day.id, step=step, assessments=tuple(ids.values())), admin)
    suite_.run(ProposeGrades(campaign_id=day.id), admin)
    given = tuple(
        GradeGiven(assessment_id=line.id, expected_version=line.version) for line in day.board().lines
    )
    suite_.run(DecideGrades(campaign_id=day.id, grades=given), admin)
    assert [day.line(name).grade for name in UNITS] == ["good", "good", "passed", "passed"]

    shown = TODAY
    noticed = suite_.run(
        NoticeCampaign(campaign_id=day.id, expected_version=day.board().campaign.version, on=shown), admin
    )
    objection = suite_.run(
        RaiseObjection(assessment_id=ids[UNITS[2]], text="以案释法漏计 4 件", on=shown), admin
    )
    close = CloseCampaign(
        campaign_id=day.id, expected_version=noticed.result["version"], document_no="石普法办〔2026〕12号"
    )
    assert refused(lambda: suite_.run(close, admin)) == {"campaign.early", "campaign.disputed"}
    answer = DecideObjection(
        objection_id=objection.result["objection_id"], grade="good", reason="核实后补计 4 件", on=shown
    )
    suite_.run(answer, admin)
    assert day.line(UNITS[2]).grade == "good"
