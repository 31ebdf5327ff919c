"""History: as of a day, corrections, voided entries, licence decisions, looks at masked values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from suite.contract.states import StateKind
from suite.ui.kit.columns import DiffValue
from suite.ui.kit.lifeline_data import SpanLook
from suite.ui.pages.record.page import RecordPage
from tests.ui.pages.record.conftest import Office, settle, type_into

Open = Callable[..., RecordPage]


def test_the_life_line_tells_states_bodies_and_events(office: Office, open_page: Open) -> None:
    page = open_page(office.ids["lawyer"])
    lanes = {lane.title: lane for lane in page.view.life.lanes}
    assert list(lanes) == ["执业状态", "执业机构", "事件"]
    status = [(span.start, span.end, span.text, span.look) for span in lanes["执业状态"].spans]
    assert status == [
        (dt.date(2012, 6, 18), dt.date(2017, 2, 28), "正常执业", SpanLook.STATE),
        (dt.date(2017, 3, 1), dt.date(2018, 1, 19), "停止执业", SpanLook.GAP),
        (dt.date(2018, 1, 20), None, "正常执业", SpanLook.STATE),
    ]
    bodies = [(span.start, span.text, span.strong) for span in lanes["执业机构"].spans]
    assert bodies[-1] == (dt.date(2024, 3, 11), "河北澄一律师事务所", True)
    marks = {mark.day: (mark.text, mark.kind) for mark in lanes["事件"].marks}
    assert marks[dt.date(2018, 1, 20)] == ("正常执业、变更执业机构", StateKind.OK)
    assert marks[dt.date(2012, 6, 18)][0] == "颁证"


def test_a_picked_day_shows_the_record_of_then_and_keeps_edits(
    office: Office, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "email", "wang@cyls.example")
    page.view.life.pick(dt.date(2017, 6, 1))
    settle(qtbot, page)
    assert page._bars["past"].notice.text == "您正在查看 2017-06-01 的档案"
    past = page.view.body.currentWidget()
    assert past is page.view.past
    assert past.form.rows["body_id"].stored == "河北太行律师事务所"
    assert past.form.rows["status"].stored == "停止执业"
    assert past.edits() == {}
    assert page.view.head.chip.state.word == "停止执业"
    assert not page.view.head.change.isEnabled()
    assert page.step_back()
    assert page.view.body.currentWidget() is page.view.pane
    assert page.view.pane.edits() == {"email": "wang@cyls.example"}
    assert page.view.head.chip.state.word == "正常执业"


def test_a_post_is_corrected_with_a_reason(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    page.view.tabs.set_current("history")
    page.view.tables.pane("history").table.select_row(0)
    page.view.tables.pane("history").correct.click()
    strip = page.acts.strip
    strip.submit()
    assert strip.form.rows["reason"].problem
    type_into(page, "from_date", "2024-05-06", form=strip.form)
    type_into(page, "reason", "录入日期有误", form=strip.form)
    strip.submit()
    settle(qtbot, page)
    standing = [post for post in page.loaded.file.posts if post.void_reason is None]
    assert [post.from_date for post in standing][-1] == dt.date(2024, 5, 6)
    voided = next(post for post in page.loaded.file.posts if post.void_reason)
    assert voided.void_reason == "录入日期有误"
    cells = [page.view.tables.pane("history").model.row_values(row)[1] for row in range(4)]
    assert DiffValue("已作废", "河北澄一律师事务所") in cells
    texts = [change.text for change in page.loaded.trace[0].changes]
    assert "作废执业机构“河北澄一律师事务所”（2024-03-11 起），事由：录入日期有误" in texts
    assert "执业机构自 2024-05-06 起为“河北澄一律师事务所”" in texts


def test_a_decision_is_recorded_and_voided(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    page.acts.ask_licence()
    form = page.acts.strip.form
    type_into(page, "state", "停止执业", form=form)
    type_into(page, "on_date", "2026-10-09", form=form)
    type_into(page, "document_no", "石司罚决字〔2026〕9号", form=form)
    page.acts.submit()
    settle(qtbot, page)
    assert page.acts.strip is None
    assert page.view.head.chip.state.word == "停止执业"
    page.view.tabs.set_current("licences")
    page.view.tables.pane("licences").table.select_row(0)
    page.view.tables.pane("licences").void.click()
    page.acts.strip.reason.setText("文书撤销")
    page.acts.submit()
    settle(qtbot, page)
    assert page.view.head.chip.state.word == "正常执业"
    row = page.view.tables.pane("licences").model.row_values(0)
    assert row[1] == DiffValue("已作废", "停止执业")
    assert row[-1] == "文书撤销"
    page.view.tables.pane("licences").table.select_row(0)
    assert not page.view.tables.pane("licences").void.isEnabled()


def test_a_look_at_a_masked_value_is_logged_and_passes(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    editor = page.view.pane.form.rows["phone"].editor
    editor.eye.click()
    QTest.keyClicks(editor.strip.line, "hs")
    editor.strip.line.setText("核实投诉")
    editor.strip.show_button.click()
    settle(qtbot, page)
    assert editor.text.text() == "13812345207"
    assert page.view.head.masked["phone"][0].text.text() == "138****5207"
    line = page.loaded.trace[0]
    assert (line.act, line.reason, line.who) == ("查看完整联系电话", "核实投诉", "系统管理员")
    assert page.view.tables.pane("trace").model.row_values(0)[4] == "核实投诉"
    editor.conceal()
    assert editor.text.text() == "138****5207"


def test_the_head_reveals_in_its_own_place(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    fact = page.view.head.masked["id_number"][0]
    fact.eye.click()
    fact.strip.line.setText("核实身份")
    fact.strip.show_button.click()
    settle(qtbot, page)
    assert fact.text.text().startswith("13010219850412")
    assert "*" in page.view.pane.form.rows["id_number"].editor.text.text()


def test_the_trace_speaks_in_titles_and_hides_secrets(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "phone", "13912344520")
    type_into(page, "education", "博士研究生")
    page.save()
    settle(qtbot, page)
    texts = [change.text for change in page.loaded.trace[0].changes]
    assert texts == ["学历由“硕士研究生”改为“博士研究生”", "身份证号、联系电话一栏已更改（内容另存）"]
    assert page.loaded.trace[-1].act == "新增律师档案"
    everything = str(page.loaded.trace)
    assert "13912344520" not in everything
    assert "13812345207" not in everything


def test_members_open_their_records(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["firm2"], "lawyers.law_firm")
    page.view.tabs.set_current("members")
    settle(qtbot, page)
    names = [page.view.tables.pane("members").model.row_values(row)[0] for row in range(2)]
    assert names == ["李晓梅", "王志远"]
    with qtbot.waitSignal(page.open_wanted) as wanted:
        page.view.tables.pane("members").table.setFocus()
        QTest.keyClick(page.view.tables.pane("members").table, Qt.Key.Key_Return)
    assert wanted.args == ["record", ("lawyers.lawyer", office.ids["other"])]


def test_a_link_opens_the_body(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    with qtbot.waitSignal(page.open_wanted) as wanted:
        page.view.pane.form.link_clicked.emit("body_id")
    assert wanted.args == ["record", ("lawyers.law_firm", office.ids["firm2"])]
