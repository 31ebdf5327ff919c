"""Indicators as they are read: value, state, breakdown, and the rows behind each side of a number."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Scope
from suite.contract.indicators import (
    Added,
    Cases,
    Count,
    Direction,
    Entries,
    Figure,
    Indicator,
    Least,
    Members,
    Part,
    Parts,
    Places,
    PlainSide,
    Ratio,
    Side,
    Target,
    parts_of,
    sides_of,
)
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.database.engine import is_sqlite
from suite.database.rejections import outliving, rejection_of
from suite.kernel.indicators.board import (
    BreakdownValue,
    IndicatorBoard,
    IndicatorValue,
    MemberLine,
    PartReading,
    PartValue,
    Question,
    SideRows,
    Switch,
)
from suite.kernel.indicators.bounds import places_read
from suite.kernel.indicators.breakdowns import told_apart
from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.indicators.members import TOLD, World, left_out
from suite.kernel.indicators.reading import Ground, MeasureReading, Reader, Reading
from suite.kernel.indicators.rules import Number, State, pace_of, set_on, shown, state, worst
from suite.kernel.indicators.sets import named, standing_sets
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.as_of import later_than
from suite.loader.catalog import Catalog
from suite.tables import District

log = logging.getLogger(__name__)
T = TypeVar("T")
#: The city itself among its governments.
CITY, CITY_CODE = "石家庄市", "130100"
CORE = "core"
WORST_FIRST = (State.NO_DATA, State.BEHIND, State.ON_TRACK, State.MET, None)


def indicator_board(session: Session, actor: Actor, catalog: Catalog, question: Question) -> IndicatorBoard:
    """The values that the actor may know; what lies out of scope is not counted, whose sides may not be
    read is left out. Raises Refused for an unknown district or number, and for one that may not be read."""

    def read(careful: bool) -> IndicatorBoard:
        view = _View(session, actor, catalog, question, careful=careful)
        wanted = view.wanted()
        view.prepare([indicator for indicator, _ in wanted])
        return IndicatorBoard(
            as_of=question.as_of,
            district=question.district,
            set=view.set,
            values=tuple(view.value(indicator, target) for indicator, target in wanted),
            district_names={code: district.short_name for code, district in view.districts.items()},
            sets={name: item.set.title for name, item in view.sets.items()},
            bound=view.bound,
            zones=frozenset(code for code, row in view.districts.items() if not row.standard),
        )

    return _at_once_or_apart(session, read)


def rows_behind(
    session: Session, actor: Actor, catalog: Catalog, question: Question, key: str, *, part: int = 0
) -> tuple[SideRows, SideRows | None]:
    """The rows above and below the line of one indicator (or of one of its parts): those that it counts.

    Raises Refused for an unknown indicator, for one that the actor may not read, and for one that cannot be.
    """
    indicator = catalog.indicators.get(key)
    if indicator is None:
        raise refuse("indicator.unknown", f"没有指标 {key}。可用 suite indicators 查看全部。", field="key")

    def read(careful: bool) -> tuple[SideRows, SideRows | None]:
        view = _View(session, actor, catalog, question, careful=careful)
        view.require(indicator)
        return view.rows_or_refused(indicator, parts_of(indicator.measure)[part])

    return _at_once_or_apart(session, read)


def side_counts(
    session: Session, actor: Actor, catalog: Catalog, day: dt.date, owner: str, side: Side
) -> Mapping[str | None, Number]:
    """What one side counts in each district on a day, for `owner`'s own use; nothing where the actor may not
    read what is counted. None stands for what lies in no district."""
    view = _View(session, actor, catalog, Question(as_of=day))
    asked = Indicator(
        key=f"{owner}.known", title="", measure=Count(side), unit="", direction=Direction.UP, help=""
    )
    return view.counts(asked)


def board_with_rows(
    session: Session, actor: Actor, catalog: Catalog, question: Question
) -> tuple[IndicatorBoard, dict[str, list[tuple[SideRows, SideRows | None]]]]:
    """The board, and behind each indicator's key the rows of its parts: what a snapshot freezes.

    Of a number that could not be read there are none, its note says so. Raises Refused where a number is
    known and its rows cannot be read: a list without them would say that nobody was counted.
    """
    board = indicator_board(session, actor, catalog, question)

    def read(careful: bool) -> dict[str, list[tuple[SideRows, SideRows | None]]]:
        view = _View(session, actor, catalog, question, careful=careful)
        return {
            value.indicator.key: [
                view.rows_or_refused(value.indicator, part)
                if _known(reading)
                else view.rows_or_none(value.indicator, part)
                for part, reading in _with_readings(value)
            ]
            for value in board.values
        }

    return board, _at_once_or_apart(session, read)


def _with_readings(value: IndicatorValue) -> Iterator[tuple[Part, Reading]]:
    """The parts of a measure with what was read of each."""
    parts = parts_of(value.indicator.measure)
    readings = [part.whole for part in value.parts] or [value.whole]
    return zip(parts, readings, strict=True)


def _known(reading: Reading) -> bool:
    """Whether a number was read, on either side of its line; nothing to divide by is known too."""
    return reading.numerator is not None or reading.denominator is not None


def _at_once_or_apart(session: Session, read: Callable[[bool], T]) -> T:
    """What is read at once; where the database does not take a statement, each indicator by itself."""
    try:
        with outliving(session.connection()):
            return read(False)
    except DBAPIError as error:
        if rejection_of(error) is None:
            raise
        return read(True)


class _View:
    """One question of one actor: the world of the day, its places, and what was read already.

    careful: an indicator of which the database does not take a statement is told in its place.
    """

    def __init__(
        self, session: Session, actor: Actor, catalog: Catalog, question: Question, *, careful: bool = False
    ) -> None:
        self._session, self._actor, self._catalog, self._question = session, actor, catalog, question
        self._careful = careful
        self.sets = standing_sets(session, catalog)
        self.set = set_on([item.set for item in self.sets.values()], question.as_of)
        if question.set is not None:
            self.set = named(self.sets, question.set).set
        self._parameters = {
            key: question.positions.get(key, value)
            for key, value in parameters_on(session, catalog, question.as_of).items()
        }
        self.districts = {row.code: row for row in session.scalars(select(District).order_by(District.code))}
        if question.district is not None and question.district not in self.districts:
            text = f"没有区县 {question.district}，请填六位区划代码。"
            raise refuse("district.unknown", text, field="district")
        self._left_out = left_out(self.districts.values(), self._parameters)
        self._later = later_than(session, catalog.kinds.values(), question.as_of)
        self._readers: dict[tuple[Scope, ...], Reader] = {}
        self._places_of: dict[str, tuple[Scope, ...]] = {}
        self._require_district()

    def _require_district(self) -> None:
        """Raises Refused for a district in which the actor reads nobody's numbers."""
        asked = self._question.district
        owners = {indicator.owner for indicator in self._catalog.indicators.values()}
        if asked is None or any(
            scope.districts is None or asked in scope.districts
            for owner in owners
            for scope in self._within(owner)
        ):
            return
        text = f"您没有查看{self.districts[asked].short_name}的数的权限，请联系系统管理员。"
        raise refuse("not_permitted", text, ProblemKind.NOT_PERMITTED, field="district")

    def wanted(self) -> list[tuple[Indicator, Target | None]]:
        """The indicators to be read, in the order of the set's numbers, those without a target last."""
        found = []
        known: set[str] = set()
        numbers = self._question.numbers
        for indicator in self._catalog.indicators.values():
            target = self._target(indicator)
            names = {indicator.key} if target is None else {indicator.key, str(target.no)}
            if numbers is not None and names.isdisjoint(numbers):
                continue
            known |= names
            if numbers is not None:
                self.require(indicator)
            if self._readable(indicator):
                found.append((indicator, target))
        unknown = sorted(set(numbers or ()) - known)
        if unknown:
            text = f"没有序号或代号为 {'、'.join(unknown)} 的指标，或其所属插件未启用。"
            raise refuse("indicator.unknown", text, field="no")
        return sorted(found, key=lambda pair: _order(*pair))

    def _target(self, indicator: Indicator) -> Target | None:
        return self.sets[self.set.name].targets.get(indicator.key) if self.set else None

    def _sides(self, indicator: Indicator) -> Iterator[Side]:
        for part in parts_of(indicator.measure):
            yield from (side for side in sides_of(part.measure) if side is not None)

    def _scopes(self, owner: str) -> tuple[Scope, ...]:
        return self._actor.scopes(f"{owner}:roster:read")

    def _chosen(self, side: Side) -> PlainSide:
        return World.choose(side, self._parameters)

    def _readable(self, indicator: Indicator) -> bool:
        chosen = [
            part
            for side in self._sides(indicator)
            for chosen in [self._chosen(side)]
            for part in (chosen.sides if isinstance(chosen, Added) else (chosen,))
        ]
        cases = {self._catalog.case_kinds[side.kind].rights for side in chosen if isinstance(side, Cases)}
        if not all(self._actor.may(f"{area}:case:read") for area in cases):
            return False
        ledgers = {side.ledger.split(".", 1)[0] for side in chosen if isinstance(side, Entries)}
        if not all(self._actor.may(f"{owner}:ledger:read") for owner in ledgers):
            return False
        kinds = [side.kind for side in chosen if isinstance(side, Members)]
        owners = {indicator.owner, *(kind.split(".", 1)[0] for kind in kinds)}
        if not all(self._scopes(owner) for owner in owners):
            return False
        return self._question.district is None or self._question.district in self._places(indicator).names

    def require(self, indicator: Indicator) -> None:
        """Raises Refused where the actor may not read the number."""
        if not self._readable(indicator):
            raise refuse(
                "not_permitted",
                f"您没有查看“{indicator.title}”的权限，请联系科室管理员。",
                ProblemKind.NOT_PERMITTED,
            )

    def _within(self, owner: str) -> tuple[Scope, ...]:
        """The places where an owner's rosters may be read."""
        if owner not in self._places_of:
            self._places_of[owner] = places_read(self._actor, owner)
        return self._places_of[owner]

    @property
    def bound(self) -> tuple[str, ...]:
        """The districts to which the actor is bound in the core's numbers; none for who reads the city's."""
        return self._bound_in(CORE)

    def _bound_in(self, owner: str) -> tuple[str, ...]:
        within = self._within(owner)
        if not within or any(scope.districts is None for scope in within):
            return ()
        return tuple(code for code in self.districts if any(code in (s.districts or ()) for s in within))

    def _places(self, indicator: Indicator) -> Ground:
        within = self._within(indicator.owner)
        allowed = [
            code
            for code in self.districts
            if code not in self._left_out
            and any(scope.districts is None or code in scope.districts for scope in within)
        ]
        only = self._question.district
        everywhere = any(scope.districts is None for scope in within)
        return Ground(
            names={code: self.districts[code].short_name for code in allowed if only in (None, code)},
            counties=frozenset(code for code in allowed if self.districts[code].standard),
            everywhere=everywhere and only is None,
            complete=not self._left_out,
        )

    def _reader(self, indicator: Indicator) -> Reader:
        within = self._within(indicator.owner)
        if within not in self._readers:
            owners = {kind.owner for kind in self._catalog.kinds.values()}
            areas = {kind.rights for kind in self._catalog.case_kinds.values()}
            world = World(
                catalog=self._catalog,
                day=self._question.as_of,
                parameters=self._parameters,
                scopes={name: self._scopes(name) for name in owners},
                ledger_scopes={
                    ledger.owner: self._actor.scopes(f"{ledger.owner}:ledger:read")
                    for ledger in self._catalog.ledgers.values()
                },
                case_scopes={area: self._actor.scopes(f"{area}:case:read") for area in areas},
                within=within,
                left_out=self._left_out,
                later=self._later,
                joins=not is_sqlite(self._session.connection()),
                known=self._question.known_on,
            )
            self._readers[within] = Reader(
                session=self._session,
                world=world,
                places=self._places(indicator),
                judged_on=self._question.judged_on,
                careful=self._careful,
            )
        return self._readers[within]

    def prepare(self, indicators: Sequence[Indicator]) -> None:
        """Read together what is read in the same world."""
        measures: defaultdict[tuple[Scope, ...], list[Ratio | Count | Least]] = defaultdict(list)
        for indicator in indicators:
            within = self._within(indicator.owner)
            measures[within] += [part.measure for part in parts_of(indicator.measure)]
            self._reader(indicator)
        for within, found in measures.items():
            self._readers[within].prepare(found)

    def counts(self, indicator: Indicator) -> Mapping[str | None, Number]:
        """The districts of a count; see `side_counts`."""
        if not self._readable(indicator) or not isinstance(indicator.measure, Count):
            return {}
        found = self._reader(indicator).read(indicator.measure).districts
        return {place: reading.numerator for place, reading in found.items() if reading.numerator is not None}

    def value(self, indicator: Indicator, target: Target | None) -> IndicatorValue:
        """One indicator; one whose condition cannot be read is told in its place, the others work."""
        parts, reader = parts_of(indicator.measure), self._reader(indicator)
        breakdowns: tuple[BreakdownValue, ...] = ()
        try:
            with self._apart():
                self._require_choices(indicator)
                readings = [reader.read(part.measure) for part in parts]
                breakdowns = tuple(self._told_apart(indicator, target))
        except Exception as error:  # a plugin's condition may raise whatever it likes
            nothing = MeasureReading(
                whole=Reading(value=None, numerator=None, denominator=None),
                districts={},
                notes=(self._fault(error, indicator),),
            )
            readings = [nothing for _ in parts]
        # A county that is asked alone is read as the table of all counties reads it.
        everywhere = reader.places.everywhere
        decides = self._decides if everywhere else self._decides_there
        deciding = decides([reading.whole for reading in readings], target, indicator)
        whole = readings[deciding].whole
        return IndicatorValue(
            indicator=indicator,
            unit=parts[deciding].unit or indicator.unit,
            target=_own(target, parts[deciding]),
            state=self._state(whole, target, indicator, parts[deciding]),
            whole=whole,
            by_district=tuple(self._by_district(readings, deciding, target, indicator)),
            deciding=deciding,
            citywide=readings[deciding].citywide,
            pace=self._pace(whole, target, indicator, parts[deciding]),
            parts=tuple(
                PartValue(
                    title=part.title,
                    whole=reading.whole,
                    state=self._state(reading.whole, target, indicator, part),
                    target=part.target,
                    unit=part.unit or indicator.unit,
                )
                for part, reading in zip(parts, readings, strict=True)
                if part.title
            ),
            formula="；".join(
                f"{part.title}：{words}" if part.title else words
                for part, reading in zip(parts, readings, strict=True)
                if (words := self._formula(part, reading.whole))
            ),
            switches=self._switches(indicator),
            notes=(
                *self._warnings(whole, indicator),
                *(_nothing_below(parts, [reading.whole for reading in readings]) if everywhere else ()),
                # Why there is no number is told first: it stands where the number would.
                *dict.fromkeys(
                    note
                    for reading in sorted(readings, key=lambda one: one.whole.value is not None)
                    for note in reading.notes
                ),
                *(
                    words
                    for part, reading in zip(parts, readings, strict=True)
                    for words in self._pace_words(reading.whole, target, indicator, part)
                ),
                *self._place_words(indicator),
                *self._remarks(indicator),
            ),
            breakdowns=breakdowns,
        )

    def _require_choices(self, indicator: Indicator) -> None:
        """Raises Refused where a parameter stands at what is no choice of it: set before it had these."""
        for key in indicator.switches:
            parameter, value = self._catalog.parameters[key], self._parameters[key]
            if parameter.choices and not parameter.several and str(value) not in parameter.titles:
                text = f"参数“{parameter.title}”的值“{value}”不在可选之列，请在设置的参数中重新选择"
                raise refuse("parameter.choice", text, field=key)

    def _apart(self) -> AbstractContextManager[None]:
        return outliving(self._session.connection()) if self._careful else nullcontext()

    def _fault(self, error: Exception, indicator: Indicator) -> str:
        """What is wrong with an indicator's condition, in words. Raises the error again where something else
        is: the transaction is broken, or the database away, and the others cannot be read either."""
        rejection = rejection_of(error)
        if isinstance(error, DBAPIError) and (rejection is None or not self._careful):
            raise error
        if isinstance(error, Refused):
            return str(error)
        log.error("the indicator %s cannot be read", indicator.key, exc_info=error)
        cause = f"{type(error).__name__}: {error}"
        if rejection is not None:
            cause = f"数据库不接受其条件：{rejection.words}"
        return f"口径有误（{cause}），请联系插件的提供者"

    def _by_district(
        self,
        readings: Sequence[MeasureReading],
        deciding: int,
        target: Target | None,
        indicator: Indicator,
    ) -> Iterator[tuple[str | None, Reading]]:
        """The districts in the order of their codes; of several parts in each the one that decides there.

        Where parts have targets of their own it is everywhere the one that decides for the whole, or the
        districts could not be compared with one another, nor with its target.
        """
        if any(part.target is not None for part in parts_of(indicator.measure)):
            readings = [readings[deciding]]
        first, *others = (reading.districts for reading in readings)
        if not others:
            yield from ((place, first[place]) for place in (*self.districts, None) if place in first)
            return
        nowhere = Reading(value=None, numerator=None, denominator=None)
        for place in (*self.districts, None):
            if any(place in districts for districts in (first, *others)):
                here = [districts.get(place, nowhere) for districts in (first, *others)]
                yield place, here[self._decides_there(here, target, indicator)]

    def _decides(self, readings: Sequence[Reading], target: Target | None, indicator: Indicator) -> int:
        """The place of the part that decides. Where parts have targets of their own it is the one that stands
        worst by them."""
        if len(readings) == 1:
            return 0
        parts = parts_of(indicator.measure)
        if target is None or all(part.target is None for part in parts):
            return _deciding(readings, target, indicator)
        states = [
            self._state(reading, target, indicator, part)
            for reading, part in zip(readings, parts, strict=True)
        ]
        return min(range(len(parts)), key=lambda place: WORST_FIRST.index(states[place]))

    def _decides_there(self, readings: Sequence[Reading], target: Target | None, indicator: Indicator) -> int:
        """The same of a district: what nobody there has is left out where the measure says so."""
        if not (isinstance(indicator.measure, Parts) and indicator.measure.where_any):
            return self._decides(readings, target, indicator)
        places = [place for place, reading in enumerate(readings) if reading.denominator != 0]
        places = places or list(range(len(readings)))
        return places[_deciding([readings[place] for place in places], target, indicator)]

    def _told_apart(self, indicator: Indicator, target: Target | None) -> Iterator[BreakdownValue]:
        for part in parts_of(indicator.measure):
            if isinstance(part.measure, Least):
                continue
            for item in indicator.breakdowns:
                found = told_apart(self._reader(indicator), part.measure, item)
                parts = (
                    PartReading(
                        name=name, reading=reading, state=self._state(reading, target, indicator, part)
                    )
                    for name, reading in found
                )
                yield BreakdownValue(title=item.title, parts=tuple(parts))

    def _state(
        self, reading: Reading, target: Target | None, indicator: Indicator, part: Part
    ) -> State | None:
        """How a number of a part stands to the part's own target, or the indicator's."""
        target = _own(target, part)
        if target is None or self.set is None:
            return None if reading.value is not None else State.NO_DATA
        tolerance = int(self._parameters[target.tolerance]) if target.tolerance else 0
        strict = bool(self._parameters[target.strict]) if target.strict else False
        day = self._question.as_of
        pace = self._pace(reading, target, indicator, part)
        return state(
            reading.value, target, indicator.direction, self.set, day, tolerance, strict=strict, pace=pace
        )

    def _pace(
        self, reading: Reading, target: Target | None, indicator: Indicator, part: Part
    ) -> Fraction | None:
        """What a part that adds up within the year is to have come to by now."""
        target = _own(target, part)
        if target is None or self.set is None or reading.value is None:
            return None
        until = self._reader(indicator).told_until(part.measure)
        return None if until is None else pace_of(target, indicator.direction, self.set, until)

    def _pace_words(
        self, reading: Reading, target: Target | None, indicator: Indicator, part: Part
    ) -> Iterator[str]:
        """How a part that adds up within the year is judged before its end."""
        pace = self._pace(reading, target, indicator, part)
        if pace is not None:
            until = self._reader(indicator).told_until(part.measure)
            unit = part.unit or indicator.unit
            yield f"当年累计至 {until}，按时间进度应达到 {shown(pace)}{'' if unit == '%' else ' '}{unit}"

    def _place_words(self, indicator: Indicator) -> Iterator[str]:
        """Of which places a number is, where they are others than the board's."""
        here = self._bound_in(indicator.owner)
        if self._question.district is None and here != self.bound:
            names = "、".join(self.districts[code].short_name for code in here)
            yield f"这一项只计{names}" if here else "这一项计全市"

    def _warnings(self, reading: Reading, indicator: Indicator) -> tuple[str, ...]:
        """That a number has come to where it is to be warned of."""
        if indicator.warning is None or reading.value is None:
            return ()
        line = Fraction(str(self._parameters[indicator.warning]))
        if reading.value < line:
            return ()
        title = self._catalog.parameters[indicator.warning].title
        return (f"已达到{title} {self._parameters[indicator.warning]}{indicator.unit}",)

    def _remarks(self, indicator: Indicator) -> tuple[str, ...]:
        """What is to be said of the targets of the set that is in force."""
        in_force = self.set is not None and any(one.set == self.set.name for one in indicator.targets)
        return (indicator.remark,) if indicator.remark and in_force else ()

    def _switches(self, indicator: Indicator) -> tuple[Switch, ...]:
        keys = dict.fromkeys((*indicator.switches, WITH_XINJI, WITH_ZONES))
        return tuple(Switch.of(self._catalog.parameters[key], self._parameters[key]) for key in keys)

    def _formula(self, part: Part, reading: Reading) -> str:
        """The reckoning in words: 执业律师 5,000 人 ÷ 常住人口 1,123.51 万人."""
        above, below = sides_of(part.measure)
        first = self._side_words(above, reading.numerator)
        match part.measure:
            case Ratio() if below is not None:
                per = {1: "", 100: ""}.get(part.measure.per, f" × {part.measure.per:,}")
                return f"{first} ÷ {self._side_words(below, reading.denominator)}{per}"
            case Least():
                among = below.title if isinstance(below, Members) else "县（市、区）"
                number = shown(reading.denominator)
                return f"{first}，分属 {number} 个{among}，取最少的一个"
        return first

    def _side_words(self, side: Side, number: Any) -> str:
        side = self._chosen(side)
        if isinstance(side, Cases | Entries | Places | Added):
            return f"{side.title} {shown(number)} {side.unit}"
        if isinstance(side, Members):
            kind = self._catalog.kinds.get(side.kind)
            return f"{side.title} {shown(number)} {kind.unit if kind else ''}".rstrip()
        series = self._catalog.figures[side.series]
        return f"{series.title} {shown(number)} {series.unit}"

    def rows_or_refused(self, indicator: Indicator, part: Part) -> tuple[SideRows, SideRows | None]:
        """See `rows_behind`. Raises Refused where a condition cannot be read."""
        try:
            with self._apart():
                self._require_choices(indicator)
                return self._rows(indicator, part)
        except Exception as error:  # a plugin's condition may raise whatever it likes
            text = f"“{indicator.title}”背后的明细读不出：{self._fault(error, indicator)}。"
            raise refuse("indicator.unreadable", text) from error

    def rows_or_none(self, indicator: Indicator, part: Part) -> tuple[SideRows, SideRows | None]:
        """The rows behind one whose number is none: where they cannot be read either, its sides without."""
        try:
            return self.rows_or_refused(indicator, part)
        except Refused:
            above, below = sides_of(part.measure)
            return self._without_rows(above), None if below is None else self._without_rows(below)

    def _without_rows(self, side: Side) -> SideRows:
        side = self._chosen(side)
        title = self._catalog.figures[side.series].title if isinstance(side, Figure) else side.title
        return SideRows(title=title, kind=None)

    def _rows(self, indicator: Indicator, part: Part) -> tuple[SideRows, SideRows | None]:
        above, below = sides_of(part.measure)
        upper = self._least_rows(indicator, part.measure) if isinstance(part.measure, Least) else None
        return (
            upper or self._side_rows(indicator, above),
            None if below is None else self._side_rows(indicator, below),
        )

    def _side_rows(self, indicator: Indicator, side: Side) -> SideRows:
        reader = self._reader(indicator)
        side = self._chosen(side)
        if isinstance(side, Places):
            return SideRows(title=side.title, kind=None, members=self._standing(reader, side))
        if isinstance(side, Added):
            parts = [self._side_rows(indicator, part) for part in side.sides]
            members = tuple(line for part in parts for line in part.members)
            return SideRows(title=side.title, kind=None, members=members)
        if not isinstance(side, Figure):
            rows = reader.rows(side, told=True)
            return self._member_rows(reader, side, self._session.execute(select(rows).order_by(rows.c.id)))
        return SideRows(
            title=self._catalog.figures[side.series].title,
            kind=None,
            series=side.series,
            figures=reader.figure(side).behind(reader.asked(side), whole=reader.whole(side)),
        )

    def _standing(self, reader: Reader, side: Places) -> tuple[MemberLine, ...]:
        """Places as rows: of a district its code is its id, of the city that of the prefecture."""
        return tuple(
            MemberLine(
                id=int(code or CITY_CODE), name=self.districts[code].name if code else CITY, district=code
            )
            for code in reader.standing(side)
        )

    def _least_rows(self, indicator: Indicator, measure: Least) -> SideRows:
        """Those of `a` that belong to a body that counts, in the body's district; or to a county."""
        reader = self._reader(indicator)
        if measure.by is None:
            found = self._side_rows(indicator, measure.a)
            counted = tuple(line for line in found.members if line.district in reader.places.counties)
            return SideRows(title=found.title, kind=found.kind, members=counted)
        each = []
        for members in reader.world.members(measure.a):
            rows = reader.world.rows(members, link=measure.link, told=True)
            bodies = reader.world.rows(measure.by)
            told = [column for column in rows.c if column.name.startswith(TOLD)]
            statement = (
                select(rows.c.id, rows.c.name, bodies.c.district, *told)
                .select_from(rows.join(bodies, bodies.c.id == rows.c.link))
                .order_by(rows.c.id)
            )
            each.append(self._member_rows(reader, members, self._session.execute(statement)))
        chosen = self._chosen(measure.a)
        if not isinstance(chosen, Added):
            return each[0]
        lines = tuple(line for side in each for line in side.members)
        return SideRows(title=chosen.title, kind=None, members=lines)

    @staticmethod
    def _member_rows(reader: Reader, side: Members | Cases | Entries, found: Any) -> SideRows:
        entries = isinstance(side, Entries)
        adds = isinstance(side, Entries) and side.adds
        told = [(place, key.removeprefix(TOLD)) for place, key in enumerate(found.keys()) if place > 2]
        lines = tuple(
            MemberLine(
                id=row[0],
                name=row[1],
                district=row[2],
                told=() if entries else tuple((key, row[place]) for place, key in told),
                counts=_plain(row.amount) if adds else None,
            )
            for row in found
            if reader.looked_at(row[2])
        )
        kind = side.ledger if isinstance(side, Entries) else side.kind
        return SideRows(title=side.title, kind=kind, members=lines)


