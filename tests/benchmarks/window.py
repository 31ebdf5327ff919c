"""Start of the window against a bare table of Qt, as whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.measure import Ratio

CHILD = Path(__file__).with_name("window_child.py")
MODES = ("bare", "orm", "paint", "roster")


def starts(database: str, *, times: int = 7) -> dict[str, tuple[float, float, str]]:
    """Mode → median milliseconds from the process's start to its paint, median MB held, late modules."""
    # As a desk starts it: with the code compiled, which the first round sees to.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    taken: dict[str, list[tuple[float, float, str]]] = {mode: [] for mode in MODES}
    for turn in range(times + 1):
        for mode in MODES:
            begun = time.time()
            said = subprocess.run(
                [sys.executable, str(CHILD), mode, database],
                capture_output=True,
                text=True,
                check=True,
                env=environment,
            ).stdout.split(" ")
            if turn:  # the first round warms the caches of the machine
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
