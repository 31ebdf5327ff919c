"""The lawyers' complaint: a second profile of the same engine, declared only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.commands import Done
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.commands import ApproveStep
from suite.kernel.casework.derive import step
from suite.testing.factories import a_firm, a_lawyer, make


def test_a_complaint_against_a_lawyer(suite_on_sqlite: Suite) -> None:
    suite, admin = suite_on_sqlite, suite_on_sqlite.actor()
    for login, role in (("second", "section_staff"), ("head", "section_head"), ("leader", "leader")):
        suite.run(AddUser(login=login, name=login), admin)
        suite.run(GrantRole(login=login, role=f"core.{role}"), admin)
    (firm,) = make(suite, admin, "lawyers.law_firm", a_firm(1))
    (lawyer,) = make(suite, admin, "lawyers.lawyer", a_lawyer(1, body_id=firm))
    done: Done = suite.run(
        step(
            suite.catalog,
            "OpenComplaint",
            kind="lawyers.complaint",
            respondent=(lawyer,),
            source="visit",
            complainants=({"name": "李建国", "phone": "13912346612"},),
            allegations=({"head": "fee", "text": "转入个人账户，未开具票据"},),
        ),
        admin,
    )
    assert done.result["number"] == "石司律投〔2026〕1号"

    def take(name: str, **values: Any) -> Done:
        nonlocal done
        case, version = done.result["case_id"], done.result["version"]
        done = suite.run(step(suite.catalog, name, case_id=case, expected_version=version, **values), admin)
        return done

    take("AcceptComplaint")
    with pytest.raises(Refused) as told:
        take("ExtendAcceptance", extension_reason="复杂")
    assert told.value.codes == {"case.step"}  # a step of the appraisers' complaint, not of this one
    take("StartInvestigation", officer=(admin.login, "second"))
    take("FindAllegations", findings=({"no": 1, "finding": "substantiated"},))
    take("DecideComplaint", outcome="measure", decision_summary="约谈，责令退还")
    for signer in ("head", "leader"):
        done = suite.run(ApproveStep(approval=done.result["approval"]), suite.actor(signer))
    assert done.result["state"] == "decided"
    with pytest.raises(Refused) as told:
        take("NotifyAcceptance")
    assert told.value.codes == {"paper.unissued"}
    # Late, but told: the service takes the step.
    served = paper_up(suite, admin, done.result["case_id"], "NotifyAcceptance", suite.today)
    assert served is not None
    done = replace(done, result={**done.result, "version": done.result["version"] + 1})
    with pytest.raises(Refused) as told:
        take("ReplyComplaint", reply_no="石司律答〔2026〕1号")
    assert told.value.codes == {"paper.unissued"}
    paper_up(suite, admin, done.result["case_id"], "ReplyComplaint", suite.today)
    assert take("ReplyComplaint", reply_no="石司律答〔2026〕1号").result["state"] == "closed"
