"""Times as medians and ratios of medians, taken in one run beside their bound."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """One line of the report: ours against the floor, and the bound that the ratio should keep."""

    title: str
    ours: float
    floor: float
    bound: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """Ours as a multiple of the floor."""
        return self.ours / self.floor if self.floor else float("inf")

    def line(self) -> str:
        """The line as printed."""
        kept = "" if self.ratio <= self.bound else "  ← over its bound"
        return (
            f"{self.title:<58} {self.ours:9.2f} {self.unit} / {self.floor:9.2f} {self.unit}"
            f" = {self.ratio:5.2f} × (≤ {self.bound:g}){kept}"
        )


def median_ms(act: Callable[[], object], *, times: int = 15) -> float:
    """Median wall time in milliseconds, after one run that is not counted."""
    act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def paired(
    ours: Callable[[], object], floor: Callable[[], object], *, times: int = 15
) -> tuple[float, float]:
    """Medians of two acts run in turn, so that a drifting machine touches both."""
    ours()
    floor()
    mine, theirs = [], []
    for _ in range(times):
        start = time.perf_counter()
        ours()
        middle = time.perf_counter()
        floor()
        mine.append((middle - start) * 1000)
        theirs.append((time.perf_counter() - middle) * 1000)
    return median(mine), median(theirs)


def percentile(values: list[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def in_a_process(script: str, *arguments: str) -> str:
    """What a script of this folder prints, run as a desk runs the program: with its code compiled."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(HERE.parents[1])
    command = [sys.executable, str(HERE / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout
