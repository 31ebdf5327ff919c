"""A figure side: which recorded values tell a day's figure, district by district and for the whole."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.indicators import FigureSeries
from suite.kernel.indicators.periods import Period, adding_up_on, every_of, parse_period, standing_on
from suite.kernel.indicators.wanted import Wanted, wanted_on
from suite.loader.catalog import Catalog
from suite.tables import District, FigureValue
from suite.tables.figures import part_of

#: Place (or part) → period → the value.
_Recorded = Mapping[str | None, Mapping[str, FigureValue]]
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
    behind each (None: the city's). wanted: the returns that tell it, if any do; lacking: the period that is
    due, which whoever has none lacks; sent_back: who was sent back what he handed in for it."""

    city: Decimal | None
    districts: Mapping[str, Decimal]
    lines: Mapping[str | None, tuple[FigureLine, ...]]
    city_adds: bool = False
    city_only: bool = False
    lacking: Period | None = None
    sent_back: frozenset[str | None] = frozenset()
    wanted: Wanted | None = None

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
        return tuple(line for taken in self._taken(districts, whole=whole) for line in taken)

    def ends(self, districts: Collection[str], *, whole: bool) -> set[dt.date]:
        """The last days of the periods that `total` tells; several where places tell different ones."""
        return {parse_period(taken[-1].period).last for taken in self._taken(districts, whole=whole) if taken}

    def ends_at(self, place: str | None) -> set[dt.date]:
        """The last day that one place's own value tells; none where it has no value."""
        return {parse_period(line.period).last for line in self.lines.get(place, ())[-1:]}

    def _taken(self, districts: Collection[str], *, whole: bool) -> Iterator[tuple[FigureLine, ...]]:
        if whole and self.city is not None and not self.city_adds:
            yield self.lines[None]
            return
        for place in self._places(sorted(districts), whole=whole):
            yield self.lines.get(place, ())

    def _places(self, districts: Collection[str], *, whole: bool) -> list[str | None]:
        if self.city_only:
            return [None] if whole else []
        return [*([None] if whole and self.city_adds else []), *districts]


def figures_on(
    session: Session,
    catalog: Catalog,
    series: Collection[FigureSeries],
    day: dt.date,
    judged_on: dt.date,
) -> dict[str, FigureOnDay]:
    """What was recorded of each series by a day, by its key; judged_on: the day by which returns are overdue.
    Rights are the caller's, who says which districts it means."""
    recorded: dict[str, defaultdict[str | None, dict[str, FigureValue]]] = {
        one.key: defaultdict(dict) for one in series
    }
    for row in session.scalars(
        select(FigureValue)
        .where(FigureValue.key.in_(sorted(recorded)), FigureValue.part == "")
        .order_by(FigureValue.period)
    ):
        recorded[row.key][row.district_code][row.period] = row
    wanted = wanted_on(session, catalog, series, day, judged_on)
    places = dict(session.execute(select(District.code, District.standard)).all()) if wanted else {}
    return {one.key: _figure(one, recorded[one.key], day, wanted.get(one.key), places) for one in series}


def _figure(
    series: FigureSeries,
    recorded: _Recorded,
    day: dt.date,
    wanted: Wanted | None,
    places: Mapping[str, bool],
) -> FigureOnDay:
    lacking = None
    if series.flow:
        lines = {place: _lines_on(series, rows, day) for place, rows in recorded.items()}
        lacking = _reach(recorded, day, wanted)
        lines = _as_far_as_the_farthest(lines, lacking)
    else:
        end = _end(series, recorded, day, wanted, places)
        lines = {place: _lines_on(series, rows, day, end) for place, rows in recorded.items()}
        if wanted is not None and end == wanted.last.last:
            lacking = wanted.last
    sums = {place: sum((line.value for line in taken), Decimal(0)) for place, taken in lines.items() if taken}
    return FigureOnDay(
        city=sums.get(None),
        districts={place: value for place, value in sums.items() if place is not None},
        lines=lines,
        city_adds=series.city_adds,
        city_only=series.city_only,
        lacking=lacking,
        wanted=wanted,
        sent_back=frozenset(place for place, rows in recorded.items() if _was_sent_back(rows, lacking)),
    )


def parts_on(
    session: Session, series: FigureSeries, by: str, day: dt.date, wanted: Wanted | None
) -> dict[str, Decimal]:
    """What was recorded by a day for each part of the whole city, by id or code; see `Breakdown`. Of a body
    it may say in which district that lies. wanted: the returns that tell the series, if any do."""
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
        lines = _as_far_as_the_farthest(lines, _reach(recorded, day, wanted))
    return {
        part: sum((line.value for line in taken), Decimal(0))
        for part, taken in lines.items()
        if taken and part is not None
    }


