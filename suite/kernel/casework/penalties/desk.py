"""What penalties put on the desk: suspensions that have run out, and what other sections' penalties ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseEvent, Task

WORKS = ("penalty", "discipline")
RUNNING = ("executing", "enforced")


def penalty_items(session: Session, actor: Actor, catalog: Catalog, today: dt.date) -> Iterator[TodayItem]:
    """The lines of the desk; a suspension that ran out is confirmed by a hand, never by itself."""
    count, first = _run_out(session, actor, catalog, today)
    if count:
        yield TodayItem(
            title="停止执业、停业期满待确认",
            note="在办件中办理“确认期满恢复”，档案随之恢复",
            state=StateKind.WARN,
            count=count,
            due=first,
            page="cases",
            view="open",
        )
    tasks, oldest = _tasks(session, actor, catalog)
    if tasks:
        yield TodayItem(
            title="其他科室处罚影响待核查",
            note="同一人在其他行业受到处罚，请核查并写明处理结果",
            state=StateKind.WARN,
            count=tasks,
            due=oldest,
            page="tasks",
        )


def _run_out(session: Session, actor: Actor, catalog: Catalog, today: dt.date) -> tuple[int, dt.date | None]:
    """How many suspensions have run out and are not confirmed, and the first day after the earliest."""
    total, first = 0, None
    for kind in catalog.case_kinds.values():
        scopes = actor.scopes(f"{kind.rights}:case:handle")
        if kind.work not in WORKS or not scopes:
            continue
        until = kind.details.c.effective_until
        confirmed = exists().where(CaseEvent.case_id == Case.id, CaseEvent.command == "EndSuspension")
        count, earliest = session.execute(
            select(func.count(), func.min(until))
            .select_from(Case)
            .join(kind.details, kind.details.c.case_id == Case.id)
            .where(
                Case.kind == kind.key,
                Case.state.in_(RUNNING),
                kind.details.c.months > 0,
                until < today,
                ~confirmed,
                scope_condition(Case, scopes),
            )
        ).one()
        total += int(count)
        if earliest is not None:
            first = min(first or earliest, earliest)
    return total, first + dt.timedelta(days=1) if first else None


def _tasks(session: Session, actor: Actor, catalog: Catalog) -> tuple[int, dt.date | None]:
    """How many open tasks there are about records that the actor keeps, and since when the oldest."""
    total, oldest = 0, None
    for profession in catalog.professions:
        scopes = actor.scopes(f"{profession}:roster:edit")
        if not scopes:
            continue
        count, earliest = session.execute(
            select(func.count(), func.min(Task.raised_on)).where(
                Task.profession == profession, Task.settled_at.is_(None), scope_condition(Task, scopes)
            )
        ).one()
        total += int(count)
        if earliest is not None:
            oldest = min(oldest or earliest, earliest)
    return total, oldest
