"""Reading a measure: grouped SQL for each side once, whatever the number of districts."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Subquery, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from suite.contract.indicators import (
    Added,
    Cases,
    Count,
    Entries,
    Figure,
    Least,
    Members,
    PlaceKind,
    Places,
    PlainSide,
    Ratio,
    Side,
)
from suite.kernel.casework.counting import annulled_since
from suite.kernel.indicators.figures import FigureOnDay, figures_on, missing_words
from suite.kernel.indicators.members import World
from suite.kernel.indicators.rules import Number, ratio

log = logging.getLogger(__name__)
#: More than this many are told as a number.
MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One number of one place: what stands above and below the line, and what comes of it."""

    value: Fraction | None
    numerator: Number | None
    denominator: Number | None


@dataclass(frozen=True, kw_only=True)
class MeasureReading:
    """A measure of the whole and of each district (None: what belongs to no district); notes say what is
    missing or not alike."""

    whole: Reading
    districts: Mapping[str | None, Reading]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The districts that are looked at: code → short name, and which of them are counties.

    everywhere: the actor may see all of the city and asks of all of it, so that what belongs to no district
    counts too. complete: no district is left out by a switch, so that the city's own figures are meant.
    """

    names: Mapping[str, str]
    counties: frozenset[str]
    everywhere: bool
    complete: bool


@dataclass(kw_only=True)
class Reader:
    """Reads measures of one world; a side that several measures share is read once."""

    session: Session
    world: World
    places: Ground
    counts: dict[PlainSide, dict[str | None, Number]] = field(default_factory=dict)
    figures: dict[str, FigureOnDay] = field(default_factory=dict)

    def prepare(self, sides: Iterable[Side]) -> None:
        """Read ahead what many measures need: each kind of rows in one go, all figures in another."""
        kinds: defaultdict[str, dict[Members, None]] = defaultdict(dict)
        figures: set[str] = set()
        for side in sides:
            chosen = self.world.chosen(side)
            for part in chosen.sides if isinstance(chosen, Added) else (chosen,):
                if isinstance(part, Members) and part not in self.counts:
                    kinds[part.kind][part] = None
                elif isinstance(part, Figure):
                    figures.add(part.series)
        self._read_figures(figures)
        for key, members in kinds.items():
            try:
                self._tally(key, list(members))
            except DBAPIError:
                raise  # the transaction is broken, or the database away
            except Exception:  # a plugin's condition may raise whatever it likes: each is then read alone
                log.info("the sides of %s are read one by one", key)

    def _tally(self, kind: str, sides: list[Members]) -> None:
        found: list[dict[str | None, Number]] = [{} for _ in sides]
        for place, *numbers in self.session.execute(self.world.tally(self.world.catalog.kinds[kind], sides)):
            if self.looked_at(place):
                for counts, number in zip(found, numbers, strict=True):
                    if number:
                        counts[place] = number
        self.counts.update(zip(sides, found, strict=True))

    def read(self, measure: Ratio | Count | Least) -> MeasureReading:
        """The measure of the whole and of each district."""
        match measure:
            case Ratio():
                return self._ratio(measure)
            case Count():
                return self._count(measure)
            case Least(by=None):
                return self._least_of_counties(measure)
            case Least():
                return self._least_of_bodies(measure)

    def _ratio(self, measure: Ratio) -> MeasureReading:
        above, below = self._values(measure.a), self._values(measure.b)

        def of(place: str | None) -> Reading:
            a, b = self._at(measure.a, place), self._at(measure.b, place)
            return Reading(value=ratio(a, b, measure.per), numerator=a, denominator=b)

        a, b = self._total(measure.a), self._total(measure.b)
        return MeasureReading(
            whole=Reading(value=ratio(a, b, measure.per), numerator=a, denominator=b),
            districts={place: of(place) for place in self._listed({*above, *below})},
            notes=(*self._notes(measure.a), *self._notes(measure.b)),
        )

    def _count(self, measure: Count) -> MeasureReading:
        def of(number: Number | None) -> Reading:
            value = None if number is None else Fraction(number)
            return Reading(value=value, numerator=number, denominator=None)

        listed = self._listed(self._values(measure.a))
        return MeasureReading(
            whole=of(self._total(measure.a)),
            districts={place: of(self._at(measure.a, place)) for place in listed},
            notes=self._notes(measure.a),
        )

    def _least_of_counties(self, measure: Least) -> MeasureReading:
        counts = self._members(measure.a)
        counties = [code for code in self.places.names if code in self.places.counties]
        each = {code: counts.get(code, 0) for code in counties}
        return MeasureReading(
            whole=_least(min(each.values(), default=None), sum(each.values(), 0), len(each)),
            districts={code: _least(number, number, 1) for code, number in each.items()},
        )

    def _least_of_bodies(self, measure: Least) -> MeasureReading:
        assert measure.by is not None  # noqa: S101 - chosen by `read`
        bodies = self.world.rows(measure.by)
        held = self.world.held(measure.a, measure.link)
        number = func.coalesce(held.c.number, 0)
        statement = (
            select(bodies.c.district, func.min(number), func.sum(number), func.count())
            .select_from(bodies.outerjoin(held, held.c.link == bodies.c.id))
            .group_by(bodies.c.district)
        )
        each = {
            district: (int(least), int(counted), int(many))
            for district, least, counted, many in self.session.execute(statement)
            if self.looked_at(district)
        }
        whole = _least(
            min((least for least, _, _ in each.values()), default=None),
            sum(counted for _, counted, _ in each.values()),
            sum(many for _, _, many in each.values()),
        )
        nothing = _least(None, 0, 0)
        return MeasureReading(
            whole=whole,
            districts={
                place: _least(*each[place]) if place in each else nothing for place in self._listed(each)
            },
        )

    # Sides.

    def standing(self, side: Places) -> list[str | None]:
        """The places that a side counts; None is the city itself, for who asks of all of it."""
        city = [None] if side.of is PlaceKind.GOVERNMENTS and self.places.everywhere else []
        return [*city, *(code for code in self.places.names if code in self.places.counties)]

    def rows(self, side: Members | Cases | Entries, *, told: bool = False) -> Subquery:
        """The rows that count to a side: `id`, `name`, `district`; with `told` what counted of them."""
        match side:
            case Cases():
                return self.world.case_rows(side)
            case Entries():
                return self.world.entry_rows(side)
            case Members():
                return self.world.rows(side, told=told)

    def _members(self, side: PlainSide) -> dict[str | None, Number]:
        """How many there are in each place, or what their amounts come to."""
        if side not in self.counts and isinstance(side, Members):
            self._tally(side.kind, [side])
        elif side not in self.counts:
            self.counts[side] = self._counted(side)
        return self.counts[side]

    def _counted(self, side: PlainSide) -> dict[str | None, Number]:
        match side:
            case Figure() | Members():
                raise TypeError("a figure is not counted, and members are by their kind")
            case Places():
                return dict.fromkeys(self.standing(side), 1)
            case Added():
                found: dict[str | None, Number] = {}
                for part in side.sides:
                    for place, number in self._members(part).items():
                        found[place] = found.get(place, 0) + number
                return found
        rows = self.rows(side)
        adds = isinstance(side, Entries) and side.sum is not None
        grouped = select(rows.c.district, func.sum(rows.c.amount) if adds else func.count()).group_by(
            rows.c.district
        )
        return {place: number for place, number in self.session.execute(grouped) if self.looked_at(place)}

    def figure(self, side: Figure) -> FigureOnDay:
        """A figure side, of every district."""
        if side.series not in self.figures:
            self._read_figures([side.series])
        return self.figures[side.series]

    def _read_figures(self, keys: Collection[str]) -> None:
        known = self.world.catalog.figures
        series = [known[key] for key in keys if key in known]
        self.figures |= figures_on(self.session, series, self.world.day)

    def _values(self, side: Side) -> Collection[str | None]:
        side = self.world.chosen(side)
        return () if isinstance(side, Figure) else self._members(side)

    def _at(self, side: Side, place: str | None) -> Number | None:
        side = self.world.chosen(side)
        if not isinstance(side, Figure):
            return self._members(side).get(place, 0)
        found = self.figure(side)
        if place is None:
            return found.city if found.city_adds and self.places.everywhere else None
        return found.districts.get(place)

    def _total(self, side: Side) -> Number | None:
        side = self.world.chosen(side)
        if not isinstance(side, Figure):
            return sum(self._members(side).values())
        return self.figure(side).total(self.asked(side), whole=self.whole(side))

    def asked(self, side: Figure) -> list[str]:
        """The districts that a figure is wanted of: without the zones where only counties have one."""
        series = self.world.catalog.figures[side.series]
        return [
            code for code in self.places.names if not series.counties_only or code in self.places.counties
        ]

    def whole(self, side: Figure) -> bool:
        """Whether the city's own value of a figure is asked for, as the whole or as one more place."""
        series = self.world.catalog.figures[side.series]
        always = series.city_only or series.city_adds
        return self.places.everywhere and (always or self.places.complete)

    def _notes(self, side: Side) -> tuple[str, ...]:
        """Of a figure: its period, what is missing, and where the districts do not add up to the city."""
        side = self.world.chosen(side)
        if isinstance(side, Cases):
            return self._corrections(side)
        if not isinstance(side, Figure):
            return ()
        found, series = self.figure(side), self.world.catalog.figures[side.series]
        whole, places = self.whole(side), self.asked(side)
        behind = found.behind(places, whole=whole)
        missing = found.missing(places, whole=whole)
        if found.total(places, whole=whole) is None:
            named = ["市本级" if place is None else self.places.names[place] for place in missing]
            return (missing_words(series, named) if behind else f"没有{series.title}的数字",)
        sources = dict.fromkeys(line.source for line in behind)
        said = f"（{next(iter(sources))}）" if len(sources) == 1 else ""
        notes = [f"{series.title}取 {_periods([line.period for line in behind])}{said}"]
        added_up = all(code in found.districts for code in places)
        if whole and found.city is not None and not found.city_adds and places and added_up:
            added = sum(found.districts[code] for code in places)
            if added != found.city:
                notes.append(
                    f"各区县{series.title}合计 {_plain(added)}，与全市数 {_plain(found.city)} 不一致"
                )
        return tuple(notes)

    def _corrections(self, side: Cases) -> tuple[str, ...]:
        """Which cases counted to the period until their findings were taken back."""
        if not side.valid:
            return ()
        kind = self.world.catalog.case_kinds[side.kind]
        scopes = self.world.case_scopes[kind.rights]
        found = annulled_since(self.session, side, self.world.day, scopes)
        if not found:
            return ()
        said = "、".join(f"{number}（{day}）" for number, day in found[:MOST_NAMED])
        more = f"等 {len(found)} 件" if len(found) > MOST_NAMED else ""
        return (f"认定后来被撤销、已从本期更正的：{said}{more}",)

    def looked_at(self, place: str | None) -> bool:
        """Whether what stands in a district counts; what stands in none counts to the whole only."""
        return place in self.places.names or (place is None and self.places.everywhere)

    def _listed(self, found: Collection[str | None]) -> list[str | None]:
        """Every district that is looked at, and last what belongs to none where there is such."""
        return [*self.places.names, *([None] if None in found else [])]


def _least(value: Number | None, counted: Number, many: int) -> Reading:
    return Reading(value=None if value is None else Fraction(value), numerator=counted, denominator=many)


def _periods(periods: Collection[str]) -> str:
    first, last = min(periods), max(periods)
    return first if first == last else f"{first} 至 {last}"


def _plain(value: Decimal | int) -> str:
    return f"{Decimal(value).normalize():,f}"
