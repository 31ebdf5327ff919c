"""A coverage as it is read: every unit with its standing, and who could serve a unit that nobody serves.

All of it runs through the sides of indicators (`World`), so that page and number are the same rows.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.coverage import Coverage
from suite.contract.declarations import FieldType
from suite.contract.indicators import Members
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.kernel.coverage.board import CoverageAsk, CoverageBoard, Server, Unit
from suite.kernel.coverage.rules import Told, capacity, needed, standing_of
from suite.kernel.indicators.board import Switch
from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.indicators.members import World, left_out, places_of
from suite.kernel.parameters.queries import parameter_lines
from suite.kernel.registry.current import chunks
from suite.loader.catalog import Catalog
from suite.tables import District, Subject

#: Digits of a village's code that name its township.
TOWNSHIP_DIGITS = 9
#: So many bodies that could serve are told at most.
MOST_SERVERS = 60


def coverages_of(actor: Actor, catalog: Catalog) -> tuple[Coverage, ...]:
    """The coverages that the actor may read: the rosters of all that they are made of."""
    return tuple(item for item in catalog.coverages.values() if _readable(item, actor))


def coverage_board(session: Session, actor: Actor, catalog: Catalog, ask: CoverageAsk) -> CoverageBoard:
    """Every unit that the actor may read, with its standing. Raises Refused for an unknown coverage or
    district, and for one that may not be read."""
    seen = _Seen(session, actor, catalog, ask)
    return seen.board()


def servers(
    session: Session, actor: Actor, catalog: Catalog, ask: CoverageAsk, units: Iterable[Unit]
) -> list[Server]:
    """The bodies that could serve these units: those of the same township first, where the units lie in one,
    then of the same district, then the rest; among equals whoever has most room.

    Raises Refused as `coverage_board` does.
    """
    seen = _Seen(session, actor, catalog, ask)
    return seen.servers(tuple(units))


def _readable(coverage: Coverage, actor: Actor) -> bool:
    sides = (coverage.of, coverage.by)
    owners = {coverage.owner, *(side.kind.split(".", 1)[0] for side in sides)}
    return all(actor.scopes(f"{owner}:roster:read") for owner in owners)


@dataclass(frozen=True, kw_only=True)
class _By:
    """One that covers: whom it points to, its last day, who serves, and the body behind him."""

    id: int
    link: int
    until: dt.date | None
    who: int | None
    named: str | None
    firm: int | None


class _Seen:
    """One question of one actor: the world of the day, and what was read already."""

    def __init__(self, session: Session, actor: Actor, catalog: Catalog, ask: CoverageAsk) -> None:
        self._session, self._catalog, self._ask = session, catalog, ask
        coverage = catalog.coverages.get(ask.key)
        if coverage is None:
            known = "、".join(catalog.coverages) or "无"
            raise refuse("coverage.unknown", f"没有覆盖情况 {ask.key[:60]}。现有：{known}。", field="key")
        self._coverage = coverage
        if not _readable(coverage, actor):
            raise _not_permitted(coverage)
        self._districts = {row.code: row for row in session.scalars(select(District).order_by(District.code))}
        if ask.district is not None and ask.district not in self._districts:
            text = f"没有区县 {ask.district[:20]}，请填六位区划代码。"
            raise refuse("district.unknown", text, field="district")
        parameters = {line.key: line.value for line in parameter_lines(session, catalog, ask.as_of)}
        for key, wanted in ((WITH_XINJI, ask.with_xinji), (WITH_ZONES, ask.with_zones)):
            if wanted is not None:
                parameters[key] = wanted
        self._parameters = parameters
        owners = {kind.owner for kind in catalog.kinds.values()}
        self._world = World(
            catalog=catalog,
            day=ask.as_of,
            parameters=parameters,
            scopes={name: actor.scopes(f"{name}:roster:read") for name in owners},
            ledger_scopes={name: actor.scopes(f"{name}:ledger:read") for name in owners},
            within=places_of(actor.scopes(f"{coverage.owner}:roster:read")),
            left_out=left_out(self._districts.values(), parameters),
        )

    def board(self) -> CoverageBoard:
        """See `coverage_board`."""
        coverage, ask = self._coverage, self._ask
        by = self._by(coverage.by, self._world)
        sound = None if coverage.sound is None else self._links(coverage.sound, self._world)
        later = self._later()
        served = None if coverage.served is None else self._ids(coverage.served)
        otherwise = frozenset[int]() if coverage.otherwise is None else self._ids(coverage.otherwise)
        sizes = self._sizes()
        units = []
        for row in self._units():
            found = by.get(row.id, ())
            sized = coverage.per is None or sizes.get(row.id) is not None
            told = Told(
                standing=len(found),
                sound=len(found) if sound is None else sound.get(row.id, 0),
                later=len(found) if later is None else later.get(row.id, 0),
                served=served is None or row.id in served,
                otherwise=row.id in otherwise,
                need=self._need(sizes.get(row.id)),
            )
            units.append(
                Unit(
                    id=row.id,
                    name=row.name,
                    code=row.main_no or "",
                    district=row.district,
                    group=str(row.grouped) if row.grouped is not None else "",
                    standing=standing_of(told),
                    until=max((one.until for one in found if one.until is not None), default=None),
                    who=tuple(dict.fromkeys(one.who for one in found if one.who is not None)),
                    named=tuple(one.named for one in found if one.named and one.who is None),
                    firms=tuple(dict.fromkeys(one.firm for one in found if one.firm is not None)),
                    by=tuple(one.id for one in found),
                    why=_why(coverage, told, "" if sized else self._sized_by()),
                    need=told.need if coverage.least is not None and sized else None,
                    sized=sized,
                    gap=told.gap if coverage.least is not None else 0,
                )
            )
        return CoverageBoard(
            ask=ask,
            coverage=coverage,
            units=tuple(units),
            names=self._names(units),
            group_titles=self._group_titles({unit.group for unit in units}),
            district_names={code: district.short_name for code, district in self._districts.items()},
            switches=tuple(self._switch(key) for key in self._switches()),
            sized_by=self._sized_by(),
        )

    def _need(self, size: int | None) -> int:
        """How many a unit of a size needs; one where the coverage does not say otherwise."""
        if self._coverage.least is None:
            return 1
        per = self._coverage.per
        return needed(
            size, int(self._parameters[self._coverage.least]), int(self._parameters[per]) if per else None
        )

    def _sized_by(self) -> str:
        """What the size of a unit is called."""
        key = self._coverage.size
        return self._catalog.kinds[self._coverage.of.kind].by_key[key].title if key else ""

    def _sizes(self) -> dict[int, int]:
        """Unit → its size, of those whose size is known."""
        key = self._coverage.size
        if key is None:
            return {}
        kind = self._catalog.kinds[self._coverage.of.kind]
        size = kind.details.c[kind.by_key[key].name]
        rows = self._session.execute(select(kind.details.c.subject_id, size).where(size > 0))
        return dict(rows.all())

    def _units(self) -> list[Row[Any]]:
        rows = self._world.rows(self._coverage.of, link=self._coverage.group)
        statement = (
            select(rows.c.id, rows.c.name, rows.c.district, rows.c.link.label("grouped"), Subject.main_no)
            .join(Subject, Subject.id == rows.c.id)
            .order_by(rows.c.district.nulls_last(), Subject.main_no.nulls_last(), Subject.name_key, rows.c.id)
        )
        if self._ask.district is not None:
            statement = statement.where(rows.c.district == self._ask.district)
        found = list(self._session.execute(statement))
        # Towns stand in the order of their villages' codes already; levels in the order of their list.
        field = self._catalog.kinds[self._coverage.of.kind].by_key[self._coverage.group]
        if field.type is FieldType.CODE:
            order = {
                value: place for place, value in enumerate(self._catalog.codes[field.codes or ""].titles)
            }
            found.sort(key=lambda row: (row.district or "~", order.get(row.grouped, len(order))))
        return found

    def _by(self, side: Members, world: World) -> dict[int, tuple[_By, ...]]:
        """Unit → what covers it."""
        coverage, found = self._coverage, defaultdict[int, list[_By]](list)
        rows = world.rows(side, link=coverage.link)
        kind = self._catalog.kinds[side.kind]
        columns = {
            name: kind.by_key[key].table.c[kind.by_key[key].name]
            for name, key in (
                ("until", coverage.until),
                ("who", coverage.who),
                ("named", coverage.named),
                ("firm", coverage.firm),
            )
            if key is not None
        }
        source = select(rows.c.id, rows.c.link, *(column.label(name) for name, column in columns.items()))
        if any(column.table is kind.details for column in columns.values()):
            source = source.join(kind.details, kind.details.c.subject_id == rows.c.id)
        if any(column.table is not kind.details for column in columns.values()):
            source = source.join(Subject, Subject.id == rows.c.id)
        for row in self._session.execute(source.order_by(rows.c.id)).mappings():
            if row["link"] is not None:
                one = _By(
                    id=row["id"],
                    link=row["link"],
                    until=row.get("until"),
                    who=row.get("who") if coverage.who is not None else row["id"],
                    named=row.get("named"),
                    firm=row.get("firm"),
                )
                found[one.link].append(one)
        return {link: tuple(several) for link, several in found.items()}

    def _later(self) -> dict[int, int] | None:
        """Unit → how many cover it at the end of the time of warning; None where nothing ends."""
        if self._coverage.soon is None:
            return None
        days = int(self._parameters[self._coverage.soon])
        return self._links(
            self._coverage.by, replace(self._world, day=self._ask.as_of + dt.timedelta(days=days))
        )

    def _links(self, side: Members, world: World) -> dict[int, int]:
        counts: defaultdict[int, int] = defaultdict(int)
        rows = world.rows(side, link=self._coverage.link)
        for link in self._session.scalars(select(rows.c.link)):
            counts[link] += 1
        return counts

    def _ids(self, side: Members) -> frozenset[int]:
        return frozenset(self._session.scalars(select(self._world.rows(side).c.id)))

    def _names(self, units: Iterable[Unit]) -> dict[int, str]:
        """The names of who serves, as far as the database lets them be read."""
        wanted = {one for unit in units for one in (*unit.who, *unit.firms)}
        names: dict[int, str] = {}
        for part in chunks(sorted(wanted)):
            names.update(
                self._session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(part))).all()
            )
        return names

    def _group_titles(self, groups: Iterable[str]) -> dict[str, str]:
        field = self._catalog.kinds[self._coverage.of.kind].by_key[self._coverage.group]
        if field.type is FieldType.CODE:
            titles: Mapping[str, str] = self._catalog.codes[field.codes or ""].titles
            return {group: titles.get(group, group) or "未填" for group in groups}
        names: dict[str, str] = {"": "未填"}
        for part in chunks(sorted(int(group) for group in groups if group)):
            rows = self._session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(part)))
            names.update((str(row.id), row.name) for row in rows)
        return names

    def _switches(self) -> tuple[str, ...]:
        return tuple(key for key in self._named() if key)

    def _named(self) -> tuple[str | None, ...]:
        told = self._coverage
        return told.soon, told.most, told.least, told.per, WITH_XINJI, WITH_ZONES

    def _switch(self, key: str) -> Switch:
        return Switch.of(self._catalog.parameters[key], self._parameters[key])

    # Who could serve.

    def servers(self, units: tuple[Unit, ...]) -> list[Server]:
        """See `servers`."""
        coverage = self._coverage
        if coverage.firms is None:
            return []
        world, kind = replace(self._world, left_out=frozenset()), self._catalog.kinds[coverage.firms.kind]
        staff = {} if coverage.staff is None else self._counts(coverage.staff, world)
        serving: defaultdict[int, int] = defaultdict(int)
        for several in self._by(coverage.by, world).values():
            for firm in {one.firm for one in several if one.firm is not None}:
                serving[firm] += 1
        districts = {unit.district for unit in units}
        towns = {unit.code[:TOWNSHIP_DIGITS] for unit in units if len(unit.code) > TOWNSHIP_DIGITS}
        # Of units of many townships nobody is in "the same" one.
        town_asked = next(iter(towns)) if len(towns) == 1 else None
        most = int(self._parameters[coverage.most]) if coverage.most is not None else None
        rows = world.rows(coverage.firms)
        seat = kind.by_key[coverage.address] if coverage.address is not None else None
        columns = [rows.c.id, rows.c.name, rows.c.district]
        statement = select(*columns)
        if seat is not None:
            statement = select(*columns, kind.details.c[seat.name].label("seat")).join(
                kind.details, kind.details.c.subject_id == rows.c.id
            )
        found = []
        for row in self._session.execute(statement.order_by(rows.c.id)).mappings():
            people, busy = staff.get(row["id"], 0), serving[row["id"]]
            town = (row.get("seat") or "")[:TOWNSHIP_DIGITS]
            found.append(
                Server(
                    id=row["id"],
                    name=row["name"],
                    district=row["district"],
                    near=0 if town_asked and town == town_asked else 1 if row["district"] in districts else 2,
                    staff=people,
                    serving=busy,
                    free=None if most is None else capacity(people, most, busy),
                )
            )
        return sorted(found, key=lambda one: (one.near, -(one.free or 0), one.serving, one.name))[
            :MOST_SERVERS
        ]

    def _counts(self, side: Members, world: World) -> dict[int, int]:
        counts: defaultdict[int, int] = defaultdict(int)
        rows = world.rows(side, link="body_id")
        for body in self._session.scalars(select(rows.c.link)):
            counts[body] += 1
        return counts


def _why(coverage: Coverage, told: Told, unsized: str) -> str:
    """What is missing; `unsized` is what the size is called that is not known, empty where it is."""
    if told.otherwise:
        return "" if told.sound else coverage.by_other
    if coverage.least is not None and (told.gap or unsized):
        least = "至少需" if unsized else "需"
        lacks = f"，差 {told.gap} 名" if told.gap else ""
        unknown = f"；没有{unsized}，按{unsized}的需要数无数据" if unsized else ""
        return f"{least} {told.need} 名，现有 {told.standing} 名{lacks}{unknown}"
    if not told.standing:
        return ""
    return coverage.unsound if not told.sound else coverage.unserved if not told.served else ""


def _not_permitted(coverage: Coverage) -> Refused:
    text = f"您没有查看“{coverage.title}”覆盖情况的权限，请联系科室管理员。"
    return refuse("not_permitted", text, ProblemKind.NOT_PERMITTED)
