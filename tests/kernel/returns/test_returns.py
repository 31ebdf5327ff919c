"""Handing in, sending back, reviewing, correcting: the return, its log and its figures go together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.contract.indicators import Count, Figure
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.exchange.return_sheets import heading_of, read_returns, save_returns, write_returns
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.figures import FigureOnDay, figures_on, missing_words, parts_on
from suite.kernel.indicators.frozen import FrozenValue
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.indicators.rules import State
from suite.kernel.reports.commands import MakeReport
from suite.kernel.reports.making import content_of
from suite.kernel.returns.desk import return_items
from suite.kernel.returns.queries import ReturnSheet, return_desk, return_sheet
from suite.kernel.returns.reviewing import (
    CorrectReturn,
    RemindReturns,
    ReturnMeant,
    ReviewReturns,
    SendBackReturn,
)
from suite.kernel.returns.rules import ReturnState
from suite.kernel.returns.submitting import ReturnGiven, SaveReturns, SubmitReturns
from suite.tables import District, FigureValue, Notice, Report, Return
from suite.testing.factories import make, uscc
from tests.kernel.indicators.test_indicator_values import an_indicator, with_indicators

AID, PERIOD = "core.legal_aid", "2026-10"
CASES, ALL = "core.legal_aid_cases", "core.legal_aid_all"
HOME, NEXT = "130102", "130104"


def numbers(cases: int = 20) -> dict[str, Decimal]:
    """A legal aid return that satisfies everything."""
    values = dict.fromkeys(
        ("legal_aid_help", "defence_notices", "defence_assigned", "suspects_without", "suspects_helped",
         "defendants", "defendants_defended"),
        5,
    )  # fmt: skip
    return {f"core.{key}": Decimal(value) for key, value in {**values, "legal_aid_cases": cases}.items()}


def given(district: str = HOME, cases: int = 20, version: int = 0) -> ReturnGiven:
    return ReturnGiven(district=district, values=numbers(cases), expected_version=version)


def submit(suite: Suite, actor: Actor, *rows: ReturnGiven, period: str = PERIOD) -> Done:
    return suite.run(SubmitReturns(form=AID, period=period, rows=rows), actor)


def figures(suite: Suite, key: str = CASES, period: str = PERIOD) -> dict[str | None, Decimal]:
    with suite.reading() as session:
        rows = session.scalars(
            select(FigureValue).where(FigureValue.key == key, FigureValue.period == period)
        )
        return {row.district_code: row.value for row in rows if not row.part and not row.sent_back}


def sheet(suite: Suite, actor: Actor, period: str = PERIOD) -> ReturnSheet:
    with suite.reading() as session:
        return return_sheet(session, actor, suite.catalog, AID, period, HOME, suite.today)


def county(suite: Suite, admin: Actor) -> Actor:
    """The bureau of 长安区."""
    suite.run(AddUser(login="changan", name="长安区司法局"), admin)
    suite.run(GrantRole(login="changan", role="core.county_bureau", district=HOME), admin)
    return suite.actor("changan")


def test_a_return_walks_from_draft_to_review(suite_: Suite, admin: Actor) -> None:
    draft = ReturnGiven(district=HOME, values={CASES: Decimal(20)})
    suite_.run(SaveReturns(form=AID, period=PERIOD, rows=(draft,)), admin)
    assert figures(suite_) == {}, "a draft counts nowhere"
    found = sheet(suite_, admin)
    assert (found.state, found.version) == (ReturnState.OPEN, 1)
    done = submit(suite_, admin, given(version=1))
    assert figures(suite_) == {HOME: 20}
    assert figures(suite_, "core.legal_aid_all") == {HOME: 25}, "the sum is recorded, too"
    number, version = done.result["returns"][0]["id"], done.result["returns"][0]["version"]
    with pytest.raises(Refused) as twice:
        submit(suite_, admin, given(version=version))
    assert twice.value.codes == {"return.state"}
    suite_.run(SendBackReturn(form=AID, return_id=number, expected_version=version, reason="口径不对"), admin)
    assert figures(suite_) == {}, "what was sent back does not count"
    submit(suite_, admin, given(cases=21, version=version + 1))
    meant = ReturnMeant(id=number, expected_version=version + 2)
    suite_.run(ReviewReturns(form=AID, returns=(meant,)), admin)
    found = sheet(suite_, admin)
    assert found.state is ReturnState.REVIEWED
    assert [event.what for event in found.events] == ["submit", "send_back", "submit", "review"]
    assert figures(suite_) == {HOME: 21}


def test_returns_that_wait_stand_on_the_desk_of_who_can_do_something(suite_: Suite, admin: Actor) -> None:
    def waiting(actor: Actor) -> list[tuple[str, str, int | None]]:
        with suite_.reading() as session:
            found = list(return_items(session, actor, suite_.catalog, suite_.today))
        return [(item.title.split()[-1], item.view, item.count) for item in found]

    changan = county(suite_, admin)
    assert waiting(admin) == [], "a form that nobody ever filled in asks for nothing"
    submit(suite_, admin, given(NEXT))
    view = f"{AID}/{PERIOD}"
    missing, review = waiting(admin)
    assert (missing[:2], review) == (("逾期未报", view), ("待审核", view, 1))
    assert waiting(changan) == [("逾期未报", view, 1)], "a county sees what it has not handed in itself"
    submit(suite_, changan, given())
    assert waiting(changan) == []
    assert waiting(admin)[-1] == ("待审核", view, 2)


def test_a_correction_keeps_the_former_number_with_its_reason(suite_: Suite, admin: Actor) -> None:
    done = submit(suite_, admin, given())
    one = done.result["returns"][0]
    meant = ReturnMeant(id=one["id"], expected_version=one["version"])
    suite_.run(ReviewReturns(form=AID, returns=(meant,)), admin)

    def correct(values: Mapping[str, Decimal], reason: str = "漏计二件") -> Done:
        version = sheet(suite_, admin).version
        command = CorrectReturn(
            form=AID, return_id=one["id"], expected_version=version, values=values, reason=reason
        )
        return suite_.run(command, admin)

    for values, reason, code in (
        ({CASES: Decimal(20)}, "无", "return.same"),
        ({CASES: Decimal(22)}, " ", "required"),
        ({CASES: Decimal(-2)}, "错", "return.value"),
        ({"core.nothing": Decimal(2)}, "错", "return.cell"),
        ({ALL: Decimal(30)}, "错", "return.sum"),
    ):
        with pytest.raises(Refused) as refused:
            correct(values, reason)
        assert refused.value.codes == {code}
    correct({CASES: Decimal(22)})
    found = sheet(suite_, admin)
    moved = {event.cell: (event.before, event.after) for event in found.events if event.what == "correct"}
    assert moved == {CASES: (20, 22), "core.legal_aid_all": (25, 27)}
    assert {event.note for event in found.events if event.what == "correct"} == {"漏计二件"}
    assert found.state is ReturnState.SUBMITTED, "it waits for its review again"
    assert figures(suite_) == {HOME: 22}
    with suite_.reading() as session:
        desk = return_desk(session, admin, suite_.catalog, AID, suite_.today, period=PERIOD)
    mark = next(line.marks[0] for line in desk.lines if line.reporter.who == HOME)
    assert mark is not None
    assert (mark.corrected, mark.late) == (1, True), "2026-10 was due on 9 November"


def test_every_problem_of_every_row_is_told_and_nothing_is_written(suite_: Suite, admin: Actor) -> None:
    with pytest.raises(Refused) as refused:
        submit(suite_, admin, given(), given("130107", cases=-1), ReturnGiven(district="130171", values={}))
    assert {(problem.row, problem.code) for problem in refused.value.problems} == {
        (1, "return.value"),
        (2, "required"),
    }
    assert figures(suite_) == {}
    for rows, code in (
        ((given("130999"),), "return.who"),
        ((given(), given()), "return.who"),
        ((ReturnGiven(district=HOME, values={"core.x": Decimal(1)}),), "return.cell"),
        ((given(version=7),), "return.stale"),
        ((ReturnGiven(district=HOME, values={**numbers(), ALL: Decimal(24)}),), "return.sum"),
    ):
        with pytest.raises(Refused) as wrong:
            submit(suite_, admin, *rows)
        assert wrong.value.codes == {code}
    for period, code in (("2026-Q3", "return.period"), ("2026-11", "return.early")):
        with pytest.raises(Refused) as wrong:
            submit(suite_, admin, given(), period=period)
        assert wrong.value.codes == {code}


def test_a_leap_against_the_last_period_must_be_explained(suite_: Suite, admin: Actor) -> None:
    submit(suite_, admin, given(cases=100), period="2026-09")
    with pytest.raises(Refused) as refused:
        submit(suite_, admin, given(cases=140))
    assert [(problem.code, problem.field) for problem in refused.value.problems] == [("return.jump", CASES)]
    explained = ReturnGiven(district=HOME, values=numbers(140), notes={CASES: "专项行动"})
    submit(suite_, admin, explained)
    line = next(line for line in sheet(suite_, admin).cells if line.series.key == CASES)
    assert (line.value, line.last, line.note) == (140, 100, "专项行动")


def test_a_county_hands_in_its_own_only(suite_: Suite, admin: Actor) -> None:
    clerk = county(suite_, admin)
    submit(suite_, clerk, given())
    with pytest.raises(Refused) as foreign:
        submit(suite_, clerk, given("130107"))
    assert foreign.value.codes == {"out_of_scope"}
    with suite_.reading() as session:
        desk = return_desk(session, clerk, suite_.catalog, AID, suite_.today)
    assert [line.reporter.who for line in desk.lines] == [HOME]
    found = sheet(suite_, clerk)
    assert (found.may_submit, found.may_review) == (True, False)
    meant = ReturnMeant(id=found.id, expected_version=found.version)
    with pytest.raises(Refused) as reviewing:
        suite_.run(ReviewReturns(form=AID, returns=(meant,)), clerk)
    assert reviewing.value.codes == {"not_permitted"}


def test_a_reminder_reaches_who_is_missing_and_goes_when_it_hands_in(suite_: Suite, admin: Actor) -> None:
    clerk = county(suite_, admin)
    done = suite_.run(RemindReturns(form=AID, period=PERIOD), admin)
    assert HOME in done.result["missing"]

    def waiting() -> list[str | None]:
        with suite_.reading() as session:
            rows = session.scalars(select(Notice).where(Notice.kind == "core.return_waits"))
            return [row.district_code for row in rows if row.settled_at is None]

    assert waiting().count(HOME) == 1
    suite_.run(RemindReturns(form=AID, period=PERIOD), admin)
    assert waiting().count(HOME) == 1, "the reminder is renewed, not doubled"
    submit(suite_, clerk, given())
    assert HOME not in waiting()


def test_a_reminder_tells_whose_return_was_sent_back_and_why(suite_: Suite, admin: Actor) -> None:
    """It stands in the place of the notice of that; who handed in nothing is told nothing of the sort."""

    def waiting(district: str) -> list[str]:
        with suite_.reading() as session:
            rows = session.scalars(select(Notice).where(Notice.kind == "core.return_waits"))
            return [row.text for row in rows if row.district_code == district and row.settled_at is None]

    submit(suite_, admin, given())
    found = sheet(suite_, admin)
    for version, reason in ((found.version, "漏了两件。"), (found.version + 2, "长" * 500)):
        back = SendBackReturn(form=AID, return_id=found.id, expected_version=version, reason=reason)
        suite_.run(back, admin)
        (told,) = waiting(HOME)
        assert f"被退回（{reason[:4]}" in told
        suite_.run(RemindReturns(form=AID, period=PERIOD), admin)
        (renewed,) = waiting(HOME)
        assert f"已退回（{reason[:4]}" in renewed
        assert "应于" in renewed
        assert all("退回" not in text for text in waiting(NEXT))
        submit(suite_, admin, given(version=version + 1))
        assert waiting(HOME) == []


def test_a_number_opens_to_the_returns_that_it_sums(suite_: Suite, admin: Actor) -> None:
    with suite_.reading() as session:
        districts = list(session.scalars(select(District.code)))
    for month in range(1, 11):
        rows = tuple(given(code, cases=10 + place) for place, code in enumerate(districts))
        late = rows[:-1] if month == 10 else rows
        submit(suite_, admin, *late, period=f"2026-{month:02d}")
    question = Question(as_of=suite_.today, numbers=("18",))

    def read() -> tuple[object, Decimal, list[tuple[str, str | None]]]:
        with suite_.reading() as session:
            value = indicator_board(session, admin, suite_.catalog, question).values[0]
            above, below = rows_behind(
                session, admin, suite_.catalog, question, "core.defence_assigned_share"
            )
        assert below is not None
        behind = [(line.period, line.district) for line in above.figures]
        return value.whole.numerator, sum((line.value for line in above.figures), Decimal(0)), behind

    numerator, _, _ = read()
    assert numerator is None, "a return is missing: a sum of the others would pass for one of all"
    submit(suite_, admin, given(districts[-1], cases=40))
    numerator, total, behind = read()
    assert numerator == total == 5 * 10 * len(districts)
    assert len(behind) == 10 * len(districts)
    with suite_.reading() as session:
        kept = {(row.period, row.who) for row in session.scalars(select(Return).where(Return.form == AID))}
    assert set(behind) == kept, "each of them is a return"


def test_the_note_of_a_row_explains_what_needs_it(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    suite = suite_on_sqlite
    submit(suite, admin, given(cases=20), period="2026-09")
    path = tmp_path / "月报.xlsx"

    def filled(cases: int, note: str | None) -> None:
        with suite.reading() as session:
            write_returns(session, admin, suite.catalog, AID, PERIOD, path)
        book = load_workbook(path)
        page = book.worksheets[0]
        heads = {str(cell.value): cell.column for cell in page[1]}
        row = next(row[0].row for row in page.iter_rows(min_row=2) if str(row[1].value) == HOME)
        for key, value in numbers(cases).items():
            page.cell(row, heads[heading_of(suite.catalog.figures[key])], int(value))
        page.cell(row, heads[heading_of(suite.catalog.figures[ALL])]).value = None
        if note is not None:
            page.cell(row, heads["说明"], note)
        book.save(path)

    def taken() -> ReturnSheet:
        with suite.reading() as session:
            rows = read_returns(session, admin, suite.catalog, AID, PERIOD, path)
        submit(suite, admin, *rows)
        return sheet(suite, admin)

    def noted(found: ReturnSheet) -> dict[str, str]:
        return {line.series.key: line.note for line in found.cells if line.note}

    filled(60, "专项行动")
    found = taken()
    assert noted(found) == {CASES: "专项行动"}, "only the leap needs a reason"
    back = SendBackReturn(form=AID, return_id=found.id, expected_version=found.version, reason="口径")
    suite.run(back, admin)
    # What goes out with its note comes back as it was; the new note is for what is otherwise now.
    filled(61, None)
    found = taken()
    assert noted(found) == {CASES: "专项行动"}


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


def test_a_period_goes_out_as_a_workbook_and_comes_back(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    submit(suite_, admin, given())
    file = tmp_path / "法律援助.xlsx"
    with suite_.reading() as session:
        written = save_returns(session, admin, suite_.catalog, AID, PERIOD, file, run=suite_.run)
    book = load_workbook(file)
    page = book.active
    assert page is not None
    heads = {cell.value: cell.column for cell in page[1]}
    assert written == page.max_row - 1
    rows = {page.cell(row, heads["代码"]).value: row for row in range(2, page.max_row + 1)}
    assert page.cell(rows[HOME], heads["状态"]).value == "已报"
    for head, column in heads.items():
        if head not in ("填报单位", "代码", "状态", "说明"):
            page.cell(rows["130107"], column, 7)
            page.cell(rows[HOME], column, 9)
    book.save(file)
    # A total that contradicts its parts is not reckoned anew: it is told with its row and both numbers.
    with suite_.reading() as session, pytest.raises(Refused) as refused:
        read_returns(session, admin, suite_.catalog, AID, PERIOD, file)
    (problem,) = refused.value.problems
    assert (problem.code, problem.row) == ("return.sum", rows["130107"])
    assert "填为 7" in problem.text
    assert "= 14" in problem.text
    total = heads[heading_of(suite_.catalog.figures[ALL])]
    page.cell(rows["130107"], total, 14)
    book.save(file)
    with suite_.reading() as session:
        found = read_returns(session, admin, suite_.catalog, AID, PERIOD, file)
    assert [one.district for one in found] == ["130107"], "what was handed in already is left alone"
    submit(suite_, admin, *found)
    assert figures(suite_) == {HOME: 20, "130107": 7}
    with suite_.reading() as session, pytest.raises(Refused) as refused:
        read_returns(session, admin, suite_.catalog, AID, "2026-09", file)
    assert refused.value.codes == {"return.other_period"}, "October's sheet is not September's"
    page.cell(rows["130171"], heads["受理法律援助案件（件）"], "若干")
    book.save(file)
    with suite_.reading() as session, pytest.raises(Refused) as refused:
        read_returns(session, admin, suite_.catalog, AID, PERIOD, file)
    assert refused.value.codes == {"return.value"}
