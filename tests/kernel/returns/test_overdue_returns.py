"""What numbers and reports say while returns are overdue or were sent back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.indicators import Count, Figure
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.figures import FigureOnDay, figures_on, missing_words, parts_on
from suite.kernel.indicators.frozen import FrozenValue
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.indicators.rules import State
from suite.kernel.reports.commands import MakeReport
from suite.kernel.reports.making import content_of
from suite.kernel.returns.reviewing import SendBackReturn
from suite.kernel.returns.submitting import ReturnGiven, SubmitReturns
from suite.tables import District, Report
from suite.testing.factories import make, uscc
from tests.kernel.indicators.declared import an_indicator, with_indicators
from tests.kernel.returns.handing_in import HOME, given, submit


def mediation(
    suite: Suite, actor: Actor, period: str, *districts: str, on: dt.date, full: int
) -> list[dict[str, int]]:
    """The quarter's mediation of districts, handed in on a day, so many of 20 mediators full-time."""
    numbers = dict.fromkeys(MEDIATION, 20) | {"mediators_full_time": full}
    values = {f"core.{key}": Decimal(value) for key, value in numbers.items()}
    notes = dict.fromkeys(values, "已核对")
    rows = tuple(ReturnGiven(district=code, values=values, notes=notes) for code in districts)
    suite.today_override = on
    done = suite.run(SubmitReturns(form="core.mediation", period=period, rows=rows), actor)
    suite.today_override = None
    return list(done.result["returns"])


MEDIATION = (
    "disputes", "disputes_settled", "committees", "committees_standard", "places_with_committee",
    "townships_with_two", "mediators", "mediators_full_time",
)  # fmt: skip


def test_no_older_figure_stands_for_a_return_that_is_due_or_was_sent_back(
    suite_: Suite, admin: Actor
) -> None:
    with suite_.reading() as session:
        names = dict(session.execute(select(District.code, District.short_name)).all())
    districts = list(names)
    ended, due = dt.date(2026, 10, 8), dt.date(2026, 10, 20)
    mediation(suite_, admin, "2026-Q2", *districts, on=dt.date(2026, 7, 3), full=4)

    def share(day: dt.date) -> tuple[State | None, int | None, str]:
        question = Question(as_of=day, numbers=("29",), set="plan-2021-2025")
        with suite_.reading() as session:
            value = indicator_board(session, admin, suite_.catalog, question).values[0]
        numerator = value.whole.numerator
        return value.state, None if numerator is None else int(numerator), "；".join(value.notes)

    # Until the limit the quarter before stands for all, whoever has handed in already.
    rows = mediation(suite_, admin, "2026-Q3", *districts[1:], on=ended, full=10)
    assert share(ended)[:2] == (State.MET, 4 * len(districts))
    assert "取 2026-Q2" in share(ended)[2]
    # Then who has not handed in lacks, and is named, with the period that the others are of.
    state, number, said = share(due)
    assert (state, number) == (State.NO_DATA, None)
    assert f"缺 {names[districts[0]]} 2026-Q3 的专职人民调解员，其余为 2026-Q3" in said
    (first,) = mediation(suite_, admin, "2026-Q3", districts[0], on=due, full=10)
    assert share(due)[:2] == (State.MET, 10 * len(districts))
    # What was sent back lacks at once, also before the limit.
    back = SendBackReturn(
        form="core.mediation", return_id=first["id"], expected_version=first["version"], reason="口径不对"
    )
    suite_.run(back, admin)
    for day in (ended, due):
        state, number, said = share(day)
        assert (state, number) == (State.NO_DATA, None)
        assert f"缺 {names[districts[0]]}（已退回） 2026-Q3 的专职人民调解员" in said
    assert share(dt.date(2026, 9, 30))[1] is None, "the quarter that was sent back had ended"
    assert share(dt.date(2026, 9, 29))[:2] == (State.MET, 4 * len(districts))
    assert len(rows) == len(districts) - 1


