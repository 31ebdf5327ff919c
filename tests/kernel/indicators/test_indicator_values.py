"""Indicators over random worlds: SQL against counting rows one by one, on any day, on both engines."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.indicators import (
    Added,
    Count,
    Indicator,
    Least,
    Measure,
    Members,
    Part,
    Parts,
    Ratio,
    Target,
)
from suite.contract.problems import Refused
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.declarations import POPULATION
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.indicators.rules import State
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.commands import RecordLicenceEvent, RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, stream_ids
from suite.kernel.registry.record_file import record_file
from suite.kernel.registry.rows import roster_rows
from suite.testing.factories import a_firm, a_lawyer, make
from tests.kernel.indicators.declared import (
    ACTIVE,
    FIRMS,
    FIRST,
    LAWYERS,
    OPEN_FIRMS,
    TODAY,
    an_indicator,
    read,
    with_indicators,
)

DISTRICTS = ("130102", "130104", "130171", "130181")  # a district, another, a zone, Xinji
Row = dict[str, Any]
Test = Callable[[Row], bool]


def _active(row: Row) -> bool:
    return bool(row["status"] == "active")


def _full_time(row: Row) -> bool:
    return row["category"] == "full_time"


ALL = Members(kind=LAWYERS, title="律师")
FULL_TIME = Members(kind=LAWYERS, title="专职律师", where=lambda at: at.field("category") == "full_time")
PAIRED = Members(kind=FIRMS, title="两人以上的所", where=lambda at: at.linked(ACTIVE) >= 2)
# Lawyers count by firms that count by lawyers.
NOT_ALONE = Members(
    kind=LAWYERS, title="不在一人所的律师", where=lambda at: ~at.points_outside("body_id", PAIRED)
)
WOMEN = Members(kind=LAWYERS, title="女律师", where=lambda at: at.field("sex") == "female")


MEASURES: dict[str, Measure] = {
    "count": Count(ACTIVE),
    "share": Ratio(FULL_TIME, ALL, per=100),
    "per_head": Ratio(ACTIVE, POPULATION, per=10),
    "least_county": Least(ACTIVE),
    "least_firm": Least(ACTIVE, by=OPEN_FIRMS),
    # Who is a woman and practises belongs to both sides, and counts twice.
    "least_added": Least(Added("律师", (ACTIVE, WOMEN)), by=OPEN_FIRMS),
    "linked": Ratio(PAIRED, OPEN_FIRMS, per=100),
    "circle": Ratio(NOT_ALONE, PAIRED),
    "women": Ratio(WOMEN, FULL_TIME, per=100),
    "parts": Parts((Part("甲", Count(FULL_TIME)), Part("乙", Count(WOMEN)))),
}


# Random worlds.


def populate(suite: Suite, admin: Actor, rng: Random, start: int) -> None:
    """A few firms and lawyers with a past: changes of every dated kind on random days."""

    def day() -> dt.date:
        return FIRST + dt.timedelta(days=rng.randint(0, (TODAY - FIRST).days))

    firms = make(
        suite,
        admin,
        FIRMS,
        *(
            a_firm(start + n, district_code=rng.choice(DISTRICTS), approved_on=day())
            for n in range(rng.randint(1, 4))
        ),
        on=FIRST,
    )
    lawyers = make(
        suite,
        admin,
        LAWYERS,
        *(
            a_lawyer(
                start + n,
                district_code=rng.choice(DISTRICTS),
                category=rng.choice(("full_time", "part_time", "government")),
                body_id=rng.choice([None, *firms]),
                sex=rng.choice(("male", "female", None)),
                first_practice_on=rng.choice((None, day())),
            )
            for n in range(rng.randint(1, 9))
        ),
        on=FIRST,
    )
    for lawyer in lawyers:
        for _ in range(rng.randint(0, 3)):
            change = rng.choice(
                (
                    {"category": rng.choice(("full_time", "part_time"))},
                    {"district_code": rng.choice(DISTRICTS)},
                    {"body_id": rng.choice(firms)},
                    {"status": rng.choice(("active", "practice_paused", "cancelled"))},
                )
            )
            suite.run(
                SaveRecords(
                    kind=LAWYERS, rows=(RowEdit(values=change, subject_id=lawyer),), effective_on=day()
                ),
                admin,
            )
    for district in (*DISTRICTS, None):
        if rng.random() < 0.4:
            value = Decimal(rng.randint(0, 30_000)) / 10_000
            suite.run(
                RecordFigure(
                    series=POPULATION.series,
                    period=str(rng.randint(2019, 2026)),
                    district_code=district,
                    value=value,
                    source="试",
                ),
                admin,
            )


def roster(suite: Suite, actor: Actor, kind: str, day: dt.date) -> list[Row]:
    """The rows of a day's roster as a person would read them off the list."""
    with suite.reading() as session:
        ids = list(stream_ids(session, actor, suite.catalog, ListQuery(kind=kind, as_of=day)))
        rows = roster_rows(session, actor, suite.catalog, kind, ids, as_of=day)
    return [{"id": row.subject_id, **row.values} for row in rows]


