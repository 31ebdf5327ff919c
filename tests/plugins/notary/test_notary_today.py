"""The notaries' part of the desk: articles 8 and 24 of 公证法, their days, the actor's districts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Scope
from suite.contract.states import StateKind
from suite.kernel.parameters.commands import SetParameter
from suite.testing.factories import SURNAMES, make, resident_number
from suite.testing.fixtures import TODAY
from tests.plugins.desk import desk_of, limited, rows_of

NOTARY, OFFICE = "notary.notary", "notary.notary_office"
#: TODAY is 2026-11-23; 180 days on is 2027-05-22, and who is 65 then was born on 1962-05-22.
LAST_DAY = dt.date(1962, 5, 22)
DAY = dt.timedelta(days=1)


def a_notary(sequence: int, **values: Any) -> dict[str, Any]:
    return {
        "name": f"{SURNAMES[sequence % 20]}明",
        "main_no": f"1301{sequence:08d}",
        "district_code": "130102",
        "status": "active",
        **values,
    }


def an_office(sequence: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "name": f"河北省石家庄市第{sequence}公证处", "district_code": "130102", "status": "active", **values
    }  # fmt: skip


def test_who_says_a_number_only_is_counted_like_who_says_the_date(suite_: Suite, admin: Actor) -> None:
    born = dt.date(1961, 12, 20)
    make(
        suite_,
        admin,
        NOTARY,
        a_notary(1, birth_date=born),
        a_notary(2, id_number=resident_number(2, born)),
        a_notary(3, id_number=resident_number(3, dt.date(1955, 3, 1))),
    )
    (item,) = desk_of(suite_, admin, "notary")
    assert (item.count, item.due, item.state) == (3, dt.date(2020, 3, 1), StateKind.BAD)


def test_nothing_waits_in_an_empty_house(suite_: Suite, admin: Actor) -> None:
    assert desk_of(suite_, admin, "notary") == []


def test_article_24_begins_with_the_last_day_of_the_alert(suite_: Suite, admin: Actor) -> None:
    near, stopped, *_ = make(
        suite_,
        admin,
        NOTARY,
        a_notary(1, birth_date=LAST_DAY),
        a_notary(2, birth_date=dt.date(1962, 3, 1), status="suspended"),
        a_notary(3, birth_date=LAST_DAY + DAY),
        a_notary(4, birth_date=LAST_DAY, status="removed"),
        a_notary(5),
    )
    (item,) = desk_of(suite_, admin, "notary")
    assert (item.count, item.due, item.state) == (2, dt.date(2027, 3, 1), StateKind.WARN)
    assert "公证法第二十四条" in item.note
    assert "提前 60 日" in item.note
    assert rows_of(suite_, admin, item) == {near, stopped}


@pytest.mark.parametrize(
    ("born", "state"), [(dt.date(1961, 11, 23), StateKind.BAD), (dt.date(1961, 11, 24), StateKind.WARN)]
)
def test_the_birthday_itself_completes_the_age(
    suite_: Suite, admin: Actor, born: dt.date, state: StateKind
) -> None:
    make(suite_, admin, NOTARY, a_notary(1, birth_date=born))
    (item,) = desk_of(suite_, admin, "notary")
    assert item.state is state
    assert ("1 人已满" in item.note) == (state is StateKind.BAD)


def test_the_age_follows_the_parameter_in_force(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, NOTARY, a_notary(1, birth_date=dt.date(1966, 11, 23)))
    assert desk_of(suite_, admin, "notary") == []
    lower = SetParameter(key="notary.notary.age_max", value="60", valid_from=TODAY, source="试行")
    suite_.run(lower, admin)
    (item,) = desk_of(suite_, admin, "notary")
    assert "60 周岁" in item.title
    assert item.due == TODAY


def test_article_8_counts_notaries_who_practise(suite_: Suite, admin: Actor) -> None:
    full, one_left, empty, _, _ = make(
        suite_,
        admin,
        OFFICE,
        an_office(1),
        an_office(2),
        an_office(3, status="suspended"),
        an_office(4, status="cancelled"),
        an_office(5, status="planned"),
    )
    make(
        suite_,
        admin,
        NOTARY,
        a_notary(1, body_id=full),
        a_notary(2, body_id=full, district_code="130104"),
        a_notary(3, body_id=one_left),
        a_notary(4, body_id=one_left, status="suspended"),
    )
    by_law, by_plan = desk_of(suite_, admin, "notary")
    assert (by_law.kind, by_law.count, by_law.state) == (OFFICE, 2, StateKind.WARN)
    assert "公证法第八条" in by_law.note
    assert rows_of(suite_, admin, by_law) == {one_left, empty}
    assert rows_of(suite_, admin, by_plan) == {full}


def test_article_15_an_insurance_that_runs_out(suite_: Suite, admin: Actor) -> None:
    ended, soon, _, _ = make(
        suite_,
        admin,
        OFFICE,
        an_office(1, insured_to=TODAY - DAY),
        an_office(2, insured_to=TODAY + 60 * DAY),
        an_office(3, insured_to=TODAY + 61 * DAY),
        an_office(4, insured_to=TODAY - DAY, status="cancelled"),
    )
    items = [item for item in desk_of(suite_, admin, "notary") if "责任保险" in item.title]
    assert [(item.count, item.due, item.state) for item in items] == [
        (1, TODAY - DAY, StateKind.BAD),
        (1, TODAY + 60 * DAY, StateKind.WARN),
    ]
    assert [rows_of(suite_, admin, item) for item in items] == [{ended}, {soon}]


def test_what_lies_outside_the_scope_is_not_counted(suite_: Suite, admin: Actor) -> None:
    mine, _ = make(suite_, admin, OFFICE, an_office(1), an_office(2, district_code="130104"))
    old, _ = make(
        suite_,
        admin,
        NOTARY,
        a_notary(1, birth_date=dt.date(1961, 12, 1)),
        a_notary(2, birth_date=dt.date(1950, 1, 1), district_code="130104"),
    )
    county = limited("notary:roster:read", Scope(districts=frozenset({"130102"})))
    age, staff = desk_of(suite_, county, "notary")
    assert (age.count, age.due, age.state) == (1, dt.date(2026, 12, 1), StateKind.WARN)
    assert rows_of(suite_, county, age) == {old}
    assert rows_of(suite_, county, staff) == {mine}
    assert desk_of(suite_, limited("lawyers:roster:read", Scope()), "notary") == []
