"""Start of the window against a bare table of Qt, as whole processes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from statistics import median

from tests.benchmarks.measure import Ratio, in_a_process
from tests.benchmarks.watchdog import BOUND_MS

MODES = ("bare", "orm", "paint", "roster")


def starts(database: str, *, times: int = 7) -> dict[str, tuple[float, float, str]]:
    """Mode → median milliseconds from the process's start to its paint, median MB held, late modules."""
    taken: dict[str, list[tuple[float, float, str]]] = {mode: [] for mode in MODES}
    for turn in range(times + 1):
        for mode in MODES:
            begun = time.time()
            said = in_a_process("window_child.py", mode, database).split(" ")
            if turn:  # the first round compiles the code and warms the caches of the machine
                held = float(said[1]) / 1024
                taken[mode].append(((float(said[0]) - begun) * 1000, held, said[2].strip()))
    return {
        mode: (median(one[0] for one in runs), median(one[1] for one in runs), runs[-1][2])
        for mode, runs in taken.items()
    }


def window(database: str) -> Iterator[Ratio]:
    """First paint, usable roster, and memory at that moment."""
    found = starts(database)
    bare, orm, paint, roster = (found[mode] for mode in MODES)
    yield Ratio(title="首次绘制 / 裸表格窗口", ours=paint[0], floor=bare[0], bound=1.6)
    yield Ratio(title="名册可用 / 裸表格加 ORM", ours=roster[0], floor=orm[0], bound=1.3)
    yield Ratio(title="名册可用时的内存 / 180 MB", ours=roster[1], floor=180, bound=1, unit="MB")
    if paint[2] or roster[2]:
        raise SystemExit(f"imported too early: {paint[2]} {roster[2]}")


def blocks(database: str, *, times: int = 3) -> Iterator[Ratio]:
    """How long each step of a cold window held up the GUI thread, in that thread's own work."""
    runs: list[dict[str, float]] = [
        json.loads(in_a_process("blocks_child.py", database)) for _ in range(times)
    ]
    for step in runs[0]:
        busy = median(run[step] for run in runs)
        yield Ratio(title=f"界面停顿：{step} / {BOUND_MS:g} ms", ours=busy, floor=BOUND_MS, bound=1)