def by_district(rows: Sequence[Row], test: Test = lambda row: True) -> Counter[str | None]:
    return Counter(row["district_code"] for row in rows if test(row))


worlds = settings(
    deadline=None,
    max_examples=6,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def check_world(suite: Suite, actor: Actor, day: dt.date) -> None:
    found = read(suite, actor, day, *(an_indicator(key, measure) for key, measure in MEASURES.items()))
    lawyers, firms = roster(suite, actor, LAWYERS, day), roster(suite, actor, FIRMS, day)
    open_firms = [row for row in firms if _active(row)]
    held = Counter(row["body_id"][0] for row in lawyers if _active(row) and row["body_id"])
    active, everyone, full_time = (
        by_district(lawyers, _active),
        by_district(lawyers),
        by_district(lawyers, _full_time),
    )
    women = by_district(lawyers, lambda row: row["sex"] == "female")

    def compare(key: str, above: Counter[str | None], below: Counter[str | None], per: int) -> None:
        value = found[key]
        assert value.whole.numerator == above.total(), key
        assert value.whole.denominator == below.total(), key
        wanted = Fraction(above.total() * per, below.total()) if below.total() else None
        assert value.whole.value == wanted, key
        assert (value.state is State.NO_DATA) == (wanted is None)
        for district, reading in value.by_district:
            assert (reading.numerator, reading.denominator) == (above[district], below[district]), key
            part = Fraction(above[district] * per, below[district]) if below[district] else None
            assert reading.value == part, key
        listed = [district for district, _ in value.by_district]
        assert len(listed) == len(set(listed))
        assert set(above) | set(below) <= set(listed)

    compare("share", full_time, everyone, 100)
    compare("women", women, full_time, 100)
    paired = [row for row in firms if held[row["id"]] >= 2]
    compare("linked", by_district(paired), by_district(open_firms), 100)
    pairs = {row["id"] for row in paired}
    not_alone = by_district(lawyers, lambda row: not row["body_id"] or row["body_id"][0] in pairs)
    compare("circle", not_alone, by_district(paired), 1)
    assert found["count"].whole.value == active.total()
    assert {place: reading.value for place, reading in found["count"].by_district if reading.value} == dict(
        +active
    )
    parts = found["parts"]
    assert [part.whole.value for part in parts.parts] == [full_time.total(), women.total()]
    assert parts.whole.value == min(full_time.total(), women.total())

    counties = [place for place, reading in found["least_county"].by_district if place != "130171"]
    assert found["least_county"].whole.value == min(active[county] for county in counties)
    assert found["least_county"].whole.numerator == sum(active[county] for county in counties)
    least = found["least_firm"]
    assert least.whole.value == min((held[firm["id"]] for firm in open_firms), default=None)
    assert least.whole.numerator == sum(held[firm["id"]] for firm in open_firms)
    assert least.whole.denominator == len(open_firms)
    for place, reading in least.by_district:
        here = [held[firm["id"]] for firm in open_firms if firm["district_code"] == place]
        assert reading.value == min(here, default=None)
        assert (reading.numerator, reading.denominator) == (sum(here), len(here))
    women_held = Counter(row["body_id"][0] for row in lawyers if row["sex"] == "female" and row["body_id"])
    both = [held[firm["id"]] + women_held[firm["id"]] for firm in open_firms]
    added = found.pop("least_added")
    assert (added.whole.value, added.whole.numerator) == (min(both, default=None), sum(both))
    with suite.reading() as session:
        catalog = with_indicators(suite.catalog, added.indicator)
        above, _ = rows_behind(session, actor, catalog, Question(as_of=day), added.indicator.key)
    assert (above.kind, len(above.members)) == (None, sum(both))
    check_sides_open(suite, actor, day, found)


def check_sides_open(suite: Suite, actor: Actor, day: dt.date, found: dict[str, IndicatorValue]) -> None:
    """A members side opens to as many different rows as it counts, a figure side to values that add up."""
    catalog = with_indicators(suite.catalog, *(value.indicator for value in found.values()))
    for value in found.values():
        with suite.reading() as session:
            above, below = rows_behind(
                session, actor, catalog, Question(as_of=day), value.indicator.key, part=value.deciding
            )
        for side, number in ((above, value.whole.numerator), (below, value.whole.denominator)):
            if side is None:
                continue
            if side.kind is None and number is not None:
                assert sum((line.value for line in side.figures), Decimal(0)) == number
            elif side.kind is not None:
                assert len({line.id for line in side.members}) == len(side.members) == number
        districts = Counter(line.district for line in above.members)
        if above.kind is not None and not value.parts:
            assert {place: n.numerator for place, n in value.by_district if n.numerator} == dict(districts)


@pytest.mark.parametrize("examples", [3, pytest.param(150, marks=pytest.mark.long)])
def test_every_value_is_what_counting_by_hand_gives(suite_: Suite, admin: Actor, examples: int) -> None:
    starts = iter(range(1, 10**6, 50))

    @settings(worlds, max_examples=examples)
    @given(st.integers(0, 2**32), st.dates(FIRST, TODAY))
    def worlds_are_counted(seed: int, day: dt.date) -> None:
        populate(suite_, admin, Random(seed), next(starts))
        check_world(suite_, admin, day)
        check_world(suite_, admin, TODAY)

    worlds_are_counted()


# Cases by hand.


def counts(value: IndicatorValue) -> dict[str | None, Any]:
    return {place: reading.numerator for place, reading in value.by_district if reading.numerator}


def test_a_past_day_counts_who_practised_where_then(suite_: Suite, admin: Actor) -> None:
    moved, suspended = make(suite_, admin, LAWYERS, a_lawyer(1), a_lawyer(2), on=dt.date(2020, 1, 1))
    suite_.run(
        SaveRecords(
            kind=LAWYERS,
            rows=(RowEdit(values={"district_code": "130104"}, subject_id=moved),),
            effective_on=dt.date(2025, 7, 1),
        ),
        admin,
    )
    with suite_.reading() as session:
        licence = record_file(session, admin, suite_.catalog, suspended).licences[0].id
    for state, day in (("suspended", dt.date(2025, 3, 1)), ("active", dt.date(2025, 9, 1))):
        decision = RecordLicenceEvent(
            kind=LAWYERS, licence_id=licence, state=state, on_date=day, document_no="石司〔2025〕1号"
        )
        suite_.run(decision, admin)
    indicator = an_indicator("count", Count(ACTIVE))
    for day, found in (
        (dt.date(2025, 2, 28), {"130102": 2}),
        (dt.date(2025, 6, 30), {"130102": 1}),
        (dt.date(2025, 7, 1), {"130104": 1}),
        (dt.date(2025, 9, 1), {"130102": 1, "130104": 1}),
    ):
        assert counts(read(suite_, admin, day, indicator)["count"]) == found, day


def record(suite: Suite, actor: Actor, value: str, period: str = "2025", district: str | None = None) -> None:
    suite.run(
        RecordFigure(
            series=POPULATION.series, period=period, district_code=district, value=Decimal(value), source="试"
        ),
        actor,
    )


def test_population_by_district_is_taken_only_when_none_is_missing(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1), on=FIRST)
    indicator = an_indicator("per_head", Ratio(ACTIVE, POPULATION))

    def value() -> IndicatorValue:
        return read(suite_, admin, TODAY, indicator)["per_head"]

    assert value().state is State.NO_DATA
    record(suite_, admin, "0.5", district="130102")
    assert (value().whole.value, value().whole.denominator) == (None, None)
    assert dict(value().by_district)["130102"].value == 2
    assert dict(value().by_district)["130104"].value is None
    with suite_.reading() as session:
        board = indicator_board(session, admin, suite_.catalog, Question(as_of=TODAY))
    for code in board.district_names:
        record(suite_, admin, "0.5", district=code)
    assert value().whole.denominator == 12
    record(suite_, admin, "10")
    assert value().whole.denominator == 10
    assert any("不一致" in note for note in value().notes)
    assert read(suite_, admin, dt.date(2025, 12, 30), indicator)["per_head"].whole.value is None
    suite_.run(SetParameter(key="core.include_xinji", value="false", valid_from=TODAY, source="试"), admin)
    assert value().whole.denominator == Decimal("11.5")
    assert "130181" not in dict(value().by_district)


