"""Reading a measure: grouped SQL for each side once, whatever the number of districts."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Subquery, func, select
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
    sides_of,
)
from suite.kernel.indicators.attempts import Attempt
from suite.kernel.indicators.figures import FigureOnDay, figures_on, missing_words
from suite.kernel.indicators.members import Asked, World
from suite.kernel.indicators.rules import Number, ratio
from suite.kernel.indicators.tallies import Tally, counted_kind, tally_of, tally_of_all

log = logging.getLogger(__name__)
#: So many statements about cases and entries are not written anew.
MOST_WRITTEN = 512
#: More than this many are told as a number.
MOST_NAMED = 5
#: Said of a number that no district has, to who asks of some districts.
CITYWIDE = "只有全市的数，现值为全市"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One number of one place: what stands above and below the line, and what comes of it."""

    value: Fraction | None
    numerator: Number | None
    denominator: Number | None


@dataclass(frozen=True, kw_only=True)
class MeasureReading:
    """A measure of the whole and of each district (None: what belongs to no district); notes say what is
    missing or not alike. citywide: some districts are asked about, and the city alone has a number."""

    whole: Reading
    districts: Mapping[str | None, Reading]
    notes: tuple[str, ...] = ()
    citywide: bool = False


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


@dataclass(frozen=True, kw_only=True)
class _Values:
    """What one side has in each place; `nothing` where it has none. listed: the places that it names.

    total: what it has together. notes: what is to be said of it.
    """

    known: Mapping[str | None, Number]
    listed: Collection[str | None]
    nothing: Number | None
    total: Number | None
    notes: tuple[str, ...]

    def at(self, place: str | None) -> Number | None:
        return self.known.get(place, self.nothing)


