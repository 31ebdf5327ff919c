"""Indicators 4 to 7, T13 and T14: counted from rosters and ledgers, with the switches beside them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from plugins.popularization.indicators import window_begins
from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Subject
from suite.testing.factories import SURNAMES, make, uscc
from suite.testing.fixtures import TODAY

pytestmark = pytest.mark.sqlite_first

UNIT, SITE, MODEL, VILLAGER = (
    "popularization.duty_unit",
    "popularization.rule_of_law_culture_site",
    "popularization.democratic_rule_of_law_village",
    "popularization.law_savvy_villager",
)


def value(suite: Suite, actor: Actor, no: int | str) -> IndicatorValue:
    with suite.reading() as session:
        found = indicator_board(session, actor, suite.catalog, Question(as_of=TODAY))
    return next(item for item in found.values if item.target and item.target.no == no)


def villages(suite: Suite, number: int = 2_000) -> list[int]:
    with suite.reading() as session:
        chosen = select(Subject.id).where(Subject.kind == "core.village").order_by(Subject.id).limit(number)
        return list(session.scalars(chosen))


@pytest.mark.parametrize(
    ("day", "begins"),
    [("2021-01-01", 2021), ("2022-12-31", 2021), ("2023-06-01", 2023), ("2026-11-23", 2025)],
)
def test_the_windows_are_of_two_years_from_2021(day: str, begins: int) -> None:
    """规划指标6: 2021–2022, 2023–2024, 2025–2026."""
    assert window_begins(dt.date.fromisoformat(day), 2021, 2) == dt.date(begins, 1, 1)


def test_a_village_has_a_site_once_one_is_open(suite_: Suite, admin: Actor) -> None:
    places = villages(suite_)
    sites = ((0, "active"), (0, "active"), (1, "planned"), (2, "closed"), (3, "repair"))
    rows = [
        {
            "name": f"法治广场{n}",
            "body_id": places[place],
            "category": "square",
            "status": status,
            "opened_on": dt.date(2020, 1, 1),
            **({"closed_on": TODAY} if status == "closed" else {}),
        }
        for n, (place, status) in enumerate(sites)
    ]
    make(suite_, admin, SITE, *rows)
    found = value(suite_, admin, 5).whole
    assert (found.numerator, found.denominator) == (1, len(places))


def test_model_villages_count_once_in_their_window(suite_: Suite, admin: Actor) -> None:
    """The fewest of any county; several levels of one village count once, county levels by the switch."""
    with suite_.reading() as session:
        rows = session.execute(
            select(Subject.district_code, Subject.id).where(Subject.kind == "core.village")
        )
        by_county: dict[str, list[int]] = {}
        for district, number in rows:
            by_county.setdefault(district, []).append(number)
    named: list[dict[str, Any]] = []
    for places in by_county.values():
        for place, level, day in (
            (0, "city", dt.date(2025, 5, 1)),
            (1, "city", dt.date(2025, 5, 1)),
            (0, "province", dt.date(2025, 6, 1)),
            (2, "city", dt.date(2024, 12, 31)),
            (3, "county", dt.date(2026, 2, 1)),
        ):
            named.append({"body_id": places[place], "category": level, "named_on": day})
        ended = {"status": "cancelled", "cancelled_on": TODAY, "named_on": dt.date(2025, 5, 1)}
        named.append({"body_id": places[4], "category": "city"} | ended)
    make(suite_, admin, MODEL, *({"status": "active"} | row for row in named))

    def counted() -> set[object]:
        districts = dict(value(suite_, admin, 6).by_district)
        return {districts[code].value for code in by_county if code in districts}

    assert counted() == {2}
    switch = SetParameter(
        key="popularization.village.county_level_counts", value="true", valid_from=TODAY, source="按省厅口径"
    )
    suite_.run(switch, admin)
    assert counted() == {3}


def test_a_budget_counts_by_its_own_line_and_amount(suite_: Suite, admin: Actor) -> None:
    names = ("石家庄市人民政府", "长安区人民政府", "桥西区人民政府", "新华区人民政府", "市公安局")
    levels = ("city", "county", "county", "county", "city_department")
    units = make(
        suite_,
        admin,
        UNIT,
        *(
            {"name": name, "main_no": uscc(n, "11"), "category": level, "status": "active"}
            for n, (name, level) in enumerate(zip(names, levels, strict=True), 1)
        ),
    )

    def a_budget(unit: int, amount: str, *, separate: bool = True, year: int = 2026) -> EntryEdit:
        values = {"title": "普法专项", "day": dt.date(year, 1, 1), "subject": (unit,)}
        return EntryEdit(values=values | {"amount": Decimal(amount), "separate": separate})

    city, first, second, third, department = units
    rows = (
        a_budget(city, "120"), a_budget(first, "30"), a_budget(second, "20", separate=False),
        a_budget(third, "15", year=2025), a_budget(department, "5"),
    )  # fmt: skip
    suite_.run(SaveLedgerEntries(ledger="popularization.budgets", rows=rows), admin)
    found = value(suite_, admin, 7).whole
    assert (found.numerator, found.denominator, found.value) == (2, 4, 50)


def test_villagers_are_enough_by_number_and_by_households(suite_: Suite, admin: Actor) -> None:
    """2022: three a village; 2025: one for every twenty households, rounded up; unknown ones are left out."""
    first, second, third = villages(suite_, 3)
    known = ((first, 60), (second, 61), (third, None))
    rows = tuple(
        RowEdit(subject_id=village, values={"village_kind": "村委会", "households": number})
        for village, number in known
    )
    suite_.run(SaveRecords(kind="core.village", rows=rows), admin)
    people = [
        {"name": f"{SURNAMES[place]}明", "body_id": village, "status": "active"}
        for place, village in enumerate((first, first, first, second, second, second, third, third))
    ]
    make(suite_, admin, VILLAGER, *people)
    assert value(suite_, admin, 4).whole.numerator == 1
    by_households = value(suite_, admin, "T14").whole
    assert (by_households.numerator, by_households.denominator) == (1, 2)
    assert value(suite_, admin, "T13").whole.value == 0, "most villages have nobody"
