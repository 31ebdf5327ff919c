"""What becomes of a complaint is told to both sides, each by a paper of its own, before it is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desk import GIVEN, Desk
from profiles import Desks

from suite.bootstrap import Suite
from suite.cli.demo_steps import send_out
from suite.contract.papers import PaperFact
from suite.contract.problems import Refused
from suite.kernel.casework.complaints.steps import ORDERED, RECTIFY, TOLD, TOLD_RESPONDENT
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.commands import IssueDocument, ReissueDocument, ServeDocument
from suite.kernel.casework.papers.facts import awaited
from suite.kernel.casework.papers.queries import case_papers
from suite.tables import Case, CaseClock

FOUND, DECIDED, SERVED = dt.date(2026, 11, 2), dt.date(2026, 11, 3), dt.date(2026, 11, 5)


def _refused(desk: Desk, case_id: int, name: str, **values: Any) -> str:
    """Why a step is refused without the papers that a desk sees to."""
    with desk.suite.reading() as session:
        version = session.get_one(Case, case_id).version
    command = step(desk.suite.catalog, name, case_id=case_id, expected_version=version, **values)
    try:
        desk.suite.run(command, desk.clerk)
    except Refused as refused:
        return "\n".join(problem.text for problem in refused.problems)
    return ""


def _awaited(desk: Desk, case_id: int, name: str) -> dict[str, PaperFact]:
    with desk.suite.reading() as session:
        found = awaited(session, desk.clerk, desk.suite.catalog, case_id, name)
    return {paper.title: paper for paper, _ in found}


def _rectification(desk: Desk, case_id: int) -> CaseClock | None:
    with desk.suite.reading() as session:
        row = (
            session.query(CaseClock).filter_by(case_id=case_id, limit_key=RECTIFY, stopped=None).one_or_none()
        )
        session.expunge_all()
    return row


def _decided(desk: Desk, finding: str, report: str) -> int:
    case_id: int = desk.open(on=FOUND, report_no=report).result["case_id"]
    desk.take(case_id, "AcceptComplaint", on=FOUND)
    desk.take(case_id, "StartInvestigation", officer=(desk.clerk.login, "second"), on=FOUND)
    desk.take(case_id, "FindAllegations", findings=({"no": 1, "finding": finding},), on=FOUND)
    given = GIVEN["DecideComplaint"]
    if finding == "unfounded":
        given = {"outcome": "no_violation", "decision_summary": "未发现违规"}
    desk.sign(desk.take(case_id, "DecideComplaint", on=DECIDED, **given))
    return case_id


def test_the_respondent_has_his_own_papers_and_is_served(suite_: Suite) -> None:
    desk = Desk(suite_)
    case_id = _decided(desk, "partly", "甲1")
    wanted = _awaited(desk, case_id, "ReplyComplaint")
    assert list(wanted) == ["投诉处理决定书", TOLD, TOLD_RESPONDENT, ORDERED]
    # To the complainant alone is not to both.
    told = [(wanted["投诉处理决定书"], False), (wanted[TOLD], True)]
    send_out(suite_, desk.clerk, case_id, told, SERVED)
    why = _refused(desk, case_id, "ReplyComplaint", reply_no="1", on=SERVED)
    assert f"“{TOLD_RESPONDENT}”还没有签发" in why
    assert f"“{ORDERED}”还没有签发" in why
    # The term to mend runs from the service of the order, to the day that it says; and beyond the reply.
    assert _rectification(desk, case_id) is None
    send_out(suite_, desk.clerk, case_id, [(wanted[ORDERED], True), (wanted[TOLD_RESPONDENT], True)], SERVED)
    before = _rectification(desk, case_id)
    desk.take(case_id, "ReplyComplaint", reply_no="1", on=SERVED)
    after = _rectification(desk, case_id)
    assert before is not None
    assert after is not None
    assert before.id == after.id
    assert (after.start, after.due) == (SERVED, dt.date(2026, 12, 31))
    # Where nothing is ordered there is no order.
    assert ORDERED not in _awaited(desk, _decided(desk, "unfounded", "甲2"), "ReplyComplaint")


def test_the_association_tells_the_complainant_before_it_closes(suite_on_sqlite: Suite) -> None:
    desk = Desks(suite_on_sqlite)
    kind = suite_on_sqlite.catalog.case_kinds["lawyers.association_complaint"]
    day = dt.date(2026, 10, 9)
    case_id = desk.open_any(kind, "OpenComplaint", day, 1).result["case_id"]
    for name in ("AcceptComplaint", "StartInvestigation", "FindAllegations", "OfferComplaintHearing"):
        desk.take_any(kind, case_id, name, day)
    # That he may be heard is told when it is still of use to him.
    heavy = {"outcome": "suspension", "decision_summary": "中止会员权利", "on": day}
    assert "“听证权利告知书”还没有签发" in _refused(desk, case_id, "DecideComplaint", **heavy)
    desk.take_any(kind, case_id, "DecideComplaint", day, outcome="suspension")
    desk.take_any(kind, case_id, "ReplyComplaint", day)
    late = dt.date(2026, 11, 6)
    assert f"“{TOLD}”还没有签发" in _refused(desk, case_id, "CloseComplaint", on=late)
    desk.take(case_id, "CloseComplaint", on=late)
    assert desk.state(case_id) == "closed"


def test_a_new_version_is_served_anew_where_it_says_something_else(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    suite, case_id = suite_on_sqlite, _decided(desk, "unfounded", "甲1")

    def issue(document: str) -> int:
        number: int = suite.run(
            IssueDocument(case_id=case_id, document=document, on=DECIDED), desk.clerk
        ).result["issued"]
        return number

    def serve(issued: int) -> None:
        suite.run(ServeDocument(issued=issued, way="direct", on=SERVED, receiver="本人"), desk.clerk)

    def anew(issued: int, **given: Any) -> tuple[int, str]:
        done = suite.run(ReissueDocument(issued=issued, reason="补盖印章", on=SERVED, **given), desk.clerk)
        return done.result["issued"], done.text

    issue("投诉处理决定书")
    first = issue(TOLD_RESPONDENT)
    # Nobody has it yet: what the new version says is served once.
    first, text = anew(first)
    assert "送达" not in text
    serve(first)
    second, text = anew(first)
    assert f"{SERVED} 的送达仍然有效" in text
    assert TOLD_RESPONDENT not in _awaited(desk, case_id, "ReplyComplaint")
    with suite.reading() as session:
        lines = case_papers(session, desk.clerk, suite.catalog, case_id).papers
    (line,) = (line for line in lines if line.title == TOLD_RESPONDENT)
    assert line.issued[-1].served == line.issued[-2].served is not None
    third, text = anew(second, recipient="河北正明司法鉴定中心（更名）")
    assert "须重新送达" in text
    fourth, _ = anew(third, recipient="河北正明司法鉴定中心（更名）")
    why = _refused(desk, case_id, "ReplyComplaint", reply_no="1", on=SERVED)
    assert f"“{TOLD_RESPONDENT}”已于 {SERVED} 重新签发，内容与已送达的前一版不同" in why
    desk.take(case_id, "ReplyComplaint", reply_no="1", on=SERVED)
    assert fourth > third
