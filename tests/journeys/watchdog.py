"""Watches the GUI thread: a timer ticks on it, and whatever keeps the tick away is a window that hangs."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

TICK_MS = 10


@dataclass(frozen=True, kw_only=True)
class Stall:
    """The longest time without a tick in one step, in milliseconds: by the clock, and of it at work here.

    On a machine that is shared with others the clock also counts their work; `busy` is this thread's own.
    """

    step: str
    clock: float
    busy: float


class Watchdog(QObject):
    """Ticks from `watch()` on; `step(name)` closes the former step and opens the next."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls: list[Stall] = []
        self._step = "start"
        self._clock = self._busy = 0.0
        self._longest = (0.0, 0.0)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    def watch(self) -> None:
        """Begin."""
        self._begin()
        self._timer.start()

    def step(self, name: str) -> None:
        """What a person does from here on."""
        self._tick()
        self.stalls.append(Stall(step=self._step, clock=self._longest[0], busy=self._longest[1]))
        self._step = name
        self._begin()

    def _begin(self) -> None:
        self._longest = (0.0, 0.0)
        self._clock, self._busy = time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        clock, busy = time.perf_counter(), time.thread_time()
        gap, work = (clock - self._clock) * 1000, (busy - self._busy) * 1000
        self._longest = (max(self._longest[0], gap), max(self._longest[1], work))
        self._clock, self._busy = clock, busy

    @property
    def worst(self) -> Stall:
        """The step in which this thread was at work longest without a break."""
        return max(self.stalls, key=lambda stall: stall.busy)
