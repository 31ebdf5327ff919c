"""Rules of complaints, each with its article: days, limits, warnings, transfers, reviews, restricted logs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from profiles import Desks
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.case_facts import CaseFacts, LineFact
from suite.contract.casework import (
    CaseKind,
)
from suite.contract.effects import Around
from suite.contract.papers import PaperFact
from suite.contract.problems import Refused, Severity
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.case_file import case_file
from suite.kernel.casework.commands import RemarkCase
from suite.kernel.casework.complaints.guards import SUPPLEMENT_OVER, SUPPLEMENT_PAPER
from suite.kernel.casework.derive import step
from suite.kernel.casework.queries import CaseQuery, case_ids, readable_kinds
from suite.kernel.clocks.calendar import shipped_calendar
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.reports.pack_orders import pack_order
from suite.tables import CaseClock
from suite.testing.factories import make

MONDAY = dt.date(2026, 11, 2)
DISPUTED = "notary.review_dispute.in_days"


@pytest.fixture
def desk(suite_on_sqlite: Suite) -> Desks:
    return Desks(suite_on_sqlite)


def _kind(desk: Desks, key: str) -> CaseKind:
    return desk.suite.catalog.case_kinds[key]


def _codes(act: Callable[[], Any]) -> frozenset[str]:
    with pytest.raises(Refused) as told:
        act()
    ours = [item for item in told.value.problems if item.code.count(".") > 1]
    assert all(problem.article for problem in ours)
    return told.value.codes


def _clocks(desk: Desks, case_id: int) -> dict[str, CaseClock]:
    with desk.suite.reading() as session:
        rows = session.query(CaseClock).filter_by(case_id=case_id).order_by(CaseClock.id).all()
        session.expunge_all()
    return {row.limit_key.split(".", 1)[1]: row for row in rows}


def test_days_of_a_complaint_follow_one_another(desk: Desks) -> None:
    for days in (
        {"known_on": MONDAY + dt.timedelta(days=1), "received_on": MONDAY},
        {"received_on": MONDAY + dt.timedelta(days=1), "on": MONDAY},
        {"known_on": MONDAY + dt.timedelta(days=1), "on": MONDAY},
    ):
        assert _codes(lambda days=days: desk.open(**days)) == {"case.day_order"}
    early = dt.date(1989, 12, 31)
    assert _codes(lambda: desk.open(on=early)) == {"case.early"}
    assert _codes(lambda: desk.open(received_on=early)) == {"case.early"}
    assert _codes(lambda: desk.open(known_on=dt.date(2027, 1, 1))) == {"date.future", "case.day_order"}
    # A letter of Monday that is registered on Friday: the seven working days began on Monday.
    case_id = desk.open(received_on=MONDAY, on=dt.date(2026, 11, 6)).result["case_id"]
    clock = _clocks(desk, case_id)["complaint.accept"]
    assert (clock.start, clock.due) == (MONDAY, dt.date(2026, 11, 11))
    desk.take(case_id, "AcceptComplaint", on=dt.date(2026, 11, 9))
    desk.take(case_id, "StartInvestigation", officer=(desk.clerk.login, "second"), on=dt.date(2026, 11, 9))
    found = ({"no": 1, "finding": "substantiated"},)
    desk.take(case_id, "FindAllegations", findings=found, on=dt.date(2026, 11, 10))
    decision: dict[str, Any] = {
        "outcome": "order",
        "decision_summary": "责令改正",
        "on": dt.date(2026, 11, 10),
    }
    before = {**decision, "rectify_by": dt.date(2026, 11, 9)}
    assert _codes(lambda: desk.take(case_id, "DecideComplaint", **before)) == {"case.day_order"}
    desk.sign(desk.take(case_id, "DecideComplaint", **decision, rectify_by=dt.date(2026, 11, 20)))
    desk.take(case_id, "ReplyComplaint", reply_no="1", on=dt.date(2026, 11, 12))
    for day in (dt.date(2026, 11, 9), dt.date(2026, 11, 14)):
        confirm = {"rectified_on": day, "on": dt.date(2026, 11, 13)}
        assert _codes(lambda confirm=confirm: desk.take(case_id, "ConfirmRectification", **confirm)) == {
            "case.day_order"
        }
    desk.take(case_id, "ConfirmRectification", rectified_on=dt.date(2026, 11, 13), on=dt.date(2026, 11, 13))
    assert _codes(lambda: desk.take(case_id, "RecheckRectification", rectified="partly")) == {
        "core.complaint.rectification_open"
    }


def test_what_comes_late_or_looks_wrong_is_told_and_taken(desk: Desks) -> None:
    wrong = ({"name": "李建国", "phone": "13912346612", "id_number": "130102199001010016"},)
    opened = desk.open(on=MONDAY, complainants=wrong)
    assert [(item.code, item.severity) for item in opened.warnings] == [("id_check_digit", Severity.WARNING)]
    passport = ({"name": "李建国", "phone": "13912346612", "id_number": "E12345678"},)
    other = desk.open(on=MONDAY, complainants=passport, report_no="2")
    assert {item.code for item in other.warnings} == {"case.same_complainant"}
    # To be decided and told by 11 November; told on the 12th, and that it is late is said with the article.
    desk.take(opened.result["case_id"], "AcceptComplaint", on=dt.date(2026, 11, 11))
    (late,) = desk.take(opened.result["case_id"], "NotifyAcceptance", on=dt.date(2026, 11, 12)).warnings
    assert late.code == "clock.late"
    assert late.article is not None
    assert "逾期 1 日" in late.text
    refusal = {"refusal_ground": "opinion", "on": dt.date(2026, 11, 13)}
    asked = desk.take(other.result["case_id"], "RefuseComplaint", **refusal)
    assert not asked.warnings  # a refusal stops no clock by itself: the case ends


def test_referrals_are_answered_and_transfers_are_told(desk: Desks) -> None:
    kind = _kind(desk, "lawyers.complaint")

    def take(case_id: int, command: str, day: int, **values: Any) -> Any:
        return desk.take_any(kind, case_id, command, dt.date(2026, 11, day), **values)

    # 执业办法第五十九条: seven working days from receipt, and an answer seven after the decision.
    opened = desk.open_any(
        kind,
        "ReceiveReferral",
        dt.date(2026, 11, 3),
        1,
        received_on=MONDAY,
        transferred_from="长安区人民法院",
    )
    case_id = opened.result["case_id"]
    lead = _clocks(desk, case_id)["complaint.lead"]
    assert (lead.start, lead.due) == (MONDAY, dt.date(2026, 11, 11))
    take(case_id, "AcceptComplaint", 4)
    assert _clocks(desk, case_id)["complaint.lead"].stopped == dt.date(2026, 11, 4)
    take(case_id, "StartInvestigation", 5)
    take(case_id, "FindAllegations", 6)
    take(case_id, "DecideComplaint", 9)
    assert _clocks(desk, case_id)["complaint.lead_answer"].due == dt.date(2026, 11, 18)
    assert _codes(lambda: take(case_id, "ReplyComplaint", 10)) == {"core.complaint.referral_answered"}
    take(case_id, "AnswerReferral", 10)
    assert take(case_id, "ReplyComplaint", 10).result["state"] == "closed"
    # A transfer is told within three working days; a complaint of the public is no referral.
    moved = desk.open_any(kind, "OpenComplaint", MONDAY, 2).result["case_id"]
    assert take(moved, "TransferComplaint", 3).result["state"] == "transferring"
    assert _clocks(desk, moved)["complaint.accept_notice"].due == dt.date(2026, 11, 6)
    assert take(moved, "NotifyTransfer", 5).result["state"] == "transferred"
    plain = desk.open_any(kind, "OpenComplaint", MONDAY, 3).result["case_id"]
    for command, day in (("AcceptComplaint", 3), ("StartInvestigation", 3), ("FindAllegations", 4)):
        take(plain, command, day)
    take(plain, "DecideComplaint", 5)
    assert "complaint.lead_answer" not in _clocks(desk, plain)
    assert _codes(lambda: take(plain, "AnswerReferral", 5)) == {"core.complaint.referred"}


def test_the_associations_track(desk: Desks) -> None:
    kind = _kind(desk, "lawyers.association_complaint")

    def take(command: str, day: int, **values: Any) -> Any:
        return desk.take_any(kind, case_id, command, dt.date(2026, 10, day), **values)

    case_id = desk.open_any(kind, "OpenComplaint", dt.date(2026, 10, 9), 1).result["case_id"]
    assert _clocks(desk, case_id)["discipline.file"].due == dt.date(2026, 10, 22)
    take("AcceptComplaint", 12)
    assert _clocks(desk, case_id)["discipline.notice"].due == dt.date(2026, 10, 26)
    take("StartInvestigation", 12)
    take("FindAllegations", 13)
    # 处分规则: before the membership is suspended the member is told of the right to a hearing.
    heavy = {"outcome": "suspension"}
    assert _codes(lambda: take("DecideComplaint", 14, **heavy)) == {
        "lawyers.association_complaint.hearing_offered"
    }
    take("OfferComplaintHearing", 14)
    take("DecideComplaint", 15, **heavy)
    take("ReplyComplaint", 15)
    # Fifteen working days to ask the province's association; until then the case is not closed.
    assert _clocks(desk, case_id)["discipline.review"].due == dt.date(2026, 11, 5)
    assert _codes(lambda: take("CloseComplaint", 16)) == {"lawyers.association_complaint.review_over"}
    late = dt.date(2026, 11, 6)
    assert _codes(lambda: desk.take_any(kind, case_id, "RequestComplaintReview", late)) == {
        "lawyers.association_complaint.review_in_time"
    }
    take("RequestComplaintReview", 16)
    take("AnnulFindings", 20, note="省律师协会撤销处分")
    assert take("RecordComplaintReview", 20, remedy_result="annulled").result["state"] == "closed"
    assert take("ReinvestigateComplaint", 21).result["state"] == "investigating"


def _facts(kind: str, **changes: Any) -> CaseFacts:
    given: dict[str, Any] = {
        "state": "received", "opened": MONDAY, "values": {}, "parties": (), "allegations": (), "clocks": (),
        "done": (), "on": MONDAY, **changes,
    }  # fmt: skip
    parameters = {
        "notary.review.apply_years": 1, "notary.review.absolute_years": 20, "notary.review_dispute.days": 60,
        "notary.complaint.time_bar_years": 3,
    }  # fmt: skip
    return CaseFacts(kind=kind, parameters=parameters, **given)


def _line(no: int, grade: str, wrong: bool = False) -> LineFact:
    return LineFact(no=no, grade=grade, flag=wrong)


@pytest.mark.parametrize(
    ("guard", "kind", "values", "holds"),
    [
        # 公证法第三十九条、公证程序规则: one year of knowing, twenty of the certificate.
        ("notary.recheck.in_time", "notary.recheck", {"known_on": dt.date(2025, 11, 2)}, True),
        ("notary.recheck.in_time", "notary.recheck", {"known_on": dt.date(2025, 11, 1)}, False),
        ("notary.recheck.in_time", "notary.recheck", {"certified_on": dt.date(2006, 11, 2)}, True),
        ("notary.recheck.in_time", "notary.recheck", {"certified_on": dt.date(2006, 11, 1)}, False),
        # 复查投诉办法第六条: sixty days of the decision, and the day that the letter came in counts.
        (DISPUTED, "notary.review_dispute", {"reviewed_on": dt.date(2026, 9, 3)}, True),
        (DISPUTED, "notary.review_dispute", {"reviewed_on": dt.date(2026, 9, 2)}, False),
        (
            DISPUTED, "notary.review_dispute",
            {"reviewed_on": dt.date(2026, 9, 2), "received_on": dt.date(2026, 11, 1)}, True,
        ),
        # 司法部令第147号: three years of knowing.
        ("notary.complaint.in_time", "notary.complaint", {"known_on": dt.date(2023, 11, 2)}, True),
        ("notary.complaint.in_time", "notary.complaint", {"known_on": dt.date(2023, 11, 1)}, False),
        # A bar without months, months without a bar.
        ("arbitration.conduct_complaint.bar_months", "x", {"outcome": "bar"}, False),
        ("arbitration.conduct_complaint.bar_months", "x", {"outcome": "bar", "bar_months": 6}, True),
        ("arbitration.conduct_complaint.bar_months", "x", {"outcome": "warning", "bar_months": 6}, False),
        ("arbitration.consultation.no_conflict", "x", {"no_conflict": False}, False),
        ("notary.quality.within", "x", {"population": 10, "sample_size": 11}, False),
        ("notary.quality.within", "x", {"population": 10, "sample_size": 10}, True),
        ("core.complaint.outcome_fits", "x", {"outcome": "no_violation"}, True),
        ("core.complaint.outcome_fits", "x", {"outcome": "penalty"}, False),
        ("core.complaint.outcome_fits", "x", {"outcome": "mediated"}, True),
    ],
)  # fmt: skip
def test_conditions(
    suite_on_sqlite: Suite, guard: str, kind: str, values: dict[str, Any], holds: bool
) -> None:
    assert suite_on_sqlite.catalog.guards[guard].holds(_facts(kind, values=values)) is holds


@pytest.mark.parametrize(
    ("served_on", "on", "over"),
    [
        # Ten days to Sunday the 15th, which moves to Monday.
        (dt.date(2026, 11, 5), dt.date(2026, 11, 16), False),
        (dt.date(2026, 11, 5), dt.date(2026, 11, 17), True),
        (dt.date(2026, 11, 6), dt.date(2026, 11, 17), True),
        (None, dt.date(2026, 11, 17), False),
    ],
)
def test_a_notice_that_set_no_clock_going_counts_from_its_service(
    served_on: dt.date | None, on: dt.date, over: bool
) -> None:
    """It was served before the upgrade, and cannot be served again."""
    issued_on = dt.date(2026, 11, 5)
    notice = PaperFact(
        key="x", title=SUPPLEMENT_PAPER, command="RequestSupplement", issued=1, issued_on=issued_on,
        served_on=served_on,
    )  # fmt: skip
    around = Around(read_papers=lambda: (notice,), working_between=shipped_calendar().working_between)
    facts = replace(
        _facts("x", state="supplementing", on=on, around=around),
        parameters={"core.complaint.supplement_days": 10},
    )
    assert SUPPLEMENT_OVER.holds(facts) is over
    assert ("请先登记送达" in SUPPLEMENT_OVER.words(facts)) is (served_on is None)


def test_the_grades_of_files_add_up(suite_on_sqlite: Suite) -> None:
    guards = suite_on_sqlite.catalog.guards
    files = (_line(1, "qualified"), _line(2, "basic"), _line(3, "unqualified", wrong=True))
    right = {"sample_size": 3, "qualified": 1, "basic": 1, "unqualified": 1, "wrong": 1}
    facts = _facts("notary.quality_inspection", values=right, lines={"files": files})
    assert guards["notary.quality.adds_up"].holds(facts)
    assert guards["notary.quality.all_graded"].holds(facts)
    short = _facts("x", values=right, lines={"files": files[:2]})
    assert not guards["notary.quality.adds_up"].holds(short)
    assert not guards["notary.quality.all_graded"].holds(short)


def test_a_restricted_log_is_for_its_keepers_alone(desk: Desks) -> None:
    suite, kind = desk.suite, _kind(desk, "appraisal.interference")
    opened = desk.open_any(kind, "RecordInterference", MONDAY, 1)
    case_id = opened.result["case_id"]
    for login, roles in (("staff", ()), ("keeper", ("appraisal.interference_keeper",))):
        suite.run(AddUser(login=login, name=login), desk.clerk)
        for role in ("core.section_staff", *roles):
            suite.run(GrantRole(login=login, role=role, profession="appraisal"), desk.clerk)
    staff, keeper = suite.actor("staff"), suite.actor("keeper")
    complaint = desk.open().result["case_id"]
    query = CaseQuery()
    with suite.reading() as session:
        assert case_ids(session, staff, suite.catalog, query) == (complaint,)
        assert set(case_ids(session, keeper, suite.catalog, query)) == {complaint, case_id}
        assert "appraisal.interference" not in readable_kinds(staff, suite.catalog, query)
        packed = {
            who.login: pack_order(
                session, who, suite.catalog, title="", today=suite.today, kind=kind.key
            ).cases
            for who in (staff, keeper)
        }
        assert {login: [case[0] for case in cases] for login, cases in packed.items()} == {
            "staff": [],
            "keeper": [case_id],
        }
        numbers = parameters_on(session, suite.catalog, suite.today)
        with pytest.raises(Refused) as told:
            case_file(session, staff, suite.catalog, case_id, today=suite.today, parameters=numbers)
        assert told.value.codes == {"case.unknown"}
        shown = case_file(session, keeper, suite.catalog, case_id, today=suite.today, parameters=numbers)
    assert all(not line.problems for line in shown.steps)
    given = {**desk.given(kind, _opening(desk, kind), MONDAY, 2), "kind": kind.key}
    with pytest.raises(Refused) as told:
        suite.run(step(suite.catalog, "RecordInterference", **given), staff)
    assert told.value.codes == {"not_permitted"}
    suite.run(step(suite.catalog, "RecordInterference", **given), keeper)
    with pytest.raises(Refused) as told:
        suite.run(RemarkCase(case_id=case_id, note="看看"), staff)
    assert told.value.codes == {"case.unknown"}


def _opening(desk: Desks, kind: CaseKind) -> Any:
    return desk.suite.catalog.lifecycle_of(kind).openings[0]


def test_the_server_keeps_the_restricted_log_from_others(login_suite: Callable[..., Suite]) -> None:
    clerk = login_suite("core.section_staff", "appraisal.interference_keeper", profession="appraisal")
    other = login_suite("core.section_staff", profession="appraisal")
    me = clerk.actor()
    (institution,) = make(
        clerk, me, "appraisal.appraisal_institution",
        {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"},
    )  # fmt: skip
    values = {
        "happened_on": MONDAY, "interferer_unit": "某公司", "means": "plea", "course": "来电说情",
        "keeper": "钱明", "institution": (institution,), "interferer": ("张某",),
    }  # fmt: skip
    opened = clerk.run(step(clerk.catalog, "RecordInterference", kind="appraisal.interference", **values), me)
    take = step(
        clerk.catalog, "ReportInterference", case_id=opened.result["case_id"], expected_version=1,
        reported_on=MONDAY,
    )  # fmt: skip
    assert clerk.run(take, me).result["state"] == "reported"
    tables = ("core_case", "core_case_event", "core_case_party", "appraisal_interference")
    with clerk.reading() as session:
        assert all(session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables)
    about = text("SELECT kind FROM core_cases_about(:subjects)")
    with clerk.reading() as session:
        assert session.scalars(about, {"subjects": [institution]}).all() == ["appraisal.interference"]
    with other.reading() as session:
        assert not any(session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables)
        # Nor is it a bar in law, of which others are told.
        assert session.scalars(about, {"subjects": [institution]}).all() == []
