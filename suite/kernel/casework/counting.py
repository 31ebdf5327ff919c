"""Which cases count to a year: by a step that was taken in it, and by findings that stand.

A finding belongs to the period in which the parties were told of it: the first taking of the step on or after
the day of the finding. It is taken back on a day and for a reason that are kept, so that every number can be
read as it was known on any day, and says what was corrected since.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from suite.contract.case_facts import Finding
from suite.contract.commands import Scope
from suite.contract.indicators import Cases
from suite.kernel.search.queries import scope_condition
from suite.tables import Allegation, Case, CaseEvent, FormerFinding

#: So many questions about what was corrected are not written anew.
MOST_WRITTEN = 512


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """A case that a taking back moved out of the period, or into it: `joins`, where it repeats one that
    counted until then. day: of the taking back. district: where it lies."""

    number: str
    day: dt.date
    joins: bool
    district: str | None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What counts to the year of `day`, up to it, as it was known on `known` (None: as it is known now).

    partly: a partly substantiated allegation makes a complaint valid.
    """

    side: Cases
    day: dt.date
    partly: bool = False
    known: dt.date | None = None

    def conditions(self, row: Any = Case) -> list[ColumnElement[bool]]:
        """Conditions on a case: the step was taken between New Year and the day; with `valid`, it was the
        first to tell of a finding that stands, and no sooner one of the same complaint is valid too."""
        if not self.side.valid:
            return [self._taken(row)]
        told = self._told(row)
        return [told.between(self._first, self._last), not_(self._sooner(row, told))]

    @property
    def _first(self) -> dt.date:
        return self.day.replace(month=1, day=1)

    @property
    def _last(self) -> dt.date:
        return self.day if self.known is None else min(self.day, self.known)

    def _taken(self, row: Any) -> ColumnElement[bool]:
        event = aliased(CaseEvent)
        return exists(
            select(literal(1))
            .where(
                event.case_id == row.id,
                event.command == self.side.step,
                event.on_date.between(self._first, self._last),
            )
            .correlate(row)
        )

    def _told(self, row: Any) -> ColumnElement[Any]:
        """On which day the parties were first told of a finding that stands; nothing where none does."""
        return self._step_after(row, self._standing(row))

    def _step_after(self, row: Any, found_on: ColumnElement[Any], *others: Any) -> ColumnElement[Any]:
        """The day of the first taking of the step on or after another day; others: what that is read from."""
        event = aliased(CaseEvent)
        known = [] if self.known is None else [event.on_date <= self.known]
        return (
            select(func.min(event.on_date))
            .where(
                event.case_id == row.id, event.command == self.side.step, event.on_date >= found_on, *known
            )
            .correlate(row, *others)
            .scalar_subquery()
        )

    @property
    def _counting(self) -> tuple[str, ...]:
        partly = (Finding.PARTLY.value,) if self.partly else ()
        return (Finding.SUBSTANTIATED.value, *partly)

    def _standing(self, row: Any) -> ColumnElement[Any]:
        """The first day of a finding that says so and stands."""
        # Names of their own: an enclosing statement may look at the allegations too.
        now, former = aliased(Allegation), aliased(FormerFinding)
        holds: ColumnElement[bool] = now.annulled_on.is_(None)
        if self.known is not None:
            holds = and_(or_(holds, now.annulled_on > self.known), now.found_on <= self.known)
        last = select(func.min(now.found_on)).where(
            now.case_id == row.id, now.finding.in_(self._counting), holds
        )
        if self.known is None:
            return last.correlate(row).scalar_subquery()
        before = select(func.min(former.found_on)).where(
            former.case_id == row.id,
            former.finding.in_(self._counting),
            former.found_on <= self.known,
            former.ended_on > self.known,
        )
        one, other = (part.correlate(row).scalar_subquery() for part in (last, before))
        return case((or_(other.is_(None), one <= other), one), else_=other)

    def _sooner(self, row: Any, told: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether of the cases that repeat one another another one was valid sooner than a day."""
        mine, other, sooner = self._family("mine"), self._family("other"), aliased(Case)
        before = self._told(sooner)
        return exists(
            select(literal(1))
            .select_from(mine)
            .join(other, other.c.root == mine.c.root)
            .join(sooner, sooner.id == other.c.id)
            .where(
                mine.c.id == row.id,
                sooner.id != row.id,
                or_(before < told, and_(before == told, sooner.id < row.id)),
            )
            .correlate(row)
        )

    def _family(self, name: str) -> Subquery:
        """Every case of the kind that repeats another or is repeated: `id`, and the first of all (`root`)."""
        case_, earlier = aliased(Case), aliased(Case)
        up = (
            select(case_.id.label("id"), case_.repeat_of.label("root"))
            .where(case_.kind == self.side.kind, case_.repeat_of.is_not(None))
            .cte(recursive=True)
        )
        up = up.union(
            select(up.c.id, earlier.repeat_of)
            .join(earlier, earlier.id == up.c.root)
            .where(earlier.repeat_of.is_not(None))
        )
        # A case repeats one that was there before it, which has a smaller number.
        first = select(up.c.id, func.min(up.c.root).label("root")).group_by(up.c.id)
        roots = first.subquery()
        return union_all(first, select(roots.c.root, roots.c.root).distinct()).subquery(name)

    def _taken_back(self) -> Subquery:
        """The findings that said so and were annulled: `case_id`, `found_on`, `ended_on`."""
        parts: list[Select[int, dt.date | None, dt.date | None]] = [
            select(row.case_id.label("case_id"), row.found_on.label("found_on"), ended.label("ended_on"))
            .where(row.finding.in_(self._counting), annulled)
            .where(*([] if self.known is None else [ended <= self.known]))
            for row, ended, annulled in (
                (Allegation, Allegation.annulled_on, Allegation.annulled_on.is_not(None)),
                (FormerFinding, FormerFinding.ended_on, FormerFinding.annulled),
            )
        ]
        return union_all(*parts).subquery("taken_back")

    def corrections(self, session: Session, scopes: tuple[Scope, ...]) -> list[Corrected]:
        """The cases of the period that would count, or would not, had no finding been taken back; the latest
        first."""
        if not scopes or not self.side.valid:
            return []
        found = [
            Corrected(number=number, day=day, joins=joins, district=district)
            for joins, statement in zip((False, True), _corrections(self, scopes), strict=True)
            for number, day, district in session.execute(statement)
        ]
        return sorted(found, key=lambda item: (-item.day.toordinal(), item.number))

    def left(self) -> Select[str, Any, str | None]:
        """What counted until its findings were taken back."""
        ended, still = self._taken_back(), aliased(Case)
        told = self._step_after(Case, ended.c.found_on, ended)
        return (
            select(Case.number, func.max(ended.c.ended_on), Case.district_code)
            .join(ended, ended.c.case_id == Case.id)
            .where(
                told.between(self._first, self._last),
                not_(self._sooner(Case, told)),
                Case.id.not_in(select(still.id).where(still.kind == self.side.kind, *self.conditions(still))),
            )
            .group_by(Case.id, Case.number, Case.district_code)
        )

    def joined(self) -> Select[str, Any, str | None]:
        """What counts since the findings of a sooner one were taken back, which it repeats."""
        ended, sooner = self._taken_back(), aliased(Case)
        mine, other = self._family("mine"), self._family("other")
        told = self._told(Case)
        return (
            select(Case.number, func.max(ended.c.ended_on), Case.district_code)
            .join(mine, mine.c.id == Case.id)
            .join(other, other.c.root == mine.c.root)
            .join(sooner, sooner.id == other.c.id)
            .join(ended, ended.c.case_id == sooner.id)
            .where(
                *self.conditions(),
                sooner.id != Case.id,
                ended.c.ended_on > told,
                self._step_after(sooner, ended.c.found_on, ended) <= told,
            )
            .group_by(Case.id, Case.number, Case.district_code)
        )


@lru_cache(maxsize=MOST_WRITTEN)
def _corrections(counted: Counted, scopes: tuple[Scope, ...]) -> tuple[Select[str, Any, str | None], ...]:
    """What left the period and what joined it: to write these takes longer than to have them answered."""
    within = (Case.kind == counted.side.kind, scope_condition(Case, scopes))
    return counted.left().where(*within), counted.joined().where(*within)
