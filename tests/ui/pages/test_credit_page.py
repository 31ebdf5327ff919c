"""The page 信用: what must be done is in front, done in place; faults with their cure; disclosure, repair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.credit.commands import MakePlatformFile
from suite.kernel.credit.publicity.desk import publicity_items
from suite.tables import CreditRecord
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.pages.credit.page import CreditPage
from suite.ui.pages.credit.reading import PAGE
from suite.ui.pages.record.page import RecordPage
from tests.kernel.credit.credit_house import DECIDED, House
from tests.kernel.credit.test_credit_listing import copies


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
    assert page.hints.startswith("Enter 打开办件")
    assert not page.detail.case.isHidden()
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


def test_what_is_late_stands_on_the_desk_of_who_may_and_opens_to_itself(
    house: House, desk: Desk, qtbot: QtBot, light: None
) -> None:
    def items(actor: Actor) -> list[TodayItem]:
        with house.suite.reading() as session:
            return list(publicity_items(session, actor, house.suite.catalog, house.suite.today))

    (item,) = items(desk.actor)
    (line,) = house.lines("today")
    assert (item.count, item.state, item.due, item.page) == (1, StateKind.BAD, line.due, "credit")
    page = opened(qtbot, desk, item.view)
    assert (page.due.view, page.due.keys) == ("today", (line.id,))
    # Who only reads has nothing to do about it.
    reads = [one for one in desk.actor.granted if not one.permission.endswith(":credit:keep")]
    assert items(replace(desk.actor, granted=tuple(reads))) == []


def test_a_platform_file_is_looked_at_and_its_receipt_noted(
    house: House, desk: Desk, qtbot: QtBot, light: None
) -> None:
    made = house.suite.run(MakePlatformFile(feed="lawyers.integrity"), desk.actor)
    page = opened(qtbot, desk, "feeds")
    assert page.feeds.keys == (made.result["export"],)
    settle(qtbot, desk)
    told = [page.feeds.items_source.cached_row(row) or () for row in range(len(made.result["rows"]))]
    assert ("新增", "处罚处分", "王志强") in [tuple(row) for row in told]
    page.platform.ask_receipt()
    strip(page).submit()
    asked = strip(page, reference="SF-2026-0017")
    asked.submit()
    settle(qtbot, desk)
    settle(qtbot, desk)
    assert page.feeds.front is not None
    assert page.feeds.front.reference == "SF-2026-0017"
    assert not page.receipt.isEnabled()


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


def test_more_records_than_a_page_are_counted_where_they_lie_and_listed_on(
    house: House, desk: Desk, qtbot: QtBot, light: None
) -> None:
    (record,) = house.records()
    copies(house.suite, CreditRecord, [{"stage": "collected", "document_no": f"号{n}"} for n in range(600)])
    page = opened(qtbot, desk, "records")

    def number_of(key: str) -> object:
        return next(tab.count for tab in page.records.tabs.tabs if tab.key == key)

    tab = next(tab for tab in page.tabs.tabs if tab.key == "records")
    assert (tab.count, number_of("waiting"), number_of("collected"), number_of("")) == (600, 600, 600, 601)
    assert len(page.records.keys) == PAGE
    assert "共 601 条" in page.records.told.text()
    page.records.more.click()
    settle(qtbot, desk)
    assert len(page.records.keys) == 601
    assert page.records.rest.isHidden()
    # What lies beyond the first page is found by its view and by its words.
    page.records.show_view("disclosed")
    settle(qtbot, desk)
    assert page.records.keys == (record.id,)
    page.records.show_view("collected")
    page.words.setText("号599")
    page.words.flush()
    qtbot.waitUntil(lambda: not desk.busy and len(page.records.keys) == 1)
    assert (number_of(""), number_of("waiting")) == (1, 1)


def test_who_reads_credit_and_no_case_sees_both_lists(house: House, qtbot: QtBot, light: None) -> None:
    suite = house.suite
    suite.run(AddUser(login="members", name="协会秘书处"), house.clerk)
    suite.run(GrantRole(login="members", role="core.association", profession="lawyers"), house.clerk)
    mine = Desk(suite, suite.actor("members"))
    try:
        page = opened(qtbot, mine, ("repairs", ""))
        assert [tab.key for tab in page.tabs.tabs] == ["publicity", "records", "feeds"]
        (line,), (record,) = house.lines(), house.records()
        assert page.due.keys == (line.id,)
        assert page.detail.publicity is not None
        # The case behind it is not theirs: nothing leads there, Enter opens the record of whom it is about.
        wanted: list[tuple[str, object]] = []
        page.open_wanted.connect(lambda *what: wanted.append(what))
        assert page.detail.case.isHidden()
        assert page.hints.startswith("Enter 打开档案")
        page.due.opened.emit(line.id)
        assert wanted == [("record", (line.kind, line.subject_id))]
        page.tabs.set_current("records")
        settle(qtbot, mine)
        assert page.records.keys == (record.id,)
        assert page.detail.record is not None
        assert page.detail.case.isHidden()
        assert not page.detail.subject.isHidden()
    finally:
        mine.close()
