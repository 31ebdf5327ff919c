"""The pools of a draw (名录库), frozen from the rosters, the earlier cases and the recusals of a day."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.case_facts import Finding
from suite.contract.usual_lists import FINDINGS
from suite.kernel.casework.draw_record import rule_from
from suite.kernel.casework.random_draw import DrawRule, PoolInspector, PoolSubject, risk_of
from suite.kernel.clocks.spans import months_after
from suite.loader.catalog import Catalog
from suite.tables import (
    Allegation,
    Case,
    CaseParty,
    InspectionPlan,
    LineOfCase,
    Recusal,
    Section,
    Subject,
    User,
)

#: A problem lighter than these says nothing about the risk.
GRAVE = ("general", "serious")
RELATIONS = "core.recusal_relation"


@dataclass(frozen=True, kw_only=True)
class Pools:
    """From whom a plan draws today."""

    rule: DrawRule
    subjects: tuple[PoolSubject, ...]
    inspectors: tuple[PoolInspector, ...]


def rule_of(plan: InspectionPlan) -> DrawRule:
    """The rule of a stored plan."""
    return rule_from(
        {
            "rate": plan.rate,
            "by_district": plan.by_district,
            "per_subject": plan.per_subject,
            "strata": json.loads(plan.strata),
        }
    )


def pools_of(
    session: Session, catalog: Catalog, plan: InspectionPlan, today: dt.date, risk_months: int
) -> Pools:
    """Freeze the pools: those on the roster who practise, and the plan's inspectors with their recusals."""
    kind = catalog.kinds[plan.kind]
    statement = select(Subject.id, Subject.name, Subject.district_code, Subject.association).where(
        Subject.kind == kind.key, Subject.status.in_(kind.counted)
    )
    if plan.district_code is not None:
        statement = statement.where(Subject.district_code == plan.district_code)
    rows = session.execute(statement.order_by(Subject.id)).all()
    troubles = _troubles(session, plan.profession, months_after(today, -risk_months))
    members: dict[str, list[int]] = {}
    for number, _, _, association in rows:
        members.setdefault(association or "", []).append(number)
    return Pools(
        rule=rule_of(plan),
        subjects=tuple(
            PoolSubject(id=number, name=name, district=district or "", risk=risk_of(troubles[number]))
            for number, name, district, _ in rows
        ),
        inspectors=_inspectors(session, catalog, plan, members, today),
    )


def _troubles(session: Session, profession: str, since: dt.date) -> Counter[int]:
    """Subject → how many cases found something against it since a day."""
    found = (Finding.SUBSTANTIATED.value, Finding.PARTLY.value)
    alleged = select(CaseParty.subject_id, CaseParty.case_id).join(
        Allegation, Allegation.case_id == CaseParty.case_id
    )
    listed = select(CaseParty.subject_id, CaseParty.case_id).join(
        LineOfCase, LineOfCase.case_id == CaseParty.case_id
    )
    pairs: set[tuple[int, int]] = set()
    for statement in (
        alleged.where(
            Allegation.finding.in_(found), Allegation.annulled_on.is_(None), Allegation.found_on >= since
        ),
        listed.where(
            LineOfCase.list_key == FINDINGS.key,
            LineOfCase.struck_on.is_(None),
            LineOfCase.grade.in_(GRAVE),
            LineOfCase.entered_on >= since,
        ),
    ):
        own = statement.where(CaseParty.profession == profession, CaseParty.subject_id.is_not(None))
        pairs.update((number, case_id) for number, case_id in session.execute(own.distinct()) if number)
    return Counter(number for number, _ in pairs)


def _inspectors(
    session: Session, catalog: Catalog, plan: InspectionPlan, members: dict[str, list[int]], today: dt.date
) -> tuple[PoolInspector, ...]:
    logins: Sequence[str] = json.loads(plan.inspectors)
    workload = {
        login or "": count
        for login, count in session.execute(
            select(CaseParty.login, func.count())
            .join(Case, Case.id == CaseParty.case_id)
            .where(
                CaseParty.login.in_(logins),
                CaseParty.left_on.is_(None),
                Case.kind == plan.case_kind,
                Case.opened >= today.replace(month=1, day=1),
            )
            .group_by(CaseParty.login)
        )
    }
    recused: dict[str, dict[int, str]] = {login: {} for login in logins}
    for row in session.scalars(
        select(Recusal)
        .where(Recusal.profession == plan.profession, Recusal.login.in_(logins), Recusal.ended_on.is_(None))
        .order_by(Recusal.id)
    ):
        numbers = (
            [row.subject_id] if row.subject_id is not None else members.get(row.of_association or "", [])
        )
        words = catalog.code_title(RELATIONS, row.relation)
        for number in numbers:
            recused[row.login].setdefault(number, words)
    people = session.execute(
        select(User.login, User.name, Section.name)
        .outerjoin(Section, Section.id == User.section_id)
        .where(User.login.in_(logins), User.active)
        .order_by(User.login)
    )
    return tuple(
        PoolInspector(
            login=login,
            name=name,
            unit=unit or "",
            workload=workload.get(login, 0),
            recused=recused[login],
        )
        for login, name, unit in people
    )
