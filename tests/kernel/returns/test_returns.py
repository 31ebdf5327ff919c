"""Handing in, sending back, reviewing, correcting: the return, its log and its figures go together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.contract.problems import Refused
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.returns.desk import return_items
from suite.kernel.returns.queries import return_desk
from suite.kernel.returns.reviewing import (
    CorrectReturn,
    RemindReturns,
    ReturnMeant,
    ReviewReturns,
    SendBackReturn,
)
from suite.kernel.returns.rules import ReturnState
from suite.kernel.returns.submitting import ReturnGiven, SaveReturns
from suite.tables import District, Notice, Return
from tests.kernel.returns.handing_in import (
    AID,
    ALL,
    CASES,
    HOME,
    NEXT,
    PERIOD,
    county,
    figures,
    given,
    numbers,
    sheet,
    submit,
)


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
