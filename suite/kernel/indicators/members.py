"""A members side in SQL: who counts on a day, by name, and in which district."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, false, func, or_, select

from suite.contract.commands import Scope
from suite.contract.declarations import RecordKind
from suite.contract.indicators import Cases, Chosen, Entries, EntryCondition, Figure, Members, Side
from suite.contract.ledgers import ABOUT
from suite.kernel.casework.counting import cases_counted
from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.ledgers.counting import entries_naming, entry_rows, year_to
from suite.kernel.ledgers.sheet import ledger_sheet
from suite.kernel.registry.as_of import as_of_column, on_roster
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Case, District, Person, Subject

#: A side that is not chosen any more.
Plain = Members | Figure | Cases | Entries
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
    joins: list[Subquery] = field(default_factory=list)
    asked: dict[str, ColumnElement[Any]] = field(default_factory=dict)

    @property
    def day(self) -> dt.date:
        """The day that is asked about."""
        return self.world.day

    def field(self, key: str) -> ColumnElement[Any]:
        """See `AsOf.field`. Raises ValueError for a field that is not there or is secret."""
        found = self.kind.by_key.get(key)
        if found is None or found.sensitive or found.table not in (SUBJECTS, self.kind.details, PERSONS):
            raise ValueError(f"{self.kind.key} has no field {key!r} that may be counted by")
        self.asked[key] = as_of_column(self.kind, found, found.table.columns[found.name], self.day)
        return self.asked[key]

    def number(self, key: str) -> int:
        """See `AsOf.number`."""
        return int(self.world.parameters[key])

    def switch(self, key: str) -> bool:
        """See `AsOf.switch`."""
        return bool(self.world.parameters[key])

    def linked(self, members: Members, by: str = "body_id") -> ColumnElement[int]:
        """See `AsOf.linked`: counted once for all subjects, and joined."""
        rows = self.world.rows(members, link=by)
        counts = select(rows.c.link, func.count().label("number")).group_by(rows.c.link).subquery()
        self.joins.append(counts)
        number = func.coalesce(counts.c.number, 0)
        self.asked[members.title] = number
        return number

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
        counts = entries_naming(sheet, role, where, days, self.world.ledger_scopes[sheet.owner])
        self.joins.append(counts)
        number = func.coalesce(counts.c.number, 0)
        self.asked[sheet.title] = number
        return number


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

    def chosen(self, side: Side) -> Plain:
        """See `choose`."""
        return self.choose(side, self.parameters)

    @staticmethod
    def choose(side: Side, parameters: Mapping[str, Any]) -> Plain:
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

    def statement(self, members: Members, *, link: str | None = None, told: bool = False) -> Select[Any]:
        """See `rows`."""
        kind = self.catalog.kinds[members.kind]
        at = KindOnDay(world=self, kind=kind)
        district = self._district(at)
        columns: list[ColumnElement[Any]] = [SUBJECTS.c.id, SUBJECTS.c.name, district.label("district")]
        conditions = [
            SUBJECTS.c.kind == kind.key,
            on_roster(kind, self.day),
            _inside(self.scopes[kind.owner]),
            _inside(self.within),
        ]
        if self.left_out:
            conditions.append(or_(district.is_(None), district.not_in(sorted(self.left_out))))
        if members.where is not None:
            conditions.append(members.where(at))
        if link is not None:
            columns.append(at.field(link).label("link"))
        if told:
            kept = {key: column for key, column in at.asked.items() if key != "district_code"}
            columns += [column.label(f"{TOLD}{key}") for key, column in kept.items()]
        source: Any = SUBJECTS.join(kind.details, kind.details.c.subject_id == SUBJECTS.c.id)
        if kind.has_person:
            source = source.outerjoin(PERSONS, PERSONS.c.id == SUBJECTS.c.person_id)
        for joined in at.joins:
            source = source.outerjoin(joined, joined.c.link == SUBJECTS.c.id)
        # Within another statement over the subjects it must not take that one's row for its own.
        return select(*columns).select_from(source).where(and_(*conditions)).correlate(None)

    @staticmethod
    def _district(at: KindOnDay) -> ColumnElement[Any]:
        return at.field("district_code") if "district_code" in at.kind.by_key else SUBJECTS.c.district_code


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
