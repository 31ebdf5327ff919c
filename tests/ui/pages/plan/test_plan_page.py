"""规划对照: every item that is here opens its places; what waits says for what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.plan import PAGES as PLACES
from suite.ui.assembly import SETTINGS_PARTS
from suite.ui.desk import Desk
from suite.ui.page_list import PAGES
from suite.ui.pages.plan.page import PlanPage
from suite.ui.pages.plan.places import TITLES, place_of


@pytest.fixture
def page(suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot) -> Iterator[PlanPage]:
    desk = Desk(suite_on_sqlite, admin)
    made = PlanPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    yield made
    desk.close()


def test_every_place_is_a_page_of_the_window(page: PlanPage) -> None:
    parts = {part for part, _ in SETTINGS_PARTS}
    catalog, actor = page.desk.suite.catalog, page.desk.actor
    for line in page.lines:
        for key in line.where:
            place = place_of(key, catalog, actor)
            assert place.page in PAGES, f"{line.item.no}: {key}"
            assert not place.part or place.part in parts, f"{line.item.no}: {key}"
            assert place.title != key, f"{line.item.no}: {key} has no words"
    assert TITLES.keys() <= {*PAGES, *parts}
    assert TITLES.keys() == PLACES
    form = place_of("lawyers.monthly", catalog, actor)
    assert (form.page, form.argument) == ("returns", ("lawyers.monthly",))


def test_an_item_opens_its_place_and_a_waiting_one_says_so(page: PlanPage, qtbot: QtBot) -> None:
    assert page.select(107)
    with qtbot.waitSignal(page.open_wanted) as opened:
        page.buttons[0].click()
    assert opened.args == ["ledgers", "notary.court_support"]
    assert page.select(188)
    with qtbot.waitSignal(page.part_wanted) as part:
        page.open_first()
    assert part.args == ["rights"]
    assert page.select(96)
    assert not page.buttons
    words = " ".join(found.text() for found in page.detail.findChildren(QLabel))
    assert "等待“法律援助”插件" in words
    page.words.setText("跨省通办 公证")
    page.refresh()
    assert [line.item.no for line in page.shown] == [150]
