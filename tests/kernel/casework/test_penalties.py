"""Penalty cases: their courses in every field, what refuses a step, what a decision does to the rosters."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from penalty_desk import FIELDS, PenaltyDesk
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.contract.states import StateKind
from suite.kernel.casework.derive import step
from suite.kernel.casework.desk_items import desk_of
from suite.kernel.casework.papers.commands import IssueDocument, ServeDocument
from suite.kernel.casework.papers.queries import case_papers, draft_content
from suite.kernel.casework.penalties.desk import penalty_items
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.parameters.queries import parameters_on
from suite.tables import Case, CaseClock, IssuedDocument, LicenceEvent

pytestmark = pytest.mark.sqlite_first

FIRST, DECIDED = dt.date(2026, 8, 24), dt.date(2026, 9, 1)


def refused(desk: PenaltyDesk, case_id: int, name: str, **values: Any) -> frozenset[str]:
    before = desk.state(case_id)
    with pytest.raises(Refused) as told:
        desk.take(case_id, name, **values)
    assert desk.state(case_id) == before
    assert all(not problem.text.isascii() for problem in told.value.problems)
    return told.value.codes


def decision_text(desk: PenaltyDesk, case_id: int) -> str:
    """The draft of the decision's paper."""
    suite = desk.suite
    with suite.reading() as session:
        called = case_papers(session, desk.clerk, suite.catalog, case_id).papers
        paper = next(item for item in called if item.title == "行政处罚决定书")
        numbers = parameters_on(session, suite.catalog, suite.today)
        draft = draft_content(
            session, desk.clerk, suite.catalog, case_id, paper.document, paper.event_id, numbers
        )
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(draft.content)).paragraphs)


def clocks(suite: Suite, case_id: int) -> dict[str, CaseClock]:
    with suite.reading() as session:
        return {row.limit_key: row for row in session.query(CaseClock).filter_by(case_id=case_id)}


def test_each_field_punishes_by_its_own_catalogue(suite_: Suite) -> None:
    desk = PenaltyDesk(suite_)
    for place, (owner, field) in enumerate(FIELDS.items(), 1):
        own = "city" in field
        measures = field["city" if own else "province"]
        subject = desk.subject(field["kind"])
        case_id = desk.open(f"{owner}.penalty", subject)
        desk.heard(case_id, **measures)
        desk.lead(case_id, "DeliberatePenalty", on=FIRST)
        if own:
            assert refused(desk, case_id, "ReportPenalty", on=DECIDED) == {"penalty.own"}
            desk.lead(case_id, "DecidePenalty", on=DECIDED, **measures)
            assert ("缴至指定的银行" in decision_text(desk, case_id)) == ("fine" in measures)
        else:
            decide = {**measures, "decision_no": "石司罚决字〔2026〕9号"}
            assert refused(desk, case_id, "DecidePenalty", on=DECIDED, **decide) == {"penalty.decider"}
            desk.lead(case_id, "ReportPenalty", "RecordProvinceDecision", on=DECIDED, **measures)
        desk.lead(case_id, "ServePenalty", *(("PublishPenalty",) if own else ()), on=DECIDED)
        begins = dt.date(2026, 8, 25)
        days: dict[str, Any] = {"effective_from": begins}
        if "months" in measures:
            days["effective_until"] = dt.date(2026, 11, 24)
            assert refused(desk, case_id, "EffectPenalty", effective_from=begins) == {"core.penalty.days"}
        desk.take(case_id, "EffectPenalty", on=DECIDED, **days)
        assert desk.status(subject) == field["suspended" if "months" in measures else "revoked"]
        with suite_.reading() as session:
            (event,) = session.scalars(select(LicenceEvent).where(LicenceEvent.subject_id == subject))
            assert (event.on_date, event.document_no) == (begins, f"石司罚决字〔2026〕{place}号")
            assert event.decided_by == ("市司法局" if own else "省司法厅")
        if "months" in measures:
            unpublished = set() if own else {"core.penalty.published"}
            assert refused(desk, case_id, "ClosePenalty") == {
                "core.penalty.suspension_settled",
                *unpublished,
            }
            assert refused(desk, case_id, "EndSuspension") == {"core.penalty.suspension_over"}
        desk.take(case_id, "AnnulPenalty")
        assert (desk.state(case_id), desk.status(subject)) == ("annulled", "active")
        # What was never published is not to be taken back; what was is work of a case that is over.
        with suite_.reading() as session:
            due = desk_of(session, desk.clerk, suite_.catalog, suite_.today)
        left = {line.id for lines in due.due.values() for line in lines}
        assert ("core.penalty.withdraw" in clocks(suite_, case_id), case_id in left) == (own, own)


