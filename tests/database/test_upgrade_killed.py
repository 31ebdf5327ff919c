"""An upgrade that is killed at any statement leaves a database that the next run completes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from suite.bootstrap import build_suite
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.clocks.commands import LoadCalendar
from suite.kernel.registry.places import LoadPlaces
from suite.settings import Settings
from suite.testing.fixtures import TODAY, few_places

CHILD = Path(__file__).with_name("upgrading_child.py")
ENGINES = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are POSIX")


@pytest.fixture
def empty(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A database that holds nothing; on SQLite a file that is not there."""
    if engine == "sqlite":
        return ""
    made: Callable[[], str] = request.getfixturevalue("fresh_postgresql")
    return made()


@pytest.fixture
def small(empty: str, tmp_path: Path) -> str:
    """A database with a user, a calendar and a few villages, instead of five thousand."""
    database = empty or str(tmp_path / "template.db")
    suite = build_suite(Settings(database=database, home=tmp_path), today=TODAY, points=[])
    suite.upgrade()
    actor = suite.everything("setup")
    first = suite.connected_as() or "admin"
    for command in (
        AddUser(login=first, name="管理员"),
        GrantRole(login=first, role="core.administrator"),
        LoadCalendar(),
        LoadPlaces(),
    ):
        with few_places():
            suite.run(command, actor)
    suite.engine.dispose()
    return database


def kills(template: str, folder: Path | None, home: Path, first: int, last: int, step: int) -> int:
    """How many kills the child survived to tell of; fails with what it found wrong."""
    home.mkdir(exist_ok=True)
    numbers = [str(number) for number in (first, last, step)]
    told = subprocess.run(
        [sys.executable, str(CHILD), template, str(folder or ""), str(home), *numbers],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.startswith("kills "), told.stdout + told.stderr[-3000:]
    print(told.stdout)  # noqa: T201 - the figures of the long run
    return int(told.stdout.split()[1])


@ENGINES
def test_an_upgrade_of_a_used_database_is_completed_after_a_kill(
    small: str, tmp_path: Path, engine: str, long: bool
) -> None:
    folder = tmp_path / "next"
    folder.mkdir()
    if long:
        assert kills(small, folder, tmp_path / "home", 1, 100_000, 1) > 100
    else:
        first, last, step = (20, 400, 150) if engine == "sqlite" else (12, 300, 90)
        assert kills(small, folder, tmp_path / "home", first, last, step) >= 2


@pytest.mark.long
@ENGINES
def test_a_database_that_is_being_made_is_completed_after_a_kill(empty: str, tmp_path: Path) -> None:
    assert kills(empty, None, tmp_path / "home", 1, 100_000, 7) > 100
