"""The life line: places, keys, words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sample_pages import TODAY, sample_lanes

from suite.ui.kit.lifeline import LifeLine
from suite.ui.kit.lifeline_data import Mark, spoken_lanes


@pytest.fixture
def life(qtbot: QtBot, light: None) -> LifeLine:
    made = LifeLine()
    qtbot.addWidget(made)
    made.show_lanes(sample_lanes(), TODAY)
    made.resize(1250, made.sizeHint().height())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_axis_runs_from_the_first_entry_to_today(life: LifeLine) -> None:
    assert (life.first_year, life.last_year) == (2012, 2026)


@pytest.mark.parametrize("day", [date(2012, 1, 1), date(2016, 2, 29), date(2020, 12, 31), date(2026, 11, 23)])
def test_places_and_days_fit_together(life: LifeLine, day: date) -> None:
    found = life.day_at(round(life.x_of(day)))
    assert abs((found - day).days) <= 5, "a pixel is about four and a half days"


def test_no_day_after_today_is_picked(life: LifeLine) -> None:
    assert life.day_at(5000) == TODAY
    assert life.day_at(-50) == date(2012, 1, 1)


def test_a_click_on_the_axis_picks_a_day(qtbot: QtBot, life: LifeLine) -> None:
    with qtbot.waitSignal(life.date_picked) as sent:
        spot = QPoint(round(life.x_of(date(2021, 3, 11))), 8)
        QTest.mouseClick(life, Qt.MouseButton.LeftButton, pos=spot)
    assert abs((sent.args[0] - date(2021, 3, 11)).days) <= 5
    assert life.picked == sent.args[0]


def test_keys_walk_open_and_pick(qtbot: QtBot, life: LifeLine) -> None:
    life.setFocus()
    QTest.keyClick(life, Qt.Key.Key_Right)
    assert life.current_entry() is life.lanes[0].spans[1]
    assert "冀司暂〔2017〕3号" in life.accessibleDescription()
    with qtbot.waitSignal(life.date_picked) as picked:
        QTest.keyClick(life, Qt.Key.Key_Space)
    assert picked.args == [date(2017, 3, 1)]
    QTest.keyClick(life, Qt.Key.Key_Down)
    QTest.keyClick(life, Qt.Key.Key_Right)
    with qtbot.waitSignal(life.opened) as opened:
        QTest.keyClick(life, Qt.Key.Key_Return)
    assert opened.args == ["firm:1"]


def test_everything_drawn_is_also_said(life: LifeLine) -> None:
    said = spoken_lanes(life.lanes)
    for words in (
        "执业状态：正常执业 2012-06-18 至 2017-03-01",
        "无记录",
        "训诫 2023-09-02",
        "2024-03-11 起",
    ):
        assert words in said
    assert life.accessibleDescription() == said


def test_words_of_marks_never_overlap(life: LifeLine) -> None:
    for width in (400, 700, 1000, 1250):
        life.resize(width, life.height())
        marks = [mark for mark in life.lanes[3].marks if isinstance(mark, Mark)]
        words = [rect for mark in marks if (rect := life.word_rect(3, mark)) is not None]
        words.sort(key=lambda rect: rect.x())
        for left, right in pairwise(words):
            assert left.right() <= right.x() + 1, width
    assert words


def test_nothing_to_show_is_no_trouble(qtbot: QtBot, light: None) -> None:
    empty = LifeLine()
    qtbot.addWidget(empty)
    empty.show_lanes([], TODAY)
    empty.resize(600, 60)
    empty.show()
    QTest.keyClick(empty, Qt.Key.Key_Right)
    assert empty.current_entry() is None
    assert not empty.grab().isNull()
