"""Arbitration's part of the desk: terms, the composition of article 12, arbitrators stopped elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Scope
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.testing.factories import SURNAMES, make, resident_number
from suite.testing.fixtures import TODAY
from tests.plugins.desk import desk_of, limited, rows_of

COMMISSION, ARBITRATOR = "arbitration.arbitration_commission", "arbitration.arbitrator"
MEMBER = "arbitration.governing_member"
DAY = dt.timedelta(days=1)


def a_commission(**values: Any) -> dict[str, Any]:
    return {"name": "石家庄仲裁委员会", "district_code": "130102", "status": "active", **values}


def members(body: int, posts: dict[str, int], experts: int) -> list[dict[str, Any]]:
    wanted = [post for post, number in posts.items() for _ in range(number)]
    return [
        {
            "name": f"{SURNAMES[place % 20]}远{place}",
            "body_id": body,
            "category": post,
            "expertise": "law" if place < experts else "none",
            "term_number": 5,
        }
        for place, post in enumerate(wanted)
    ]


def titled(suite: Suite, actor: Actor, words: str) -> list[TodayItem]:
    return [item for item in desk_of(suite, actor, "arbitration") if words in item.title]


def test_nothing_waits_in_an_empty_house(suite_: Suite, admin: Actor) -> None:
    assert desk_of(suite_, admin, "arbitration") == []
    assert desk_of(suite_, limited("notary:roster:read", Scope()), "arbitration") == []


def test_article_12_composition(suite_: Suite, admin: Actor) -> None:
    (body,) = make(suite_, admin, COMMISSION, a_commission())
    assert titled(suite_, admin, "组成人员") == []  # nobody is on the roster: nothing to judge
    right = {"chair": 1, "vice_chair": 2, "member": 9}
    ids = make(suite_, admin, MEMBER, *members(body, right, experts=8))
    assert titled(suite_, admin, "组成人员") == []
    lay = RowEdit(subject_id=ids[0], values={"expertise": "none"})
    suite_.run(SaveRecords(kind=MEMBER, rows=(lay,)), admin)
    (item,) = titled(suite_, admin, "组成人员")
    assert "仲裁法第十二条" in item.note
    assert rows_of(suite_, admin, item) == {body}


def test_a_term_is_told_a_year_before_its_end(suite_: Suite, admin: Actor) -> None:
    (near,) = make(suite_, admin, COMMISSION, a_commission(term_to=TODAY.replace(year=TODAY.year + 1)))
    (item,) = titled(suite_, admin, "任期")
    assert (item.count, item.state) == (1, StateKind.WARN)
    assert rows_of(suite_, admin, item) == {near}


def test_a_term_of_an_arbitrator_that_ended(suite_: Suite, admin: Actor) -> None:
    ended, _ = make(
        suite_,
        admin,
        ARBITRATOR,
        {"name": "赵明", "main_no": "A1", "status": "active", "term_to": TODAY - DAY},
        {"name": "钱明", "main_no": "A2", "status": "expired", "term_to": TODAY - DAY},
    )
    (item,) = titled(suite_, admin, "聘期")
    assert item.state is StateKind.BAD
    assert rows_of(suite_, admin, item) == {ended}


def test_an_arbitrator_who_is_a_suspended_lawyer(suite_: Suite, admin: Actor) -> None:
    who = {"name": "孙志远", "id_number": resident_number(2)}
    make(
        suite_, admin, "lawyers.lawyer",
        {**who, "main_no": "11301201210000003", "category": "full_time", "status": "suspended"},
    )  # fmt: skip
    one, _ = make(
        suite_,
        admin,
        ARBITRATOR,
        {**who, "main_no": "A1", "status": "active"},
        {"name": "周明", "main_no": "A2", "status": "active"},
    )
    (item,) = titled(suite_, admin, "停止执业")
    assert rows_of(suite_, admin, item) == {one}
    # Who may not read the lawyers is told nothing of them.
    reader = limited("arbitration:roster:read", Scope())
    assert titled(suite_, reader, "停止执业") == []
