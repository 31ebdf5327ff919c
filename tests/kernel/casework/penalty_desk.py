"""Penalty cases under test: those who are punished in each field, and a course that leads to any state."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.commands import Actor, Done
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.derive import step
from suite.tables import Case, Subject
from suite.testing.factories import make, practice_no
from suite.testing.signing import sign_then

#: Each field's penalty: whom, by which article, what is lawful for the city, and what only the province may.
FIELDS: dict[str, dict[str, Any]] = {
    "lawyers": {
        "kind": "lawyers.lawyer",
        "city": {"article": "lawyers.L48", "gravity": "serious", "sanctions": ("suspension",), "months": 3},
        "province": {"article": "lawyers.L49b", "gravity": "ordinary", "sanctions": ("revocation",)},
        "suspended": "suspended",
        "revoked": "revoked",
    },
    "notary": {
        "kind": "notary.notary",
        "city": {
            "article": "notary.N42_notary", "gravity": "ordinary", "sanctions": ("suspension",), "months": 3,
        },
        "province": {"article": "notary.N42b", "gravity": "ordinary", "sanctions": ("revocation",)},
        "suspended": "suspended",
        "revoked": "revoked",
    },
    "appraisal": {
        "kind": "appraisal.appraiser",
        "province": {
            "article": "appraisal.P13b", "gravity": "ordinary", "sanctions": ("suspension",), "months": 3,
        },
        "suspended": "suspended",
        "revoked": "suspended",
    },
    "arbitration": {
        "kind": "arbitration.arbitration_commission",
        "province": {"article": "arbitration.R1", "gravity": "serious", "sanctions": ("revocation",)},
        "revoked": "deregistered",
    },
}  # fmt: skip

#: What each step needs beside its measures; the days of a suspension are reckoned by whoever takes the step.
GIVEN: dict[str, dict[str, Any]] = {
    "RefuseFiling": {"no_filing_reason": "违法行为轻微"},
    "TransferOffence": {"transferred_to": "石家庄市市场监督管理局"},
    "AssignInvestigators": {"officer": ("admin", "second")},
    "ChangeInvestigators": {"officer": ("admin", "head")},
    "CollectEvidence": {
        "lines": (
            {"list_key": "evidence", "code": "documentary", "name": "委托合同", "day": dt.date(2026, 9, 1)},
        )
    },
    "PreserveEvidence": {"preserved_items": "账册两本"},
    "PausePenalty": {"pause_reason": "等待法院判决"},
    "ExtendPenalty": {"extension_reason": "案情复杂"},
    "PassReview": {"reviewer": ("third",), "review_opinion": "事实清楚，程序合法"},
    "ReturnReview": {"review_opinion": "补充询问笔录"},
    "RecordStatement": {"statement": "请求从轻"},
    "NotifyHearing": {
        "chair": ("third",), "hearing_on": dt.date(2026, 12, 30), "hearing_place": "二楼会议室",
    },
    "HoldHearing": {"hearing_opinion": "当事人的意见不成立"},
    "DeliberatePenalty": {"deliberation": "同意处罚意见"},
    "ReportPenalty": {"report_no": "石司罚报〔2026〕1号"},
    "RecordProvinceReturn": {"return_reason": "补充证据"},
    "ExemptPenalty": {"no_penalty_ground": "minor"},
    "WithdrawPenalty": {"withdrawal_reason": "违法事实不能成立"},
    "TransferCrime": {"transferred_to": "石家庄市公安局"},
    "RecordPayment": {"paid": Decimal(100)},
    "GrantDeferral": {"defer_until": dt.date(2027, 1, 31)},
    "EnforcePenalty": {"enforcement_no": "石司强执〔2026〕1号"},
    "AnnulPenalty": {"annulment_document": "冀司复决〔2026〕8号"},
    "FileDiscipline": {},
    "RefuseDiscipline": {"no_filing_reason": "不属于违规"},
    "NotifyMember": {"officer": ("admin", "second")},
    "HearMember": {"statement": "请求从轻", "hearing_opinion": "当事人放弃听证"},
    "WithdrawDiscipline": {"withdrawal_reason": "违规事实不能成立"},
    "UpholdDiscipline": {"review_opinion": "复查维持"},
    "AnnulDiscipline": {"annulment_document": "冀律协复〔2026〕1号"},
}  # fmt: skip
GIVEN["CollectProof"] = GIVEN["CollectEvidence"]
MEASURED = frozenset(
    {
        "SubmitForReview",
        "ReviseProposal",
        "DecidePenalty",
        "RecordProvinceDecision",
        "ProposeDiscipline",
        "DecideDiscipline",
    }
)


class PenaltyDesk:
    """A section with its head, its leader and one who reviews; and somebody of each field."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.clerk = suite.actor()
        self._notices, self._decisions = count(1), count(1)
        for login, name, role in (
            ("head", "周立群", "core.section_head"),
            ("leader", "赵敏", "core.leader"),
            ("second", "韩雪", "core.section_staff"),
            ("third", "冯涛", "core.section_staff"),
        ):
            suite.run(AddUser(login=login, name=name), self.clerk)
            suite.run(GrantRole(login=login, role=role), self.clerk)
        self.signers = (suite.actor("head"), suite.actor("leader"))

    def subject(self, kind: str, name: str = "王志强", **values: Any) -> int:
        """A record of a kind, active."""
        if kind == "lawyers.lawyer":
            values = {"main_no": practice_no(1), "category": "full_time", **values}
        (number,) = make(self.suite, self.clerk, kind, {"name": name, "district_code": "130102", **values})
        return number

    def open(self, kind: str, respondent: int | None = None, **values: Any) -> int:
        """A case of a kind: a penalty, or a sanction of the trade."""
        name = "OpenPenalty" if kind.endswith(".penalty") else "OpenDiscipline"
        given = {"source": "complaint", "conduct": "私自收费", "on": dt.date(2026, 8, 24), **values}
        if respondent is not None:
            given["respondent"] = (respondent,)
        done = self.suite.run(step(self.suite.catalog, name, kind=kind, **given), self.clerk)
        number: int = done.result["case_id"]
        return number

    def take(self, case_id: int, name: str, actor: Actor | None = None, **values: Any) -> Done:
        """Take a step, with what it usually needs, signed by all whom it asks for."""
        if actor is None and name in ("PassReview", "ReturnReview"):
            actor = self.suite.actor(*values.get("reviewer", GIVEN["PassReview"]["reviewer"]))
        served = paper_up(self.suite, actor or self.clerk, case_id, name, values.get("on", self.suite.today))
        if served is not None:
            return served
        with self.suite.reading() as session:
            case = session.get_one(Case, case_id)
            version = case.version
        given = {"expected_version": version, **GIVEN.get(name, {}), **values}
        if name == "NotifyRights":
            # No two papers have a number together.
            given.setdefault("notice_no", f"石司罚告〔2026〕{next(self._notices)}号")
        if "officer" in given:
            given["officer"] = (self.clerk.login, *given["officer"][1:])
        command = step(self.suite.catalog, name, case_id=case_id, **given)
        done = self.suite.run(command, actor or self.clerk)
        signed = 0
        while "approval" in done.result and signed < len(self.signers):
            done = sign_then(self.suite, done.result["approval"], self.signers[signed])
            signed += 1
        return done

    def lead(self, case_id: int, *names: str, on: dt.date | None = None, **measures: Any) -> None:
        """Take several steps one after another; those that impose something take the measures."""
        for name in names:
            given: dict[str, Any] = dict(measures) if name in MEASURED else {}
            if name in ("SubmitForReview", "ProposeDiscipline"):
                given["facts_found"] = "当事人私自收费一万元"
            if name in ("DecidePenalty", "RecordProvinceDecision", "DecideDiscipline"):
                given["decision_no"] = f"石司罚决字〔2026〕{next(self._decisions)}号"
            if on is not None:
                given["on"] = on
            self.take(case_id, name, **given)

    def heard(self, case_id: int, **measures: Any) -> None:
        """Everything up to what may be decided upon."""
        self.lead(
            case_id, "FilePenalty", "AssignInvestigators", "CollectEvidence", "SubmitForReview", "PassReview",
            "NotifyRights", "WaiveRights", on=dt.date(2026, 8, 24), **measures,
        )  # fmt: skip

    def state(self, case_id: int) -> str:
        """Where a case stands."""
        with self.suite.reading() as session:
            return session.get_one(Case, case_id).state

    def status(self, subject_id: int) -> str:
        """What a record's licence is now."""
        with self.suite.reading() as session:
            return session.get_one(Subject, subject_id).status
