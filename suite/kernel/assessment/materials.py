"""What was handed in period by period: in time, late, too short, missing; and how the numbers run. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from suite.kernel.clocks.spans import last_of

#: A month's figure that is more than so many times the median of the others jumps out.
JUMP = 3


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One thing that was handed in: about which period (its last day), on which day, how long its text is."""

    entry_id: int
    number: str
    title: str
    day: dt.date
    period: dt.date
    length: int
    figures: Mapping[str, Decimal]


@dataclass(frozen=True, kw_only=True)
class Timeliness:
    """How the periods that are due stand; each stands in one of the four."""

    in_time: tuple[dt.date, ...]
    late: tuple[dt.date, ...]
    short: tuple[dt.date, ...]
    missing: tuple[dt.date, ...]

    @property
    def due(self) -> int:
        """How many periods are due."""
        return len(self.in_time) + len(self.late) + len(self.short) + len(self.missing)


def period_ends(first: dt.date, last: dt.date, months: int) -> tuple[dt.date, ...]:
    """The last days of the periods of so many months from the first day's month on, up to the last day."""
    found: list[dt.date] = []
    begins = first.replace(day=1)
    while (end := last_of(begins, (len(found) + 1) * months)) <= last:
        found.append(end)
    return tuple(found)


def timeliness(
    due: Mapping[dt.date, dt.date], handed: Sequence[Handed], least: int, today: dt.date
) -> Timeliness:
    """How the periods stand on a day. `due`: a period's last day → the last day on which it may come.

    Of a period reported more than once the best report counts. One whose last day is still to come and that
    nobody reported yet is not due.
    """
    best: dict[dt.date, str] = {}
    order = ("in_time", "late", "short")
    for item in handed:
        until = due.get(item.period)
        if until is not None:
            state = "short" if item.length < least else "in_time" if item.day <= until else "late"
            known = best.get(item.period)
            best[item.period] = state if known is None else min(known, state, key=order.index)
    told = {name: tuple(sorted(end for end, state in best.items() if state == name)) for name in order}
    missing = tuple(sorted(end for end, until in due.items() if end not in best and until < today))
    return Timeliness(in_time=told["in_time"], late=told["late"], short=told["short"], missing=missing)


def trend(handed: Sequence[Handed], key: str, ends: Sequence[dt.date]) -> tuple[Decimal, ...]:
    """A figure period by period, 0 where nothing was told."""
    sums: dict[dt.date, Decimal] = dict.fromkeys(ends, Decimal(0))
    for item in handed:
        if item.period in sums:
            sums[item.period] += item.figures.get(key, Decimal(0))
    return tuple(sums[end] for end in ends)


def jumps(run: Sequence[Decimal]) -> tuple[int, ...]:
    """The places of a run whose figure is far above the others: more than `JUMP` times their median.

    Of fewer than four figures nothing is far, nor where the others are nothing.
    """
    if len(run) < 4:
        return ()
    others = [median([*run[:place], *run[place + 1 :]]) for place in range(len(run))]
    return tuple(place for place, middle in enumerate(others) if 0 < JUMP * middle < run[place])
