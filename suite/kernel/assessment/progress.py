"""Seasons as they are read: what runs, how far it has come, who is missing.

What lies out of the actor's scope is neither listed nor counted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from suite.contract.commands import Actor, Scope
from suite.contract.problems import refuse
from suite.kernel.assessment.schemes import scheme_of
from suite.kernel.assessment.standing import IN, STANDINGS, UNGRADED, UNKNOWN
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Campaign, SchemeVersion, Subject

#: Those who go through the steps.
WALKING = (IN, UNGRADED)


@dataclass(frozen=True, kw_only=True)
class CampaignLine:
    """One season: what it is, where it stands, and how many of those in it have a grade."""

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
    notice_until: dt.date | None
    document_no: str | None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far those who take part have come: step → how many wait for it, by district and in all.

    graded: grade → how many. standings: standing → how many, those who do not take part too. missing: bodies
    whose people have not finished the first step, with how many of them, the most first.
    """

    standings: Mapping[str, int]
    waiting: Mapping[str, int]
    by_district: Mapping[str | None, Mapping[str, int]]
    grades: Mapping[str, int]
    missing: Sequence[tuple[int | None, str, int]]


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


def progress(session: Session, actor: Actor, catalog: Catalog, campaign_id: int) -> Progress:
    """How far a season has come. Raises Refused for one that is not there or may not be read."""
    row = campaign_row(session, actor, campaign_id)
    inside = inside_of(actor, row)
    standings: dict[str, int] = dict(
        session.execute(
            select(Assessment.standing, func.count()).where(*inside).group_by(Assessment.standing)
        ).all()
    )
    by_district: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    waiting: Counter[str] = Counter()
    for district, step, number in session.execute(
        select(Assessment.district_code, Assessment.step, func.count())
        .where(*inside, Assessment.standing.in_(WALKING))
        .group_by(Assessment.district_code, Assessment.step)
    ):
        by_district[district][step] += number
        waiting[step] += number
    graded = select(Assessment.grade, func.count()).where(*inside).group_by(Assessment.grade)
    grades = {grade: number for grade, number in session.execute(graded) if grade is not None}
    first = scheme_of(catalog, row.scheme).steps[0].key
    body = aliased(Subject)
    missing = session.execute(
        select(Assessment.body_id, func.coalesce(body.name, ""), func.count().label("number"))
        .outerjoin(body, body.id == Assessment.body_id)
        .where(*inside, Assessment.step == first, Assessment.standing.in_(WALKING))
        .group_by(Assessment.body_id, body.name)
        .order_by(func.count().desc(), body.name)
    ).all()
    return Progress(
        standings={key: standings.get(key, 0) for key in STANDINGS},
        waiting=waiting,
        by_district=by_district,
        grades=grades,
        missing=[(number, name, count) for number, name, count in missing],
    )


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
        notice_until=row.notice_until,
        document_no=row.document_no,
    )
