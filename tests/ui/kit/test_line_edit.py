"""Input methods: nothing is sent while a word is being composed."""

from __future__ import annotations

import pytest
from hands import compose
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from suite.ui.kit.line import TYPING_PAUSE_MS, LineEdit


@pytest.fixture
def line(qtbot: QtBot) -> LineEdit:
    made = LineEdit(name="查找")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def test_letters_settle_after_a_pause(qtbot: QtBot, line: LineEdit) -> None:
    sent: list[str] = []
    line.settled.connect(sent.append)
    QTest.keyClicks(line, "wzy")
    assert sent == []
    qtbot.waitUntil(lambda: bool(sent))
    assert sent == ["wzy"]


def test_digits_settle_at_once(line: LineEdit) -> None:
    sent: list[str] = []
    line.settled.connect(sent.append)
    QTest.keyClicks(line, "113")
    assert sent == ["1", "11", "113"]


def test_nothing_is_sent_while_composing(qtbot: QtBot, line: LineEdit) -> None:
    sent: list[str] = []
    line.settled.connect(sent.append)
    compose(line, "wang")
    assert line.composing
    qtbot.wait(TYPING_PAUSE_MS + 100)
    assert sent == []
    compose(line, "", "王")
    assert not line.composing
    assert sent == []
    qtbot.waitUntil(lambda: sent == ["王"])


def test_composing_again_stops_the_pause(qtbot: QtBot, line: LineEdit) -> None:
    sent: list[str] = []
    line.settled.connect(sent.append)
    compose(line, "", "王")
    compose(line, "zhi")
    qtbot.wait(TYPING_PAUSE_MS + 100)
    assert sent == []
    compose(line, "", "志")
    qtbot.waitUntil(lambda: sent == ["王志"])


def test_the_enter_of_a_candidate_is_not_enter(qtbot: QtBot, line: LineEdit) -> None:
    entered: list[bool] = []
    line.entered.connect(lambda: entered.append(True))
    compose(line, "wang")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert entered == []
    compose(line, "", "王")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert entered == [], "some input methods pass the key on a moment after the text"
    qtbot.wait(80)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert entered == [True]


def test_enter_does_not_wait_for_the_pause(line: LineEdit) -> None:
    sent: list[str] = []
    line.settled.connect(sent.append)
    QTest.keyClicks(line, "li")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert sent == ["li"]


def test_text_put_in_by_the_program_is_not_sent(qtbot: QtBot, line: LineEdit) -> None:
    sent: list[str] = []
    line.settled.connect(sent.append)
    line.set_quietly("河北")
    qtbot.wait(TYPING_PAUSE_MS + 100)
    assert sent == []
    assert line.text() == "河北"
