"""Verifying a long trace, and what the trace costs an import."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator

from sqlalchemy import text

from suite.bootstrap import Suite
from suite.database.engine import is_sqlite, writing
from suite.kernel.audit import seal
from suite.kernel.audit.verify import verify
from tests.benchmarks.measure import Ratio, clock_of, in_a_process

#: Verifying a million entries takes seconds: at most so many.
MOST_SECONDS = 15
#: The audit may take so much of the whole of an import.
MOST_SHARE = 0.6
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