@dataclass(kw_only=True)
class Reader:
    """Reads measures of one world; a side that several measures share is read once.

    judged_on: the day by which returns are overdue. What a careful attempt cannot read together is read
    apart, by whoever asks for it.
    """

    attempt: Attempt
    world: World
    places: Ground
    judged_on: dt.date
    counts: dict[PlainSide, dict[str | None, Number]] = field(default_factory=dict)
    least: dict[Least, dict[str | None, tuple[int, int, int]]] = field(default_factory=dict)
    figures: dict[str, FigureOnDay] = field(default_factory=dict)
    values: dict[PlainSide, _Values] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        """Where it reads."""
        return self.attempt.session

    def prepare(self, measures: Iterable[Ratio | Count | Least]) -> None:
        """Read ahead what many measures need: all rows of the rosters together, and all figures."""
        counted: dict[Members | Least, None] = {}
        figures: set[str] = set()
        for measure in measures:
            if isinstance(measure, Least) and measure.by is not None:
                counted[measure] = None
                continue
            for side in sides_of(measure):
                chosen = None if side is None else self.world.chosen(side)
                for part in chosen.sides if isinstance(chosen, Added) else (chosen,):
                    if isinstance(part, Members):
                        counted[part] = None
                    elif isinstance(part, Figure):
                        figures.add(part.series)
        self._read_figures(figures)
        if self._taken_together(counted):
            return
        kinds: defaultdict[str, list[Members | Least]] = defaultdict(list)
        for one in counted:
            kinds[counted_kind(one)].append(one)
        for kind, those in kinds.items():
            if not self._taken_together(those):
                log.info("what is counted of %s cannot be read together, each is read alone", kind)

    def _taken_together(self, counted: Iterable[Members | Least]) -> bool:
        """Read these in one statement; whether that could be done."""
        try:
            tally = tally_of_all(self.world, counted)
            if tally is not None:
                with self.attempt.apart():
                    self._take(tally)
        except Exception as error:  # a plugin's condition may be whatever it likes
            self.attempt.rejection(error)
            return False
        return True

    def _take(self, tally: Tally) -> None:
        """Read one statement; a number of none is no number."""
        members: dict[PlainSide, dict[str | None, Number]] = {}
        least: dict[Least, dict[str | None, tuple[int, int, int]]] = {}
        for kind in tally.kinds:
            for counted in kind:
                if isinstance(counted, Least):
                    least[counted] = {}
                else:
                    members[counted] = {}
        for counted, place, numbers in tally.read(self.session.execute(tally.statement)):
            if not numbers[-1] or not self.looked_at(place):
                continue
            if isinstance(counted, Least):
                fewest, together, many = map(int, numbers)
                least[counted][place] = fewest, together, many
            else:
                members[counted][place] = numbers[0]
        self.counts |= members
        self.least |= least

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
        pair = self._of_like_periods(measure)
        alone = self._of_the_city_alone(measure)
        citywide, torn = len(alone) == 2, len(alone) == 1

        def of(a: Number | None, b: Number | None, ends: Collection[set[dt.date]]) -> Reading:
            if torn or _mixed(ends):
                return Reading(value=None, numerator=None, denominator=None)
            return Reading(value=ratio(a, b, measure.per), numerator=a, denominator=b)

        ends = [self.figure(side).ends(self.asked(side), whole=self.whole(side)) for side in pair]
        figures = [self.figure(side) for side in pair]
        return MeasureReading(
            whole=of(above.total, below.total, ends),
            districts={
                place: of(above.at(place), below.at(place), [one.ends_at(place) for one in figures])
                for place in self._listed({*above.listed, *below.listed})
            },
            notes=(
                *([f"{title}只有全市的数" for title in alone] if torn else []),
                *([self._mixed_words(pair, ends)] if _mixed(ends) else []),
                *(note for side in _missing_first(above, below) for note in side.notes),
                *([CITYWIDE] if citywide and None not in (above.total, below.total) else []),
            ),
            citywide=citywide,
        )

    def told_until(self, measure: Ratio | Count | Least) -> dt.date | None:
        """Up to which day of its year a number tells that adds up within it: what is above the line does, and
        what is below does not. None for every other, which stands or is divided by what adds up as well."""
        above, below = (None if side is None else self.world.chosen(side) for side in sides_of(measure))
        if isinstance(measure, Least) or above is None or not self._adds_up(above):
            return None
        if below is not None and self._adds_up(below):
            return None
        if not isinstance(above, Figure):
            return self.world.day
        ends = self.figure(above).ends(self.asked(above), whole=self.whole(above))
        return min(ends, default=None)

    def _adds_up(self, side: PlainSide) -> bool:
        """Whether a side is counted from New Year on, by what is declared of it."""
        match side:
            case Figure():
                return self.world.catalog.figures[side.series].flow
            case Entries():
                return not side.standing
        return isinstance(side, Cases)

    def _of_the_city_alone(self, measure: Ratio | Count) -> list[str]:
        """Where some districts are asked about, the titles of those sides that the city alone has: of them
        the city's number stands, which is not divided by the districts' own."""
        if self.places.everywhere:
            return []
        sides = [self.world.chosen(side) for side in sides_of(measure) if side is not None]
        series = [self.world.catalog.figures[side.series] for side in sides if isinstance(side, Figure)]
        return [one.title for one in series if one.city_only]

    def _of_like_periods(self, measure: Ratio) -> list[Figure]:
        """The two figures of a measure that must be of one period to be divided: both of the same nature.
        What stands until it is told anew is of any."""
        sides = [self.world.chosen(side) for side in (measure.a, measure.b)]
        figures = [side for side in sides if isinstance(side, Figure)]
        series = [self.world.catalog.figures[side.series] for side in figures]
        if len(series) < 2 or any(one.standing for one in series) or series[0].flow != series[1].flow:
            return []
        return figures

    def _mixed_words(self, pair: Collection[Figure], ends: Collection[set[dt.date]]) -> str:
        said = "，".join(
            f"{self.world.catalog.figures[side.series].title}截至 {'、'.join(map(str, sorted(days)))}"
            for side, days in zip(pair, ends, strict=True)
        )
        return f"{said}，不是同一期间，不相除"

    def _count(self, measure: Count) -> MeasureReading:
        def of(number: Number | None) -> Reading:
            value = None if number is None else Fraction(number)
            return Reading(value=value, numerator=number, denominator=None)

        found, citywide = self._values(measure.a), bool(self._of_the_city_alone(measure))
        return MeasureReading(
            whole=of(found.total),
            districts={place: of(found.at(place)) for place in self._listed(found.listed)},
            notes=(*found.notes, *([CITYWIDE] if citywide and found.total is not None else [])),
            citywide=citywide,
        )

    def _least_of_counties(self, measure: Least) -> MeasureReading:
        counts = self._members(self.world.chosen(measure.a))
        counties = [code for code in self.places.names if code in self.places.counties]
        each = {code: counts.get(code, 0) for code in counties}
        return MeasureReading(
            whole=_least(min(each.values(), default=None), sum(each.values(), 0), len(each)),
            districts={code: _least(number, number, 1) for code, number in each.items()},
        )

    def _least_of_bodies(self, measure: Least) -> MeasureReading:
        if measure not in self.least:
            self._take(tally_of(self.world, measure))
        each = self.least[measure]
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
            case Cases() | Entries():
                return _rows(self.world, side)
            case Members():
                return self.world.rows(side, told=told)

    def _members(self, side: PlainSide) -> dict[str | None, Number]:
        """How many there are in each place, or what their amounts come to."""
        if side not in self.counts and isinstance(side, Members):
            self._take(tally_of(self.world, side))
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
        rows = self.session.execute(_grouped(self.world.asks(side)))
        return {place: number for place, number in rows if self.looked_at(place)}

    def figure(self, side: Figure) -> FigureOnDay:
        """A figure side, of every district."""
        if side.series not in self.figures:
            self._read_figures([side.series])
        return self.figures[side.series]

    def _read_figures(self, keys: Collection[str]) -> None:
        known = self.world.catalog.figures
        series = [known[key] for key in keys if key in known]
        self.figures |= figures_on(self.session, self.world.catalog, series, self.world.day, self.judged_on)

    def _values(self, side: Side) -> _Values:
        """What a side has; found once, however many measures divide by it."""
        chosen = self.world.chosen(side)
        if chosen not in self.values:
            self.values[chosen] = (
                self._recorded(chosen) if isinstance(chosen, Figure) else self._standing_rows(chosen)
            )
        return self.values[chosen]

    def _standing_rows(self, side: PlainSide) -> _Values:
        counts = self._members(side)
        return _Values(
            known=counts,
            listed=counts,
            nothing=0,
            total=sum(counts.values()),
            notes=self._corrections(side) if isinstance(side, Cases) else (),
        )

    def _recorded(self, side: Figure) -> _Values:
        found, whole, places = self.figure(side), self.whole(side), self.asked(side)
        known: dict[str | None, Number] = dict(found.districts.items())
        if found.city is not None and found.city_adds and self.places.everywhere:
            known[None] = found.city
        total = found.total(places, whole=whole)
        notes = self._notes(side, total, whole=whole, places=places)
        return _Values(known=known, listed=(), nothing=None, total=total, notes=notes)

    def asked(self, side: Figure) -> list[str]:
        """The districts that a figure is wanted of: without the zones where only counties have one."""
        series = self.world.catalog.figures[side.series]
        return [
            code for code in self.places.names if not series.counties_only or code in self.places.counties
        ]

    def whole(self, side: Figure) -> bool:
        """Whether the city's own value of a figure is asked for, as the whole or as one more place. What the
        city alone has is the same for whoever asks."""
        series = self.world.catalog.figures[side.series]
        if series.city_only:
            return True
        return self.places.everywhere and (series.city_adds or self.places.complete)

    def _notes(
        self, side: Figure, total: Number | None, *, whole: bool, places: Collection[str]
    ) -> tuple[str, ...]:
        """Of a figure: its period, what is missing, and where the districts do not add up to the city."""
        found, series = self.figure(side), self.world.catalog.figures[side.series]
        if total is None:
            missing = {
                place: "市本级" if place is None else self.places.names[place]
                for place in found.missing(places, whole=whole)
            }
            return (missing_words(series, found, missing),)
        behind = found.behind(places, whole=whole)
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
        """Which cases count to the period otherwise than they did, since findings were taken back."""
        kind = self.world.catalog.case_kinds[side.kind]
        found = self.world.cases(side).corrections(self.session, self.world.case_scopes[kind.rights])
        said: list[str] = []
        for joins, words in ((False, "不再计入本期"), (True, "改计入本期，原来重复的一件已不计")):
            rows = [item for item in found if item.joins is joins and self.looked_at(item.district)]
            if not rows:
                continue
            named = "、".join(f"{item.number}（{item.day} 撤销认定）" for item in rows[:MOST_NAMED])
            more = f"等 {len(rows)} 件" if len(rows) > MOST_NAMED else ""
            said.append(f"已更正：{named}{more}，{words}")
        return tuple(said)

    def looked_at(self, place: str | None) -> bool:
        """Whether what stands in a district counts; what stands in none counts to the whole only."""
        return place in self.places.names or (place is None and self.places.everywhere)

    def _listed(self, found: Collection[str | None]) -> list[str | None]:
        """Every district that is looked at, and last what belongs to none where there is such."""
        return [*self.places.names, *([None] if None in found else [])]


