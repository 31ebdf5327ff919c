"""Cases of any kind under test: whatever a step asks for is made up from the declarations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desk import Desk, keeping

from suite.contract.case_facts import Cell
from suite.contract.casework import CaseKind, PartyOf, Transition
from suite.contract.commands import Done
from suite.contract.declarations import Field, FieldType
from suite.kernel.casework.derive import step
from suite.tables import Case
from suite.testing.factories import make

#: The first valid value of the numbers that a roster asks for, by kind.
NUMBERS: dict[str, dict[str, Any]] = {
    "appraisal.appraisal_institution": {"name": "河北正明司法鉴定中心", "main_no": "130100123"},
    "appraisal.appraiser": {"name": "钱明远", "main_no": "130100123001"},
    "lawyers.law_firm": {
        "name": "河北第七律师事务所",
        "main_no": "31130000MD0000016R",
        "category": "general_partnership",
    },
    "lawyers.lawyer": {"name": "孙志远", "main_no": "11301201210000007", "category": "full_time"},
    "notary.notary_office": {"name": "河北省石家庄市燕赵公证处"},
    "notary.notary": {"name": "周立"},
    "arbitration.arbitration_commission": {"name": "石家庄仲裁委员会"},
    "arbitration.arbitrator": {"name": "吴仲平"},
}
#: What a number or an optional day is where one and today would not do.
VALUES: dict[str, Any] = {"population": 10, "sample_size": 1, "basic": 0, "unqualified": 0, "wrong": 0}
LATER = {"rectify_by": 30}
#: Of a code list, which value; the first of any other.
CHOSEN = {"notary.recheck_result": "withdraw"}


class Desks(Desk):
    """A desk that opens and moves cases of every kind; records are made when they are first asked for."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.clerk = keeping(self.suite, self.clerk, by=self.clerk)
        self._made: dict[str, int] = {"appraisal.appraisal_institution": self.institution}

    def record(self, kind: str) -> int:
        """A record of a roster."""
        if kind not in self._made:
            values = {"district_code": "130102", **NUMBERS[kind]}
            (self._made[kind],) = make(self.suite, self.clerk, kind, values)
        return self._made[kind]

    def given(self, kind: CaseKind, transition: Transition, on: dt.date, seed: int) -> dict[str, Any]:
        """What a step asks for, valid as far as the declarations tell."""
        found: dict[str, Any] = {
            key: self._value(kind.by_key[key], on, seed)
            for key in transition.fields
            if key in (*transition.required, *LATER)
        }
        for key in transition.parties:
            role = kind.roles[key]
            if role.of is PartyOf.SUBJECT and key == kind.respondent:
                found[key] = (self.record(role.kinds[0]),)
            elif role.of is PartyOf.NAME:
                found[key] = tuple(f"第{place}位{role.title}" for place in range(role.least))
            elif role.of is PartyOf.USER:
                found[key] = (self.clerk.login, "second", "head")[: role.least]
        if transition.complainant:
            found["complainants"] = ({"name": "李建国", "phone": f"139{seed:08d}"},)
        if transition.allegations:
            head = self.suite.catalog.codes[kind.heads or ""].codes[0].value
            found["allegations"] = ({"head": head, "text": "详见来信"},)
        if transition.findings:
            found["findings"] = ({"no": 1, "finding": "substantiated"},)
        if transition.annuls:
            found["annul"] = (1,)
        if transition.lists:
            found["lines"] = tuple(self._line(kind, key, on, seed) for key in transition.lists)
        return found

    def _value(self, field: Field, on: dt.date, seed: int) -> Any:
        if field.codes is not None:
            value = CHOSEN.get(field.codes) or self.suite.catalog.codes[field.codes].codes[0].value
            return (value,) if field.several else value
        match field.type:
            case FieldType.DATE:
                return on + dt.timedelta(days=LATER.get(field.key, 0))
            case FieldType.INTEGER:
                return VALUES.get(field.key, 1)
            case FieldType.BOOLEAN:
                return True
        return f"{field.title}{seed}"

    def _line(self, kind: CaseKind, key: str, on: dt.date, seed: int) -> dict[str, Any]:
        line: dict[str, Any] = {"list_key": key}
        for column in kind.by_list[key].columns:
            if column.codes is not None:
                line[column.cell.value] = self.suite.catalog.codes[column.codes].codes[0].value
            elif column.cell is Cell.DAY:
                line[column.cell.value] = on
            elif column.required:
                line[column.cell.value] = 1 if column.cell is Cell.FIGURE else f"第{seed}号"
        return line

    def open_any(self, kind: CaseKind, command: str, on: dt.date, seed: int, **values: Any) -> Done:
        """Open a case of a kind by one of its openings."""
        transition = self.suite.catalog.lifecycle_of(kind).by_command[command]
        given = {**self.given(kind, transition, on, seed), "on": on, **values}
        return self.suite.run(step(self.suite.catalog, command, kind=kind.key, **given), self.clerk)

    def take_any(
        self, kind: CaseKind, case_id: int, command: str, on: dt.date, seed: int = 1, **values: Any
    ) -> Done:
        """Take a step, signed by all whom it asks for."""
        transition = self.suite.catalog.lifecycle_of(kind).by_command[command]
        given = {**self.given(kind, transition, on, seed), "on": on, **values}
        done = self.take(case_id, command, **given)
        if transition.approval is not None:
            chain = self.suite.catalog.approvals[transition.approval]
            done = self.sign(done, *(self.head, self.leader)[: len(chain.steps)])
        return done

    def state(self, case_id: int) -> str:
        """The state of a case now."""
        with self.suite.reading() as session:
            return session.get_one(Case, case_id).state
