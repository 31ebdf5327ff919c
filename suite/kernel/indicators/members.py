"""A members side in SQL: who counts on a day, by name, and in which district."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    cast,
    false,
    func,
    or_,
    select,
    true,
)

from suite.contract.commands import Scope
from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.indicators import (
    Cases,
    Chosen,
    Entries,
    EntryCondition,
    Members,
    PlainSide,
    Side,
    alternatives,
)
from suite.contract.ledgers import ABOUT
from suite.kernel.casework.counting import Counted
from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.ledgers.counting import entries_naming, entry_counts, entry_rows, year_to
from suite.kernel.ledgers.sheet import LedgerSheet, ledger_sheet
from suite.kernel.registry.as_of import Later, as_of_column, within_term
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
    """

    world: World
    kind: RecordKind
    joins: list[FromClause] = field(default_factory=list)
    asked: dict[str, ColumnElement[Any]] = field(default_factory=dict)
    columns: set[Column[Any]] = field(default_factory=set)
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
        self.columns.add(found.table.columns[found.name])
        return self._once(key, key, lambda: self._said(found))

    def _said(self, found: Field) -> ColumnElement[Any]:
        return self.world.said(self.kind, found)

    def _once(self, what: object, title: str, make: Callable[[], ColumnElement[Any]]) -> ColumnElement[Any]:
        """What is read, made but once."""
        if what not in self._read:
            made = self.asked[title] = make()
            self._read[what] = self._made(title, made)
        return self._read[what]

    def _made(self, title: str, read: ColumnElement[Any]) -> ColumnElement[Any]:
        """How conditions read what was made."""
        return read

    def number(self, key: str) -> int:
        """See `AsOf.number`."""
        return int(self.world.parameters[key])

    def switch(self, key: str) -> bool:
        """See `AsOf.switch`."""
        return bool(self.world.parameters[key])

    def linked(self, members: Members, by: str = "body_id") -> ColumnElement[int]:
        """See `AsOf.linked`: counted once for all subjects, and joined."""
        return self._once((members, by), members.title, lambda: self._held(members, by))

    def _held(self, members: Members, by: str) -> ColumnElement[Any]:
        counts = self.world.held(members, by)
        self.joins.append(counts)
        return func.coalesce(counts.c.number, 0)

    def points_outside(self, key: str, members: Members) -> ColumnElement[bool]:
        """See `AsOf.points_outside`. Who is left out of the city's numbers is known all the same."""
        link, kind = self.field(key), self.world.catalog.kinds[members.kind]
        known = select(SUBJECTS.c.id).where(
            SUBJECTS.c.kind == kind.key, _inside(self.world.scopes[kind.owner]), _inside(self.world.within)
        )
        return and_(link.is_not(None), link.in_(known.correlate(None)), link.not_in(self._ids(members)))

    def _ids(self, members: Members) -> Select[Any]:
        """Which records count to a side, in whatever district."""
        inside = replace(self.world, left_out=frozenset()).rows(members)
        return select(inside.c.id)

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
        asked = ledger, role, where, days
        return self._once(asked, sheet.title, lambda: self._logged(sheet, role, where, days))

    def _logged(
        self, sheet: LedgerSheet, role: str, where: EntryCondition | None, days: tuple[dt.date, dt.date]
    ) -> ColumnElement[Any]:
        counted = {"number": entry_counts(sheet, role, where, days)}
        counts = entries_naming(sheet, role, counted, days, self.world.ledger_scopes[sheet.owner])
        self.joins.append(counts)
        return func.coalesce(counts.c.number, 0)

    @property
    def district(self) -> ColumnElement[Any]:
        """Where a subject stood on the day."""
        if "district_code" in self.kind.by_key:
            return self.field("district_code")
        return self._once("district_code", "district_code", lambda: SUBJECTS.c.district_code)

    @property
    def status(self) -> ColumnElement[Any]:
        """What its status was on the day, which is not told of a row for being on the roster alone."""
        return self.world.said(self.kind, self.kind.by_key["status"])

    @property
    def source(self) -> Any:
        """What a statement over the kind reads from, with what its conditions read and want joined."""
        details = self.kind.details
        source: Any = SUBJECTS
        if asked := [column for column in details.columns if column in self.columns]:
            # What is joined from outside may be left out where nobody reads it.
            theirs = details.c.subject_id == SUBJECTS.c.id
            if self.world.joins:
                # Details that are empty in all that is asked are as good as none: often few are left to join.
                said = (column.is_not(None) if column.nullable else true() for column in asked)
                theirs = and_(theirs, or_(*said))
            source = source.outerjoin(details, theirs)
        if any(column.table is PERSONS for column in self.columns):
            source = source.outerjoin(PERSONS, PERSONS.c.id == SUBJECTS.c.person_id)
        for joined in self.joins:
            source = source.outerjoin(joined, joined.c.link == SUBJECTS.c.id)
        return source


