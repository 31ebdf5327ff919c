"""考核评估: a board of scores and a list of reviews, read and walked by the keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.assessment.commands import OpenCampaign
from suite.testing.factories import a_firm, a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.pages.assessment.page import NOTHING, AssessmentPage
from tests.kernel.assessment.test_evaluation import UNITS, Evaluation


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


def test_without_a_season_it_says_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    page = AssessmentPage(desk)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page._empty is not None)
    assert page._empty is not None
    assert page._empty.sentence.text() == NOTHING


def test_the_board_is_walked_and_opens_a_record(desk: Desk, qtbot: QtBot) -> None:
    evaluation = Evaluation(desk.suite, desk.actor)
    for name, share in zip(UNITS, ("0.9", "0.8", "0.7", "0.6"), strict=True):
        evaluation.score(name, share)
    page = shown(AssessmentPage(desk), qtbot)
    assert [tab.title for tab in page.groups.tabs] == ["全部", "市直部门"]
    assert "资料审查 4 / 4" in page.come.text()
    page.heat.setFocus()
    qtbot.keyClick(page.heat, Qt.Key.Key_End)
    last = page.heat.lines[-1]
    assert page.heat.current == last
    qtbot.waitUntil(lambda: "评分记录" in words_of(page))
    with qtbot.waitSignal(page.open_wanted) as opened:
        qtbot.keyClick(page.heat, Qt.Key.Key_Return)
    assert opened.args == ["record", (last.kind, last.subject_id)]


def test_a_review_by_records_is_a_list_with_reasons(desk: Desk, qtbot: QtBot) -> None:
    (firm,) = make(desk.suite, desk.actor, "lawyers.law_firm", a_firm(1))
    make(
        desk.suite,
        desk.actor,
        "lawyers.lawyer",
        a_lawyer(1, body_id=firm),
        a_lawyer(2, category="government"),
    )
    opening = OpenCampaign(
        scheme="lawyers.lawyer_review",
        heading="2025 考核",
        first=dt.date(2025, 1, 1),
        last=dt.date(2025, 12, 31),
    )
    desk.suite.run(opening, desk.actor)
    page = shown(AssessmentPage(desk), qtbot)
    rows = {str(row[0]): row for n in range(2) if (row := page.source.cached_row(n)) is not None}
    outside = next(row for row in rows.values() if "所在单位" in str(row[6]))
    assert outside[2] is not None
    assert str(outside[4]) == ""
    assert page.missing.text().startswith("未办“个人总结、律所意见”")
