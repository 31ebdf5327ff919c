"""One question of one actor: which numbers he may read, of which places, and what reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from suite.contract.commands import Actor, Scope
from suite.contract.indicators import (
    Added,
    Cases,
    Count,
    Entries,
    Indicator,
    Least,
    Members,
    PlainSide,
    Ratio,
    Side,
    Target,
    parts_of,
    sides_of,
)
from suite.contract.problems import ProblemKind, refuse
from suite.database.engine import is_sqlite
from suite.kernel.indicators.attempts import Attempt
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.bounds import places_read
from suite.kernel.indicators.members import World, left_out
from suite.kernel.indicators.reading import Ground, Reader
from suite.kernel.indicators.rules import Number, set_on
from suite.kernel.indicators.sets import named, standing_sets
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.as_of import later_than
from suite.loader.catalog import Catalog
from suite.tables import District

CORE = "core"


class View:
    """The world of the day as the actor sees it, its places, and what was read already."""

    def __init__(self, attempt: Attempt, actor: Actor, catalog: Catalog, question: Question) -> None:
        session = attempt.session
        self.attempt, self.catalog, self.question = attempt, catalog, question
        self._actor = actor
        self.sets = standing_sets(session, catalog)
        self.set = set_on([item.set for item in self.sets.values()], question.as_of)
        if question.set is not None:
            self.set = named(self.sets, question.set).set
        self.parameters = {
            key: question.positions.get(key, value)
            for key, value in parameters_on(session, catalog, question.as_of).items()
        }
        self.districts = {row.code: row for row in session.scalars(select(District).order_by(District.code))}
        if question.district is not None and question.district not in self.districts:
            text = f"没有区县 {question.district}，请填六位区划代码。"
            raise refuse("district.unknown", text, field="district")
        self._left_out = left_out(self.districts.values(), self.parameters)
        self._later = later_than(session, catalog.kinds.values(), question.as_of)
        self._readers: dict[tuple[Scope, ...], Reader] = {}
        self._places_of: dict[str, tuple[Scope, ...]] = {}
        self._require_district()

    def _require_district(self) -> None:
        """Raises Refused for a district in which the actor reads nobody's numbers."""
        asked = self.question.district
        owners = {indicator.owner for indicator in self.catalog.indicators.values()}
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
        numbers = self.question.numbers
        for indicator in self.catalog.indicators.values():
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

    def chosen(self, side: Side) -> PlainSide:
        """The side that the day's parameters choose."""
        return World.choose(side, self.parameters)

    def _readable(self, indicator: Indicator) -> bool:
        chosen = [
            part
            for side in self._sides(indicator)
            for chosen in [self.chosen(side)]
            for part in (chosen.sides if isinstance(chosen, Added) else (chosen,))
        ]
        cases = {self.catalog.case_kinds[side.kind].rights for side in chosen if isinstance(side, Cases)}
        if not all(self._actor.may(f"{area}:case:read") for area in cases):
            return False
        ledgers = {side.ledger.split(".", 1)[0] for side in chosen if isinstance(side, Entries)}
        if not all(self._actor.may(f"{owner}:ledger:read") for owner in ledgers):
            return False
        kinds = [side.kind for side in chosen if isinstance(side, Members)]
        owners = {indicator.owner, *(kind.split(".", 1)[0] for kind in kinds)}
        if not all(self._scopes(owner) for owner in owners):
            return False
        return self.question.district is None or self.question.district in self._places(indicator).names

    def require(self, indicator: Indicator) -> None:
        """Raises Refused where the actor may not read the number."""
        if not self._readable(indicator):
            raise refuse(
                "not_permitted",
                f"您没有查看“{indicator.title}”的权限，请联系科室管理员。",
                ProblemKind.NOT_PERMITTED,
            )

    def require_choices(self, indicator: Indicator) -> None:
        """Raises Refused where a parameter stands at what is no choice of it: set before it had these."""
        for key in indicator.switches:
            parameter, value = self.catalog.parameters[key], self.parameters[key]
            if parameter.choices and not parameter.several and str(value) not in parameter.titles:
                text = f"参数“{parameter.title}”的值“{value}”不在可选之列，请在设置的参数中重新选择"
                raise refuse("parameter.choice", text, field=key)

    def _within(self, owner: str) -> tuple[Scope, ...]:
        """The places where an owner's rosters may be read."""
        if owner not in self._places_of:
            self._places_of[owner] = places_read(self._actor, owner)
        return self._places_of[owner]

    @property
    def bound(self) -> tuple[str, ...]:
        """The districts to which the actor is bound in the core's numbers; none for who reads the city's."""
        return self.bound_in(CORE)

    def bound_in(self, owner: str) -> tuple[str, ...]:
        """The districts to which the actor is bound in an owner's numbers."""
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
        only = self.question.district
        everywhere = any(scope.districts is None for scope in within)
        return Ground(
            names={code: self.districts[code].short_name for code in allowed if only in (None, code)},
            counties=frozenset(code for code in allowed if self.districts[code].standard),
            everywhere=everywhere and only is None,
            complete=not self._left_out,
        )

    def reader(self, indicator: Indicator) -> Reader:
        """What reads an indicator's measures: one for all that the actor reads in the same places."""
        within = self._within(indicator.owner)
        if within not in self._readers:
            owners = {kind.owner for kind in self.catalog.kinds.values()}
            areas = {kind.rights for kind in self.catalog.case_kinds.values()}
            world = World(
                catalog=self.catalog,
                day=self.question.as_of,
                parameters=self.parameters,
                scopes={name: self._scopes(name) for name in owners},
                ledger_scopes={
                    ledger.owner: self._actor.scopes(f"{ledger.owner}:ledger:read")
                    for ledger in self.catalog.ledgers.values()
                },
                case_scopes={area: self._actor.scopes(f"{area}:case:read") for area in areas},
                within=within,
                left_out=self._left_out,
                later=self._later,
                joins=not is_sqlite(self.attempt.session.connection()),
                known=self.question.known_on,
            )
            self._readers[within] = Reader(
                attempt=self.attempt,
                world=world,
                places=self._places(indicator),
                judged_on=self.question.judged_on,
            )
        return self._readers[within]

    def prepare(self, indicators: Sequence[Indicator]) -> None:
        """Read together what is read in the same world."""
        measures: defaultdict[tuple[Scope, ...], list[Ratio | Count | Least]] = defaultdict(list)
        for indicator in indicators:
            within = self._within(indicator.owner)
            measures[within] += [part.measure for part in parts_of(indicator.measure)]
            self.reader(indicator)
        for within, found in measures.items():
            self._readers[within].prepare(found)

    def counts(self, indicator: Indicator) -> Mapping[str | None, Number]:
        """The districts of a count; see `side_counts`."""
        if not self._readable(indicator) or not isinstance(indicator.measure, Count):
            return {}
        found = self.reader(indicator).read(indicator.measure).districts
        return {place: reading.numerator for place, reading in found.items() if reading.numerator is not None}


def _order(indicator: Indicator, target: Target | None) -> tuple[int, int, str]:
    if target is None:
        return 2, 0, indicator.key
    text = str(target.no)
    return (1 if isinstance(target.no, str) else 0), int("".join(filter(str.isdigit, text)) or 0), text
