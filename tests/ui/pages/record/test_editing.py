"""Editing one record: save, refusals all at once, warnings, nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from suite.contract.commands import Actor, Granted
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.executor.executor import Bug
from suite.ui.desk import Desk
from suite.ui.kit.fields import FieldKind
from suite.ui.kit.line import CANDIDATE_ENTER_MS
from suite.ui.kit.typed import Unread
from suite.ui.pages.record.page import RecordPage
from tests.ui.hands import type_text
from tests.ui.pages.record.conftest import Office, open_suite, settle, type_into

Open = Callable[..., RecordPage]


def test_an_edit_is_saved_and_shown_again(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "email", "wang@cyls.example")
    assert page.has_unsaved()
    assert page.view.bar.count.text() == "1 处修改未保存"
    page.save()
    settle(qtbot, page)
    assert office.values(office.ids["lawyer"])["email"] == "wang@cyls.example"
    assert not page.has_unsaved()
    assert page.view.pane.form.rows["email"].stored == "wang@cyls.example"


def test_only_changed_fields_are_sent(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    office.change(office.ids["lawyer"], office_address="中山东路 188 号 12 层")
    type_into(page, "email", "wang@cyls.example")
    page.save()
    settle(qtbot, page)
    now = office.values(office.ids["lawyer"])
    assert (now["email"], now["office_address"]) == ("wang@cyls.example", "中山东路 188 号 12 层")


def test_all_problems_stand_beside_their_fields_at_once(
    office: Office, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "email", "wang@")
    type_into(page, "phone", "1381234520")
    type_into(page, "status_on", "2026-13-40")
    page.save()
    settle(qtbot, page)
    rows = page.view.pane.form.rows
    assert rows["status_on"].problem.startswith("没有 2026 年 13 月")
    assert "11 位" in rows["phone"].problem
    assert "电子邮箱" in rows["email"].problem
    assert page.view.bar.problems.text() == "3 处有误，改正后才能保存"
    first = next(row for row in rows.values() if row.problem)
    assert page.focusWidget() is first.editor.focusProxy()
    assert office.values(office.ids["lawyer"])["email"] is None
    assert page.view.pane.edits()["email"] == "wang@"


def test_text_that_cannot_be_read_is_told_and_nothing_is_written(
    office: Office, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "status_on", "去年")
    type_into(page, "languages", "英语")
    page.save()
    settle(qtbot, page)
    assert page.view.bar.problems.text() == "1 处有误，改正后才能保存"
    assert "failure" not in page._bars
    assert office.values(office.ids["lawyer"])["languages"] is None
    assert page.view.pane.edits() == {"status_on": Unread(text="去年"), "languages": "英语"}


def test_facts_of_a_licence_are_text_and_editors_in_a_new_record(office: Office, open_page: Open) -> None:
    page = open_page(office.ids["lawyer"])
    spec = page.view.pane.form.rows["category"].spec
    assert spec.kind is FieldKind.READONLY
    assert "变更登记" in spec.fixed_note
    new = open_page(None)
    assert new.view.pane.form.rows["category"].spec.kind is FieldKind.CHOICE


def test_a_new_record_becomes_the_page_of_that_record(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(None, "lawyers.employer_unit")
    arguments: list[object] = []
    page.argument_changed.connect(arguments.append)
    page.save()
    settle(qtbot, page)
    assert page.subject_id is None  # nothing typed, nothing sent
    type_into(page, "address", "裕华东路 77 号")
    page.save()
    settle(qtbot, page)
    assert "不能为空" in page.view.pane.form.rows["name"].problem
    type_into(page, "name", "石家庄市水务集团")
    page.save()
    settle(qtbot, page)
    assert page.subject_id is not None
    assert arguments == [("lawyers.employer_unit", page.subject_id)]
    assert page.title == "石家庄市水务集团 · 用人单位"
    assert office.values(page.subject_id)["address"] == "裕华东路 77 号"
    assert not page.has_unsaved()


def test_text_typed_while_saving_stays(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "email", "wang@cyls.example")
    page.save()
    type_into(page, "languages", "英语")
    settle(qtbot, page)
    assert page.view.pane.edits() == {"languages": "英语"}
    assert office.values(office.ids["lawyer"])["email"] == "wang@cyls.example"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            refuse("database.unavailable", "数据库暂时无法访问。", ProblemKind.UNAVAILABLE),
            "数据库暂时无法访问。",
        ),
        (refuse("not_permitted", "您没有权限。", ProblemKind.NOT_PERMITTED), "您没有权限。"),
        (Bug("AB12CD34"), "AB12CD34"),
    ],
)
def test_a_failure_is_told_with_retry_and_keeps_the_text(
    office: Office,
    open_page: Open,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    told: str,
) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "email", "wang@cyls.example")
    with monkeypatch.context() as patch:

        def fail(*args: object, **more: object) -> None:
            raise error

        patch.setattr(office.suite.executor, "run", fail)
        page.save()
        settle(qtbot, page)
    bar = page._bars["failure"]
    assert told in bar.notice.text
    assert page.view.pane.edits() == {"email": "wang@cyls.example"}
    assert bar.notice.buttons[0][0] == "重试"
    bar.buttons[0].click()
    settle(qtbot, page)
    assert office.values(office.ids["lawyer"])["email"] == "wang@cyls.example"


def test_closing_saves_first(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "email", "wang@cyls.example")
    with qtbot.waitSignal(page.may_close):
        page.save_then_close()
    settle(qtbot, page)
    assert office.values(office.ids["lawyer"])["email"] == "wang@cyls.example"


def test_closing_stays_open_when_the_save_is_refused(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "email", "wang@")
    with qtbot.assertNotEmitted(page.may_close, wait=50):
        page.save_then_close()
        settle(qtbot, page)
    assert page.view.pane.form.rows["email"].problem


def test_states_of_a_page_without_a_record(office: Office, open_page: Open, qtbot: QtBot) -> None:
    assert "没有这份档案" in open_page(999_999).message
    nobody = Desk(office.suite, Actor(login="x", name="某人"))
    assert "权限" in open_page(office.ids["lawyer"], desk=nobody).message
    assert "权限" in open_page(None, desk=nobody).message
    nobody.close()
    elsewhere = replace(office.actor.granted[0].scope, districts=frozenset({"130104"}))
    far = Actor(login="y", name="外区", granted=(Granted(permission="lawyers:roster:read", scope=elsewhere),))
    desk = Desk(office.suite, far)
    assert "管理范围" in open_page(office.ids["lawyer"], desk=desk).message
    desk.close()
    bare = open_suite(office.home, points=[])
    desk = Desk(bare, bare.actor())
    assert "插件未启用" in open_page(office.ids["lawyer"], desk=desk).message
    desk.close()
    bare.engine.dispose()


def test_readers_see_no_editors(office: Office, open_page: Open, qtbot: QtBot) -> None:
    scope = office.actor.granted[0].scope
    reader = Actor(login="r", name="读者", granted=(Granted(permission="lawyers:roster:read", scope=scope),))
    desk = Desk(office.suite, reader)
    page = open_page(office.ids["lawyer"], desk=desk)
    kinds = {row.spec.kind for row in page.view.pane.form.rows.values()}
    assert kinds == {FieldKind.READONLY, FieldKind.MASKED}
    assert not page.view.head.change.isEnabled()
    assert "权限" in page.view.head.change.toolTip()
    assert not page.view.head.masked["phone"][0].eye.isEnabled()
    desk.close()


def test_the_link_field_finds_bodies_by_initials(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(None)
    editor = page.view.pane.form.rows["body_id"].editor
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "hbcy")
    qtbot.waitUntil(lambda: bool(editor.drop.choices))
    assert [choice.title for choice in editor.drop.choices] == ["河北澄一律师事务所"]
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert page.view.pane.edits()["body_id"].value == office.ids["firm2"]


def test_another_page_of_the_desk_reloads_or_is_told(office: Office, open_page: Open, qtbot: QtBot) -> None:
    first = open_page(office.ids["lawyer"])
    second = open_page(office.ids["lawyer"], desk=first.desk)
    type_into(first, "email", "wang@cyls.example")
    first.save()
    settle(qtbot, first)
    assert second.view.pane.form.rows["email"].stored == "wang@cyls.example"
    type_into(second, "languages", "英语")
    type_into(first, "job_title", "主任")
    first.save()
    settle(qtbot, first)
    assert "另一处已保存" in second._bars["elsewhere"].notice.text
    second._bars["elsewhere"].buttons[0].click()
    settle(qtbot, second)
    assert second.view.pane.edits() == {"languages": "英语"}
    assert second.view.pane.form.rows["job_title"].stored == "主任"


def test_neighbours_are_shown_in_the_same_page(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    page.set_neighbours([office.ids["lawyer"], office.ids["other"]])
    page.neighbours.step(1)
    settle(qtbot, page)
    assert page.subject_id == office.ids["other"]
    assert page.title == "李晓梅 · 律师"
    type_into(page, "email", "li@cyls.example")
    page.neighbours.step(-1)
    assert page.subject_id == office.ids["other"]
    assert "未保存" in page._bars["step"].notice.text
    page._bars["step"].buttons[1].click()
    settle(qtbot, page)
    assert page.subject_id == office.ids["lawyer"]
    assert page.view.pane.edits() == {}


def test_effective_dates_are_not_in_the_future(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    page.acts.ask_change("category")
    strip = page.acts.strip
    type_into(page, "category", "兼职律师", form=strip.form)
    type_into(page, "effective_on", "2027-01-01", form=strip.form)
    type_into(page, "reason", "转为兼职", form=strip.form)
    strip.submit()
    settle(qtbot, page)
    assert "不能晚于今天" in strip.form.rows["effective_on"].problem
    type_into(page, "effective_on", "2025-09-01", form=strip.form)
    strip.submit()
    settle(qtbot, page)
    assert page.acts.strip is None
    assert office.values(office.ids["lawyer"])["category"] == "part_time"
    line = next(line for line in page.loaded.file.dated if line.value == "part_time")
    assert line.from_date == dt.date(2025, 9, 1)
    assert page.loaded.trace[0].reason == "转为兼职"


class Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_nothing_flashes_as_a_window_of_its_own(office: Office, open_page: Open, qtbot: QtBot) -> None:
    windows = Windows()
    QApplication.instance().installEventFilter(windows)
    page = open_page(office.ids["lawyer"])
    page.acts.ask_change("category")
    page.past.show(dt.date(2021, 3, 11))
    settle(qtbot, page)
    page.past.leave()
    new = open_page(None)
    QApplication.instance().removeEventFilter(windows)
    assert windows.shown == [page, new]


def test_a_clerk_edits_and_saves_by_keyboard_alone(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    keys = {command.key: command.run for command in page.commands() if command.key}
    keys["F2"]()
    assert page.focusWidget() is page.view.pane.form.rows["ethnicity"].editor.focusProxy()
    type_text(page.focusWidget(), "汉族")
    qtbot.wait(CANDIDATE_ENTER_MS + 30)  # the Enter that takes a candidate is not Enter
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert page.focusWidget() is page.view.pane.form.rows["political_status"].editor.focusProxy()
    page.focusWidget().selectAll()
    QTest.keyClicks(page.focusWidget(), "qz")
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    keys["Ctrl+S"]()
    settle(qtbot, page)
    now = office.values(office.ids["lawyer"])
    assert (now["ethnicity"], now["political_status"]) == ("汉族", "none")
    page.view.life.setFocus()
    QTest.keyClick(page.view.life, Qt.Key.Key_Right)
    QTest.keyClick(page.view.life, Qt.Key.Key_Space)
    settle(qtbot, page)
    assert page.past.day == dt.date(2017, 3, 1)
    assert page.step_back()
    page.view.tabs.setFocus()
    QTest.keyClick(page.view.tabs, Qt.Key.Key_Right)
    assert page.view.body.currentWidget() is page.view.tables.pane("history")
