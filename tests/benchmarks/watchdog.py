"""Watches the GUI thread: a timer ticks on it, and whatever keeps the tick away is a window that hangs.

What is measured is the processor time of that thread, not the clock: on a machine that is shared with others
the clock counts their work too. The same work costs more processor time where two of them share a core, or
on a slower machine; so a fixed piece of work is timed beside every step, and what the step took is told in
milliseconds of the machine for which the bound was set.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

TICK_MS = 10
#: A window that is held up for longer than this is felt. Milliseconds.
BOUND_MS = 50.0
#: What `_fixed_work` takes on the two-core machine for which the bound was set. Milliseconds.
FIXED_WORK_MS = 2.6


@dataclass(frozen=True, kw_only=True)
class Stall:
    """The longest time without a tick in one step, in milliseconds.

    `clock` is what a person waited on this machine now, `busy` the thread's own work in it, told for the
    machine of the bound.
    """

    step: str
    clock: float
    busy: float


class Watchdog(QObject):
    """Ticks from `watch()` on; `step(name)` closes the former step and opens the next."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls: list[Stall] = []
        self._step = ""
        self._clock = self._busy = 0.0
        self._longest = (0.0, 0.0)
        self._pace = 1.0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    def watch(self) -> None:
        """Begin."""
        self._begin("start")
        self._timer.start()

    def step(self, name: str) -> None:
        """What a person does from here on."""
        if self._timer.isActive():
            self._tick()
            pace = max(self._pace, _pace())
            self.stalls.append(Stall(step=self._step, clock=self._longest[0], busy=self._longest[1] / pace))
        self._begin(name)

    def _begin(self, step: str) -> None:
        self._step = step
        self._pace = _pace()
        self._longest = (0.0, 0.0)
        self._clock, self._busy = time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        clock, busy = time.perf_counter(), time.thread_time()
        gap, work = (clock - self._clock) * 1000, (busy - self._busy) * 1000
        self._longest = (max(self._longest[0], gap), max(self._longest[1], work))
        self._clock, self._busy = clock, busy


def _pace() -> float:
    """How many times slower than the machine of the bound this one is at the moment; never less than 1."""
    return max(min(_fixed_work() for _ in range(3)) / FIXED_WORK_MS, 1.0)


def _fixed_work() -> float:
    begun = time.thread_time()
    made = {str(number): [number, (number, number * 2)] for number in range(6_000)}
    sorted(made, reverse=True)
    return (time.thread_time() - begun) * 1000
