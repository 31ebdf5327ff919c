"""How a number stands to its target: state and pace of each of its parts, and which of them decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from suite.contract.indicators import Indicator, Part, Parts, Target, parts_of
from suite.kernel.indicators.reading import MeasureReading, Reading
from suite.kernel.indicators.rules import State, pace_of, state, worst
from suite.kernel.indicators.view import View

WORST_FIRST = (State.NO_DATA, State.BEHIND, State.ON_TRACK, State.MET, None)


@dataclass(frozen=True, kw_only=True)
class Judge:
    """One indicator beside its target (None where it has none), as a view sees them."""

    view: View
    indicator: Indicator
    target: Target | None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the measure."""
        return parts_of(self.indicator.measure)

    def own(self, part: Part) -> Target | None:
        """The target of a part: its own number where it has one."""
        target = self.target
        return target if target is None or part.target is None else replace(target, value=part.target)

    def state(self, reading: Reading, part: Part) -> State | None:
        """How a number of a part stands to the part's own target, or the indicator's."""
        target, period = self.own(part), self.view.set
        if target is None or period is None:
            return None if reading.value is not None else State.NO_DATA
        tolerance = int(self.view.parameters[target.tolerance]) if target.tolerance else 0
        strict = bool(self.view.parameters[target.strict]) if target.strict else False
        return state(
            reading.value,
            target,
            self.indicator.direction,
            period,
            self.view.question.as_of,
            tolerance,
            strict=strict,
            pace=self.pace(reading, part),
        )

    def pace(self, reading: Reading, part: Part) -> Fraction | None:
        """What a part that adds up within the year is to have come to by now."""
        target, period = self.own(part), self.view.set
        if target is None or period is None or reading.value is None:
            return None
        until = self.view.reader(self.indicator).told_until(part.measure)
        return None if until is None else pace_of(target, self.indicator.direction, period, until)

    def decides(self, readings: Sequence[Reading]) -> int:
        """The place of the part that decides. Where parts have targets of their own it is the one that stands
        worst by them."""
        if len(readings) == 1:
            return 0
        if self.target is None or all(part.target is None for part in self.parts):
            return self._worst(readings)
        states = [self.state(reading, part) for reading, part in zip(readings, self.parts, strict=True)]
        return min(range(len(states)), key=lambda place: WORST_FIRST.index(states[place]))

    def decides_there(self, readings: Sequence[Reading]) -> int:
        """The same of a district: what nobody there has is left out where the measure says so."""
        if not (isinstance(self.indicator.measure, Parts) and self.indicator.measure.where_any):
            return self.decides(readings)
        places = [place for place, reading in enumerate(readings) if reading.denominator != 0]
        places = places or list(range(len(readings)))
        return places[self._worst([readings[place] for place in places])]

    def by_district(
        self, readings: Sequence[MeasureReading], deciding: int
    ) -> Iterator[tuple[str | None, Reading]]:
        """The districts in the order of their codes; of several parts in each the one that decides there.

        Where parts have targets of their own it is everywhere the one that decides for the whole, or the
        districts could not be compared with one another, nor with its target.
        """
        if any(part.target is not None for part in self.parts):
            readings = [readings[deciding]]
        first, *others = (reading.districts for reading in readings)
        if not others:
            yield from ((place, first[place]) for place in (*self.view.districts, None) if place in first)
            return
        nowhere = Reading(value=None, numerator=None, denominator=None)
        for place in (*self.view.districts, None):
            if any(place in districts for districts in (first, *others)):
                here = [districts.get(place, nowhere) for districts in (first, *others)]
                yield place, here[self.decides_there(here)]

    def _worst(self, readings: Sequence[Reading]) -> int:
        """The place of the reading that decides: the worst part, or the first that has no value."""
        values = [reading.value for reading in readings if reading.value is not None]
        if len(values) < len(readings):
            return next(place for place, reading in enumerate(readings) if reading.value is None)
        return values.index(worst(values, self.target, self.indicator.direction))
