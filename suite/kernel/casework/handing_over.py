"""Handing all open work over for some days (工作移交), and only the signature (委托审批)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import func, insert, select

from suite.contract.commands import Actor, Change, Command, Done
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.accounts.commands import beyond
from suite.kernel.accounts.others import Place, other_may
from suite.kernel.accounts.queries import HeldGrant, expanded
from suite.kernel.accounts.rules import area_of
from suite.kernel.casework.current import may
from suite.kernel.casework.handing import handed_over, works_for
from suite.kernel.executor.work import Transaction
from suite.tables import Case, CaseEvent, Grant, HandOver, Section, User

#: Who is away for longer has left the work, and each case is given to somebody for good.
LONGEST = 366
#: The actions of a signature.
SIGNATURES = ("case:review", "case:approve")
CHANGED = "core.hand_over"


@dataclass(frozen=True, kw_only=True)
class HandOverWork(Command):
    """Hand all of one's open cases, with their clocks, and one's signature over until a last day (included).

    From the day after they are back, without anybody's doing. `giver`: whose work it is, oneself by default;
    for a colleague who is away the head of the section does so, or who manages users and holds as much.
    """

    permission: ClassVar[str] = "{owner}:case:read"
    title: ClassVar[str] = "移交全部工作"

    to: str
    until: dt.date
    reason: str
    first_day: dt.date | None = None
    giver: str | None = None


@dataclass(frozen=True, kw_only=True)
class DelegateSignature(Command):
    """Let a colleague sign in one's name until a last day (included); the entry says so (代)."""

    permission: ClassVar[str] = "{owner}:case:read"
    title: ClassVar[str] = "委托审批"

    to: str
    until: dt.date
    reason: str
    first_day: dt.date | None = None
    giver: str | None = None


@dataclass(frozen=True, kw_only=True)
class EndHandOver(Command):
    """End what was handed over before its last day: from today it is back."""

    permission: ClassVar[str] = "{owner}:case:read"
    title: ClassVar[str] = "提前收回移交"

    hand_over: int


def hand_over_work(command: HandOverWork, work: Transaction) -> Done:
    """Write it, and a line into each open case. Refuses who may not handle one of them."""
    giver, taker, first = _checked(command, work)
    handed = handed_over(work.session, work.today)
    logins = (giver.login, *works_for(handed, giver.login, work.today))
    mine = (Case.handler.in_(logins), Case.closed.is_(None))
    places = work.session.execute(
        select(Case.profession, Case.district_code, Case.association, func.count())
        .where(*mine)
        .group_by(Case.profession, Case.district_code, Case.association)
    ).all()
    lacking = sum(
        number
        for profession, district, association, number in places
        if not other_may(work, taker.login, "case:handle", Place(profession, district, association))
    )
    if lacking:
        text = f"{taker.name} 无权办理其中 {lacking} 件在办件，请改选他人，或先由管理员授权。"
        raise refuse("hand_over.blind", text, ProblemKind.NOT_PERMITTED, field="to")
    row = _write(command, giver, taker, first, work, cases=True)
    days = f"{first} 至 {command.until}"
    many = _tell(work, logins, f"工作移交：{days} 由{taker.name}代办", command.reason)
    return Done(
        text=f"{giver.name} 的 {many} 件在办件 {days} 由 {taker.name} 代办，到期自动收回",
        changes=(Change(kind=CHANGED, ids=(row.id,)), *_changes(work, logins)),
        result={"hand_over": row.id, "cases": many, "until": command.until},
    )


def signs(actor: Actor) -> bool:
    """Whether somebody has a signature of his own to hand over."""
    return any(
        item.permission.partition(":")[2] in SIGNATURES
        and not item.behalf
        and area_of(item.permission) is None
        for item in actor.granted
    )


def delegate_signature(command: DelegateSignature, work: Transaction) -> Done:
    """Write it. Refuses a giver who signs nothing."""
    giver, taker, first = _checked(command, work)
    if giver.login == work.actor.login and not signs(work.actor):
        raise refuse("delegate.nothing", "您没有审批权限，无从委托。", ProblemKind.FORBIDDEN)
    row = _write(command, giver, taker, first, work, cases=False)
    text = f"{first} 至 {command.until} 由 {taker.name} 代 {giver.name} 审批，到期自动收回"
    return Done(
        text=text,
        changes=(Change(kind=CHANGED, ids=(row.id,)),),
        result={"hand_over": row.id, "until": command.until},
    )


def end_hand_over(command: EndHandOver, work: Transaction) -> Done:
    """Let yesterday be its last day; one that has not begun never does."""
    found = work.session.get(HandOver, command.hand_over)
    if found is None or found.last_day < work.today:
        raise refuse("hand_over.unknown", "没有这项移交，或已经收回。请刷新。", field="hand_over")
    giver = work.session.get_one(User, found.giver)
    _may_give(giver, work)
    if found.first_day >= work.today:
        # Its days are moved behind it: nothing is deleted, and no day of it is left.
        found.first_day = work.today - dt.timedelta(days=1)
    found.last_day = work.today - dt.timedelta(days=1)
    work.session.flush()
    many = _tell(work, (giver.login,), f"工作收回：由{giver.name}继续办理", "") if found.cases else 0
    words = f"{many} 件在办件由 {giver.name} 继续办理" if found.cases else "委托的审批已收回"
    return Done(
        text=f"已提前收回，{words}",
        changes=(Change(kind=CHANGED, ids=(found.id,)), *_changes(work, (giver.login,))),
        result={"hand_over": found.id, "cases": many},
    )


