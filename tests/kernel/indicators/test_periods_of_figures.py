"""Recorded figures of several periods: what goes on standing, and what is never divided together."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.figures import figures_on
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.indicators.rules import State
from suite.tables import District

HOME, NEXT = "130102", "130104"


def test_what_stands_by_its_nature_goes_on_standing(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    suite.run(
        RecordFigure(series="core.population", period="2022", value=Decimal(1120), source="公报"), admin
    )
    with suite.reading() as session:
        series = [suite.catalog.figures["core.population"]]
        found = figures_on(session, suite.catalog, series, suite.today, suite.today)["core.population"]
    assert (found.city, found.lacking) == (Decimal(1120), None)


def test_a_ratio_never_mixes_two_periods(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    for key, year in (("vision_steps", "2024"), ("vision_reached", "2023")):
        suite.run(RecordFigure(series=f"core.{key}", period=year, value=Decimal(3), source="本局"), admin)
    question = Question(as_of=dt.date(2024, 12, 31), numbers=("T25",), set="plan-2021-2025")
    with suite.reading() as session:
        value = indicator_board(session, admin, suite.catalog, question).values[0]
    assert (value.whole.value, value.state) == (None, State.NO_DATA)
    assert "不是同一期间" in value.notes[0]
    suite.run(
        RecordFigure(series="core.vision_reached", period="2024", value=Decimal(3), source="本局"), admin
    )
    with suite.reading() as session:
        value = indicator_board(session, admin, suite.catalog, question).values[0]
    assert value.whole.value == 100


def test_places_of_different_periods_are_not_divided_together(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    with suite.reading() as session:
        names = dict(session.execute(select(District.code, District.short_name)).all())

    def record(key: str, code: str, year: int, value: int) -> None:
        recorded = RecordFigure(
            series=f"core.{key}", period=str(year), district_code=code, value=Decimal(value), source="本局"
        )
        suite.run(recorded, admin)

    def share() -> tuple[IndicatorValue, dict[str | None, Fraction | None]]:
        question = Question(as_of=suite.today, numbers=("29",), set="plan-2021-2025")
        with suite.reading() as session:
            value = indicator_board(session, admin, suite.catalog, question).values[0]
        return value, {place: reading.value for place, reading in value.by_district}

    for code in names:
        for key, value in (("mediators", 20), ("mediators_full_time", 5)):
            record(key, code, 2024 if code == HOME else 2025, value)
    # Each district divides its own year; of all together the years are mixed.
    value, there = share()
    assert (value.whole.value, value.state) == (None, State.NO_DATA)
    assert "2024-12-31、2025-12-31，不是同一期间" in value.notes[0]
    assert any("取 2024 至 2025" in note for note in value.notes), "each side still says of what it is"
    assert (there[HOME], there[NEXT]) == (25, 25)
    record("mediators_full_time", HOME, 2025, 5)
    value, there = share()
    assert value.whole.value is None
    assert (there[HOME], there[NEXT]) == (None, 25)
    record("mediators", HOME, 2025, 20)
    value, there = share()
    assert (value.whole.value, there[HOME]) == (25, 25)
