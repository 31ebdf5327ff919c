"""A figure side: which recorded values tell a day's figure, district by district and for the whole."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.indicators import FigureSeries
from suite.kernel.indicators.periods import adding_up_on, parse_period, standing_on
from suite.tables import FigureValue
from suite.tables.figures import part_of

#: More missing districts than this are not named one by one.
MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """One recorded value that a figure is made of."""

    period: str
    district: str | None
    value: Decimal
    source: str
    note: str | None


@dataclass(frozen=True, kw_only=True)
class FigureOnDay:
    """A figure on a day: the city's own value (None: not recorded), those of its districts, and the lines
    behind each (None: the city's)."""

    city: Decimal | None
    districts: Mapping[str, Decimal]
    lines: Mapping[str | None, tuple[FigureLine, ...]]
    city_adds: bool = False

    def total(self, districts: Collection[str], *, whole: bool) -> Decimal | None:
        """The figure of several districts together; of the whole city where the city's own value is asked,
        which is the whole or, where it adds to its districts, one more of them.

        None where one is missing: a sum of some would pass for one of all.
        """
        if whole and self.city is not None and not self.city_adds:
            return self.city
        wanted = self._places(districts, whole=whole)
        values = [self.city if place is None else self.districts.get(place) for place in wanted]
        if not values or None in values:
            return None
        return sum((value for value in values if value is not None), Decimal(0))

    def missing(self, districts: Collection[str], *, whole: bool) -> list[str | None]:
        """Which places `total` waits for; None is the city itself."""
        known = {*self.districts, *([None] if self.city is not None else [])}
        return [place for place in self._places(districts, whole=whole) if place not in known]

    def behind(self, districts: Collection[str], *, whole: bool) -> tuple[FigureLine, ...]:
        """The recorded values that `total` adds up."""
        if whole and self.city is not None and not self.city_adds:
            return self.lines[None]
        places = self._places(sorted(districts), whole=whole)
        return tuple(line for place in places for line in self.lines.get(place, ()))

    def _places(self, districts: Collection[str], *, whole: bool) -> list[str | None]:
        return [*([None] if whole and self.city_adds else []), *districts]


def figures_on(session: Session, series: Collection[FigureSeries], day: dt.date) -> dict[str, FigureOnDay]:
    """What was recorded of each series by a day, by its key. Rights are the caller's, who says which
    districts it means."""
    recorded: dict[str, defaultdict[str | None, dict[str, FigureValue]]] = {
        one.key: defaultdict(dict) for one in series
    }
    for row in session.scalars(
        select(FigureValue)
        .where(FigureValue.key.in_(sorted(recorded)), FigureValue.part == "")
        .order_by(FigureValue.period)
    ):
        recorded[row.key][row.district_code][row.period] = row
    return {one.key: _figure(one, recorded[one.key], day) for one in series}


def _figure(
    series: FigureSeries, recorded: Mapping[str | None, Mapping[str, FigureValue]], day: dt.date
) -> FigureOnDay:
    lines = {place: _lines_on(series, rows, day) for place, rows in recorded.items()}
    if series.flow:
        lines = _as_far_as_the_farthest(lines)
    sums = {place: sum((line.value for line in taken), Decimal(0)) for place, taken in lines.items() if taken}
    return FigureOnDay(
        city=sums.get(None),
        districts={place: value for place, value in sums.items() if place is not None},
        lines=lines,
        city_adds=series.city_adds,
    )


def parts_on(session: Session, series: FigureSeries, by: str, day: dt.date) -> dict[str, Decimal]:
    """What was recorded by a day for each part of the whole city, by id or code; see `Breakdown`. Of a body
    it may say in which district that lies."""
    ahead = part_of(by, "")
    recorded: defaultdict[str | None, dict[str, FigureValue]] = defaultdict(dict)
    for row in session.scalars(
        select(FigureValue)
        .where(
            FigureValue.key == series.key,
            FigureValue.part.startswith(ahead, autoescape=True),
        )
        .order_by(FigureValue.period)
    ):
        recorded[row.part.removeprefix(ahead)][row.period] = row
    lines = {part: _lines_on(series, rows, day) for part, rows in recorded.items()}
    if series.flow:
        lines = _as_far_as_the_farthest(lines)
    return {
        part: sum((line.value for line in taken), Decimal(0))
        for part, taken in lines.items()
        if taken and part is not None
    }


def _lines_on(series: FigureSeries, rows: Mapping[str, FigureValue], day: dt.date) -> tuple[FigureLine, ...]:
    periods = [parse_period(text) for text in rows]
    standing = standing_on(periods, day, ahead=series.ahead)
    taken = adding_up_on(periods, day) if series.flow else ((standing,) if standing else ())
    return tuple(
        FigureLine(
            period=period.text,
            district=rows[period.text].district_code,
            value=rows[period.text].value,
            source=rows[period.text].source,
            note=rows[period.text].note,
        )
        for period in taken
    )


def _as_far_as_the_farthest(
    lines: Mapping[str | None, tuple[FigureLine, ...]],
) -> dict[str | None, tuple[FigureLine, ...]]:
    """Drop who has handed in less of the year than another: its shorter sum would pass for the same one."""
    ends = {place: parse_period(taken[-1].period).last for place, taken in lines.items() if taken}
    farthest = max(ends.values(), default=None)
    return {place: taken if ends.get(place) == farthest else () for place, taken in lines.items()}


def missing_words(series: FigureSeries, missing: Sequence[str]) -> str:
    """Which districts are missing, as a note says it."""
    named = "、".join(missing[:MOST_NAMED])
    more = f"等 {len(missing)} 个区县" if len(missing) > MOST_NAMED else ""
    return f"缺 {named}{more}的{series.title}"
