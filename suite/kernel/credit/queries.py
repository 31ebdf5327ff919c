"""Reading credit: one record in full, one subject's file across a person's roles, files for platforms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import refuse
from suite.kernel.casework.queries import may_read_case
from suite.kernel.credit.disclosure import STEPS
from suite.kernel.credit.display import RULES
from suite.kernel.credit.listing import CreditLine, line_of
from suite.kernel.credit.platform import CHANGES, item_title
from suite.kernel.credit.scoping import KEEP, may, seen, unknown
from suite.kernel.registry.scoping import may_read
from suite.kernel.registry.trace import user_names
from suite.loader.catalog import Catalog
from suite.tables import Case, CreditEvent, CreditRecord, PlatformExport, PlatformItem, Subject

#: Of a file of differences, more than anybody reads on a screen.
MOST = 2_000


@dataclass(frozen=True, kw_only=True)
class CreditFact:
    """What happened to a record."""

    at: dt.datetime
    on: dt.date
    by: str
    act: str
    note: str


@dataclass(frozen=True, kw_only=True)
class CreditDetail:
    """One record with everything that is known of it, and the steps that its stage allows."""

    line: CreditLine
    article: str
    display_rule: str
    evidence: str
    case_no: str
    objection: str
    objection_until: dt.date | None
    channel: str
    repair_no: str
    reversed_reason: str
    facts: tuple[CreditFact, ...]
    steps: tuple[str, ...]
    may_keep: bool


def credit_file(
    session: Session, actor: Actor, catalog: Catalog, subject_id: int, today: dt.date
) -> list[CreditLine]:
    """Everything on one subject and, of a person, on the person's other roles as far as they may be seen."""
    subject = session.get(Subject, subject_id)
    if subject is None:
        raise refuse("record.unknown", "没有这份档案，可能已被合并或删除。请重新查找。")
    whose = CreditRecord.subject_id == subject_id
    if subject.person_id is not None:
        others = select(Subject.id).where(Subject.person_id == subject.person_id)
        whose = or_(whose, CreditRecord.subject_id.in_(others))
    statement = (
        select(CreditRecord, Subject, Case)
        .join(Subject, Subject.id == CreditRecord.subject_id)
        .outerjoin(Case, Case.id == CreditRecord.case_id)
        .where(and_(whose, seen(CreditRecord, actor, catalog)))
        .order_by(CreditRecord.decided_on.desc(), CreditRecord.id.desc())
    )
    return [
        line_of(row, other, today, may_read_case(actor, catalog, case))
        for row, other, case in session.execute(statement)
        if may_read(actor, other.profession, other.district_code, other.association)
    ]


def credit_detail(
    session: Session, actor: Actor, catalog: Catalog, record_id: int, today: dt.date
) -> CreditDetail:
    """One record in full; raises Refused for one that may not be seen."""
    row = session.get(CreditRecord, record_id)
    if row is None or not may(actor, "credit:read", row):
        raise unknown("record_id")
    subject = session.get(Subject, row.subject_id)
    assert subject is not None  # noqa: S101 - a foreign key
    rule = catalog.credit_rules.get(row.rule)
    events = session.scalars(
        select(CreditEvent).where(CreditEvent.record_id == row.id).order_by(CreditEvent.id.desc())
    ).all()
    names = user_names(session, {event.by_login for event in events})
    case = session.get(Case, row.case_id) if row.case_id is not None else None
    line = line_of(row, subject, today, may_read_case(actor, catalog, case))
    over = row.reversed_on is not None or row.favourable or line.state.key == "ended"
    return CreditDetail(
        line=line,
        article=rule.article if rule else "",
        display_rule=RULES[row.rule_version].title,
        evidence=row.evidence,
        case_no=case.number if case is not None else "",
        objection=row.objection,
        objection_until=row.objection_until,
        channel=row.channel,
        repair_no=row.repair_no,
        reversed_reason=row.reversed_reason,
        facts=tuple(
            CreditFact(
                at=event.at,
                on=event.on_date,
                by=names.get(event.by_login, event.by_login),
                act=event.act,
                note=event.note,
            )
            for event in events
        ),
        steps=() if over else tuple(step.key for step in STEPS.values() if row.stage in step.sources),
        may_keep=may(actor, KEEP, row),
    )


@dataclass(frozen=True, kw_only=True)
class ExportLine:
    """One file of differences for a platform."""

    id: int
    feed: str
    title: str
    number: int
    made_on: dt.date
    rows: int
    acknowledged_on: dt.date | None
    reference: str


def platform_exports(session: Session, actor: Actor, catalog: Catalog) -> Sequence[ExportLine]:
    """The files made so far for the feeds that the actor may read, the latest first."""
    readable = [feed for feed in catalog.feeds.values() if actor.may(f"{feed.owner}:credit:read")]
    titles = {feed.key: feed.title for feed in readable}
    return [
        ExportLine(
            id=row.id,
            feed=row.feed,
            title=titles[row.feed],
            number=row.number,
            made_on=row.made_on,
            rows=row.rows,
            acknowledged_on=row.acknowledged_on,
            reference=row.reference,
        )
        for row in session.scalars(
            select(PlatformExport)
            .where(PlatformExport.feed.in_(sorted(titles)))
            .order_by(PlatformExport.id.desc())
        )
    ]


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One difference in a file: how it changed, what kind of thing it is, of whom."""

    id: int
    change: str
    title: str
    name: str
    kind: str
    subject_id: int


def platform_items(session: Session, actor: Actor, catalog: Catalog, export_id: int) -> list[ItemLine]:
    """What a file of differences tells of the records in scope, in its order; at most `MOST`."""
    rows = session.execute(
        select(PlatformItem, Subject.name, Subject.kind)
        .join(Subject, Subject.id == PlatformItem.subject_id)
        .where(PlatformItem.export_id == export_id, seen(PlatformItem, actor, catalog))
        .order_by(PlatformItem.id)
        .limit(MOST)
    )
    return [
        ItemLine(
            id=row.id,
            change=CHANGES[row.change],
            title=item_title(row.item),
            name=name,
            kind=kind,
            subject_id=row.subject_id,
        )
        for row, name, kind in rows
    ]


def kind_of_subject(session: Session, subject_id: int) -> str:
    """Of which kind a record is; raises Refused for one that is not there."""
    kind = session.scalar(select(Subject.kind).where(Subject.id == subject_id))
    if kind is None:
        raise refuse("record.unknown", "没有这份档案，可能已被合并或删除。请重新查找。")
    return kind
