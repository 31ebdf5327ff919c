"""The list of limits."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from suite.ui.desk import Desk
from suite.ui.pages.settings.limits import LimitsPage
from tests.ui.pages.settings.conftest import settled


def test_every_limit_is_listed_and_found(qtbot: QtBot, desk: Desk) -> None:
    page = LimitsPage(desk)
    qtbot.addWidget(page)
    page.show()
    settled(qtbot, desk)
    assert page.table.rows.rowCount() == len(desk.suite.catalog.limits)
    page.filter.set_quietly("投诉办理")
    page.filter.settled.emit("投诉办理")
    assert {line.unit for line in page.shown} == {"calendar"}
    assert "末日为休息日的顺延" in page.note.text()
    page.filter.set_quietly("没有这一项")
    page.filter.settled.emit("没有这一项")
    assert page.empty.isVisibleTo(page)
    assert page.step_back()
    assert len(page.shown) == len(desk.suite.catalog.limits)
