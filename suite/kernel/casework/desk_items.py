"""What cases put on the desk (工作台): what breaks first, by its consequence, and what waits for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.kernel.casework.handing import Handed, handed_over, works_for
from suite.kernel.casework.queries import (
    CaseLine,
    CaseQuery,
    case_lines,
    of_kinds,
    readable_kinds,
)
from suite.kernel.casework.waiting import ReturnedCase, WaitingCase, returned_to, waiting_for
from suite.kernel.clocks.calendar import work_calendar
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseClock, User

#: What ends within so many working days is due soon.
SOON = 3
#: What was closed within so many days is told of.
CLOSED_WITHIN = 7
#: A desk shows what can be worked on; the rest stands in the list of cases.
MOST = 200


class DeskScope(StrEnum):
    """Whose cases a desk shows."""

    MINE = "mine"
    SECTION = "section"
    ALL = "all"

    @property
    def words(self) -> str:
        """What the tab is called."""
        return {"mine": "我经办", "section": "本科室", "all": "全部"}[self.value]


class Urgency(StrEnum):
    """The groups of the desk that clocks make, the most urgent first."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"

    @property
    def words(self) -> str:
        """What the group is called."""
        return {"overdue": "已逾期", "soon": f"{SOON} 个工作日内到期", "later": "本周及以后"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One person's desk. `counts` are of all cases, of which `due` holds the first; a group's lines are in
    order of consequence: what is decided by the lapse itself, then what ends first.

    handed: what is handed over to or by the reader on the day. scopes, districts, handlers (login and name):
    which the reader may choose from.
    """

    scope: DeskScope
    scopes: tuple[DeskScope, ...]
    districts: tuple[str, ...]
    handlers: tuple[tuple[str, str], ...]
    counts: Mapping[Urgency, int]
    due: Mapping[Urgency, tuple[CaseLine, ...]]
    waiting: tuple[WaitingCase, ...]
    returned: tuple[ReturnedCase, ...]
    closed: int
    closed_last: str
    handed: tuple[Handed, ...]

    @property
    def pressing(self) -> int:
        """How many matters want the reader now."""
        wanted = self.counts[Urgency.OVERDUE] + self.counts[Urgency.SOON]
        return wanted + len(self.waiting) + len(self.returned)


def desk_of(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    today: dt.date,
    *,
    scope: DeskScope | None = None,
    district: str | None = None,
    handler: str | None = None,
) -> Desk:
    """The desk of a reader; without a scope his own cases, the section's for its head, or all where he
    handles none.

    district, handler: only the cases of this one; of a handler also what he works on for others.
    """
    handed = handed_over(session, today)
    own = tuple(item for item in handed if actor.login in (item.giver, item.taker))
    section = session.scalar(select(User.section_id).where(User.login == actor.login))
    kinds = readable_kinds(actor, catalog, CaseQuery())
    handles = any(actor.may(f"{catalog.case_kinds[key].rights}:case:handle") for key in kinds)
    scopes = tuple(
        item
        for item, there in (
            (DeskScope.MINE, handles),
            (DeskScope.SECTION, section is not None and handles),
            (DeskScope.ALL, True),
        )
        if there
    )
    heads = DeskScope.SECTION in scopes and any(
        item.permission.endswith(":case:review") and not item.behalf for item in actor.granted
    )
    chosen = scope if scope in scopes else DeskScope.SECTION if heads else scopes[0]
    if not kinds:
        return Desk(
            scope=chosen, scopes=(), districts=(), handlers=(), counts=dict.fromkeys(Urgency, 0),
            due=dict.fromkeys(Urgency, ()), waiting=(), returned=(), closed=0, closed_last="", handed=own,
        )  # fmt: skip
    within = [of_kinds(actor, catalog, kinds)]
    if chosen is DeskScope.MINE:
        logins = (actor.login, *works_for(handed, actor.login, today))
        within.append(Case.handler.in_(logins))
    elif chosen is DeskScope.SECTION:
        within.append(Case.handler.in_(select(User.login).where(User.section_id == section)))
    placed = [*within, *([Case.district_code == district] if district else [])]
    if handler:
        placed.append(Case.handler.in_((handler, *works_for(handed, handler, today))))
    counts, due = _due(session, actor, catalog, today, placed)
    closed, last = _closed(session, today, placed)
    return Desk(
        scope=chosen,
        scopes=scopes,
        districts=_districts(session, within),
        handlers=_handlers(session, within) if chosen is not DeskScope.MINE else (),
        counts=counts,
        due=due,
        waiting=tuple(waiting_for(session, actor, catalog)),
        returned=tuple(returned_to(session, actor, catalog, today)),
        closed=closed,
        closed_last=last,
        handed=own,
    )


def urgency_of(due: dt.date, today: dt.date, soon: dt.date) -> Urgency:
    """The group of a day on which a clock ends; `soon` is the last day that is soon."""
    if due < today:
        return Urgency.OVERDUE
    return Urgency.SOON if due <= soon else Urgency.LATER


def _due(
    session: Session, actor: Actor, catalog: Catalog, today: dt.date, within: list[ColumnElement[bool]]
) -> tuple[dict[Urgency, int], dict[Urgency, tuple[CaseLine, ...]]]:
    """How many cases have a clock that ends in each group, and the first lines of each. Closing a case stops
    its clocks, but for those that its last step starts: what is still to be done after the end."""
    soon = work_calendar(session).nth_working(today, SOON) or today
    deciding = [limit.key for limit in catalog.limits.values() if limit.decides]
    lapsed = and_(CaseClock.due < today, CaseClock.limit_key.in_(deciding))
    first = (
        select(
            Case.id.label("id"),
            func.min(CaseClock.due).label("due"),
            func.max(case((lapsed, 1), else_=0)).label("lapsed"),
        )
        .join(Case, Case.id == CaseClock.case_id)
        .where(CaseClock.stopped.is_(None), CaseClock.due.is_not(None), *within)
        .group_by(Case.id)
        .subquery()
    )
    # How many there are beside each of the first lines: all the running clocks are gone through once.
    late, near = first.c.due < today, first.c.due <= soon
    rows = session.execute(
        select(
            first.c.id,
            func.sum(case((late, 1), else_=0)).over(),
            func.sum(case((near, 1), else_=0)).over(),
            func.count().over(),
        )
        .order_by(first.c.lapsed.desc(), first.c.due, first.c.id)
        .limit(MOST)
    ).all()
    ids = [row[0] for row in rows]
    overdue, pressing, every = (int(number) for number in rows[0][1:]) if rows else (0, 0, 0)
    counts = {
        Urgency.OVERDUE: overdue,
        Urgency.SOON: pressing - overdue,
        Urgency.LATER: every - pressing,
    }
    lines: dict[Urgency, list[CaseLine]] = {group: [] for group in Urgency}
    for line in case_lines(session, actor, catalog, ids, today=today):
        if line.due is not None:
            lines[urgency_of(line.due, today, soon)].append(line)
    return counts, {
        group: tuple(sorted(found, key=lambda line: (not line.decides, line.due, line.id)))
        for group, found in lines.items()
    }


def _closed(session: Session, today: dt.date, within: list[ColumnElement[bool]]) -> tuple[int, str]:
    """How many were closed lately, and the last of them."""
    lately = (Case.closed > today - dt.timedelta(days=CLOSED_WITHIN), *within)
    number = session.scalar(select(func.count()).select_from(Case).where(*lately)) or 0
    last = session.execute(
        select(Case.number, Case.closed).where(*lately).order_by(Case.closed.desc(), Case.id.desc()).limit(1)
    ).first()
    return number, f"{last.number}（{last.closed:%m-%d}）" if last is not None else ""


def _districts(session: Session, within: list[ColumnElement[bool]]) -> tuple[str, ...]:
    """The districts in which there is open work, in the order of their codes."""
    found = session.scalars(
        select(Case.district_code)
        .where(Case.closed.is_(None), Case.district_code.is_not(None), *within)
        .distinct()
        .order_by(Case.district_code)
    )
    return tuple(code for code in found if code is not None)


def _handlers(session: Session, within: list[ColumnElement[bool]]) -> tuple[tuple[str, str], ...]:
    """Who has open work, by name."""
    logins = select(Case.handler).where(Case.closed.is_(None), *within).distinct()
    rows = session.execute(
        select(User.login, User.name).where(User.login.in_(logins)).order_by(User.name, User.login)
    )
    return tuple((login, name) for login, name in rows)
