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

from sqlalchemy import text
from sqlalchemy.orm import Session

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


def clock_of(dialect: str) -> Callable[[], float]:
    """Seconds that an engine's answer takes.

    SQLite works within our own process: its processor time is the whole of it, and does not depend on who
    else uses the machine. A server's time is seen from outside.
    """
    return time.process_time if dialect == "sqlite" else time.perf_counter


def clock_of_session(*sessions: Session) -> Callable[[], float]:
    """Seconds of processor time that both sides of sessions have used: our process, and the server's process
    that answers each, where that runs on this machine. Who else uses the machine is not in it."""
    if sessions[0].connection().dialect.name == "sqlite":
        return time.process_time
    pids = [session.execute(text("SELECT pg_backend_pid()")).scalar_one() for session in sessions]
    usages = [Path(f"/proc/{pid}/schedstat") for pid in pids]
    if not all(usage.exists() for usage in usages):
        return time.perf_counter
    return lambda: time.process_time() + sum(int(usage.read_text().split()[0]) for usage in usages) / 1e9


def paired(
    ours: Callable[[], object], floor: Callable[[], object], clock: Callable[[], float], *, times: int = 25
) -> tuple[float, float]:
    """Medians of two acts run in turn, so that a drifting machine touches both."""
    ours()
    floor()
    mine, theirs = [], []
    for _ in range(times):
        start = clock()
        ours()
        middle = clock()
        floor()
        mine.append((middle - start) * 1000)
        theirs.append((clock() - middle) * 1000)
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
