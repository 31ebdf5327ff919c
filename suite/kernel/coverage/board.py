"""A coverage as it is handed out: what was asked, every unit, and who could serve. Plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from suite.contract.coverage import Coverage
from suite.kernel.coverage.rules import Standing, Tally, tally
from suite.kernel.indicators.board import Switch


@dataclass(frozen=True, kw_only=True)
class CoverageAsk:
    """What is asked: a coverage, on which day, of which district (None: all). with_xinji, with_zones: None
    leaves the bureau's own switch as it is."""

    key: str
    as_of: dt.date
    district: str | None = None
    with_xinji: bool | None = None
    with_zones: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One of those that are to be covered. group: the place or level that it is listed under; until: the last
    day of the agreement that lasts longest; who, firms: ids of who serves; named: names of who is on no
    roster; by: ids of the agreements; why: what is missing, in words. need: how many it needs, where one does
    not do, and None where that hangs on its size, which is not known (无数据); gap: how many are missing, of
    the least that any one needs where the need is not known."""

    id: int
    name: str
    code: str
    district: str | None
    group: str
    standing: Standing
    until: dt.date | None = None
    who: tuple[int, ...] = ()
    named: tuple[str, ...] = ()
    firms: tuple[int, ...] = ()
    by: tuple[int, ...] = ()
    why: str = ""
    need: int | None = None
    gap: int = 0
    sized: bool = True


@dataclass(frozen=True, kw_only=True)
class CoverageBoard:
    """Every unit on a day, in the order of districts, groups and codes; the names of who serves.

    sized_by: what the size is called on which the need of a unit hangs.
    """

    ask: CoverageAsk
    coverage: Coverage
    units: tuple[Unit, ...]
    names: Mapping[int, str]
    group_titles: Mapping[str, str]
    district_names: Mapping[str, str]
    switches: tuple[Switch, ...]
    sized_by: str = ""

    @cached_property
    def whole(self) -> Tally:
        """All units together."""
        return tally(unit.standing for unit in self.units)

    @cached_property
    def unsized(self) -> int:
        """Of how many units the size is not known on which the need hangs."""
        return sum(not unit.sized for unit in self.units)

    @cached_property
    def tree(self) -> tuple[Branch, ...]:
        """Districts, in the order of their codes, with their groups; what is in no district last."""
        branches: dict[str | None, dict[str, list[Unit]]] = {}
        for unit in self.units:
            branches.setdefault(unit.district, {}).setdefault(unit.group, []).append(unit)
        return tuple(
            Branch(
                key=district or "",
                title=self.district_names.get(district or "", "未填区县"),
                tally=tally(unit.standing for units in groups.values() for unit in units),
                groups=tuple(
                    Branch(
                        key=group,
                        title=self.group_titles.get(group, "—"),
                        tally=tally(unit.standing for unit in units),
                        units=tuple(units),
                    )
                    for group, units in groups.items()
                ),
            )
            for district, groups in branches.items()
        )

    def who(self, unit: Unit) -> str:
        """Who serves a unit, as far as his name may be read."""
        return "、".join((*(self.names[one] for one in unit.who if one in self.names), *unit.named))

    def firms(self, unit: Unit) -> str:
        """The bodies behind those who serve a unit."""
        return "、".join(self.names[one] for one in unit.firms if one in self.names)


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A district with its groups, or a group with its units."""

    key: str
    title: str
    tally: Tally
    groups: tuple[Branch, ...] = ()
    units: tuple[Unit, ...] = field(default=())

    @property
    def gap(self) -> int:
        """How many are missing in all its units."""
        return sum(unit.gap for unit in self.all_units())

    def all_units(self) -> Iterator[Unit]:
        """Its units and those of its groups."""
        yield from self.units
        for group in self.groups:
            yield from group.units


@dataclass(frozen=True, kw_only=True)
class Server:
    """A body that could serve. near: 0 in the same township, 1 in the same district, 2 elsewhere; staff: its
    people who practise; serving: units that it serves already; free: how many more it may serve, None
    where no rule says how many one person may."""

    id: int
    name: str
    district: str | None
    near: int
    staff: int
    serving: int
    free: int | None
