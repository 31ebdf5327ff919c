"""What takes two persons: carried out or returned by another one, or taken back by who asked for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import ClassVar

from sqlalchemy import and_, not_, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Command, Done, Granted, Handler
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.accounts.deciders import elsewhere_in, may_decide
from suite.kernel.accounts.looking_again import look_again
from suite.kernel.accounts.queries import granted_to
from suite.kernel.accounts.rules import holds_somewhere
from suite.kernel.executor.second_person import APPROVED, OPEN, RETURNED, WITHDRAWN, put_together
from suite.kernel.executor.work import Transaction
from suite.loader.catalog import Catalog
from suite.tables import Request, User


@dataclass(frozen=True, kw_only=True)
class ApproveRequest(Command):
    """Approve what another one asked: it is carried out in the same transaction."""

    permission: ClassVar[str] = "core:request:decide"
    title: ClassVar[str] = "复核同意"

    request: int
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnRequest(Command):
    """Return what another one asked, with a reason; nothing is carried out."""

    permission: ClassVar[str] = "core:request:decide"
    title: ClassVar[str] = "复核退回"

    request: int
    opinion: str


@dataclass(frozen=True, kw_only=True)
class WithdrawRequest(Command):
    """Take back what one asked for oneself and nobody has decided yet."""

    permission: ClassVar[str] = "core:request:decide"
    title: ClassVar[str] = "撤回提请"

    request: int


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    """One request as a list shows it; `mine` was asked by the actor, who cannot decide it.

    `asker` and `decider` are the names of the logins `asked_by` and `decided_by`; `command` is the name of
    what is asked for.
    """

    id: int
    command: str
    title: str
    reason: str
    effect: str | None
    state: str
    asked_by: str
    asker: str
    asked_at: dt.datetime
    decided_by: str | None
    decider: str | None
    decision: str | None
    mine: bool


def approve_request(command: ApproveRequest, work: Transaction) -> Done:
    """Carry it out as asked by the one and approved by the other. Refuses the asker.

    What shows secrets is for the eyes of who asked: he may do it within a day. Refuses too what its asker may
    not do any more, and what concerns records that are not as they were shown.
    """
    request = _open(command.request, work)
    asker = work.session.get(User, request.asked_by)
    if asker is None or not asker.active:
        raise refuse("request.asker", "提请人已停用，请退回。", ProblemKind.FORBIDDEN)
    kind = work.command_named(request.command)
    if kind is None:
        raise refuse("command.unknown", f"没有命令 {request.command} 的处理程序，请退回。")
    look_again(request, asker.name, work)
    _decide(request, APPROVED, command.opinion, work)
    if kind.discloses:
        return Done(
            text=f"已同意 {asker.name} 的提请，一天内由其本人查看",
            changes=(Change(kind="core.request", ids=(request.id,)),),
        )
    asked = put_together(kind, request.fields)
    work.approved = asked
    done = work.run(asked)
    return Done(
        text=f"已同意 {asker.name} 的提请：{done.text}",
        changes=(*done.changes, Change(kind="core.request", ids=(request.id,))),
        warnings=done.warnings,
        result=done.result,
    )


def return_request(command: ReturnRequest, work: Transaction) -> Done:
    """Write the reason. Refuses an empty one, and the asker."""
    if not command.opinion.strip():
        raise refuse("reason.required", "请写明退回的理由。", field="opinion")
    request = _open(command.request, work)
    _decide(request, RETURNED, command.opinion, work)
    return Done(text="已退回", changes=(Change(kind="core.request", ids=(request.id,)),))


def withdraw_request(command: WithdrawRequest, work: Transaction) -> Done:
    """Nobody is asked any more. Refuses others' requests and decided ones."""
    request = _held(command.request, work)
    if request is None or request.asked_by != work.actor.login:
        raise refuse("request.unknown", f"没有您提请的 {command.request} 号事项。", field="request")
    _still_open(request)
    _decide(request, WITHDRAWN, "", work)
    return Done(text="已撤回提请，不再等待复核", changes=(Change(kind="core.request", ids=(request.id,)),))


def _held(number: int, work: Transaction) -> Request | None:
    """The request, held against another decision."""
    return work.session.scalar(select(Request).where(Request.id == number).with_for_update())


def _still_open(request: Request) -> None:
    if request.state == WITHDRAWN:
        raise refuse("request.withdrawn", "这项提请已由提请人撤回。", ProblemKind.STALE, field="request")
    if request.state != OPEN:
        raise refuse("request.decided", "这项提请已由他人复核，请刷新。", ProblemKind.STALE, field="request")


def _open(number: int, work: Transaction) -> Request:
    """The request, held against another decision, if the actor may decide it."""
    request = _held(number, work)
    if request is None or not _may_decide(
        request, work.actor, granted_to(work.session, work.catalog, request.asked_by, work.today)
    ):
        raise refuse("request.unknown", f"没有您可以复核的提请 {number}。", field="request")
    _still_open(request)
    if request.asked_by == work.actor.login:
        raise refuse(
            "request.own", "不能复核自己的提请，请由另一人办理。", ProblemKind.FORBIDDEN, field="request"
        )
    return request


def _may_decide(request: Request, actor: Actor, asker: tuple[Granted, ...]) -> bool:
    """Whether the actor may decide a request; asker: what the one who asked holds, as far as known."""
    return may_decide(
        actor,
        request.permission,
        (request.district_code, request.association),
        elsewhere_in(request.shown),
        request.asked_by,
        asker,
    )


def _decide(request: Request, state: str, opinion: str, work: Transaction) -> None:
    request.state, request.decided_by, request.decided_at = state, work.actor.login, work.now
    request.decision = opinion.strip()[:500] or None
    work.session.flush()


def request_lines(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    today: dt.date,
    *,
    waiting: bool = False,
    limit: int = 100,
) -> list[RequestLine]:
    """The actor's own requests and those that the actor may decide, newest first.

    waiting: only those that wait for a decision of the actor.
    """
    held = sorted({g.permission for g in actor.granted if holds_somewhere(actor, g.permission)})
    mine, others = Request.asked_by == actor.login, Request.permission.in_(held)
    wanted = and_(others, not_(mine), Request.state == OPEN) if waiting else or_(mine, others)
    asked = session.scalars(select(Request).where(wanted).order_by(Request.id.desc()))

    @cache
    def held_by(login: str) -> tuple[Granted, ...]:
        return granted_to(session, catalog, login, today)

    def shown(one: Request) -> bool:
        return one.asked_by == actor.login or _may_decide(one, actor, held_by(one.asked_by))

    rows = list(islice(filter(shown, asked), limit))
    if not rows:
        return []
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    return [
        RequestLine(
            id=row.id,
            command=row.command,
            title=row.title,
            reason=row.reason,
            effect=row.effect,
            state=row.state,
            asked_by=row.asked_by,
            asker=names.get(row.asked_by, row.asked_by),
            asked_at=row.asked_at,
            decided_by=row.decided_by,
            decider=names.get(row.decided_by or "", row.decided_by),
            decision=row.decision,
            mine=row.asked_by == actor.login,
        )
        for row in rows
    ]


HANDLERS: Mapping[type[Command], Handler] = {
    ApproveRequest: approve_request,
    ReturnRequest: return_request,
    WithdrawRequest: withdraw_request,
}
