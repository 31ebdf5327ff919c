"""The filter bar: values as a plain dict, panels, what finds no room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hands import compose, type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from suite.ui.kit.filter_panels import ChoicePanel, DatesPanel, FilterKind, FilterSpec, Offer, Option
from suite.ui.kit.filters import FilterBar
from suite.ui.kit.line import TYPING_PAUSE_MS

DISTRICTS = tuple(Option(f"d{n}", f"第{n}区", n * 10, words=f"d{n}q") for n in range(12))
SPECS = (
    FilterSpec(key="district", title="区县", options=DISTRICTS),
    FilterSpec(key="category", title="类别", options=(Option("full", "专职"), Option("part", "兼职"))),
    FilterSpec(key="first", title="首次执业", kind=FilterKind.DATES),
    FilterSpec(key="firm", title="执业机构", kind=FilterKind.TEXT),
    FilterSpec(key="party", title="党派", options=(Option("1", "中共党员"),), in_bar=False),
)


@pytest.fixture
def bar(qtbot: QtBot, light: None) -> Iterator[FilterBar]:
    window = QWidget()
    made = FilterBar(SPECS)
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch()
    qtbot.addWidget(window)
    window.resize(1400, 700)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield made
    window.close()


def sent_by(bar: FilterBar) -> list[dict[str, object]]:
    sent: list[dict[str, object]] = []
    bar.filters_changed.connect(sent.append)
    return sent


def test_quick_search_is_sent_under_its_key(qtbot: QtBot, bar: FilterBar) -> None:
    sent = sent_by(bar)
    bar.focus_quick()
    compose(bar.quick, "wang")
    qtbot.wait(TYPING_PAUSE_MS + 50)
    assert sent == []
    compose(bar.quick, "", "王")
    qtbot.waitUntil(lambda: bool(sent))
    assert sent == [{"text": "王"}]


def test_ticking_options_sets_the_filter_and_says_so(bar: FilterBar) -> None:
    sent = sent_by(bar)
    button = bar.buttons["category"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    panel = button.panel
    assert isinstance(panel, ChoicePanel)
    assert panel.isVisible()
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert sent == [{"category": ["full"]}, {"category": ["full", "part"]}]
    assert button.text() == "类别：专职、兼职"
    assert button.property("look") == "set"
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert button.hasFocus()


def test_a_click_elsewhere_closes_the_panel(bar: FilterBar) -> None:
    button = bar.buttons["category"]
    button.toggle_panel()
    QTest.mouseClick(bar.window(), Qt.MouseButton.LeftButton, pos=bar.window().rect().bottomRight() / 2)
    assert not button.panel.isVisible()


def test_long_lists_are_searched_by_words(bar: FilterBar) -> None:
    panel = bar.buttons["district"].panel
    assert isinstance(panel, ChoicePanel)
    bar.buttons["district"].toggle_panel()
    assert panel.search.isVisible()
    type_text(panel.search, "d11")
    panel.search.flush()
    shown = [panel.list.item(row).text() for row in range(12) if not panel.list.item(row).isHidden()]
    assert shown == ["第11区"]


def test_more_than_two_values_are_counted(bar: FilterBar) -> None:
    bar.set_values({"district": ["d1", "d2", "d3"]})
    assert bar.buttons["district"].text() == "区县：第1区、第2区等 3 项"


def test_dates_are_typed_and_checked(bar: FilterBar) -> None:
    sent = sent_by(bar)
    button = bar.buttons["first"]
    button.toggle_panel()
    panel = button.panel
    assert isinstance(panel, DatesPanel)
    type_text(panel.start, "2020.1.1")
    type_text(panel.end, "2019.1.1")
    QTest.keyClick(panel.end, Qt.Key.Key_Return)
    assert sent == []
    assert "早于" in panel.message.text()
    panel.end.clear()
    QTest.keyClick(panel.end, Qt.Key.Key_Return)
    assert sent == [{"first": (date(2020, 1, 1), None)}]
    assert button.text() == "首次执业：2020-01-01 起"
    assert not panel.isVisible()


def test_clear_takes_all_back_once(bar: FilterBar) -> None:
    bar.set_values({"text": "王", "category": ["full"], "firm": "河北"})
    assert bar.values == {"text": "王", "category": ["full"], "firm": "河北"}
    assert bar.words() == "“王”；类别：专职；执业机构：河北"
    sent = sent_by(bar)
    QTest.mouseClick(bar.clear_button, Qt.MouseButton.LeftButton)
    assert sent == [{}]
    assert bar.values == {}
    assert not bar.clear_button.isVisible()


def test_a_set_filter_is_seen_where_others_give_way(qtbot: QtBot, bar: FilterBar) -> None:
    bar.set_values({"firm": "河北", "party": ["1"]})
    bar.window().resize(820, 700)
    qtbot.waitUntil(lambda: not bar.buttons["district"].isVisible())
    assert bar.buttons["firm"].isVisible()
    assert bar.buttons["party"].isVisible()
    assert bar.more.isVisible()


def test_options_are_fetched_anew_when_the_panel_opens(qtbot: QtBot, light: None) -> None:
    offers: list[Offer] = []
    bar = FilterBar([FilterSpec(key="d", title="区县", fetch=offers.append)])
    qtbot.addWidget(bar)
    bar.resize(900, 40)
    bar.show()
    bar.buttons["d"].toggle_panel()
    offers[0]([Option("a", "长安", 5)])
    panel = bar.buttons["d"].panel
    assert isinstance(panel, ChoicePanel)
    assert panel.list.count() == 1
    assert panel.list.item(0).text() == "长安"
