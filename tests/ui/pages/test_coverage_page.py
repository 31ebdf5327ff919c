"""服务覆盖: the tree is walked by keys, gaps are appointed, a past day and a missing right are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.coverage.rules import Standing
from suite.testing.factories import a_firm, a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import Choice
from suite.ui.pages.coverage.page import NO_RIGHT, CoveragePage


@pytest.fixture
def desk(suite_on_sqlite: Suite, admin: Actor) -> Iterator[Desk]:
    made = Desk(suite_on_sqlite, admin)
    yield made
    made.close()


def shown(page: CoveragePage, qtbot: QtBot) -> CoveragePage:
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    qtbot.waitUntil(lambda: page.board is not None and bool(page.nodes))
    return page


def words_of(page: CoveragePage) -> str:
    return "\n".join(found.text() for found in page.dock.findChildren(QLabel))


def test_the_tree_opens_and_gaps_are_appointed(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    firm = make(desk.suite, desk.actor, "lawyers.law_firm", a_firm(1))[0]
    lawyer = make(desk.suite, desk.actor, "lawyers.lawyer", a_lawyer(1, body_id=firm))[0]
    page = shown(CoveragePage(desk), qtbot)
    table, board = page.table, page.board
    assert table is not None
    assert board is not None
    assert [node.title for node in page.nodes] == ["长安区", "井陉矿区", "高新区", "循环化工园区"]
    table.select_row(0)
    qtbot.waitUntil(lambda: "同一区县" in words_of(page))
    assert "余力 5" in words_of(page)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    group = page.nodes[1]
    table.select_row(1)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert page.nodes[2].unit is not None
    qtbot.keyClick(table, Qt.Key.Key_Space)  # the township: all of its villages
    assert len(page.checked_units()) == len(group.units)
    page.appoint_checked()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.form.set_values(
        {
            "firm_id": Choice(firm, "河北第1律师事务所"),
            "counsel_id": Choice(lawyer, "律师"),
            "category": "lawyer",
            "starts_on": desk.suite.today,
            "valid_until": desk.suite.today + dt.timedelta(days=364),
        }
    )
    with qtbot.waitSignal(page.happened) as told:
        strip.submit()
    assert f"新增 {len(group.units)} 份" in told.args[0]
    assert "上限为 5 个" in told.args[0]
    qtbot.waitUntil(lambda: page.board is not None and page.board.whole.formal == len(group.units))
    # ← closes the township and goes up from there.
    table.select_row(1)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert table.current_row == 0
    page.head.standings.set_current(Standing.UNCOVERED)
    out = tmp_path / "缺口.xlsx"
    gaps = tuple(unit for node in page.nodes if node.level == 0 for unit in node.units)
    with qtbot.waitSignal(page.happened):
        page.acts.write(gaps, out, "未覆盖")
    sheet = load_workbook(out)["覆盖情况"]
    assert sheet.max_row == len(gaps) + 1 == board.whole.total - len(group.units) + 1
    page.head.quick.setText("没有这个村")
    page._find("没有这个村")
    assert page._empty.sentence.text() == "没有符合条件的。"
    assert page.step_back()
    assert page.nodes


def test_a_past_day_is_looked_at_and_not_written(desk: Desk, qtbot: QtBot) -> None:
    page = shown(CoveragePage(desk), qtbot)
    board = page.board
    page.set_day(dt.date(2025, 12, 31))
    qtbot.waitUntil(lambda: page.board is not board)
    page.appoint_checked()
    assert page.acts.strip is None
    assert "2025-12-31" in page.appoint_button.toolTip()
    page.head.zones.click()
    qtbot.waitUntil(lambda: len(page.nodes) == 2)


def test_without_the_right_it_says_whom_to_ask(desk: Desk, qtbot: QtBot) -> None:
    desk._actor = replace(desk.actor, granted=())
    page = CoveragePage(desk)
    qtbot.addWidget(page)
    assert page._empty.sentence.text() == NO_RIGHT
    assert page.commands() == ()
    assert not page.head.exports.isEnabled()
