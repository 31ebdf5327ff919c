"""What a number is and whether it is good enough: pure functions, exact to the last place.

Values are fractions and are compared unrounded; two decimals are for the eye alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from suite.contract.indicators import Direction, IndicatorSet, Target
from suite.kernel.clocks.spans import month_end

Number = int | Decimal
#: More decimals do not help the eye: then the two sides of the line are told.
MOST_PLACES = 4


class State(StrEnum):
    """How a value stands to its target."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NO_DATA = "no_data"


def ratio(a: Number | None, b: Number | None, per: int) -> Fraction | None:
    """`a ÷ b × per`; None where either is not known or there is nothing to divide by."""
    if a is None or b is None or b == 0:
        return None
    if isinstance(a, int) and isinstance(b, int):
        return Fraction(a * per, b)
    return Fraction(a) / Fraction(b) * per


def met(
    value: Fraction, target: Target, direction: Direction, tolerance: int = 0, *, strict: bool = False
) -> bool:
    """Whether a value reaches its target; the target itself does, unless `strict`. `tolerance`: "about"."""
    wanted = Fraction(target.value)
    if strict and value == wanted:
        return False
    match direction:
        case Direction.UP:
            return value >= wanted - tolerance
        case Direction.DOWN:
            return value <= wanted + tolerance
        case Direction.EQUAL:
            return abs(value - wanted) <= tolerance


def state(
    value: Fraction | None,
    target: Target,
    direction: Direction,
    period: IndicatorSet,
    day: dt.date,
    tolerance: int = 0,
    *,
    strict: bool = False,
    pace: Fraction | None = None,
) -> State:
    """met, on_track (before the end of the target's year, on the straight path to it), behind, no_data.

    A number that should fall or stay and has no baseline has no path. pace: what a number that adds up within
    the year is to have come to by now; it takes the place of the path.
    """
    if value is None:
        return State.NO_DATA
    if met(value, target, direction, tolerance, strict=strict):
        return State.MET
    if pace is not None:
        return State.ON_TRACK if value >= pace else State.BEHIND
    path = None if day >= dt.date(target.year, 12, 31) else _path(target, direction, period, day)
    if path is None:
        return State.BEHIND
    near = value >= path if path <= target.value else value <= path
    return State.ON_TRACK if near else State.BEHIND


def pace_of(target: Target, direction: Direction, period: IndicatorSet, until: dt.date) -> Fraction | None:
    """What a number that adds up within the year is to have come to where it tells the year up to a day: the
    share of the year that has passed of what the year is to bring. None once the whole is asked for, and for
    a number that should not grow.

    Before the target's year a year is to bring what the path is at its end.
    """
    if direction is not Direction.UP:
        return None
    path = _path(target, direction, period, dt.date(until.year, 12, 31))
    wanted = (Fraction(target.value) if path is None else path) * year_share(until)
    return wanted if wanted < target.value else None


def year_share(day: dt.date) -> Fraction:
    """How much of its year has passed with a day: months, and the days of the running one."""
    return Fraction(day.month - 1, 12) + Fraction(day.day, 12 * month_end(day.year, day.month).day)


def _path(target: Target, direction: Direction, period: IndicatorSet, day: dt.date) -> Fraction | None:
    """What the straight path from the baseline to the target is on a day, at the most the target. It begins
    with the set, for a growing number at 0 where no baseline is given; None where there is no path."""
    begin = Decimal(0) if target.baseline is None and direction is Direction.UP else target.baseline
    if begin is None:
        return None
    end = dt.date(target.year, 12, 31)
    gone = Fraction(max((min(day, end) - period.first).days, 0), max((end - period.first).days, 1))
    return Fraction(begin) + (Fraction(target.value) - Fraction(begin)) * gone


def worst(values: Iterable[Fraction], target: Target | None, direction: Direction) -> Fraction:
    """The value that decides where several must each be good: the least, the most, or the farthest off."""
    match direction:
        case Direction.UP:
            return min(values)
        case Direction.DOWN:
            return max(values)
        case Direction.EQUAL:
            wanted = Fraction(target.value) if target else Fraction(0)
            return max(values, key=lambda value: abs(value - wanted))


def set_on(sets: Iterable[IndicatorSet], day: dt.date) -> IndicatorSet | None:
    """The set of a day: the one whose period holds it, else the last that has ended, else the first."""
    ordered = sorted(sets, key=lambda item: (item.first, item.key))
    running = [item for item in ordered if item.first <= day <= item.last]
    ended = [item for item in ordered if item.last < day]
    return next((group[-1] for group in (running, ended) if group), ordered[0] if ordered else None)


def shown_apart(before: Fraction | None, after: Fraction | None) -> tuple[str, str]:
    """Two values for the eye, with as many decimals as it takes to tell them apart (up to `MOST_PLACES`).

    They are compared rounded alike: a whole 100 beside 99.9996 would look like 100.00.
    """
    if before is None or after is None:
        return shown(before), shown(after)
    for places in range(2, MOST_PLACES + 1):
        closer = _rounded(before, places), _rounded(after, places)
        if closer[0] != closer[1]:
            return closer if places > 2 else (shown(before), shown(after))
    return shown(before), shown(after)


def shown(value: Fraction | Number | None) -> str:
    """A value for the eye: two decimals, rounded half up; a whole number without any; nothing is —."""
    if value is None:
        return "—"
    exact = Fraction(value)
    if exact.denominator == 1:
        return f"{exact.numerator:,}"
    return _rounded(exact, 2)


def _rounded(exact: Fraction, places: int) -> str:
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"
