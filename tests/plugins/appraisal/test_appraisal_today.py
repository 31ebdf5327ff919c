"""The appraisers' part of the desk: articles 50 and 70 of 行政许可法, their days, the actor's districts."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Scope
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.clocks.spans import months_after
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.testing.factories import make
from suite.testing.fixtures import TODAY
from tests.plugins.desk import desk_of, limited, rows_of

INSTITUTION, APPRAISER = "appraisal.appraisal_institution", "appraisal.appraiser"
DAY = dt.timedelta(days=1)
READ = "appraisal:roster:read"


def an_institution(
    sequence: int, until: dt.date, status: str = "active", district_code: str = "130102"
) -> dict[str, object]:
    return {
        "name": f"河北第{sequence}司法鉴定中心",
        "main_no": f"13001{sequence:04d}",
        "licensed_to": until,
        "status": status,
        "district_code": district_code,
    }


def of(suite: Suite, actor: Actor, kind: str) -> list[TodayItem]:
    return [item for item in desk_of(suite, actor, "appraisal") if item.kind == kind]


def test_nothing_waits_in_an_empty_house(suite_: Suite, admin: Actor) -> None:
    assert desk_of(suite_, admin, "appraisal") == []


def test_article_50_begins_with_the_last_day_of_the_alert(suite_: Suite, admin: Actor) -> None:
    last = TODAY + 180 * DAY
    near, today, _ = make(
        suite_,
        admin,
        INSTITUTION,
        an_institution(1, last),
        an_institution(2, TODAY),
        an_institution(3, last + DAY),
    )
    (item,) = of(suite_, admin, INSTITUTION)
    assert (item.count, item.due, item.state) == (2, TODAY, StateKind.WARN)
    assert "行政许可法第五十条" in item.note
    assert rows_of(suite_, admin, item) == {near, today}


@pytest.mark.parametrize(("days", "words"), [(30, "届满 30 日前申请延续"), (29, "1 家已不足 30 日")])
def test_renewal_is_applied_for_thirty_days_before(
    suite_: Suite, admin: Actor, days: int, words: str
) -> None:
    make(suite_, admin, INSTITUTION, an_institution(1, TODAY + days * DAY))
    (item,) = of(suite_, admin, INSTITUTION)
    assert words in item.note


def test_article_70_what_has_ended_and_is_still_on_the_roster(suite_: Suite, admin: Actor) -> None:
    ended, stopped, _ = make(
        suite_,
        admin,
        INSTITUTION,
        an_institution(1, TODAY - DAY),
        an_institution(2, TODAY - 400 * DAY, status="suspended"),
        an_institution(3, TODAY - DAY, status="cancelled"),
    )
    (item,) = of(suite_, admin, INSTITUTION)
    assert (item.count, item.due, item.state) == (2, TODAY - 400 * DAY, StateKind.BAD)
    assert "行政许可法第七十条" in item.note
    assert rows_of(suite_, admin, item) == {ended, stopped}


def test_appraisers_have_items_of_their_own(suite_: Suite, admin: Actor) -> None:
    (appraiser,) = make(
        suite_,
        admin,
        APPRAISER,
        {"name": "周明", "main_no": "130105001001", "licensed_to": TODAY + DAY, "status": "active"},
    )
    (item,) = desk_of(suite_, admin, "appraisal")
    assert (item.kind, item.count) == (APPRAISER, 1)
    assert "1 人已不足 30 日" in item.note
    assert rows_of(suite_, admin, item) == {appraiser}


def test_a_renewed_licence_waits_no_more(suite_: Suite, admin: Actor) -> None:
    (one,) = make(suite_, admin, INSTITUTION, an_institution(1, TODAY + DAY))
    renewed = RowEdit(subject_id=one, values={"licensed_to": TODAY + 1800 * DAY})
    suite_.run(SaveRecords(kind=INSTITUTION, rows=(renewed,)), admin)
    assert desk_of(suite_, admin, "appraisal") == []


def test_what_lies_outside_the_scope_is_not_counted(suite_: Suite, admin: Actor) -> None:
    inside, _ = make(
        suite_,
        admin,
        INSTITUTION,
        an_institution(1, TODAY + DAY),
        an_institution(2, TODAY, district_code="130104"),
    )
    county = limited(READ, Scope(districts=frozenset({"130102"})))
    (item,) = desk_of(suite_, county, "appraisal")
    assert (item.count, item.due) == (1, TODAY + DAY)
    assert rows_of(suite_, county, item) == {inside}
    assert desk_of(suite_, limited("notary:roster:read", Scope()), "appraisal") == []


def test_whose_institution_ended_joins_another_within_six_months(suite_: Suite, admin: Actor) -> None:
    ended, open_ = make(
        suite_,
        admin,
        INSTITUTION,
        an_institution(1, TODAY + 1000 * DAY),
        an_institution(2, TODAY + 1000 * DAY),
    )
    people = [
        {"name": name, "main_no": number, "body_id": body, "licensed_to": TODAY + 1000 * DAY}
        for name, number, body in (("周明", "130105001001", ended), ("吴芳", "130105002001", open_))
    ]
    left, _ = make(suite_, admin, APPRAISER, *people)
    cancelled = RowEdit(subject_id=ended, values={"status": "cancelled"})
    suite_.run(SaveRecords(kind=INSTITUTION, rows=(cancelled,), effective_on=TODAY - 40 * DAY), admin)
    (item,) = of(suite_, admin, APPRAISER)
    assert (item.count, item.due) == (1, months_after(TODAY - 40 * DAY, 6))
    assert item.state is StateKind.WARN
    assert rows_of(suite_, admin, item) == {left}
    joined = RowEdit(subject_id=left, values={"body_id": open_})
    suite_.run(SaveRecords(kind=APPRAISER, rows=(joined,)), admin)
    assert of(suite_, admin, APPRAISER) == []
