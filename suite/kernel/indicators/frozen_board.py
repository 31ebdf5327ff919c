"""A frozen set as the board shows it: in the shape of a live one, also where the plugin is gone."""

from __future__ import annotations

from dataclasses import replace

from suite.contract.indicators import Count, Direction, Indicator, Members
from suite.kernel.indicators.board import IndicatorBoard, IndicatorValue, PartValue
from suite.kernel.indicators.frozen import Frozen, FrozenValue
from suite.loader.catalog import Catalog


def board_of(frozen: Frozen, catalog: Catalog) -> IndicatorBoard:
    """The board of a frozen set; titles, definitions and targets are those that were frozen."""
    return IndicatorBoard(
        as_of=frozen.as_of,
        district=None,
        set=frozen.set,
        values=tuple(_value(value, catalog) for value in frozen.values),
        district_names=frozen.district_names,
    )


def _value(value: FrozenValue, catalog: Catalog) -> IndicatorValue:
    several = len(value.parts) > 1
    return IndicatorValue(
        indicator=_indicator(value, catalog),
        unit=value.unit,
        target=value.target,
        state=value.state,
        whole=value.whole,
        by_district=value.by_district,
        parts=tuple(
            PartValue(
                title=part.title, whole=part.whole, state=part.state, target=part.target, unit=part.unit
            )
            for part in value.parts
            if several
        ),
        deciding=value.deciding,
        formula=value.formula,
        switches=value.switches,
        notes=value.notes,
        breakdowns=value.breakdowns,
        pace=value.pace,
    )


def _indicator(value: FrozenValue, catalog: Catalog) -> Indicator:
    """What is declared today in the words of then; of one that nobody declares any more, its words alone."""
    declared = catalog.indicators.get(value.key)
    if declared is None:
        counted = Members(kind="", title=value.parts[0].above.title if value.parts else value.title)
        declared = Indicator(
            key=value.key,
            title=value.title,
            measure=Count(counted),
            unit=value.unit,
            direction=Direction(value.direction),
            help=value.help,
        )
    return replace(
        declared,
        title=value.title,
        unit=value.unit,
        direction=Direction(value.direction),
        help=value.help,
        definition=value.definition,
    )
