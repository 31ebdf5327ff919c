"""Verifying a long trace, and what the trace costs an import."""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median
from subprocess import PIPE, Popen

from sqlalchemy import select, text

from suite.bootstrap import Suite, build_suite
from suite.database.engine import is_sqlite, writing
from suite.kernel.audit import seal
from suite.kernel.audit.verify import verify
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.settings import load_settings
from suite.tables import Subject
from tests.benchmarks.measure import HERE, Ratio, clock_of, in_a_process

#: Verifying a million entries takes seconds: at most so many.
MOST_SECONDS = 15
#: The audit may take so much of the whole of an import.
MOST_SHARE = 0.6
#: So many milliseconds a desk waits at the most for another's import.
MOST_WAIT = 50
CHILD = "auditing_child.py"
#: How many rows a transaction of the made-up history writes: an import, and a clerk's day.
IMPORTED, EDITED = 20_000, 500


def long_trace(suite: Suite, entries: int) -> None:
    """Write a history of so many entries through the triggers: a fifth imported, the rest edited."""
    with suite.reading() as session:
        have = session.execute(text("SELECT count(*) FROM core_audit_entry")).scalar_one()
    first = have
    while have < entries:
        importing = have - first < entries // 5
        with writing(suite.engine) as connection:
            number = seal.begin(
                connection,
                command="SaveRecords",
                title="保存档案",
                reason=None,
                actor="admin",
                at=dt.datetime.now(dt.UTC),
            )
            try:
                if importing:
                    statement = IMPORT[is_sqlite(connection)]
                    connection.exec_driver_sql(statement.format(start=10_000_000 + have, rows=IMPORTED))
                else:
                    start = 10_000_000 + first + (have * 7919) % (entries // 5 - EDITED)
                    connection.exec_driver_sql(
                        "UPDATE core_subject SET version = version + 1 "
                        f"WHERE id >= {start} AND id < {start + EDITED}"
                    )
                seal.seal(connection, number)
            finally:
                seal.close(connection)
            have = connection.execute(text("SELECT max(id) FROM core_audit_entry")).scalar_one()


_SUBJECTS = (
    "INSERT INTO core_subject (id, kind, profession, role, name, name_key, main_no, status, district_code, "
    "valid_from, version, created_at, updated_at) SELECT n, 'lawyers.lawyer', 'lawyers', 'practitioner', "
    "'王' || n, 'wang', 'T' || n, 'active', '130102', {day}, 1, {at}, {at} FROM "
)
_SERIES = (
    "(WITH RECURSIVE s(n) AS (SELECT {{start}} UNION ALL "
    "SELECT n + 1 FROM s WHERE n < {{start}} + {{rows}} - 1) SELECT n FROM s)"
)
#: Whether on SQLite → the statement of an import.
IMPORT = {
    True: _SUBJECTS.format(day="'2020-01-01'", at="'2026-01-01 08:00:00.000000'") + _SERIES.format(),
    False: _SUBJECTS.format(day="date '2020-01-01'", at="timestamptz '2026-01-01 08:00Z'")
    + "generate_series({start}, {start} + {rows} - 1) AS n",
}


def verifying(suite: Suite, entries: int) -> Iterator[Ratio]:
    """How long the whole verification takes, against the bound in seconds."""
    long_trace(suite, entries)
    clock = clock_of(suite.engine.dialect.name)
    start = clock()
    with suite.reading() as session:
        found = verify(session.connection())
    took = clock() - start
    if found.problems:
        raise RuntimeError(found.problems[0].text)
    yield Ratio(
        title=f"核对 {found.entries:,} 条痕迹、{found.rows:,} 行 / {MOST_SECONDS} 秒",
        ours=took,
        floor=MOST_SECONDS,
        bound=1,
        unit="s",
    )


def waiting(rows: int, url: str) -> Iterator[Ratio]:
    """How much longer than alone a small command takes at the most while another desk imports.

    What the two desks take from each other's processors is in it.
    """
    with tempfile.TemporaryDirectory(prefix="suite-audit-") as folder:
        in_a_process(CHILD, url, folder, "prepare", str(rows))
        suite = build_suite(load_settings(database=url))
        suite.check_database()
        kind, actor = "lawyers.law_firm", suite.actor()
        with suite.reading() as session:
            firm = session.scalar(select(Subject.id).where(Subject.kind == kind).limit(1))
        turn = count()

        def edit() -> float:
            values = {"remarks": f"第 {next(turn)} 次"}
            start = time.perf_counter()
            suite.run(SaveRecords(kind=kind, rows=(RowEdit(values=values, subject_id=firm),)), actor)
            return (time.perf_counter() - start) * 1000

        alone = median(edit() for _ in range(30))
        importing = Popen([sys.executable, str(HERE / CHILD), url, folder, "with"], stdout=PIPE)
        most = 0.0
        while importing.poll() is None:
            most = max(most, edit())
        suite.engine.dispose()
        if importing.returncode:
            raise RuntimeError("the import failed")
    yield Ratio(title=f"他人导入 {rows:,} 行时多等", ours=most - alone, floor=MOST_WAIT, bound=1)


def importing_audited(rows: int, fresh: Callable[[], str], *, times: int = 2) -> Iterator[Ratio]:
    """What the audit takes of an import, on new databases of `fresh`; the best of interleaved runs."""
    took: dict[str, list[float]] = {"with": [], "bare": []}
    with tempfile.TemporaryDirectory(prefix="suite-audit-") as folder:
        for _ in range(times):
            for what, found in took.items():
                url = fresh()
                in_a_process(CHILD, url, folder, "prepare", str(rows))
                found.append(json.loads(in_a_process(CHILD, url, folder, what))["took"])
    audited, bare = min(took["with"]), min(took["bare"])
    yield Ratio(
        title=f"留痕占导入全过程 {rows:,} 行的份额",
        ours=audited - bare,
        floor=audited,
        bound=MOST_SHARE,
        unit="s",
    )
