"""Who must keep away from a subject is not named to inspect it, drawn or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select

from suite.contract.casework import CaseKind
from suite.contract.problems import Problem, ProblemKind
from suite.kernel.casework.inspections.declarations import OFFICERS
from suite.kernel.casework.inspections.frame import WORK
from suite.kernel.casework.inspections.pools import RELATIONS
from suite.kernel.executor.work import Transaction
from suite.tables import Recusal, Subject


def recused_parties(
    work: Transaction,
    kind: CaseKind,
    named: Mapping[str, Iterable[Mapping[str, Any]]],
    subjects: Collection[int],
) -> list[Problem]:
    """A refusal for each colleague who is named in an inspection of these subjects and must keep away from
    one of them (行政处罚法第四十三条); of other work nothing is asked."""
    users = {
        item["login"]: (role, item["name"])
        for role, people in named.items()
        for item in people
        if item.get("login")
    }
    if kind.work != WORK or not users or not subjects:
        return []
    rows = work.session.execute(
        select(Recusal.login, Recusal.relation, Subject.name)
        .join(
            Subject,
            or_(Recusal.subject_id == Subject.id, Recusal.of_association == Subject.association),
        )
        .where(
            Recusal.profession == kind.rights,
            Recusal.login.in_(users),
            Recusal.ended_on.is_(None),
            Subject.id.in_(subjects),
        )
        .order_by(Recusal.id)
    )
    return [
        Problem(
            code="party.recused",
            text=f"{users[login][1]} 对{of}应当回避"
            f"（{work.catalog.code_title(RELATIONS, relation)}），请改选他人。",
            kind=ProblemKind.FORBIDDEN,
            field=users[login][0],
            article=OFFICERS,
        )
        for login, relation, of in rows
    ]
