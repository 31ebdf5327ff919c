"""考核评估: who decides, points that nobody gives by hand, and what follows once results are published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.assessment.commands import ProposeGrades, RaiseObjection
from suite.kernel.assessment.past import PastGrade, RecordPastGrades
from suite.kernel.assessment.progress import campaigns
from suite.testing.factories import a_firm, a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.pages.assessment.head import COCKPIT, ROSTER, SCORES
from suite.ui.pages.assessment.materials_view import MATERIALS
from suite.ui.pages.assessment.measures_view import MEASURES
from suite.ui.pages.assessment.objection_acts import BY_POINTS
from suite.ui.pages.assessment.page import AssessmentPage
from suite.ui.pages.assessment.survey_view import SURVEY
from tests.kernel.assessment.test_after_grades import NAME, Integrity
from tests.kernel.assessment.test_evaluation import UNITS, Evaluation
from tests.kernel.assessment.test_season import NOTICED, notice, publish
from tests.kernel.assessment.test_surveying import book
from tests.ui.pages.test_assessment_page import confirm, shown, strip_of, submit


@pytest.fixture
def desk(suite_on_sqlite: Suite, admin: Actor) -> Iterator[Desk]:
    made = Desk(suite_on_sqlite, admin)
    yield made
    made.close()


def test_what_a_published_grade_leads_to_is_settled_and_a_grade_is_looked_at_again(
    desk: Desk, qtbot: QtBot
) -> None:
    season = Integrity(desk.suite, desk.actor)
    page = shown(AssessmentPage(desk), qtbot)
    # In the cockpit no participant is in front: no act is about one that is not seen.
    assert (page.view, page.line) == (COCKPIT, None)
    page.turn(SCORES)
    assert page.scores.measure.isVisible()
    page.scores.measure.click()
    qtbot.waitUntil(lambda: "6 项得分有变化" in page.work.told)
    assert MEASURES not in {tab.key for tab in page.head.views.tabs}
    season.score_by_hand("0.5")
    season.step("self", NAME)
    season.step("first", NAME)
    season.run(ProposeGrades(campaign_id=season.id))
    season.grade((NAME, None, ""))
    notice(season)
    season.run(RaiseObjection(assessment_id=season.row().id, text="A04 已取得资质认定", on=NOTICED))
    page.refresh()
    qtbot.waitUntil(lambda: page.come is not None and page.come.disputed == 1)
    page.turn(ROSTER)
    page.show_rows({"mark": ["disputed"]})
    page.objections.ask()
    submit(
        page, qtbot, grade=BY_POINTS, item0="accreditation", found0=1, due0=1, on=NOTICED, reason="证书已核对"
    )
    qtbot.waitUntil(lambda: page.come is not None and page.come.disputed == 0)
    qtbot.waitUntil(
        lambda: page.board is not None and page.board.lines[0].points["accreditation"] == Decimal("10.00")
    )
    publish(season)
    page.refresh()
    qtbot.waitUntil(lambda: page.campaign is not None and page.campaign.state == "closed")
    assert not page.scores.measure.isVisible()
    page.turn(MEASURES)
    qtbot.waitUntil(lambda: page.measures.current is not None)
    assert page.line is not None
    assert page.line.name == NAME
    page.measures.settle.click()
    strip = strip_of(page, qtbot)
    strip.submit()
    assert page.place.strip is strip
    submit(page, qtbot, note="已约谈，复查整改到位")
    qtbot.waitUntil(lambda: [line.outcome for line in page.measures.lines] == ["done"])
    assert page.measures.current is None
    assert not page.measures.settle.isEnabled()
    page.measures._choose("done")
    assert page.after.settle_refusal() != ""
    page.turn(ROSTER)
    act = next(command for command in page.commands() if command.text == "即时复评")
    assert act.refusal == ""
    act.run()
    submit(page, qtbot, event="penalty", grade="d", reason="停止从事司法鉴定业务六个月")
    qtbot.waitUntil(lambda: page.board is not None and page.board.lines[0].grade == "d")
    page.turn(MEASURES)
    qtbot.waitUntil(lambda: len(page.measures.lines) > 1)


def test_questionnaires_and_reports_are_looked_through_and_scored(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    Evaluation(desk.suite, desk.actor)
    page = shown(AssessmentPage(desk), qtbot)
    page.turn(MATERIALS)
    materials, survey = page.further.views[MATERIALS], page.further.views[SURVEY]
    qtbot.waitUntil(lambda: materials.rows.source.row_count() == len(UNITS))
    row = materials.rows.source.cached_row(0)
    assert row is not None
    # The whole year is due and nothing came.
    assert (row[1], row[5]) == (12, 12)
    page.evidence.score_materials()
    qtbot.waitUntil(lambda: f"{len(UNITS)} 个单位计分" in page.work.told)
    page.turn(SURVEY)
    qtbot.waitUntil(lambda: survey.rows.source.row_count() == len(UNITS))
    page.evidence.form_to(tmp_path / "空表.xlsx")
    qtbot.waitUntil(lambda: "空白问卷表" in page.work.told)
    answers = [(UNITS[0], "2026-11-20", f"d{n}", 10, 8, "满意", "是", "是") for n in range(50)]
    wrong = book(
        tmp_path / "错.xlsx", *answers, ("没有的单位", "x", "d", 10, 8, "满意", "是", ""), (UNITS[0],)
    )
    page.evidence.take_from(wrong)
    qtbot.waitUntil(lambda: "处有误，没有导入" in page.work.told)
    strange = book(tmp_path / "外.xlsx", *answers, *(("外单位", "2026-11-20", "", 10, 8, "", "", ""),) * 2)
    page.evidence.take_from(strange)
    strip_of(page, qtbot).submit()
    qtbot.waitUntil(lambda: survey.faults.rows.source.row_count() == 2)
    told = [survey.faults.rows.source.cached_row(place) for place in range(2)]
    assert [str(row[1])[:6] for row in told if row is not None] == ["第 53 行", "第 54 行"]
    page.evidence.take_from(book(tmp_path / "问卷.xlsx", *answers))
    former = page.place.strip
    qtbot.waitUntil(lambda: page.place.strip is not None and page.place.strip is not former)
    strip_of(page, qtbot).submit()
    qtbot.waitUntil(lambda: "1 个单位已计分" in page.work.told)

    def sample() -> object:
        rows = [survey.rows.source.cached_row(n) or () for n in range(len(UNITS))]
        return next((row[1] for row in rows if row and row[0] == UNITS[0]), None)

    qtbot.waitUntil(lambda: sample() == 50)
    # A scorer's workbook goes out, and comes back after a look at what it would change.
    scored = tmp_path / "评分.xlsx"
    page.sheets.sheet_to(scored, "review")
    qtbot.waitUntil(lambda: "评分工作簿" in page.work.told)
    filled = load_workbook(scored)
    filled["评分"].cell(row=3, column=4, value="很好")
    filled["评分"].cell(row=4, column=4, value="很好")
    filled.save(scored)
    page.sheets.take_from(scored)
    qtbot.waitUntil(lambda: page.scores.faults.rows.source.row_count() == 2)
    assert page.view == SCORES
    for row in (3, 4):
        filled["评分"].cell(row=row, column=4, value="0.5")
    filled.save(scored)
    page.sheets.take_from(scored)
    strip_of(page, qtbot).submit()
    qtbot.waitUntil(lambda: "已导入" in page.work.told)
    page.sheets.take_from(scored)
    qtbot.waitUntil(lambda: "没有变化" in page.work.told)


def test_who_decides_is_chosen_and_years_past_are_no_season(desk: Desk, qtbot: QtBot) -> None:
    (firm,) = make(desk.suite, desk.actor, "lawyers.law_firm", a_firm(1))
    (lawyer,) = make(desk.suite, desk.actor, "lawyers.lawyer", a_lawyer(1, body_id=firm))
    past = PastGrade(subject_id=lawyer, year=2023, grade="competent")
    desk.suite.run(RecordPastGrades(scheme="lawyers.lawyer_review", rows=(past,)), desk.actor)
    row = {
        "name": NAME, "main_no": "130109001", "category": "social", "district_code": "130102",
        "scope": "A02", "status": "active", "first_registered_on": "2015-03-02",
        "licensed_from": "2023-03-02", "licensed_to": "2028-03-01",
    }  # fmt: skip
    make(desk.suite, desk.actor, "appraisal.appraisal_institution", row)
    page = AssessmentPage(desk)
    qtbot.addWidget(page)
    page.show()
    # The grades of 2023 are no season that is run here.
    qtbot.waitUntil(lambda: page._empty is not None)
    year = {"first": dt.date(2025, 1, 1), "last": dt.date(2025, 12, 31)}
    page.acts.ask_open()
    submit(page, qtbot, scheme="appraisal.integrity", **year)
    first = page.place.strip
    qtbot.waitUntil(lambda: page.place.strip is not None and not desk.busy)
    strip = strip_of(page, qtbot)
    assert first is strip
    assert set(strip.form.rows) == {"first", "grade"}
    submit(page, qtbot, grade="assessment:decide")
    qtbot.waitUntil(lambda: page.board is not None)
    assert page.board is not None
    assert page.board.sheet.scheme.deciding.action == "assessment:decide"
    # Without a reconciliation it is said before anything is frozen, with the way there.
    page.acts.ask_open()
    submit(page, qtbot, scheme="lawyers.lawyer_review", **year)
    qtbot.waitUntil(lambda: "对账" in page.work.told)
    bar = page.work._told
    assert bar is not None
    with qtbot.waitSignal(page.open_wanted) as opened:
        bar.buttons[0].click()
    assert opened.args == ["reconcile", "lawyers.lawyer"]
    confirm(page, qtbot)
    qtbot.waitUntil(lambda: len(page.campaigns) == 2)
    with desk.suite.reading() as session:
        every = campaigns(session, desk.actor, desk.suite.catalog)
    assert [line.recorded for line in every].count(True) == 1
    (recorded,) = (line.id for line in every if line.recorded)
    # Asked for by itself it is shown.
    page.show_season(recorded)
    qtbot.waitUntil(lambda: page.campaign is not None and page.campaign.id == recorded)
