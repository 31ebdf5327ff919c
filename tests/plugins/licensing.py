"""An office that handles applications under test: a clerk takes the steps, a head and a leader sign."""

from __future__ import annotations

import datetime as dt
from typing import Any

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.case_facts import CaseFacts, PartyFact
from suite.contract.casework import (
    Guard,
)
from suite.contract.commands import Done
from suite.contract.effects import Around, OtherCase, SubjectFact
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.derive import step
from suite.tables import Case
from suite.testing.signing import sign_then

#: The business date of tests is 2026-11-23.
RECEIVED, DECIDED, TODAY = dt.date(2026, 11, 2), dt.date(2026, 11, 18), dt.date(2026, 11, 23)
DECISION = {"decision_no": "冀司许决〔2026〕12号", "decided_on": DECIDED, "decided_by": "河北省司法厅"}


class Office:
    """The section; `ready` makes its signers."""

    def __init__(self, suite: Suite) -> None:
        self.suite, self.clerk = suite, suite.actor()
        for login, role in (("head", "core.section_head"), ("leader", "core.leader")):
            suite.run(AddUser(login=login, name=login), self.clerk)
            suite.run(GrantRole(login=login, role=role), self.clerk)
        self.signers = (suite.actor("head"), suite.actor("leader"))

    def open(self, kind: str, **values: Any) -> int:
        """An application; gives the case."""
        given = {"kind": kind, "on": RECEIVED, **values}
        done = self.suite.run(step(self.suite.catalog, "OpenApplication", **given), self.clerk)
        case_id: int = done.result["case_id"]
        return case_id

    def take(self, case_id: int, name: str, on: dt.date | None = None, **values: Any) -> Done:
        """A step with all its signatures."""
        paper_up(self.suite, self.clerk, case_id, name, on or TODAY)
        with self.suite.reading() as session:
            version = session.get_one(Case, case_id).version
        command = step(
            self.suite.catalog, name, case_id=case_id, expected_version=version, on=on or TODAY, **values
        )
        done = self.suite.run(command, self.clerk)
        for signer in self.signers:
            if "approval" in done.result:
                done = sign_then(self.suite, done.result["approval"], signer)
        return done

    def granted(self, case_id: int, checked: dict[str, Any] | None = None, **result: Any) -> Done:
        """From the application to the certificate."""
        self.take(case_id, "AcceptApplication", dt.date(2026, 11, 4))
        self.take(
            case_id,
            "ReviewApplication",
            dt.date(2026, 11, 10),
            review_opinion="符合法定条件，拟同意",
            **(checked or {}),
        )
        self.take(case_id, "ReportApplication", dt.date(2026, 11, 12), report_no="石司报〔2026〕9号")
        self.take(case_id, "RecordGrant", dt.date(2026, 11, 20), **DECISION)
        return self.take(case_id, "IssueCertificate", issued_on=dt.date(2026, 11, 20), **result)

    def state(self, case_id: int) -> str:
        """Where a case stands."""
        with self.suite.reading() as session:
            return session.get_one(Case, case_id).state


def facts(
    kind: str,
    parameters: dict[str, Any],
    *,
    parties: dict[str, list[SubjectFact | str]] | None = None,
    others: tuple[OtherCase, ...] = (),
    members: dict[int, tuple[SubjectFact, ...]] | None = None,
    bodies: tuple[SubjectFact, ...] = (),
    on: dt.date = TODAY,
    **values: Any,
) -> CaseFacts:
    """A case as a guard sees it, without a database. A party that is a text is on no roster."""
    named = [(role, who) for role, people in (parties or {}).items() for who in people]
    subjects = {who.id: who for _, who in named if isinstance(who, SubjectFact)} | {b.id: b for b in bodies}
    return CaseFacts(
        kind=kind,
        state="submitted",
        opened=RECEIVED,
        values=values,
        parties=tuple(
            PartyFact(role=role, name=who.name, subject_id=who.id)
            if isinstance(who, SubjectFact)
            else PartyFact(role=role, name=who)
            for role, who in named
        ),
        allegations=(),
        clocks=(),
        done=(),
        on=on,
        parameters=parameters,
        around=Around(
            read_subjects=lambda: subjects,
            read_other_cases=lambda: others,
            read_members=lambda body: (members or {}).get(body, ()),
        ),
    )


def refused_by(guards: tuple[Guard, ...], case: CaseFacts, *keys: str) -> dict[str, str]:
    """Guard key → its words, for those that refuse; of all, or of the ones that are asked."""
    return {
        guard.key: guard.words(case)
        for guard in guards
        if (not keys or guard.key in keys) and not guard.holds(case)
    }
