"""The first thing a fresh desk shows: a file of its own or the bureau's server, and what is wrong with it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from suite import connecting
from suite.kernel.accounts.passwords import SetPassword
from suite.settings import Settings
from suite.testing.fixtures import TODAY, opened
from suite.testing.keyrings import MemoryKeyring
from suite.ui.app import Opener
from suite.ui.assembly import Assembly
from suite.ui.connect.pane import ConnectPane
from suite.ui.desk import Desk as WindowDesk
from suite.ui.pages.settings.connection import ConnectionPage
from tests.ui.hands import type_text

GOOD = "Li-Wei-2026!"
LONG_MS = 60_000


class Desk:
    """A window that is opening."""

    def __init__(self, settings: Settings, qtbot: QtBot) -> None:
        self.assembly = Assembly(settings.home, keeps=False)
        self.opener = Opener(
            self.assembly, settings, lambda chosen: connecting.open_desk(chosen, today=TODAY)
        )
        self.qtbot = qtbot
        qtbot.addWidget(self.assembly.window)
        self.assembly.window.show()
        self.opener.start()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.opener._background.busy, timeout=LONG_MS)
        if self.opener.pane is not None:
            pane = self.opener.pane
            self.qtbot.waitUntil(lambda: not pane._background.busy, timeout=LONG_MS)

    @property
    def pane(self) -> ConnectPane:
        assert self.opener.pane is not None
        return self.opener.pane

    def close(self) -> None:
        if self.opener.opened:
            self.qtbot.waitUntil(lambda: not self.assembly.desk.busy, timeout=LONG_MS)
            self.assembly.close()
            self.assembly.suite.engine.dispose()


@pytest.fixture
def desk_of(light: None, qtbot: QtBot, secrets: MemoryKeyring) -> Iterator[object]:
    made: list[Desk] = []

    def open_it(settings: Settings) -> Desk:
        made.append(Desk(settings, qtbot))
        return made[-1]

    yield open_it
    for one in made:
        one.close()


def put(pane: ConnectPane, key: str, value: str) -> None:
    form = next(f for f in pane._forms if key in f.rows and f.isVisible())
    line = form.rows[key].editor.line  # type: ignore[attr-defined]  # a TextEditor
    line.setFocus()
    line.selectAll()
    type_text(line, value)


def test_a_fresh_desk_makes_its_own_file_by_one_key(desk_of: object, tmp_path: Path, qtbot: QtBot) -> None:
    desk = desk_of(Settings(home=tmp_path))  # type: ignore[operator]  # the fixture's function
    pane = desk.pane
    assert pane.local.isChecked()
    assert pane.outcome.isHidden(), "nothing is wrong yet"
    assert pane.go.text() == "建立并打开"
    assert pane.go.hasFocus()
    pane.go.click()
    qtbot.waitUntil(lambda: desk.opener.opened, timeout=LONG_MS)
    assert (tmp_path / "suite.db").is_file()
    assert json.loads((tmp_path / "settings.json").read_text("utf-8"))["database"] == ""
    assert not desk.assembly.window.waiting


def test_a_server_that_is_away_is_told_and_nothing_typed_is_lost(
    desk_of: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(Settings(home=tmp_path))  # type: ignore[operator]
    pane = desk.pane
    pane.server.click()
    pane.go.click()
    assert {key for key, row in pane.server_form.rows.items() if row.problem} == {
        "hosts",
        "database",
        "login",
    }
    for key, value in {
        "hosts": "127.0.0.1:1",
        "database": "suite",
        "login": "zhang",
        "password": "geheim",
    }.items():
        put(pane, key, value)
    pane.test.click()
    desk.settle()
    assert pane.outcome.isVisible()
    assert "端口" in pane.outcome.cure.text()
    pane.keep.setChecked(True)
    pane.go.click()
    desk.settle()
    assert not desk.opener.opened
    assert "端口" in pane.outcome.cure.text()
    typed = pane.typed()
    assert typed is not None
    assert (typed.password, typed.database) == (
        "geheim", "postgresql+psycopg://zhang@127.0.0.1:1/suite?sslmode=require"
    )  # fmt: skip
    assert not (tmp_path / "settings.json").exists(), "only what could be opened is kept"
    put(pane, "hosts", "one, two:99999")
    pane.test.click()
    assert "端口" in pane.server_form.rows["hosts"].problem


def test_a_file_with_passwords_asks_who_works(desk_of: object, sqlite_database: Path, tmp_path: Path) -> None:
    with opened(str(sqlite_database), tmp_path) as suite:
        suite.run(SetPassword(login="admin", password=GOOD), suite.actor())
    desk = desk_of(Settings(database=str(sqlite_database), home=tmp_path))  # type: ignore[operator]
    pane = desk.pane
    assert pane.who_form.isVisible()
    assert pane.secret_form.isVisible()
    put(pane, "login", "admin")
    put(pane, "password", "Not-The-One-1")
    pane.go.click()
    desk.settle()
    assert "密码不对" in pane.outcome.fact.text()
    put(pane, "password", GOOD)
    pane.go.click()
    desk.settle()
    assert desk.opener.opened
    kept = (tmp_path / "settings.json").read_text("utf-8")
    assert GOOD not in kept
    assert json.loads(kept)["login"] == "admin"


def test_an_older_file_is_upgraded_and_says_how_far_it_is(
    desk_of: object, sqlite_database: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(sqlite_database)) as raw, raw:
        raw.execute("UPDATE alembic_version_core SET version_num = '202611281891'")
    desk = desk_of(Settings(database=str(sqlite_database), home=tmp_path))  # type: ignore[operator]
    outcome, told = desk.pane.outcome, []
    assert outcome.act.text() == "升级数据库"
    desk.pane._upgrading.connect(lambda _words: told.append(outcome.fact.text()))
    outcome.act.click()
    desk.settle()
    assert any(words.startswith("正在升级… 编制检索索引 0 / ") for words in told)
    assert outcome.fact.text() == "已升级，升级前的副本在同一文件夹中。"
    desk.pane.go.click()
    desk.qtbot.waitUntil(lambda: desk.opener.opened, timeout=LONG_MS)


def test_the_settings_keep_another_choice_for_the_next_start(
    sqlite_database: Path, tmp_path: Path, light: None, qtbot: QtBot, secrets: MemoryKeyring
) -> None:
    with opened(str(sqlite_database), tmp_path) as suite:
        desk = WindowDesk(suite, suite.actor())
        page = ConnectionPage(desk)
        qtbot.addWidget(page)
        page.show()
        pane = page.pane
        qtbot.waitUntil(lambda: not pane._background.busy, timeout=LONG_MS)
        assert not page.has_unsaved()
        # Who works at a file without passwords is kept without one.
        pane.show_settings(replace(pane._settings, login="admin"))
        assert (pane.who_form.isVisible(), pane.secret_form.isVisible()) == (True, False)
        typed = pane.typed()
        assert typed is not None
        assert (typed.login, typed.password) == ("admin", "")
        pane.server.click()
        assert page.has_unsaved()
        page.discard()
        assert pane.local.isChecked()
        pane.server.click()
        for key, value in {"hosts": "db1, db2", "database": "suite", "login": "li"}.items():
            put(pane, key, value)
        put(pane, "password", "geheim")
        pane.keep.setChecked(True)
        with qtbot.waitSignal(page.may_close, timeout=LONG_MS):
            page.save_then_close()
        assert not page.has_unsaved()
        kept = (tmp_path / "settings.json").read_text("utf-8")
        assert "geheim" not in kept
        assert "host=db1%2Cdb2" in kept
        assert list(secrets.kept.values()) == ["geheim"]
        assert suite.settings.database == str(sqlite_database), "this run keeps its own"
        desk.close()
