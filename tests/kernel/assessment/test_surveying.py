"""Questionnaires come in by workbook: minimum, repeated devices, intervals, scores, what is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.contract.surveys import SurveyMeasure
from suite.kernel.assessment.boards import assessment_sheet
from suite.kernel.assessment.survey_results import SurveyLine, survey_of_campaign
from suite.kernel.assessment.surveying import AnswerGiven, TakeSurvey
from suite.kernel.exchange.survey_book import read_answers, write_answers_form
from suite.kernel.parameters.queries import parameters_on
from suite.testing.fixtures import TODAY
from tests.kernel.assessment.test_evaluation import UNITS, Evaluation
from tests.kernel.assessment.test_season import refused

pytestmark = pytest.mark.sqlite_first

HEADS = ("单位名称", "填答日期", "设备号", "题数", "答对题数", "满意度", "是否参与", "是否便利")


def an_answer(place: int, unit: str = UNITS[0], **values: Any) -> AnswerGiven:
    given = {
        "unit": unit,
        "on": TODAY,
        "asked": 10,
        "correct": 8,
        "satisfaction": "very",
        "device": f"d{place}",
    }
    return AnswerGiven(**(given | values))


def lines(evaluation: Evaluation) -> dict[str, SurveyLine]:
    suite = evaluation.suite
    with suite.reading() as session:
        parameters = parameters_on(session, suite.catalog, suite.today)
        found = survey_of_campaign(session, evaluation.admin, suite.catalog, evaluation.id, parameters)
    return {line.name: line for line in found}


@pytest.fixture
def evaluation(suite_: Suite, admin: Actor) -> Evaluation:
    return Evaluation(suite_, admin)


def test_a_sample_that_suffices_is_scored_and_one_that_does_not_waits(evaluation: Evaluation) -> None:
    """50 answers of different devices about a unit of the city."""
    many = [an_answer(place, correct=7 if place % 2 else 9) for place in range(52)]
    twice = [an_answer(0), an_answer(1)]
    few = [an_answer(place, UNITS[1]) for place in range(49)]
    ask = TakeSurvey(campaign_id=evaluation.id, source="第三方调查", answers=(*many, *twice, *few))
    done = evaluation.suite.run(ask, evaluation.admin)
    assert (done.result["repeated"], done.result["scored"], done.result["short"]) == (2, 1, [UNITS[1]])
    assert [warning.code for warning in done.warnings] == ["survey.short"]
    found = lines(evaluation)
    first = found[UNITS[0]]
    assert (first.size, first.repeated, first.least, first.enough) == (52, 2, 50, True)
    knowledge = first.estimates[SurveyMeasure.KNOWLEDGE]
    assert (knowledge.value, knowledge.size) == (Decimal("80.0"), 52)
    assert SurveyMeasure.ACCESS not in first.estimates, "nobody said anything"
    assert found[UNITS[2]].size == 0
    with evaluation.suite.reading() as session:
        number = evaluation.ids()[UNITS[0]]
        catalog = evaluation.suite.catalog
        sheet = assessment_sheet(session, evaluation.admin, catalog, number)
    scores = {score.item: score for score in sheet.scores}
    # 知晓率 80 % of 6 points; 满意率 100 % is full.
    assert (scores["knowledge"].points, scores["satisfaction"].points) == (Decimal("4.80"), Decimal("8.00"))
    assert "95% 置信区间" in scores["knowledge"].evidence
    more = TakeSurvey(campaign_id=evaluation.id, source="补充", answers=(an_answer(90, UNITS[1]),))
    assert evaluation.suite.run(more, evaluation.admin).result["scored"] == 1
    again = TakeSurvey(campaign_id=evaluation.id, source="又一次", answers=tuple(few))
    assert evaluation.suite.run(again, evaluation.admin).result["repeated"] == 49


def test_a_county_needs_two_hundred(evaluation: Evaluation) -> None:
    suite = evaluation.suite
    survey = suite.catalog.schemes["popularization.evaluation"].survey
    assert survey is not None
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
    assert [numbers[survey.parameter(group)] for group in ("county", "city_department", None)] == [
        200,
        50,
        50,
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"unit": "没有这个单位"}, "survey.unit"),
        ({"asked": 0, "correct": 0}, "survey.questions"),
        ({"correct": 11}, "survey.questions"),
        ({"satisfaction": "great"}, "code.unknown"),
        ({"on": TODAY + dt.timedelta(days=1)}, "survey.day"),
        ({"on": dt.date(2024, 12, 31)}, "survey.day"),
        ({"device": "x" * 81}, "text.long"),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(
    evaluation: Evaluation, values: dict[str, Any], code: str
) -> None:
    ask = TakeSurvey(
        campaign_id=evaluation.id, source="调查", answers=(replace(an_answer(1), row=7, **values),)
    )
    with pytest.raises(Refused) as caught:
        evaluation.suite.run(ask, evaluation.admin)
    assert [(problem.code, problem.row) for problem in caught.value.problems] == [(code, 7)]


def test_none_and_too_many_are_no_survey(evaluation: Evaluation) -> None:
    ask = TakeSurvey(campaign_id=evaluation.id, source="调查", answers=())
    assert refused(lambda: evaluation.suite.run(ask, evaluation.admin)) == {"survey.size"}


def book(path: Path, *rows: tuple[object, ...]) -> Path:
    made = Workbook()
    page = made.active
    assert page is not None
    page.append(["2026 年普法满意度调查"])
    page.append(HEADS)
    for row in rows:
        page.append(row)
    made.save(path)
    return path


def test_a_workbook_is_read_as_people_fill_it_in(tmp_path: Path) -> None:
    path = book(
        tmp_path / "问卷.xlsx",
        ("市公安局", "2026年11月2日", "A1", 10, "9", "非常满意", "是", "否"),
        ("", "", "", "", "", "", "", ""),
        ("市公安局", dt.date(2026, 11, 3), 77, 10.0, 6, "比较满意", "", ""),
    )
    first, second = read_answers(path)
    assert (first.on, first.correct, first.satisfaction, first.took_part, first.easy, first.row) == (
        dt.date(2026, 11, 2), 9, "very", True, False, 3,
    )  # fmt: skip
    assert (second.device, second.satisfaction, second.took_part, second.row) == ("77", "satisfied", None, 5)


def test_every_cell_that_says_nothing_is_told_with_its_row(tmp_path: Path) -> None:
    path = book(
        tmp_path / "问卷.xlsx",
        ("市公安局", "昨天", "A1", 10, 9, "满意", "是", "是"),
        ("", dt.date(2026, 11, 3), "A2", "十题", 6, "满意", "是", "是"),
    )
    with pytest.raises(Refused) as caught:
        read_answers(path)
    assert [problem.row for problem in caught.value.problems] == [3, 4, 4]
    made = Workbook()
    made.save(tmp_path / "空.xlsx")
    other = book(tmp_path / "别的.xlsx")
    page = load_workbook(other)
    page.active.delete_cols(4, 2)  # type: ignore[union-attr]  # there is a sheet
    page.save(other)
    assert refused(lambda: read_answers(other)) == {"survey.header"}


def test_the_form_is_read_back_empty(tmp_path: Path) -> None:
    path = tmp_path / "问卷样表.xlsx"
    write_answers_form(path, UNITS)
    assert read_answers(path) == ()
    assert [cell.value for cell in load_workbook(path)["单位名称"]["A"]][1:] == list(UNITS)
    assert refused(lambda: write_answers_form(tmp_path / "x.csv", ())) == {"file.type"}
