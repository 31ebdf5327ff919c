"""The legal clock: when a limit ends (民法典第二百至二百零四条; 行政许可法第八十二条; 行政处罚法第八十五条).

Pure: values in, values out; no session, no Qt. The interface that the rest of the house builds on:

    calendar = work_calendar(session)                    # suite.kernel.clocks.calendar; once per transaction
    due = due_of(start, 7, Unit.WORKING, calendar)       # -> Due; raises Refused for input out of bounds
    due = due_of(start, 60, Unit.CALENDAR, calendar, roll=True, extension=30,
                 pauses=(Pause(since=a, until=b, reason="补正"),))
    due.due          # the day on which the limit ends; None while an open pause keeps it from ending
    due.provisional  # 暂估: the notice of a year that it was counted through is not in the calendar
    standing(due, today, calendar).text                  # suite.kernel.clocks.wording: 5 个工作日后到期
    explain(due, calendar, article="行政许可法第三十二条")  # suite.kernel.clocks.wording: one sentence
    latest_before(hearing, 7, Unit.WORKING, calendar)    # a limit counted back: 听证的七个工作日前

How it counts
- The start day is not counted; the next day is the first (民法典第二百零一条).
- WORKING counts working days, CALENDAR every day. MONTH and YEAR run to the corresponding day, or to the last
  day of a month that has none (第二百零二条): 1 month from 31 January ends on 28 or 29 February.
- A pause is a stretch of whole days, **both ends within it**: from the day on which the notice goes out to
  the day on which the answer is in (`since`..`until`); none of them is counted, and counting goes on with the
  day after `until`, as a limit's first day is not counted either. Pauses may overlap or touch; a day is left
  out once. A pause of one day has `until == since`. An open pause has no `until`: if the limit has not ended
  before it, `due` is None and `left` says how much is unused.
- Pauses of a limit in months or years: it is laid out in days up to the corresponding day, and as many days
  as were paused are added.
- An extension (延长) prolongs the limit in its own unit: 60 days and 30 days count as 90 from the start.
- Only with `roll`, a last day that is a day off moves to the next working day that is not paused
  (第二百零三条). A limit in working days always ends on a working day.
- Provisional is what a notice still to come could move: a limit in working days that touches an unpublished
  year, and a rolling limit whose last day or whose way to the next working day does. A calendar limit that
  does not roll is never provisional.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from suite.contract.problems import Problem, Refused, refuse
from suite.contract.time_limits import Unit
from suite.kernel.clocks.spans import latest_start, months_after
from suite.kernel.clocks.workdays import FIRST_DAY, LAST_DAY, WorkCalendar

ONE_DAY = dt.timedelta(days=1)
LONGEST = {Unit.WORKING: 5000, Unit.CALENDAR: 20000, Unit.MONTH: 600, Unit.YEAR: 50}
MOST_PAUSES = 500
Stretches = list[tuple[dt.date, dt.date | None]]  # apart from one another and in order


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A stretch of whole days that are not counted, both ends within it; open while `until` is None."""

    since: dt.date
    until: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """When a limit ends, with what it was counted from.

    `last` is the last day of the limit, `due` the day to which it rolled on (else the same); both None while
    an open pause keeps the limit from ending. `total` is its length in days that count: working days for
    WORKING, calendar days for the others. `left` is how many of them an open pause leaves unused. `natural`
    is the corresponding day of a limit in months or years before pauses, otherwise None. `pauses` are those
    given, in order.
    """

    start: dt.date
    n: int
    unit: Unit
    extension: int
    roll: bool
    pauses: tuple[Pause, ...]
    natural: dt.date | None
    total: int
    last: dt.date | None
    due: dt.date | None
    provisional: bool
    left: int

    @property
    def rolled(self) -> bool:
        """Whether the last day was a day off and the limit ends on a later one."""
        return self.due != self.last


