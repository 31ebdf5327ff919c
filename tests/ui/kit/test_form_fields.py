"""Forms: reading typed values, changes, problems, choices, masks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import pytest
from hands import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sample_pages import FORM, VALUES

from suite.ui.kit.editors import ChoiceEditor, LinkEditor, TextEditor
from suite.ui.kit.fields import Choice, Deliver, FieldKind, FieldSpec, matching, read_date, read_number
from suite.ui.kit.form import Form, SectionSpec
from suite.ui.kit.masked import MaskedEditor
from suite.ui.kit.theme import theme


@pytest.fixture
def form(qtbot: QtBot, light: None) -> Iterator[Form]:
    window = QWidget()
    made = Form(FORM)
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    made.set_values(VALUES)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield made
    window.close()  # and lives until here


def text_of(form: Form, key: str) -> TextEditor:
    editor = form.rows[key].editor
    assert isinstance(editor, TextEditor)
    return editor


def type_into(form: Form, key: str, text: str) -> None:
    line = text_of(form, key).line
    line.setFocus()
    line.selectAll()
    type_text(line, text)


@pytest.mark.parametrize(
    "text",
    ["2021-3-5", "2021.3.5", "2021/03/05", "2021年3月5日", "20210305", " 2021．3．5 ", "２０２１-０３-０５"],
)
def test_dates_are_read_in_any_usual_writing(text: str) -> None:
    assert read_date(text) == date(2021, 3, 5)


@pytest.mark.parametrize("text", ["2021-13-05", "2021-02-30", "5.3.2021", "昨天", "2021", "202103"])
def test_other_dates_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="请改正"):
        read_date(text)


def test_numbers_are_read_with_separators_and_bounded_places() -> None:
    assert read_number("1,234.50", 2) == Decimal("1234.50")
    assert read_number("−3", 0) == -3
    for text, places in (("1.234", 2), ("1.0", 0), ("abc", 2), ("NaN", 2), ("Infinity", 2)):
        with pytest.raises(ValueError, match="请改正"):
            read_number(text, places)


def test_nothing_is_changed_after_loading(form: Form) -> None:
    assert form.changes() == {}
    assert form.changed_count() == 0
    assert form.problem_count() == 0


def test_typing_is_a_change_with_the_old_value_shown(form: Form) -> None:
    counts: list[int] = []
    form.changed.connect(counts.append)
    type_into(form, "address", "新址")
    assert form.changes() == {"address": "新址"}
    assert counts[-1] == 1
    row = form.rows["address"]
    assert text_of(form, "address").line.property("edge") == "changed"
    assert "长安区中山东路 188 号 9 层" in text_of(form, "address").line.accessibleDescription()
    type_into(form, "address", "长安区中山东路 188 号 9 层")
    assert not row.is_changed()
    assert form.changes() == {}


def test_an_emptied_field_is_a_change_to_none(form: Form) -> None:
    line = text_of(form, "mail").line
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    assert form.changes() == {"mail": None}


def test_a_date_is_judged_on_leaving_the_field(form: Form) -> None:
    type_into(form, "born", "1985.13.1")
    assert form.rows["born"].problem == "", "not while typing"
    text_of(form, "phone").line.setFocus()
    assert "13 月" in form.rows["born"].problem
    assert form.changes() == {}
    assert form.changed_count() == 1, "what was typed is not lost"
    type_into(form, "born", "1985.12.1")
    text_of(form, "phone").line.setFocus()
    assert form.rows["born"].problem == ""
    assert text_of(form, "born").line.text() == "1985-12-01"
    assert form.changes() == {"born": date(1985, 12, 1)}


def test_problems_stand_beside_their_fields_and_the_first_gets_the_keyboard(form: Form) -> None:
    rest = form.set_problems({"phone": "手机号应为 11 位", "mail": "格式不对", "other": "不在此页"})
    assert rest == {"other": "不在此页"}
    assert form.problem_count() == 2
    assert form.focus_first_problem()
    assert text_of(form, "phone").line.hasFocus()
    assert text_of(form, "phone").line.property("edge") == "bad"
    type_text(text_of(form, "phone").line, "1")
    assert form.rows["phone"].problem == "", "the message goes when one corrects"
    form.set_problems({})
    assert form.problem_count() == 0
    assert not form.focus_first_problem()


def test_required_fields_are_checked(form: Form) -> None:
    text_of(form, "phone").line.clear()
    assert not form.check()
    assert form.rows["phone"].problem == "手机必填，请补齐"


def test_revert_takes_all_back(form: Form) -> None:
    type_into(form, "address", "别处")
    form.set_problems({"mail": "格式不对"})
    form.revert()
    assert form.changes() == {}
    assert form.problem_count() == 0
    assert text_of(form, "address").line.text() == VALUES["address"]


def test_enter_goes_to_the_next_field(form: Form) -> None:
    type_into(form, "phone", "139")
    QTest.keyClick(text_of(form, "phone").line, Qt.Key.Key_Return)
    assert text_of(form, "mail").line.hasFocus()


def test_a_choice_is_found_by_title_or_initials(form: Form) -> None:
    editor = form.rows["party"].editor
    assert isinstance(editor, ChoiceEditor)
    assert editor.value() == "1"
    editor.line.setFocus()
    editor.line.selectAll()
    type_text(editor.line, "mmm")
    assert [choice.title for choice in editor.drop.choices] == ["民盟盟员"]
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == "3"
    assert form.changes() == {"party": "3"}
    editor.line.selectAll()
    type_text(editor.line, "无此项")
    with pytest.raises(ValueError, match="从列表中选择"):
        editor.value()


def test_a_choice_can_be_picked_by_arrow_keys(form: Form) -> None:
    editor = form.rows["party"].editor
    assert isinstance(editor, ChoiceEditor)
    editor.line.setFocus()
    QTest.keyClick(editor.line, Qt.Key.Key_Down)
    assert editor.drop.isVisible()
    assert editor.drop.current is not None
    assert editor.drop.current.value == "1"
    QTest.keyClick(editor.line, Qt.Key.Key_Down)
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == "2"
    QTest.keyClick(editor.line, Qt.Key.Key_Down)
    QTest.keyClick(editor.line, Qt.Key.Key_Escape)
    assert not editor.drop.isVisible()


def test_a_value_outside_the_list_is_kept(qtbot: QtBot, light: None) -> None:
    editor = ChoiceEditor(
        FieldSpec(key="c", title="类别", kind=FieldKind.CHOICE, choices=(Choice("a", "甲"),))
    )
    qtbot.addWidget(editor)
    editor.set_value("旧码")
    assert editor.value() == "旧码"


def test_matching_puts_beginnings_first() -> None:
    choices = [Choice(1, "河北正定"), Choice(2, "正定县"), Choice(3, "赵县", words="zx")]
    assert [c.value for c in matching(choices, "正定")] == [2, 1]
    assert [c.value for c in matching(choices, "ZX")] == [3]
    assert len(matching(choices, " ")) == 3


def test_a_late_answer_does_not_replace_a_newer_one(qtbot: QtBot, light: None) -> None:
    asked: list[tuple[str, Deliver]] = []

    def complete(text: str, deliver: Deliver) -> None:
        asked.append((text, deliver))

    spec = FieldSpec(key="firm", title="执业机构", kind=FieldKind.LINK, complete=complete)
    window = QWidget()
    editor = LinkEditor(spec)
    QVBoxLayout(window).addWidget(editor)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    editor.line.setFocus()
    qtbot.waitUntil(editor.line.hasFocus)
    type_text(editor.line, "1")
    type_text(editor.line, "2")
    assert [text for text, _ in asked] == ["1", "12"]
    answers: Sequence[Choice] = [Choice(5, "12 号所")]
    asked[1][1](answers)
    asked[0][1]([Choice(9, "1 号所")])
    assert [choice.value for choice in editor.drop.choices] == [5]
    with pytest.raises(ValueError, match="没有选定"):
        editor.value()
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == Choice(5, "12 号所")


def test_a_masked_value_asks_for_a_reason_before_it_is_shown(qtbot: QtBot, form: Form) -> None:
    editor = form.rows["id"].editor
    assert isinstance(editor, MaskedEditor)
    assert editor.text.text() == "130102********2417"
    QTest.mouseClick(editor.eye, Qt.MouseButton.LeftButton)
    assert editor.strip.isVisible()
    editor.strip.line.clear()
    QTest.mouseClick(editor.strip.show_button, Qt.MouseButton.LeftButton)
    assert editor.text.text() == "130102********2417", "no reason, no look"
    type_text(editor.strip.line, "hsts")
    with qtbot.waitSignal(form.reveal_wanted) as sent:
        QTest.mouseClick(editor.strip.show_button, Qt.MouseButton.LeftButton)
    assert sent.args == ["id", "hsts"]
    form.reveal("id", "130102198504122417")
    assert editor.text.text() == "130102198504122417"
    editor.conceal()
    assert editor.text.text() == "130102********2417"
    assert form.changes() == {}


def test_a_masked_value_can_be_typed_anew(qtbot: QtBot, light: None) -> None:
    spec = FieldSpec(key="phone", title="手机", kind=FieldKind.MASKED)
    form = Form([SectionSpec(title="", fields=(spec,))])
    qtbot.addWidget(form)
    form.show()
    form.set_values({"phone": "138****5207"})
    editor = form.rows["phone"].editor
    assert isinstance(editor, MaskedEditor)
    QTest.mouseClick(editor.retype, Qt.MouseButton.LeftButton)
    type_text(editor.line, "13900000000")
    assert form.changes() == {"phone": "13900000000"}
    QTest.mouseClick(editor.retype, Qt.MouseButton.LeftButton)
    assert form.changes() == {}


def test_one_column_where_there_is_no_room_for_two(form: Form) -> None:
    def places() -> int:
        tops = {form.rows[key].geometry().x() for key in ("phone", "mail")}
        return len(tops)

    assert places() == 2
    form.window().resize(1100, 900)
    QTest.qWait(20)
    assert places() == 1
    form.window().resize(1440, 900)
    QTest.qWait(20)
    assert places() == 2
    theme().apply(scale=125)
    QTest.qWait(20)
    assert places() == 1


def test_every_input_has_a_name(form: Form) -> None:
    for key, row in form.rows.items():
        target = row.editor.focusProxy() or row.editor
        assert target.accessibleName(), key
