"""What a plugin's desk items are counted among."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from suite.contract.commands import Actor, Facts
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.search.queries import scope_condition
from suite.tables import Subject


def readable(actor: Actor, kind: str, *, of: type[Subject] = Subject) -> ColumnElement[bool]:
    """The subjects of a kind that the actor may read: what lies outside is not counted on the desk.

    `of`: an alias of the subjects, where they are asked for twice.
    Example: `select(func.count()).select_from(Subject).where(readable(actor, "notary.notary"))`
    """
    scopes = actor.scopes(f"{kind.split('.', 1)[0]}:roster:read")
    return and_(of.kind == kind, scope_condition(of, scopes)) if scopes else false()


@dataclass(frozen=True, kw_only=True)
class Line:
    """The words of one thing on the desk; `{days}`, `{ahead}` and `{late}` stand for numbers.

    `late_note` is the note where some are already too near their end (see `RunsOut.ahead`).
    """

    title: str
    note: str
    late_note: str = ""


@dataclass(frozen=True, kw_only=True)
class RunsOut:
    """A date of a kind's details that runs out: what has ended and is still on the roster, and what will.

    The last day still counts. `days` and `ahead` are keys of parameters: how long before the end it is told,
    and within how many days it is late for the act that goes before.
    Example: `RunsOut(kind="notary.notary_office", column=NotaryOffice.insured_to, states=("active",),
    days="notary.insurance.alert_days", ended=Line(title="…", note="…"), ending=Line(title="…", note="…"))`
    """

    kind: str
    column: InstrumentedAttribute[Any]
    states: tuple[str, ...]
    days: str
    ended: Line
    ending: Line
    ahead: str | None = None

    def items(self, actor: Actor, facts: Facts) -> Iterator[TodayItem]:
        """The lines that stand on the desk today."""
        days = facts.number(self.days)
        ahead = facts.number(self.ahead) if self.ahead else 0
        yesterday = facts.today - dt.timedelta(days=1)
        late_until = facts.today + dt.timedelta(days=ahead - 1)
        until = facts.today + dt.timedelta(days=days)
        for line, state, begin, end in (
            (self.ended, StateKind.BAD, None, yesterday),
            (self.ending, StateKind.WARN, facts.today, until),
        ):
            number, first, late = self._found(actor, facts, begin, end, late_until)
            if number:
                note = line.late_note if late and line.late_note else line.note
                yield TodayItem(
                    title=line.title.format(days=days),
                    note=note.format(days=days, ahead=ahead, late=late),
                    state=state,
                    count=number,
                    due=first,
                    kind=self.kind,
                    filters=(
                        *(("status", status) for status in self.states),
                        (self.column.key, f"{begin or ''}..{end}"),
                    ),
                )

    def _found(
        self, actor: Actor, facts: Facts, begin: dt.date | None, end: dt.date, late_until: dt.date
    ) -> tuple[int, dt.date | None, int]:
        """How many end in a span of days, the first end, and how many by `late_until`."""
        span = self.column <= end if begin is None else and_(self.column >= begin, self.column <= end)
        late = func.coalesce(func.sum(case((self.column <= late_until, 1), else_=0)), 0)
        details = self.column.class_
        row = facts.session.execute(
            select(func.count(), func.min(self.column), late)
            .select_from(Subject)
            .join(details, details.subject_id == Subject.id)
            .where(readable(actor, self.kind), Subject.status.in_(self.states), span)
        ).one()
        return row[0], row[1], row[2]


def short_of_members(
    actor: Actor,
    facts: Facts,
    *,
    body: str,
    states: Sequence[str],
    member: str,
    member_states: Sequence[str],
    least: int,
) -> tuple[int, ...]:
    """The bodies in these states that have fewer than `least` members in the states given."""
    other = aliased(Subject)
    having = (
        select(func.count())
        .select_from(other)
        .where(other.body_id == Subject.id, other.kind == member, other.status.in_(member_states))
        .correlate(Subject)
        .scalar_subquery()
    )
    wanted = (readable(actor, body), Subject.status.in_(states), having < least)
    return tuple(facts.session.scalars(select(Subject.id).where(*wanted).order_by(Subject.id)))
