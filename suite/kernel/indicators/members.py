"""A members side in SQL: who counts on a day, by name, and in which district."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    cast,
    column,
    false,
    func,
    or_,
    select,
    true,
)

from suite.contract.commands import Scope
from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.indicators import Cases, Chosen, Entries, EntryCondition, Members, PlainSide, Side
from suite.contract.ledgers import ABOUT
from suite.kernel.casework.counting import cases_counted
from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.ledgers.counting import entries_naming, entry_rows, year_to
from suite.kernel.ledgers.sheet import ledger_sheet
from suite.kernel.registry.as_of import as_of_column, within_term
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Case, District, Person, Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]
#: Begins the name of a column that tells an attribute that counted.
TOLD = "told "
PERSONS = Subject.metadata.tables[Person.__tablename__]


@dataclass(kw_only=True)
class KindOnDay:
    """Implements the contract's `AsOf` for one kind; remembers what its conditions read and want joined.

    `asked`: key of a field, or title of what is linked → what it read: the attributes that counted.
    `given`: name → what a statement within must give by that name, where conditions read it from there
    (`within`): what a field said on a day is found by looking into its history, which is done but once.
    """

    world: World
    kind: RecordKind
    within: bool = False
    joins: list[Subquery] = field(default_factory=list)
    asked: dict[str, ColumnElement[Any]] = field(default_factory=dict)
    given: dict[str, ColumnElement[Any]] = field(default_factory=dict)
    tables: set[FromClause] = field(default_factory=set)
    _read: dict[object, ColumnElement[Any]] = field(default_factory=dict)

    @property
    def day(self) -> dt.date:
        """The day that is asked about."""
        return self.world.day

    def field(self, key: str) -> ColumnElement[Any]:
        """See `AsOf.field`. Raises ValueError for a field that is not there or is secret."""
        found = self.kind.by_key.get(key)
        if found is None or found.sensitive or found.table not in (SUBJECTS, self.kind.details, PERSONS):
            raise ValueError(f"{self.kind.key} has no field {key!r} that may be counted by")
        self.tables.add(found.table)
        return self._once(key, key, lambda: self.world.said(self.kind, found))

    def _once(self, what: object, title: str, make: Callable[[], ColumnElement[Any]]) -> ColumnElement[Any]:
        """What is read, made but once; by its name where a statement within gives it."""
        if what not in self._read:
            made = self.asked[title] = make()
            if self.within:
                name = f"at_{len(self.given)}"
                self.given[name], made = made, column(name, made.type)
            self._read[what] = made
        return self._read[what]

    def number(self, key: str) -> int:
        """See `AsOf.number`."""
        return int(self.world.parameters[key])

    def switch(self, key: str) -> bool:
        """See `AsOf.switch`."""
        return bool(self.world.parameters[key])

    def linked(self, members: Members, by: str = "body_id") -> ColumnElement[int]:
        """See `AsOf.linked`: counted once for all subjects, and joined."""

        def joined() -> ColumnElement[Any]:
            counts = self.world.held(members, by)
            self.joins.append(counts)
            return func.coalesce(counts.c.number, 0)

        return self._once((members, by), members.title, joined)

    def points_outside(self, key: str, members: Members) -> ColumnElement[bool]:
        """See `AsOf.points_outside`. Who is left out of the city's numbers is known all the same."""
        link, kind = self.field(key), self.world.catalog.kinds[members.kind]
        known = select(SUBJECTS.c.id).where(
            SUBJECTS.c.kind == kind.key, _inside(self.world.scopes[kind.owner]), _inside(self.world.within)
        )
        inside = replace(self.world, left_out=frozenset()).rows(members)
        return and_(link.is_not(None), link.in_(known.correlate(None)), link.not_in(select(inside.c.id)))

    def logged(
        self,
        ledger: str,
        *,
        role: str = ABOUT,
        where: EntryCondition | None = None,
        span: tuple[dt.date, dt.date] | None = None,
    ) -> ColumnElement[int]:
        """See `AsOf.logged`: counted once for all subjects, and joined."""
        sheet = ledger_sheet(self.world.catalog, ledger)
        days = span or year_to(self.day)

        def joined() -> ColumnElement[Any]:
            counts = entries_naming(sheet, role, where, days, self.world.ledger_scopes[sheet.owner])
            self.joins.append(counts)
            return func.coalesce(counts.c.number, 0)

        return self._once((ledger, role, where, days), sheet.title, joined)

    @property
    def district(self) -> ColumnElement[Any]:
        """Where a subject stood on the day."""
        if "district_code" in self.kind.by_key:
            return self.field("district_code")
        return self._once("district_code", "district_code", lambda: SUBJECTS.c.district_code)

    @property
    def status(self) -> ColumnElement[Any]:
        """What its status was on the day, which is not told of a row for being on the roster alone."""
        return self.field("status") if self.within else self.world.said(self.kind, self.kind.by_key["status"])

    @property
    def source(self) -> Any:
        """What a statement over the kind reads from, with what its conditions read and want joined."""
        details = self.kind.details
        source: Any = SUBJECTS
        if details in self.tables:
            source = source.join(details, details.c.subject_id == SUBJECTS.c.id)
        if PERSONS in self.tables:
            source = source.outerjoin(PERSONS, PERSONS.c.id == SUBJECTS.c.person_id)
        for joined in self.joins:
            source = source.outerjoin(joined, joined.c.link == SUBJECTS.c.id)
        return source


