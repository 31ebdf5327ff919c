"""The page of editions: compile, compare, announce, withdraw and export in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import AuditEntry
from suite.testing.factories import a_firm, make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.pages.editions.page import EditionsPage

FIRMS = "lawyers.law_firm"
Open = Callable[..., EditionsPage]


@pytest.fixture
def open_page(suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None) -> Iterator[Open]:
    """Open the page on the firms and let it read."""
    desks: list[Desk] = []

    def make_page(actor: Actor = admin) -> EditionsPage:
        desk = Desk(suite_on_sqlite, actor)
        desks.append(desk)
        page = EditionsPage(desk, FIRMS)
        qtbot.addWidget(page)
        page.resize(1240, 800)
        page.show()
        settle(qtbot, page)
        return page

    yield make_page
    for desk in desks:
        desk.close()


def settle(qtbot: QtBot, page: EditionsPage) -> None:
    """Wait until nothing is under way."""
    for _ in range(3):
        qtbot.waitUntil(lambda: not page.desk.busy)


def compile_now(page: EditionsPage, qtbot: QtBot) -> None:
    page.compile.click()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.act.click()
    settle(qtbot, page)


def test_a_roster_that_was_never_compiled_says_what_compiling_is(open_page: Open) -> None:
    page = open_page()
    assert page.table.isHidden()
    assert "还没有编制过" in page.empty.sentence.text()


def test_editions_are_compiled_and_compared_in_place(
    open_page: Open, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot
) -> None:
    (first, _) = make(suite_on_sqlite, admin, FIRMS, a_firm(1), a_firm(2), on=dt.date(2020, 1, 1))
    page = open_page()
    compile_now(page, qtbot)
    assert page.acts.strip is None
    assert page.detail.table is page.detail.lines
    row = RowEdit(subject_id=first, values={"name": "河北新名律师事务所"})
    suite_on_sqlite.run(SaveRecords(kind=FIRMS, rows=(row,)), admin)
    compile_now(page, qtbot)
    assert page.table.rows.rowCount() == 2
    table = page.detail.changes
    assert page.detail.table is table
    assert table.rows.row_values(0)[1:3] == ("河北新名律师事务所", "机构名称")
    with qtbot.waitSignal(page.open_wanted) as opened:
        table.select_row(0)
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["record", (FIRMS, first)]


def test_an_announcement_settles_an_edition(
    open_page: Open, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot
) -> None:
    make(suite_on_sqlite, admin, FIRMS, a_firm(1), on=dt.date(2020, 1, 1))
    page = open_page()
    compile_now(page, qtbot)
    page.detail.announce.click()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.act.click()
    assert page.acts.strip is strip
    assert strip.form.rows["document_no"].problem
    strip.form.rows["document_no"].editor.set_value("石司告〔2026〕3号")
    strip.act.click()
    settle(qtbot, page)
    assert not page.detail.withdraw.isEnabled()
    assert page.table.rows.row_values(0)[3].word == "石司告〔2026〕3号"


def test_withdrawing_asks_for_a_reason_and_esc_takes_it_back(
    open_page: Open, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot
) -> None:
    make(suite_on_sqlite, admin, FIRMS, a_firm(1), on=dt.date(2020, 1, 1))
    page = open_page()
    compile_now(page, qtbot)
    page.detail.withdraw.click()
    assert page.step_back()
    assert not page.step_back()
    page.detail.withdraw.click()
    strip = page.acts.strip
    assert isinstance(strip, ConfirmStrip)
    strip.act.click()
    assert not strip.missing.isHidden()
    strip.reason.setText("漏了一家")
    strip.act.click()
    settle(qtbot, page)
    assert page.table.rows.row_values(0)[3].word == "已撤回"


def test_an_export_is_logged(
    open_page: Open, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, tmp_path: Path
) -> None:
    make(suite_on_sqlite, admin, FIRMS, a_firm(1), on=dt.date(2020, 1, 1))
    page = open_page()
    compile_now(page, qtbot)
    page.acts.export_to(tmp_path / "名册.docx")
    settle(qtbot, page)
    assert (tmp_path / "名册.docx").stat().st_size > 5_000
    with suite_on_sqlite.reading() as session:
        exports = session.scalars(select(AuditEntry).where(AuditEntry.action == "E")).all()
    assert [entry.row_key for entry in exports] == [FIRMS]


def test_without_the_right_to_compile_the_button_says_why(
    open_page: Open, suite_on_sqlite: Suite, admin: Actor
) -> None:
    granted = tuple(item for item in admin.granted if not item.permission.endswith(":compile"))
    page = open_page(Actor(login=admin.login, name=admin.name, granted=granted))
    assert not page.compile.isEnabled()
    assert "权限" in page.compile.toolTip()
