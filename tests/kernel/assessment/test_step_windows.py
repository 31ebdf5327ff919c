"""The days of a step from its parameters: what is left or overdue, on the desk and in a reminder."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from plugins.lawyers.reviews.bodies import BODIES
from plugins.lawyers.reviews.lawyers import LAWYERS
from suite.contract.assessment import SchemeStep
from suite.contract.states import StateKind
from suite.kernel.assessment.reminders import mailing, words_of_letter
from suite.kernel.assessment.tasks import SeasonTask, season_items
from suite.kernel.assessment.windows import window_of, windows_of

LAST = dt.date(2025, 12, 31)
NUMBERS = {"lawyers.review.window": "03-01..05-31", "lawyers.review.submit_by": "03-31"}
LATE = dt.date(2026, 11, 23)


def test_the_days_of_a_review_are_those_of_its_parameters() -> None:
    windows = windows_of(LAWYERS, LAST, NUMBERS)
    assert [(window.first, window.last) for window in windows.values()] == [
        (dt.date(2026, 3, 1), dt.date(2026, 3, 31)),
        *[(dt.date(2026, 3, 1), dt.date(2026, 5, 31))] * 2,
    ]
    assert windows_of(BODIES, LAST, NUMBERS).keys() == BODIES.by_step.keys()
    assert window_of(SchemeStep(key="a", title="A", action="assessment:run"), LAST, NUMBERS) is None


@pytest.mark.parametrize(
    ("today", "words", "overdue"),
    [
        (dt.date(2026, 2, 1), "2026-03-01 开始", 0),
        (dt.date(2026, 3, 26), "剩余 5 日", 0),
        (dt.date(2026, 3, 31), "今天到期", 0),
        (LATE, "逾期 237 日", 237),
    ],
)
def test_what_is_left_of_a_step(today: dt.date, words: str, overdue: int) -> None:
    window = windows_of(LAWYERS, LAST, NUMBERS)["self"]
    assert (window.words(today), window.overdue(today)) == (words, overdue)


def test_the_desk_has_what_people_still_owe() -> None:
    task = SeasonTask(
        id=3, title="2025 年度考核", scheme=LAWYERS, state="running", waiting={"self": 7, "grade": 2, "": 70},
        mine=frozenset({"self"}), notice_until=None, windows=windows_of(LAWYERS, LAST, NUMBERS),
    )  # fmt: skip
    (item,) = season_items([task], LATE)
    assert (item.count, item.due, item.state) == (7, dt.date(2026, 3, 31), StateKind.BAD)
    assert (item.page, item.ids, item.filters) == ("assessment", (3,), (("step", "self"),))
    assert task.late(LATE) == 9
    # Before its last week it is nobody's matter yet; in it, it is a warning.
    assert season_items([task], dt.date(2026, 3, 20)) == []
    assert [found.state for found in season_items([task], dt.date(2026, 3, 25))] == [StateKind.WARN]


@pytest.mark.parametrize(
    ("today", "until", "words"),
    [
        (dt.date(2026, 3, 20), None, ("2026年3月31日", "", "")),
        (LATE, None, ("", "237", "是")),
        (LATE, dt.date(2026, 12, 1), ("2026年12月1日", "237", "")),
    ],
)
def test_a_reminder_after_the_day_says_so(
    today: dt.date, until: dt.date | None, words: tuple[str, str, str]
) -> None:
    line = SimpleNamespace(
        id=1, name="张三", body_id=None, body="", standing="in", step="self",
        marks=SimpleNamespace(reminded=0),
    )  # fmt: skip
    campaign = SimpleNamespace(id=1, title="2025 年度考核", first=dt.date(2025, 1, 1), last=LAST)
    board = SimpleNamespace(sheet=SimpleNamespace(scheme=LAWYERS), campaign=campaign)
    found = mailing(board, "self", [line], organ="市局", today=today, parameters=NUMBERS, until=until)  # type: ignore[arg-type, list-item]  # what a letter reads of a board
    told = words_of_letter(found, found.letters[0])
    assert tuple(told[key] for key in ("期限", "逾期", "立即")) == words
    assert told["届满"] == ("2026年3月31日" if told["逾期"] else "")