def test_who_may_see_a_county_is_told_the_county_s_number(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1), a_lawyer(2), a_lawyer(3, district_code="130104"), on=FIRST)
    for code, value in (("130102", "0.5"), ("130104", "0.25")):
        record(suite_, admin, value, district=code)
    scope = Scope(districts=frozenset({"130102"}))
    county = Actor(login="c", name="c", granted=(Granted(permission="lawyers:roster:read", scope=scope),))
    indicators = (
        an_indicator("per_head", Ratio(ACTIVE, POPULATION)),
        an_indicator("count", Count(ACTIVE)),
        an_indicator("villages", Count(Members(kind="core.village", title="村"))),
        replace(an_indicator("x", Count(ACTIVE)), key="notary.x"),
    )
    found = read(suite_, county, TODAY, *indicators)
    assert set(found) == {"per_head", "count"}
    assert found["count"].whole.value == 2
    assert found["per_head"].whole.value == 4
    assert [place for place, _ in found["per_head"].by_district] == ["130102"]
    both = replace(county, granted=(*county.granted, Granted(permission="core:roster:read", scope=Scope())))
    villages = read(suite_, both, TODAY, *indicators)["villages"]
    assert 0 < villages.whole.value == dict(villages.by_district)["130102"].value
    with pytest.raises(Refused, match="桥西区"):
        read(suite_, county, TODAY, *indicators, district="130104")
    assert read(suite_, admin, TODAY, *indicators, district="130104")["count"].whole.value == 1


