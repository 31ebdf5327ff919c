"""The wizard's steps in every size and scheme: nothing forces the window wider, nothing is clipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button
from suite.ui.kit.page import PageSpec
from suite.ui.kit.theme import Mode, theme
from suite.ui.pages.importing.page import COLUMNS, DONE, ROWS, ImportPage
from suite.ui.shell.window import MainWindow
from tests.ui.pages.importing.conftest import KIND, Write, lawyer, settled

SCREENS = [
    (Mode.LIGHT, 1440, 900, 100, 14),
    (Mode.DARK, 1366, 768, 100, 11),
    (Mode.LIGHT, 1440, 900, 150, 7),
]


@pytest.mark.parametrize(("mode", "width", "height", "scale", "rows"), SCREENS)
def test_every_step_fits(
    qtbot: QtBot,
    desk: Desk,
    light: None,
    write: Write,
    tmp_path: Path,
    mode: Mode,
    width: int,
    height: int,
    scale: int,
    rows: int,
) -> None:
    theme().apply(mode=mode, scale=scale)
    spec = PageSpec(
        key="import",
        section="import",
        title="导入导出",
        icon="import",
        rail=True,
        factory=lambda _: ImportPage(desk, KIND),
    )
    window = MainWindow([spec])
    qtbot.addWidget(window)
    window.resize(width, height)
    page = window.open_section("import")
    assert isinstance(page, ImportPage)
    window.show()
    qtbot.waitExposed(window)
    settled(qtbot, desk)
    _fits(window, width, tmp_path / "1.png")
    sheet = [lawyer(n, 所在律所="河北中恒律所" if n < 5 else "河北太行律师事务所") for n in range(1, 40)]
    page.open_file(
        write(sheet, headings=["序号", "姓名", "执业证号", "所在律所", "身份证", "备注1", "类别", "区县"])
    )
    settled(qtbot, desk)
    assert page.step == COLUMNS
    _fits(window, width, tmp_path / "2.png")
    page.go(ROWS)
    table = page.rows_step.table
    assert table is not None
    QApplication.processEvents()
    assert table.viewport().height() // table.rowHeight(0) >= rows, "rows are the product"
    _fits(window, width, tmp_path / "3.png")
    narrow = scale == 150
    assert page.rows_step.left.isVisible() is not narrow, "large type leaves the width to the rows"
    assert page.rows_step.left_button.isVisible() is narrow
    if narrow:
        page.rows_step.left_button.click()
        _fits(window, width, tmp_path / "3-left.png")
        assert page.rows_step.left.isVisible()
        page.rows_step.left_button.click()
    page.rows_step._mend(0, "body_id")
    _fits(window, width, tmp_path / "3-mend.png")
    page.step_back()
    page.rows_step.toggle_groups()
    _fits(window, width, tmp_path / "3-groups.png")
    page.write()
    settled(qtbot, desk)
    assert page.step == DONE
    _fits(window, width, tmp_path / "4.png")


def _fits(window: MainWindow, width: int, picture: Path) -> None:
    QApplication.processEvents()
    assert window.width() == width, "nothing may force the window wider"
    for area in window.findChildren(QScrollArea):
        if area.isVisible() and area.widget() is not None:
            assert area.widget().width() <= area.viewport().width(), "nothing scrolls sideways unseen"
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.width() >= label.fontMetrics().horizontalAdvance(label.text()) - 1, label.text()
    for button in window.findChildren(Button):
        if button.isVisible() and button.text():
            text = button.text().replace("&", "")
            assert button.width() >= button.fontMetrics().horizontalAdvance(text), text
            right = button.mapTo(window, QPoint(button.width(), 0)).x()
            assert right <= width, text
    assert window.grab().save(str(picture))
