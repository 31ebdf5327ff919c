"""Limits worked out by hand over the real calendars of 2024 to 2026, each with its article."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.contract.time_limits import Unit
from suite.kernel.clocks.calendar import shipped, shipped_calendar
from suite.kernel.clocks.rules import Pause, due_of, latest_before
from suite.kernel.clocks.wording import explain
from suite.kernel.clocks.workdays import WorkCalendar

CALENDAR = shipped_calendar()
WORKING, CALENDAR_DAYS, MONTH, YEAR = Unit.WORKING, Unit.CALENDAR, Unit.MONTH, Unit.YEAR


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def pause(since: str, until: str | None, reason: str) -> Pause:
    return Pause(since=day(since), until=None if until is None else day(until), reason=reason)


@pytest.mark.parametrize(
    ("article", "start", "n", "due"),
    [
        # 2024: the eve of the Spring Festival, 9 February, was worked; off 10–17, worked Sunday 18.
        ("行政许可法第三十二条", "2024-02-07", 5, "2024-02-20"),  # 8, 9, 18, 19, 20
        # Worked Sunday 7 April, worked Sunday 28 April, off 1–5 May.
        ("行政许可法第四十二条", "2024-04-03", 20, "2024-05-06"),
        ("律师协会投诉处理：通知（局内默认）", "2024-05-08", 3, "2024-05-11"),  # a worked Saturday
        # Worked Sunday 29 September, off 1–7 October, worked Saturday 12.
        ("行政处罚法第六十一条、第八十五条", "2024-09-27", 7, "2024-10-12"),  # 29, 30, 8, 9, 10, 11, 12
        ("转办（局内默认）", "2024-12-31", 2, "2025-01-03"),  # New Year's Day alone was off
        # 2025: worked Sunday 26 January, off 28 January – 4 February.
        ("律师事务所管理办法第二十条", "2025-01-24", 5, "2025-02-07"),  # 26, 27, 5, 6, 7
        ("行政处罚法第四十八条、第八十五条", "2025-04-02", 3, "2025-04-08"),  # off 4–6 April
        ("双公示七个工作日", "2025-04-28", 7, "2025-05-12"),  # 29, 30, 6, 7, 8, 9, 12
        # Worked Sunday 28 September, off 1–8 October, worked Saturday 11.
        ("律师执业管理办法第十五条", "2025-09-26", 10, "2025-10-16"),  # 28, 29, 30, 9, 10, 11, 13–16
        # 2026: worked Saturday 14 February, off 15–23, worked Saturday 28.
        ("司法鉴定执业活动投诉处理办法：受理", "2026-02-11", 7, "2026-02-27"),  # 12, 13, 14, 24–27
        ("行政处罚法第四十八条、第八十五条", "2026-02-26", 3, "2026-03-02"),  # 27, 28, 2
        ("行政处罚法第六十四条：要求听证", "2026-04-30", 5, "2026-05-11"),  # 6, 7, 8, the 9th worked, 11
        ("公证法第三十条", "2026-06-12", 15, "2026-07-06"),  # off 19–21 June
        ("民法典第二百零一条；国务院办公厅 2026 年安排", "2026-09-18", 7, "2026-09-29"),
        # Off 1–7 October, worked Saturday 10.
        ("行政处罚法第六十四条：要求听证", "2026-09-29", 5, "2026-10-12"),  # 30, 8, 9, 10, 12
    ],
)
def test_working_days(article: str, start: str, n: int, due: str) -> None:
    found = due_of(day(start), n, WORKING, CALENDAR)
    assert (found.due, found.rolled, found.provisional) == (day(due), False, False)
    assert f"期限 {n} 个工作日（{article}）" in explain(found, CALENDAR, article)


@pytest.mark.parametrize(
    ("article", "start", "n", "unit", "last", "due"),
    [
        # 28 days of July, 31, 30, and the 1st of October is off until the 7th.
        ("行政处罚法第六十条", "2026-07-03", 90, CALENDAR_DAYS, "2026-10-01", "2026-10-08"),
        # The complaint about an appraisal: 60 calendar days, not working days.
        ("司法鉴定执业活动投诉处理办法：办理", "2026-08-05", 60, CALENDAR_DAYS, "2026-10-04", "2026-10-08"),
        ("司法鉴定执业活动投诉处理办法：办理", "2025-12-01", 60, CALENDAR_DAYS, "2026-01-30", "2026-01-30"),
        ("仲裁委员会登记暂行办法第五条", "2024-09-07", 10, CALENDAR_DAYS, "2024-09-17", "2024-09-18"),
        ("行政处罚法第六十七条", "2025-01-14", 15, CALENDAR_DAYS, "2025-01-29", "2025-02-05"),
        ("行政复议法第二十条", "2025-08-03", 60, CALENDAR_DAYS, "2025-10-02", "2025-10-09"),
        # Corresponding days, and months that have none.
        ("民法典第二百零二条", "2026-01-31", 1, MONTH, "2026-02-28", "2026-02-28"),  # a worked Saturday
        ("行政诉讼法第四十六条", "2025-08-31", 6, MONTH, "2026-02-28", "2026-02-28"),
        ("行政诉讼法第四十六条", "2023-08-31", 6, MONTH, "2024-02-29", "2024-02-29"),
        ("律师执业管理办法第二十三条", "2025-12-31", 6, MONTH, "2026-06-30", "2026-06-30"),
        ("仲裁法（2025年修订）第七十二条", "2026-06-30", 3, MONTH, "2026-09-30", "2026-09-30"),
        ("行政处罚法第三十六条", "2024-02-29", 2, YEAR, "2026-02-28", "2026-02-28"),
        ("行政处罚法第三十六条", "2021-10-05", 5, YEAR, "2026-10-05", "2026-10-08"),
        ("司法鉴定执业活动投诉处理办法第四条", "2023-05-01", 3, YEAR, "2026-05-01", "2026-05-06"),
    ],
)  # fmt: skip
def test_days_months_and_years(article: str, start: str, n: int, unit: Unit, last: str, due: str) -> None:
    rolling = due_of(day(start), n, unit, CALENDAR, roll=True)
    assert (rolling.last, rolling.due, rolling.provisional) == (day(last), day(due), False)
    assert rolling.rolled == (last != due)
    assert ("顺延" in explain(rolling, CALENDAR, article)) == rolling.rolled
    assert due_of(day(start), n, unit, CALENDAR).due == day(last)


def test_an_extended_complaint() -> None:
    """60 days and 30 (司法鉴定执业活动投诉处理办法): to Sunday 1 March, so Monday 2 March."""
    extended = due_of(day("2025-12-01"), 60, CALENDAR_DAYS, CALENDAR, roll=True, extension=30)
    assert (extended.last, extended.due) == (day("2026-03-01"), day("2026-03-02"))
    assert "延长 30 日" in explain(extended, CALENDAR)


def test_an_expert_review_is_not_counted() -> None:
    """行政许可法第四十五条: 20 working days from 2 March, review from the 9th to the 20th."""
    plain = due_of(day("2026-03-02"), 20, WORKING, CALENDAR)
    assert plain.due == day("2026-03-30")
    review = pause("2026-03-09", "2026-03-20", "专家评审")
    paused = due_of(day("2026-03-02"), 20, WORKING, CALENDAR, pauses=(review,))
    assert paused.due == day("2026-04-14")  # 3–6, 23–27, 30–3, 7–10, 13, 14; 4–6 April are off
    assert "专家评审 2026-03-09—03-20" in explain(paused, CALENDAR)


def test_a_supplement_over_the_may_holiday() -> None:
    """补正 (司法鉴定执业活动投诉处理办法): 7 working days from 29 April, asked on 6 May, in on the 12th."""
    asked = pause("2026-05-06", "2026-05-12", "补正")
    found = due_of(day("2026-04-29"), 7, WORKING, CALENDAR, pauses=(asked,))
    assert found.due == day("2026-05-20")  # 30, 13, 14, 15, 18, 19, 20; the worked 9 May is within the pause


@pytest.mark.parametrize(
    "stretches",
    [
        [("2026-03-11", "2026-04-09")],
        [("2026-03-11", "2026-03-31"), ("2026-04-01", "2026-04-09")],  # touching
        [("2026-03-18", "2026-04-09"), ("2026-03-11", "2026-03-20"), ("2026-03-12", "2026-03-13")],
    ],
)
def test_an_appraisal_in_a_complaint(stretches: list[tuple[str, str]]) -> None:
    """60 days from 1 March end on 30 April; 30 days of 鉴定 make it Saturday 30 May, so Monday 1 June."""
    pauses = [pause(since, until, "鉴定") for since, until in stretches]
    found = due_of(day("2026-03-01"), 60, CALENDAR_DAYS, CALENDAR, roll=True, pauses=pauses)
    assert (found.last, found.due) == (day("2026-05-30"), day("2026-06-01"))


def test_an_open_pause_leaves_what_is_unused() -> None:
    """9 of 60 days went by before the pause; one that opens after the end changes nothing."""
    still = due_of(
        day("2026-03-01"), 60, CALENDAR_DAYS, CALENDAR, pauses=(pause("2026-03-11", None, "鉴定"),)
    )
    assert (still.due, still.last, still.left, still.provisional) == (None, None, 51, False)
    assert "尚余 51 日" in explain(still, CALENDAR)
    late = due_of(day("2026-03-01"), 60, CALENDAR_DAYS, CALENDAR, pauses=(pause("2026-05-01", None, "鉴定"),))
    assert (late.due, late.left) == (day("2026-04-30"), 0)


def test_a_pause_of_months_adds_its_days() -> None:
    """Six months from 31 August end on 28 February; ten days of pause make it 10 March."""
    found = due_of(day("2025-08-31"), 6, MONTH, CALENDAR, pauses=(pause("2025-10-01", "2025-10-10", "公告"),))
    assert found.due == day("2026-03-10")


def test_a_hearing_is_announced_seven_working_days_before() -> None:
    """行政处罚法第六十四条、第八十五条: seven whole working days before Thursday 15 October 2026."""
    # 14, 13, 12, the worked Saturday 10, 9, 8 October, 30 September: the notice goes out on the 29th.
    assert latest_before(day("2026-10-15"), 7, WORKING, CALENDAR) == day("2026-09-29")
    assert latest_before(day("2026-10-15"), 7, CALENDAR_DAYS, CALENDAR) == day("2026-10-07")
    assert latest_before(day("2026-03-31"), 1, MONTH, CALENDAR) == day("2026-02-28")


def test_the_turn_of_2026_is_provisional_until_the_notice_comes() -> None:
    """行政许可法第四十二条 over a year that is not announced, and the same date once it is."""
    ten = due_of(day("2026-12-25"), 10, WORKING, CALENDAR)
    assert (ten.due, ten.provisional) == (day("2027-01-11"), True)  # 28–31, 4–8, 11; 1 January is off
    assert "2027 年放假安排未发布" in explain(ten, CALENDAR)
    four = due_of(day("2026-12-25"), 4, WORKING, CALENDAR)
    assert (four.due, four.provisional) == (day("2026-12-31"), False)
    listed = [(entry.day, entry.working, entry.festival) for entry in shipped()]
    notice = [(day("2027-01-01"), False, "元旦"), (day("2027-01-04"), False, "元旦")]  # as it might say
    told = WorkCalendar([*listed, *notice], range(2020, 2028))
    moved = due_of(day("2026-12-25"), 10, WORKING, told)
    assert (moved.due, moved.provisional) == (day("2027-01-12"), False)


def test_a_calendar_limit_is_provisional_only_where_it_rolls() -> None:
    """民法典第二百零三条: 30 days from 10 December 2026 end on Saturday 9 January 2027."""
    fixed = due_of(day("2026-12-10"), 30, CALENDAR_DAYS, CALENDAR)
    assert (fixed.due, fixed.provisional) == (day("2027-01-09"), False)
    rolling = due_of(day("2026-12-10"), 30, CALENDAR_DAYS, CALENDAR, roll=True)
    assert (rolling.due, rolling.provisional) == (day("2027-01-11"), True)


def test_the_provisional_spring_festival_of_2027() -> None:
    """2–4 February, off 5 and 8 as statutory days, 9–12, 15, 16, 17."""
    found = due_of(day("2027-02-01"), 10, WORKING, CALENDAR)
    assert (found.due, found.provisional) == (day("2027-02-17"), True)
