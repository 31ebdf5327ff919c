"""The sample pages in every size and scheme: enough rows, nothing clipped.

The pictures stand in the test's temporary folder, to be looked at by a person.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sample_pages import RosterPage, sample_specs

from suite.contract.states import StateKind
from suite.ui.kit.buttons import Button
from suite.ui.kit.state import StateValue
from suite.ui.kit.theme import Mode, theme
from suite.ui.shell.window import MainWindow

SCREENS = [
    (Mode.LIGHT, 1440, 900, 100, 20),
    (Mode.DARK, 1440, 900, 100, 20),
    (Mode.LIGHT, 1366, 768, 100, 16),
    (Mode.DARK, 1366, 768, 100, 16),
    (Mode.LIGHT, 1920, 1080, 125, 18),
    (Mode.LIGHT, 1440, 900, 150, 10),
]


@pytest.mark.parametrize(("mode", "width", "height", "scale", "rows"), SCREENS)
def test_screens(
    qtbot: QtBot, light: None, tmp_path: Path, mode: Mode, width: int, height: int, scale: int, rows: int
) -> None:
    theme().apply(mode=mode, scale=scale)
    window = MainWindow(sample_specs())
    qtbot.addWidget(window)
    window.resize(width, height)
    window.menu_row.set_user("律师工作管理科", "赵敏")
    window.menu_row.bell.set_count(6)
    window.status.set_connection(StateValue(StateKind.OK, "已连接市局业务库"))
    window.status.set_day("2026-11-23 星期一（工作日）")
    window.open_section("desk")
    page = window.open_section("roster")
    assert isinstance(page, RosterPage)
    page.filters.set_values({"district": ["q", "c"], "category": ["full"]})
    window.show()
    qtbot.waitExposed(window)
    for row in (3, 5, 6):
        page.model.toggle_check(row)
    page.table.select_row(3)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (width, height), "nothing may force the window wider"
    whole = page.table.viewport().height() // page.table.rowHeight(0)
    assert whole >= rows, "rows are the product"
    _nothing_clipped(window)
    window.grab().save(str(tmp_path / "roster.png"))
    window.open_page("record", "王志远")
    QApplication.processEvents()
    _nothing_clipped(window)
    assert window.grab().save(str(tmp_path / "record.png"))


def _nothing_clipped(window: MainWindow) -> None:
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.width() >= label.fontMetrics().horizontalAdvance(label.text()) - 1, label.text()
            assert label.height() >= label.fontMetrics().ascent(), label.text()
    for button in window.findChildren(Button):
        if button.isVisible() and button.text():
            text = button.text().replace("&", "")
            assert button.width() >= button.fontMetrics().horizontalAdvance(text), text
