"""Reading 双公示: what must be reported when, one decision with its cells and faults, the three rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import Problem
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.credit.publicity.checking import Known
from suite.kernel.credit.publicity.columns import COLUMNS, Form
from suite.kernel.credit.publicity.gathering import Gathering
from suite.kernel.credit.publicity.rules import (
    WAITING,
    PublicState,
    Rate,
    Reported,
    rates,
    state_on,
)
from suite.kernel.credit.scoping import KEEP, may, seen, unknown
from suite.loader.catalog import Catalog
from suite.tables import Case, Publicity, PublicitySend, Subject, User

MOST = 2_000
#: By when what waits is to be done.
URGENT = case((Publicity.withdraw_due.is_not(None), Publicity.withdraw_due), else_=Publicity.due)


@dataclass(frozen=True, kw_only=True)
class PublicityLine:
    """One decision as the list shows it. left: working days until it is due, below zero when late; None
    where nothing runs. owner: the name of who handles its case."""

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
    reported_on: dt.date | None
    published_on: dt.date | None
    rejection: str
    owner: str
    case_id: int | None
    subject_id: int | None
    kind: str
    version: int


@dataclass(frozen=True, kw_only=True)
class CellLine:
    """One cell of the national table: what it is, what it says (masked), what is wrong with it."""

    code: str
    title: str
    value: str
    filled: bool
    secret: bool
    values: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class SendLine:
    """One sending and what became of it."""

    on: dt.date
    by: str
    file_name: str
    masked: bool
    outcome: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class PublicityFile:
    """One decision in full."""

    line: PublicityLine
    cells: tuple[CellLine, ...]
    problems: tuple[Problem, ...]
    sends: tuple[SendLine, ...]
    display_until: dt.date | None
    channel: str
    withdraw_reason: str
    may_keep: bool


@dataclass(frozen=True, kw_only=True)
class PublicityQuery:
    """Which decisions. state: a key of `rules.STATES`, "waiting" for what waits for the bureau, "today" for
    what is due today or overdue. Empty means all."""

    state: str = ""
    profession: str = ""
    form: str = ""
    text: str = ""


def publicity_lines(
    session: Session, actor: Actor, catalog: Catalog, query: PublicityQuery, today: dt.date
) -> list[PublicityLine]:
    """The decisions in scope: what waits first, the most urgent of it on top, then the latest."""
    professions = (query.profession,) if query.profession else ()
    waits = Publicity.state.in_(WAITING)
    statement = (
        select(Publicity, User.name, Subject.kind)
        .outerjoin(Case, Case.id == Publicity.case_id)
        .outerjoin(Subject, Subject.id == Publicity.subject_id)
        .outerjoin(User, User.login == func.coalesce(Case.handler, Publicity.by_login))
        .where(seen(Publicity, actor, catalog, professions))
        .order_by(
            case((waits, 0), else_=1),
            case((waits, URGENT)),
            Publicity.decided_on.desc(),
            Publicity.id.desc(),
        )
    )
    if query.form:
        statement = statement.where(Publicity.form == query.form)
    if query.state in ("waiting", "today"):
        statement = statement.where(waits)
    if query.text:
        like = f"%{query.text}%"
        statement = statement.where(or_(Publicity.name.like(like), Publicity.document_no.like(like)))
    calendar = work_calendar(session)
    found = []
    for row, owner, kind in session.execute(statement.limit(MOST)):
        found.append(_line(row, owner or row.by_login, kind or "", today, calendar))
    if query.state == "today":
        return [line for line in found if line.left is not None and line.left <= 0]
    return [line for line in found if query.state in ("", "waiting", line.state.key)]


def _line(row: Publicity, owner: str, kind: str, today: dt.date, calendar: Any) -> PublicityLine:
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
        reported_on=row.reported_on,
        published_on=row.published_on,
        rejection=row.rejection,
        owner=owner,
        case_id=row.case_id,
        subject_id=row.subject_id,
        kind=kind,
        version=row.version,
    )


def publicity_file(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    parameters: Mapping[str, Any],
    number: int,
    today: dt.date,
) -> PublicityFile:
    """One decision with its cells as the platform gets them, numbers masked, and what is wrong with them."""
    row = session.get(Publicity, number)
    if row is None or not may(actor, "credit:read", row):
        raise unknown("decision")
    gathering = Gathering(session=session, actor=actor, catalog=catalog, parameters=parameters)
    [found] = gathering.all_of([row], Known(today=today))
    public = found.public()
    sends = session.execute(
        select(PublicitySend, User.name)
        .outerjoin(User, User.login == PublicitySend.by_login)
        .where(PublicitySend.publicity_id == row.id)
        .order_by(PublicitySend.id.desc())
    )
    outcomes = {"accepted": "已接收", "rejected": "退回", None: "待反馈"}
    handler = session.scalar(
        select(User.name).join(Case, Case.handler == User.login).where(Case.id == row.case_id)
    )
    kind = session.scalar(select(Subject.kind).where(Subject.id == row.subject_id))
    return PublicityFile(
        line=_line(row, handler or row.by_login, kind or "", today, work_calendar(session)),
        cells=tuple(
            CellLine(
                code=column.code,
                title=column.title,
                value=public[column.code],
                filled=column.code in found.filled,
                secret=column.secret,
                values=column.values,
                problems=tuple(item for item in found.problems if item.field == column.code),
            )
            for column in COLUMNS[Form(row.form)]
        ),
        problems=found.problems,
        sends=tuple(
            SendLine(
                on=send.sent_on,
                by=name or send.by_login,
                file_name=send.file_name,
                masked=send.masked,
                outcome="公示稿" if send.masked else outcomes[send.outcome],
                answer=f"{send.place}：{send.answer}" if send.place else send.answer,
            )
            for send, name in sends
        ),
        display_until=row.display_until,
        channel=row.channel,
        withdraw_reason=row.withdraw_reason,
        may_keep=may(actor, KEEP, row),
    )


def publicity_faults(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    parameters: Mapping[str, Any],
    numbers: Sequence[int],
    today: dt.date,
) -> dict[int, tuple[Problem, ...]]:
    """What the check has against each of these decisions; empty where it may go."""
    rows = session.scalars(
        select(Publicity).where(Publicity.id.in_(numbers), seen(Publicity, actor, catalog))
    ).all()
    gathering = Gathering(session=session, actor=actor, catalog=catalog, parameters=parameters)
    return {item.row.id: item.problems for item in gathering.all_of(rows, Known(today=today))}


def publicity_rates(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    first: dt.date,
    last: dt.date,
    today: dt.date,
    profession: str = "",
) -> tuple[Rate, Rate, Rate]:
    """The three rates over what was decided from one day to another, both inclusive, and is ours to report.

    What came as opening stock was not reported by the suite and counts to none.
    """
    sends = (
        select(
            PublicitySend.publicity_id,
            func.count().label("sends"),
            func.count().filter(PublicitySend.outcome == "rejected").label("faulty"),
        )
        .where(PublicitySend.masked.is_(False))
        .group_by(PublicitySend.publicity_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Publicity.due,
            Publicity.reported_on,
            func.coalesce(sends.c.sends, 0),
            func.coalesce(sends.c.faulty, 0),
        )
        .outerjoin(sends, sends.c.publicity_id == Publicity.id)
        .where(
            seen(Publicity, actor, catalog, (profession,) if profession else ()),
            Publicity.reporter == "city",
            Publicity.case_id.is_not(None),
            Publicity.state != "dropped",
            Publicity.decided_on.between(first, last),
        )
    )
    return rates(
        (
            Reported(due=due, reported_on=reported, sends=count, faulty=faulty)
            for due, reported, count, faulty in rows
        ),
        today,
    )
