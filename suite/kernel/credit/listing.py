"""The list of credit records: narrowed, counted, ordered and paged where they lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.credit import CreditClass, Visibility
from suite.kernel.casework.queries import may_read_case
from suite.kernel.credit.disclosure import WAITING, Shown, shown
from suite.kernel.credit.scoping import seen
from suite.loader.catalog import Catalog
from suite.tables import Case, CreditRecord, Subject


@dataclass(frozen=True, kw_only=True)
class CreditLine:
    """One record as a list shows it. case_open: it comes from a case, and the reader may open it."""

    id: int
    subject_id: int
    kind: str
    name: str
    profession: str
    rule: str
    title: str
    content: str
    grade: str
    organ: str
    document_no: str
    decided_on: dt.date
    visibility: str
    state: Shown
    display_from: dt.date | None
    display_until: dt.date | None
    repairable_on: dt.date | None
    case_id: int | None
    case_open: bool
    version: int
    favourable: bool


@dataclass(frozen=True, kw_only=True)
class CreditQuery:
    """Which records: those of some professions, of a state (`disclosure.shown`'s key, or "waiting" for what
    waits for the bureau), with words in their name or number. Empty means all."""

    professions: tuple[str, ...] = ()
    state: str = ""
    text: str = ""


def credit_lines(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    query: CreditQuery,
    today: dt.date,
    *,
    limit: int | None = None,
) -> list[CreditLine]:
    """The records in scope, the latest decided first; with a limit the first so many of them."""
    wanted = _narrowed(actor, catalog, query)
    if query.state == "waiting":
        wanted.append(standing(today).in_(WAITING))
    elif query.state:
        wanted.append(standing(today) == query.state)
    rows = session.execute(
        select(CreditRecord, Subject, Case)
        .join(Subject, Subject.id == CreditRecord.subject_id)
        .outerjoin(Case, Case.id == CreditRecord.case_id)
        .where(*wanted)
        .order_by(CreditRecord.decided_on.desc(), CreditRecord.id.desc())
        .limit(limit)
    )
    return [
        line_of(row, subject, today, may_read_case(actor, catalog, of_case)) for row, subject, of_case in rows
    ]


def credit_counts(
    session: Session, actor: Actor, catalog: Catalog, query: CreditQuery, today: dt.date
) -> Mapping[str, int]:
    """How many records stand in each state, in "waiting" and, under the empty key, in all; whatever state is
    asked for. The states' numbers add up to that of all."""
    state = standing(today).label("standing")
    rows = session.execute(
        select(state, func.count())
        .select_from(CreditRecord)
        .join(Subject, Subject.id == CreditRecord.subject_id)
        .where(*_narrowed(actor, catalog, query))
        .group_by(state)
    )
    found: dict[str, int] = dict(rows.all())
    return {"": sum(found.values()), "waiting": sum(found.get(key, 0) for key in WAITING), **found}


def standing(today: dt.date) -> ColumnElement[str]:
    """The key of `disclosure.shown`, as the database finds it."""
    over = or_(CreditRecord.ended_on.is_not(None), CreditRecord.display_until < today)
    return case(
        (CreditRecord.reversed_on.is_not(None), "reversed"),
        (CreditRecord.favourable, "honour"),
        (and_(CreditRecord.stage == "disclosed", over), "ended"),
        else_=CreditRecord.stage,
    )


def _narrowed(actor: Actor, catalog: Catalog, query: CreditQuery) -> list[ColumnElement[bool]]:
    wanted = [seen(CreditRecord, actor, catalog, query.professions)]
    if query.text:
        wanted.append(
            or_(
                Subject.name.contains(query.text, autoescape=True),
                CreditRecord.document_no.contains(query.text, autoescape=True),
            )
        )
    return wanted


def line_of(row: CreditRecord, subject: Subject, today: dt.date, case_open: bool) -> CreditLine:
    """A record as a list shows it on a day, to one who may open its case or not."""
    return CreditLine(
        id=row.id,
        subject_id=row.subject_id,
        kind=subject.kind,
        name=subject.name,
        profession=row.profession,
        rule=row.rule,
        title=row.title,
        content=row.content,
        grade=CreditClass(row.grade).words if row.grade else "",
        organ=row.organ,
        document_no=row.document_no,
        decided_on=row.decided_on,
        visibility=Visibility(row.visibility).words,
        state=shown(
            stage=row.stage,
            favourable=row.favourable,
            display_until=row.display_until,
            ended_on=row.ended_on,
            reversed_on=row.reversed_on,
            today=today,
        ),
        display_from=row.display_from,
        display_until=row.display_until,
        repairable_on=row.repairable_on,
        case_id=row.case_id,
        case_open=case_open,
        version=row.version,
        favourable=row.favourable,
    )