def test_the_report_of_a_quarter_tells_who_has_not_handed_in(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    with suite.reading() as session:
        names = dict(session.execute(select(District.code, District.short_name)).all())
    for period, on in (("2026-Q2", dt.date(2026, 7, 3)), ("2026-Q3", dt.date(2026, 10, 8))):
        handing_in = [code for code in names if period == "2026-Q2" or code != HOME]
        mediation(suite, admin, period, *handing_in, on=on, full=4)

    def reported(on: dt.date) -> FrozenValue:
        suite.today_override = on
        report = suite.run(MakeReport(period="2026-Q3"), admin).result["report"]
        suite.today_override = None
        with suite.reading() as session:
            row = session.get(Report, report)
            assert row is not None
            frozen = content_of(session, admin, suite.catalog, row).frozen
        assert frozen.as_of == dt.date(2026, 9, 30)
        return frozen.by_key["core.mediators_full_time_share"]

    # The quarter's last day is before every limit: by the day of making the quarter before stands, or not.
    early = reported(dt.date(2026, 10, 9))
    assert early.whole.value == 20
    assert any("取 2026-Q2" in note for note in early.notes)
    late = reported(suite.today)
    assert late.whole.value is None
    assert any(f"缺 {names[HOME]} 2026-Q3 的专职人民调解员" in note for note in late.notes)


def test_what_one_body_was_sent_back_leaves_the_city_without_a_figure(
    suite_on_sqlite: Suite, admin: Actor
) -> None:
    suite, form = suite_on_sqlite, "appraisal.monthly"
    named = [{"name": f"河北第{n}司法鉴定中心", "main_no": f"13001{n:04d}", "uscc": uscc(n)} for n in (1, 2)]
    common = {"status": "active", "district_code": HOME, "licensed_to": dt.date(2028, 1, 1)}
    bodies = make(
        suite,
        admin,
        "appraisal.appraisal_institution",
        *(common | one for one in named),
        on=dt.date(2024, 1, 1),
    )
    values = {cell.series: Decimal(9) for cell in suite.catalog.form(form).cells}

    def month(period: str, body: int, version: int = 0) -> dict[str, int]:
        row = ReturnGiven(body_id=body, values=values, expected_version=version)
        done = suite.run(SubmitReturns(form=form, period=period, rows=(row,)), admin)
        return dict(done.result["returns"][0])

    def opinions() -> FigureOnDay:
        with suite.reading() as session:
            series = [suite.catalog.figures["appraisal.opinions"]]
            return figures_on(session, suite.catalog, series, suite.today, suite.today)["appraisal.opinions"]

    by_hand = RecordFigure(
        series="appraisal.opinions", period="2026-10", value=Decimal(5), source="电话",
        part=f"appraisal.appraisal_institution={bodies[0]}",
    )  # fmt: skip
    suite.run(by_hand, admin)
    for number in range(1, 11):
        kept = [month(f"2026-{number:02d}", body) for body in bodies]
    assert opinions().city == 180, "what was entered by hand does not count beside the return"
    last = kept[-1]
    back = SendBackReturn(
        form=form, return_id=last["id"], expected_version=last["version"], reason="口径不对"
    )
    suite.run(back, admin)
    found = opinions()
    assert found.city is None, "the months before would pass for the whole year"
    assert missing_words(suite.catalog.figures["appraisal.opinions"], found, {None: "市本级"}) == (
        "出具司法鉴定意见 2026-10 各机构没有报齐，有退回的"
    )
    month("2026-10", bodies[-1], last["version"] + 1)
    assert opinions().city == 180
    # The month before is handed in by all, the last one by one of them, and its limit has passed.
    suite.today_override = dt.date(2026, 12, 31)
    month("2026-11", bodies[0])
    found = opinions()
    assert (found.city, dict(found.districts)) == (None, {})
    assert missing_words(suite.catalog.figures["appraisal.opinions"], found, {None: "市本级"}) == (
        "出具司法鉴定意见 2026-11 各机构没有报齐"
    )
    with suite.reading() as session:
        series, by = suite.catalog.figures["appraisal.opinions"], "appraisal.appraisal_institution"
        parts = parts_on(session, series, by, suite.today, found.wanted)
    assert parts == {str(bodies[0]): 99}, "whoever lacks has no shorter sum beside the others"


def test_what_adds_up_waits_for_every_return_that_is_due(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    with suite.reading() as session:
        names = dict(session.execute(select(District.code, District.short_name)).all())
    for month in range(1, 10):
        submit(suite, admin, *(given(code) for code in names), period=f"2026-{month:02d}")

    def assigned(day: dt.date = suite.today, today: dt.date = suite.today) -> tuple[int | None, str]:
        question = Question(as_of=day, numbers=("18",), today=today)
        with suite.reading() as session:
            value = indicator_board(session, admin, suite.catalog, question).values[0]
        return None if value.whole.numerator is None else int(value.whole.numerator), "；".join(value.notes)

    # Until the limit it reaches as far as all have handed in; then nobody's October passes unseen.
    end, due = dt.date(2026, 10, 31), dt.date(2026, 11, 3)
    assert assigned(due, due)[0] == 5 * 9 * len(names)
    assert assigned() == (None, "“限期内指派的通知辩护”没有 2026-10 的数字；“通知辩护”没有 2026-10 的数字")
    assert assigned(end)[0] is None, "the month's own day, asked for after the limit"
    assert assigned(dt.date(2026, 9, 30))[0] == 5 * 9 * len(names), "of September nothing is missing"
    first, *others = names
    submit(suite, admin, *(given(code) for code in others))
    number, said = assigned()
    assert number is None
    assert f"缺 {names[first]} 2026-10 " in said
    submit(suite, admin, given(first))
    assert assigned()[0] == 5 * 10 * len(names)


def test_what_only_the_city_hands_in_is_missed_of_nobody_else(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite, key = suite_on_sqlite, "arbitration.accepted"
    form = next(form for form in suite.catalog.forms.values() if key in form.by_series)
    values = {cell.series: Decimal(9) for cell in form.cells if not cell.computed}

    def handed_in(period: str) -> dict[str, int]:
        given = ReturnGiven(values=values, notes=dict.fromkeys(values, "已核对"))
        done = suite.run(SubmitReturns(form=form.key, period=period, rows=(given,)), admin)
        return dict(done.result["returns"][0])

    def said(district: str | None = None) -> tuple[Decimal | None, tuple[str, ...]]:
        counted = an_indicator("accepted", Count(Figure(key)))
        question = Question(as_of=suite.today, district=district)
        with suite.reading() as session:
            board = indicator_board(session, admin, with_indicators(suite.catalog, counted), question)
        value = next(one for one in board.values if one.indicator.key == counted.key)
        return value.whole.numerator, value.notes

    for month in range(1, 10):
        handed_in(f"2026-{month:02d}")
    assert said() == (None, ("缺 市本级 2026-10 的仲裁受案数",))
    last = handed_in("2026-10")
    assert said()[0] == 90
    number, notes = said(HOME)
    assert (number, notes[-1]) == (90, "只有全市的数，现值为全市")
    back = SendBackReturn(
        form=form.key, return_id=last["id"], expected_version=last["version"], reason="口径不对"
    )
    suite.run(back, admin)
    assert said() == (None, ("缺 市本级（已退回） 2026-10 的仲裁受案数",))
    # Where there is none it is not said to be the city's.
    assert said(HOME) == said()