def _checked(command: HandOverWork | DelegateSignature, work: Transaction) -> tuple[User, User, dt.date]:
    """Giver, taker and first day. Refuses strangers, days that are over or taken, and who is away himself."""
    giver = _user(command.giver or work.actor.login, "giver", work)
    taker = _user(command.to, "to", work)
    first = command.first_day or work.today
    if giver.login == taker.login:
        raise refuse("hand_over.self", "不能移交给本人，请另选同事。", field="to")
    _may_give(giver, work)
    if not command.reason.strip():
        raise refuse("reason.required", "请写明事由，如休假、出差。", field="reason")
    if first < work.today or command.until < first:
        text = "起始日不能早于今天，截止日不能早于起始日。"
        raise refuse("hand_over.days", text, field="until")
    if (command.until - first).days >= LONGEST:
        text = f"移交至多 {LONGEST} 天；更久请逐件移交办件。"
        raise refuse("hand_over.long", text, field="until")
    for other in handed_over(work.session, first):
        meets = other.first_day <= command.until
        if meets and other.giver == giver.login and other.cases >= isinstance(command, HandOverWork):
            text = f"{other.days} 已移交 {other.taker_name}，请先收回。"
            raise refuse("hand_over.taken", text, ProblemKind.FORBIDDEN, field="first_day")
        if meets and other.giver == taker.login:
            text = f"{taker.name} 在 {other.days} 的工作已移交 {other.taker_name}，请改选他人。"
            raise refuse("hand_over.away", text, ProblemKind.FORBIDDEN, field="to")
    return giver, taker, first


def _user(login: str, field: str, work: Transaction) -> User:
    user = work.session.get(User, login)
    if user is None or not user.active:
        raise refuse("party.user", f"没有在用的用户“{login[:60]}”，请填登录名。", field=field)
    return user


def _may_give(giver: User, work: Transaction) -> None:
    """Raises Refused to who is neither the giver nor his head nor manages users, or holds less than he."""
    if giver.login == work.actor.login:
        return
    section = work.session.get(Section, giver.section_id) if giver.section_id else None
    heads = section is not None and section.head == work.actor.login
    if not heads and not work.actor.may("core:user:manage"):
        text = f"只有 {giver.name} 本人、其科室负责人或管理用户的人可以移交。"
        raise refuse("not_permitted", text, ProblemKind.NOT_PERMITTED, field="giver")
    for grant in work.session.scalars(select(Grant).where(Grant.login == giver.login)):
        held = HeldGrant(
            role=grant.role,
            profession=grant.profession,
            district=grant.district_code,
            association=grant.association,
            giver=giver.login,
        )
        # All that the taker will hold of it, his looking into the cases too.
        lacking = beyond(expanded(held, work.catalog), work, passing=True)
        if lacking is not None:
            text = (
                f"{giver.name} 有您没有的权限（“{lacking}”等），您不能代其移交，请由本人或其科室负责人移交。"
                "都不在的，由管理用户的人另设科室负责人，或者给接办的人授予角色，再逐件移交办件。"
            )
            raise refuse("grant.beyond", text, ProblemKind.NOT_PERMITTED, field="giver")


def _write(
    command: HandOverWork | DelegateSignature,
    giver: User,
    taker: User,
    first: dt.date,
    work: Transaction,
    *,
    cases: bool,
) -> HandOver:
    row = HandOver(
        giver=giver.login,
        taker=taker.login,
        section_id=giver.section_id,
        first_day=first,
        last_day=command.until,
        cases=cases,
        reason=command.reason.strip()[:200],
    )
    work.session.add(row)
    work.session.flush()
    return row


def _open_cases(work: Transaction, logins: tuple[str, ...]) -> list[Case]:
    """The open cases of the logins that the actor may work on or sign."""
    rows = work.session.scalars(
        select(Case).where(Case.handler.in_(logins), Case.closed.is_(None)).order_by(Case.id)
    )
    return [case for case in rows if may(work.actor, "case:read", case)]


def _tell(work: Transaction, logins: tuple[str, ...], title: str, note: str) -> int:
    """A line in the history of each open case; gives how many there are."""
    cases = _open_cases(work, logins)
    written = [
        case
        for case in cases
        if any(may(work.actor, f"case:{action}", case) for action in ("handle", "review", "approve"))
    ]
    if written:
        work.session.execute(
            insert(CaseEvent),
            [
                {
                    "case_id": case.id,
                    "profession": case.profession,
                    "district_code": case.district_code,
                    "association": case.association,
                    "at": work.now,
                    "on_date": work.today,
                    "by_login": work.actor.login,
                    "command": "",
                    "title": title,
                    "to_state": case.state,
                    "note": note.strip(),
                    "given": "{}",
                }
                for case in written
            ],
        )
    return len(cases)


def _changes(work: Transaction, logins: tuple[str, ...]) -> tuple[Change, ...]:
    """The cases whose lists have to be read anew, by kind."""
    kinds = work.session.scalars(
        select(Case.kind).where(Case.handler.in_(logins), Case.closed.is_(None)).distinct()
    )
    return tuple(Change(kind=kind, ids=(), many=True) for kind in sorted(kinds))
