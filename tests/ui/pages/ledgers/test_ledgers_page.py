"""台账: chosen by profession, listed, filtered, entered in a form in place, crossed out, with files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.testing.factories import make, uscc
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.fields import Choice
from suite.ui.pages.ledgers.page import LedgersPage

VISITS = "notary.village_visits"


@pytest.fixture
def desk(suite_on_sqlite: Suite, admin: Actor) -> Iterator[Desk]:
    made = Desk(suite_on_sqlite, admin)
    yield made
    made.close()


@pytest.fixture
def office(desk: Desk) -> int:
    row = {
        "name": "燕赵公证处",
        "main_no": uscc(1, "12"),
        "district_code": "130102",
        "category": "public_institution",
        "status": "active",
    }
    return make(desk.suite, desk.actor, "notary.notary_office", row)[0]


@pytest.fixture
def page(desk: Desk, office: int, qtbot: QtBot) -> LedgersPage:
    rows = tuple(
        EntryEdit(
            values={"title": title, "day": day, "place": "东良厢村", "subject": (office,), "persons": 9}
        )
        for title, day in (("送公证下乡", dt.date(2026, 5, 12)), ("法治大集", dt.date(2025, 6, 3)))
    )
    desk.suite.run(SaveLedgerEntries(ledger=VISITS, rows=rows), desk.actor)
    made = LedgersPage(desk, VISITS)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    qtbot.waitUntil(lambda: len(made.lines) == 2)
    return made


def test_an_entry_is_made_changed_and_crossed_out(page: LedgersPage, office: int, qtbot: QtBot) -> None:
    page.acts.ask_new()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.submit()
    assert strip.form.problem_count() == 4, "title, office, day and village lack"
    row = strip.form.rows
    row["title"].editor.set_value("公证咨询")
    row["subject__1"].editor.set_value(Choice(office, "燕赵公证处"))
    row["day"].editor.set_value(dt.date(2026, 9, 1))
    row["place"].editor.set_value("塔元庄村")
    assert page.has_unsaved()
    strip.submit()
    qtbot.waitUntil(lambda: len(page.lines) == 3)
    assert page.acts.strip is None
    line = page.lines[0]
    assert (line.values["title"], line.values["number"], line.values["district_code"]) == (
        "公证咨询",
        "2026-0002",
        "130102",
    )
    page.table.select_row(0)
    page.acts.ask_edit()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.submit()
    assert page.acts.strip is None, "nothing was changed: nothing is sent"
    page.acts.ask_edit()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.form.rows["state"].editor.set_value("held")
    strip.submit()
    qtbot.waitUntil(lambda: page.lines[0].values["state"] == "held")
    page.table.select_row(0)
    page.acts.ask_strike()
    question = page.acts.strip
    assert isinstance(question, ConfirmStrip)
    question.confirmed.emit("重复登记")
    qtbot.waitUntil(lambda: len(page.lines) == 2)
    page.struck.set_value(["struck"])
    page.refresh()
    qtbot.waitUntil(lambda: len(page.lines) == 3)
    page.table.select_row(0)
    qtbot.waitUntil(lambda: not page.strike.isEnabled())


def test_the_list_is_narrowed_and_says_why_it_is_empty(page: LedgersPage, qtbot: QtBot) -> None:
    page.words.setText("大集")
    page.refresh()
    qtbot.waitUntil(lambda: len(page.lines) == 1)
    page.words.setText("没有这样的")
    page.refresh()
    qtbot.waitUntil(lambda: not page.lines)
    assert "清除条件" in page.empty.sentence.text()
    page.show_ledger("notary.online")
    qtbot.waitUntil(lambda: "还没有记录" in page.empty.sentence.text())
    assert not page.empty.button.isHidden()
    assert page.chooser.tabs.current == "notary"
    with qtbot.waitSignal(page.open_wanted) as opened:
        page.acts.open_import()
    assert opened.args == ["import", "notary.online"]


def test_files_stand_below_the_form(page: LedgersPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.acts.ask_edit()
    files = page.acts.files
    assert files is not None
    wrong, right = tmp_path / "notes.txt", tmp_path / "photo.png"
    wrong.write_text("text")
    right.write_bytes(b"\x89PNG\r\n\x1a\n0")
    files.attach_from(wrong)
    qtbot.waitUntil(lambda: "认不出" in files.problem.text())
    files.attach_from(right)
    qtbot.waitUntil(lambda: len(files.files) == 1)
    copy = tmp_path / "copy.png"
    files.save_to(copy)
    qtbot.waitUntil(lambda: copy.is_file() and not page.desk.busy)
    assert copy.read_bytes() == right.read_bytes()
    assert page.step_back()
    assert page.acts.files is None


def test_what_is_listed_is_exported(page: LedgersPage, qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "台账.csv"
    with qtbot.waitSignal(page.happened):
        page.acts.export_to(out)
    lines = out.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("编号,活动,公证机构,进村日期")
    assert len(lines) == 3


def test_who_may_read_no_ledger_is_told(suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot) -> None:
    nobody = Desk(suite_on_sqlite, Actor(login="nobody", name="无权限"))
    page = LedgersPage(nobody)
    qtbot.addWidget(page)
    words = [found.text() for found in page.findChildren(QLabel)]
    assert any("没有查看台账的权限" in text for text in words)
    assert page.commands() == ()
    nobody.close()
