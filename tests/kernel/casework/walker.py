"""Values for the steps of any kind of case, made from its declarations: enough for a random walk."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from desk import keeping

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.case_facts import Cell, Finding
from suite.contract.casework import (
    CaseKind,
    LineColumn,
    PartyOf,
    PartyRole,
    Transition,
)
from suite.contract.commands import Actor, Done
from suite.contract.declarations import Field, FieldType
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.commands import ReturnStep
from suite.kernel.casework.derive import step
from suite.tables import Allegation, Case, CaseApproval
from suite.testing.factories import make, practice_no, uscc
from suite.testing.signing import sign_then

SIGNERS = (("head", "core.section_head"), ("leader", "core.leader"), ("second", "core.section_staff"))
#: Numbers that have a form of their own, by the key of the field.
NUMBERED = {
    "practice_no": lambda no: practice_no(no, 2026),
    "licence_no": lambda no: uscc(500 + no),
    "list_year": lambda no: 2025 + no % 3,
}
HERE = "130102"


class Walker:
    """One house with a few records of every kind, a clerk who takes the steps and others who sign."""

    def __init__(self, suite: Suite, seed: int) -> None:
        self.suite, self.chance, self.clerk = suite, random.Random(seed), suite.actor()
        self.clerk = keeping(suite, self.clerk, by=self.clerk)
        for login, role in SIGNERS:
            suite.run(AddUser(login=login, name=login), self.clerk)
            suite.run(GrantRole(login=login, role=role), self.clerk)
        self.signers: tuple[Actor, ...] = tuple(suite.actor(login) for login, _ in SIGNERS)
        self._records: dict[str, list[int]] = {}
        self._made = 0

    def records(self, kind: str) -> list[int]:
        """Two records of a kind; people belong to the first body that may have them."""
        if kind not in self._records:
            declared = self.suite.catalog.kinds[kind]
            rows: list[dict[str, Any]] = []
            for _ in range(2):
                self._made += 1
                row: dict[str, Any] = {"name": f"某{self._made:03d}", "district_code": HERE}
                if declared.by_key["main_no"].required if "main_no" in declared.by_key else False:
                    row["main_no"] = (
                        practice_no(self._made) if declared.has_person else f"1301{self._made:05d}"
                    )
                body = declared.by_key.get("body_id")
                if body is not None and body.links and body.links[0] in self.suite.catalog.kinds:
                    row["body_id"] = self.records(body.links[0])[0]
                rows.append({key: value for key, value in row.items() if key in declared.by_key})
            self._records[kind] = make(self.suite, self.clerk, kind, *rows)
        return self._records[kind]

    def given(self, kind: CaseKind, transition: Transition, case_id: int | None = None) -> dict[str, Any]:
        """Values for a step: what it asks for, and by chance what it may take besides."""
        found: dict[str, Any] = {
            key: self._value(kind.by_key[key])
            for key in transition.fields
            if key in transition.required or self.chance.random() < 0.75
        }
        for key in transition.parties:
            asked = key == kind.respondent or not transition.opens
            newcomer = key == kind.respondent and kind.newcomer is not None and self.chance.random() < 0.5
            if (asked or self.chance.random() < 0.7) and not newcomer:
                found[key] = self._party(kind.roles[key])
        if transition.complainant:
            self._made += 1
            found["complainants"] = ({"name": f"李{self._made}", "phone": f"139{self._made:08d}"},)
        if transition.allegations:
            head = self.chance.choice(self.suite.catalog.codes[kind.heads or ""].codes)
            found["allegations"] = ({"head": head.value, "text": "反映的事项"},)
        if transition.findings or transition.annuls:
            with self.suite.reading() as session:
                numbers = [row.no for row in session.query(Allegation).filter_by(case_id=case_id)]
            words = [item.value for item in Finding]
            if transition.findings:
                found["findings"] = tuple({"no": no, "finding": self.chance.choice(words)} for no in numbers)
            if transition.annuls:
                found["annul"] = tuple(numbers)
        if transition.lists:
            lists = {item.key: item for item in kind.lists}
            found["lines"] = tuple(
                {"list_key": key} | {str(c.cell.value): self._cell(c) for c in lists[key].columns}
                for key in transition.lists
            )
        return found

    def open(self, kind: CaseKind) -> int | None:
        """A case of a kind; None where chance found no values that its guards let pass."""
        lifecycle = self.suite.catalog.lifecycle_of(kind)
        for tried in range(200):
            if tried % 40 == 39:
                # Effects of earlier walks may have ended all that there was.
                self._records.clear()
            transition = self.chance.choice(lifecycle.openings)
            values = self.given(kind, transition)
            try:
                done = self._run(step(self.suite.catalog, transition.command, kind=kind.key, **values))
            except Refused as refusal:
                told(refusal)
                continue
            case_id: int = done.result["case_id"]
            return case_id
        return None

    def take(self, kind: CaseKind, case_id: int, name: str) -> Done:
        """One step with values made for it."""
        transition = self.suite.catalog.lifecycle_of(kind).by_command[name]
        with self.suite.reading() as session:
            here = session.get_one(Case, case_id).state
        if here in transition.sources and self.chance.random() < 0.9:
            served = paper_up(self.suite, self.clerk, case_id, name, self.suite.today)
            if served is not None:
                return served
        with self.suite.reading() as session:
            version = session.get_one(Case, case_id).version
        values = self.given(kind, transition, case_id)
        return self._run(step(self.suite.catalog, name, case_id=case_id, expected_version=version, **values))

    def settle(self, done: Done) -> str:
        """Have a submitted step signed by all whom it waits for, or sent back: "taken" or "returned"."""
        number = done.result.get("approval")
        if number is None:
            return "taken"
        if self.chance.random() < 0.2:
            self.suite.run(ReturnStep(approval=number, opinion="依据不足"), self.signers[0])
            return "returned"
        while (approval := self._waits(number)) is not None:
            needed = f"{approval.profession}:{approval.permission}"
            able = (who for who in self.signers if who.may(needed) and who.login != approval.decided_by)
            signer = next(able)
            sign_then(self.suite, number, signer)
        return "taken"

    def _waits(self, number: int) -> CaseApproval | None:
        with self.suite.reading() as session:
            row = session.get_one(CaseApproval, number)
            return row if row.state == "open" else None

    def _run(self, command: Any) -> Done:
        return self.suite.run(command, self.clerk)

    def _party(self, role: PartyRole) -> tuple[Any, ...]:
        many = max(role.least, 1)
        match role.of:
            case PartyOf.SUBJECT:
                return tuple(self.records(self.chance.choice(role.kinds))[:many])
            case PartyOf.USER:
                return (self.clerk.login, "second", "head")[: max(many, 2)]
            case PartyOf.NAME:
                return ("甲某",)

    def _cell(self, column: LineColumn) -> Any:
        if column.codes is not None:
            return self.chance.choice(self.suite.catalog.codes[column.codes].codes).value
        match column.cell:
            case Cell.DAY | Cell.UNTIL | Cell.DONE:
                return self.suite.today
            case Cell.FIGURE:
                return Decimal(1)
            case Cell.FLAG:
                return True
        return "内容"

    def _value(self, field: Field) -> Any:
        self._made += 1
        if field.key in NUMBERED:
            return NUMBERED[field.key](self._made)
        if field.codes is not None:
            value = self.chance.choice(self.suite.catalog.codes[field.codes].codes).value
            return (value,) if field.type is FieldType.CODES else value
        made: dict[FieldType, Any] = {
            FieldType.DATE: self.suite.today,
            FieldType.INTEGER: 3,
            FieldType.DECIMAL: Decimal(3),
            FieldType.BOOLEAN: True,
            FieldType.DISTRICT: HERE,
        }
        if field.type is FieldType.LINK:
            return self.records(field.links[0])[0]
        return made.get(field.type, f"内容{self._made}")


def told(refusal: Refused) -> set[str]:
    """The codes of a refusal, each of which is said in Chinese."""
    assert refusal.problems
    for problem in refusal.problems:
        assert problem.text
        assert not problem.text.isascii(), problem
    return set(refusal.codes)