def test_what_refuses_a_step_names_the_article(suite_on_sqlite: Suite) -> None:
    desk = PenaltyDesk(suite_on_sqlite)
    lawyer = desk.subject("lawyers.lawyer")
    with pytest.raises(Refused) as told:
        desk.open("lawyers.penalty", lawyer, conduct="")
    assert told.value.codes == {"required"}
    late = desk.open("lawyers.penalty", lawyer, conduct_on=dt.date(2024, 8, 20))
    assert refused(desk, late, "FilePenalty") == {"core.penalty.in_time"}
    desk.take(late, "FilePenalty", grave_harm=True)
    case_id = desk.open("lawyers.penalty", lawyer)
    desk.lead(case_id, "FilePenalty", "AssignInvestigators", on=FIRST)
    fined = {"article": "lawyers.L47", "gravity": "ordinary", "sanctions": ("fine",), "fine": Decimal(5_000)}
    told_of = {"facts_found": "当事人同时在两所执业"}
    assert refused(desk, case_id, "SubmitForReview", **told_of, **fined) == {"core.penalty.evidence"}
    assert refused(desk, case_id, "CollectEvidence", lines=()) == {"line.none"}
    assert refused(desk, case_id, "ReleaseEvidence") == {"core.penalty.preserved"}
    desk.lead(case_id, "CollectEvidence", on=FIRST)
    above = {**told_of, **fined, "fine": Decimal(5_001)}
    with pytest.raises(Refused) as beyond:
        desk.take(case_id, "SubmitForReview", **above)
    (problem,) = beyond.value.problems
    assert (problem.code, problem.field) == ("penalty.range", "fine")
    assert "律师法第四十七条" in problem.text
    assert "不超过 5,000 元" in problem.text
    for wrong, code in (
        ({"article": "lawyers.L50"}, "penalty.subject"),
        ({"sanctions": ("revocation",), "fine": Decimal(0)}, "penalty.sanction"),
        ({"sanctions": ("suspension",), "months": 2, "fine": Decimal(0)}, "penalty.gravity"),
        ({"months": 2}, "penalty.amount"),
        (
            {"article": "lawyers.L51a", "sanctions": ("suspension",), "months": 3, "fine": Decimal(0)},
            "penalty.prior",
        ),
        ({"article": "lawyers.nothing"}, "code.unknown"),
    ):
        assert code in refused(desk, case_id, "SubmitForReview", **told_of, **{**fined, **wrong}), wrong
    desk.take(case_id, "PreserveEvidence", on=FIRST)
    desk.lead(case_id, "SubmitForReview", on=FIRST, **fined)
    # The seven days run on while the case is reviewed, and are met there.
    desk.take(case_id, "ReleaseEvidence", on=FIRST)
    assert clocks(suite_on_sqlite, case_id)["core.penalty.evidence"].stopped == FIRST
    both = {"core.penalty.independent_review", "core.penalty.reviewed_by_other"}
    assert refused(desk, case_id, "PassReview", reviewer=("second",)) == both
    # Nor is it entered for the reviewer: by an investigator, or by a third.
    mine = {"core.penalty.reviewed_by_other"}
    for login in (desk.clerk.login, "second", "head"):
        assert refused(desk, case_id, "PassReview", actor=suite_on_sqlite.actor(login)) == mine
    own = {"core.penalty.returned_by_other"}
    assert refused(desk, case_id, "ReturnReview", actor=desk.clerk) == own
    desk.lead(case_id, "PassReview", "ReturnReview", "SubmitForReview", on=FIRST, **fined)
    # A second round may be another reviewer's, who returns it as well as the first one may.
    assert refused(desk, case_id, "ReturnReview", actor=suite_on_sqlite.actor("second")) == own
    desk.take(case_id, "ReturnReview", suite_on_sqlite.actor("head"), on=FIRST)
    desk.lead(case_id, "SubmitForReview", on=FIRST, **fined)
    desk.lead(case_id, "PassReview", "NotifyRights", on=FIRST, **fined)
    # What the party was not told of it cannot waive.
    with suite_on_sqlite.reading() as session:
        version = session.get_one(Case, case_id).version
    waive = step(suite_on_sqlite.catalog, "WaiveRights", case_id=case_id, expected_version=version)
    with pytest.raises(Refused) as unheard:
        suite_on_sqlite.run(waive, desk.clerk)
    assert unheard.value.codes == {"paper.unissued"}
    # Nothing lapses before the notice has reached him.
    assert not {"core.penalty.statement", "core.penalty.hearing_ask"} & set(clocks(suite_on_sqlite, case_id))
    assert refused(desk, case_id, "ConcludeStatements") == {"core.penalty.rights_lapsed"}
    notice = IssueDocument(case_id=case_id, document="行政处罚事先告知书", on=FIRST)
    issued = suite_on_sqlite.run(notice, desk.clerk).result["issued"]
    served = ServeDocument(issued=issued, way="direct", receiver="王志强", on=FIRST)
    suite_on_sqlite.run(served, desk.clerk)
    # A lawyer's fine of 5,000 yuan is a large one: the time to ask for a hearing runs too.
    assert {"core.penalty.statement", "core.penalty.hearing_ask"} <= set(clocks(suite_on_sqlite, case_id))
    assert refused(desk, case_id, "ConcludeStatements", on=FIRST) == {"core.penalty.rights_lapsed"}
    assert refused(desk, case_id, "RequestHearing") == {"core.penalty.hearing_in_time"}
    desk.lead(case_id, "ConcludeStatements")
    decision = {**fined, "decision_no": "石司罚决字〔2026〕2号"}
    assert refused(desk, case_id, "DecidePenalty", **decision) == {"lawyers.penalty.deliberated"}
    desk.lead(case_id, "DeliberatePenalty")
    heavier = {**decision, "article": "lawyers.L48", "fine": Decimal(6_000)}
    assert refused(desk, case_id, "DecidePenalty", **heavier) == {"penalty.heavier"}
    desk.lead(case_id, "DecidePenalty", "ServePenalty", **fined)
    assert "罚款应当自收到本决定书之日起15日内缴至指定的银行" in decision_text(desk, case_id)
    assert clocks(suite_on_sqlite, case_id)["core.penalty.pay"].due == dt.date(2026, 12, 8)
    desk.lead(case_id, "EffectPenalty")
    assert refused(desk, case_id, "ClosePenalty") == {"core.penalty.settled", "core.penalty.published"}
    assert refused(desk, case_id, "EnforcePenalty") == {"core.penalty.unpaid"}
    desk.take(case_id, "RecordPayment", paid=Decimal(2_000))
    assert clocks(suite_on_sqlite, case_id)["core.penalty.pay"].stopped is None
    desk.take(case_id, "RecordPayment", paid=Decimal(5_000))
    assert clocks(suite_on_sqlite, case_id)["core.penalty.pay"].stopped is not None
    desk.lead(case_id, "PublishPenalty", "ClosePenalty")
    assert desk.state(case_id) == "closed"