def _missing_first(*sides: _Values) -> list[_Values]:
    """The sides of a ratio, first what has no number: its note is why there is none."""
    return sorted(sides, key=lambda side: side.total is not None)


def _mixed(ends: Collection[set[dt.date]]) -> bool:
    """Whether what is divided is of several periods. Where a side has nothing, nothing is divided anyway."""
    return all(ends) and len(set().union(*ends)) > 1


def _rows(world: World, side: Cases | Entries) -> Subquery:
    return world.case_rows(side) if isinstance(side, Cases) else world.entry_rows(side)


@lru_cache(maxsize=MOST_WRITTEN)
def _grouped(asked: Asked) -> Select[Any]:
    """How many cases or entries count in each district, or what they add up to."""
    side: Cases | Entries = asked.what
    rows = _rows(asked.world, side)
    adds = isinstance(side, Entries) and side.adds
    number = func.sum(rows.c.amount) if adds else func.count()
    return select(rows.c.district, number).group_by(rows.c.district)


def _least(value: Number | None, counted: Number, many: int) -> Reading:
    return Reading(value=None if value is None else Fraction(value), numerator=counted, denominator=many)


def _periods(periods: Collection[str]) -> str:
    first, last = min(periods), max(periods)
    return first if first == last else f"{first} 至 {last}"


def _plain(value: Decimal | int) -> str:
    return f"{Decimal(value).normalize():,f}"
