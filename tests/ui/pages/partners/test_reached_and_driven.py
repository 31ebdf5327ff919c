"""Both pages in the window: reached from the roster and by search, and driven without the mouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from houses import LAWYERS, settle
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.reconcile_rules import ASSOCIATION, Decision
from suite.testing.factories import a_lawyer, make
from suite.testing.keyrings import MemoryKeyring
from suite.ui.assembly import Assembly
from suite.ui.kit.act_strip import ActStrip
from suite.ui.pages.exchange.page import ExchangePage
from suite.ui.pages.reconcile.page import ReconcilePage
from suite.ui.pages.roster.page import RosterPage


@pytest.fixture
def assembly(
    suite_on_sqlite: Suite, admin: Actor, secrets: MemoryKeyring, qtbot: QtBot, light: None
) -> Iterator[Assembly]:
    made = Assembly.over(suite_on_sqlite, admin, keeps=False)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show()
    yield made
    made.close()


def test_the_roster_and_the_search_lead_there(assembly: Assembly, qtbot: QtBot) -> None:
    roster = assembly.window.open_page("roster", (LAWYERS,))
    settle(qtbot, assembly.desk)
    assert isinstance(roster, RosterPage)
    tools = {command.text: command for command in roster.commands() if command.menu == "tools"}
    tools["律师名册报送与回执"].run()
    page = assembly.window.current_page
    assert isinstance(page, ExchangePage)
    assert page.kind is not None
    assert page.kind.key == LAWYERS
    tools["律师名册三方对账"].run()
    assert isinstance(assembly.window.current_page, ReconcilePage)
    titles = {hit.title for hit in assembly.window._command_hits()}
    assert {"律师名册报送与回执", "律师名册三方对账", "律师名册编制"} <= titles
    assert not any(title.startswith(("乡镇名册报送", "村名册报送")) for title in titles)
    settle(qtbot, assembly.desk)


def test_a_reconciliation_needs_no_mouse(
    assembly: Assembly,
    suite_on_sqlite: Suite,
    admin: Actor,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = a_lawyer(1)
    make(suite_on_sqlite, admin, LAWYERS, ours, on=dt.date(2020, 1, 1))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "执业证号", "执业类别", "区县"])
    sheet.append([ours["name"], ours["main_no"], "兼职", "长安区"])
    book.save(tmp_path / "协会.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "协会.xlsx"), ""))
    page = assembly.window.open_page("reconcile", LAWYERS)
    assert isinstance(page, ReconcilePage)

    def press(widget: QWidget | None) -> None:
        qtbot.keyClick(widget, Qt.Key.Key_Space)

    page.focus_start()
    assert page.focusWidget() is page.sides[ASSOCIATION].choose
    press(page.focusWidget())
    press(page.begin)
    settle(qtbot, assembly.desk)
    assert page.focusWidget() is page.findings.table
    press(page.findings.table)
    assert len(page.findings.checked) == 1
    press(page.findings.acts[Decision.KEEP])
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.form.rows["reason"].editor.set_value("已电话核对")
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    assert page.acts.strip is None
    assert page.focusWidget() is page.findings.table
    press(page.findings.acts[Decision.KEEP])
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.form.rows["reason"].editor.set_value("已电话核对")
    press(strip.act)
    settle(qtbot, assembly.desk)
    assert page.findings.found is not None
    assert page.findings.found.open == []
    assert page.focusWidget() is page.findings.tabs
