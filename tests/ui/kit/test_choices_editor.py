"""The editor of several values: typed, picked, taken out again; what it cannot read it says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from suite.ui.kit.choices_editor import TICKED, ChoicesEditor
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from tests.ui.hands import type_text

CHOICES = (
    Choice("A01", "法医病理鉴定", words="fybl"),
    Choice("A02", "法医临床鉴定", words="fylc"),
    Choice("A0206", "诈伤、诈病、造作伤鉴定"),
)


@pytest.fixture
def editor(qtbot: QtBot, light: None) -> ChoicesEditor:
    made = ChoicesEditor(FieldSpec(key="scope", title="执业类别", kind=FieldKind.CHOICES, choices=CHOICES))
    qtbot.addWidget(made)
    made.resize(420, 28)
    made.show()
    qtbot.waitExposed(made)
    made.line.setFocus()
    return made


def test_a_stored_set_is_shown_in_words_and_read_again(editor: ChoicesEditor) -> None:
    editor.set_value("A01,A0206")
    assert editor.line.text() == "法医病理鉴定、诈伤、诈病、造作伤鉴定"
    assert editor.value() == "A01,A0206"
    editor.set_value(None)
    assert editor.value() is None


def test_typing_narrows_and_enter_adds(editor: ChoicesEditor) -> None:
    editor.set_value("A01")
    editor.line.end(False)
    type_text(editor.line, ",fylc")
    assert [choice.title for choice in editor.drop.choices] == ["法医临床鉴定"]
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == "A01,A02"
    assert [choice.note for choice in editor.drop.choices] == [TICKED, TICKED, ""]


def test_picking_again_takes_out(editor: ChoicesEditor) -> None:
    editor.set_value("A01,A02")
    QTest.keyClick(editor.line, Qt.Key.Key_Down)
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == "A02"


def test_what_names_nothing_is_said(editor: ChoicesEditor) -> None:
    type_text(editor.line, "法医临床鉴定、占卜")
    with pytest.raises(ValueError, match="占卜"):
        editor.value()


def test_a_value_that_has_left_the_list_is_kept(editor: ChoicesEditor) -> None:
    editor.set_value("A02,X12")
    assert editor.value() == "A02,X12"