@dataclass(frozen=True)
class Asked:
    """What is asked in a world. It is the same, and so is the statement that answers it, in every world with
    the same key: to write one takes longer than to have it answered."""

    key: tuple[Any, ...]
    what: Any
    world: World = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class World:
    """One day seen by one actor: what the sides of every measure are read in.

    scopes: owner of kinds → where its rosters may be read. within: the places where those of the indicator's
    own owner may be; they bound the sides of other owners too, or a ratio would divide a county by the city.
    left_out: districts that do not count to the city. later: what happened after the day, where it is known.
    joins: whether the engine had rather join the past of a whole kind than look for each.
    known: until when what was found in cases is known; None for now.
    """

    catalog: Catalog
    day: dt.date
    parameters: Mapping[str, Any]
    scopes: Mapping[str, tuple[Scope, ...]]
    within: tuple[Scope, ...]
    left_out: frozenset[str]
    later: Later | None = None
    joins: bool = False
    known: dt.date | None = None
    case_scopes: Mapping[str, tuple[Scope, ...]] = field(default_factory=dict)
    ledger_scopes: Mapping[str, tuple[Scope, ...]] = field(default_factory=dict)
    _said: dict[tuple[str, str], ColumnElement[Any]] = field(default_factory=dict)

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """The same for all worlds in which the same is written of a side."""
        scopes = self.scopes, self.case_scopes, self.ledger_scopes
        # By what they look like: True and 1 are the same to a dictionary, and not to a choice.
        parameters = frozenset((key, repr(value)) for key, value in self.parameters.items())
        within = tuple(frozenset(part.items()) for part in scopes)
        asked = self.day, self.later, self.joins, self.known, self.within, self.left_out
        return self.catalog, asked, within, parameters

    def asks(self, what: Any) -> Asked:
        """A question in this world."""
        return Asked(self.key, what, self)

    def said(self, kind: RecordKind, found: Field) -> ColumnElement[Any]:
        """What a field said on the day; written once, however many sides ask."""
        key = kind.key, found.key
        if key not in self._said:
            self._said[key] = as_of_column(kind, found, found.table.columns[found.name], self.day, self.later)
        return self._said[key]

    def chosen(self, side: Side) -> PlainSide:
        """See `choose`."""
        return self.choose(side, self.parameters)

    def members(self, side: Side) -> tuple[Members, ...]:
        """The kinds that a side of rosters is made of, as the parameters choose it."""
        return tuple(part for part in alternatives(self.chosen(side)) if isinstance(part, Members))

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
        conditions = [
            Case.kind == kind.key,
            _inside_case(self.case_scopes[kind.rights]),
            _inside_case(self.within),
            *self.cases(side).conditions(),
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

    def cases(self, side: Cases) -> Counted:
        """How the cases of a side are counted on the day."""
        kind = self.catalog.case_kinds[side.kind]
        partly = bool(self.parameters[kind.partly_counts]) if kind.partly_counts else False
        return Counted(side=side, day=self.day, partly=partly, known=self.known)

    def entry_rows(self, side: Entries) -> Subquery:
        """The entries that count: `id`, `name` (their title), `district`, `amount`. See `Entries`."""
        sheet = ledger_sheet(self.catalog, side.ledger)
        scopes = [self.ledger_scopes[sheet.owner], self.within]
        return entry_rows(sheet, side, self.day, scopes, self.left_out, self.parameters)

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
        conditions = [*self.looked_at(kind), *self.counted(at)]
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

    def looked_at(self, kind: RecordKind) -> list[ColumnElement[bool]]:
        """Whose rows may count at all; nothing of it is found in a history."""
        return [
            SUBJECTS.c.kind == kind.key,
            within_term(self.day),
            _inside(self.scopes[kind.owner]),
            _inside(self.within),
        ]

    def counted(self, at: KindOnDay) -> list[ColumnElement[bool]]:
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
