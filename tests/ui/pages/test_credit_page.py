"""The page 信用: what must be done is in front, done in place; faults with their cure; disclosure, repair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.pages.credit.page import CreditPage
from suite.ui.pages.record.page import RecordPage
from tests.kernel.credit.credit_house import DECIDED, House


@pytest.fixture
def house(suite_on_sqlite: Suite) -> House:
    house = House(suite_on_sqlite)
    house.in_force(house.decided())
    return house


@pytest.fixture
def desk(house: House, admin: Actor) -> Iterator[Desk]:
    made = Desk(house.suite, admin)
    yield made
    made.close()


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.busy)


def strip(page: CreditPage, **values: object) -> ActStrip:
    found = page.acts.strip
    assert isinstance(found, ActStrip)
    for key, value in values.items():
        found.form.rows[key].editor.set_value(value)
    return found


def opened(qtbot: QtBot, desk: Desk, argument: object = None) -> CreditPage:
    page = CreditPage(desk, argument)
    qtbot.addWidget(page)
    page.resize(1440, 900)
    page.show()
    settle(qtbot, desk)
    settle(qtbot, desk)
    return page


def test_what_is_due_is_reported_and_published_in_place(
    house: House, desk: Desk, qtbot: QtBot, light: None, tmp_path: Path
) -> None:
    page = opened(qtbot, desk)
    (line,) = house.lines()
    assert page.due.keys == (line.id,)
    assert page.detail.publicity is not None
    assert "0/1" in page.rates.text()
    page.due.table.rows.set_checked([line.id])
    page.acts.ask_report()
    path = tmp_path / "报送.xlsx"
    page.acts.report_to(path, strip(page, reason="报平台"), page.due.checked)
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: path.exists() and not page.work.busy)
    assert load_workbook(path).worksheets[0]["A3"].value == "王志强"
    settle(qtbot, desk)
    assert page.due.keys == ()
    page.due.show_view("reported")
    settle(qtbot, desk)
    assert page.due.keys == (line.id,)
    page.acts.ask_confirm()
    strip(page).submit()
    settle(qtbot, desk)
    settle(qtbot, desk)
    assert [item.state.key for item in house.lines()] == ["published"]


def test_a_refusal_stays_in_the_strip_and_a_cell_is_filled_in(
    house: House, desk: Desk, qtbot: QtBot, light: None
) -> None:
    page = opened(qtbot, desk)
    page.acts.ask_retract()
    asked = strip(page, reason="试")
    asked.submit()
    settle(qtbot, desk)
    assert "只能在" in asked.problem.text() or any(row.problem for row in asked.form.rows.values())
    assert page.acts.strip is asked
    assert page.step_back()
    page.acts.ask_fill("CF_SY")
    strip(page, value="私自收费 1 万元").submit()
    settle(qtbot, desk)
    settle(qtbot, desk)
    assert page.detail.publicity is not None
    cells = {cell.code: cell for cell in page.detail.publicity.cells}
    assert (cells["CF_SY"].value, cells["CF_SY"].filled) == ("私自收费 1 万元", True)


def test_a_record_is_repaired_from_its_line_and_stands_in_its_file(
    house: House, desk: Desk, qtbot: QtBot, light: None
) -> None:
    page = opened(qtbot, desk, "records")
    (record,) = house.records()
    assert page.records.keys == (record.id,)
    assert page.detail.record is not None
    assert page.steps_of((record.id,)) == ("correct", "end")
    went: list[tuple[str, object]] = []
    page.open_wanted.connect(lambda key, argument: went.append((key, argument)))
    page.acts.ask_repair()
    strip(page, applied_on=DECIDED + dt.timedelta(days=100)).submit()
    settle(qtbot, desk)
    settle(qtbot, desk)
    assert [key for key, _ in went] == ["case"]
    page.tabs.set_current("repairs")
    assert len(page.repairs.keys) == 1
    file = RecordPage(desk, "lawyers.lawyer", house.lawyer)
    qtbot.addWidget(file)
    file.show()
    settle(qtbot, desk)
    tabs = {tab.key: tab for tab in file.view.tabs.tabs}
    assert (tabs["credit"].title, tabs["credit"].count, tabs["credit"].alarm) == ("信用", 1, True)
    file.view.tabs.set_current("credit")
    assert file.view.tables.pane("credit").source.row_key(0) == record.id


def test_who_may_not_read_credit_is_told_so(house: House, qtbot: QtBot, light: None) -> None:
    house.suite.run(AddUser(login="nobody", name="无权"), house.clerk)
    desk = Desk(house.suite, house.suite.actor("nobody"))
    try:
        page = opened(qtbot, desk)
        assert "没有查看信用的权限" in page.due.empty.sentence.text()
        assert not page.rejections.isEnabled()
        assert all(command.refusal for command in page.commands())
    finally:
        desk.close()
