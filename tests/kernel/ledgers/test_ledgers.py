"""Ledgers: entries are saved in bulk and one by one, checked, crossed out, counted, and scoped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import func, select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Scope
from suite.contract.indicators import Count, Entries, Target
from suite.contract.problems import Refused
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.members import World
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries, StrikeLedgerEntry
from suite.kernel.ledgers.current import Entry, current_entries
from suite.kernel.ledgers.sheet import ledger_sheet
from suite.testing.factories import make, uscc
from tests.kernel.indicators.declared import an_indicator, with_indicators

VISITS = "notary.village_visits"
DAY = dt.date(2026, 5, 12)


@pytest.fixture
def office(suite_: Suite, admin: Actor) -> int:
    row = {
        "name": "燕赵公证处",
        "main_no": uscc(1, "12"),
        "district_code": "130102",
        "category": "public_institution",
        "status": "active",
    }
    return make(suite_, admin, "notary.notary_office", row)[0]


def visit(office: int, **values: Any) -> dict[str, Any]:
    return {"title": "送公证下乡", "day": DAY, "subject": (office,), "place": "东良厢村", **values}


def save(suite: Suite, actor: Actor, *rows: EntryEdit) -> list[int]:
    return list(suite.run(SaveLedgerEntries(ledger=VISITS, rows=rows), actor).result["ids"])


def refused(act: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as caught:
        act()
    return set(caught.value.codes)


def entry(suite: Suite, number: int) -> Entry:
    with suite.reading() as session:
        return current_entries(session, ledger_sheet(suite.catalog, VISITS), [number])[number]


def test_entries_are_numbered_placed_and_changed(suite_: Suite, admin: Actor, office: int) -> None:
    given = EntryEdit(values=visit(office, number="2026-0007", persons="12"))
    first, second = save(suite_, admin, given, EntryEdit(values=visit(office)))
    assert entry(suite_, first).values["persons"] == 12
    found = entry(suite_, second)
    assert (found.values["number"], found.district_code) == ("2026-0008", "130102")
    assert (found.values["state"], found.values["subject"]) == ("planned", (office,))
    save(
        suite_,
        admin,
        EntryEdit(entry_id=second, expected_version=1, values={"state": "held", "subject": (office,)}),
    )
    changed = entry(suite_, second)
    assert (changed.version, changed.values["state"]) == (2, "held")
    # Somebody else changed another column since: the two edits do not touch.
    save(
        suite_,
        admin,
        EntryEdit(entry_id=second, expected_version=1, base={"persons": None}, values={"persons": 30}),
    )
    late = EntryEdit(
        entry_id=second, expected_version=1, base={"state": "planned"}, values={"state": "cancelled"}
    )
    assert refused(lambda: save(suite_, admin, late)) == {"stale"}
    assert entry(suite_, second).values["persons"] == 30


def test_everything_that_is_wrong_is_told_at_once(suite_: Suite, admin: Actor, office: int) -> None:
    wrong = (
        EntryEdit(values={"title": "缺公证处", "day": DAY, "place": "甲村"}, place=0),
        EntryEdit(values=visit(office, state="nowhere", persons=-1, place="x" * 301), place=1),
        EntryEdit(values=visit(999_999, day="someday"), place=2),
        EntryEdit(values=visit(office, district_code="999999", colour="red"), place=3),
        EntryEdit(values={"title": "x"}, entry_id=77, place=4),
    )
    with pytest.raises(Refused) as caught:
        save(suite_, admin, *wrong)
    told = {(problem.row, problem.code) for problem in caught.value.problems}
    assert told >= {
        (0, "required"),
        (1, "code.unknown"),
        (1, "value.negative"),
        (1, "text.long"),
        (2, "link.unknown"),
        (2, "value.type"),
        (3, "district.unknown"),
        (3, "field.unknown"),
        (4, "entry.unknown"),
    }
    with suite_.reading() as session:
        sheet = ledger_sheet(suite_.catalog, VISITS)
        assert session.scalar(select(func.count()).select_from(sheet.details)) == 0


def test_an_entry_is_crossed_out_with_a_reason(suite_: Suite, admin: Actor, office: int) -> None:
    (number,) = save(suite_, admin, EntryEdit(values=visit(office)))

    def strike(**more: Any) -> None:
        command = StrikeLedgerEntry(ledger=VISITS, entry_id=number, reason="")
        suite_.run(replace(command, **more), admin)

    assert refused(strike) == {"reason.required"}
    strike(reason="重复登记")
    found = entry(suite_, number)
    assert (found.struck_by, found.struck_reason) == (admin.login, "重复登记")
    assert refused(lambda: strike(reason="再划")) == {"entry.struck"}
    again = EntryEdit(entry_id=number, values={"title": "改"})
    assert refused(lambda: save(suite_, admin, again)) == {"entry.struck"}


def test_who_has_one_district_keeps_its_entries_only(suite_: Suite, admin: Actor, office: int) -> None:
    own = tuple(
        replace(item, scope=Scope(districts=frozenset({"130104"})))
        if item.permission.endswith(":ledger:edit")
        else item
        for item in admin.granted
    )
    if suite_.engine.dialect.name == "postgresql":
        pytest.skip("there the login's own grants hold; see the cells of rights")
    county = replace(admin, granted=own)
    (elsewhere,) = save(suite_, admin, EntryEdit(values=visit(office)))
    assert refused(lambda: save(suite_, county, EntryEdit(values=visit(office)))) == {"out_of_scope"}
    change = EntryEdit(entry_id=elsewhere, values={"title": "改"})
    assert refused(lambda: save(suite_, county, change)) == {"entry.unknown"}
    (mine,) = save(suite_, county, EntryEdit(values=visit(office, district_code="130104")))
    away = EntryEdit(entry_id=mine, values={"district_code": "130102"})
    assert refused(lambda: save(suite_, county, away)) == {"out_of_scope"}


def test_entries_count_to_their_year_until_they_are_crossed_out(
    suite_: Suite, admin: Actor, office: int
) -> None:
    rows = [
        visit(office, persons=n, day=day, state="held")
        for n, day in ((5, DAY), (8, DAY), (9, dt.date(2025, 5, 1)))
    ]
    rows.append(visit(office, persons=100, state="cancelled"))
    ids = save(suite_, admin, *(EntryEdit(values=row) for row in rows))
    side = Entries(
        ledger=VISITS,
        title="公证进村",
        where=lambda one: one.column("state") == "held",
        sum="persons",
    )

    def total() -> tuple[int, int]:
        everywhere = (Scope(),)
        world = World(
            catalog=suite_.catalog,
            day=dt.date(2026, 6, 30),
            parameters={},
            scopes={"notary": everywhere},
            within=everywhere,
            left_out=frozenset(),
            ledger_scopes={"notary": everywhere},
        )
        rows = world.entry_rows(side)
        with suite_.reading() as session:
            added = session.execute(select(func.sum(rows.c.amount), func.count())).one()
        return int(added[0]), int(added[1])

    assert total() == (13, 2)
    suite_.run(StrikeLedgerEntry(ledger=VISITS, entry_id=ids[0], reason="误登"), admin)
    assert total() == (8, 1)


def test_what_stands_counts_whatever_its_year_until_its_last_day(suite_: Suite, admin: Actor) -> None:
    ledger = "appraisal.assessors"
    days = {
        "去年入库，未到期": (dt.date(2025, 3, 1), dt.date(2027, 3, 1)),
        "没有届满日": (dt.date(2024, 3, 1), None),
        "今天届满": (dt.date(2025, 3, 1), DAY),
        "昨天届满": (dt.date(2026, 3, 1), DAY - dt.timedelta(days=1)),
        "明天入库": (DAY + dt.timedelta(days=1), None),
        "误登": (dt.date(2026, 3, 1), None),
    }
    rows = tuple(
        EntryEdit(values={"title": title, "day": day, "until": until, "field": "法医", "unit": "某某医院"})
        for title, (day, until) in days.items()
    )
    ids = suite_.run(SaveLedgerEntries(ledger=ledger, rows=rows), admin).result["ids"]
    suite_.run(StrikeLedgerEntry(ledger=ledger, entry_id=ids[-1], reason="误登"), admin)

    def counted(side: Entries) -> tuple[set[str], Fraction | None]:
        target = Target(set="plan-2021-2025", no="X", value=Decimal(10), year=2026, article="试")
        one = replace(an_indicator("assessors", Count(side)), targets=(target,))
        with suite_.reading() as session:
            asked = session, admin, with_indicators(suite_.catalog, one)
            question = Question(as_of=DAY, set="plan-2021-2025")
            (value,) = indicator_board(*asked, question).values
            above, _ = rows_behind(*asked, question, one.key)
        assert value.whole.value == len(above.members)
        return {line.name for line in above.members}, value.pace

    standing = Entries(ledger=ledger, title="评审员", standing=True, unit="名")
    assert counted(standing) == ({"去年入库，未到期", "没有届满日", "今天届满"}, None)
    # What is counted from New Year on is another thing, and is held against the share of the year.
    names, pace = counted(replace(standing, standing=False))
    assert names == {"昨天届满"}
    assert pace is not None
