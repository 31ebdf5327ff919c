"""报送与回执: send, take in as a diff, answer and take in the answer, between two real databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from houses import FIRMS, LAWYERS, answered, drop, packet, settle, show
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.database.engine import writing
from suite.kernel.exchange.houses import NameHouse
from suite.kernel.exchange.packet_files import read_packet, read_receipt
from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.testing.factories import a_firm, a_lawyer, make
from suite.testing.keyrings import MemoryKeyring
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.pages.exchange.incoming import OURS
from suite.ui.pages.exchange.page import ExchangePage

Open = Callable[..., ExchangePage]


@pytest.fixture
def open_page(
    suite_on_sqlite: Suite, admin: Actor, secrets: MemoryKeyring, qtbot: QtBot, light: None
) -> Iterator[Open]:
    """Open the bureau's page on a kind and let it read."""
    desks: list[Desk] = []

    def make_page(kind: str = FIRMS, actor: Actor = admin) -> ExchangePage:
        desk = Desk(suite_on_sqlite, actor)
        desks.append(desk)
        page = ExchangePage(desk, kind)
        show(qtbot, page, desk)
        return page

    yield make_page
    for desk in desks:
        desk.close()


@pytest.fixture
def named(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite_on_sqlite.run(NameHouse(name="石家庄市司法局"), admin)


@pytest.fixture
def firms(association: Suite) -> list[int]:
    """Two firms of the association."""
    return make(association, association.actor(), FIRMS, a_firm(1), a_firm(2), on=dt.date(2020, 1, 1))


def rename(suite: Suite, subject_id: int, name: str) -> None:
    row = RowEdit(subject_id=subject_id, values={"name": name})
    suite.run(SaveRecords(kind=FIRMS, rows=(row,)), suite.actor())


def count(suite: Suite, kind: str) -> int:
    with suite.reading() as session:
        return len(list_ids(session, suite.actor(), suite.catalog, ListQuery(kind=kind)).ids)


def test_a_house_without_a_name_says_why_and_is_named_in_place(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    assert "还没有与其他单位往来" in page.empty.sentence.text()
    assert not page.send.isEnabled()
    assert "名称" in page.send.toolTip()
    page.house.change.click()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.act.click()
    assert strip.form.rows["name"].problem
    strip.form.rows["name"].editor.set_value("石家庄市司法局")
    strip.act.click()
    settle(qtbot, page.desk)
    assert page.acts.strip is None
    assert page.house.name.text() == "石家庄市司法局"
    assert page.send.isEnabled()


def test_a_roster_is_sent_signed_and_says_what_goes_along(
    open_page: Open,
    suite_on_sqlite: Suite,
    admin: Actor,
    named: None,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make(suite_on_sqlite, admin, LAWYERS, a_lawyer(1), a_lawyer(2), on=dt.date(2020, 1, 1))
    page = open_page(LAWYERS)
    chosen = iter(("", str(tmp_path / "报送.xlsx")))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(chosen), ""))
    page.send.click()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    assert "文件含" in strip.note
    assert "身份证号" in strip.note
    strip.form.rows["reason"].editor.set_value("月报")
    strip.act.click()
    assert page.acts.strip is strip  # no place was chosen: nothing happened
    strip.act.click()
    assert page.kind is not None
    page.acts.send_to(tmp_path / "又一次.xlsx", page.kind, "月报")  # while it is under way: left out
    settle(qtbot, page.desk)
    assert not (tmp_path / "又一次.xlsx").exists()
    sent = read_packet(tmp_path / "报送.xlsx")
    assert (sent.head.rows, sent.signature is not None) == (2, True)
    assert page.table.rows.row_values(0)[:4] == ("报送", "", "第 1 次", 2)
    assert "回执" in page.detail.empty.sentence.text()
    assert "报送.xlsx" in page.work.told
    assert "身份证号" in page.work.told


def test_without_the_right_to_see_numbers_the_strip_says_that_none_go(
    open_page: Open, admin: Actor, named: None
) -> None:
    granted = tuple(item for item in admin.granted if not item.permission.endswith("identity:reveal"))
    page = open_page(LAWYERS, Actor(login=admin.login, name=admin.name, granted=granted))
    page.send.click()
    assert isinstance(page.acts.strip, ActStrip)
    assert "文件不含" in page.acts.strip.note


def test_a_packet_is_seen_as_a_diff_taken_and_answered(
    open_page: Open,
    association: Suite,
    suite_on_sqlite: Suite,
    firms: list[int],
    named: None,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page()
    page.acts.receive_from(packet(association, tmp_path / "一.xlsx"))
    settle(qtbot, page.desk)
    assert page.incoming.tabs.current == NEW
    assert "首次收到" in page.incoming.signature.text()
    assert page.step_back()  # cancelled: nothing is left
    settle(qtbot, page.desk)
    assert (count(suite_on_sqlite, FIRMS), page.lines) == (0, [])
    page.acts.receive_from(tmp_path / "一.xlsx")
    settle(qtbot, page.desk)
    page.incoming.take.click()
    settle(qtbot, page.desk)
    assert count(suite_on_sqlite, FIRMS) == 2
    assert page.incoming.incoming is None
    rename(association, firms[0], "河北新名律师事务所")
    page.acts.receive_from(packet(association, tmp_path / "二.xlsx"))
    settle(qtbot, page.desk)
    table = page.incoming.table
    assert table is page.incoming.tables[CHANGED]
    assert table.rows.row_values(0)[1:] == ("机构名称", a_firm(1)["name"], "河北新名律师事务所")
    assert [tab.count for tab in page.incoming.tabs.tabs] == [1, 0, 0, 0, 1]
    assert "与以往一致" in page.incoming.signature.text()
    with qtbot.waitSignal(page.open_wanted) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0] == "record"
    page.incoming.take.click()
    settle(qtbot, page.desk)
    assert page.table.rows.row_values(0)[:7] == ("接收", "石家庄市律师协会", "第 2 次", 2, 1, 1, 0)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "回执"), ""))
    page.detail.receipt.click()
    settle(qtbot, page.desk)
    receipt = read_receipt(tmp_path / "回执.xlsx")
    assert sorted(row.result for row in receipt.rows) == ["无变化", "采纳"]
    assert page.table.rows.row_values(0)[7].word.startswith("已出具")


