"""The value of an indicator: what was read of its parts, how it stands, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator

from suite.contract.indicators import Indicator, Least, Target
from suite.kernel.indicators.board import BreakdownValue, IndicatorValue, PartReading, PartValue, Switch
from suite.kernel.indicators.breakdowns import told_apart
from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.indicators.judging import Judge
from suite.kernel.indicators.reading import MeasureReading, Reading
from suite.kernel.indicators.value_words import formula_of, notes_of
from suite.kernel.indicators.view import View


def value_of(view: View, indicator: Indicator, target: Target | None) -> IndicatorValue:
    """One indicator; one whose condition cannot be read is told in its place, the others work."""
    judge, reader = Judge(view=view, indicator=indicator, target=target), view.reader(indicator)
    parts = judge.parts
    breakdowns: tuple[BreakdownValue, ...] = ()
    try:
        with view.attempt.apart():
            view.require_choices(indicator)
            readings = [reader.read(part.measure) for part in parts]
            breakdowns = tuple(_breakdowns(judge))
    except Exception as error:  # a plugin's condition may raise whatever it likes
        nothing = MeasureReading(
            whole=Reading(value=None, numerator=None, denominator=None),
            districts={},
            notes=(view.attempt.fault(error, indicator),),
        )
        readings = [nothing for _ in parts]
    # A county that is asked alone is read as the table of all counties reads it.
    decides = judge.decides if reader.places.everywhere else judge.decides_there
    deciding = decides([reading.whole for reading in readings])
    whole = readings[deciding].whole
    return IndicatorValue(
        indicator=indicator,
        unit=parts[deciding].unit or indicator.unit,
        target=judge.own(parts[deciding]),
        state=judge.state(whole, parts[deciding]),
        whole=whole,
        by_district=tuple(judge.by_district(readings, deciding)),
        deciding=deciding,
        citywide=readings[deciding].citywide,
        pace=judge.pace(whole, parts[deciding]),
        parts=tuple(
            PartValue(
                title=part.title,
                whole=reading.whole,
                state=judge.state(reading.whole, part),
                target=part.target,
                unit=part.unit or indicator.unit,
            )
            for part, reading in zip(parts, readings, strict=True)
            if part.title
        ),
        formula=formula_of(judge, readings),
        switches=_switches(view, indicator),
        notes=notes_of(judge, readings, whole),
        breakdowns=breakdowns,
    )


def _breakdowns(judge: Judge) -> Iterator[BreakdownValue]:
    reader = judge.view.reader(judge.indicator)
    for part in judge.parts:
        if isinstance(part.measure, Least):
            continue
        for item in judge.indicator.breakdowns:
            parts = (
                PartReading(name=name, reading=reading, state=judge.state(reading, part))
                for name, reading in told_apart(reader, part.measure, item)
            )
            yield BreakdownValue(title=item.title, parts=tuple(parts))


def _switches(view: View, indicator: Indicator) -> tuple[Switch, ...]:
    keys = dict.fromkeys((*indicator.switches, WITH_XINJI, WITH_ZONES))
    return tuple(Switch.of(view.catalog.parameters[key], view.parameters[key]) for key in keys)
