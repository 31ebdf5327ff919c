"""One's own notices: to the person, and to the holders of what the person holds."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.states import StateKind
from suite.kernel.accounts.rules import holds_somewhere
from suite.kernel.notices.declarations import LISTED_DAYS
from suite.kernel.parameters.queries import parameters_on
from suite.loader.catalog import Catalog
from suite.tables import Notice, NoticeReceipt, User

#: The list ends here; older ones come when these are done.
MOST_LINES = 200


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """One notice as its reader sees it; `done` also when the matter itself is over."""

    id: int
    kind: str
    title: str
    state: StateKind
    text: str
    page: str
    argument: tuple[str | int, ...]
    by: str
    raised_at: dt.datetime
    read: bool
    done: bool


def addressed(actor: Actor) -> ColumnElement[bool]:
    """The condition that a notice is the actor's; PostgreSQL's row-level security says the same."""
    held = {item for item in actor.granted if holds_somewhere(actor, item.permission)}
    permissions = sorted({item.permission for item in held})
    anywhere = and_(Notice.anywhere, Notice.permission.in_(permissions))
    by_place: dict[tuple[frozenset[str] | None, frozenset[str] | None], set[str]] = {}
    for item in held:
        by_place.setdefault((item.scope.districts, item.scope.associations), set()).add(item.permission)
    placed = [
        and_(
            Notice.permission.in_(sorted(wanted)),
            *([] if districts is None else [Notice.district_code.in_(sorted(districts))]),
            *([] if associations is None else [Notice.association.in_(sorted(associations))]),
        )
        for (districts, associations), wanted in by_place.items()
    ]
    of_others = and_(Notice.by_login != actor.login, or_(anywhere, *placed))
    return or_(Notice.login == actor.login, of_others)


def notice_lines(
    session: Session, actor: Actor, catalog: Catalog, today: dt.date, *, everything: bool = False
) -> list[NoticeLine]:
    """What waits for the actor, newest first; with `everything` also what is done or old."""
    listed = addressed(actor)
    if not everything:
        days = int(parameters_on(session, catalog, today)[LISTED_DAYS])
        listed = and_(
            listed,
            Notice.settled_at.is_(None),
            NoticeReceipt.done_at.is_(None),
            Notice.raised_on > today - dt.timedelta(days=days),
        )
    receipt = and_(NoticeReceipt.notice_id == Notice.id, NoticeReceipt.login == actor.login)
    rows = session.execute(
        select(Notice, NoticeReceipt.read_at, NoticeReceipt.done_at, User.name)
        .outerjoin(NoticeReceipt, receipt)
        .join(User, User.login == Notice.by_login)
        .where(listed)
        .order_by(Notice.id.desc())
        .limit(MOST_LINES)
    )
    return [_line(notice, read_at, done_at, name, catalog) for notice, read_at, done_at, name in rows]


def _line(
    notice: Notice, read_at: dt.datetime | None, done_at: dt.datetime | None, by: str, catalog: Catalog
) -> NoticeLine:
    kind = catalog.notices.get(notice.kind)
    return NoticeLine(
        id=notice.id,
        kind=notice.kind,
        title=kind.title if kind else "提醒",
        state=kind.state if kind else StateKind.NEUTRAL,
        text=notice.text,
        page=notice.page,
        argument=tuple(json.loads(notice.argument)),
        by=by,
        raised_at=notice.raised_at,
        read=read_at is not None,
        done=done_at is not None or notice.settled_at is not None,
    )
