"""Applications under test: who signs, the usual steps of the frame, and what came of them in the rosters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.commands import Done
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.derive import step
from suite.kernel.registry.current import current_records
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.tables import Case, CaseClock, LicenceEvent
from suite.testing.fixtures import TODAY
from suite.testing.signing import sign_then

#: The first day of every story; what happens in it has happened by the business date.
FIRST = TODAY - dt.timedelta(days=300)
GIVEN: dict[str, dict[str, Any]] = {
    "RequestMaterials": {"supplement_items": "身份证明；验资证明"},
    "DeclineApplication": {"refusal_ground": "incomplete"},
    "DeclineFiling": {"refusal_reason": "材料不实"},
    "ReviewApplication": {"review_opinion": "符合条件"},
    "ReportApplication": {"report_no": "石司〔2026〕8号"},
    "ProposeDenial": {"review_opinion": "不符合条件", "report_no": "石司〔2026〕9号"},
    "PassApplication": {"passed_no": "冀司〔2026〕21号"},
    "RecordGrant": {"decision_no": "冀司许决〔2026〕12号", "decided_by": "河北省司法厅"},
    "RecordDenial": {
        "decision_no": "冀司许决〔2026〕13号",
        "decided_by": "河北省司法厅",
        "denial_reason": "不符合条件",
    },
    "WithdrawApplication": {"withdrawal_reason": "申请人书面撤回"},
}
#: The steps from the application to the decision and its certificate.
TO_GRANT = ("AcceptApplication", "ReviewApplication", "ReportApplication", "RecordGrant")
TO_END = (*TO_GRANT, "IssueCertificate")


class LicenceDesk:
    """A clerk, who signs, and what stands in the rosters."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.day = FIRST
        self.clerk = suite.actor()
        for login, name, role in (("head", "周立群", "core.section_head"), ("leader", "赵敏", "core.leader")):
            suite.run(AddUser(login=login, name=name), self.clerk)
            suite.run(GrantRole(login=login, role=role), self.clerk)
        self.signers = (suite.actor("head"), suite.actor("leader"))

    def later(self, days: int) -> dt.date:
        """Let days pass; what is done then bears that date. Gives the day."""
        self.day += dt.timedelta(days=days)
        return self.day

    def open(self, kind: str, name: str = "OpenApplication", **values: Any) -> int:
        """Open a case; gives its number."""
        command = step(self.suite.catalog, name, kind=kind, **{"on": self.day, **values})
        done = self.suite.run(command, self.clerk)
        return int(done.result["case_id"])

    def take(self, case_id: int, name: str, **values: Any) -> Done:
        """Take a step with what it usually needs, and have it signed."""
        paper_up(self.suite, self.clerk, case_id, name, self.day)
        with self.suite.reading() as session:
            version = session.get_one(Case, case_id).version
        given = {**GIVEN.get(name, {}), "on": self.day, **values}
        for command, key in (
            ("RecordGrant", "decided_on"), ("RecordDenial", "decided_on"), ("IssueCertificate", "issued_on"),
        ):  # fmt: skip
            if name == command:
                given.setdefault(key, self.day)
        command = step(self.suite.catalog, name, case_id=case_id, expected_version=version, **given)
        done = self.suite.run(command, self.clerk)
        for signer in self.signers:
            if "approval" not in done.result:
                break
            done = sign_then(self.suite, done.result["approval"], signer)
        return done

    def play(self, case_id: int, *names: str, **values: dict[str, Any]) -> str:
        """Take steps in order; `values`: command → what it is given besides. Gives the state."""
        state = ""
        for name in names:
            state = str(self.take(case_id, name, **values.get(name, {})).result["state"])
        return state

    def record(self, kind: str, subject_id: int) -> dict[str, Any]:
        """A record as it stands now."""
        with self.suite.reading() as session:
            declared = self.suite.catalog.kinds[kind]
            return current_records(session, declared, [subject_id])[subject_id].values

    def named(self, kind: str, name: str) -> int:
        """The record of a name."""
        with self.suite.reading() as session:
            query = ListQuery(kind=kind, filters={})
            for subject_id in list_ids(session, self.clerk, self.suite.catalog, query).ids:
                if self.record(kind, subject_id)["name"] == name:
                    return subject_id
        raise LookupError(name)

    def on_roster(self, kind: str, day: dt.date, **filters: Any) -> set[int]:
        """Who was on the roster on a day."""
        with self.suite.reading() as session:
            query = ListQuery(kind=kind, as_of=day, filters=filters)
            return set(list_ids(session, self.clerk, self.suite.catalog, query).ids)

    def decisions(self, subject_id: int) -> list[tuple[str, dt.date, str | None]]:
        """State, day and document of the decisions on a record's licence."""
        with self.suite.reading() as session:
            rows = session.query(LicenceEvent).filter_by(subject_id=subject_id).order_by(LicenceEvent.id)
            return [(row.state, row.on_date, row.document_no) for row in rows]

    def clocks(self, case_id: int) -> dict[str, CaseClock]:
        """Limit → its last clock in the case."""
        with self.suite.reading() as session:
            rows = session.query(CaseClock).filter_by(case_id=case_id).order_by(CaseClock.id).all()
            session.expunge_all()
            return {row.limit_key: row for row in rows}
