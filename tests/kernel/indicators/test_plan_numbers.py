"""The plan's table as a whole: every number there, and where it could go wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.indicators import Figure, Level, Nature, parts_of, sides_of
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.frozen_board import board_of
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.indicators.rules import State
from suite.kernel.indicators.snapshots import TakeSnapshot, read_snapshot
from suite.tables import District
from suite.testing.factories import make
from suite.testing.fixtures import TODAY

DAY = dt.date(2025, 12, 31)
#: Those that coverage and popularization declare with what they keep.
OF_OTHERS = {"4", "5", "6", "7", "8", "9", "10", "12", "13", "T3", "T5", "T13", "T14", "T15"}
WANTED = {*(str(no) for no in range(1, 31)), *(f"T{no}" for no in range(1, 26))} - OF_OTHERS


def read(suite: Suite, actor: Actor, *numbers: str, day: dt.date = DAY) -> dict[str, IndicatorValue]:
    with suite.reading() as session:
        question = Question(as_of=day, numbers=numbers or None, set="plan-2021-2025")
        board = indicator_board(session, actor, suite.catalog, question)
    return {str(value.target.no): value for value in board.values if value.target}


def record(suite: Suite, actor: Actor, series: str, value: int | str, place: str | None, period: str) -> None:
    command = RecordFigure(
        series=series, period=period, value=Decimal(value), source="试", district_code=place
    )
    suite.run(command, actor)


def counties(suite: Suite) -> list[str]:
    with suite.reading() as session:
        return list(session.scalars(select(District.code).where(District.standard)))


def test_every_number_is_there_with_what_is_printed_beside_it(suite_on_sqlite: Suite, admin: Actor) -> None:
    found = read(suite_on_sqlite, admin)
    assert set(found) >= WANTED
    table = [value.target for no, value in found.items() if no.isdigit() and value.target]
    assert all(target.level and target.nature and target.article for target in table)
    binding = {str(target.no) for target in table if target.nature is Nature.BINDING}
    assert binding == {"1", "2", "3", "14", "15", "27"}
    national = {str(target.no) for target in table if target.level is Level.NATIONAL}
    assert national >= {"1", "2", "3", "14", "15", "16", "17", "18", "19", "21", "27", "28", "30"}
    assert all(value.indicator.help for value in found.values())
    assert {switch.key for switch in found["11"].switches} >= {
        "lawyers.indicator.public_counts",
        "core.include_xinji",
        "core.include_zones",
    }
    assert found["18"].state is State.NO_DATA, "nothing was handed in"
    assert found["22"].state is State.NO_DATA, "no notary: nothing to divide by"


def test_governments_are_the_counties_and_the_city_itself(suite_: Suite, admin: Actor) -> None:
    series, codes = "core.legal_aid_institution", counties(suite_)
    for code in codes[:-1]:
        record(suite_, admin, series, 1, code, "2025")
    record(suite_, admin, series, 1, None, "2025")
    missing = read(suite_, admin, "14")["14"]
    assert (missing.whole.value, missing.state) == (None, State.NO_DATA), "one county has not handed in"
    assert any("缺" in note for note in missing.notes)
    record(suite_, admin, series, 0, codes[-1], "2025")
    found = read(suite_, admin, "14")["14"]
    assert (found.whole.numerator, found.whole.denominator) == (len(codes), len(codes) + 1)
    assert found.state is State.BEHIND
    parts = [reading for _, reading in found.by_district]
    added = sum((Fraction(reading.numerator or 0) for reading in parts), Fraction(0))
    assert added == found.whole.numerator, "the counties and the city itself add up"
    with suite_.reading() as session:
        question = Question(as_of=DAY, numbers=("14",), set="plan-2021-2025")
        above, below = rows_behind(session, admin, suite_.catalog, question, "core.aid_institutions")
    assert below is not None
    assert sum(line.value for line in above.figures) == found.whole.numerator
    assert len(below.members) == found.whole.denominator
    record(suite_, admin, series, 1, codes[-1], "2025")
    assert read(suite_, admin, "14")["14"].state is State.MET, "exactly on the target"


def test_a_budget_stands_from_the_beginning_of_its_year(suite_on_sqlite: Suite, admin: Actor) -> None:
    record(suite_on_sqlite, admin, "core.cloud_centres", 1, None, "2026")
    assert read(suite_on_sqlite, admin, "T17", day=dt.date(2026, 1, 1))["T17"].whole.value == 1
    assert read(suite_on_sqlite, admin, "T17")["T17"].state is State.NO_DATA


def test_parts_have_targets_of_their_own_and_the_worst_decides(suite_on_sqlite: Suite, admin: Actor) -> None:
    for series, value in (("aid_evaluated", 100), ("aid_qualified", 100), ("aid_good", 14)):
        record(suite_on_sqlite, admin, f"core.{series}", value, None, "2025")
    found = read(suite_on_sqlite, admin, "T20")["T20"]
    assert [(part.title, part.state) for part in found.parts] == [
        ("合格率", State.MET),
        ("优良率", State.BEHIND),
    ]
    assert (found.state, found.whole.value) == (State.BEHIND, 14)
    assert found.target is not None
    assert found.target.value == 15, "told beside the value is what that part must reach"
    record(suite_on_sqlite, admin, "core.aid_good", 15, None, "2025")
    assert read(suite_on_sqlite, admin, "T20")["T20"].state is State.MET


def test_parts_have_units_of_their_own(suite_on_sqlite: Suite, admin: Actor) -> None:
    codes = counties(suite_on_sqlite)
    record(suite_on_sqlite, admin, "core.legal_aid_cases", 12_000, None, "2025")
    record(suite_on_sqlite, admin, "core.population", 1_000, None, "2024")
    for code in (*codes, None):
        record(suite_on_sqlite, admin, "core.legal_aid_institution", 1, code, "2025")
    found = read(suite_on_sqlite, admin, "T21")["T21"]
    assert [part.whole.value for part in found.parts] == [120, 100]
    assert found.state is State.MET
    assert found.target is not None
    assert (found.whole.value, found.unit, found.target.value) == (120, "件/十万人", 110)
    record(suite_on_sqlite, admin, "core.legal_aid_institution", 0, codes[0], "2025")
    found = read(suite_on_sqlite, admin, "T21")["T21"]
    assert found.target is not None
    assert (found.state, found.unit, found.target.value) == (State.BEHIND, "%", 100)
    # Of every district the same part: cases beside shares could not be compared.
    shares = {place: reading.value for place, reading in found.by_district}
    assert (shares[codes[0]], shares[codes[1]]) == (0, 100)


def test_what_adds_up_within_the_year_is_judged_by_how_much_of_it_has_passed(
    suite_: Suite, admin: Actor
) -> None:
    codes = counties(suite_)
    record(suite_, admin, "core.population", 1_000, None, "2024")
    record(suite_, admin, "core.legal_aid_cases", 920, None, "2026-01")
    # Why there is no number stands first, where one line is all there is room for.
    missing = read(suite_, admin, "T21", day=dt.date(2026, 2, 10))["T21"]
    assert missing.state is State.NO_DATA
    assert "法律援助机构" in missing.notes[0]
    assert any("按时间进度" in note for note in missing.notes)
    for code in (*codes, None):
        record(suite_, admin, "core.legal_aid_institution", 1, code, "2026")
    # What tells is how far the year was handed in, not the day on which it is asked.
    found = read(suite_, admin, "16", "T21", day=dt.date(2026, 2, 10))
    assert found["16"].whole.value == Fraction(92, 10)
    assert found["16"].pace == Fraction(110, 12)
    assert found["16"].state is found["T21"].state is State.ON_TRACK
    assert [part.state for part in found["T21"].parts] == [State.ON_TRACK, State.MET]
    assert "当年累计至 2026-01-31，按时间进度应达到 9.17 件/十万人" in found["16"].notes
    assert found["16"].reached_by(Fraction(10))
    assert not found["16"].reached_by(Fraction(9))
    record(suite_, admin, "core.legal_aid_cases", 900, None, "2026-02")
    behind = read(suite_, admin, "16", "T21", day=dt.date(2026, 3, 1))
    assert behind["16"].state is behind["T21"].state is State.BEHIND
    # Frozen with the number; what was frozen without it says nothing of it.
    taken = suite_.run(TakeSnapshot(as_of=dt.date(2026, 2, 10)), admin).result["snapshot"]
    with suite_.reading() as session:
        frozen = read_snapshot(session, admin, suite_.catalog, taken).frozen
    board = board_of(frozen, suite_.catalog)
    kept = next(value for value in board.values if value.indicator.key == "core.aid_per_100k")
    assert (kept.pace, kept.state) == (Fraction(110, 12), State.ON_TRACK)
    # What stands, and what is divided by what adds up as well, is held against the whole target.
    for key, told in (
        ("suspects_without", 10), ("suspects_helped", 9), ("defendants", 10), ("defendants_defended", 9),
        ("defence_notices", 10), ("defence_assigned", 9),
    ):  # fmt: skip
        record(suite_, admin, f"core.{key}", told, None, "2026-01")
    found = read(suite_, admin, "17", "18", "19", day=dt.date(2026, 2, 10))
    assert {no: (value.whole.value, value.pace) for no, value in found.items()} == dict.fromkeys(
        ("17", "18", "19"), (90, None)
    )
    # The year is over.
    for month in range(3, 13):
        record(suite_, admin, "core.legal_aid_cases", 900, None, f"2026-{month:02d}")
    over = read(suite_, admin, "16", day=dt.date(2026, 12, 31))["16"]
    assert (over.pace, over.state) == (None, State.BEHIND)
    record(suite_, admin, "core.legal_aid_cases", 1100, None, "2026-12")
    assert read(suite_, admin, "16", day=dt.date(2026, 12, 31))["16"].state is State.MET


def test_an_item_that_nobody_practises_leaves_no_number(suite_on_sqlite: Suite, admin: Actor) -> None:
    until = DAY + dt.timedelta(days=400)
    common = {"licensed_to": until, "cma_to": until, "status": "active", "district_code": "130102"}

    def a_house(number: int, scope: str, accredited: str) -> dict[str, object]:
        names = {"name": f"河北第{number}司法鉴定中心", "main_no": f"13001{number:04d}"}
        return common | names | {"scope": scope, "cma_categories": accredited}

    kind, begin = "appraisal.appraisal_institution", dt.date(2024, 1, 1)
    make(suite_on_sqlite, admin, kind, a_house(1, "A04 A05 D01", "A04 A05 D01"), on=begin)
    found = read(suite_on_sqlite, admin, "T11")["T11"]
    # Nothing to divide by is no data, never 100%, and the item is named.
    assert (found.state, found.whole.value) == (State.NO_DATA, None)
    assert [part.state for part in found.parts] == [State.MET, State.MET, State.NO_DATA, State.MET]
    assert found.notes == ("微量物证：分母为 0，无数据",)
    # A county is asked for what is practised there.
    assert {place: reading.value for place, reading in found.by_district if reading.value} == {"130102": 100}
    with suite_on_sqlite.reading() as session:
        question = Question(as_of=TODAY, set="plan-2021-2025", district="130102")
        board = indicator_board(session, admin, suite_on_sqlite.catalog, question)
    [alone] = [value for value in board.values if value.indicator.key == found.indicator.key]
    assert (alone.whole.value, alone.notes) == (100, ())
    make(suite_on_sqlite, admin, kind, a_house(2, "B03", ""), on=begin)
    found = read(suite_on_sqlite, admin, "T11")["T11"]
    assert (found.state, found.whole.value, found.notes) == (State.BEHIND, 0, ())


def test_zones_do_not_count_where_only_counties_do(suite_on_sqlite: Suite, admin: Actor) -> None:
    codes = counties(suite_on_sqlite)
    with suite_on_sqlite.reading() as session:
        every = list(session.scalars(select(District.code)))
    for code in every:
        record(suite_on_sqlite, admin, "core.appraisal_mediation", 1, code, "2025")
    found = read(suite_on_sqlite, admin, "T10")["T10"]
    assert (found.whole.numerator, found.whole.denominator) == (len(codes), len(codes))


def check_world(suite: Suite, actor: Actor, day: dt.date) -> None:
    """Every side of every number counts, or sums, to what it opens to."""
    with suite.reading() as session:
        question = Question(as_of=day, set="plan-2021-2025")
        board = indicator_board(session, actor, suite.catalog, question)
        for value in board.values:
            part = parts_of(value.indicator.measure)[value.deciding]
            behind = rows_behind(
                session, actor, suite.catalog, question, value.indicator.key, part=value.deciding
            )
            numbers = (value.whole.numerator, value.whole.denominator)
            for side, rows, number in zip(sides_of(part.measure), behind, numbers, strict=True):
                if side is None or rows is None or number is None:
                    continue
                if rows.series is not None or isinstance(side, Figure):
                    opened = sum((line.value for line in rows.figures), Decimal(0))
                else:
                    opened = Decimal(len(rows.members))
                assert opened == number, (value.indicator.key, rows.title)


Recorded = list[tuple[str, int, int, str]]


def recorded(most: int) -> st.SearchStrategy[Recorded]:
    """Figures as they may have come: series, place (the last ones mean everywhere), value, period."""
    series = (
        "legal_aid_cases", "defence_notices", "defence_assigned", "committees", "mediators",
        "legal_aid_institution", "legal_aid_budget", "centres_built",
    )  # fmt: skip
    periods = ("2025", "2025-01", "2025-Q1", "2024", "2025-02")
    one = st.tuples(st.sampled_from(series), st.integers(0, 30), st.integers(0, 1), st.sampled_from(periods))
    return st.lists(one, min_size=3, max_size=most)


def play(suite: Suite, actor: Actor, values: Recorded) -> None:
    with suite.reading() as session:
        districts: list[str | None] = [*session.scalars(select(District.code)), None]
    for series, place, value, period in values:
        for where in districts if place >= len(districts) else [districts[place]]:
            record(suite, actor, f"core.{series}", value, where, period)
    check_world(suite, actor, DAY)
    check_world(suite, actor, dt.date(2025, 3, 31))


worlds = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.sqlite_first
@settings(worlds, max_examples=2)
@given(values=recorded(6))
def test_every_number_opens_to_what_it_counts(suite_: Suite, admin: Actor, values: Recorded) -> None:
    play(suite_, admin, values)


@pytest.mark.long
@settings(worlds, max_examples=12)
@given(values=recorded(40))
def test_numbers_of_many_worlds_open_to_what_they_count(
    suite_: Suite, admin: Actor, values: Recorded
) -> None:
    play(suite_, admin, values)
