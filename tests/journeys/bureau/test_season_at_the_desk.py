"""A secretary of the association in December, by keyboard alone (tasks 10 and 11)."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.kernel.assessment.commands import OpenCampaign, TakeAssessmentStep
from suite.kernel.assessment.standing import WALKING
from suite.tables import Assessment
from suite.testing.fixtures import opened
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.pages.assessment.head import COCKPIT, ROSTER
from suite.ui.pages.assessment.page import AssessmentPage
from suite.ui.pages.today.page import TodayPage
from tests.journeys.clerk import Clerk, named, without_keyboard
from tests.journeys.conftest import before_the_window

pytestmark = pytest.mark.qt_log_level_fail("WARNING")
FIRST, GRADING = "self", "grade"
SEASON = "2026 年度律师执业年度考核"


@pytest.fixture
def secretary(bureau: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    """龚培文 of the lawyers' association, in a season that most have handed in to."""
    folder = tmp_path / "bureau"
    folder.mkdir()
    shutil.copy(bureau / "suite.db", folder / "suite.db")
    with opened(str(folder / "suite.db"), folder) as suite:
        begin(suite)
    with before_the_window(folder, tmp_path, qtbot, "lvxie") as person:
        yield person


def begin(suite: Suite) -> None:
    """The clerk opens a season, and nine of ten hand in."""
    clerk = suite.actor("lvshike")
    opening = OpenCampaign(
        scheme="lawyers.lawyer_review", heading=SEASON, first=dt.date(2026, 1, 1), last=dt.date(2026, 10, 31)
    )
    number = suite.run(opening, clerk).result["campaign_id"]
    with suite.reading() as session:
        inside = Assessment.campaign_id == number, Assessment.standing.in_(WALKING)
        taking = list(session.scalars(select(Assessment.id).where(*inside).order_by(Assessment.id)))
    came = tuple(taking[: len(taking) * 9 // 10])
    suite.run(TakeAssessmentStep(campaign_id=number, step=FIRST, assessments=came), clerk)


def season_of(clerk: Clerk) -> AssessmentPage:
    page = clerk.page
    assert isinstance(page, AssessmentPage)
    return page


def owing(page: AssessmentPage, step: str) -> int:
    assert page.come is not None
    return page.come.waiting.get(step, 0)


def test_who_is_missing_is_reminded_and_the_others_are_graded(
    secretary: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(letters))
    # The season stands on the desk; a part of its bar opens the rows behind it.
    desk = secretary.page
    assert isinstance(desk, TodayPage)
    place = [task.title for task in desk.seasons.tasks].index(SEASON)
    secretary.goes_to(lambda widget: widget is desk.seasons, most=80)
    secretary.press(*["Down"] * place, *["Right"] * 5, "Return")
    secretary.waits()
    page = season_of(secretary)
    missing = owing(page, FIRST)
    assert len(page.roster.lines) == missing > 0
    assert without_keyboard(page) == []
    # All of them are reminded: one letter to each firm.
    firms = {line.body for line in page.roster.lines}
    secretary.commands(">催报")
    strip = page.place.strip
    assert isinstance(strip, ActStrip)
    secretary.goes_to(named("选择保存位置"))
    secretary.press("Space")
    secretary.until(lambda: "份催报通知" in page.work.told)
    secretary.waits()
    assert len(list(letters.rglob("*.docx"))) == len(firms)
    # One firm hands in; next week only those still missing are reminded.
    secretary.goes_to(lambda widget: widget is page.roster.table, key="F6")
    secretary.press("Space", "F9")
    strip = page.place.strip
    assert isinstance(strip, ActStrip)
    secretary.goes_to(lambda widget: widget is strip.act)
    secretary.press("Space")
    secretary.until(lambda: owing(page, FIRST) == missing - 1)
    secretary.waits()
    assert len(page.roster.lines) == missing - 1
    # What waits for a grade: opened from the cockpit, checked, and graded as it is proposed.
    waiting = owing(page, GRADING)
    page.turn(COCKPIT)
    secretary.goes_to(lambda widget: widget is page.cockpit.steps)
    secretary.press("Left", "Left", "Right", "Right", "Return")
    secretary.waits()
    assert page.head.views.current == ROSTER
    assert len(page.roster.lines) == waiting
    secretary.goes_to(lambda widget: widget is page.roster.table, key="F6")
    secretary.press("Ctrl+A")
    secretary.commands(">按建议评定")
    confirming = page.place.strip
    assert isinstance(confirming, ConfirmStrip)
    # It stops where a person must decide: who is assessed without a grade is left.
    left = [line for line in page.roster.lines if line.standing != "in"]
    assert f"按建议评定 {waiting - len(left)} 个" in confirming.consequence.text()
    secretary.press("Space")
    secretary.until(lambda: owing(page, GRADING) == len(left))
    secretary.waits()
    assert page.campaign is not None
    assert page.campaign.state == "running"
