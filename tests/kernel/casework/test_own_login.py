"""A section's own login of PostgreSQL, whom row-level security binds, takes the steps of its cases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.case_file import case_file
from suite.kernel.casework.commands import ApproveStep, RemarkCase, RevealComplainant
from suite.kernel.casework.derive import step
from suite.kernel.casework.waiting import waiting_for
from suite.kernel.parameters.queries import parameters_on
from suite.testing.factories import make


def test_the_steps_under_row_level_security(login_suite: Callable[..., Suite]) -> None:
    clerk = login_suite("core.section_staff", profession="appraisal")
    head = login_suite("core.section_head", profession="appraisal")
    far = login_suite("core.section_staff", profession="appraisal", district="130104")
    me = clerk.actor()
    (institution,) = make(
        clerk,
        me,
        "appraisal.appraisal_institution",
        {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"},
    )

    def opened(report: str) -> int:
        command = step(
            clerk.catalog,
            "OpenComplaint",
            kind="appraisal.complaint",
            respondent=(institution,),
            source="letter",
            report_no=report,
            complainants=({"name": "李建国", "phone": "13912346612"},),
            allegations=({"head": "fee", "text": "加收费用"},),
        )
        done = clerk.run(command, me)
        case_id: int = done.result["case_id"]
        return case_id

    first, second = opened("1"), opened("2")
    clerk.run(RemarkCase(case_id=first, note="来电询问"), me)
    revealed = clerk.run(RevealComplainant(case_id=first, reason="核实"), me)
    assert revealed.result["complainants"][0]["phone"] == "13912346612"
    clerk.run(step(clerk.catalog, "AcceptComplaint", case_id=first, expected_version=1), me)
    asked = clerk.run(
        step(clerk.catalog, "RefuseComplaint", case_id=second, expected_version=1, refusal_ground="opinion"),
        me,
    )
    signer = head.actor()
    with head.reading() as session:
        assert [item.case_id for item in waiting_for(session, signer, head.catalog)] == [second]
    done = head.run(ApproveStep(approval=asked.result["approval"]), signer)
    assert done.result["state"] == "refusing"
    with clerk.reading() as session:
        numbers = parameters_on(session, clerk.catalog, clerk.today)
        shown = case_file(session, me, clerk.catalog, second, today=clerk.today, parameters=numbers)
    assert shown.state.key == "refusing"
    assert shown.events[0].approved_by is not None

    # Another district's login sees none of it, neither by the suite nor by SQL of its own.
    stranger = far.actor()
    with pytest.raises(Refused) as told:
        far.run(RemarkCase(case_id=first, note="看看"), stranger)
    assert told.value.codes == {"case.unknown"}
    with far.reading() as session:
        for table in (
            "core_case",
            "core_case_event",
            "core_complainant",
            "core_clock",
            "appraisal_complaint",
        ):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
    # A bar in law is counted by who may read the record, whoever handles the case; not by a stranger.
    asked = text("SELECT number FROM core_cases_about(:subjects)")
    with clerk.reading() as session:
        numbers = session.scalars(asked, {"subjects": [institution]}).all()
    # What is refused stays open until that has been told.
    assert sorted(numbers) == ["石司鉴投〔2026〕1号", "石司鉴投〔2026〕2号"]
    # Who reads the record and not the case learns that it bars, and not which one it is.
    bar = login_suite("core.association", profession="appraisal")
    told_of = text("SELECT case_id, kind, number, state, role FROM core_cases_about(:subjects)")
    with bar.reading() as session:
        rows = session.execute(told_of, {"subjects": [institution]}).all()
    assert {tuple(row) for row in rows} == {
        (None, "appraisal.complaint", None, state, "respondent") for state in ("accepted", "refusing")
    }
    with far.reading() as session:
        assert session.scalars(asked, {"subjects": [institution]}).all() == []
