"""谁执法谁普法: a sheet is scored by several, ranked by group, graded with a quota."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.assessment import SheetMeasure
from suite.contract.commands import Actor, Done
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.assessment.boards import Board, assessment_sheet, board
from suite.kernel.assessment.choosing import Mark, chosen
from suite.kernel.assessment.cockpit import cockpit
from suite.kernel.assessment.commands import (
    ChangeStanding,
    DecideGrades,
    DecideObjection,
    GradeGiven,
    NoticeCampaign,
    OpenCampaign,
    ProposeGrades,
    RaiseObjection,
    SaveScheme,
    ScoreAssessment,
    ScoreGiven,
    TakeAssessmentStep,
    TakeBackScores,
)
from suite.kernel.assessment.schemes import latest_sheet, versions_of
from suite.kernel.assessment.sheet_rows import row_of
from suite.kernel.exchange.scheme_book import read_scheme, save_scheme
from suite.kernel.parameters.commands import SetParameter
from suite.tables import SchemeVersion
from suite.testing.factories import make, uscc
from tests.kernel.assessment.test_season import refused

pytestmark = pytest.mark.sqlite_first

SCHEME = "popularization.evaluation"
UNITS = ("市公安局", "市教育局", "市水利局", "市统计局")


class Evaluation:
    """One season over four units of the city."""

    def __init__(self, suite: Suite, admin: Actor) -> None:
        self.suite, self.admin = suite, admin
        rows = [
            {
                "name": name,
                "main_no": uscc(n, "11", "130100"),
                "category": "city_department",
                "status": "active",
            }
            for n, name in enumerate(UNITS, 1)
        ]
        make(suite, admin, "popularization.duty_unit", *rows)
        done = suite.run(
            OpenCampaign(
                scheme=SCHEME,
                heading="2025 年度评估",
                first=dt.date(2025, 1, 1),
                last=dt.date(2025, 12, 31),
                frozen_on=dt.date(2026, 11, 23),
            ),
            admin,
        )
        self.id: int = done.result["campaign_id"]

    def board(self) -> Board:
        with self.suite.reading() as session:
            return board(session, self.admin, self.suite.catalog, self.id)

    def ids(self) -> Mapping[str, int]:
        return {line.name: line.id for line in self.board().lines}

    def score(self, name: str, share: str, *, but: Mapping[str, str | None] | None = None) -> None:
        """Every item of one unit to the same share of its points, some to another, or not applying (None)."""
        sheet = self.board().sheet
        by_source: dict[str, list[ScoreGiven]] = {}
        for item in sheet.criteria:
            if item.part.value != "item":
                continue
            wanted = (but or {}).get(item.key, share)
            found = None if wanted is None else Decimal(wanted) * item.full
            given = ScoreGiven(
                item=item.key,
                found=found,
                due=Decimal(1) if item.measure is SheetMeasure.RATIO and found is not None else None,
                evidence="不适用" if wanted is None else "",
            )
            by_source.setdefault(item.sources[0].value, []).append(given)
        for source, scores in by_source.items():
            self.suite.run(
                ScoreAssessment(assessment_id=self.ids()[name], source=source, scores=tuple(scores)),
                self.admin,
            )

    def second(self) -> Actor:
        """Another scorer."""
        self.suite.run(AddUser(login="second", name="第二评分人"), self.admin)
        self.suite.run(GrantRole(login="second", role="core.section_staff"), self.admin)
        return self.suite.actor("second")


@pytest.fixture
def evaluation(suite_: Suite, admin: Actor) -> Evaluation:
    return Evaluation(suite_, admin)


def test_scores_come_to_totals_ranks_and_grades_within_the_quota(evaluation: Evaluation) -> None:
    suite, admin = evaluation.suite, evaluation.admin
    other = evaluation.second()
    shares = dict(zip(UNITS, ("0.95", "0.93", "0.7", "0.5"), strict=True))
    for name, share in shares.items():
        evaluation.score(name, share, but={"lawmaking": None} if name == "市教育局" else None)
    judged = ScoreGiven(item="enforcement", found=Decimal("0.9"))
    for name in UNITS:
        told = suite.run(
            ScoreAssessment(assessment_id=evaluation.ids()[name], source="review", scores=(judged,)), other
        )
        apart = abs(Decimal("0.9") - Decimal(shares[name])) > Decimal("0.1")
        assert bool(told.result["asks_another"]) is apart
    lines = {line.name: line for line in evaluation.board().lines}
    assert (lines["市公安局"].rank, lines["市教育局"].rank, lines["市水利局"].rank) == (1, 2, None)
    assert lines["市教育局"].points["lawmaking"] is None
    assert lines["市水利局"].asking == {"enforcement"}
    ready = [name for name in UNITS if lines[name].total is not None]
    assert ready == ["市公安局", "市教育局"]
    suite.run(ProposeGrades(campaign_id=evaluation.id), admin)
    lines = {line.name: line for line in evaluation.board().lines}
    # 30 % of the four who take part is one: both reach 优秀 and the better one takes it.
    assert [lines[name].proposal for name in ready] == ["excellent", "good"]
    assert "名额" in lines["市教育局"].proposed_by
    ids = evaluation.ids()
    for step in ("report", "collect"):
        taken = TakeAssessmentStep(
            campaign_id=evaluation.id, step=step, assessments=tuple(ids[n] for n in ready)
        )
        suite.run(taken, admin)
    lines = {line.name: line for line in evaluation.board().lines}
    grades = DecideGrades(
        campaign_id=evaluation.id,
        grades=tuple(
            GradeGiven(
                assessment_id=ids[name],
                expected_version=lines[name].version,
                grade="excellent",
                reason="省级典型",
            )
            for name in ready
        ),
    )
    # 30 % of the four who take part: one.
    assert refused(lambda: suite.run(grades, admin)) == {"grade.quota"}
    suite.run(DecideGrades(campaign_id=evaluation.id, grades=grades.grades[:1]), admin)
    # A number that changes in mid-season is for the seasons to come.
    narrow = SetParameter(
        key="popularization.eval.scorer_gap", value="0.001", valid_from=suite.today, source="试行通知"
    )
    suite.run(narrow, admin)
    assert {line.name: line.points for line in evaluation.board().lines} == {
        name: line.points for name, line in lines.items()
    }
    # Its place is taken: asked again, nobody else is proposed for it.
    assert suite.run(ProposeGrades(campaign_id=evaluation.id), admin).result["changed"] == 0
    lines = {line.name: line for line in evaluation.board().lines}
    assert (lines["市公安局"].grade, lines["市教育局"].proposal) == ("excellent", "good")


def test_a_scorer_sees_the_other_s_score_after_the_own(evaluation: Evaluation) -> None:
    suite, other = evaluation.suite, evaluation.second()
    evaluation.score(UNITS[0], "0.9")
    number = evaluation.ids()[UNITS[0]]

    def seen() -> list[bool]:
        with suite.reading() as session:
            sheet = assessment_sheet(session, other, suite.catalog, number)
        return [score.hidden for score in sheet.scores if score.item == "enforcement"]

    assert seen() == [True]
    # One who looks twice, or judges himself, is no second scorer.
    again = ScoreGiven(item="enforcement", found=Decimal("0.9"))
    for source in ("site", "self"):
        suite.run(ScoreAssessment(assessment_id=number, source=source, scores=(again,)), evaluation.admin)
    assert seen() == [True, True, False]
    given = ScoreGiven(item="enforcement", found=Decimal("0.7"))
    suite.run(ScoreAssessment(assessment_id=number, source="review", scores=(given,)), other)
    assert seen() == [False, False, False, False]
    # They differ: the third whom that asks for sees neither before he has judged.
    suite.run(AddUser(login="third", name="第三评分人"), evaluation.admin)
    suite.run(GrantRole(login="third", role="core.section_staff"), evaluation.admin)
    other = suite.actor("third")
    assert seen() == [True, True, False, True]


def test_what_does_not_fit_the_sheet_is_refused_with_the_place(evaluation: Evaluation) -> None:
    number = evaluation.ids()[UNITS[0]]

    def score(source: str, **given: object) -> set[str]:
        scores = (ScoreGiven(**given),)  # type: ignore[arg-type]  # wrong on purpose
        command = ScoreAssessment(assessment_id=number, source=source, scores=scores)
        return refused(lambda: evaluation.suite.run(command, evaluation.admin))

    assert score("review", item="none", found=Decimal(1)) == {"score.item"}
    assert score("survey", item="cases", found=Decimal(1)) == {"score.source"}
    assert score("hearsay", item="cases", found=Decimal(1)) == {"score.source"}
    assert score("review", item="enforcement", found=Decimal("1.5")) == {"score.range"}
    assert score("reported", item="duty_list", found=Decimal(1)) == {"score.due"}
    assert score("reported", item="cases", found=None) == {"score.reason"}
    version = next(line.version for line in evaluation.board().lines if line.id == number)
    evaluation.suite.run(
        ChangeStanding(assessment_id=number, expected_version=version, standing="outside", reason="已撤并"),
        evaluation.admin,
    )
    assert score("reported", item="cases", found=Decimal(1)) == {"score.outside"}


def test_a_revised_sheet_is_for_the_seasons_to_come(evaluation: Evaluation) -> None:
    suite, admin = evaluation.suite, evaluation.admin
    before = evaluation.board()
    criteria = tuple(item for item in before.sheet.criteria if item.key != "sites")

    def save(given: tuple[object, ...], base: int) -> set[str]:
        command = SaveScheme(scheme=SCHEME, base_version=base, criteria=given, note="2026 年修订")  # type: ignore[arg-type]  # wrong on purpose
        return refused(lambda: suite.run(command, admin))

    assert save(criteria, 1) == {"sheet.sum"}
    assert save(criteria, 7) == {"scheme.stale"}
    wider = tuple(replace(item, most=item.most + 2) if item.key == "new_media" else item for item in criteria)
    done = suite.run(SaveScheme(scheme=SCHEME, base_version=1, criteria=wider, note="2026 年修订"), admin)
    assert done.result["version"] == 2
    # The same once more is no new version.
    again = suite.run(SaveScheme(scheme=SCHEME, base_version=2, criteria=wider, note="再存一次"), admin)
    assert (again.result["version"], again.changes) == (2, ())
    assert evaluation.board().sheet.criteria == before.sheet.criteria
    with suite.reading() as session:
        assert session.scalars(select(SchemeVersion.version).order_by(SchemeVersion.version)).all() == [1, 2]


def test_one_scorer_by_two_sources_is_one(evaluation: Evaluation) -> None:
    suite, admin = evaluation.suite, evaluation.admin
    evaluation.score(UNITS[0], "0.9")
    number = evaluation.ids()[UNITS[0]]
    again = ScoreGiven(item="enforcement", found=Decimal("0.9"))
    suite.run(ScoreAssessment(assessment_id=number, source="site", scores=(again,)), admin)
    assert evaluation.board().lines[0].total is None, "the second scorer is wanted still"


def test_what_vetoes_leads_to_the_worst_grade(evaluation: Evaluation) -> None:
    suite, admin, other = evaluation.suite, evaluation.admin, evaluation.second()
    evaluation.score(UNITS[0], "0.9")
    number = evaluation.ids()[UNITS[0]]
    for item, scorer in (("enforcement", other), ("false_data", admin)):
        given = ScoreGiven(item=item, found=Decimal(1), evidence="核查记录")
        suite.run(ScoreAssessment(assessment_id=number, source="review", scores=(given,)), scorer)
    suite.run(ProposeGrades(campaign_id=evaluation.id), admin)
    line = next(line for line in evaluation.board().lines if line.id == number)
    assert line.total is not None
    assert line.proposal == "failed"
    assert "虚报数据" in line.proposed_by
    for step in ("report", "collect"):
        suite.run(TakeAssessmentStep(campaign_id=evaluation.id, step=step, assessments=(number,)), admin)
    version = next(line.version for line in evaluation.board().lines if line.id == number)
    grade = GradeGiven(assessment_id=number, expected_version=version)
    suite.run(DecideGrades(campaign_id=evaluation.id, grades=(grade,)), admin)
    late = ScoreAssessment(assessment_id=number, source="review", scores=(given,))
    assert refused(lambda: suite.run(late, admin)) == {"score.graded"}


def test_a_third_decides_a_quota_binds_and_an_objection_changes_a_grade(evaluation: Evaluation) -> None:
    suite, admin = evaluation.suite, evaluation.admin
    second = evaluation.second()
    suite.run(AddUser(login="third", name="第三评分人"), admin)
    suite.run(GrantRole(login="third", role="core.section_staff"), admin)
    third = suite.actor("third")
    ids = evaluation.ids()

    def judge(name: str, share: str, by: Actor) -> Done:
        given = ScoreGiven(item="enforcement", found=Decimal(share), evidence="抽查案卷 5 件")
        return suite.run(ScoreAssessment(assessment_id=ids[name], source="review", scores=(given,)), by)

    for name, share in zip(UNITS, ("0.95", "0.94", "0.93", "0.62"), strict=True):
        evaluation.score(name, share, but={"lawmaking": None} if name == "市统计局" else None)
        if name != "市水利局":
            judge(name, share, second)
    # Two differ by 14 %: a third is asked, and the two that lie nearest count.
    assert judge("市水利局", "0.79", second).result["asks_another"] == ["enforcement"]
    assert [line.name for line in chosen(evaluation.board().lines, {"mark": [Mark.ASKING]})] == ["市水利局"]
    # A slip is taken back by whoever made it, and by nobody else.
    slip = judge("市水利局", "0.1", third)
    wrong = TakeBackScores(assessment_id=ids["市水利局"], scores=tuple(slip.result["scores"]))
    assert refused(lambda: suite.run(wrong, second)) == {"score.not_own"}
    assert suite.run(wrong, third).result["total"] is None
    assert judge("市水利局", "0.9", third).result["asks_another"] == []
    lines = {line.name: line for line in evaluation.board().lines}
    assert lines["市水利局"].points["enforcement"] == Decimal("5.49")  # of 5.58, 4.74 and 5.40
    # What does not apply gives its weight to the others of its heading.
    assert lines["市统计局"].points["lawmaking"] is None
    assert lines["市统计局"].total == Decimal("62.00")
    for step in ("report", "collect"):
        suite.run(
            TakeAssessmentStep(campaign_id=evaluation.id, step=step, assessments=tuple(ids.values())), admin
        )
    suite.run(ProposeGrades(campaign_id=evaluation.id), admin)
    # 30 % of four is one place: the second and third are good, though their points reach the better grade.
    with suite.reading() as session:
        come = cockpit(session, admin, suite.catalog, evaluation.id)
    assert [(quota.most, quota.given, quota.proposed, quota.binds) for quota in come.quotas] == [
        (1, 0, 1, False)
    ]
    lines = {line.name: line for line in evaluation.board().lines}
    assert [lines[name].proposal for name in UNITS] == ["excellent", "good", "good", "passed"]

    def grade(name: str, wanted: str | None, reason: str = "") -> Done:
        version = {line.name: line.version for line in evaluation.board().lines}[name]
        given = GradeGiven(assessment_id=ids[name], expected_version=version, grade=wanted, reason=reason)
        return suite.run(DecideGrades(campaign_id=evaluation.id, grades=(given,)), admin)

    assert refused(lambda: grade("市教育局", "excellent")) == {"grade.reason"}
    for name in UNITS:
        grade(name, None)
    version = evaluation.board().campaign.version
    shown = NoticeCampaign(campaign_id=evaluation.id, expected_version=version, on=suite.today)
    suite.run(shown, admin)
    raised = suite.run(RaiseObjection(assessment_id=ids["市统计局"], text="漏计 2 件案例"), admin)
    answer = DecideObjection(
        objection_id=raised.result["objection_id"], grade="good", reason="补计后 80.1 分"
    )
    assert [line.name for line in chosen(evaluation.board().lines, {"mark": [Mark.DISPUTED]})] == ["市统计局"]
    suite.run(answer, admin)
    line = {line.name: line for line in evaluation.board().lines}["市统计局"]
    assert (line.grade, line.marks.objected, line.marks.objection) == ("good", True, None)
    assert line in chosen(evaluation.board().lines, {"mark": [Mark.DEPARTS]})
    # An objection that is right about the points puts these right, and the grade follows from them.
    before = {line.name: line for line in evaluation.board().lines}["市水利局"]
    raised = suite.run(RaiseObjection(assessment_id=ids["市水利局"], text="说理文书未计入"), admin)
    right = ScoreGiven(item="enforcement", found=Decimal(1))
    answer = DecideObjection(
        objection_id=raised.result["objection_id"], scores=(right,), reason="补交的文书符合要求"
    )
    wrong = replace(answer, scores=(replace(right, item="none"),))
    assert refused(lambda: suite.run(wrong, admin)) == {"score.item"}
    done = suite.run(answer, admin)
    after = {line.name: line for line in evaluation.board().lines}["市水利局"]
    assert after.points["enforcement"] == Decimal("6.00") > (before.points["enforcement"] or 0)
    assert (after.total, after.grade) == (done.result["total"], after.proposal)
    assert Decimal(str(after.total)) > Decimal(str(before.total))
    assert not any(line.asking for line in evaluation.board().lines)


def test_a_sheet_goes_out_as_a_workbook_and_comes_back(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    with suite_.reading() as session:
        sheet = latest_sheet(session, suite_.catalog, SCHEME)
        assert [line.version for line in versions_of(session, suite_.catalog, SCHEME)] == [1]
    path = tmp_path / "评分表.xlsx"
    assert save_scheme(path, sheet, admin, run=suite_.run) == len(sheet.criteria)
    back = read_scheme(path, sheet.grades)
    assert [row_of(item) for item in back.criteria] == [row_of(item) for item in sheet.criteria]
    assert back.grades == {"excellent": 90, "good": 80, "passed": 60}
    book = load_workbook(path)
    page = book["评分表"]
    page["D3"], page["E4"], page["A5"], page["I6"] = "五分", "估计", "", "传闻"
    book.save(path)
    with pytest.raises(Refused) as told:
        read_scheme(path, sheet.grades)
    assert [(problem.code, problem.row) for problem in told.value.problems] == [
        ("sheet.most", 3), ("sheet.measure", 4), ("sheet.sources", 6),
    ]  # fmt: skip
    page["D3"], page["E4"], page["I6"] = "4", "达标", "资料审查"
    book.save(path)
    changed = read_scheme(path, sheet.grades)
    assert changed.criteria[3].key == "item_1"
    save = SaveScheme(
        scheme=SCHEME, base_version=1, criteria=changed.criteria, grades=changed.grades, note="2026 年修订"
    )
    # One point short: which heading has how many stands beside it.
    assert refused(lambda: suite_.run(save, admin)) == {"sheet.sum"}
    page["D4"] = "4"
    book.save(path)
    suite_.run(replace(save, criteria=read_scheme(path, sheet.grades).criteria), admin)
    with suite_.reading() as session:
        assert [line.version for line in versions_of(session, suite_.catalog, SCHEME)] == [2, 1]
        assert latest_sheet(session, suite_.catalog, SCHEME).by_key["funds"].most == 4
        assert latest_sheet(session, suite_.catalog, SCHEME, 1).by_key["funds"].most == 3
