"""kill -9 at random points of an import leaves either the whole run or nothing, and the checks pass."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from suite.bootstrap import Suite
from suite.kernel.audit.verify import verify
from suite.tables import ImportRun, Subject
from suite.testing.factories import a_firm, make, practice_no, resident_number
from suite.testing.fixtures import opened

ROWS = 600
CHILD = Path(__file__).with_name("importing_child.py")


def workbook(path: Path) -> Path:
    book = Workbook(write_only=True)
    page = book.create_sheet("名册")
    page.append(["姓名", "执业证号", "身份证号", "执业机构", "执业类别"])
    for n in range(ROWS):
        number = resident_number(n % 500 + 200, area=f"1301{2 + n // 500:02d}")
        page.append([f"王志{'远昂平明'[n % 4]}", practice_no(n), number, "河北第1律师事务所", "专职"])
    book.save(path)
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def copies(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes copies of one prepared database, so that each kill meets the same state."""
    numbers = count(1)
    if request.param == "sqlite":
        prepared = str(request.getfixturevalue("sqlite_database"))
    else:
        make_database = request.getfixturevalue("fresh_postgresql")
        prepared = make_database(request.getfixturevalue("postgresql_template"))
    with opened(prepared, tmp_path) as suite:
        make(suite, suite.actor(), "lawyers.law_firm", a_firm(1))

    def copy() -> str:
        if request.param == "sqlite":
            return str(shutil.copyfile(prepared, tmp_path / f"copy{next(numbers)}.db"))
        name = make_url(prepared).database
        assert name is not None
        return str(make_database(name))

    return copy


def started(database: str, home: Path, path: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, str(CHILD), database, str(home), str(path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "writing\n"
    return child


def ended(child: subprocess.Popen[str]) -> bool:
    """Whether the child said that it had finished."""
    child.wait()
    assert child.stdout is not None
    with child.stdout as said:
        return "done" in said.read()


def found_in(suite: Suite) -> tuple[int, int]:
    with suite.reading() as session:
        lawyers = select(func.count()).where(Subject.kind == "lawyers.lawyer")
        return session.scalar(lawyers) or 0, session.scalar(select(func.count(ImportRun.id))) or 0


def test_a_killed_import_is_whole_or_not_at_all(
    copies: Callable[[], str], tmp_path: Path, long: bool
) -> None:
    path = workbook(tmp_path / "a.xlsx")
    begun = time.perf_counter()
    assert ended(started(copies(), tmp_path, path))
    lasts = (time.perf_counter() - begun) / 2  # about half of a child's life is reading
    draw = random.Random(5)
    states = set()
    for _ in range(60 if long else 3):
        database = copies()
        child = started(database, tmp_path, path)
        time.sleep(draw.uniform(0, lasts * 1.2))
        child.kill()
        said_done = ended(child)
        with opened(database, tmp_path) as suite:
            found = found_in(suite)
            assert found in ((0, 0), (ROWS, 1))
            assert found == (ROWS, 1) or not said_done
            with suite.reading() as session:
                assert verify(session.connection()).problems == ()
                if suite.engine.dialect.name == "sqlite":
                    assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
                    assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        states.add(found)
    if long:
        assert states == {(0, 0), (ROWS, 1)}
