"""Many sides counted together: a kind is gone through once, whoever counts it or counts by it."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import add
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Column,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    TableClause,
    and_,
    case,
    cast,
    column,
    func,
    literal_column,
    null,
    or_,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.sql.selectable import CompoundSelect
from sqlalchemy.sql.visitors import iterate

from suite.contract.declarations import Field, RecordKind
from suite.contract.indicators import EntryCondition, Least, Members
from suite.kernel.indicators.members import SUBJECTS, Asked, KindOnDay, World
from suite.kernel.ledgers.counting import entries_naming, entry_counts, how_many
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.kernel.registry.as_of import as_of_throughout

log = logging.getLogger(__name__)
#: So many answers are not written anew: the boards of that many days, or of that many actors.
MOST_WRITTEN = 64
SUBJECT_ID = "subject_id"
#: Written out: of a hundred bound values each would be sent, and read, every time.
NONE = literal_column("0", Integer())

Counted = Members | Least


@dataclass(frozen=True)
class Tally:
    """What one statement counts: its rows give, first, the place in `kinds`, then a district, then the
    numbers of what is counted of that kind, one column for `Members` and three for `Least`."""

    statement: Select[Any] | CompoundSelect[Any]
    kinds: tuple[tuple[Counted, ...], ...]

    def read(self, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Counted, str | None, tuple[Any, ...]]]:
        """What was counted, in which district, and its numbers."""
        for place, district, *numbers in rows:
            start = 0
            for counted in self.kinds[place]:
                end = start + _width(counted)
                yield counted, district, tuple(numbers[start:end])
                start = end


def tally_of_all(world: World, counted: Iterable[Counted]) -> Tally | None:
    """The statement that counts all of these, whatever their kinds: a history is gone through but once.

    What cannot be written, since its condition raises, is left out: whoever reads it alone is told why. None
    where nothing is to be counted.
    """
    return _written(world.asks(tuple(dict.fromkeys(counted))))


def tally_of(world: World, counted: Counted) -> Tally:
    """The statement that counts one alone. Raises what its condition raises."""
    tallying = _Tallying(world)
    tallying.add(counted)
    return tallying.statement()


@lru_cache(maxsize=MOST_WRITTEN)
def _written(asked: Asked) -> Tally | None:
    tallying = _Tallying(asked.world)
    for counted in asked.what:
        try:
            tallying.add(counted)
        except Exception:  # a plugin's condition may raise whatever it likes
            log.info("a side of %s is read alone", counted_kind(counted))
    return tallying.statement() if tallying.counts else None


def counted_kind(counted: Counted) -> str:
    """The kind that is gone through to count this."""
    return _of(counted).kind


def _of(counted: Counted) -> Members:
    """The side whose kind is gone through."""
    if isinstance(counted, Members):
        return counted
    if counted.by is None:
        raise ValueError("the least of the counties is read from the counts of its side")
    return counted.by


def _width(counted: Counted) -> int:
    return 1 if isinstance(counted, Members) else 3


@dataclass(kw_only=True)
class _Linked:
    """Who of a kind points to the subjects of another: `numbers` name → who counts to it.

    source: what they are read from; inside: who may count at all.
    """

    source: FromClause
    inside: Sequence[ColumnElement[bool]]
    link: ColumnElement[Any]
    number: int
    numbers: dict[str, ColumnElement[bool]] = field(default_factory=dict)

    def joined(self) -> Subquery:
        """The link and its numbers, each counted in one go through the rows of the kind."""
        conditions = list(self.numbers.values())
        counts = [func.count()] if len(conditions) == 1 else [how_many(c) for c in conditions]
        return (
            select(
                self.link.label("link"),
                *(n.label(name) for n, name in zip(counts, self.numbers, strict=True)),
            )
            .select_from(self.source)
            .where(*self.inside, self.link.is_not(None), or_(*conditions))
            .group_by(self.link)
            .correlate(None)
            .subquery(f"linked_{self.number}")
        )


@dataclass
class _Logged:
    """Which entries of a ledger name the subjects of a kind in a role: name → which are counted by it."""

    sheet: LedgerSheet
    role: str
    number: int
    counted: dict[str, ColumnElement[bool]] = field(default_factory=dict)
    days: dict[str, tuple[dt.date, dt.date]] = field(default_factory=dict)

    def joined(self, world: World) -> Subquery:
        """The records that are named and the numbers, all counted in one go through the entries."""
        days = min(first for first, _ in self.days.values()), max(last for _, last in self.days.values())
        scopes = world.ledger_scopes[self.sheet.owner]
        return entries_naming(self.sheet, self.role, self.counted, days, scopes)


@dataclass(kw_only=True)
class _Rows(KindOnDay):
    """A kind whose rows of the day are found once, under a name; conditions read them from there.

    given: name → what the rows must give by that name. links: kind, link and whether an index gives them in
    its order → who points to these rows.
    """

    tallying: _Tallying
    table: TableClause
    given: dict[str, ColumnElement[Any]] = field(default_factory=dict)
    links: dict[tuple[str, str, bool], _Linked] = field(default_factory=dict)
    logs: dict[tuple[str, str], _Logged] = field(default_factory=dict)
    on_roster: list[ColumnElement[bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.on_roster = self.world.counted(self)

    def _made(self, title: str, read: ColumnElement[Any]) -> ColumnElement[Any]:
        name = f"at_{len(self.given)}"
        self.given[name] = read
        return column(name, read.type)

    def _said(self, found: Field) -> ColumnElement[Any]:
        now, world = found.table.columns[found.name], self.world
        said, past = as_of_throughout(self.kind, found, now, world.day, world.later, joins=world.joins)
        self.joins += [] if past is None else [past]
        return said

    @property
    def status(self) -> ColumnElement[Any]:
        """See `KindOnDay.status`; found with the rows as any field is."""
        return self.field("status")

    def _held(self, members: Members, by: str) -> ColumnElement[Any]:
        linked, condition = self._in_order(members, by) or self._among_rows(members, by) or (None, None)
        if linked is None or condition is None:
            return super()._held(members, by)
        name = f"linked_{linked.number}_{len(linked.numbers)}"
        linked.numbers[name] = condition
        return func.coalesce(column(name, Integer()), NONE)

    def _in_order(self, members: Members, by: str) -> tuple[_Linked, ColumnElement[bool]] | None:
        """Where an index that begins with the kind and the link says all that is asked: whoever points to the
        same subject stands together in it, and nothing is sorted. Of a past day a history says it."""
        at = KindOnDay(world=self.world, kind=self.world.catalog.kinds[members.kind])
        link = at.field(by)
        inside = [*self.world.looked_at(at.kind), *self.world.counted(at)]
        condition = true() if members.where is None else members.where(at)
        if at.joins or not _said_by_index(link, [*inside, condition]):
            return None
        return self._from(SUBJECTS, inside, link, (members.kind, by, True)), condition

    def _among_rows(self, members: Members, by: str) -> tuple[_Linked, ColumnElement[bool]] | None:
        """Where the rows of the day say it, found once for all who ask; None where each had to be first."""
        source = self.tallying.source(self.kind.key, members.kind)
        if source is None:
            return None
        # As what it is joined by: SQLite indexes no comparison of a number with a value of no type.
        link, condition = cast(source.field(by), SUBJECTS.c.id.type), source.holds(members)
        return self._from(source.table, source.on_roster, link, (members.kind, by, False)), condition

    def _from(
        self,
        source: FromClause,
        inside: Sequence[ColumnElement[bool]],
        link: ColumnElement[Any],
        known: tuple[str, str, bool],
    ) -> _Linked:
        """Those of a kind by a link, under one name for all that count by it."""
        if known not in self.links:
            self.links[known] = _Linked(source=source, inside=inside, link=link, number=len(self.links))
        return self.links[known]

    def _ids(self, members: Members) -> Select[Any]:
        source = self.tallying.source(self.kind.key, members.kind)
        if source is None:
            return super()._ids(members)
        source.given.setdefault(SUBJECT_ID, SUBJECTS.c.id)
        return (
            select(column(SUBJECT_ID))
            .select_from(source.table)
            .where(source.status.in_(source.kind.counted), source.holds(members))
            .correlate(None)
        )

    def _logged(
        self, sheet: LedgerSheet, role: str, where: EntryCondition | None, days: tuple[dt.date, dt.date]
    ) -> ColumnElement[Any]:
        counts = entry_counts(sheet, role, where, days)
        known = sheet.key, role
        logged = self.logs.setdefault(known, _Logged(sheet, role, number=len(self.logs)))
        name = f"logged_{logged.number}_{len(logged.counted)}"
        logged.counted[name], logged.days[name] = counts, days
        return func.coalesce(column(name, Integer()), NONE)

    def holds(self, members: Members) -> ColumnElement[bool]:
        """Whether a row counts to a side, beside being on the roster."""
        return true() if members.where is None else members.where(self)

    def rows(self) -> CTE:
        """The rows of the day, with everything that was asked of them."""
        self.joins += [linked.joined() for linked in self.links.values()]
        self.joins += [logged.joined(self.world) for logged in self.logs.values()]
        return (
            select(*(read.label(name) for name, read in self.given.items()))
            .select_from(self.source)
            .where(and_(*self.world.looked_at(self.kind)))
            .correlate(None)
            .cte(self.table.name)
            .prefix_with("NOT MATERIALIZED" if self._plain else "MATERIALIZED")
        )

    @property
    def _plain(self) -> bool:
        """Whether the rows only repeat columns: then PostgreSQL had rather read them again than keep them.

        What is joined or looked up would be found anew for every condition that reads it.
        """
        repeated = all(isinstance(read, Column) for read in self.given.values())
        return self.world.joins and repeated and not self.joins


def _said_by_index(link: ColumnElement[Any], conditions: Iterable[ColumnElement[bool]]) -> bool:
    """Whether an index of the subjects gives them by kind and link, with all that the conditions read."""
    found = (part for condition in conditions for part in iterate(condition))
    read = {part for part in found if isinstance(part, Column)}
    return any(
        list(index.columns)[:2] == [SUBJECTS.c.kind, link] and read <= set(index.columns)
        for index in SUBJECTS.indexes
    )


class _Tallying:
    """The kinds that are counted, and which of them count by which."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rows: dict[str, _Rows] = {}
        self._needs: defaultdict[str, set[str]] = defaultdict(set)
        self._numbers: defaultdict[str, dict[Counted, list[ColumnElement[Any]]]] = defaultdict(dict)

    def add(self, counted: Counted) -> None:
        """Count this too. Raises what its condition raises."""
        of = _of(counted)
        at = self._of(self._world.catalog.kinds[of.kind])
        where = at.holds(of)
        if isinstance(counted, Members):
            numbers: list[ColumnElement[Any]] = [how_many(where)]
        else:
            each = [at.linked(members, counted.link) for members in self._world.members(counted.a)]
            number = case((where, reduce(add, each)))
            # The sum of whole numbers is one of no end on PostgreSQL, and so would be the column of them all.
            numbers = [func.min(number), cast(func.sum(number), BigInteger()), func.count(number)]
        self._numbers[of.kind][counted] = numbers

    def source(self, asking: str, key: str) -> _Rows | None:
        """The rows of a kind for one that counts by them; None where each would have to be there first."""
        if self._leads(key, asking):
            return None
        self._needs[asking].add(key)
        return self._of(self._world.catalog.kinds[key])

    def _leads(self, key: str, to: str) -> bool:
        return key == to or any(self._leads(need, to) for need in self._needs[key])

    def _of(self, kind: RecordKind) -> _Rows:
        if kind.key not in self._rows:
            name = table(f"rows_{len(self._rows)}")
            self._rows[kind.key] = _Rows(world=self._world, kind=kind, tallying=self, table=name)
        return self._rows[kind.key]

    @property
    def counts(self) -> bool:
        """Whether there is anything to count."""
        return bool(self._numbers)

    def statement(self) -> Tally:
        """All the kinds in one, each after those that it needs."""
        widths = {key: sum(map(len, numbers.values())) for key, numbers in self._numbers.items()}
        # The longest says what the numbers are, and how many: where others have none they need not say it.
        counted = sorted(widths, key=lambda key: -widths[key])
        width = widths[counted[0]]
        selects = []
        for place, key in enumerate(counted):
            at, district = self._rows[key], self._rows[key].district
            numbers = [number for found in self._numbers[key].values() for number in found]
            nothing = [null()] * (width - len(numbers))
            selects.append(
                select(literal_column(str(place), Integer()), district, *numbers, *nothing)
                .select_from(at.table)
                .where(*at.on_roster)
                .group_by(district)
                .correlate(None)
            )
        statement = selects[0] if len(selects) == 1 else union_all(*selects)
        ctes = [self._rows[key].rows() for key in self._in_turn()]
        return Tally(
            statement=statement.add_cte(*ctes),
            kinds=tuple(tuple(self._numbers[key]) for key in counted),
        )

    def _in_turn(self) -> list[str]:
        done: list[str] = []

        def take(key: str) -> None:
            if key not in done:
                for need in sorted(self._needs[key]):
                    take(need)
                done.append(key)

        for key in self._numbers:
            take(key)
        return done
