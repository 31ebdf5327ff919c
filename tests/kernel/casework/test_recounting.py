"""A year's holidays move the days of cases: told before, written once, with a word to whom it concerns."""

from __future__ import annotations

import datetime as dt

from desk import Desk

from suite.bootstrap import Suite
from suite.kernel.casework.raised import MOST_SINGLE
from suite.kernel.clocks.commands import CorrectCalendarDay
from suite.tables import CaseClock, CaseEvent, Notice

#: One of the seven working days from 23 November 2026, which end on 2 December.
DAY = dt.date(2026, 11, 27)
ENDS, LATER = dt.date(2026, 12, 2), dt.date(2026, 12, 3)


def _dues(suite: Suite) -> list[dt.date | None]:
    with suite.reading() as session:
        return [row.due for row in session.query(CaseClock).order_by(CaseClock.id)]


def test_a_day_off_moves_what_it_can_move(suite_: Suite) -> None:
    desk = Desk(suite_)
    early = desk.open(report_no="早", on=dt.date(2026, 11, 2)).result["case_id"]
    cases = [desk.open(report_no=f"第{n}号").result["case_id"] for n in range(MOST_SINGLE + 1)]
    before = _dues(suite_)
    command = CorrectCalendarDay(day=DAY, working=False, source="通知")
    tried = desk.suite.run(command, desk.clerk, dry_run=True)
    assert _dues(suite_) == before
    done = desk.suite.run(command, desk.clerk)
    assert done.result["moved"] == tried.result["moved"]
    assert [item.id for item in done.result["moved"]] == cases
    assert {(item.before, item.after) for item in done.result["moved"]} == {(ENDS, LATER)}
    assert _dues(suite_) == [before[0], *(LATER for _ in cases)]
    with suite_.reading() as session:
        told = session.query(CaseEvent).filter_by(title="按工作日历重算期限").all()
        notices = session.query(Notice).filter_by(kind="core.case_moved").all()
    assert [event.case_id for event in told] == cases
    assert early not in cases
    # Many days of one handler are told in one notice.
    assert [notice.login for notice in notices] == [desk.clerk.login]
    # Taken back, each goes back to where it was.
    desk.suite.run(CorrectCalendarDay(day=DAY, working=None, source="通知更正"), desk.clerk)
    assert _dues(suite_) == before
