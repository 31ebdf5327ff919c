"""What cases put on the desk: overdue, due soon, waiting for one's signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.casework.queries import CaseQuery, readable_kinds
from suite.kernel.casework.waiting import waiting_for
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseClock

#: What ends within so many working days is due soon.
SOON = 3
PAGE = "cases"


def case_items(session: Session, actor: Actor, catalog: Catalog, today: dt.date) -> list[TodayItem]:
    """The lines of the desk about cases that the actor may read."""
    return list(_items(session, actor, catalog, today))


def _items(session: Session, actor: Actor, catalog: Catalog, today: dt.date) -> Iterator[TodayItem]:
    waiting = waiting_for(session, actor, catalog)
    if waiting:
        yield TodayItem(
            title="待我审批的办件",
            note=f"最早的由 {waiting[0].asked_by} 提请：{waiting[0].step}",
            state=StateKind.WARN,
            count=len(waiting),
            page=PAGE,
            view="waiting",
        )
    soon = work_calendar(session).nth_working(today, SOON) or today
    for title, note, state, first, last in (
        ("已逾期的办件", "法定期限已过，请先办理", StateKind.BAD, None, today - dt.timedelta(days=1)),
        (f"{SOON} 个工作日内到期的办件", "按到期先后列出", StateKind.WARN, today, soon),
    ):
        count, due = _due(session, actor, catalog, first, last)
        if count:
            yield TodayItem(title=title, note=note, state=state, count=count, due=due, page=PAGE, view="open")


def _due(
    session: Session, actor: Actor, catalog: Catalog, first: dt.date | None, last: dt.date
) -> tuple[int, dt.date | None]:
    """How many open cases have a clock that ends between two days, and the earliest of them."""
    kinds = readable_kinds(actor, catalog, CaseQuery())
    if not kinds:
        return 0, None
    within = or_(
        *(
            and_(
                Case.kind == key,
                scope_condition(Case, actor.scopes(f"{catalog.case_kinds[key].owner}:case:read")),
            )
            for key in kinds
        )
    )
    conditions = [CaseClock.stopped.is_(None), CaseClock.due <= last, within]
    if first is not None:
        conditions.append(CaseClock.due >= first)
    count, due = session.execute(
        select(func.count(func.distinct(Case.id)), func.min(CaseClock.due))
        .select_from(CaseClock)
        .join(Case, Case.id == CaseClock.case_id)
        .where(*conditions)
    ).one()
    return int(count), due
