"""The lawyers' part of the desk: one article after another, its days, the actor's districts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Scope
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.testing.factories import a_firm, a_lawyer, make
from suite.testing.fixtures import TODAY
from tests.plugins.desk import desk_of, limited, rows_of

LAWYER, FIRM, TRAINEE = "lawyers.lawyer", "lawyers.law_firm", "lawyers.trainee_lawyer"
READ = "lawyers:roster:read"
DAY = dt.timedelta(days=1)
PAUSED = {"status": "practice_paused"}
#: TODAY is 2026-11-23. The first day of six months that have passed, and of six that end today.
PASSED, ENDS_TODAY = dt.date(2026, 5, 22), dt.date(2026, 5, 23)


def test_nothing_waits_in_an_empty_house(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYER, a_lawyer(1, status="active"))
    assert desk_of(suite_, admin, "lawyers") == []


def test_article_23_counts_from_the_alert_day(suite_: Suite, admin: Actor) -> None:
    alert, _ = make(
        suite_,
        admin,
        LAWYER,
        a_lawyer(1, status_on=TODAY - 150 * DAY, **PAUSED),
        a_lawyer(2, status_on=TODAY - 149 * DAY, **PAUSED),
    )
    (item,) = desk_of(suite_, admin, "lawyers")
    assert (item.count, item.due, item.state) == (1, dt.date(2026, 12, 26), StateKind.WARN)
    assert "律师执业管理办法第二十三条" in item.note
    assert rows_of(suite_, admin, item) == {alert}


@pytest.mark.parametrize(("since", "state"), [(PASSED, StateKind.BAD), (ENDS_TODAY, StateKind.WARN)])
def test_article_23_six_months_last_through_their_last_day(
    suite_: Suite, admin: Actor, since: dt.date, state: StateKind
) -> None:
    make(suite_, admin, LAWYER, a_lawyer(1, status_on=since, **PAUSED))
    (item,) = desk_of(suite_, admin, "lawyers")
    assert item.state is state
    assert ("1 人已满 6 个月" in item.note) == (state is StateKind.BAD)


def leave(suite: Suite, actor: Actor, lawyer: int, on: dt.date, **values: Any) -> None:
    edit = RowEdit(subject_id=lawyer, values={**PAUSED, **values})
    suite.run(SaveRecords(kind=LAWYER, rows=(edit,), effective_on=on), actor)


def test_the_end_of_the_last_post_begins_the_six_months(suite_: Suite, admin: Actor) -> None:
    first, second = make(suite_, admin, FIRM, a_firm(1), a_firm(2))
    (lawyer,) = make(suite_, admin, LAWYER, a_lawyer(1, body_id=first), on=dt.date(2015, 1, 1))
    moved = RowEdit(subject_id=lawyer, values={"body_id": second})
    suite_.run(SaveRecords(kind=LAWYER, rows=(moved,), effective_on=dt.date(2018, 1, 1)), admin)
    leave(suite_, admin, lawyer, dt.date(2026, 6, 1), body_id=None)
    (item,) = desk_of(suite_, admin, "lawyers")
    assert (item.count, item.due) == (1, dt.date(2026, 12, 1))


def test_without_a_post_the_decision_begins_them(suite_: Suite, admin: Actor) -> None:
    (lawyer,) = make(suite_, admin, LAWYER, a_lawyer(1, status_on=dt.date(2015, 1, 1), status="active"))
    leave(suite_, admin, lawyer, dt.date(2026, 6, 1))
    (item,) = desk_of(suite_, admin, "lawyers")
    assert (item.count, item.due) == (1, dt.date(2026, 12, 1))


def test_a_post_that_stands_says_nothing_of_the_end(suite_: Suite, admin: Actor) -> None:
    """Paused, but the firm was not taken away: the former firm's end must not be taken for the last."""
    first, second = make(suite_, admin, FIRM, a_firm(1), a_firm(2))
    (lawyer,) = make(suite_, admin, LAWYER, a_lawyer(1, body_id=first), on=dt.date(2015, 1, 1))
    moved = RowEdit(subject_id=lawyer, values={"body_id": second})
    suite_.run(SaveRecords(kind=LAWYER, rows=(moved,), effective_on=dt.date(2018, 1, 1)), admin)
    leave(suite_, admin, lawyer, TODAY - DAY)
    assert desk_of(suite_, admin, "lawyers") == []


def test_who_has_no_day_at_all_is_told_apart(suite_: Suite, admin: Actor) -> None:
    (lawyer,) = make(suite_, admin, LAWYER, a_lawyer(1, **PAUSED))
    (item,) = desk_of(suite_, admin, "lawyers")
    assert (item.count, item.due) == (1, None)
    assert "起始日不明" in item.title
    assert rows_of(suite_, admin, item) == {lawyer}


def of_firms(suite: Suite, actor: Actor) -> list[TodayItem]:
    return [item for item in desk_of(suite, actor, "lawyers") if item.kind == FIRM]


def test_article_31_a_firm_that_has_not_opened(suite_: Suite, admin: Actor) -> None:
    preparing = {"status": "licensed_preparing"}
    late, *_ = make(
        suite_,
        admin,
        FIRM,
        a_firm(1, approved_on=TODAY - 150 * DAY, **preparing),
        a_firm(2, approved_on=TODAY - 149 * DAY, **preparing),
        a_firm(3, approved_on=PASSED, opened_on=TODAY, **preparing),
        a_firm(4, approved_on=PASSED, status="active"),
    )
    (item,) = of_firms(suite_, admin)
    assert (item.count, item.due, item.state) == (1, dt.date(2026, 12, 26), StateKind.WARN)
    assert "律师事务所管理办法第三十一条" in item.note
    assert rows_of(suite_, admin, item) == {late}


