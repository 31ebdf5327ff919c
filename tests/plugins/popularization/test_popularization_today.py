"""Popularization's part of the desk: rechecks of model villages, sites, villages short of people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.clocks.spans import months_after
from suite.tables import Subject
from suite.testing.factories import SURNAMES, make
from suite.testing.fixtures import TODAY
from tests.plugins.desk import desk_of, rows_of

MODEL, SITE = "popularization.democratic_rule_of_law_village", "popularization.rule_of_law_culture_site"
VILLAGER = "popularization.law_savvy_villager"
DAY = dt.timedelta(days=1)


def villages(suite: Suite, number: int) -> list[int]:
    with suite.reading() as session:
        chosen = select(Subject.id).where(Subject.kind == "core.village").order_by(Subject.id).limit(number)
        return list(session.scalars(chosen))


def titled(suite: Suite, actor: Actor, words: str) -> list[TodayItem]:
    return [item for item in desk_of(suite, actor, "popularization") if words in item.title]


def test_a_recheck_is_due_two_years_after_the_last(suite_: Suite, admin: Actor) -> None:
    first, second, third, fourth = villages(suite_, 4)
    ago = months_after(TODAY, -24)

    def named(village: int, **values: Any) -> dict[str, Any]:
        return {"body_id": village, "category": "city", "status": "active", **values}

    late, near, _, _ = make(
        suite_,
        admin,
        MODEL,
        named(first, named_on=ago - DAY),
        named(second, named_on=ago - 900 * DAY, rechecked_on=ago + 80 * DAY),
        named(third, named_on=ago + 100 * DAY),
        named(fourth, named_on=ago - DAY, status="cancelled", cancelled_on=TODAY),
    )
    (item,) = titled(suite_, admin, "复核")
    assert (item.count, item.state, item.due) == (2, StateKind.BAD, TODAY - DAY)
    assert rows_of(suite_, admin, item) == {late, near}


def test_open_sites_are_checked_twice_a_year(suite_: Suite, admin: Actor) -> None:
    (village,) = villages(suite_, 1)

    def a_site(name: str, **values: Any) -> dict[str, Any]:
        return {"name": name, "body_id": village, "category": "square", **values}

    never, long_ago, _, _ = make(
        suite_,
        admin,
        SITE,
        a_site("法治文化广场"),
        a_site("法治长廊", checked_on=months_after(TODAY, -6)),
        a_site("法治公园", checked_on=months_after(TODAY, -6) + DAY),
        a_site("法治书屋", status="planned"),
    )
    (item,) = titled(suite_, admin, "未检查")
    assert rows_of(suite_, admin, item) == {never, long_ago}


def test_villages_have_three_law_savvy_villagers(suite_: Suite, admin: Actor) -> None:
    assert titled(suite_, admin, "法律明白人") == []  # a house that does not keep them yet is not told
    full, short = villages(suite_, 2)
    people = [
        {"name": f"{SURNAMES[place]}明", "body_id": village, "status": "active"}
        for place, village in enumerate((full, full, full, short, short))
    ]
    make(suite_, admin, VILLAGER, *people, {"name": "韩明", "body_id": short, "status": "exited"})
    (item,) = titled(suite_, admin, "法律明白人")
    waiting = rows_of(suite_, admin, item)
    assert short in waiting
    assert full not in waiting
    assert item.count == len(waiting)
