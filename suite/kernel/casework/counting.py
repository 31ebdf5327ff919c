"""Which cases count to a year: by a step that was taken in it, and by findings that stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from suite.contract.case_facts import Finding
from suite.contract.commands import Scope
from suite.contract.indicators import Cases
from suite.kernel.search.queries import scope_condition
from suite.tables import Allegation, Case, CaseEvent


def cases_counted(side: Cases, day: dt.date, *, partly: bool) -> list[ColumnElement[bool]]:
    """Conditions on `Case`: the step was last taken between New Year and the day; with `valid`, a finding
    stands, and no earlier case that this one repeats is valid too."""
    conditions = [_taken(side.step, day)]
    if side.valid:
        earlier = aliased(Case)
        conditions.append(_found(Case.id, partly=partly))
        conditions.append(
            not_(
                exists(
                    select(earlier.id).where(earlier.id == Case.repeat_of, _found(earlier.id, partly=partly))
                )
            )
        )
    return conditions


def _taken(step: str, day: dt.date) -> ColumnElement[bool]:
    last = (
        select(func.max(CaseEvent.on_date))
        .where(CaseEvent.case_id == Case.id, CaseEvent.command == step)
        .correlate(Case)
        .scalar_subquery()
    )
    return last.between(day.replace(month=1, day=1), day)


def _found(case_id: Any, *, partly: bool) -> ColumnElement[bool]:
    counting = [Finding.SUBSTANTIATED.value, *([Finding.PARTLY.value] if partly else [])]
    # Its own name: an enclosing statement may look at the allegations too.
    found = aliased(Allegation)
    return exists(
        select(found.id).where(
            found.case_id == case_id, found.finding.in_(counting), found.annulled_on.is_(None)
        )
    )


def annulled_since(
    session: Session, side: Cases, day: dt.date, scopes: Sequence[Scope]
) -> list[tuple[str, dt.date]]:
    """Number and day of the cases of the period whose findings were all taken back, the latest first."""
    if not scopes:
        return []
    counting = (Finding.SUBSTANTIATED.value, Finding.PARTLY.value)
    taken_back = func.max(Allegation.annulled_on)
    rows = session.execute(
        select(Case.number, taken_back)
        .join(Allegation, Allegation.case_id == Case.id)
        .where(
            and_(
                Case.kind == side.kind,
                scope_condition(Case, scopes),
                _taken(side.step, day),
                Allegation.finding.in_(counting),
                Allegation.annulled_on.is_not(None),
                not_(_found(Case.id, partly=True)),
            )
        )
        .group_by(Case.id, Case.number)
        .order_by(taken_back.desc(), Case.number)
    )
    return [(number, taken) for number, taken in rows if taken is not None]
