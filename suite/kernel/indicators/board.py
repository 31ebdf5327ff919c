"""Indicators as they are handed out: what was asked, the values, and the rows behind them. Plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from suite.contract.indicators import Indicator, IndicatorSet, Target
from suite.contract.parameters import Parameter
from suite.kernel.indicators.figures import FigureLine
from suite.kernel.indicators.reading import Reading
from suite.kernel.indicators.rules import State, met


@dataclass(frozen=True, kw_only=True)
class Switch:
    """A parameter that the number depends on, with its value on the day.

    words: None where a snapshot was taken before they were kept and nobody declares the parameter any more.
    """

    key: str
    title: str
    value: int | str | bool
    words: str | None

    @classmethod
    def of(cls, parameter: Parameter, value: int | str | bool) -> Switch:
        """A parameter that stands at a value."""
        return cls(key=parameter.key, title=parameter.title, value=value, words=parameter.words(value))

    @property
    def position(self) -> str:
        """Its value in words, as far as they are known."""
        if self.words is not None:
            return self.words
        return {True: "是", False: "否"}[self.value] if isinstance(self.value, bool) else str(self.value)


@dataclass(frozen=True, kw_only=True)
class PartValue:
    """One part of a number that has several; `target` is its own, where it is another than the number's.

    unit: None in snapshots that were taken before it was kept.
    """

    title: str
    whole: Reading
    state: State | None
    target: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class PartReading:
    """One part of a breakdown, and whether it reaches the target; None where nothing is to be reached."""

    name: str
    reading: Reading
    state: State | None


@dataclass(frozen=True, kw_only=True)
class BreakdownValue:
    """A number told apart: the parts, the highest value first."""

    title: str
    parts: tuple[PartReading, ...]


@dataclass(frozen=True, kw_only=True)
class IndicatorValue:
    """An indicator on a day. `target` and `state` are None where the set of the day has no target for it.

    target and unit are those of the part that decides, where it has its own. formula is the number's
    reckoning in words, with its numbers. by_district: (code, or None for what belongs to no district,
    reading), in the order of the codes. deciding: the place among the measure's parts of the one whose
    reading `whole` is. citywide: it is the city's number, shown to who asks of districts that have none.
    pace: what it is to have come to by now, of a number that adds up within the year and of which the whole
    is not asked for yet.
    """

    indicator: Indicator
    unit: str
    target: Target | None
    state: State | None
    whole: Reading
    by_district: tuple[tuple[str | None, Reading], ...]
    parts: tuple[PartValue, ...]
    deciding: int
    formula: str
    switches: tuple[Switch, ...]
    notes: tuple[str, ...]
    breakdowns: tuple[BreakdownValue, ...] = ()
    citywide: bool = False
    pace: Fraction | None = None

    def reached_by(self, number: Fraction) -> bool:
        """Whether the number of one place is good enough: as far as the year has passed, if it adds up."""
        if self.target is None:
            return True
        if self.pace is not None:
            return number >= self.pace
        return met(number, self.target, self.indicator.direction)

    @property
    def title(self) -> str:
        """The indicator's title, marked where the number is not that of the places that were asked about."""
        return f"{self.indicator.title}（全市）" if self.citywide else self.indicator.title


@dataclass(frozen=True, kw_only=True)
class IndicatorBoard:
    """All indicators that were asked for, on one day, under the targets of one set.

    bound: the districts to which the reader is bound, for who does not ask about one; empty for who reads the
    whole city. zones: the districts that are no 县（市、区）; None where a snapshot did not keep them.
    """

    as_of: dt.date
    district: str | None
    set: IndicatorSet | None
    values: tuple[IndicatorValue, ...]
    district_names: Mapping[str, str]
    sets: Mapping[str, str] = field(default_factory=dict)  # name → title of every set that may be chosen
    bound: tuple[str, ...] = ()
    zones: frozenset[str] | None = None

    @property
    def place(self) -> str:
        """Of which places the numbers are, in words; empty for the whole city."""
        codes = (self.district,) if self.district else self.bound
        return "、".join(self.district_names.get(code, code) for code in codes)


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """One row that was counted; `told` are the attributes that counted, by key. counts: how much the row
    counts, where amounts are added up; None where every row counts 1."""

    id: int
    name: str
    district: str | None
    told: tuple[tuple[str, object], ...] = ()
    counts: int | Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SideRows:
    """What is behind one side of a number: rows of a kind, or the recorded figures of a series."""

    title: str
    kind: str | None
    series: str | None = None
    members: tuple[MemberLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of the indicators: on which day, of which district (None: all), and of which numbers.

    set: the name of the set that gives numbers and targets, by default that of the day. positions: switches
    that are looked at in another position than they have; nothing is set by that. known_on: what was found in
    cases is taken as it was known on this day, without what was annulled or found later; None: as it is now.
    today: the business day on which it is asked; None: `as_of`.
    """

    as_of: dt.date
    district: str | None = None
    numbers: Collection[str] | None = None
    set: str | None = None
    positions: Mapping[str, bool] = field(default_factory=dict)
    known_on: dt.date | None = None
    today: dt.date | None = None

    @property
    def judged_on(self) -> dt.date:
        """The day by which a return that is not there is overdue: numbers of a day are asked for later, and
        a report's day is the last of its period, when no return of it can be due."""
        return self.known_on or self.today or self.as_of
