"""One run of the importer in a process of its own: `FOLDER prepare ROWS`, `FOLDER first`, `FOLDER again`.

`prepare` makes the workbooks and a database with the firms; the others print seconds and the peak of memory
as JSON. `--database URL`: a server's database instead of a file in the folder.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from suite.bootstrap import Suite, build_suite
from suite.cli.demo_workbooks import sample_request, sample_rows, write_workbook
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest
from suite.settings import load_settings
from tests.benchmarks.measure import clock_of

T = TypeVar("T")
KIND = "lawyers.lawyer"
#: Share of a sample's practitioners that are lawyers, rounded down so that there are enough.
LAWYERS = 0.18
#: One row in so many is another one in the second workbook: 2 %.
CHANGED_EVERY = 50
#: Where lawyers practise.
BODIES = ("lawyers.employer_unit", "lawyers.law_firm")


def prepare(suite: Suite, folder: Path, rows: int) -> None:
    """Two workbooks of lawyers, the second with 2 % changed, and a database that has their firms."""
    suite.initialise()
    request = sample_request(round(rows / LAWYERS), suite.today)
    samples = {sample.kind: sample for sample in suite.catalog.samples}
    files = [(kind, kind, 0) for kind in BODIES] + [(KIND, "first", 0), (KIND, "again", CHANGED_EVERY)]
    for kind, name, every in files:
        sample, path = samples[kind], folder / f"{name}.xlsx"
        lines = _changed(islice(sample_rows(sample, request), rows), every)
        write_workbook(sample, lines, path, unit="行", today=suite.today)
        if kind != KIND:
            suite.run(accept(_look(suite, path, kind)), suite.actor())


def _changed(rows: Iterator[Mapping[str, Any]], every: int) -> Iterator[Mapping[str, Any]]:
    for place, row in enumerate(rows):
        another = {"手机号": f"1391234{place % 10_000:04d}"} if every and place % every == 0 else {}
        yield {**row, **another}


def _look(suite: Suite, path: Path, kind: str = KIND) -> ImportPreview:
    return suite.preview(ImportRequest(kind=kind, path=path), suite.actor())


def measure(suite: Suite, folder: Path, name: str) -> dict[str, float]:
    """What the reader alone, the preview and the whole import of a workbook take."""
    path = folder / f"{name}.xlsx"
    clock = clock_of(suite.engine.dialect.name)
    suite.check_database()
    actor = suite.actor()
    # The reader alone is measured between our own steps, since what else the machine does comes and goes.
    floors = [_timed(lambda: _read_only(path), clock)[0]]
    looked, found = _timed(lambda: _look(suite, path), clock)
    written, _ = _timed(lambda: suite.run(accept(found), actor), clock)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    floors += [_timed(lambda: _read_only(path), clock)[0] for _ in range(2)]
    return {
        "floor": median(floors),
        "preview": looked,
        "whole": looked + written,
        "peak": peak,
        "rows": len(found.rows),
        "held": found.counts["held"],
        "taken": len(found.taken()),
    }


def _read_only(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as workbook:
        return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)


def _timed(act: Callable[[], T], clock: Callable[[], float]) -> tuple[float, T]:
    start = clock()
    result = act()
    return clock() - start, result


def main() -> None:
    """Do what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("what", choices=["prepare", "first", "again"])
    parser.add_argument("rows", nargs="?", type=int)
    parser.add_argument("--database")
    asked = parser.parse_args()
    suite = build_suite(load_settings(database=asked.database or str(asked.folder / "bureau.db")))
    if asked.what == "prepare":
        prepare(suite, asked.folder, asked.rows)
    else:
        sys.stdout.write(json.dumps(measure(suite, asked.folder, asked.what)))
    suite.engine.dispose()


if __name__ == "__main__":
    main()