def due_of(
    start: dt.date,
    n: int,
    unit: Unit,
    calendar: WorkCalendar,
    roll: bool = False,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
) -> Due:
    """When a limit of `n` units that was set going on `start` ends.

    Raises Refused: `clock.start` (not between 1990 and 2099), `clock.n` (no whole number from 1 to the
    longest of its unit), `clock.extension`, `clock.pause` (ends before it begins, or out of range),
    `clock.pauses` (more than 500), `clock.range` (it would end after 2099).
    """
    _check(start, n, unit, pauses, extension)
    length = n + extension
    natural = None
    if unit in (Unit.MONTH, Unit.YEAR):
        natural = _corresponding(start, length if unit is Unit.MONTH else 12 * length)
        length = (natural - start).days
    given = tuple(sorted(pauses, key=lambda pause: (pause.since, pause.until or LAST_DAY)))
    stretches = _stretches(given, start)
    count = _Count(unit is Unit.WORKING, calendar, stretches)
    last, left = count.end(start, length)
    due = last
    if last is not None and roll and not calendar.is_working(last):
        due = count.next_working(last)
        if due is None:
            last = None
    return Due(
        start=start,
        n=n,
        unit=unit,
        extension=extension,
        roll=roll,
        pauses=given,
        natural=natural,
        total=length,
        last=last,
        due=due,
        provisional=_provisional(start, last, due, unit, roll, calendar),
        left=left,
    )


def latest_before(day: dt.date, n: int, unit: Unit, calendar: WorkCalendar) -> dt.date:
    """The latest day on which an act may be done `n` units before a day: its own limit ends before that day.

    Seven whole days lie between, for limits counted back from an event, as 七日前通知 (行政处罚法第六十四条).
    Raises Refused as `due_of`.
    """
    _check(day, n, unit, (), 0)
    if unit is Unit.WORKING:
        found = calendar.nth_working_before(day, n)
        if found is None or found == FIRST_DAY:
            raise _out_of_range()
        return found - ONE_DAY
    if unit is Unit.CALENDAR:
        found = day - (n + 1) * ONE_DAY
    else:
        found = latest_start(day - ONE_DAY, n if unit is Unit.MONTH else 12 * n)
    if found < FIRST_DAY:
        raise _out_of_range()
    return found


def counted(due: Due, after: dt.date, until: dt.date, calendar: WorkCalendar) -> int:
    """How many days that count for this limit lie after `after`, up to and with `until`."""
    count = _Count(due.unit is Unit.WORKING, calendar, _stretches(due.pauses, due.start))
    return count.between(after, until)


def paused_on(due: Due, day: dt.date) -> Pause | None:
    """The pause that holds a clock on a day, the first of several."""
    return next(
        (pause for pause in due.pauses if pause.since <= day <= (pause.until or LAST_DAY)),
        None,
    )


class _Count:
    """Counting days outside the pauses."""

    def __init__(self, working: bool, calendar: WorkCalendar, stretches: Stretches) -> None:
        self._working = working
        self._calendar = calendar
        self._stretches = stretches

    def end(self, start: dt.date, length: int) -> tuple[dt.date | None, int]:
        """The `length`-th counted day after `start`, or None and what an open pause leaves unused."""
        for since, until in self._stretches:
            free = self._plain(start, since - ONE_DAY)
            if length <= free:
                break
            length -= free
            if until is None:
                return None, length
            start = until
        return self._nth(start, length), 0

    def next_working(self, day: dt.date) -> dt.date | None:
        """The next working day outside the pauses; None if an open pause holds it."""
        found = self._calendar.nth_working(day, 1)
        for since, until in self._stretches:
            if found is not None and since <= found:
                if until is None:
                    return None
                if found <= until:
                    found = self._calendar.nth_working(until, 1)
        if found is None:
            raise _out_of_range()
        return found

    def between(self, after: dt.date, until: dt.date) -> int:
        """Counted days after `after`, up to and with `until`."""
        total = self._plain(after, until)
        for since, end in self._stretches:
            low = max(after, since - ONE_DAY)
            total -= self._plain(low, until if end is None else min(until, end))
        return total

    def _plain(self, after: dt.date, until: dt.date) -> int:
        """Days after `after`, up to and with `until`, pauses or not; 0 when there is none between."""
        if self._working:
            return self._calendar.working_between(after, until)
        return max(0, (until - after).days)

    def _nth(self, after: dt.date, n: int) -> dt.date:
        if self._working:
            found = self._calendar.nth_working(after, n)
        else:
            found = after + n * ONE_DAY if n <= (LAST_DAY - after).days else None
        if found is None:
            raise _out_of_range()
        return found


