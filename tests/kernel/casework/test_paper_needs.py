"""What a step waits for of papers: issued, or served, before it; and a service that takes its own step."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from desk import GIVEN, Desk
from docx import Document
from penalty_desk import FIELDS, PenaltyDesk

from suite.bootstrap import Suite
from suite.contract.case_facts import CaseFacts
from suite.contract.casework import ClockAct, OnClock, Transition
from suite.contract.effects import Around
from suite.contract.papers import PaperFact
from suite.contract.problems import Refused
from suite.kernel.casework.case_file import case_file
from suite.kernel.casework.clocking import Counting, acted
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.approval_form import approval_form
from suite.kernel.casework.papers.commands import IssueDocument, ServeDocument
from suite.kernel.casework.rules import paper_problems, served_on
from suite.kernel.clocks.workdays import WorkCalendar
from suite.kernel.parameters.queries import parameters_on
from suite.tables import Case, CaseApproval, CaseClock, CaseEvent

DAY = dt.date(2026, 11, 2)
NOTICE, DECISION = "告知书", "决定书"
CLOSE = Transition(
    command="Close", title="结案", sources=("open",), to="closed",
    needs_papers=(NOTICE,), needs_service=(DECISION,),
)  # fmt: skip


def _facts(*papers: PaperFact, on: dt.date = DAY) -> CaseFacts:
    return CaseFacts(
        kind="x.case", state="open", opened=DAY, values={}, parties=(), allegations=(), clocks=(), done=(),
        on=on, parameters={}, around=Around(read_papers=lambda: papers),
    )  # fmt: skip


def _paper(
    title: str, issued: dt.date | None = None, served: dt.date | None = None, **more: Any
) -> PaperFact:
    return PaperFact(
        key=f"x.{title}", title=title, command="Decide", issued_on=issued, served_on=served, **more
    )


@pytest.mark.parametrize(
    ("papers", "codes"),
    [
        ((), set()),  # no step brought any forth
        ((_paper(NOTICE), _paper(DECISION)), {"paper.unissued"}),
        ((_paper(NOTICE, DAY), _paper(DECISION, DAY)), {"paper.unserved"}),
        ((_paper(NOTICE, DAY + dt.timedelta(days=1)),), {"paper.later"}),
        ((_paper(NOTICE, DAY), _paper(DECISION, DAY, DAY + dt.timedelta(days=30))), {"paper.served_later"}),
        ((_paper(NOTICE, DAY), _paper(DECISION, DAY, DAY)), set()),
        ((_paper(DECISION, to_nobody=True),), set()),
        # Of one paper the last counts, whatever became of the one before it.
        ((_paper(DECISION, DAY, DAY), _paper(DECISION)), {"paper.unissued"}),
        ((_paper(DECISION), _paper(DECISION, DAY, DAY)), set()),
    ],
)
def test_what_is_missing_is_told_with_what_to_do(papers: tuple[PaperFact, ...], codes: set[str]) -> None:
    problems = paper_problems(CLOSE, _facts(*papers))
    assert {problem.code for problem in problems} == codes
    assert all("“" in problem.text for problem in problems)


def test_only_a_service_is_said_to_take_its_step_along() -> None:
    """Where the notice was served before the letter went out, or is to nobody, the step is taken by hand."""
    step = Transition(
        command="NotifyTransfer", title="告知移送", sources=("a",), to="b", needs_papers=("移送函",),
        needs_service=("移送告知书",), follows_service=True,
    )  # fmt: skip
    letter, notice = (PaperFact(key=name, title=name, command="x") for name in ("移送函", "移送告知书"))
    told = [problem.text for problem in paper_problems(step, _facts(letter, notice))]
    assert ["随之办理" in words for words in told] == [False, True]


def test_the_line_of_help_and_the_day_of_a_service_follow_from_the_declaration() -> None:
    assert replace(CLOSE, help="办结").told == "办结；须先签发“告知书”；须先送达“决定书”"
    assert served_on(CLOSE, _facts(_paper(DECISION, DAY, DAY))) == DAY
    assert served_on(CLOSE, _facts(_paper(NOTICE, DAY, DAY))) is None


def _take(desk: PenaltyDesk, case_id: int, name: str, **values: Any) -> Any:
    """A step without the papers that the desk sees to."""
    with desk.suite.reading() as session:
        version = session.get_one(Case, case_id).version
    command = step(desk.suite.catalog, name, case_id=case_id, expected_version=version, **values)
    return desk.suite.run(command, desk.clerk)


def _refused(desk: PenaltyDesk, case_id: int, name: str, **values: Any) -> set[str]:
    with pytest.raises(Refused) as told:
        _take(desk, case_id, name, **values)
    return set(told.value.codes)


def test_a_penalty_is_served_once_and_closed_when_its_papers_are_out(suite_on_sqlite: Suite) -> None:
    suite, desk = suite_on_sqlite, PenaltyDesk(suite_on_sqlite)
    day = dt.date(2026, 11, 3)
    measures = {
        "article": "lawyers.L47",
        "gravity": "ordinary",
        "sanctions": ("fine",),
        "fine": Decimal(3_000),
    }
    case_id = desk.open("lawyers.penalty", desk.subject("lawyers.lawyer"))
    desk.heard(case_id, **measures)
    desk.lead(case_id, "DeliberatePenalty", "DecidePenalty", on=day, **measures)

    def issue(document: str, on: dt.date) -> int:
        number: int = suite.run(IssueDocument(case_id=case_id, document=document, on=on), desk.clerk).result[
            "issued"
        ]
        return number

    # The button says what is missing; there is no other way to enter the service.
    with suite.reading() as session:
        file = case_file(
            session, desk.clerk, suite.catalog, case_id, today=suite.today,
            parameters=parameters_on(session, suite.catalog, suite.today),
        )  # fmt: skip
    (button,) = (line for line in file.steps if line.transition.command == "ServePenalty")
    assert [problem.code for problem in button.problems] == ["paper.unissued"]
    assert "“行政处罚决定书”" in button.transition.told
    number = issue("行政处罚决定书", day)
    assert _refused(desk, case_id, "ServePenalty") == {"paper.unserved"}
    on = dt.date(2026, 11, 5)
    # A publication is entered before the service is.
    desk.lead(case_id, "PublishPenalty", on=dt.date(2026, 11, 9))
    done = suite.run(ServeDocument(issued=number, way="direct", receiver="王志强", on=on), desk.clerk)
    assert (done.result["step"], done.result["state"]) == ("ServePenalty", "served")
    with suite.reading() as session:
        clocks = {row.limit_key: row for row in session.query(CaseClock).filter_by(case_id=case_id)}
        titles = [
            row.title for row in session.query(CaseEvent).filter_by(case_id=case_id).order_by(CaseEvent.id)
        ]
    # Fifteen days from the service, not from when it was entered.
    assert clocks["core.penalty.serve"].stopped == on
    assert (clocks["core.penalty.pay"].start, clocks["core.penalty.pay"].due) == (on, dt.date(2026, 11, 20))
    assert titles[-2:] == ["行政处罚决定书直接送达", "送达决定书"]
    desk.lead(case_id, "EffectPenalty")
    desk.take(case_id, "RecordPayment", paid=Decimal(3_000))
    assert _refused(desk, case_id, "ClosePenalty") == {"paper.unissued"}
    desk.take(case_id, "ClosePenalty")
    assert desk.state(case_id) == "closed"


def test_an_announced_service_takes_its_step_when_its_day_is_there(suite_on_sqlite: Suite) -> None:
    suite, desk = suite_on_sqlite, PenaltyDesk(suite_on_sqlite)
    measures = FIELDS["appraisal"]["province"]
    case_id = desk.open("appraisal.penalty", desk.subject("appraisal.appraiser"))
    desk.heard(case_id, **measures)
    desk.lead(
        case_id, "DeliberatePenalty", "ReportPenalty", "RecordProvinceDecision", on=dt.date(2026, 11, 3),
        **measures,
    )  # fmt: skip
    # What the province decided is handed on with a notice of the bureau's own.
    issue = IssueDocument(case_id=case_id, document="行政处罚决定书送达通知书", on=dt.date(2026, 11, 4))
    number = suite.run(issue, desk.clerk).result["issued"]
    on = dt.date(2026, 11, 18)
    failed = ServeDocument(issued=number, way="direct", delivered=False, note="迁移，新址不明", on=on)
    suite.run(failed, desk.clerk)
    announced = ServeDocument(issued=number, way="announced", note="下落不明", on=dt.date(2026, 11, 20))
    done = suite.run(announced, desk.clerk)
    assert (done.result["step"], done.result["served_on"]) == ("", dt.date(2026, 12, 20))
    assert _refused(desk, case_id, "ServePenalty") == {"paper.served_later"}
    suite.today_override = dt.date(2026, 12, 21)
    with suite.reading() as session:
        version = session.get_one(Case, case_id).version
    taken = suite.run(
        step(suite.catalog, "ServePenalty", case_id=case_id, expected_version=version), desk.clerk
    )
    assert taken.result["state"] == "served"


def test_a_limit_ends_on_the_day_that_a_field_says() -> None:
    from suite.areas import CORE_DECLARATIONS
    from suite.contract.time_limits import TimeLimit

    (limit,) = (
        item
        for item in CORE_DECLARATIONS
        if isinstance(item, TimeLimit) and item.key == "core.complaint.rectify"
    )
    calendar = WorkCalendar((), published=(2026,))
    by = Counting(limits={limit.key: limit}, parameters={limit.n: 30}, calendar=calendar)
    act = OnClock(act=ClockAct.START, limit=limit.key, until="rectify_by")
    end = dt.date(2026, 12, 6)  # a Sunday: what was set by hand does not roll on
    (row,) = acted((), (act,), DAY, by, {"rectify_by": end}, ends=False)
    assert (row.start, row.due) == (DAY, end)
    # It goes on beyond the end of the case, and is the same clock while its day is the same.
    assert acted((row,), (act,), dt.date(2026, 11, 9), by, {"rectify_by": end}, ends=True) == []
    assert row.stopped is None
    (again,) = acted((row,), (act,), end, by, {"rectify_by": dt.date(2026, 12, 31)}, ends=False)
    assert (row.stopped, again.due) == (end, dt.date(2026, 12, 31))
    (at_once,) = acted((), (act,), DAY, by, {"rectify_by": DAY}, ends=False)
    assert at_once.due == DAY
    (usual,) = acted((), (act,), DAY, by, {}, ends=False)
    assert usual.due == dt.date(2026, 12, 2)


def test_a_waiting_step_is_printed_to_be_signed(suite_on_sqlite: Suite) -> None:
    suite, desk = suite_on_sqlite, Desk(suite_on_sqlite)
    case_id = desk.open().result["case_id"]

    def printed() -> str:
        with suite.reading() as session:
            numbers = parameters_on(session, suite.catalog, suite.today)
            form = approval_form(session, desk.clerk, suite.catalog, case_id, numbers)
        document = Document(BytesIO(form.content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])

    with pytest.raises(Refused) as told:
        printed()
    assert told.value.codes == {"approval.none"}
    desk.take(case_id, "RefuseComplaint", **GIVEN["RefuseComplaint"])
    words = printed()
    assert "不予受理审批表" in words
    assert "河北正明司法鉴定中心" in words
    assert "科长意见" in words
    assert "签名：" in words
    assert "李建国" not in words
    with suite.reading() as session:
        assert session.query(CaseApproval).filter_by(case_id=case_id).one().state == "open"