@pytest.mark.parametrize(("approved", "state"), [(PASSED, StateKind.BAD), (ENDS_TODAY, StateKind.WARN)])
def test_article_31_six_months(suite_: Suite, admin: Actor, approved: dt.date, state: StateKind) -> None:
    make(suite_, admin, FIRM, a_firm(1, approved_on=approved, status="licensed_preparing"))
    (item,) = of_firms(suite_, admin)
    assert item.state is state


def test_article_31_a_firm_that_does_no_business(suite_: Suite, admin: Actor) -> None:
    """Ten months are told, a year has passed with its last day."""
    full, warned, *_ = make(
        suite_,
        admin,
        FIRM,
        a_firm(1, stopped_on=dt.date(2025, 11, 22), status="active"),
        a_firm(2, stopped_on=dt.date(2026, 1, 23), status="active"),
        a_firm(3, stopped_on=dt.date(2026, 1, 24), status="active"),
        a_firm(4, stopped_on=dt.date(2025, 1, 1), status="suspended"),
    )
    (item,) = of_firms(suite_, admin)
    assert (item.count, item.due, item.state) == (2, dt.date(2026, 11, 22), StateKind.BAD)
    assert "1 家已满 12 个月" in item.note
    assert rows_of(suite_, admin, item) == {full, warned}


def staffed(suite: Suite, actor: Actor, partners: int, others: int = 0, **values: Any) -> int:
    (firm,) = make(suite, actor, FIRM, a_firm(1, **{"status": "active", **values}))
    people = [
        a_lawyer(number, body_id=firm, is_partner=number < partners or None, status="active")
        for number in range(partners + others)
    ]
    make(suite, actor, LAWYER, *people)
    return firm


@pytest.mark.parametrize(
    ("form", "partners", "waits"),
    [
        ("general_partnership", 2, True),
        ("general_partnership", 3, False),
        ("special_general_partnership", 19, True),
        ("special_general_partnership", 20, False),
        ("sole", 1, False),
    ],
)
def test_articles_9_and_10_partners(
    suite_: Suite, admin: Actor, form: str, partners: int, waits: bool
) -> None:
    firm = staffed(suite_, admin, partners, others=1, category=form)
    items = of_firms(suite_, admin)
    assert [item.count for item in items] == ([1] if waits else [])
    for item in items:
        assert "律师事务所管理办法第九、十条" in item.note
        assert rows_of(suite_, admin, item) == {firm}


def test_a_firm_whose_record_is_silent_is_not_judged(suite_: Suite, admin: Actor) -> None:
    staffed(suite_, admin, partners=0, others=4)
    assert of_firms(suite_, admin) == []


def test_a_suspended_partner_stays_one_and_a_cancelled_one_does_not(suite_: Suite, admin: Actor) -> None:
    firm = staffed(suite_, admin, partners=2)
    (third,) = make(suite_, admin, LAWYER, a_lawyer(9, body_id=firm, is_partner=True, status="suspended"))
    assert of_firms(suite_, admin) == []
    leave(suite_, admin, third, TODAY, status="cancelled")
    (item,) = of_firms(suite_, admin)
    assert item.count == 1


def a_trainee(sequence: int, **values: Any) -> dict[str, Any]:
    return {"name": "许丽娜", "main_no": f"1301250100{sequence:04d}", "status": "active", **values}


def test_article_5_a_year_of_internship(suite_: Suite, admin: Actor) -> None:
    year, recorded, longer, *_ = make(
        suite_,
        admin,
        TRAINEE,
        a_trainee(1, started_on=dt.date(2025, 11, 23)),
        a_trainee(2, started_on=dt.date(2025, 1, 1), ends_on=TODAY),
        a_trainee(3, started_on=dt.date(2025, 1, 1), extended_until=TODAY - DAY, status="extended"),
        a_trainee(4, started_on=dt.date(2025, 11, 24)),
        a_trainee(5, started_on=dt.date(2025, 1, 1), ends_on=TODAY + DAY),
        a_trainee(6, started_on=dt.date(2025, 1, 1), ends_on=PASSED, extended_until=TODAY + DAY),
        a_trainee(7, started_on=dt.date(2025, 1, 1), status="completed"),
        a_trainee(8),
    )
    (item,) = desk_of(suite_, admin, "lawyers")
    assert (item.count, item.due, item.state) == (3, TODAY - DAY, StateKind.WARN)
    assert "律师法第五条" in item.note
    assert rows_of(suite_, admin, item) == {year, recorded, longer}


def test_what_lies_outside_the_scope_is_not_counted(suite_: Suite, admin: Actor) -> None:
    inside, _ = make(
        suite_,
        admin,
        LAWYER,
        a_lawyer(1, status_on=ENDS_TODAY, **PAUSED),
        a_lawyer(2, status_on=PASSED, district_code="130104", **PAUSED),
    )
    county = limited(READ, Scope(districts=frozenset({"130102"})))
    (item,) = desk_of(suite_, county, "lawyers")
    assert (item.count, item.due, item.state) == (1, TODAY, StateKind.WARN)
    assert rows_of(suite_, county, item) == {inside}
    assert desk_of(suite_, limited("notary:roster:read", Scope()), "lawyers") == []
