"""The bundle on a desk: no network, no Python on the path, an empty environment. Takes minutes to make."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from suite.database import migrate
from suite.database.engine import open_engine
from suite.database.migrate import CORE_OWNER, Owner
from suite.settings import database_url

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="cuts the network off by unshare"),
]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `python3 start.py bundle` makes."""
    out = tmp_path_factory.mktemp("bundle")
    made = subprocess.run(
        [sys.executable, ROOT / "start.py", "bundle", out], stdout=subprocess.PIPE, text=True, check=True
    )
    (found,) = out.glob("*.tar.gz")
    assert made.stdout.split() == [str(found)]
    return found


def unpack(archive: Path, place: Path) -> Path:
    """Put the bundle on a desk, in the place of the former one."""
    shutil.rmtree(place / "suite", ignore_errors=True)
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="tar")
    return place / "suite" / "suite"


@pytest.fixture(scope="session")
def program(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked program."""
    return unpack(archive, tmp_path_factory.mktemp("desk"))


def alone(home: Path) -> list[str]:
    """What to put before a command so that it has neither environment nor network."""
    ways = (["unshare", "--net"], ["unshare", "--map-root-user", "--net"], [])
    off = next(way for way in ways if subprocess.run([*way, "true"], capture_output=True).returncode == 0)
    return [*off, "env", "-i", f"HOME={home}", "PATH=/nonexistent"]


def run(program: Path, home: Path, *words: object, codes: tuple[int, ...] = (0,)) -> Any:
    """Run a command of the suite on the desk; gives its answer, of `--json` the document."""
    home.mkdir(exist_ok=True)
    command = [*alone(home), str(program), *map(str, words)]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True)
    assert done.returncode in codes, done.stdout + done.stderr
    return json.loads(done.stdout) if "--json" in words else done.stdout + done.stderr


def data_of(home: Path) -> Path:
    """Where a desk keeps its data: in the person's folder, never in the bundle's."""
    return home / ".local" / "share" / "suite" / "suite.db"


def test_a_desk_works_with_nothing_but_the_bundle(program: Path, tmp_path: Path) -> None:
    before = set(program.parent.rglob("*"))
    sums = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=program.parent)
    assert sums.returncode == 0
    demo = tmp_path / "demo"
    made = run(
        program,
        tmp_path,
        "demo",
        "--dir",
        demo,
        "--practitioners",
        200,
        "--no-window",
        "--json",
        codes=(0, 1),
    )
    assert made["pictures"]
    assert all(Path(name).read_bytes().startswith(b"\x89PNG") for name in made["pictures"])
    run(program, tmp_path, "db", "init")
    firms = demo / "workbooks" / "律师事务所名册.xlsx"
    taken = run(program, tmp_path, "import", "lawyers.law_firm", firms, "--json", codes=(0, 1))
    assert taken["counts"]["new"] > 0
    found = run(program, tmp_path, "doctor", "--json", codes=(0, 1))["findings"]
    states = {item["key"]: item["state"] for item in found}
    assert (states["database"], states["versions"], states["plugins"]) == ("ok", "ok", "ok")
    run(program, tmp_path, "shot", "help", tmp_path / "help.png")
    run(program, tmp_path, "db", "check")
    assert data_of(tmp_path).is_file()
    assert set(program.parent.rglob("*")) == before


def test_the_window_opens_over_the_data_and_closes(program: Path, tmp_path: Path) -> None:
    run(program, tmp_path, "db", "init")
    journal = data_of(tmp_path).with_name("suite.db-wal")
    assert not journal.exists()
    command = [*alone(tmp_path), "QT_QPA_PLATFORM=offscreen", str(program)]
    window = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    try:
        while window.poll() is None and not journal.exists():
            os.sched_yield()
        assert window.poll() is None, window.communicate()[1]
    finally:
        window.send_signal(signal.SIGTERM)
        _, errors = window.communicate(timeout=60)
    assert "Traceback" not in errors


def test_an_upgrade_is_another_folder_and_one_command(archive: Path, tmp_path: Path) -> None:
    """The data is one core migration behind: as an older bundle left it."""
    program = unpack(archive, tmp_path / "desk")
    home = tmp_path / "home"
    data = data_of(home)
    data.parent.mkdir(parents=True)
    versions = tmp_path / "older" / "core"
    shutil.copytree(CORE_OWNER.folder, versions, ignore=shutil.ignore_patterns("__pycache__"))
    max(versions.glob("*.py")).unlink()
    engine = open_engine(database_url(str(data)))
    migrate.upgrade(engine, [Owner(name="core", folder=versions)])
    engine.dispose()
    refused = run(program, home, "find", "王", codes=(2,))
    assert "suite db upgrade" in refused
    run(program, home, "db", "status", codes=(1,))
    program = unpack(archive, tmp_path / "desk")
    run(program, home, "db", "upgrade")
    run(program, home, "db", "status")
    run(program, home, "db", "init")
    run(program, home, "find", "王")


def test_the_bureaus_database_is_reached_over_a_socket(
    program: Path, fresh_postgresql: Callable[..., str], tmp_path: Path
) -> None:
    url = fresh_postgresql()
    run(program, tmp_path, "--db", url, "db", "init")
    run(program, tmp_path, "--db", url, "db", "rights", "check")
    assert "律师" in run(program, tmp_path, "--db", url, "plugins")
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM core_district")).scalar_one() > 20
    engine.dispose()
