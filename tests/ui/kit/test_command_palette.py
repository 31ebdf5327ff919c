"""The palette: groups, scopes, late answers, commands, keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hands import compose, type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from suite.ui.kit.palette import Palette
from suite.ui.kit.palette_results import Deliver, Hit, command_hits

COMMANDS = [
    Hit(group="command", title="转到名册", words="mc roster"),
    Hit(group="command", title="导出", words="dc", remark="Ctrl+E"),
]


class Asked:
    """Searches that wait for their answers."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, Deliver]] = []

    def __call__(self, text: str, scope: str, deliver: Deliver) -> None:
        self.calls.append((text, scope, deliver))


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def palette(qtbot: QtBot, light: None, asked: Asked) -> Iterator[Palette]:
    window = QWidget()
    window.resize(1200, 700)
    line = QLineEdit()
    QVBoxLayout(window).addWidget(line)
    made = Palette(window, asked, COMMANDS)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    line.setFocus()
    made.open()
    yield made
    window.close()


def titles(palette: Palette) -> list[str]:
    return [hit.title for hit in palette.results.hits]


def test_answers_come_in_groups_and_old_ones_are_dropped(palette: Palette, asked: Asked) -> None:
    type_text(palette.line, "1")
    type_text(palette.line, "2")
    assert [call[:2] for call in asked.calls] == [("1", "all"), ("12", "all")]
    asked.calls[1][2]([Hit(group="case", title="12号案"), Hit(group="person", title="王12")])
    asked.calls[0][2]([Hit(group="person", title="旧答案")])
    assert titles(palette) == ["王12", "12号案"], "people before cases"


def test_nothing_is_asked_while_composing(palette: Palette, asked: Asked) -> None:
    compose(palette.line, "wang")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert asked.calls == []
    assert palette.isVisible()


def test_commands_are_found_by_title_and_words(palette: Palette, asked: Asked) -> None:
    type_text(palette.line, ">")
    palette.line.flush()
    assert titles(palette) == ["转到名册", "导出"]
    type_text(palette.line, "dc")
    palette.line.flush()
    assert titles(palette) == ["导出"]
    assert asked.calls == [], "commands are matched here"


def test_the_matched_part_of_a_command_is_known() -> None:
    assert command_hits(COMMANDS, "名册")[0].match == ((2, 2),)
    assert command_hits(COMMANDS, "没有") == []


def test_tab_changes_the_scope(palette: Palette, asked: Asked) -> None:
    type_text(palette.line, "7")
    QTest.keyClick(palette.line, Qt.Key.Key_Tab)
    assert asked.calls[-1][:2] == ("7", "person")
    QTest.keyClick(palette.line, Qt.Key.Key_Backtab)
    assert asked.calls[-1][:2] == ("7", "all")


@pytest.mark.parametrize("new_tab", [False, True])
def test_arrows_and_enter_choose(qtbot: QtBot, palette: Palette, asked: Asked, new_tab: bool) -> None:
    type_text(palette.line, "3")
    asked.calls[0][2]([Hit(group="person", title=str(n), value=n) for n in range(20)])
    for _ in range(14):
        QTest.keyClick(palette.line, Qt.Key.Key_Down)
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(palette.chosen) as sent:
        QTest.keyClick(
            palette.line, Qt.Key.Key_Return, control if new_tab else Qt.KeyboardModifier.NoModifier
        )
    assert sent.args[0].value == 14
    assert sent.args[1] is new_tab
    assert not palette.isVisible()


def test_escape_gives_the_keyboard_back(palette: Palette) -> None:
    before = palette.parentWidget().findChild(QLineEdit)
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert before is not None
    assert before.hasFocus()


def test_a_click_beside_closes_and_late_answers_do_not_open(palette: Palette, asked: Asked) -> None:
    type_text(palette.line, "5")
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(20, 600))
    asked.calls[0][2]([Hit(group="person", title="迟到")])
    assert not palette.isVisible()
    assert titles(palette) != ["迟到"]


def test_enter_before_the_answer_opens_what_was_typed(palette: Palette, asked: Asked, qtbot: QtBot) -> None:
    type_text(palette.line, "1")
    asked.calls[0][2]([Hit(group="person", title="旧答案", value="old")])
    type_text(palette.line, "2")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible(), "the hits in sight belong to the older text"
    with qtbot.waitSignal(palette.chosen) as sent:
        asked.calls[1][2]([Hit(group="person", title="新答案", value="new")])
    assert sent.args[0].value == "new"


def test_only_what_can_be_found_has_a_scope(palette: Palette, asked: Asked) -> None:
    palette.set_groups({"person", "body"})
    assert [tab.title for tab in palette.scopes.tabs] == ["全部", "人员", "机构", "命令"]
    type_text(palette.line, "7")
    QTest.keyClick(palette.line, Qt.Key.Key_Backtab)
    assert palette.scopes.current == "command", "round by the scopes that there are"


def test_nothing_found_says_so(palette: Palette, asked: Asked) -> None:
    type_text(palette.line, "9")
    asked.calls[0][2]([])
    assert palette.results.message == "没有找到“9”"
