"""Why a step is refused: guards, clocks, dates, values, versions, rights; asserted by code."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from desk import GIVEN, Desk
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.problems import ProblemKind, Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.case_file import case_file
from suite.kernel.casework.commands import (
    ApproveStep,
    HandOverCase,
    RemarkCase,
    ReturnStep,
    RevealComplainant,
)
from suite.kernel.casework.derive import step
from suite.kernel.clocks.commands import CorrectCalendarDay
from suite.kernel.parameters.queries import parameters_on
from suite.tables import Case, CaseClock, CaseEvent, CaseParty, Notice

pytestmark = pytest.mark.sqlite_first


def _refused(desk: Desk, case_id: int, name: str, **values: Any) -> frozenset[str]:
    with pytest.raises(Refused) as told:
        desk.take(case_id, name, **values)
    return told.value.codes


def _investigated(desk: Desk, **values: Any) -> int:
    case_id: int = desk.open(**values).result["case_id"]
    desk.take(case_id, "AcceptComplaint")
    desk.take(case_id, "StartInvestigation", officer=(desk.clerk.login, "second"))
    return case_id


def test_guards_and_values(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    case_id = _investigated(desk)
    decide = GIVEN["DecideComplaint"]
    assert _refused(desk, case_id, "DecideComplaint", **decide) == {"core.case.all_found"}
    assert _refused(desk, case_id, "FindAllegations", findings=()) == {"finding.none"}
    unknown = ({"no": 7, "finding": "maybe"},)
    assert _refused(desk, case_id, "FindAllegations", findings=unknown) == {
        "finding.unknown",
        "finding.value",
    }
    desk.take(case_id, "FindAllegations", findings=({"no": 1, "finding": "unfounded"},))
    assert _refused(desk, case_id, "DecideComplaint", **decide) == {"core.complaint.outcome_fits"}
    assert _refused(desk, case_id, "DecideComplaint") >= {"required"}
    assert _refused(desk, case_id, "DecideComplaint", outcome="nothing", decision_summary="无") == {
        "code.unknown"
    }
    assert _refused(desk, case_id, "ChangeOfficers", officer=("second",)) == {"party.few"}
    assert _refused(desk, case_id, "ChangeOfficers", officer=("second", "nobody")) == {"party.user"}
    late = suite_on_sqlite.today + dt.timedelta(days=1)
    assert _refused(desk, case_id, "SuspendComplaint", suspension_reason="诉讼", on=late) == {"case.future"}
    early = suite_on_sqlite.today - dt.timedelta(days=1)
    assert _refused(desk, case_id, "SuspendComplaint", suspension_reason="诉讼", on=early) == {"case.order"}
    assert _refused(desk, case_id, "SuspendComplaint", expected_version=1, suspension_reason="诉讼") == {
        "case.stale"
    }
    assert _refused(desk, 999, "AcceptComplaint", expected_version=1) == {"case.unknown"}


def test_what_opens_a_case_is_looked_at(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    for values, code in (
        ({"respondent": ()}, "party.few"),
        ({"respondent": (999,)}, "party.subject"),
        ({"source": "pigeon"}, "code.unknown"),
        ({"allegations": ()}, "allegation.none"),
        ({"allegations": ({"head": "x", "text": " "},)}, "allegation.head"),
        ({"complainants": ()}, "complainant.none"),
        ({"complainants": ({"name": " "},)}, "complainant.name"),
        ({"kind": "appraisal.nothing"}, "kind.unknown"),
        ({"kind": "appraisal.appraiser"}, "case.kind"),
        ({"repeat_of": 77}, "case.repeat_of"),
    ):
        with pytest.raises(Refused) as told:
            desk.open(**values)
        assert code in told.value.codes, values
    numbers = [desk.open(report_no=str(n)).result["number"] for n in range(2)]
    assert numbers == ["石司鉴投〔2026〕1号", "石司鉴投〔2026〕2号"]
    last_year = desk.open(report_no="9", on=dt.date(2025, 12, 31)).result["number"]
    assert last_year == "石司鉴投〔2025〕1号"


def test_time_bar_and_supplement(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    old = desk.open(known_on=dt.date(2023, 1, 5)).result["case_id"]
    assert _refused(desk, old, "AcceptComplaint") == {"appraisal.complaint.in_time"}
    case_id = desk.open(report_no="2", on=dt.date(2026, 11, 2)).result["case_id"]
    with suite_on_sqlite.reading() as session:
        # Seven working days after Monday 2 November.
        assert session.query(CaseClock).filter_by(case_id=case_id).one().due == dt.date(2026, 11, 11)
    desk.take(case_id, "RequestSupplement", supplement_items="身份证明", on=dt.date(2026, 11, 4))
    with suite_on_sqlite.reading() as session:
        assert session.query(CaseClock).filter_by(case_id=case_id).one().due is None
    # The pause stands on the notice: without it nothing was asked for.
    with suite_on_sqlite.reading() as session:
        version = session.get_one(Case, case_id).version
    received = step(
        suite_on_sqlite.catalog, "ReceiveSupplement", case_id=case_id, expected_version=version,
        on=dt.date(2026, 11, 12),
    )  # fmt: skip
    with pytest.raises(Refused) as told:
        suite_on_sqlite.run(received, desk.clerk)
    assert told.value.codes == {"paper.unissued"}
    paper_up(suite_on_sqlite, desk.clerk, case_id, "LapseSupplement", dt.date(2026, 11, 5))
    # Ten days from the service, to Sunday the 15th, which moves to Monday.
    with suite_on_sqlite.reading() as session:
        clocks = session.query(CaseClock).filter_by(case_id=case_id)
        term = clocks.filter_by(limit_key="core.complaint.supplement").one()
        assert (term.start, term.due) == (dt.date(2026, 11, 5), dt.date(2026, 11, 16))
    early = {"on": dt.date(2026, 11, 16)}
    assert _refused(desk, case_id, "LapseSupplement", **early) == {"core.complaint.supplement_over"}
    desk.take(case_id, "ReceiveSupplement", on=dt.date(2026, 11, 12))
    with suite_on_sqlite.reading() as session:
        # One day had gone by; the 4th to the 12th are left out; six remain.
        rows = session.query(CaseClock).filter_by(case_id=case_id).order_by(CaseClock.id).all()
        assert [row.due for row in rows] == [dt.date(2026, 11, 20), dt.date(2026, 11, 16)]
        assert rows[1].stopped == dt.date(2026, 11, 12)
    assert _refused(desk, case_id, "RequestSupplement", supplement_items="再补") == {"case.once"}
    # A complaint is withdrawn by who made it: his request is kept, in writing or for the record.
    assert _refused(desk, case_id, "WithdrawComplaint") == {"line.none"}
    assert _refused(desk, case_id, "ExtendAcceptance", extension_reason="复杂") == {"clock.overdue"}
    desk.take(case_id, "AcceptComplaint", on=dt.date(2026, 11, 19))
    with suite_on_sqlite.reading() as session:
        rows = {row.limit_key: row for row in session.query(CaseClock).filter_by(case_id=case_id)}
    handle = rows["appraisal.complaint.handle"]
    assert (handle.unit, handle.due) == ("calendar", dt.date(2027, 1, 18))
    # 投诉办法: within the seven days the decision is told in writing as well; the time ends with the service.
    assert rows["appraisal.complaint.accept"].stopped is None
    desk.take(case_id, "NotifyAcceptance", on=dt.date(2026, 11, 20))
    with suite_on_sqlite.reading() as session:
        clocks = session.query(CaseClock).filter_by(case_id=case_id, limit_key="appraisal.complaint.accept")
        assert clocks.one().stopped == dt.date(2026, 11, 20)


def test_a_published_year_moves_the_clocks(suite_on_sqlite: Suite) -> None:
    desk, suite = Desk(suite_on_sqlite), suite_on_sqlite
    case_id = desk.open(on=dt.date(2026, 11, 20)).result["case_id"]
    desk.sign(desk.take(case_id, "ExtendAcceptance", extension_reason="复杂"), desk.head)
    day = dt.date(2026, 11, 30)
    off = CorrectCalendarDay(day=day, working=False, festival="临时", source="国办通知")
    moved = suite.run(off, desk.clerk).result["moved"]
    assert [(item.subject, item.after - item.before) for item in moved] == [
        ("石司鉴投〔2026〕1号", dt.timedelta(days=1))
    ]
    with suite.reading() as session:
        clock = session.query(CaseClock).filter_by(case_id=case_id).one()
        told = session.query(CaseEvent).filter_by(case_id=case_id).order_by(CaseEvent.id.desc()).first()
        assert clock.due == moved[0].after
        assert told is not None
        assert str(clock.due) in told.note


def _notices(suite: Suite, login: str) -> Any:
    with suite.reading() as session:
        found = select(Notice).where(Notice.settled_at.is_(None), Notice.kind.startswith("core.case"))
        actor = suite.actor(login)
        return [
            row
            for row in session.scalars(found)
            if row.login == login or (row.permission and actor.may(row.permission))
        ]


def test_signatures(suite_: Suite) -> None:
    desk = Desk(suite_)
    case_id = _investigated(desk)
    desk.take(case_id, "FindAllegations", **GIVEN["FindAllegations"])
    asked = desk.take(case_id, "DecideComplaint", **GIVEN["DecideComplaint"])
    number = asked.result["approval"]

    def refused(command: Any, actor: Any) -> frozenset[str]:
        with pytest.raises(Refused) as told:
            suite_.run(command, actor)
        return told.value.codes

    assert _refused(desk, case_id, "SuspendComplaint", suspension_reason="诉讼") == {"case.waiting"}
    assert refused(ApproveStep(approval=number), desk.clerk) == {"approval.own"}
    assert refused(ApproveStep(approval=number), desk.leader) == {"approval.place"}
    assert refused(ApproveStep(approval=number), desk.second) == {"approval.place"}
    assert refused(ReturnStep(approval=number, opinion=" "), desk.head) == {"reason.required"}
    suite_.run(ReturnStep(approval=number, opinion="认定理由不足"), desk.head)
    assert refused(ApproveStep(approval=number), desk.head) == {"approval.decided"}
    again = desk.take(case_id, "DecideComplaint", **GIVEN["DecideComplaint"])
    suite_.run(ApproveStep(approval=again.result["approval"], opinion="同意"), desk.head)
    assert refused(ApproveStep(approval=again.result["approval"]), desk.head) == {"approval.twice"}
    done = suite_.run(ApproveStep(approval=again.result["approval"]), desk.leader)
    assert done.result["state"] == "decided"
    told_to = {
        login: [line.text for line in _notices(suite_, login)]
        for login in ("head", "leader", desk.clerk.login)
    }
    assert told_to["head"] == []  # settled
    assert told_to["leader"] == []
    assert len(told_to[desk.clerk.login]) == 2  # returned once, then signed
    own = desk.take(case_id, "ReplyComplaint", **GIVEN["ReplyComplaint"])
    assert own.result["state"] == "closed"


def test_a_step_takes_effect_when_it_is_signed_last(suite_: Suite) -> None:
    desk, first, meant = Desk(suite_), dt.date(2026, 9, 1), dt.date(2026, 10, 20)
    case_id = desk.open(on=first).result["case_id"]
    desk.take(case_id, "AcceptComplaint", on=first)
    desk.take(case_id, "StartInvestigation", on=first, officer=(desk.clerk.login, "second"))
    # Sixty days are over by today: an earlier day on the form does not bring them back.
    asked = desk.take(case_id, "ExtendComplaint", on=meant, extension_reason="需委托专家评审")
    assert "clock.overdue" in {problem.code for problem in asked.warnings}
    number = asked.result["approval"]
    suite_.run(ApproveStep(approval=number), desk.head)
    with pytest.raises(Refused) as told:
        suite_.run(ApproveStep(approval=number), desk.leader)
    assert told.value.codes == {"clock.overdue"}
    assert "退回" in told.value.problems[0].text
    suite_.run(ReturnStep(approval=number, opinion="已逾期"), desk.leader)
    desk.take(case_id, "FindAllegations", on=meant, **GIVEN["FindAllegations"])
    asked = desk.take(case_id, "DecideComplaint", on=meant, **GIVEN["DecideComplaint"])
    suite_.run(ApproveStep(approval=asked.result["approval"]), desk.head)
    done = suite_.run(ApproveStep(approval=asked.result["approval"]), desk.leader)
    assert "clock.late" in {problem.code for problem in done.warnings}
    with suite_.reading() as session:
        event = session.query(CaseEvent).filter_by(case_id=case_id, command="DecideComplaint").one()
        clock = session.query(CaseClock).filter_by(case_id=case_id, limit_key="appraisal.complaint.handle")
        assert (event.on_date, clock.one().stopped) == (suite_.today, suite_.today)


def test_the_stages_of_a_case_that_was_taken_up_again_are_ahead(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    case_id = _investigated(desk)
    for name in (
        "FindAllegations", "DecideComplaint", "ReplyComplaint", "AnnulFindings", "ReinvestigateComplaint",
    ):  # fmt: skip
        done = desk.take(case_id, name, **GIVEN.get(name, {}))
        if "approval" in done.result:
            desk.sign(done)
    with suite_on_sqlite.reading() as session:
        numbers = parameters_on(session, suite_on_sqlite.catalog, suite_on_sqlite.today)
        file = case_file(
            session, desk.clerk, suite_on_sqlite.catalog, case_id, today=suite_on_sqlite.today,
            parameters=numbers,
        )  # fmt: skip
    here = next(place for place, stage in enumerate(file.stages) if stage.current)
    assert file.stages[here].until is None
    assert all(stage.since for stage in file.stages[: here + 1])
    assert [(stage.since, stage.until) for stage in file.stages[here + 1 :] if stage.since] == []
    assert file.stages[here + 1 :]


def test_repeats_and_the_complainant(suite_: Suite) -> None:
    desk = Desk(suite_)
    first = desk.open(report_no="甲1").result
    with pytest.raises(Refused) as told:
        desk.open(report_no="甲1")
    assert {problem.kind for problem in told.value.problems} == {ProblemKind.NEEDS_CONFIRMATION}
    assert told.value.codes == {"case.repeat"}
    again = desk.open(report_no="甲1", repeat_of=first["case_id"])
    other = desk.open(report_no="甲2")
    assert {problem.code for problem in again.warnings + other.warnings} == {"case.same_complainant"}
    nobody = desk.open(report_no="甲1", complainants=({"name": "李建国"},))
    assert not nobody.warnings
    with suite_.reading() as session:
        party = session.query(CaseParty).filter_by(case_id=first["case_id"], role="complainant").one()
        assert party.name == "李某某"
    reveal = RevealComplainant(case_id=first["case_id"], reason="电话核实")
    (shown,) = suite_.run(reveal, desk.second).result["complainants"]
    assert shown["name"] == "李建国"
    with pytest.raises(Refused) as told:
        suite_.run(reveal, desk.leader)
    assert told.value.codes == {"not_permitted"}
    with pytest.raises(Refused) as told:
        suite_.run(RevealComplainant(case_id=first["case_id"], reason=" "), desk.second)
    assert told.value.codes == {"reason.required"}


def test_another_place_and_other_acts(suite_on_sqlite: Suite) -> None:
    desk, suite = Desk(suite_on_sqlite), suite_on_sqlite
    case_id = desk.open().result["case_id"]
    suite.run(AddUser(login="far", name="远方"), desk.clerk)
    suite.run(GrantRole(login="far", role="core.section_staff", district="130104"), desk.clerk)
    far = suite.actor("far")
    for command, code in (
        (RemarkCase(case_id=case_id, note="来电"), "case.unknown"),
        (RevealComplainant(case_id=case_id, reason="看看"), "case.unknown"),
        (step(suite.catalog, "AcceptComplaint", case_id=case_id, expected_version=1), "case.unknown"),
    ):
        with pytest.raises(Refused) as told:
            suite.run(command, far)
        assert told.value.codes == {code}
    with pytest.raises(Refused) as told:
        suite.run(step(suite.catalog, "AcceptComplaint", case_id=case_id, expected_version=1), desk.leader)
    assert told.value.codes == {"not_permitted"}
    suite.run(RemarkCase(case_id=case_id, note="投诉人来电询问进度"), desk.second)
    suite.run(HandOverCase(case_id=case_id, expected_version=1, to="second", reason="调休"), desk.clerk)
    with suite.reading() as session:
        case = session.get_one(Case, case_id)
        assert (case.handler, case.version, case.state) == ("second", 2, "received")