@dataclass(frozen=True, kw_only=True)
class World:
    """One day seen by one actor: what the sides of every measure are read in.

    scopes: owner of kinds → where its rosters may be read. within: the places where those of the indicator's
    own owner may be; they bound the sides of other owners too, or a ratio would divide a county by the city.
    left_out: districts that do not count to the city.
    """

    catalog: Catalog
    day: dt.date
    parameters: Mapping[str, Any]
    scopes: Mapping[str, tuple[Scope, ...]]
    within: tuple[Scope, ...]
    left_out: frozenset[str]
    case_scopes: Mapping[str, tuple[Scope, ...]] = field(default_factory=dict)
    ledger_scopes: Mapping[str, tuple[Scope, ...]] = field(default_factory=dict)
    _said: dict[tuple[str, str], ColumnElement[Any]] = field(default_factory=dict)

    def said(self, kind: RecordKind, found: Field) -> ColumnElement[Any]:
        """What a field said on the day; written once, however many sides ask."""
        key = kind.key, found.key
        if key not in self._said:
            self._said[key] = as_of_column(kind, found, found.table.columns[found.name], self.day)
        return self._said[key]

    def chosen(self, side: Side) -> PlainSide:
        """See `choose`."""
        return self.choose(side, self.parameters)

    @staticmethod
    def choose(side: Side, parameters: Mapping[str, Any]) -> PlainSide:
        """The side that a parameter chooses; any other is itself. Raises ValueError for an unknown choice."""
        if not isinstance(side, Chosen):
            return side
        value = str(parameters[side.parameter])
        for choice, found in side.sides:
            if choice == value:
                return found
        raise ValueError(f"parameter {side.parameter} is {value!r}")

    def case_rows(self, side: Cases) -> Subquery:
        """The cases that count: `id`, `name` (its number), `district`. See `Cases`."""
        kind = self.catalog.case_kinds[side.kind]
        partly = bool(self.parameters[kind.partly_counts]) if kind.partly_counts else False
        conditions = [
            Case.kind == kind.key,
            _inside_case(self.case_scopes[kind.owner]),
            _inside_case(self.within),
            *cases_counted(side, self.day, partly=partly),
        ]
        if self.left_out:
            conditions.append(
                or_(Case.district_code.is_(None), Case.district_code.not_in(sorted(self.left_out)))
            )
        return (
            select(Case.id, Case.number.label("name"), Case.district_code.label("district"))
            .where(and_(*conditions))
            .subquery()
        )

    def entry_rows(self, side: Entries) -> Subquery:
        """The entries that count: `id`, `name` (their title), `district`, `amount`. See `Entries`."""
        sheet = ledger_sheet(self.catalog, side.ledger)
        scopes = [self.ledger_scopes[sheet.owner], self.within]
        return entry_rows(sheet, side, self.day, scopes, self.left_out)

    def rows(self, members: Members, *, link: str | None = None, told: bool = False) -> Subquery:
        """Who counts: `id`, `name`, `district` on the day, with `link` whom that field points to, and with
        `told` the attributes that counted, each in a column named `TOLD` and what it is."""
        return self.statement(members, link=link, told=told).subquery()

    def held(self, members: Members, by: str) -> Subquery:
        """How many of those who count point to each body by their field `by`: `link` (the body), `number`."""
        statement = self.statement(members, link=by)
        # The OFFSET keeps SQLite from finding the link twice, for its group and for what is told of it.
        rows = statement.with_only_columns(statement.selected_columns.link).offset(0).subquery()
        return select(rows.c.link, func.count().label("number")).group_by(rows.c.link).subquery()

    def statement(self, members: Members, *, link: str | None = None, told: bool = False) -> Select[Any]:
        """See `rows`."""
        kind = self.catalog.kinds[members.kind]
        at = KindOnDay(world=self, kind=kind)
        columns: list[ColumnElement[Any]] = [SUBJECTS.c.id, SUBJECTS.c.name, at.district.label("district")]
        conditions = [*self._looked_at(kind), *self._counted(at)]
        if members.where is not None:
            conditions.append(members.where(at))
        if link is not None:
            # As what it is joined by: SQLite indexes no comparison of a number with a value of no type.
            # A code that rows are listed by (层级) is no number and stays what it is.
            is_link = kind.by_key[link].type is FieldType.LINK
            pointed = at.field(link)
            columns.append((cast(pointed, SUBJECTS.c.id.type) if is_link else pointed).label("link"))
        if told:
            kept = {key: column for key, column in at.asked.items() if key != "district_code"}
            columns += [column.label(f"{TOLD}{key}") for key, column in kept.items()]
        # Within another statement over the subjects it must not take that one's row for its own.
        return select(*columns).select_from(at.source).where(and_(*conditions)).correlate(None)

    def tally(self, kind: RecordKind, sides: Sequence[Members]) -> Select[Any]:
        """How many count to each of several sides of one kind: a row for each district, in the first column,
        and a column for each side. The kind is gone through once, whatever the number of sides."""
        at = KindOnDay(world=self, kind=kind, within=True)
        district, counted = at.district, self._counted(at)
        wheres = [true() if side.where is None else side.where(at) for side in sides]
        rows = (
            select(*(read.label(name) for name, read in at.given.items()))
            .select_from(at.source)
            .where(and_(*self._looked_at(kind)))
            .correlate(None)
            # Else both engines fold it into the statement around it, and look into the histories anew for
            # every condition.
            .cte("rows_on_day")
            .prefix_with("MATERIALIZED")
        )
        numbers = [func.count(case((where, 1))) for where in wheres]
        return select(district, *numbers).select_from(rows).where(and_(*counted)).group_by(district)

    def _looked_at(self, kind: RecordKind) -> list[ColumnElement[bool]]:
        """Whose rows may count at all; nothing of it is found in a history."""
        return [
            SUBJECTS.c.kind == kind.key,
            within_term(self.day),
            _inside(self.scopes[kind.owner]),
            _inside(self.within),
        ]

    def _counted(self, at: KindOnDay) -> list[ColumnElement[bool]]:
        """On the roster by the status of the day, and in no district that is left out."""
        conditions: list[ColumnElement[bool]] = [at.status.in_(at.kind.counted)]
        if self.left_out:
            conditions.append(or_(at.district.is_(None), at.district.not_in(sorted(self.left_out))))
        return conditions


def left_out(districts: Iterable[District], parameters: Mapping[str, Any]) -> frozenset[str]:
    """The districts that the switches of the whole leave out of the city's numbers."""
    return frozenset(
        district.code
        for district in districts
        if (district.province_managed and not parameters[WITH_XINJI])
        or (not district.standard and not parameters[WITH_ZONES])
    )


def _inside(scopes: Sequence[Scope]) -> ColumnElement[bool]:
    return scope_condition(Subject, scopes) if scopes else false()


def _inside_case(scopes: Sequence[Scope]) -> ColumnElement[bool]:
    return scope_condition(Case, scopes) if scopes else false()


def places_of(scopes: Sequence[Scope]) -> tuple[Scope, ...]:
    """The districts of these scopes alone: what they mean for rows of another owner."""
    return tuple(dict.fromkeys(Scope(districts=scope.districts) for scope in scopes))