def test_a_hearing(suite_on_sqlite: Suite) -> None:
    desk = PenaltyDesk(suite_on_sqlite)
    suite = suite_on_sqlite
    case_id = desk.open("notary.penalty", desk.subject("notary.notary"))
    measures = FIELDS["notary"]["city"]
    desk.lead(
        case_id, "FilePenalty", "AssignInvestigators", "CollectEvidence", "SubmitForReview", "PassReview",
        "NotifyRights", on=FIRST, **measures,
    )  # fmt: skip
    desk.lead(case_id, "RequestHearing", on=dt.date(2026, 8, 28))
    assert refused(desk, case_id, "HoldHearing") == {
        "core.penalty.hearing_day",
        "core.penalty.independent_chair",
    }
    early = {"on": dt.date(2026, 8, 31), "hearing_on": dt.date(2026, 9, 9)}
    # Between Monday 31 August and Wednesday 9 September lie six working days, then seven.
    assert refused(desk, case_id, "NotifyHearing", **early) == {"core.penalty.hearing_announced"}
    desk.take(case_id, "NotifyHearing", **{**early, "hearing_on": dt.date(2026, 9, 10)})
    assert refused(desk, case_id, "HoldHearing", on=dt.date(2026, 9, 9)) == {"core.penalty.hearing_day"}
    desk.take(case_id, "HoldHearing", on=dt.date(2026, 9, 10))
    clock = clocks(suite, case_id)["core.penalty.decide"]
    assert (clock.pauses, clock.due) == ("[]", dt.date(2026, 11, 23)), "the law leaves nothing out"


