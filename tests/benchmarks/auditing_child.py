"""An import with or without its audit: `URL FOLDER prepare ROWS`, `URL FOLDER with`, `URL FOLDER bare`.

`prepare` makes the workbook and a database with the firms; the others print the seconds of the whole import.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from sqlalchemy import Connection

from suite.bootstrap import Suite, build_suite
from suite.cli.demo_workbooks import sample_request, sample_rows, write_workbook
from suite.database.audit_triggers import drop_triggers, existing_tables
from suite.database.engine import is_sqlite, writing
from suite.kernel.audit import seal
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.settings import load_settings
from tests.benchmarks.measure import clock_of

KIND = "lawyers.lawyer"
BODIES = ("lawyers.employer_unit", "lawyers.law_firm")
#: Share of a sample's practitioners that are lawyers, rounded down so that there are enough.
LAWYERS = 0.18


def prepare(suite: Suite, folder: Path, rows: int) -> None:
    """The workbook of lawyers, where it is not there yet, and a database that has their firms."""
    suite.initialise()
    request = sample_request(round(rows / LAWYERS), suite.today)
    samples = {sample.kind: sample for sample in suite.catalog.samples}
    for kind in (*BODIES, KIND):
        path = folder / f"{kind}.xlsx"
        if not path.is_file():
            lines = (row for row, _ in zip(sample_rows(samples[kind], request), range(rows), strict=False))
            write_workbook(samples[kind], lines, path, unit="行", today=suite.today)
        if kind != KIND:
            _import(suite, kind, path)


def _import(suite: Suite, kind: str, path: Path) -> None:
    actor = suite.actor()
    suite.run(accept(suite.preview(ImportRequest(kind=kind, path=path), actor)), actor)


def strip(connection: Connection) -> None:
    """Take the audit off a database: for measuring what it costs, and for nothing else."""
    if is_sqlite(connection):
        drop_triggers(connection)
        return
    connection.exec_driver_sql("ALTER TABLE core_audit_transaction DISABLE TRIGGER audit_seal")
    for table in existing_tables(connection):
        for event in ("insert", "update", "delete"):
            connection.exec_driver_sql(f'ALTER TABLE "{table.name}" DISABLE TRIGGER audit_{event}')


def measure(suite: Suite, folder: Path, what: str) -> float:
    """Seconds of the whole import, preview and write."""
    suite.check_database()
    if what == "bare":
        with writing(suite.engine) as connection:
            strip(connection)
        seal.seal = lambda connection, number: None
    clock = clock_of(suite.engine.dialect.name)
    start = clock()
    _import(suite, KIND, folder / f"{KIND}.xlsx")
    return clock() - start


if __name__ == "__main__":
    asked = build_suite(load_settings(database=sys.argv[1]))
    place, act = Path(sys.argv[2]), sys.argv[3]
    if act == "prepare":
        prepare(asked, place, int(sys.argv[4]))
    else:
        began = time.perf_counter()
        took = measure(asked, place, act)
        sys.stdout.write(json.dumps({"took": took, "wall": time.perf_counter() - began}))
    asked.engine.dispose()
