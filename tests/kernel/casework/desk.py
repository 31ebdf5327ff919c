"""Complaints under test: their respondents, and the people who sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.commands import Actor, Done
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.accounts.rules import area_of
from suite.kernel.casework.derive import step
from suite.tables import Case
from suite.testing.factories import make
from suite.testing.signing import sign_then

KIND = "appraisal.complaint"
DAY = dt.date(2026, 11, 23)


def keeping(suite: Suite, actor: Actor, *, by: Actor) -> Actor:
    """The actor as a keeper of what is restricted: its own roles give it, and no other; nobody to himself."""
    by = suite.everything("setup") if by.login == actor.login else by
    for key, role in suite.catalog.roles.items():
        if any(area_of(permission) in suite.catalog.areas for permission in role.permissions):
            suite.run(GrantRole(login=actor.login, role=key), by)
    return suite.actor(actor.login)


class Desk:
    """An appraisal section: a clerk, a head, a leader, and an institution to complain about."""

    def __init__(self, suite: Suite, *, district: str = "130102") -> None:
        self.suite = suite
        self.clerk = suite.actor()
        for login, name, role in (
            ("head", "周立群", "core.section_head"),
            ("leader", "赵敏", "core.leader"),
            ("second", "韩雪", "core.section_staff"),
        ):
            suite.run(AddUser(login=login, name=name), self.clerk)
            suite.run(GrantRole(login=login, role=role), self.clerk)
        self.head, self.leader, self.second = (suite.actor(login) for login in ("head", "leader", "second"))
        (self.institution,) = make(
            suite,
            self.clerk,
            "appraisal.appraisal_institution",
            {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": district},
        )

    def open(self, name: str = "OpenComplaint", **values: Any) -> Done:
        given: dict[str, Any] = {
            "kind": KIND,
            "respondent": (self.institution,),
            "source": "letter",
            "allegations": ({"head": "procedure", "text": "鉴定时只有一名鉴定人到场"},),
            **values,
        }
        if name == "OpenComplaint":
            given.setdefault("complainants", ({"name": "李建国", "phone": "13912346612"},))
        return self.suite.run(step(self.suite.catalog, name, **given), self.clerk)

    def take(self, case_id: int, name: str, actor: Actor | None = None, **values: Any) -> Done:
        """Take a step with the version of now, once the papers are out that it waits for."""
        served = paper_up(self.suite, self.clerk, case_id, name, values.get("on") or self.suite.today)
        if served is not None:
            return served
        with self.suite.reading() as session:
            case = session.get(Case, case_id)
        version = case.version if case else 1
        command = step(self.suite.catalog, name, case_id=case_id, **{"expected_version": version, **values})
        return self.suite.run(command, actor or self.clerk)

    def sign(self, done: Done, *actors: Actor) -> Done:
        """Have a submitted step signed."""
        for actor in actors or (self.head, self.leader):
            done = sign_then(self.suite, done.result["approval"], actor)
        return done


#: The complainant's own request to withdraw.
ASKED = {"list_key": "withdrawal", "day": DAY, "code": "written", "text": "已与鉴定机构协商退费"}
#: What each step of the complaint needs, and who signs it.
GIVEN: dict[str, dict[str, Any]] = {
    "RequestSupplement": {"supplement_items": "身份证明复印件；鉴定文书复印件"},
    "RefuseComplaint": {"refusal_ground": "opinion"},
    "TransferComplaint": {"transferred_to": "市卫生健康委员会"},
    "ExtendAcceptance": {"extension_reason": "涉及两家机构"},
    "CloseLead": {"lead_result": "电话核查，未发现问题"},
    "StartInvestigation": {"officer": ("admin", "second")},
    "ChangeOfficers": {"officer": ("admin", "head")},
    "FindAllegations": {"findings": ({"no": 1, "finding": "partly", "note": "记录不全"},)},
    "SuspendComplaint": {"suspension_reason": "等待法院判决"},
    "ExtendComplaint": {"extension_reason": "需委托专家评审"},
    "WithdrawComplaint": {"lines": (ASKED,)},
    "TerminateComplaint": {"termination_ground": "withdrawn", "lines": (ASKED,)},
    "DecideComplaint": {
        "outcome": "order",
        "decision_summary": "责令改正",
        "rectify_by": dt.date(2026, 12, 31),
    },
    "ReplyComplaint": {"reply_no": "石司鉴答〔2026〕1号"},
    "RecheckRectification": {"rectified": "partly"},
    "ConfirmRectification": {"rectified_on": DAY},
    "RecordRemedy": {"remedy": "reconsideration", "remedy_result": "pending"},
    "AnnulFindings": {"annulment_document": "冀司复决〔2026〕3号", "annul": (1,)},
}
SIGNED: dict[str, int] = {
    "RefuseComplaint": 1,
    "ExtendAcceptance": 1,
    "TerminateComplaint": 1,
    "ExtendComplaint": 2,
    "DecideComplaint": 2,
}


def at(suite: Suite, day: dt.date) -> Suite:
    """The same suite on another business date."""
    return replace(suite, today_override=day)
