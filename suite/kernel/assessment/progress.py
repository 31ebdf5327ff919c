"""Seasons as they are read: what runs, and how many of those in it have a grade.

What lies out of the actor's scope is neither listed nor counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Scope
from suite.contract.problems import refuse
from suite.kernel.assessment.standing import IN, UNKNOWN
from suite.kernel.registry.current import chunks
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Campaign, SchemeVersion, Subject


@dataclass(frozen=True, kw_only=True)
class CampaignLine:
    """One season: what it is, where it stands, and how many of those in it have a grade.

    recorded: nothing but grades of a year past, taken over from the files; it never ran here.
    """

    id: int
    scheme: str
    title: str
    first: dt.date
    last: dt.date
    state: str
    version: int
    sheet: int
    taking_part: int
    graded: int
    noticed_on: dt.date | None
    notice_until: dt.date | None
    document_no: str | None
    recorded: bool


def campaigns(session: Session, actor: Actor, catalog: Catalog) -> list[CampaignLine]:
    """The seasons that the actor may see, the latest first."""
    readable = [scheme for scheme in catalog.schemes.values() if read_scopes(actor, scheme.owner)]
    if not readable:
        return []
    found = []
    for row in session.scalars(
        select(Campaign)
        .where(Campaign.scheme.in_([scheme.key for scheme in readable]))
        .order_by(Campaign.last.desc(), Campaign.id.desc())
    ):
        found.append(campaign_line(session, actor, row))
    return found


def subject_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Subject → its name today."""
    found: dict[int, str] = {}
    for part in chunks(sorted({number for number in ids if number is not None})):
        found |= dict(session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(part))).all())
    return found


def read_scopes(actor: Actor, owner: str) -> tuple[Scope, ...]:
    return actor.scopes(f"{owner}:assessment:read")


def campaign_row(session: Session, actor: Actor, campaign_id: int) -> Campaign:
    row = session.get(Campaign, campaign_id)
    if row is None or not read_scopes(actor, row.profession):
        raise refuse("campaign.unknown", UNKNOWN, field="campaign_id")
    return row


def inside_of(actor: Actor, row: Campaign) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        Assessment.campaign_id == row.id,
        scope_condition(Assessment, read_scopes(actor, row.profession)),
    )


def campaign_line(session: Session, actor: Actor, row: Campaign) -> CampaignLine:
    taking, graded = session.execute(
        select(func.count(), func.count(Assessment.grade)).where(
            *inside_of(actor, row), Assessment.standing == IN
        )
    ).one()
    return line_of(session, row, taking, graded)


def line_of(session: Session, row: Campaign, taking: int, graded: int) -> CampaignLine:
    """A season whose participants have been counted already."""
    return CampaignLine(
        id=row.id,
        scheme=row.scheme,
        title=row.title,
        first=row.first,
        last=row.last,
        state=row.state,
        version=row.version,
        sheet=session.get_one(SchemeVersion, row.version_id).version,
        taking_part=taking,
        graded=graded,
        noticed_on=row.noticed_on,
        notice_until=row.notice_until,
        document_no=row.document_no,
        recorded=row.recorded,
    )
