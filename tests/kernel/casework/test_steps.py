"""Every step of the complaint, through the executor, on both engines."""

from __future__ import annotations

import datetime as dt

from desk import GIVEN, SIGNED, Desk

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.tables import Case, CaseClock, CaseEvent

#: Ways through the graph that together take every step.
WAYS = (
    ("OpenComplaint", "ExtendAcceptance", "RequestSupplement", "ReceiveSupplement", "AcceptComplaint",
     "NotifyAcceptance", "ExtendComplaint", "StartInvestigation", "ChangeOfficers", "SuspendComplaint",
     "ResumeComplaint", "FindAllegations", "DecideComplaint", "ReplyComplaint", "RecheckRectification",
     "ConfirmRectification", "RecordRemedy", "AnnulFindings",
     "ReinvestigateComplaint", "TerminateComplaint"),
    ("OpenComplaint", "RequestSupplement", "LapseSupplement"),
    ("OpenComplaint", "RefuseComplaint", "NotifyRefusal"),
    ("OpenComplaint", "WithdrawComplaint"),
    ("RecordLead", "TransferComplaint", "NotifyTransfer"),
    ("OpenComplaint", "TransferComplaint", "NotifyTransfer"),
    ("RecordLead", "CloseLead"),
)  # fmt: skip


def test_every_step_is_taken(suite_: Suite) -> None:
    desk = Desk(suite_)
    own = desk.clerk.login
    lifecycle = suite_.catalog.lifecycles["appraisal.complaint_lifecycle"]
    assert {name for way in WAYS for name in way} == lifecycle.by_command.keys()
    for number, way in enumerate(WAYS):
        # The time to supply what is missing has to run out.
        early = {"on": dt.date(2026, 11, 3)} if "LapseSupplement" in way else {}
        opened = desk.open(way[0], report_no=f"冀正司鉴〔2026〕临鉴字第{number}号", **early)
        case_id = opened.result["case_id"]
        for name in way[1:]:
            given = dict(GIVEN.get(name, {}))
            if name == "RequestSupplement":
                given |= early
            if name == "LapseSupplement":
                paper_up(suite_, desk.clerk, case_id, name, early["on"])
            if "officer" in given:
                given["officer"] = (own, *given["officer"][1:])
            done = desk.take(case_id, name, **given)
            if name in SIGNED:
                done = desk.sign(done, *(desk.head, desk.leader)[: SIGNED[name]])
            transition = lifecycle.by_command[name]
            assert done.result["state"] == (transition.to or done.result["state"]), name
        with suite_.reading() as session:
            case = session.get_one(Case, case_id)
            events = session.query(CaseEvent).filter_by(case_id=case_id).order_by(CaseEvent.id).all()
            assert [event.command for event in events if event.command] == list(way)
            if lifecycle.by_state[case.state].terminal:
                assert case.closed is not None
                left = session.query(CaseClock).filter_by(case_id=case_id, stopped=None).count()
                assert left == 0