def test_a_hearing_is_left_out_where_the_bureau_says_so(suite_on_sqlite: Suite) -> None:
    desk, suite = PenaltyDesk(suite_on_sqlite), suite_on_sqlite
    suite.run(
        SetParameter(
            key="core.penalty.hearing_excluded",
            value="true",
            valid_from=dt.date(2026, 1, 1),
            source="部门规章",
        ),
        desk.clerk,
    )
    case_id = desk.open("lawyers.penalty", desk.subject("lawyers.lawyer"))
    desk.lead(
        case_id, "FilePenalty", "AssignInvestigators", "CollectEvidence", "SubmitForReview", "PassReview",
        "NotifyRights", "RequestHearing", on=FIRST, **FIELDS["lawyers"]["city"],
    )  # fmt: skip
    assert clocks(suite, case_id)["core.penalty.decide"].due is None


def test_somebody_without_a_licence_is_punished_by_name(suite_on_sqlite: Suite) -> None:
    desk = PenaltyDesk(suite_on_sqlite)
    case_id = desk.open("lawyers.penalty", offender="刘某", offender_district="130102")
    five = {
        "article": "lawyers.L55", "gravity": "ordinary", "sanctions": ("stop", "confiscation", "fine"),
        "illegal_income": Decimal(3_000), "confiscated": Decimal(3_000), "fine": Decimal(15_000),
    }  # fmt: skip
    desk.heard(case_id, **five)
    desk.lead(case_id, "DeliberatePenalty", on=FIRST)
    more = {**five, "fine": Decimal(15_001), "decision_no": "石司罚决字〔2026〕3号"}
    codes = refused(desk, case_id, "DecidePenalty", on=DECIDED, **more)
    assert codes == {"penalty.multiple", "penalty.heavier"}
    desk.lead(case_id, "DecidePenalty", "ServePenalty", "EffectPenalty", on=DECIDED, **five)
    # The fifteen days went by, and what is owed grows by three per cent a day, up to the fine.
    with pytest.raises(Refused) as owed:
        desk.take(case_id, "ClosePenalty")
    assert "尚欠 18,000.00 元" in owed.value.problems[0].text
    assert "加处罚款 15,000.00 元" in owed.value.problems[0].text
    desk.lead(case_id, "EnforcePenalty", "PublishPenalty", "ClosePenalty")
    assert desk.state(case_id) == "closed"


