"""Many desks at once lose no edit; whatever dies, confirmed commands are there and none is half there."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.audit.verify import verify
from suite.testing.factories import a_lawyer, make

FOLDER = Path(__file__).parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are POSIX")


def child(name: str, *arguments: object) -> str:
    told = subprocess.run(
        [sys.executable, str(FOLDER / name), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-2000:] + told.stderr[-4000:]
    return told.stdout


def test_of_random_edits_of_shared_records_none_is_lost(
    suite_: Suite, admin: Actor, tmp_path: Path, long: bool
) -> None:
    processes, edits, shared = (20, 200, 10) if long else (4, 15, 3)
    records = make(suite_, admin, "lawyers.lawyer", *(a_lawyer(n) for n in range(1, shared + 1)))
    database = suite_.engine.url.render_as_string(hide_password=False)
    told = json.loads(child("racing_child.py", database, tmp_path, processes, edits, *records))
    assert told["ends"] == [0] * processes
    taken = [edit for one in told["told"] for edit in one["taken"]]
    counted = Counter[str]()
    for one in told["told"]:
        counted += Counter(taken=len(one["taken"]), stale=one["stale"], unavailable=one["unavailable"])
    print(dict(counted))  # noqa: T201 - the figures of the long run
    assert counted.total() == processes * edits
    assert counted["taken"] > processes

    # What each edit took the place of is what its desk had seen: the edits of a field form one line.
    with suite_.reading() as session:
        last = {
            row.subject_id: row._mapping
            for row in session.execute(text("SELECT * FROM lawyers_lawyer")).all()
        }
        found = verify(session.connection())
        entries = session.execute(
            text(
                "SELECT row_key, before, after FROM core_audit_entry WHERE table_name = 'lawyers_lawyer' "
                "AND action = 'U' ORDER BY id"
            )
        ).all()
    assert found.problems == ()
    lines: dict[tuple[int, str], dict[Any, str]] = {}
    for record, changes in taken:
        for field, (base, value) in changes.items():
            line = lines.setdefault((record, field), {})
            assert base not in line, "two edits took the place of one value"
            line[base] = value
    for (record, field), line in lines.items():
        value, passed = None, 0
        while value in line:
            value, passed = line[value], passed + 1
        assert (passed, value) == (len(line), last[record][field])

    # The trace holds every one of them, in their order.
    assert len(entries) == len(taken)
    standing: dict[str, str] = {}
    for key, before, after in entries:
        assert json.loads(standing.get(key, before)) == json.loads(before)
        standing[key] = after


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_killed_client_leaves_whole_commands(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest, long: bool
) -> None:
    suite: Suite = request.getfixturevalue(f"suite_on_{engine}")
    database = suite.engine.url.render_as_string(hide_password=False)
    points = 100 if long else 2
    told = child("killing_child.py", "client", database, tmp_path, points, 5)
    print(told)  # noqa: T201 - the figures of the long run
    assert told.startswith(f"kills {points} confirmed ")


@pytest.mark.long
def test_a_killed_server_leaves_whole_commands() -> None:
    # A socket's path may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        told = child("killing_child.py", "server", "", folder, 100, 7)
    print(told)  # noqa: T201 - the figures of the long run
    assert told.startswith("kills 100 confirmed ")
