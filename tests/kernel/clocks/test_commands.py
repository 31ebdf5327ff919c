"""Keeping the calendar: entering, correcting, publishing; rights, locks and what moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command, Done
from suite.contract.problems import Refused
from suite.contract.time_limits import Unit
from suite.kernel.clocks.calendar import published_years, work_calendar, year_state
from suite.kernel.clocks.commands import (
    AddCalendarDays,
    CorrectCalendarDay,
    PublishCalendarYear,
    WithdrawCalendarYear,
)
from suite.kernel.clocks.moving import Moved, RecountClocks
from suite.kernel.clocks.rules import due_of
from suite.kernel.executor.work import Transaction

pytestmark = pytest.mark.sqlite_first

SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"
OF_2027 = """2027-01-01..2027-01-03 休 元旦
2027-02-05..2027-02-11 休 春节
2027-02-14 班 春节
2027-04-03..2027-04-05 休 清明节
2027-05-01..2027-05-05 休 劳动节
2027-05-08 班 劳动节
2027-06-09 休 端午节
2027-09-15 休 中秋节
2027-10-01..2027-10-07 休 国庆节"""
NEW_YEAR = dt.date(2026, 12, 31)


def due(suite: Suite, start: dt.date, n: int) -> tuple[dt.date | None, bool]:
    with suite.reading() as session:
        found = due_of(start, n, Unit.WORKING, work_calendar(session))
    return found.due, found.provisional


def enter(**fields: Any) -> AddCalendarDays:
    return AddCalendarDays(**{"year": 2027, "notice": OF_2027, "source": SOURCE, **fields})


def test_a_draft_counts_once_it_is_published(suite_: Suite, admin: Actor) -> None:
    start = dt.date(2027, 2, 1)
    assert due(suite_, start, 5) == (dt.date(2027, 2, 10), True)  # 2–4, 9, 10
    suite_.run(enter(expected_version=0), admin)
    assert due(suite_, start, 5) == (dt.date(2027, 2, 10), True)
    suite_.run(PublishCalendarYear(year=2027, expected_version=1), admin)
    assert due(suite_, start, 5) == (dt.date(2027, 2, 14), False)  # 2–4, 12, the worked Sunday 14
    with suite_.reading() as session:
        state = year_state(session, 2027)
    assert (state.published, state.source, state.version) == (True, SOURCE, 2)
    assert state.sources[dt.date(2027, 2, 14)] == SOURCE
    suite_.run(WithdrawCalendarYear(year=2027, reason="误发布"), admin)
    assert due(suite_, start, 5) == (dt.date(2027, 2, 10), True)


def test_a_new_notice_replaces_a_draft_and_amends_a_published_year(suite_: Suite, admin: Actor) -> None:
    suite_.run(enter(notice="2027-03-01 休 调休"), admin)
    suite_.run(enter(publish=True), admin)
    with suite_.reading() as session:
        assert dt.date(2027, 3, 1) not in year_state(session, 2027).entries
    # As the Spring Festival of 2020 was prolonged after it had been published.
    suite_.run(enter(notice="2027-02-12 休 春节", source="国务院办公厅通知"), admin)
    with suite_.reading() as session:
        state = year_state(session, 2027)
    assert (len(state.entries), state.source) == (30, SOURCE)
    assert state.sources[dt.date(2027, 2, 12)] == "国务院办公厅通知"


def test_a_new_year_that_begins_in_december(suite_: Suite, admin: Actor) -> None:
    assert due(suite_, dt.date(2026, 12, 30), 1) == (NEW_YEAR, False)
    suite_.run(enter(notice=f"{OF_2027}\n{NEW_YEAR} 休 元旦"), admin)
    assert due(suite_, dt.date(2026, 12, 30), 1) == (dt.date(2027, 1, 4), True)


def test_a_day_is_corrected_and_put_back(suite_: Suite, admin: Actor) -> None:
    day = dt.date(2026, 11, 27)
    correct = CorrectCalendarDay(day=day, working=False, festival="调休", source="市政府通知")
    suite_.run(correct, admin)
    assert due(suite_, dt.date(2026, 11, 26), 1) == (dt.date(2026, 11, 30), False)
    suite_.run(CorrectCalendarDay(day=day, working=None, source="市政府通知"), admin)
    assert due(suite_, dt.date(2026, 11, 26), 1) == (day, False)


REFUSED: tuple[tuple[Command, str], ...] = (
    (enter(source=" "), "calendar.source"),
    (enter(year=1989), "calendar.year"),
    (enter(expected_version=3), "stale"),
    (enter(notice="2027-01-01 休 元旦", publish=True), "calendar.festival"),
    (enter(notice="2027-01-04 班"), "calendar.plain_day"),
    (PublishCalendarYear(year=2027, source=SOURCE), "calendar.festival"),
    (PublishCalendarYear(year=2026, source=SOURCE), "calendar.published"),
    (PublishCalendarYear(year=2027), "calendar.source"),
    (WithdrawCalendarYear(year=2027, reason="x"), "calendar.draft"),
    (WithdrawCalendarYear(year=2026, reason=" "), "reason.required"),
    (CorrectCalendarDay(day=dt.date(2026, 10, 1), working=None, source="x"), "calendar.festival"),
    (CorrectCalendarDay(day=dt.date(2026, 11, 27), working=None, source="x"), "calendar.same"),
    (CorrectCalendarDay(day=dt.date(2026, 11, 27), working=True, source="x"), "calendar.plain_day"),
)


def test_what_is_refused_writes_nothing(suite_: Suite, admin: Actor) -> None:
    for command, code in REFUSED:
        with pytest.raises(Refused) as refusal:
            suite_.run(command, admin)
        assert code in refusal.value.codes
    with suite_.reading() as session:
        assert published_years(session) == tuple(range(2020, 2027))
        assert year_state(session, 2027).version == 0


def test_it_takes_the_right_to_keep_the_calendar(suite_: Suite) -> None:
    with pytest.raises(Refused) as refusal:
        suite_.run(enter(), Actor(login="li", name="李"))
    assert refusal.value.codes == {"not_permitted"}


def test_a_login_that_rights_bind_keeps_the_calendar(login_suite: Callable[..., Suite]) -> None:
    suite = login_suite("core.calendar_keeper")
    suite.run(enter(), suite.actor())
    suite.run(enter(publish=True), suite.actor())
    suite.run(CorrectCalendarDay(day=dt.date(2027, 2, 12), working=False, source="通知"), suite.actor())
    assert due(suite, dt.date(2027, 2, 11), 1) == (dt.date(2027, 2, 14), False)


def test_a_trial_run_tells_what_would_move(
    suite_: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An area that holds clocks carries out RecountClocks; commands of the calendar pass on its answer."""
    seen: list[bool] = []

    def recounted(command: RecountClocks, work: Transaction) -> Done:
        calendar = work_calendar(work.session)
        seen.append(calendar.is_published(2027))
        after = due_of(dt.date(2026, 12, 25), 10, Unit.WORKING, calendar).due
        moved = Moved(subject="甲", limit="办理", kind="k", id=1, before=dt.date(2027, 1, 11), after=after)
        return Done(text="", result={"moved": (moved,)})

    assert "RecountClocks" in suite_.executor.commands  # read by now, so that it can be replaced
    monkeypatch.setitem(suite_.executor._handlers, RecountClocks, recounted)
    done = suite_.run(enter(publish=True), admin, dry_run=True)
    assert [item.after for item in done.result["moved"]] == [dt.date(2027, 1, 11)]
    assert seen == [True]
    assert due(suite_, dt.date(2026, 12, 25), 10)[1]