def test_a_suspension_ends_by_a_hand_and_the_past_stays(suite_on_sqlite: Suite) -> None:
    desk, suite = PenaltyDesk(suite_on_sqlite), suite_on_sqlite
    lawyer, begins = desk.subject("lawyers.lawyer"), dt.date(2026, 8, 20)
    case_id = desk.open("lawyers.penalty", lawyer, on=dt.date(2026, 8, 3))
    measures = {"article": "lawyers.L47", "gravity": "serious", "sanctions": ("suspension",), "months": 3}
    desk.heard(case_id, **measures)
    desk.lead(case_id, "DeliberatePenalty", "DecidePenalty", "ServePenalty", on=FIRST, **measures)
    desk.take(
        case_id, "EffectPenalty", on=FIRST, effective_from=begins, effective_until=dt.date(2026, 11, 19)
    )
    with suite.reading() as session:
        items = {item.title: item for item in penalty_items(session, desk.clerk, suite.catalog, suite.today)}
    assert items["停止执业、停业期满待确认"].count == 1
    assert desk.status(lawyer) == "suspended", "nothing changes by itself"
    desk.take(case_id, "EndSuspension")
    assert desk.status(lawyer) == "active"
    assert refused(desk, case_id, "EndSuspension") == {"case.once"}
    with suite.reading() as session:
        rows = session.scalars(
            select(LicenceEvent).where(LicenceEvent.subject_id == lawyer).order_by(LicenceEvent.id)
        )
        assert [(row.state, row.on_date) for row in rows] == [
            ("suspended", begins),
            ("active", dt.date(2026, 11, 20)),
        ]
    desk.lead(case_id, "PublishPenalty", "ClosePenalty")
    desk.take(case_id, "AnnulPenalty")
    assert desk.status(lawyer) == "active"


@pytest.mark.parametrize(
    ("step", "first"), [("EndSuspension", 0), ("EndSuspension", 1), ("AnnulPenalty", 0), ("AnnulPenalty", 1)]
)
def test_of_two_suspensions_the_last_to_end_restores(suite_on_sqlite: Suite, step: str, first: int) -> None:
    desk = PenaltyDesk(suite_on_sqlite)
    lawyer, cases = desk.subject("lawyers.lawyer"), []
    measures = {"article": "lawyers.L47", "gravity": "serious", "sanctions": ("suspension",), "months": 3}
    for day in (18, 20):
        case_id = desk.open("lawyers.penalty", lawyer, on=dt.date(2026, 8, 3))
        desk.heard(case_id, **measures)
        desk.lead(case_id, "DeliberatePenalty", "DecidePenalty", "ServePenalty", on=FIRST, **measures)
        days = {"effective_from": dt.date(2026, 8, day), "effective_until": dt.date(2026, 11, day - 1)}
        desk.take(case_id, "EffectPenalty", on=FIRST, **days)
        cases.append(case_id)
    desk.take(cases[first], step)
    assert desk.status(lawyer) == "suspended", "the other one still runs"
    desk.take(cases[1 - first], "EndSuspension")
    assert desk.status(lawyer) == "active"


def test_a_case_that_waits_for_the_province_may_be_extended(suite_on_sqlite: Suite) -> None:
    lifecycle = suite_on_sqlite.catalog.lifecycles["lawyers.penalty_lifecycle"]
    assert "ExtendPenalty" in {item.command for item in lifecycle.steps_from("reported")}
    assert lifecycle.by_state["reported"].kind is StateKind.RUN, "its ninety days go on"


def test_a_case_comes_from_an_earlier_one(suite_on_sqlite: Suite) -> None:
    desk, suite = PenaltyDesk(suite_on_sqlite), suite_on_sqlite
    lawyer = desk.subject("lawyers.lawyer")
    first = desk.open("lawyers.penalty", lawyer)
    with suite.reading() as session:
        number = session.get_one(Case, first).number
    other = desk.open("lawyers.discipline", lawyer, source_no=number)
    with suite.reading() as session:
        assert session.get_one(Case, other).repeat_of == first
        assert session.get_one(Case, first).repeat_of is None


