"""The list of 双公示: narrowed, counted, ordered and paged where it lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.kernel.casework.queries import may_read_case
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.credit.publicity.rules import (
    EXPIRED,
    LATE,
    PENDING,
    THERE,
    WAITING,
    PublicState,
    kept_back,
    state_on,
)
from suite.kernel.credit.scoping import seen
from suite.loader.catalog import Catalog
from suite.tables import Case, Publicity, Subject, User

#: By when what waits is to be done.
URGENT = case(
    (and_(Publicity.withdraw_due.is_not(None), Publicity.withdrawn_on.is_(None)), Publicity.withdraw_due),
    else_=Publicity.due,
)


@dataclass(frozen=True, kw_only=True)
class PublicityLine:
    """One decision as the list shows it. left: working days until it is due, below zero when late; None
    where nothing runs. kept_back: it is reported and shown nowhere. owner: the name of who handles its
    case. case_open: it has a case, and the reader may open it."""

    id: int
    form: str
    person: bool
    name: str
    title: str
    document_no: str
    reporter: str
    profession: str
    decided_on: dt.date
    due: dt.date
    left: int | None
    provisional: bool
    state: PublicState
    late: bool
    kept_back: bool
    reported_on: dt.date | None
    published_on: dt.date | None
    rejection: str
    owner: str
    case_id: int | None
    case_open: bool
    subject_id: int | None
    kind: str
    version: int


@dataclass(frozen=True, kw_only=True)
class PublicityQuery:
    """Which decisions. state: a key of `rules.STATES`, "waiting" for what waits for the bureau, "today" for
    what is due today or overdue. Empty means all."""

    state: str = ""
    professions: tuple[str, ...] = ()
    form: str = ""
    text: str = ""
    ids: tuple[int, ...] = ()


def publicity_lines(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    query: PublicityQuery,
    today: dt.date,
    *,
    limit: int | None = None,
) -> list[PublicityLine]:
    """The decisions in scope: what waits first, the most urgent of it on top, then the latest; with a limit
    the first so many of them."""
    waits = Publicity.state.in_(WAITING)
    wanted = _narrowed(actor, catalog, query)
    if query.state in ("waiting", "today"):
        wanted.append(waits)
    if query.state == "today":
        wanted.append(today >= URGENT)
    elif query.state not in ("", "waiting"):
        wanted.append(standing(today) == query.state)
    rows = session.execute(
        select(Publicity, User.name, Subject.kind, Case)
        .outerjoin(Case, Case.id == Publicity.case_id)
        .outerjoin(Subject, Subject.id == Publicity.subject_id)
        .outerjoin(User, User.login == func.coalesce(Case.handler, Publicity.by_login))
        .where(*wanted)
        .order_by(
            case((waits, 0), else_=1),
            case((waits, URGENT)),
            Publicity.decided_on.desc(),
            Publicity.id.desc(),
        )
        .limit(limit)
    )
    calendar = work_calendar(session)
    return [
        line_of(
            row, owner or row.by_login, kind or "", today, calendar, may_read_case(actor, catalog, of_case)
        )
        for row, owner, kind, of_case in rows
    ]


def publicity_counts(
    session: Session, actor: Actor, catalog: Catalog, query: PublicityQuery, today: dt.date
) -> Mapping[str, int]:
    """How many decisions stand in each state, in "waiting", in "today", of those in "overdue" (reporting or
    withdrawing) and, under the empty key, in all; whatever state is asked for. The states' numbers add up to
    that of all."""
    state = standing(today).label("standing")
    waits = Publicity.state.in_(WAITING)
    found: dict[str, int] = {}
    waiting = urgent = overdue = 0
    for key, number, waiting_here, urgent_here, overdue_here in session.execute(
        select(
            state,
            func.count(),
            func.count().filter(waits),
            func.count().filter(and_(waits, today >= URGENT)),
            func.count().filter(and_(waits, today > URGENT)),
        )
        .where(*_narrowed(actor, catalog, query))
        .group_by(state)
    ):
        found[key] = number
        waiting += waiting_here
        urgent += urgent_here
        overdue += overdue_here
    return {"": sum(found.values()), "waiting": waiting, "today": urgent, "overdue": overdue, **found}


def standing(today: dt.date) -> ColumnElement[str]:
    """The key of `rules.state_on`, as the database finds it."""
    return case(
        (and_(Publicity.state == PENDING, Publicity.due < today), LATE),
        (and_(Publicity.state.in_(THERE), Publicity.display_until < today), EXPIRED),
        else_=Publicity.state,
    )


def _narrowed(actor: Actor, catalog: Catalog, query: PublicityQuery) -> list[ColumnElement[bool]]:
    wanted = [seen(Publicity, actor, catalog, query.professions)]
    if query.form:
        wanted.append(Publicity.form == query.form)
    if query.ids:
        wanted.append(Publicity.id.in_(query.ids))
    if query.text:
        wanted.append(
            or_(
                Publicity.name.contains(query.text, autoescape=True),
                Publicity.document_no.contains(query.text, autoescape=True),
            )
        )
    return wanted


def line_of(
    row: Publicity, owner: str, kind: str, today: dt.date, calendar: Any, case_open: bool
) -> PublicityLine:
    """A decision as the list shows it on a day, to one who may open its case or not."""
    waits = row.withdraw_due if row.withdraw_due and row.withdrawn_on is None else row.due
    left = None
    if row.state in WAITING:
        left = (
            calendar.working_between(today, waits)
            if waits >= today
            else -max(1, calendar.working_between(waits, today))
        )
    return PublicityLine(
        id=row.id,
        form=row.form,
        person=row.person,
        name=row.name,
        title=row.title,
        document_no=row.document_no,
        reporter=row.reporter,
        profession=row.profession,
        decided_on=row.decided_on,
        due=waits,
        left=left,
        provisional=row.provisional,
        state=state_on(row.state, row.due, row.display_until, today),
        late=(row.reported_on or today) > row.due,
        kept_back=kept_back(row.form == "penalty", row.case_id is not None, row.display_until),
        reported_on=row.reported_on,
        published_on=row.published_on,
        rejection=row.rejection,
        owner=owner,
        case_id=row.case_id,
        case_open=case_open,
        subject_id=row.subject_id,
        kind=kind,
        version=row.version,
    )