def test_a_row_is_left_out_with_a_reason_taken_back_in_and_what_is_ours_is_told(
    open_page: Open,
    association: Suite,
    suite_on_sqlite: Suite,
    firms: list[int],
    named: None,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    page = open_page()
    page.acts.receive_from(packet(association, tmp_path / "一.xlsx"))
    settle(qtbot, page.desk)
    page.incoming.take.click()
    settle(qtbot, page.desk)
    with suite_on_sqlite.reading() as session:
        ours = list(
            list_ids(session, suite_on_sqlite.actor(), suite_on_sqlite.catalog, ListQuery(kind=FIRMS)).ids
        )
    for subject_id in ours:
        values = {"address": "长安区建设大街 1 号", "district_code": "130104"}
        row = RowEdit(subject_id=subject_id, values=values)
        suite_on_sqlite.run(SaveRecords(kind=FIRMS, rows=(row,)), suite_on_sqlite.actor())
    rename(association, firms[0], "河北新名律师事务所")
    page.acts.receive_from(packet(association, tmp_path / "二.xlsx"))
    settle(qtbot, page.desk)
    pane = page.incoming
    assert [tab.count for tab in pane.tabs.tabs] == [1, 0, 0, 2, 1]
    kept = pane.tables[OURS].rows.row_values(0)
    assert "保留" in str(kept[2])
    pane.leave_row.click()
    strip = page.acts.strip
    assert isinstance(strip, ConfirmStrip)
    strip.reason.setText("未见变更批复")
    strip.act.click()
    settle(qtbot, page.desk)
    assert [tab.count for tab in pane.tabs.tabs] == [0, 0, 1, 2, 1]
    assert pane.take.text() == "登记接收"
    pane.tabs.set_current(HELD)
    assert pane.table is pane.tables[HELD]
    assert pane.tables[HELD].rows.row_values(0)[4] == "不接收：未见变更批复"
    assert pane.leave_row.text() == "仍接收此行"
    pane.leave_row.click()
    settle(qtbot, page.desk)
    assert [tab.count for tab in pane.tabs.tabs] == [1, 0, 0, 2, 1]
    assert pane.take.text() == "接收 1 行"
    pane.tabs.set_current(SAME)
    assert not pane.leave_row.isEnabled()
    # What both have changed is settled for the bureau, and the rest of the row is taken.
    rename(suite_on_sqlite, ours[0], "河北另名律师事务所")
    rename(suite_on_sqlite, ours[1], "河北另名二律师事务所")
    rename(association, firms[1], "河北新名二律师事务所")
    page.acts.receive_from(packet(association, tmp_path / "三.xlsx"))
    settle(qtbot, page.desk)
    assert [tab.count for tab in pane.tabs.tabs] == [0, 0, 2, 2, 0]
    assert pane.leave_row.text() == "保留本单位…"
    pane.leave_row.click()
    strip = page.acts.strip
    assert isinstance(strip, ConfirmStrip)
    assert strip.act.text() == "保留本单位"
    strip.reason.setText("以许可证为准")
    strip.act.click()
    settle(qtbot, page.desk)
    assert [tab.count for tab in pane.tabs.tabs] == [0, 0, 1, 2, 1]
    settled = [pane.tables[OURS].rows.row_values(place)[2] for place in range(3)]
    assert any("以许可证为准" in str(words) for words in settled)
    pane.tabs.set_current(SAME)
    assert pane.leave_row.text() == "仍接收此行"
    pane.leave_row.click()
    settle(qtbot, page.desk)
    assert [tab.count for tab in pane.tabs.tabs] == [0, 0, 2, 2, 0]


def test_it_is_told_where_nothing_says_which_side_changed_what(
    open_page: Open,
    association: Suite,
    suite_on_sqlite: Suite,
    firms: list[int],
    named: None,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    page = open_page()
    page.acts.receive_from(packet(association, tmp_path / "一.xlsx"))
    settle(qtbot, page.desk)
    page.incoming.take.click()
    settle(qtbot, page.desk)
    with writing(suite_on_sqlite.engine) as connection:
        connection.execute(text("UPDATE core_roster_exchange_row SET said = NULL"))
    rename(association, firms[0], "河北新名律师事务所")
    page.acts.receive_from(packet(association, tmp_path / "二.xlsx"))
    settle(qtbot, page.desk)
    assert "1 行" in page.work.told


def test_what_cannot_be_taken_says_why(
    open_page: Open, association: Suite, qtbot: QtBot, tmp_path: Path, named: None
) -> None:
    # The bureau has not heard of the firm of this lawyer.
    (firm,) = make(association, association.actor(), FIRMS, a_firm(3), on=dt.date(2020, 1, 1))
    lawyer = a_lawyer(1, body_id=firm)
    make(association, association.actor(), LAWYERS, lawyer, on=dt.date(2020, 1, 1))
    page = open_page(LAWYERS)
    page.acts.receive_from(packet(association, tmp_path / "律师.xlsx", LAWYERS))
    settle(qtbot, page.desk)
    table = page.incoming.table
    assert table is page.incoming.tables[HELD]
    assert table.rows.row_values(0)[1] == lawyer["name"]
    assert table.rows.row_values(0)[4]
    assert page.incoming.take.text() == "登记接收"


def test_a_receipt_shows_what_was_held_and_leads_to_the_record(
    open_page: Open,
    suite_on_sqlite: Suite,
    admin: Actor,
    association: Suite,
    named: None,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    (firm,) = make(suite_on_sqlite, admin, FIRMS, a_firm(3), on=dt.date(2020, 1, 1))
    lawyer = a_lawyer(1, body_id=firm)
    (one, _) = make(suite_on_sqlite, admin, LAWYERS, lawyer, a_lawyer(2), on=dt.date(2020, 1, 1))
    sent = packet(suite_on_sqlite, tmp_path / "律师.xlsx", LAWYERS)
    receipt = answered(association, sent, tmp_path / "回执.xlsx", LAWYERS)
    page = open_page(FIRMS)
    assert drop(page, receipt)  # a receipt, and of another roster than is shown
    settle(qtbot, page.desk)
    assert page.kind is not None
    assert page.kind.key == LAWYERS
    assert [tab.count for tab in page.detail.tabs.tabs] == [1, 1, 0]
    assert page.detail.table.rows.row_values(0)[0] == lawyer["name"]
    assert page.detail.table.rows.row_values(0)[1]
    assert page.focusWidget() is page.detail.table
    with qtbot.waitSignal(page.open_wanted) as opened:
        qtbot.keyClick(page.detail.table, Qt.Key.Key_Return)
    assert opened.args == ["record", (LAWYERS, one)]
    page.acts.receipt_from(receipt)
    settle(qtbot, page.desk)
    assert "已经收取" in page.work.told


def test_a_file_that_is_refused_is_told_in_the_page(
    open_page: Open, association: Suite, firms: list[int], qtbot: QtBot, tmp_path: Path
) -> None:
    sent = packet(association, tmp_path / "一.xlsx")
    book = load_workbook(sent)
    book["名册"].cell(row=3, column=3, value="改过的名称")
    book.save(sent)
    page = open_page()
    assert drop(page, sent)
    settle(qtbot, page.desk)
    assert "第 3 行" in page.work.told
    assert page.incoming.incoming is None
    page.acts.receipt_from(tmp_path / "没有.xlsx")
    settle(qtbot, page.desk)
    assert page.work.told


def test_a_changed_signature_is_refused_until_the_old_one_is_given_up(
    open_page: Open,
    association: Suite,
    firms: list[int],
    secrets: MemoryKeyring,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    page = open_page()
    page.acts.receive_from(packet(association, tmp_path / "一.xlsx"))
    settle(qtbot, page.desk)
    page.incoming.take.click()
    settle(qtbot, page.desk)
    secrets.kept.clear()
    second = packet(association, tmp_path / "二.xlsx")
    page.acts.receive_from(second)
    settle(qtbot, page.desk)
    assert "签名" in page.work.told
    page.detail.forget.click()
    strip = page.acts.strip
    assert isinstance(strip, ConfirmStrip)
    strip.reason.setText("已电话核对，换了电脑")
    strip.act.click()
    settle(qtbot, page.desk)
    page.acts.receive_from(second)
    settle(qtbot, page.desk)
    assert page.incoming.tabs.current == SAME


def test_rights_that_lack_are_said_on_the_buttons(open_page: Open, admin: Actor, tmp_path: Path) -> None:
    def without(*actions: str) -> Actor:
        granted = tuple(item for item in admin.granted if not item.permission.endswith(actions))
        return Actor(login=admin.login, name=admin.name, granted=granted)

    page = open_page(actor=without("roster:export", "roster:import", "house:name"))
    assert not drop(page, tmp_path / "一.xlsx")
    for button in (page.send, page.receive, page.receipt, page.house.change):
        assert not button.isEnabled()
        assert "权限" in button.toolTip()
    none = open_page(actor=without("roster:read"))
    assert "权限" in none.empty.sentence.text()
    assert none.chooser.isHidden()
