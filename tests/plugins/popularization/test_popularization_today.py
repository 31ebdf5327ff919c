"""Popularization's part of the desk: rechecks of model villages, sites, villages short of people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.casework.commands import LineGiven
from suite.kernel.clocks.spans import months_after
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Subject
from suite.testing.factories import SURNAMES, make, uscc
from suite.testing.fixtures import TODAY
from tests.plugins.desk import desk_of, rows_of
from tests.plugins.licence_desk import LicenceDesk

MODEL, SITE = "popularization.democratic_rule_of_law_village", "popularization.rule_of_law_culture_site"
VILLAGER, UNIT = "popularization.law_savvy_villager", "popularization.duty_unit"
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


def duty_lists(suite: Suite, actor: Actor) -> dict[str, int]:
    """Units whose list of the year is published with a late item, submitted, drafted, and none at all."""
    names = ("市公安局", "市教育局", "市水利局", "市统计局")
    rows = [
        {"name": name, "main_no": uscc(n, "11", "130100"), "category": "city_department", "status": "active"}
        for n, name in enumerate(names, 1)
    ]
    units = dict(zip(names, make(suite, actor, UNIT, *rows), strict=True))
    desk = LicenceDesk(suite)
    desk.day = dt.date(TODAY.year, 2, 2)
    lines = (
        LineGiven(list_key="laws", code="law", name="治安管理处罚法"),
        LineGiven(
            list_key="items", name="治安管理处罚法", code="youth", holder="法制支队", until=TODAY - DAY
        ),
    )
    published, submitted, _ = (
        desk.open(
            "popularization.duty_list", "OpenDutyList", unit=(units[name],), list_year=TODAY.year, lines=lines
        )
        for name in names[:3]
    )
    desk.play(published, "SubmitDutyList", "ApproveDutyList", ApproveDutyList={"met_on": desk.day})
    desk.take(published, "PublishDutyList", published_on=desk.day, published_at="普法网")
    desk.take(submitted, "SubmitDutyList")
    return units


def test_lists_that_are_missing_unpublished_or_late_are_told(suite_: Suite, admin: Actor) -> None:
    """责任制意见; the days are the house's parameters, 31 January and 31 March."""
    assert titled(suite_, admin, "责任清单") == [], "a house that keeps no lists yet is told nothing"
    units = duty_lists(suite_, admin)
    found = {item.title: rows_of(suite_, admin, item) for item in titled(suite_, admin, "责任清单")}
    assert found == {
        f"没有报送 {TODAY.year} 年普法责任清单的单位": {units["市水利局"], units["市统计局"]},
        "责任清单已报送、没有公布的单位": {units["市教育局"]},
        "责任清单中有事项逾期的单位": {units["市公安局"]},
    }


def test_a_check_in_the_ledger_counts_as_a_check_of_the_site(suite_: Suite, admin: Actor) -> None:
    (village,) = villages(suite_, 1)
    site = {"name": "法治文化广场", "body_id": village, "category": "square"}
    (number,) = make(suite_, admin, SITE, site)
    assert len(titled(suite_, admin, "未检查")) == 1
    values = {"title": "半年检查", "day": TODAY, "subject": (number,), "checker": "李明", "open": True}
    save(suite_, admin, "popularization.site_checks", values)
    assert titled(suite_, admin, "未检查") == []


def test_hours_court_and_study_lists_are_told_from_october_on(suite_: Suite, admin: Actor) -> None:
    """规范（试行）: hours of the year; court observation and study lists: once a year and unit."""
    (village,) = villages(suite_, 1)
    people = [{"name": f"{name}明", "body_id": village, "status": "active"} for name in SURNAMES[:3]]
    enough, few, none = make(suite_, admin, VILLAGER, *people)
    rows = [
        {"name": name, "main_no": uscc(n, "11", "130100"), "category": "city_department", "status": "active"}
        for n, name in enumerate(("市公安局", "市教育局"), 1)
    ]
    police, school = make(suite_, admin, UNIT, *rows)
    assert titled(suite_, admin, "学时") == [], "a house without the ledger is told nothing"
    training = {"title": "年度培训", "day": TODAY, "hours": 4}
    save(
        suite_,
        admin,
        "popularization.villager_training",
        training | {"subject": (enough, few)},
        training | {"subject": (enough,)},
        training | {"subject": (none,), "day": TODAY.replace(year=TODAY.year - 1)},
    )
    court = {"title": "行政诉讼", "day": TODAY, "leaders": "王强", "court": "长安区人民法院"}
    save(suite_, admin, "popularization.court_observations", court | {"subject": (police,)})
    (hours,), (observed,) = titled(suite_, admin, "学时"), titled(suite_, admin, "旁听")
    assert rows_of(suite_, admin, hours) == {few, none}
    assert rows_of(suite_, admin, observed) == {school}
    early = SetParameter(
        key="popularization.alert_from", value="12-01", valid_from=dt.date(2026, 1, 1), source="本局"
    )
    suite_.run(early, admin)
    assert titled(suite_, admin, "学时") == []


def test_households_ask_for_more_villagers_than_three(suite_: Suite, admin: Actor) -> None:
    """规划四（一）1: 61 households need four."""
    enough, short, unknown = villages(suite_, 3)
    known = ((enough, 60), (short, 61), (unknown, None))
    rows = tuple(RowEdit(subject_id=village, values={"households": number}) for village, number in known)
    suite_.run(SaveRecords(kind="core.village", rows=rows), admin)
    people = [
        {"name": f"{SURNAMES[place]}明", "body_id": village, "status": "active"}
        for place, village in enumerate((enough,) * 3 + (short,) * 3)
    ]
    make(suite_, admin, VILLAGER, *people)
    (item,) = titled(suite_, admin, "每 20 户")
    assert rows_of(suite_, admin, item) == {short}
    assert "差 1 名" in item.note


def save(suite: Suite, actor: Actor, ledger: str, *rows: dict[str, Any]) -> None:
    edits = tuple(EntryEdit(values=values) for values in rows)
    suite.run(SaveLedgerEntries(ledger=ledger, rows=edits), actor)
