"""The importer against the reader alone, as whole processes: preview, everything, a re-import, memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from tests.benchmarks.measure import Ratio, in_a_process

CHILD = "importing_child.py"
MOST_MB = 400
#: So often the smaller import is measured; the larger one, which takes minutes, once.
ROUNDS = 3


def importing(
    rows: int, larger: int | None = None, *, database: Callable[[], str] | None = None
) -> Iterator[Ratio]:
    """Import a workbook of lawyers, then one with 2 % changed. `larger`: the time per row of so many, too.

    `database` gives the URL of a new database of a server; without it a file is made.
    """
    rounds = [_round(rows, ("first", "again"), database) for _ in range(ROUNDS)]
    first, again = (_medians(measured) for measured in zip(*rounds, strict=True))
    yield _against_reader(f"导入预览 {rows:,} 行 / 只读文件", first["preview"], first["floor"], 4)
    yield _against_reader(f"导入全过程 {rows:,} 行 / 只读文件", first["whole"], first["floor"], 9)
    yield _against_reader("再次导入，2 % 有变更 / 只读文件", again["whole"], again["floor"], 5)
    peak = max(first["peak"], again["peak"])
    yield Ratio(title=f"导入的内存峰值 / {MOST_MB} MB", ours=peak, floor=MOST_MB, bound=1, unit="MB")
    if larger is None:
        return
    [many] = _round(larger, ("first",), database)
    yield Ratio(
        title=f"每行用时 {larger:,} 行 / {rows:,} 行",
        ours=many["whole"] / many["rows"] * 1000,
        floor=first["whole"] / first["rows"] * 1000,
        bound=1.25,
    )


def _round(rows: int, names: Sequence[str], database: Callable[[], str] | None) -> list[dict[str, float]]:
    """What these imports take, one after the other, into a database of their own."""
    with tempfile.TemporaryDirectory(prefix="suite-import-") as folder:
        where = ("--database", database()) if database is not None else ()
        in_a_process(CHILD, folder, "prepare", str(rows), *where)
        return [json.loads(in_a_process(CHILD, folder, name, *where)) for name in names]


def _medians(measured: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: median(one[key] for one in measured) for key in measured[0]}


def _against_reader(title: str, ours: float, floor: float, bound: float) -> Ratio:
    return Ratio(title=title, ours=ours * 1000, floor=floor * 1000, bound=bound)
