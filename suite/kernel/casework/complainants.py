"""Who complains: kept apart, shown masked, found again without being told, revealed for a logged reason."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Done
from suite.contract.problems import Problem, Severity, refuse
from suite.database.engine import is_sqlite
from suite.kernel.accounts.rules import area_of
from suite.kernel.audit.seal import note
from suite.kernel.casework.commands import ComplainantGiven, RevealComplainant
from suite.kernel.casework.current import hold_case, require_in_scope, scope_of
from suite.kernel.casework.rules import digest_of, masked_name
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.identifiers.phone import check_phone
from suite.kernel.registry.identifiers.problems import problems_of
from suite.kernel.registry.identifiers.resident import check_resident
from suite.tables import Case, CaseParty, Complainant

ROLE = "complainant"
#: Of another length it is a passport, a credit code or another document.
RESIDENT_LENGTHS = (15, 17, 18)
LENGTHS = (
    ("name", "姓名", 200),
    ("phone", "联系电话", 40),
    ("id_number", "证件号码", 40),
    ("address", "地址", 300),
)


@dataclass(frozen=True, kw_only=True)
class SameComplainant:
    """An earlier case of the same complainant, with no more than may be told across the sections."""

    case_id: int
    number: str
    kind: str
    profession: str
    state: str
    opened: dt.date


def complainant_problems(given: Iterable[ComplainantGiven], today: dt.date) -> list[Problem]:
    """A complainant has a name, and what is said of him fits. What looks like a resident number and is none
    is only warned of: a complaint is not turned away for it."""
    found = []
    for row, item in enumerate(given):
        if not item.name.strip():
            text_ = "请写明投诉人姓名或名称；匿名的登记为线索。"
            found.append(Problem(code="complainant.name", text=text_, field="complainants", row=row))
        for key, title, most in LENGTHS:
            if len(getattr(item, key)) > most:
                text_ = f"投诉人{title}最多 {most} 字。"
                found.append(Problem(code="text.long", text=text_, field="complainants", row=row))
        if item.phone.strip():
            found += [
                problem.at(field="complainants", row=row) for problem in problems_of(check_phone(item.phone))
            ]
        if len(re.sub(r"\s", "", item.id_number)) in RESIDENT_LENGTHS:
            found += [
                replace(problem, severity=Severity.WARNING, field="complainants", row=row)
                for problem in problems_of(check_resident(item.id_number, today=today))
                if problem.severity is not Severity.NOTICE
            ]
    return found


def write_complainants(work: Transaction, case: Case, given: Sequence[ComplainantGiven], on: dt.date) -> None:
    """Enter who complains: masked among the parties, in full apart."""
    for place, item in enumerate(given, 1):
        # Without reading back: whoever enters may not see it again.
        work.session.execute(
            insert(Complainant).values(
                **scope_of(case),
                place=place,
                name=item.name.strip(),
                phone=item.phone.strip() or None,
                id_number=item.id_number.strip() or None,
                address=item.address.strip() or None,
                digest=digest_of(item.name, item.id_number, item.phone),
            )
        )
        work.session.add(CaseParty(**scope_of(case), role=ROLE, name=masked_name(item.name), since=on))


def same_complainants(session: Session, actor: Actor, digests: Iterable[str]) -> list[SameComplainant]:
    """Earlier cases of the same complainants, in all sections; newest first. An area of rights of its own
    tells of its cases to who reads them.

    On PostgreSQL a function answers with numbers and states only, since row-level security hides the rest.
    """
    wanted = sorted({digest for digest in digests if digest})
    if not wanted:
        return []
    connection = session.connection()
    if is_sqlite(connection):
        rows = session.execute(
            select(Case.id, Case.number, Case.kind, Case.profession, Case.state, Case.opened)
            .join(Complainant, Complainant.case_id == Case.id)
            .where(Complainant.digest.in_(wanted))
            .distinct()
            .order_by(Case.id.desc())
        ).all()
    else:
        rows = session.execute(
            text(
                "SELECT case_id, number, kind, profession, state, opened "
                "FROM core_same_complainant(:digests) ORDER BY case_id DESC"
            ),
            {"digests": wanted},
        ).all()
    return [
        SameComplainant(case_id=i, number=number, kind=kind, profession=owner, state=state, opened=opened)
        for i, number, kind, owner, state, opened in rows
        if area_of(f"{owner}:case:read") is None or actor.may(f"{owner}:case:read")
    ]


def reveal_complainant(command: RevealComplainant, work: Transaction) -> Done:
    """Give the complainants in full in `result["complainants"]`, and write who looked and why."""
    if not command.reason.strip():
        raise refuse("reason.required", "请写明查看事由。", field="reason")
    case = hold_case(work, command.case_id)
    require_in_scope(work, "complainant:reveal", case)
    rows = work.session.scalars(
        select(Complainant).where(Complainant.case_id == case.id).order_by(Complainant.place)
    ).all()
    note(
        work.connection,
        transaction_id=work.number,
        table=Case.__tablename__,
        key=str(case.id),
        action="R",
        scope=(case.profession, case.district_code, case.association),
        after=json.dumps({"field": ROLE, "reason": command.reason.strip()}, ensure_ascii=False),
    )
    seconds = int(work.parameters["core.reveal_seconds"])
    return Done(
        text=f"已查看 {case.number} 的投诉人身份，已记入操作痕迹",
        result={
            "complainants": [
                {
                    "name": row.name,
                    "phone": row.phone,
                    "id_number": row.id_number,
                    "address": row.address,
                }
                for row in rows
            ],
            "seconds": seconds,
        },
    )
