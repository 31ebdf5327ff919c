"""Counting the running clocks of cases anew when the calendar changed (see `suite.kernel.clocks.moving`)."""

from __future__ import annotations

from sqlalchemy import select

from suite.contract.commands import Change, Done
from suite.database.engine import is_sqlite
from suite.kernel.casework.clocking import counted
from suite.kernel.casework.current import add_event
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.clocks.moving import RESULT, Moved, RecountClocks
from suite.kernel.executor.work import Transaction
from suite.tables import Case, CaseClock


def recount_clocks(command: RecountClocks, work: Transaction) -> Done:
    """Write the days that moved into the clocks and the histories of their cases, and tell each."""
    calendar = work_calendar(work.session)
    moved: list[Moved] = []
    running = (
        select(CaseClock, Case).join(Case, Case.id == CaseClock.case_id).where(CaseClock.stopped.is_(None))
    )
    if not is_sqlite(work.connection):  # there a writer is alone; here another desk may be extending one
        running = running.with_for_update(of=CaseClock)
    rows = work.session.execute(running).all()
    for clock, case in rows:
        found = counted(clock, calendar)
        before = clock.due
        clock.due, clock.provisional = found.due, found.provisional
        if found.due == before:
            continue
        limit = work.catalog.limits.get(clock.limit_key)
        title = limit.title if limit else clock.limit_key
        note = f"{title}到期日由 {before} 改为 {found.due}"
        add_event(work, case, title="按工作日历重算期限", on=work.today, note=note)
        moved.append(
            Moved(
                subject=case.number,
                limit=title,
                kind=case.kind,
                id=case.id,
                before=before,
                after=found.due,
                handler=case.handler,
            )
        )
    work.session.flush()
    changed: dict[str, list[int]] = {}
    for item in moved:
        changed.setdefault(item.kind, []).append(item.id)
    return Done(
        text=f"已重算 {len(rows):,} 个期限，{len(moved):,} 个到期日有变化",
        changes=tuple(Change(kind=kind, ids=tuple(ids)) for kind, ids in changed.items()),
        result={RESULT: tuple(moved)},
    )