def _plain(amount: int | Decimal) -> int | Decimal:
    """An amount as people write it: 1, not 1.00."""
    exact = Decimal(amount)
    return int(exact) if exact == int(exact) else exact.normalize()


def _own(target: Target | None, part: Part) -> Target | None:
    """The target of a part: its own number where it has one."""
    return target if target is None or part.target is None else replace(target, value=part.target)


def _deciding(readings: Sequence[Reading], target: Target | None, indicator: Indicator) -> int:
    """The place of the reading that decides: the worst part, or the first that has no value."""
    values = [reading.value for reading in readings if reading.value is not None]
    if len(values) < len(readings):
        return next(place for place, reading in enumerate(readings) if reading.value is None)
    return values.index(worst(values, target, indicator.direction))


def _nothing_below(parts: Sequence[Part], readings: Sequence[Reading]) -> Iterator[str]:
    """Which of several parts have nothing to divide by, so that there is no number."""
    for part, reading in zip(parts, readings, strict=True):
        if part.title and reading.denominator == 0 and isinstance(part.measure, Ratio):
            yield f"{part.title}：分母为 0，无数据"


def _order(indicator: Indicator, target: Target | None) -> tuple[int, int, str]:
    if target is None:
        return 2, 0, indicator.key
    text = str(target.no)
    return (1 if isinstance(target.no, str) else 0), int("".join(filter(str.isdigit, text)) or 0), text
