"""A real database and a desk over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite, build_suite
from suite.settings import load_settings
from suite.testing.fixtures import installed
from suite.ui.desk import Desk

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def suite(sqlite_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Suite]:
    monkeypatch.setenv("SUITE_HOME", str(tmp_path / "home"))
    made = build_suite(load_settings(database=str(sqlite_database)), today=TODAY, plugins=installed())
    made.check_database()
    yield made
    made.engine.dispose()


@pytest.fixture
def desk(suite: Suite, qtbot: QtBot, light: None) -> Iterator[Desk]:
    made = Desk(suite, suite.actor())
    yield made
    made.close()
    QCoreApplication.processEvents()


def settled(qtbot: QtBot, desk: Desk) -> None:
    """Wait until no worker is busy and their answers have been taken."""
    qtbot.waitUntil(lambda: not desk.busy)
    QCoreApplication.processEvents()
