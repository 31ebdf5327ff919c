"""Reading 双公示: one decision with its cells and faults, the three rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import Problem
from suite.kernel.casework.queries import may_read_case
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.credit.publicity.checking import Known
from suite.kernel.credit.publicity.columns import COLUMNS, Form
from suite.kernel.credit.publicity.gathering import Gathering
from suite.kernel.credit.publicity.listing import PublicityLine, line_of
from suite.kernel.credit.publicity.rules import Rate, Reported, rates
from suite.kernel.credit.scoping import KEEP, may, seen, unknown
from suite.loader.catalog import Catalog
from suite.tables import Case, Publicity, PublicitySend, Subject, User


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
    case = session.get(Case, row.case_id) if row.case_id is not None else None
    handler = session.scalar(select(User.name).where(User.login == case.handler)) if case else None
    kind = session.scalar(select(Subject.kind).where(Subject.id == row.subject_id))
    return PublicityFile(
        line=line_of(
            row,
            handler or row.by_login,
            kind or "",
            today,
            work_calendar(session),
            may_read_case(actor, catalog, case),
        ),
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
    last_open = func.max(case((PublicitySend.outcome.is_(None), PublicitySend.id), else_=0))
    sends = (
        select(
            PublicitySend.publicity_id,
            # What went out again before the platform answered is one sending.
            (
                func.count().filter(PublicitySend.outcome.is_not(None))
                + case((last_open == func.max(PublicitySend.id), 1), else_=0)
            ).label("sends"),
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
            Publicity.ceased_on,
            func.coalesce(sends.c.sends, 0),
            func.coalesce(sends.c.faulty, 0),
        )
        .outerjoin(sends, sends.c.publicity_id == Publicity.id)
        .where(
            seen(Publicity, actor, catalog, (profession,) if profession else ()),
            Publicity.reporter == "city",
            Publicity.case_id.is_not(None),
            Publicity.decided_on.between(first, last),
        )
    )
    return rates(
        (
            Reported(due=due, reported_on=reported, ceased_on=ceased, sends=count, faulty=faulty)
            for due, reported, ceased, count, faulty in rows
        ),
        today,
    )
