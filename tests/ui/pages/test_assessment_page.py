"""考核评估: a season is run in the window by the keyboard: counts, rows, scores, grades, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.assessment.commands import OpenCampaign, ScoreAssessment, ScoreGiven
from suite.kernel.exchange.season_files import SeasonList
from suite.testing.factories import a_firm, a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.pages.assessment.head import ROSTER, SCORES
from suite.ui.pages.assessment.page import NOTHING, AssessmentPage
from suite.ui.pages.assessment.scheme_page import SchemePage
from suite.ui.pages.assessment.scoring_page import ScoringPage
from tests.kernel.assessment.test_evaluation import SCHEME, UNITS, Evaluation


@pytest.fixture
def desk(suite_on_sqlite: Suite, admin: Actor) -> Iterator[Desk]:
    made = Desk(suite_on_sqlite, admin)
    yield made
    made.close()


def shown(page: AssessmentPage, qtbot: QtBot) -> AssessmentPage:
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    qtbot.waitUntil(lambda: page.board is not None)
    return page


def words_of(page: AssessmentPage) -> str:
    return "\n".join(found.text() for found in page.dock.findChildren(QLabel))


def strip_of(page: AssessmentPage, qtbot: QtBot) -> ActStrip:
    qtbot.waitUntil(lambda: isinstance(page.place.strip, ActStrip))
    assert isinstance(page.place.strip, ActStrip)
    return page.place.strip


def confirm(page: AssessmentPage, qtbot: QtBot) -> str:
    """Press what the strip confirms; what it said."""
    qtbot.waitUntil(lambda: isinstance(page.place.strip, ConfirmStrip))
    strip = page.place.strip
    assert isinstance(strip, ConfirmStrip)
    said = strip.consequence.text()
    strip.act.click()
    qtbot.waitUntil(lambda: page.place.strip is not strip and not page.desk.busy)
    return said


def submit(page: AssessmentPage, qtbot: QtBot, **values: object) -> None:
    strip = strip_of(page, qtbot)
    for key, value in values.items():
        strip.form.rows[key].editor.set_value(value)
    strip.submit()
    qtbot.waitUntil(lambda: page.place.strip is not strip and not page.desk.busy)


def test_without_a_season_it_says_what_to_do_and_opens_one(desk: Desk, qtbot: QtBot) -> None:
    (firm,) = make(desk.suite, desk.actor, "lawyers.law_firm", a_firm(1))
    people = [a_lawyer(n, body_id=firm, name=f"第{n}人") for n in range(3)]
    make(desk.suite, desk.actor, "lawyers.lawyer", *people, a_lawyer(4, category="government", name="公职"))
    page = AssessmentPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page._empty is not None)
    assert page._empty is not None
    assert page._empty.sentence.text() == NOTHING
    page.acts.ask_open()
    submit(page, qtbot, scheme="lawyers.lawyer_review", first=dt.date(2025, 1, 1), last=dt.date(2025, 12, 31))
    # Worked out before anything is written.
    assert page.board is None
    assert "参加 3，参加但不评定等次 0，暂缓 0，不参加 1" in confirm(page, qtbot)
    qtbot.waitUntil(lambda: page.board is not None and page.come is not None)
    assert page.campaign is not None
    assert page.campaign.title == "2025 年度律师执业年度考核"
    assert [line.remark for line in page.cockpit.resting.lines] == [""]
    # A number opens its rows; steps and grades are taken for all that are checked.
    with qtbot.waitSignal(page.cockpit.rows_wanted):
        page.cockpit._open_cell("130102", "self")
    assert page.roster.isVisible()
    assert [line.name for line in page.roster.lines] == ["第0人", "第1人", "第2人"]
    qtbot.keyClick(page.roster.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.roster.bulk.count.text() == "已选 3 个"
    page.participants.ask_step()
    submit(page, qtbot)
    qtbot.waitUntil(lambda: page.come is not None and page.come.waiting.get("grade") == 3)
    page.show_rows({"step": ["grade"]})
    qtbot.keyClick(page.roster.table, Qt.Key.Key_Space)
    qtbot.keyClick(page.roster.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.roster.table, Qt.Key.Key_Space)
    page.participants.ask_accept()
    assert "按建议评定 2 个：称职 2" in confirm(page, qtbot)
    qtbot.waitUntil(lambda: page.campaign is not None and page.campaign.graded == 2)
    assert page.acts.next_act() == ("公示结果…", "还有 1 个对象没有评定等次")
    assert not page.head.next.isEnabled()
    # A departure without a reason is refused in the strip, and goes through with one.
    page.show_rows({"step": ["grade"]})
    page.participants.ask_grade()
    strip = strip_of(page, qtbot)
    strip.form.rows["grade"].editor.set_value("basically_competent")
    strip.submit()
    qtbot.waitUntil(lambda: "请写明理由" in strip.problem.text())
    submit(page, qtbot, reason="两次被约谈")
    qtbot.waitUntil(lambda: page.acts.next_act() == ("公示结果…", ""))
    page.acts.ask_next()
    confirm(page, qtbot)
    qtbot.waitUntil(lambda: page.campaign is not None and page.campaign.state == "noticed")
    page.show_rows({"grade": ["basically_competent"]})
    assert page.line is not None
    page.objections.ask()
    submit(page, qtbot, text="约谈只有一次")
    qtbot.waitUntil(lambda: page.come is not None and page.come.disputed == 1)
    page.show_rows({"mark": ["disputed"]})
    page.objections.ask()
    submit(page, qtbot, grade="competent", reason="核实为一次")
    qtbot.waitUntil(lambda: page.come is not None and page.come.disputed == 0)
    assert page.come is not None
    assert page.come.grades == {"competent": 3}


def test_reminders_and_lists_are_written_from_what_is_shown(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    firms = make(desk.suite, desk.actor, "lawyers.law_firm", a_firm(1), a_firm(2))
    people = [a_lawyer(n, body_id=firms[n % 2], name=f"第{n}人") for n in range(4)]
    make(desk.suite, desk.actor, "lawyers.lawyer", *people)
    opening = OpenCampaign(
        scheme="lawyers.lawyer_review",
        heading="2025 考核",
        first=dt.date(2025, 1, 1),
        last=dt.date(2025, 12, 31),
    )
    desk.suite.run(opening, desk.actor)
    page = shown(AssessmentPage(desk), qtbot)
    page.files.ask_remind()
    strip_of(page, qtbot)
    page.files.remind_to(tmp_path, "self", dt.date(2026, 12, 1))
    qtbot.waitUntil(lambda: "2 份催报通知" in page.work.told)
    assert len(list(tmp_path.glob("催报通知*/*.docx"))) == 2
    qtbot.waitUntil(lambda: page.board is not None and all(line.marks.reminded for line in page.board.lines))
    page.turn(ROSTER)
    page.files.list_to(tmp_path / "名单.xlsx", SeasonList.PARTICIPANTS)
    qtbot.waitUntil(lambda: "参加名单（4 个）" in page.work.told)
    # Nobody has a grade yet: the list of results says so.
    page.files.list_to(tmp_path / "公示.xlsx", SeasonList.RESULTS)
    qtbot.waitUntil(lambda: "还没有评定等次" in page.work.told)
    assert not (tmp_path / "公示.xlsx").exists()


def test_the_board_is_walked_scored_and_opens_its_evidence(desk: Desk, qtbot: QtBot) -> None:
    evaluation = Evaluation(desk.suite, desk.actor)
    for name, share in zip(UNITS, ("0.9", "0.8", "0.7", "0.6"), strict=True):
        evaluation.score(name, share)
    page = shown(AssessmentPage(desk), qtbot)
    page.turn(SCORES)
    assert [tab.title for tab in page.scores.groups.tabs] == ["全部", "市直部门"]
    assert "资料审查 4 / 4" in page.scores.come.text()
    heat = page.scores.heat
    heat.setFocus()
    qtbot.keyClick(heat, Qt.Key.Key_End)
    last = heat.lines[-1]
    assert heat.current == last
    qtbot.waitUntil(lambda: "评分记录" in words_of(page))
    qtbot.keyClick(heat, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "组织领导、规划和年度安排：评分依据" in words_of(page))
    # F2 scores the cell; Ctrl+Z takes it back: the former score stands again.
    qtbot.keyClick(heat, Qt.Key.Key_F2)
    assert strip_of(page, qtbot).value("found") is not None

    def points() -> Decimal | None:
        assert page.board is not None
        return next(line for line in page.board.lines if line.id == last.id).points["leadership"]

    before = points()
    submit(page, qtbot, found=Decimal(3), evidence="三份文件")
    qtbot.waitUntil(lambda: points() == 3)
    undo = next(command for command in page.commands() if command.key == "Ctrl+Z")
    assert "撤销评分" in undo.text
    undo.run()
    qtbot.waitUntil(lambda: points() == before)
    assert page.scoring.last is None
    with qtbot.waitSignal(page.open_wanted) as opened:
        page.open_form()
    assert opened.args is not None
    assert opened.args[0] == "scoring"


def test_a_form_is_filled_and_says_what_is_missing(desk: Desk, qtbot: QtBot) -> None:
    evaluation = Evaluation(desk.suite, desk.actor)
    other = evaluation.second()
    number = evaluation.ids()[UNITS[0]]
    judged = ScoreGiven(item="enforcement", found=Decimal("0.5"))
    desk.suite.run(ScoreAssessment(assessment_id=number, source="review", scores=(judged,)), other)
    page = ScoringPage(desk, number)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    qtbot.waitUntil(lambda: bool(page.grids))
    grid = next(one for source, one in page.grids.items() if source.value == "review")
    lines = {line.item.key: line for line in grid._lines}
    # The other's score stays unseen until the own one is given.
    assert "您评分后可见" in grid._others["enforcement"].text()
    line = lines["enforcement"]
    line.evidence.set_value("抽查案卷 5 件")
    line.evidence.edited.emit()
    page.save()
    assert "请填写得到的数" in line.problem.text()
    line.found.set_value(Decimal("0.9"))
    line.found.edited.emit()
    assert line.points.text() == "5.4"
    na = lines["funds"]
    na.none.set_value(True)
    na.none.edited.emit()
    assert (page.bar.count.text(), page.has_unsaved()) == ("2 处修改未保存", True)
    page.save()
    qtbot.waitUntil(lambda: "请在依据中写明理由" in na.problem.text())
    na.evidence.set_value("经费由财政统列")
    na.evidence.edited.emit()
    page.save()
    qtbot.waitUntil(lambda: not page.has_unsaved() and not desk.busy)
    qtbot.waitUntil(lambda: page._told is not None)
    assert page._told is not None
    assert "须第三人评分" in page._told.text.text()
    assert "3.0 分（0.5）" in grid._others["enforcement"].text()


def test_a_sheet_is_edited_and_refused_at_its_place_until_it_adds_up(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = SchemePage(desk, SCHEME)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    qtbot.waitUntil(lambda: bool(page.rows))
    page.acts.export_to(tmp_path / "表.xlsx")
    qtbot.waitUntil(lambda: "26 个评分项" in page.work.told)
    page.table.select_row(2)
    page.acts.ask_edit()
    strip = page.place.strip
    assert isinstance(strip, ActStrip)
    strip.form.rows["most"].editor.set_value(Decimal(5))
    strip.submit()
    assert (page.rows[2]["most"], page.sum.text(), page.has_unsaved()) == ("5", "合计 102 / 100 分", True)
    page.acts.ask_save()
    assert "多 2 分" in page.work.told
    page.table.select_row(3)
    page.acts.drop()
    page.acts.ask_add()
    strip = page.place.strip
    assert isinstance(strip, ActStrip)
    for key, value in (
        ("title", "联络员"),
        ("most", Decimal(1)),
        ("measure", "达标"),
        ("sources", "资料审查"),
    ):
        strip.form.rows[key].editor.set_value(value)
    strip.submit()
    assert page.sum.text() == "合计 100 / 100 分"
    page.acts.ask_save()
    strip = page.place.strip
    assert isinstance(strip, ActStrip)
    strip.form.rows["note"].editor.set_value("2026 年修订")
    strip.submit()
    qtbot.waitUntil(lambda: page.sheet is not None and page.sheet.version == 2)
    assert [line.title for line in page.version_lines.lines] == ["第 2 版", "第 1 版"]
    # The workbook of the first version comes back in, as rows to be saved.
    page.load_from(tmp_path / "表.xlsx")
    qtbot.waitUntil(lambda: "已读入 26 个评分项" in page.work.told)
    assert page.has_unsaved()
    page.discard()
    assert not page.has_unsaved()