def test_a_sanction_of_the_trade_is_a_track_of_its_own(suite_on_sqlite: Suite) -> None:
    desk = PenaltyDesk(suite_on_sqlite)
    lawyer = desk.subject("lawyers.lawyer")
    case_id = desk.open("lawyers.discipline", lawyer)
    paused = {"article": "lawyers.D1", "gravity": "ordinary", "sanctions": ("suspension",), "months": 12}
    desk.lead(case_id, "FileDiscipline", "NotifyMember", "CollectProof", on=FIRST)
    two = {**paused, "sanctions": ("suspension", "circular"), "facts_found": "多次无故不出庭"}
    assert refused(desk, case_id, "ProposeDiscipline", **two) == {"penalty.alone"}
    desk.lead(case_id, "ProposeDiscipline", on=FIRST, **paused)
    unheard = {"hearing_opinion": "", "on": FIRST}
    assert refused(desk, case_id, "HearMember", **unheard) == {"lawyers.discipline.hearing_offered"}
    desk.lead(case_id, "HearMember", on=FIRST)
    decision = {**paused, "decision_no": "石律协处〔2026〕1号", "decider": "institution"}
    assert refused(desk, case_id, "DecideDiscipline", **decision) == {"penalty.decider"}
    desk.take(case_id, "DecideDiscipline", on=FIRST, **{**decision, "decider": "city_association"})
    desk.lead(case_id, "DeliverDiscipline", on=FIRST)
    days = {"effective_from": FIRST, "effective_until": dt.date(2027, 8, 23)}
    desk.take(case_id, "EffectDiscipline", on=FIRST, **days)
    assert desk.status(lawyer) == "active", "a member's rights are no licence"
    arbitrator = desk.subject("arbitration.arbitrator")
    struck = desk.open("arbitration.discipline", arbitrator)
    off = {"article": "arbitration.E38", "gravity": "ordinary", "sanctions": ("revocation",)}
    desk.lead(struck, "FileDiscipline", "NotifyMember", "ProposeDiscipline", "HearMember", on=FIRST, **off)
    desk.take(
        struck, "DecideDiscipline", on=FIRST, decision_no="石仲德〔2026〕1号", decider="institution", **off
    )
    desk.lead(struck, "DeliverDiscipline", on=FIRST)
    desk.take(struck, "EffectDiscipline", on=FIRST, effective_from=FIRST)
    assert desk.status(arbitrator) == "removed"
    desk.take(struck, "AnnulDiscipline")
    assert desk.status(arbitrator) == "active"


def test_the_papers_of_a_penalty_have_the_numbers_of_their_steps(suite_: Suite) -> None:
    desk = PenaltyDesk(suite_)
    measures = FIELDS["lawyers"]["city"]
    case_id = desk.open("lawyers.penalty", desk.subject("lawyers.lawyer"))
    desk.heard(case_id, **measures)
    # Revised: the party is told anew, with a notice of its own.
    desk.lead(
        case_id, "ReviseProposal", "PassReview", "NotifyRights", "WaiveRights", "DeliberatePenalty", on=FIRST,
        **measures,
    )  # fmt: skip
    desk.lead(case_id, "DecidePenalty", "ServePenalty", on=DECIDED, **measures)
    with suite_.reading() as session:
        numbers = session.execute(
            select(IssuedDocument.template, IssuedDocument.number)
            .where(IssuedDocument.template.in_(("core.penalty_notice", "core.penalty_decision")))
            .order_by(IssuedDocument.id)
        ).all()
    assert [tuple(row) for row in numbers] == [
        ("core.penalty_notice", "石司罚告〔2026〕1号"),
        ("core.penalty_notice", "石司罚告〔2026〕2号"),
        ("core.penalty_decision", "石司罚决字〔2026〕1号"),
    ]
