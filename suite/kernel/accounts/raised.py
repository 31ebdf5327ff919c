"""Notices about requests that wait for a second person, and about one's own rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import select

from suite.contract.commands import Command, Done, Side, Work
from suite.contract.declarations import Declaration
from suite.contract.notices import NewNotice, NoticeKind
from suite.contract.states import StateKind
from suite.kernel.accounts.deciders import elsewhere_in
from suite.kernel.accounts.rules import side_of
from suite.tables import Request, User

if TYPE_CHECKING:
    from suite.kernel.accounts.commands import GrantRole, RevokeRole

#: Where the window shows them: a part of the settings and what stands in it.
PAGE, REQUESTS, WHY = "settings", ("rights", "requests"), ("rights", "why")
#: As `suite.kernel.executor.second_person` writes them.
OPEN = "open"
WHOSE = {Side.BUREAU: "", Side.ASSOCIATION: "其协会的"}
DECIDED = {"approved": "同意", "returned": "退回"}


def _requests(done: Done, work: Work) -> Iterator[Request]:
    """The requests that a command made or decided."""
    ids = [number for change in done.changes if change.kind == "core.request" for number in change.ids]
    if ids:
        yield from work.session.scalars(select(Request).where(Request.id.in_(ids)))


def _about(request: Request) -> str:
    return f"core.request:{request.id}"


def request_asked(command: Command, done: Done, work: Work) -> Iterator[NewNotice]:
    """To whoever may decide it: another holder of the permission there. The reason stays in the request.

    A notice goes to both sides of the house; it says on which of them the other person is to be found.
    """
    for request in _requests(done, work):
        if request.state == OPEN:
            if elsewhere_in(request.shown):
                yield from _to_each(request, done, work)
                continue
            whose = WHOSE[side_of(work.actor.granted, request.permission) or Side.BUREAU]
            yield NewNotice(
                text=f"{work.actor.name} 提请“{request.title}”（编号 {request.id}），等待{whose}另一人复核。",
                permission=request.permission,
                district=request.district_code,
                association=request.association,
                page=PAGE,
                argument=REQUESTS,
                about=_about(request),
            )


def _to_each(request: Request, done: Done, work: Work) -> Iterator[NewNotice]:
    """Few hold what is asked in several professions: each of them is told, and nobody else."""
    for login in (login for told in done.warnings for login in told.data.get("deciders", ())):
        yield NewNotice(
            text=f"{work.actor.name} 提请“{request.title}”（编号 {request.id}），等待您复核。",
            login=login,
            page=PAGE,
            argument=REQUESTS,
            about=_about(request),
        )


def request_over(command: Command, done: Done, work: Work) -> Iterable[str]:
    """Decided by one or taken back, it waits for nobody any more."""
    return [_about(request) for request in _requests(done, work) if request.state != OPEN]


def request_decided(command: Command, done: Done, work: Work) -> Iterator[NewNotice]:
    """To the one who asked."""
    for request in _requests(done, work):
        if word := DECIDED.get(request.state):
            said = f"：{request.decision}" if request.decision else "。"
            yield NewNotice(
                text=f"您提请的“{request.title}”（编号 {request.id}）已由 {work.actor.name} {word}{said}",
                login=request.asked_by,
                page=PAGE,
                argument=REQUESTS,
            )


def rights_changed(command: GrantRole | RevokeRole, done: Done, work: Work) -> Iterator[NewNotice]:
    """To the one whose rights they are."""
    if command.login != work.actor.login and work.session.get(User, command.login) is not None:
        text = f"您的权限有变动，重新打开窗口后生效：{done.text}。"
        yield NewNotice(text=text, login=command.login, page=PAGE, argument=WHY)


DECLARATIONS: tuple[Declaration, ...] = (
    NoticeKind(
        key="core.request_waits",
        title="待复核",
        state=StateKind.WARN,
        raised=request_asked,
        settled=request_over,
    ),
    NoticeKind(key="core.request_decided", title="复核结果", state=StateKind.RUN, raised=request_decided),
    NoticeKind(
        key="core.rights_changed",
        title="权限变动",
        state=StateKind.NEW,
        after=("GrantRole", "RevokeRole"),
        raised=rights_changed,
    ),
)
