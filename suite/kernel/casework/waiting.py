"""What waits for a signature, and what came back from one with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from suite.contract.commands import Actor, Scope
from suite.kernel.casework.current import OPEN, RETURNED, signs_as
from suite.kernel.casework.handing import handed_over, works_for
from suite.kernel.casework.queries import CaseQuery, readable_kinds
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseApproval, CaseEvent, User

MOST = 200


@dataclass(frozen=True, kw_only=True)
class WaitingCase:
    """A step that waits for the reader's signature; `behalf`: only in the name of this colleague."""

    approval: int
    case_id: int
    number: str
    title: str
    step: str
    place: str
    asked_by: str
    asked_at: dt.datetime
    behalf: str


@dataclass(frozen=True, kw_only=True)
class ReturnedCase:
    """A step that was asked for by the reader, or by whom he works for, and came back with a reason."""

    approval: int
    case_id: int
    number: str
    title: str
    step: str
    returned_by: str
    returned_at: dt.datetime
    reason: str


def waiting_for(session: Session, actor: Actor, catalog: Catalog, *, limit: int = MOST) -> list[WaitingCase]:
    """The steps that wait for the actor's signature, the oldest first."""
    actions = sorted({step.permission for item in catalog.approvals.values() for step in item.steps})
    # Kinds whose signatures are asked for in the same places share a condition: one for each kind and action
    # takes longer to put together than the whole page to be read.
    together: dict[tuple[str, str, tuple[Scope, ...]], list[str]] = {}
    for key in readable_kinds(actor, catalog, CaseQuery()):
        for action in actions:
            for behalf, scopes in _held(actor, f"{catalog.case_kinds[key].rights}:{action}").items():
                together.setdefault((action, behalf, tuple(scopes)), []).append(key)
    places = [
        and_(
            Case.kind.in_(keys),
            CaseApproval.permission == action,
            scope_condition(Case, scopes),
            CaseApproval.asked_by.not_in((behalf, actor.login)),
            or_(
                CaseApproval.decided_by.is_(None),
                CaseApproval.decided_by.not_in((behalf, actor.login)),
            ),
        )
        for (action, behalf, scopes), keys in together.items()
    ]
    if not places:
        return []
    statement = (
        select(CaseApproval, Case)
        .join(Case, Case.id == CaseApproval.case_id)
        .where(CaseApproval.state == OPEN, or_(*places))
        .order_by(CaseApproval.id)
        .limit(limit)
    )
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    lines = []
    for row, case in session.execute(statement):
        transition = catalog.lifecycle_of(catalog.case_kinds[case.kind]).by_command.get(row.command)
        chain = catalog.approvals.get((transition.approval or "") if transition else "")
        behalf = signs_as(actor, row, case) or ""
        lines.append(
            WaitingCase(
                approval=row.id,
                case_id=case.id,
                number=case.number,
                title=case.title,
                step=transition.title if transition else row.command,
                place=chain.steps[row.step].title if chain and row.step < len(chain.steps) else "",
                asked_by=names.get(row.asked_by, row.asked_by),
                asked_at=row.asked_at,
                behalf=names.get(behalf, behalf),
            )
        )
    return lines


def returned_to(
    session: Session, actor: Actor, catalog: Catalog, today: dt.date, *, limit: int = MOST
) -> list[ReturnedCase]:
    """What came back and was neither asked for anew nor followed by another step, the newest first."""
    kinds = readable_kinds(actor, catalog, CaseQuery())
    logins = (actor.login, *works_for(handed_over(session, today), actor.login, today))
    later, step = aliased(CaseApproval), aliased(CaseEvent)
    rows = session.execute(
        select(CaseApproval, Case, CaseEvent.note)
        .join(Case, Case.id == CaseApproval.case_id)
        # The reason stands in the history, written in the same moment.
        .join(
            CaseEvent,
            and_(CaseEvent.case_id == CaseApproval.case_id, CaseEvent.at == CaseApproval.decided_at),
        )
        .where(
            CaseApproval.asked_by.in_(logins),
            CaseApproval.state == RETURNED,
            Case.closed.is_(None),
            Case.kind.in_(kinds),
            ~exists().where(later.case_id == CaseApproval.case_id, later.id > CaseApproval.id),
            ~exists().where(step.case_id == CaseApproval.case_id, step.id > CaseEvent.id, step.command != ""),
        )
        .order_by(CaseApproval.decided_at.desc(), CaseApproval.id.desc())
        .limit(limit)
    )
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    lines = []
    for row, case, reason in rows:
        transition = catalog.lifecycle_of(catalog.case_kinds[case.kind]).by_command.get(row.command)
        lines.append(
            ReturnedCase(
                approval=row.id,
                case_id=case.id,
                number=case.number,
                title=case.title,
                step=transition.title if transition else row.command,
                returned_by=names.get(row.decided_by or "", row.decided_by or ""),
                returned_at=row.decided_at or row.asked_at,
                reason=reason,
            )
        )
    return lines


def _held(actor: Actor, permission: str) -> dict[str, list[Scope]]:
    """Where a permission is held, by the colleague in whose name; empty for the own one."""
    found: dict[str, list[Scope]] = {}
    for item in actor.granted:
        if item.permission == permission:
            found.setdefault(item.behalf, []).append(item.scope)
    return found
