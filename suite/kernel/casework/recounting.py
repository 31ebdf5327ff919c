"""Counting the running clocks anew, when the holidays of a year have been announced or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Change, Command, Done
from suite.kernel.casework.clocking import counted
from suite.kernel.casework.current import add_event
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.executor.work import Transaction
from suite.tables import Case, CaseClock


@dataclass(frozen=True, kw_only=True)
class RecountClocks(Command):
    """Count every running clock over the calendar of today; each case tells the old and the new day."""

    permission: ClassVar[str] = "core:calendar:edit"
    title: ClassVar[str] = "按工作日历重算办件期限"


def recount_clocks(command: RecountClocks, work: Transaction) -> Done:
    """Write the days that moved into the clocks and the histories of their cases."""
    calendar = work_calendar(work.session)
    moved: dict[str, list[int]] = {}
    rows = work.session.execute(
        select(CaseClock, Case).join(Case, Case.id == CaseClock.case_id).where(CaseClock.stopped.is_(None))
    ).all()
    for clock, case in rows:
        found = counted(clock, calendar)
        if (found.due, found.provisional) == (clock.due, clock.provisional):
            continue
        if found.due != clock.due:
            limit = work.catalog.limits.get(clock.limit_key)
            title = limit.title if limit else clock.limit_key
            add_event(
                work,
                case,
                title="按工作日历重算期限",
                on=work.today,
                note=f"{title}到期日由 {clock.due} 改为 {found.due}",
            )
            moved.setdefault(case.kind, []).append(case.id)
        clock.due, clock.provisional = found.due, found.provisional
    work.session.flush()
    count = sum(len(ids) for ids in moved.values())
    return Done(
        text=f"已重算 {len(rows):,} 个期限，{count:,} 个到期日有变化",
        changes=tuple(Change(kind=kind, ids=tuple(ids)) for kind, ids in moved.items()),
        result={"clocks": len(rows), "moved": count},
    )
