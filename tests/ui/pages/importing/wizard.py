"""What the tests of the import wizard do with its page and read from it."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME
from suite.tables import Subject
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button
from suite.ui.pages.importing.page import ImportPage
from tests.ui.pages.importing.conftest import KIND, settled


def opened(qtbot: QtBot, page: ImportPage, desk: Desk, path: Path) -> None:
    page.open_file(path)
    settled(qtbot, desk)


def count_of(desk: Desk, kind: str = KIND) -> int:
    with desk.suite.reading() as session:
        return session.scalar(select(func.count()).select_from(Subject).where(Subject.kind == kind)) or 0


def counts(page: ImportPage) -> dict[str, int]:
    assert page.job.loaded is not None
    return {key: page.job.loaded.count(key) for key in (HELD, NEW, CHANGED, SAME)}


def cell(page: ImportPage, row: int, key: str) -> object:
    table = page.rows_step.table
    assert table is not None
    place = next(n for n, column in enumerate(table.rows.columns) if column.key == key)
    return table.rows.value(row, place)


def repair_buttons(page: ImportPage) -> dict[str, Button]:
    return {button.text(): button for button in page.rows_step.detail.findChildren(Button)}
