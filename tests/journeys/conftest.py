"""A small bureau with its window, and a clerk of the lawyers' section before it."""

from __future__ import annotations

import io
import json
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from suite.bootstrap import Suite
from suite.cli.options import Picture
from suite.cli.root import run
from suite.testing.factories import a_firm, a_lawyer, make
from suite.testing.fixtures import TODAY, opened
from suite.ui.assembly import Assembly
from suite.ui.kit.theme import Density, Mode, theme
from suite.ui.page_list import read_pages
from tests.cli.command_line import NoScreens
from tests.journeys.clerk import Clerk, behind_the_window

FIRMS = ("澄一", "衡正", "太行")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every sized window that it cannot pass the size hints on."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@dataclass(frozen=True)
class Demonstration:
    """What `suite demo` made, and what it told."""

    folder: Path
    code: int
    told: dict[str, Any]
    painted: Sequence[Picture]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration of six hundred practitioners, made by the command itself."""
    folder, screens, out = tmp_path_factory.mktemp("bureau"), NoScreens(), io.StringIO()
    asked = ("demo", "--dir", str(folder), "--practitioners", "600", "--no-window", "--json")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.setenv("SUITE_HOME", str(folder / "home"))
        code = run([*asked, "--today", TODAY.isoformat()], screens)
    return Demonstration(folder, code, json.loads(out.getvalue()), screens.painted)


@pytest.fixture(scope="session")
def bureau(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration's database, with three people of one name."""
    folder = tmp_path_factory.mktemp("namesakes")
    shutil.copy(demonstration.folder / "suite.db", folder / "suite.db")
    with opened(str(folder / "suite.db"), folder) as suite:
        named = [a_firm(n + 900, name=f"河北{name}律师事务所") for n, name in enumerate(FIRMS)]
        firms = make(suite, suite.actor(), "lawyers.law_firm", *named)
        rows = [a_lawyer(n + 1, name="王志远", body_id=firms[n], phone=f"138123452{n:02d}") for n in range(3)]
        make(suite, suite.actor(), "lawyers.lawyer", *rows)
    return folder


@contextmanager
def no_statement_here(suite: Suite) -> Iterator[None]:
    """No statement may keep the thread of the window from answering; what the test itself asks is let by."""
    held_up: list[str] = []

    def asked(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if threading.current_thread() is threading.main_thread() and not behind_the_window.get():
            held_up.append(statement)

    event.listen(suite.engine, "before_cursor_execute", asked)
    yield
    event.remove(suite.engine, "before_cursor_execute", asked)
    assert held_up == []


class _Windows(QObject):
    """Which widgets opened as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@contextmanager
def before_the_window(bureau: Path, folder: Path, qtbot: QtBot, login: str) -> Iterator[Clerk]:
    """Somebody before the window, on a copy of the bureau."""
    shutil.copy(bureau / "suite.db", folder / "suite.db")
    theme().apply(mode=Mode.LIGHT, scale=100, density=Density.STANDARD)
    windows = _Windows()
    app = QApplication.instance()
    assert app is not None
    read_pages()  # which a worker does while a person looks at the window that has just opened
    with opened(str(folder / "suite.db"), folder) as suite:
        assembly = Assembly.over(suite, suite.actor(login))
        qtbot.addWidget(assembly.window)
        assembly.window.resize(1440, 900)
        assembly.open_first()
        with qtbot.waitActive(assembly.window):
            assembly.window.show()
            assembly.window.activateWindow()
        app.installEventFilter(windows)
        person = Clerk(assembly)
        person.waits()
        with no_statement_here(suite):
            yield person
        app.removeEventFilter(windows)
        assembly.close()
    assert windows.seen == [], "nothing opens beside the window"


@pytest.fixture
def clerk(bureau: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    """The clerk 周明远 of the lawyers' section."""
    with before_the_window(bureau, tmp_path, qtbot, "lvshike") as person:
        yield person


@pytest.fixture
def appraisal_clerk(bureau: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    """The clerk 田立新 of the appraisers' section."""
    with before_the_window(bureau, tmp_path, qtbot, "jiandingke") as person:
        yield person