def _stretches(pauses: Iterable[Pause], start: dt.date) -> Stretches:
    """Pauses after the start day, joined where they overlap or touch; an open one takes in what follows."""
    joined: Stretches = []
    for pause in pauses:
        if pause.until is not None and pause.until <= start:
            continue
        since = max(pause.since, start + ONE_DAY)
        if joined:
            former_since, former_until = joined[-1]
            if former_until is None:
                break
            if since <= former_until + ONE_DAY:
                until = None if pause.until is None else max(former_until, pause.until)
                joined[-1] = (former_since, until)
                continue
        joined.append((since, pause.until))
    return joined


def _corresponding(start: dt.date, months: int) -> dt.date:
    if (start.year * 12 + start.month - 1 + months) // 12 > LAST_DAY.year:
        raise _out_of_range()
    return months_after(start, months)


def _provisional(
    start: dt.date, last: dt.date | None, due: dt.date | None, unit: Unit, roll: bool, calendar: WorkCalendar
) -> bool:
    if last is None or due is None:
        return False
    if unit is Unit.WORKING:
        return bool(calendar.unpublished(start + ONE_DAY, due))
    return roll and bool(calendar.unpublished(last, due))


def _check(start: dt.date, n: int, unit: Unit, pauses: Sequence[Pause], extension: int) -> None:
    """Raises Refused with all that is out of bounds."""
    problems = []
    span = f"{FIRST_DAY} 至 {LAST_DAY}"
    if not FIRST_DAY <= start < LAST_DAY:
        text = f"起算日应在 {span} 之间，现为 {start}，请核对。"
        problems.append(Problem(code="clock.start", text=text, field="start"))
    longest = LONGEST[unit]
    if not _whole(n) or not 1 <= n <= longest:
        text = f"期限应为 1 至 {longest} {unit.words}的整数，现为 {str(n)[:20]}，请改正。"
        problems.append(Problem(code="clock.n", text=text, field="n"))
    elif not _whole(extension) or not 0 <= extension <= longest - n:
        text = f"延长应为 0 至 {longest - n} {unit.words}的整数，现为 {str(extension)[:20]}，请改正。"
        problems.append(Problem(code="clock.extension", text=text, field="extension"))
    if len(pauses) > MOST_PAUSES:
        text = f"暂停最多 {MOST_PAUSES} 段，现有 {len(pauses)} 段，请合并。"
        problems.append(Problem(code="clock.pauses", text=text, field="pauses"))
    else:
        problems += [
            Problem(
                code="clock.pause",
                text=f"第 {place} 段暂停应起于 {span} 之间且止不早于起，"
                f"现为 {pause.since} 至 {pause.until or '今'}，请核对。",
                field="pauses",
            )
            for place, pause in enumerate(pauses, 1)
            if not FIRST_DAY <= pause.since <= (pause.until or LAST_DAY) <= LAST_DAY
        ]
    if problems:
        raise Refused(problems)


def _whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _out_of_range() -> Refused:
    return refuse("clock.range", f"期限超出 {FIRST_DAY} 至 {LAST_DAY}，无法推算。请核对起算日和期限。")