def _end(
    series: FigureSeries,
    recorded: _Recorded,
    day: dt.date,
    wanted: Wanted | None,
    places: Mapping[str, bool],
) -> dt.date | None:
    """The last day of the one period that a series is read of; None where each place's last one stands.

    It is the period that is due. As long as its limit has not passed and nobody was sent back, the one before
    stands where somebody has not handed in; of nobody before the returns of this frequency began.
    """
    if wanted is None or not _in_use(recorded, wanted.last):
        return None
    found = {place: _ends(series, rows, day) for place, rows in recorded.items()}
    asked = {code for code, standard in places.items() if standard or not series.counties_only}

    def complete(end: dt.date) -> bool:
        there = {place for place, ends in found.items() if end in ends}
        if series.city_only or not series.city_adds:
            return None in there or (not series.city_only and asked <= there)
        return {None, *asked} <= there

    last = wanted.last.last
    later = sorted({end for ends in found.values() for end in ends if end >= last}, reverse=True)
    if (whole := next((end for end in later if complete(end)), None)) is not None:
        return whole
    if wanted.behind == wanted.last or any(_was_sent_back(rows, wanted.last) for rows in recorded.values()):
        return last
    if _in_use(recorded, wanted.former):
        return wanted.former.last
    return max((end for ends in found.values() for end in ends if end < last), default=last)


def _reach(recorded: _Recorded, day: dt.date, wanted: Wanted | None) -> Period | None:
    """Until when what adds up in the day's year must reach at least: to the end of the last period of which
    somebody was sent back what he handed in, or of which the return is overdue."""
    periods = [
        parse_period(text) for rows in recorded.values() for text, row in rows.items() if row.sent_back
    ]
    if wanted is not None and wanted.behind is not None and _in_use(recorded, wanted.behind):
        periods.append(wanted.behind)
    found = [period for period in periods if period.last <= day and period.first.year == day.year]
    return max(found, key=lambda period: period.last, default=None)


def _in_use(recorded: _Recorded, period: Period) -> bool:
    """Whether anything was recorded for periods of this frequency by then: a bureau that begins with a form
    in autumn is not behind since January."""
    every = every_of(period)
    return any(
        every_of(one) is every and one.last <= period.last
        for rows in recorded.values()
        for one in map(parse_period, rows)
    )


def _was_sent_back(rows: Mapping[str, FigureValue], period: Period | None) -> bool:
    return period is not None and period.text in rows and rows[period.text].sent_back


def _ends(series: FigureSeries, rows: Mapping[str, FigureValue], day: dt.date) -> set[dt.date]:
    periods = [parse_period(text) for text, row in rows.items() if not row.sent_back]
    return {period.last for period in periods if (period.first if series.ahead else period.last) <= day}


def _lines_on(
    series: FigureSeries, rows: Mapping[str, FigureValue], day: dt.date, end: dt.date | None = None
) -> tuple[FigureLine, ...]:
    """The recorded values that tell a day's figure of one place; with `end` those of that period alone."""
    periods = [parse_period(text) for text, row in rows.items() if not row.sent_back]
    if end is not None:
        periods = [period for period in periods if period.last == end]
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
    lines: Mapping[str | None, tuple[FigureLine, ...]], least: Period | None
) -> dict[str | None, tuple[FigureLine, ...]]:
    """Drop who has handed in less of the year than another, or than it must reach (`least`): its shorter sum
    would pass for the same one."""
    ends = {place: parse_period(taken[-1].period).last for place, taken in lines.items() if taken}
    farthest = max([*ends.values(), *([least.last] if least is not None else [])], default=None)
    return {place: taken if ends.get(place) == farthest else () for place, taken in lines.items()}


def missing_words(series: FigureSeries, found: FigureOnDay, missing: Mapping[str | None, str]) -> str:
    """Which places are missing (code → name), of which period, and as of which the others are."""
    period = f" {found.lacking.text} " if found.lacking is not None else ""
    of_bodies = found.wanted is not None and found.wanted.of_bodies
    due_of_one = found.lacking is not None and (of_bodies or found.city_only)
    if not any(found.lines.values()) and not found.sent_back and not due_of_one:
        return f"“{series.title}”没有{period}的数字" if period else f"“{series.title}”没有数字"
    if of_bodies:
        back = "，有退回的" if found.sent_back else ""
        return f"{series.title}{period}各机构没有报齐{back}"
    named = "、".join(
        f"{name}（已退回）" if place in found.sent_back else name
        for place, name in list(missing.items())[:MOST_NAMED]
    )
    more = f"等 {len(missing)} 个区县" if len(missing) > MOST_NAMED else ""
    last = {lines[-1].period for lines in found.lines.values() if lines}
    others = f"，其余为 {'、'.join(sorted(last))}" if last else ""
    return f"缺 {named}{more}{period}的{series.title}{others}"
