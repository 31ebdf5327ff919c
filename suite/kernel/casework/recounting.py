"""Counting the running clocks of cases anew when the calendar changed (see `suite.kernel.clocks.moving`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from suite.contract.commands import Change, Done
from suite.database.base import METADATA
from suite.database.bulk import insert_rows, update_rows
from suite.database.engine import is_sqlite
from suite.kernel.casework.clocking import counted
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.clocks.moving import RESULT, Moved, RecountClocks
from suite.kernel.executor.work import Transaction
from suite.tables import Case, CaseClock

CLOCKS, EVENTS = METADATA.tables["core_clock"], METADATA.tables["core_case_event"]
TITLE = "按工作日历重算期限"


def recount_clocks(command: RecountClocks, work: Transaction) -> Done:
    """Write the days that moved into the clocks and the histories of their cases, and tell each.

    A clock that ended before the first changed day, or that stands still, is not looked at: no day that it
    counts has changed.
    """
    calendar = work_calendar(work.session)
    running = (
        select(CaseClock, Case.number, Case.kind, Case.state, Case.handler)
        .join(Case, Case.id == CaseClock.case_id)
        .where(CaseClock.stopped.is_(None), CaseClock.due.is_not(None))
    )
    if command.since is not None:
        running = running.where(CaseClock.due >= command.since)
    if not is_sqlite(work.connection):  # there a writer is alone; here another desk may be extending one
        running = running.with_for_update(of=CaseClock)
    moved: list[Moved] = []
    changed: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    looked = 0
    for clock, number, kind, state, handler in work.session.execute(running.order_by(CaseClock.id)):
        looked += 1
        found, before = counted(clock, calendar), clock.due
        if (found.due, found.provisional) == (before, clock.provisional):
            continue
        changed.append({"id": clock.id, "due": found.due, "provisional": found.provisional})
        if found.due == before:
            continue
        limit = work.catalog.limits.get(clock.limit_key)
        title = limit.title if limit else clock.limit_key
        events.append(
            {
                "case_id": clock.case_id,
                "profession": clock.profession,
                "district_code": clock.district_code,
                "association": clock.association,
                "at": work.now,
                "on_date": work.today,
                "by_login": work.actor.login,
                "approved_by": None,
                "command": "",
                "title": TITLE,
                "from_state": None,
                "to_state": state,
                "note": f"{title}到期日由 {before} 改为 {found.due}",
                "given": "{}",
            }
        )
        moved.append(
            Moved(
                subject=number,
                limit=title,
                kind=kind,
                id=clock.case_id,
                before=before,
                after=found.due,
                handler=handler,
            )
        )
    update_rows(work.connection, CLOCKS, "id", changed)
    insert_rows(work.connection, EVENTS, events)
    work.session.expire_all()
    kinds: dict[str, list[int]] = {}
    for item in moved:
        kinds.setdefault(item.kind, []).append(item.id)
    return Done(
        text=f"已重算 {looked:,} 个期限，{len(moved):,} 个到期日有变化",
        changes=tuple(Change(kind=kind, ids=tuple(ids)) for kind, ids in kinds.items()),
        result={RESULT: tuple(moved)},
    )
