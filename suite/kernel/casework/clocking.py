"""What steps do to the legal clocks of a case."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suite.contract.casework import ClockAct, OnClock
from suite.contract.time_limits import TimeLimit, Unit
from suite.kernel.casework.current import scope_of
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.clocks.rules import Due, Pause, due_of
from suite.kernel.clocks.workdays import WorkCalendar
from suite.kernel.executor.work import Transaction
from suite.tables import Case, CaseClock

#: So much is kept of what stopped a clock.
MOST_WHY = 200


@dataclass(frozen=True, kw_only=True)
class Counting:
    """What clocks are counted by: the limits, the lengths in force, and the calendar."""

    limits: Mapping[str, TimeLimit]
    parameters: Mapping[str, Any]
    calendar: WorkCalendar

    @classmethod
    def of(cls, work: Transaction) -> Counting:
        """As it is today."""
        return cls(
            limits=work.catalog.limits, parameters=work.parameters, calendar=work_calendar(work.session)
        )


def apply_acts(
    work: Transaction,
    case: Case,
    clocks: Sequence[CaseClock],
    acts: Iterable[OnClock],
    on: dt.date,
    *,
    ends: bool,
    values: Mapping[str, Any] | None = None,
    served: str = "",
    why: str = "",
) -> None:
    """Start, stop, pause, resume and extend the clocks of a case, and write that; see `acted`.

    served: the paper whose service it is; acts that wait for a service are none of the step. why: what is
    said of those that stop.
    """
    acts = tuple(act for act in acts if act.served == served)
    if not acts and not ends:
        return
    running = [row for row in clocks if row.stopped is None]
    begun = acted(clocks, acts, on, Counting.of(work), values or {}, ends=ends)
    for row in running:
        if row.stopped is not None:
            row.stopped_by = why[:MOST_WHY] or None
    for row in begun:
        for name, value in scope_of(case).items():
            setattr(row, name, value)
        work.session.add(row)
    work.session.flush()


def acted(
    clocks: Sequence[CaseClock],
    acts: Sequence[OnClock],
    on: dt.date,
    by: Counting,
    values: Mapping[str, Any],
    *,
    ends: bool,
) -> list[CaseClock]:
    """Let acts change the clocks; gives those that began. `ends` stops whatever still runs: the case is over.

    values: the case's fields by key, for a clock that starts or ends on a day that one of them says.

    A stop or a resume of a clock that does not run is no act: a step may come with or without it.
    """
    running = {row.limit_key: row for row in clocks if row.stopped is None}
    begun: dict[str, CaseClock] = {}
    kept: set[str] = set()
    for act in acts:
        limit = by.limits[act.limit]
        row = running.get(act.limit)
        match act.act:
            case ClockAct.START:
                last = values.get(act.until)
                kept.add(act.limit)
                if row is not None and last is not None and row.due == last:
                    continue
                if row is not None:
                    row.stopped = on
                first = _first_day(act.since, clocks, values) or on
                if last is not None:
                    # A limit has one day at least.
                    first = min(first, last - dt.timedelta(days=1))
                running[act.limit] = begun[act.limit] = _started(limit, first, by, last)
            case ClockAct.STOP if row is not None:
                row.stopped = on
                running.pop(act.limit)
            case ClockAct.PAUSE if row is not None:
                _pause(row, on, act.reason, by.calendar)
            case ClockAct.RESUME if row is not None:
                _resume(row, on, by.calendar)
            case ClockAct.EXTEND if row is not None and limit.extension is not None:
                row.extension += int(by.parameters[limit.extension.n])
                _recount(row, by.calendar)
    for key, row in running.items():
        if ends and key not in kept:
            row.stopped = on
    return list(begun.values())


def _first_day(since: str, clocks: Sequence[CaseClock], values: Mapping[str, Any]) -> dt.date | None:
    """The day that a field says, or that on which the last clock of another limit started."""
    said = values.get(since)
    if isinstance(said, dt.date):
        return said
    return next((row.start for row in reversed(clocks) if row.limit_key == since), None)


def _started(limit: TimeLimit, on: dt.date, by: Counting, last: dt.date | None) -> CaseClock:
    """`last`: the day that was set for it to end on, which no day off moves."""
    row = CaseClock(
        limit_key=limit.key,
        length=int(by.parameters[limit.n]) if last is None else (last - on).days,
        extension=0,
        unit=limit.unit.value if last is None else Unit.CALENDAR.value,
        roll=limit.roll and last is None,
        article=limit.article,
        start=on,
        pauses="[]",
    )
    _recount(row, by.calendar)
    return row


def _pause(row: CaseClock, on: dt.date, reason: str, calendar: WorkCalendar) -> None:
    row.pauses = json.dumps([*json.loads(row.pauses), [on.isoformat(), None, reason]], ensure_ascii=False)
    _recount(row, calendar)


def _resume(row: CaseClock, on: dt.date, calendar: WorkCalendar) -> None:
    pauses = json.loads(row.pauses)
    if pauses and pauses[-1][1] is None:
        pauses[-1][1] = on.isoformat()
        row.pauses = json.dumps(pauses, ensure_ascii=False)
        _recount(row, calendar)


def _recount(row: CaseClock, calendar: WorkCalendar) -> None:
    found = counted(row, calendar)
    row.due, row.provisional = found.due, found.provisional


def counted(row: CaseClock, calendar: WorkCalendar) -> Due:
    """A stored clock as the clocks' own rules count it."""
    return due_of(
        row.start,
        row.length,
        Unit(row.unit),
        calendar,
        roll=row.roll,
        pauses=pauses_of(row.pauses),
        extension=row.extension,
    )


def pauses_of(text: str) -> tuple[Pause, ...]:
    """The pauses of a stored clock."""
    return tuple(
        Pause(
            since=dt.date.fromisoformat(since),
            until=dt.date.fromisoformat(until) if until else None,
            reason=reason,
        )
        for since, until, reason in json.loads(text)
    )
