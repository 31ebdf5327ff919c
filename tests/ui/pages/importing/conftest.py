"""A real database with firms and lawyers, a desk over it, and workbooks as they are sent in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite, build_suite
from suite.settings import load_settings
from suite.testing.factories import a_firm, make, practice_no, resident_number
from suite.testing.fixtures import TODAY, installed
from suite.ui.desk import Desk
from suite.ui.pages.importing.page import ImportPage

KIND = "lawyers.lawyer"
FIRM = "河北中恒信律师事务所"
HEADINGS = ["序号", "姓名", "执业证号", "所在律所", "身份证", "联系电话", "执业类型", "区县"]

Row = list[object]
Write = Callable[..., Path]


@pytest.fixture
def suite(sqlite_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Suite]:
    monkeypatch.setenv("SUITE_HOME", str(tmp_path / "home"))
    settings = load_settings(database=str(sqlite_database))
    made = build_suite(settings, today=TODAY, plugins=installed())
    made.check_database()
    make(made, made.actor(), "lawyers.law_firm", a_firm(1, name=FIRM), a_firm(2, name="河北太行律师事务所"))
    yield made
    made.engine.dispose()


@pytest.fixture
def desk(suite: Suite, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(suite, suite.actor())
    yield made
    made.close()
    QCoreApplication.processEvents()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def workbook(rows: list[Row], name: str = "11月名册.xlsx", headings: list[str] | None = None) -> Path:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.title = "Sheet1"
        page.append(["石家庄市律师名册"])
        page.append(headings or HEADINGS)
        for row in rows:
            page.append(row)
        page.append(["合计", len(rows)])
        book.save(tmp_path / name)
        return tmp_path / name

    return workbook


def lawyer(number: int, **changed: object) -> Row:
    """A sound row; `changed` by heading."""
    row: dict[str, object] = {
        "序号": number,
        "姓名": "王" + "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
        "执业证号": practice_no(number),
        "所在律所": FIRM,
        "身份证": resident_number(2 * number + 1),
        "联系电话": f"138{number:08d}",
        "执业类型": "专职",
        "区县": "长安区",
    }
    row.update(changed)
    return list(row.values())


def settled(qtbot: QtBot, desk: Desk) -> None:
    """Wait until no worker is busy and their answers have been taken."""
    qtbot.waitUntil(lambda: not desk.busy)
    QCoreApplication.processEvents()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, light: None) -> ImportPage:
    made = ImportPage(desk, KIND)
    qtbot.addWidget(made)
    made.resize(1300, 780)
    made.show()
    qtbot.waitExposed(made)
    settled(qtbot, desk)
    return made
