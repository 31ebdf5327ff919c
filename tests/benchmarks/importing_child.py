"""One run of the importer in a process of its own: `FOLDER prepare ROWS`, `FOLDER first`, `FOLDER again`.

`prepare` makes the workbooks and a database with the firms; the others print processor seconds and the peak
of memory as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from suite.bootstrap import Suite, build_suite
from suite.cli.demo_workbooks import sample_request, sample_rows, write_workbook
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest
from suite.settings import load_settings

T = TypeVar("T")
KIND = "lawyers.lawyer"
#: Share of a sample's practitioners that are lawyers, rounded down so that there are enough.
LAWYERS = 0.18
#: One row in so many is another one in the second workbook: 2 %.
CHANGED_EVERY = 50
#: Where lawyers practise.
BODIES = ("lawyers.employer_unit", "lawyers.law_firm")


def _suite(folder: Path) -> Suite:
    return build_suite(load_settings(database=str(folder / "bureau.db")))


def prepare(folder: Path, rows: int) -> None:
    """Two workbooks of lawyers, the second with 2 % changed, and a database that has their firms."""
    suite = _suite(folder)
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
    suite.engine.dispose()


def _changed(rows: Iterator[Mapping[str, Any]], every: int) -> Iterator[Mapping[str, Any]]:
    for place, row in enumerate(rows):
        another = {"手机号": f"1391234{place % 10_000:04d}"} if every and place % every == 0 else {}
        yield {**row, **another}


def _look(suite: Suite, path: Path, kind: str = KIND) -> ImportPreview:
    return suite.preview(ImportRequest(kind=kind, path=path), suite.actor())


def measure(folder: Path, name: str) -> dict[str, float]:
    """What the reader alone, the preview and the whole import of a workbook take."""
    path = folder / f"{name}.xlsx"
    suite = _suite(folder)
    suite.check_database()
    actor = suite.actor()
    looked, found = _timed(lambda: _look(suite, path))
    written, _ = _timed(lambda: suite.run(accept(found), actor))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    suite.engine.dispose()
    # Last, so that the peak is the importer's own.
    floor = min(_timed(lambda: _read_only(path))[0] for _ in range(3))
    return {
        "floor": floor,
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


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = act()
    return time.process_time() - start, result


if __name__ == "__main__":
    place, what = Path(sys.argv[1]), sys.argv[2]
    if what == "prepare":
        prepare(place, int(sys.argv[3]))
    else:
        sys.stdout.write(json.dumps(measure(place, what)))
