"""Who is bound to districts reads the numbers of these, whoever's they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Scope
from suite.contract.indicators import Count, Figure, PlaceKind, Places, Ratio
from suite.contract.problems import Refused
from suite.kernel.accounts.rules import SHARED
from suite.kernel.indicators.board import IndicatorBoard, Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.declarations import POPULATION
from suite.kernel.indicators.differing import difference
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.indicators.snapshots import TakeSnapshot, read_snapshot
from suite.loader.catalog import Catalog
from suite.tables import District
from tests.kernel.indicators.declared import an_indicator, with_indicators

HOME, NEXT = "130102", "130104"
DAY = dt.date(2026, 9, 30)
CALLS, CASES = "core.hotline_calls", "core.legal_aid_cases"
TORN = an_indicator("torn", Ratio(Figure(CASES), Figure(CALLS)))
COUNTED = an_indicator("counted", Count(Figure(CALLS)))
GOVERNMENTS = an_indicator("governments", Count(Places(of=PlaceKind.GOVERNMENTS, title="市、县两级")))


def bound_to(admin: Actor, *districts: str) -> Actor:
    """What everybody may look up holds everywhere, all else in these districts."""
    here = Scope(districts=frozenset(districts))
    granted = tuple(one if one.permission in SHARED else replace(one, scope=here) for one in admin.granted)
    return replace(admin, granted=granted)


def populate(suite: Suite, admin: Actor) -> Catalog:
    with suite.reading() as session:
        districts = list(session.scalars(select(District.code).order_by(District.code)))

    def record(series: str, period: str, value: int, district: str | None = None) -> None:
        suite.run(
            RecordFigure(
                series=series, period=period, value=Decimal(value), source="公报", district_code=district
            ),
            admin,
        )

    for place, code in enumerate(districts, 1):
        record(POPULATION.series, "2025", 100, code)
        record(CASES, "2026-Q3", 10 * place, code)
        record(CASES, "2026-Q1", 10 * place, code)
        record(CASES, "2026-Q2", 10 * place, code)
    for quarter in (1, 2, 3):
        record(CALLS, f"2026-Q{quarter}", 700)
        record("core.hotline_connected", f"2026-Q{quarter}", 630)
        record("core.hotline_rated", f"2026-Q{quarter}", 100)
        record("core.hotline_satisfied", f"2026-Q{quarter}", 95)
    own = [suite.catalog.indicators[key] for key in ("core.aid_per_100k", "core.hotline_quality")]
    return with_indicators(suite.catalog, *own, TORN, COUNTED, GOVERNMENTS)


def board_of(suite: Suite, actor: Actor, catalog: Catalog, district: str | None = None) -> IndicatorBoard:
    with suite.reading() as session:
        return indicator_board(session, actor, catalog, Question(as_of=DAY, district=district))


@pytest.mark.sqlite_first
def test_a_county_reads_the_board_of_its_own(suite_: Suite, admin: Actor) -> None:
    suite = suite_
    catalog = populate(suite, admin)
    county = bound_to(admin, HOME)
    whole, board = board_of(suite, admin, catalog), board_of(suite, county, catalog)
    assert (whole.bound, whole.place) == ((), "")
    assert (board.bound, board.place) == ((HOME,), "长安区")
    of = {value.indicator.key: value for value in board.values}
    aid = of["core.aid_per_100k"]
    assert (aid.whole.numerator, aid.whole.denominator, aid.citywide) == (30, 100, False)
    assert [place for place, _ in aid.by_district] == [HOME]
    assert of[GOVERNMENTS.key].whole.numerator == 1
    # What the city alone has is the city's for whoever asks, and marked; is not divided by a county's own.
    quality, counted, torn = of["core.hotline_quality"], of[COUNTED.key], of[TORN.key]
    assert (quality.whole.value, quality.citywide) == (90, True)
    assert (counted.whole.numerator, counted.title) == (2100, f"{COUNTED.title}（全市）")
    assert "只有全市的数，现值为全市" in counted.notes
    assert (torn.whole.value, torn.citywide, torn.state) == (None, False, "no_data")
    assert "热线来电只有全市的数" in torn.notes
    assert not any(value.citywide for value in whole.values)
    # Asked about his own district it is the same; of another he is told nothing, nor behind a number.
    own = {value.indicator.key: value.whole for value in board_of(suite, county, catalog, HOME).values}
    assert own == {key: value.whole for key, value in of.items()}
    with pytest.raises(Refused, match="桥西区"):
        board_of(suite, county, catalog, NEXT)
    with suite.reading() as session:
        question = Question(as_of=DAY)
        above, below = rows_behind(session, county, catalog, question, aid.indicator.key)
        calls, _ = rows_behind(session, county, catalog, question, COUNTED.key)
        with pytest.raises(Refused):
            rows_behind(session, county, catalog, replace(question, district=NEXT), aid.indicator.key)
    assert below is not None
    assert {line.district for line in (*above.figures, *below.figures)} == {HOME}
    assert {line.district for line in calls.figures} == {None}
    # Of what was frozen the city's numbers, with every county behind them, are not his either.
    taken = suite.run(TakeSnapshot(as_of=DAY), admin).result["snapshot"]
    # He is told so, and they are compared with nothing; what the city alone has is the same for everybody.
    with suite.reading() as session:
        read = read_snapshot(session, county, suite.catalog, taken)
        his = difference(session, county, suite.catalog, taken, today=suite.today)
        full = read_snapshot(session, admin, suite.catalog, taken)
        same = difference(session, admin, suite.catalog, taken, today=suite.today)
    assert {value.key: value.title for value in read.frozen.values} == {
        key: f"{full.frozen.by_key[key].title}（全市）" for key in full.keys if key not in read.unseen
    }
    assert read.frozen.by_key["core.hotline_quality"].whole.value == 90
    assert "core.aid_per_100k" in read.unseen
    assert f"{len(read.unseen)} 项指标冻结的是全市的数" in read.unseen_words
    assert (his.changes, his.notes) == ((), (read.unseen_words,))
    assert (full.unseen, full.unseen_words, same.notes, same.changes) == ((), "", (), ())
    suite.run(
        RecordFigure(series="core.hotline_connected", period="2026-Q3", value=Decimal(640), source="更正"),
        admin,
    )
    with suite.reading() as session:
        his = difference(session, county, suite.catalog, taken, today=suite.today)
    assert [change.key for change in his.changes] == ["core.hotline_quality"]


@pytest.mark.sqlite_first
def test_several_districts_are_added_and_who_is_bound_nowhere_reads_the_city(
    suite_: Suite, admin: Actor
) -> None:
    catalog = populate(suite_, admin)
    both = board_of(suite_, bound_to(admin, HOME, NEXT), catalog)
    aid = next(value for value in both.values if value.indicator.key == "core.aid_per_100k")
    assert both.place == "长安区、桥西区"
    assert aid.whole.numerator == 30 + 60
    # A section of one profession has the whole city in it, however narrow he is in another.
    section = replace(
        admin,
        granted=tuple(
            replace(one, scope=Scope(districts=frozenset({HOME})))
            if one.permission.startswith("lawyers:")
            else one
            for one in admin.granted
        ),
    )
    whole, board = board_of(suite_, admin, catalog), board_of(suite_, section, catalog)
    core = {value.indicator.key: value.whole for value in whole.values if value.indicator.owner == "core"}
    assert core == {
        value.indicator.key: value.whole for value in board.values if value.indicator.owner == "core"
    }
    assert board.bound == ()


@pytest.mark.sqlite_first
def test_a_number_of_other_places_than_the_board_says_so(suite_: Suite, admin: Actor) -> None:
    def places(lawyers: Scope, others: Scope) -> tuple[str, dict[str, list[str]]]:
        granted = tuple(
            one
            if one.permission in SHARED
            else replace(one, scope=lawyers if one.permission.startswith("lawyers:") else others)
            for one in admin.granted
        )
        board = board_of(suite_, replace(admin, granted=granted), suite_.catalog)
        said = {
            str(value.target.no): [note for note in value.notes if note.startswith("这一项")]
            for value in board.values
            if value.target
        }
        return board.place, {no: said[no] for no in ("1", "11", "20")}

    home, away = Scope(districts=frozenset({HOME})), Scope(districts=frozenset({NEXT}))
    assert places(Scope(), Scope()) == ("", {"1": [], "11": [], "20": []})
    assert places(home, home) == ("长安区", {"1": [], "11": [], "20": []})
    assert places(home, Scope()) == ("", {"1": [], "11": ["这一项只计长安区"], "20": []})
    assert places(home, away) == (
        "长安区、桥西区",
        {"1": [], "11": ["这一项只计长安区"], "20": ["这一项只计桥西区"]},
    )