def test_a_target_is_held_against_the_value(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1), a_lawyer(2), on=FIRST)
    target = Target(set="plan-2021-2025", no=99, value=Decimal(2), year=2025, article="")
    exact = an_indicator("count", Count(ACTIVE), targets=(target,))
    assert read(suite_, admin, TODAY, exact)["count"].state is State.MET
    more = replace(exact, targets=(replace(target, value=Decimal("2.0001")),))
    assert read(suite_, admin, TODAY, more)["count"].state is State.BEHIND
    assert read(suite_, admin, dt.date(2022, 1, 1), more)["count"].state is State.ON_TRACK


def plan_of(suite: Suite, actor: Actor, indicator: Indicator) -> list[str]:
    """How SQLite goes about the statement that counts the rosters."""
    said: list[tuple[str, Any]] = []
    event.listen(
        suite.engine, "after_cursor_execute", lambda _c, _u, text, values, *_: said.append((text, values))
    )
    read(suite, actor, TODAY, indicator)
    ((text, values),) = [one for one in said if one[0].startswith("WITH rows_")]
    with suite.reading() as session:
        steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()
    return [step[-1] for step in steps]


def test_those_of_each_body_are_counted_in_the_order_of_an_index(
    suite_on_sqlite: Suite, admin: Actor
) -> None:
    """Sorting them would cost more and more for each the more there are."""
    plan = plan_of(suite_on_sqlite, admin, an_indicator("paired", Count(PAIRED)))
    assert any("COVERING INDEX ix_core_subject_of_body" in step for step in plan)
    assert sum("FOR GROUP BY" in step for step in plan) == 1  # only the firms, by district

    # What the index does not say is read from the rows.
    women = Members(kind=FIRMS, title="有女律师的所", where=lambda at: at.linked(WOMEN) >= 1)
    assert not any(
        "of_body" in step for step in plan_of(suite_on_sqlite, admin, an_indicator("women", Count(women)))
    )
