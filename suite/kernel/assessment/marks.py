"""What stands beside a participant of a season: reminders, an open objection, a move, a leaving."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from suite.contract.assessment import AssessmentScheme
from suite.kernel.assessment.movement import gone_from, moved_from
from suite.kernel.assessment.standing import CLOSED, REMINDED, RUNNING
from suite.kernel.registry.districts import full_district_names
from suite.loader.catalog import Catalog
from suite.tables import Assessment, AssessmentEvent, Campaign, Objection, Subject


@dataclass(frozen=True, kw_only=True)
class Marks:
    """reminded: how often, the last time on a day. objection: the one without answer, `objected` any at all.
    moved_to: the body (of a body, the district) where it stands now, another than the file's. gone: it is on
    no roster any more."""

    reminded: int = 0
    reminded_on: dt.date | None = None
    objection: int | None = None
    objected: bool = False
    moved_to: str = ""
    gone: bool = False


UNMARKED = Marks()


def marks_of(
    session: Session, catalog: Catalog, scheme: AssessmentScheme, campaign: Campaign
) -> Mapping[int, Marks]:
    """Participant → its marks; whoever has none is left out."""
    found: defaultdict[int, Marks] = defaultdict(Marks)
    inside = Assessment.campaign_id == campaign.id
    for number, times, last in session.execute(
        select(AssessmentEvent.assessment_id, func.count(), func.max(AssessmentEvent.on_date))
        .join(Assessment, Assessment.id == AssessmentEvent.assessment_id)
        .where(inside, AssessmentEvent.what == REMINDED)
        .group_by(AssessmentEvent.assessment_id)
    ):
        found[number] = replace(found[number], reminded=times, reminded_on=last)
    for number, objection, decided in session.execute(
        select(Objection.assessment_id, Objection.id, Objection.decided_on)
        .join(Assessment, Assessment.id == Objection.assessment_id)
        .where(inside)
        .order_by(Objection.id)
    ):
        still = objection if decided is None else None
        found[number] = replace(found[number], objected=True, objection=still)
    if campaign.state == CLOSED:
        return found
    if campaign.state == RUNNING:
        body = aliased(Subject)
        places = full_district_names(session)
        for number, name, district in session.execute(
            select(Assessment.id, body.name, Subject.district_code)
            .join(Subject, Subject.id == Assessment.subject_id)
            .outerjoin(body, body.id == Subject.body_id)
            .where(inside, moved_from())
        ):
            found[number] = replace(found[number], moved_to=name or places.get(district or "") or "别处")
    for number in session.scalars(
        select(Assessment.id)
        .join(Subject, Subject.id == Assessment.subject_id)
        .where(inside, gone_from(catalog, scheme))
    ):
        found[number] = replace(found[number], gone=True)
    return found
