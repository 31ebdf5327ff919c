"""三方对账: files of two sides compared on a worker, differences decided in place and exported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from houses import LAWYERS, drop, settle, show
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.exchange.reconcile_decisions import WHOLE_ONLY
from suite.kernel.exchange.reconcile_rules import ASSOCIATION, PROVINCE, Decision
from suite.kernel.registry.current import current_records
from suite.tables import AuditEntry
from suite.testing.factories import a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.pages.reconcile.findings import DECIDED, HELD, OPEN
from suite.ui.pages.reconcile.page import ReconcilePage

HEADINGS = {"name": "姓名", "main_no": "执业证号", "category": "执业类别", "phone": "手机"}
WORDS = {"full_time": "专职", "part_time": "兼职"}
Open = Callable[..., ReconcilePage]


def a_row(number: int, **values: Any) -> dict[str, Any]:
    return {**a_lawyer(number), "phone": f"1383112{number:04d}", **values}


def workbook(path: Path, *rows: Mapping[str, Any]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append([*HEADINGS.values(), "区县"])
    for row in rows:
        page.append([*(WORDS.get(row.get(key, ""), row.get(key)) for key in HEADINGS), "长安区"])
    book.save(path)
    return path


@pytest.fixture
def ours(suite_on_sqlite: Suite, admin: Actor) -> list[int]:
    """Three lawyers on the roster."""
    rows = (a_row(1), a_row(2), a_row(3, phone="13899990000"))
    return make(suite_on_sqlite, admin, LAWYERS, *rows, on=dt.date(2020, 1, 1))


@pytest.fixture
def open_page(suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None) -> Iterator[Open]:
    """Open the page on the lawyers."""
    desks: list[Desk] = []

    def make_page(actor: Actor = admin) -> ReconcilePage:
        desk = Desk(suite_on_sqlite, actor)
        desks.append(desk)
        page = ReconcilePage(desk, LAWYERS)
        show(qtbot, page, desk)
        return page

    yield make_page
    for desk in desks:
        desk.close()


@pytest.fixture
def compared(open_page: Open, ours: list[int], qtbot: QtBot, tmp_path: Path) -> ReconcilePage:
    """A page after the first comparison: a category, a telephone, two presences, one unreadable cell."""
    page = open_page()
    assert not page.begin.isEnabled()
    association = workbook(tmp_path / "a.xlsx", a_row(1), a_row(2, category="part_time"), a_row(4))
    unreadable = {**a_row(2), "phone": "138 没有"}
    assert drop(page, association)  # beside the places: to the first that is empty
    assert drop(page.sides[PROVINCE], workbook(tmp_path / "p.xlsx", a_row(1), unreadable, a_row(3)))
    assert page.sides[ASSOCIATION].path == association
    page.begin.click()
    settle(qtbot, page.desk)
    return page


def check(page: ReconcilePage, *titles: str) -> None:
    """Check the rows of these fields by keyboard, as they stand."""
    table = page.findings.table
    for row, finding in enumerate(page.findings.shown):
        if finding.title in titles:
            table.select_row(row)
            table.rows.toggle_check(row)


def decide(page: ReconcilePage, qtbot: QtBot, decision: Decision) -> ActStrip | None:
    page.findings.acts[decision].click()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.act.click()
    assert strip.form.rows["reason"].problem
    strip.form.rows["reason"].editor.set_value("已电话核对")
    strip.act.click()
    settle(qtbot, page.desk)
    return strip if page.acts.strip is strip else None


def counts(page: ReconcilePage) -> dict[object, object]:
    return {tab.key: tab.count for tab in page.findings.tabs.tabs}


def test_differences_are_listed_side_by_side_masked_and_open_the_record(
    compared: ReconcilePage, ours: list[int], qtbot: QtBot
) -> None:
    page = compared
    assert counts(page) == {OPEN: 4, DECIDED: 0, HELD: 1}
    cells = {values[1]: values for row in range(4) if (values := page.findings.table.rows.row_values(row))}
    assert cells["执业类别"][2:5] == ("专职律师", "兼职律师", "专职律师")
    phone = next(values for title, values in cells.items() if "电话" in title)
    assert phone[2:5] == ("138****0000", None, "138****0003")
    row = next(n for n, one in enumerate(page.findings.shown) if one.title == "执业类别")
    page.findings.table.select_row(row)
    with qtbot.waitSignal(page.open_wanted) as opened:
        qtbot.keyClick(page.findings.table, Qt.Key.Key_Return)
    assert opened.args == ["record", (LAWYERS, ours[1])]
    page.findings.tabs.set_current(HELD)
    assert page.findings.front is page.findings.held
    assert page.findings.held.rows.row_values(0)[4]


def test_a_value_is_taken_over_and_what_is_left_stays(
    compared: ReconcilePage, ours: list[int], suite_on_sqlite: Suite, qtbot: QtBot
) -> None:
    page = compared
    check(page, "执业类别")
    assert decide(page, qtbot, Decision.KEEP) is None
    assert counts(page) == {OPEN: 3, DECIDED: 1, HELD: 1}
    check(page, "联系电话")
    assert decide(page, qtbot, Decision.PROVINCE) is None
    assert counts(page)[OPEN] == 2
    with suite_on_sqlite.reading() as session:
        kind = suite_on_sqlite.catalog.kinds[LAWYERS]
        values = current_records(session, kind, [ours[2]])[ours[2]].values
    assert values["phone"] == "13831120003"
    page.findings.table.setFocus()
    qtbot.keyClick(page.findings.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.findings.checked) == 2
    assert decide(page, qtbot, Decision.EXPLAINED) is None
    assert counts(page)[OPEN] == 0
    assert "没有未处理" in page.findings.empty.sentence.text()


def test_what_cannot_be_taken_over_is_refused_in_the_strip(compared: ReconcilePage, qtbot: QtBot) -> None:
    page = compared
    page.findings.check_shown()
    strip = decide(page, qtbot, Decision.ASSOCIATION)
    assert strip is not None
    assert strip.problem.text()
    assert counts(page)[OPEN] == 4
    assert page.step_back()  # the strip
    assert page.step_back()  # the checks
    assert not page.step_back()


def test_the_filter_narrows_and_what_is_shown_goes_out_logged(
    compared: ReconcilePage, suite_on_sqlite: Suite, qtbot: QtBot, tmp_path: Path
) -> None:
    page = compared
    page.findings.filter.set_value(["执业类别"])
    page.findings.filter.value_changed.emit(["执业类别"])
    assert [finding.title for finding in page.findings.shown] == ["执业类别"]
    page.acts.export_to(tmp_path / "差异.xlsx")
    settle(qtbot, page.desk)
    written = load_workbook(tmp_path / "差异.xlsx").active
    assert written is not None
    assert written.max_row == 2
    with suite_on_sqlite.reading() as session:
        exports = session.scalars(select(AuditEntry).where(AuditEntry.action == "E")).all()
    assert [entry.row_key for entry in exports] == [LAWYERS]


def test_a_file_that_is_refused_is_told_and_the_list_stays(
    compared: ReconcilePage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = compared
    Workbook().save(tmp_path / "empty.xlsx")
    page.sides[PROVINCE].set_path(tmp_path / "empty.xlsx")
    page.begin.click()
    settle(qtbot, page.desk)
    assert page.work.told
    assert counts(page)[OPEN] == 4
    assert not page.findings.table.stale


def test_rights_that_lack_are_said(open_page: Open, admin: Actor) -> None:
    def without(*actions: str) -> Actor:
        granted = tuple(item for item in admin.granted if not item.permission.endswith(actions))
        return Actor(login=admin.login, name=admin.name, granted=granted)

    page = open_page(without("roster:edit", "roster:export"))
    assert all("权限" in button.toolTip() for button in page.findings.acts.values())
    assert "权限" in page.export.toolTip()
    none = open_page(without("roster:import"))
    assert "权限" in none.findings.empty.sentence.text()
    assert not none.sides[PROVINCE].choose.isEnabled()


def test_masked_numbers_are_told_and_a_district_does_not_finish_for_the_city(
    open_page: Open, ours: list[int], suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, tmp_path: Path
) -> None:
    suite_on_sqlite.run(AddUser(login="changan", name="长安区干事"), admin)
    role = GrantRole(login="changan", role="core.section_staff", profession="lawyers", district="130102")
    suite_on_sqlite.run(role, admin)
    masked = [{**a_row(number), "phone": "138****0000"} for number in (1, 2, 3)]
    file = workbook(tmp_path / "a.xlsx", *masked)
    for actor in (admin, suite_on_sqlite.actor("changan")):
        page = open_page(actor)
        assert drop(page, file)
        page.begin.click()
        settle(qtbot, page.desk)
        assert counts(page) == {OPEN: 0, DECIDED: 0, HELD: 0}
        assert "协会表 3 个" in page.findings.note.text()
        assert page.finish.isEnabled() == (actor is admin)
    assert page.finishing_refusal() == WHOLE_ONLY
