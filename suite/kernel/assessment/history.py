"""What somebody was assessed as, season by season: for the record file and its life line."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.assessment import AssessmentGrade, AssessmentScheme
from suite.contract.commands import Actor
from suite.kernel.assessment.progress import read_scopes
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Campaign


@dataclass(frozen=True, kw_only=True)
class AssessmentLine:
    """One season that somebody is in. scheme: None where the plugin that declares it is off."""

    assessment_id: int
    campaign_id: int
    title: str
    scheme: AssessmentScheme | None
    first: dt.date
    last: dt.date
    state: str
    standing: str
    rule_text: str
    step: str
    total: str
    proposal: str | None
    proposed_by: str
    grade: str | None
    graded_on: dt.date | None
    departure: str
    document_no: str | None

    @property
    def judged(self) -> AssessmentGrade | None:
        """The grade, where there is one that is known."""
        return self.scheme.by_grade.get(self.grade or "") if self.scheme is not None else None


def assessments_of(
    session: Session, actor: Actor, catalog: Catalog, profession: str, subject_id: int
) -> tuple[AssessmentLine, ...]:
    """The seasons of a subject that the actor may see, the latest first."""
    scopes = read_scopes(actor, profession)
    if not scopes:
        return ()
    return tuple(
        AssessmentLine(
            assessment_id=row.id,
            campaign_id=campaign.id,
            title=campaign.title,
            scheme=catalog.schemes.get(campaign.scheme),
            first=campaign.first,
            last=campaign.last,
            state=campaign.state,
            standing=row.standing,
            rule_text=row.rule_text,
            step=row.step,
            total="" if row.total is None else str(row.total),
            proposal=row.proposal,
            proposed_by=row.proposed_by,
            grade=row.grade,
            graded_on=row.graded_on,
            departure=row.departure,
            document_no=campaign.document_no,
        )
        for row, campaign in session.execute(
            select(Assessment, Campaign)
            .join(Campaign, Campaign.id == Assessment.campaign_id)
            .where(Assessment.subject_id == subject_id, scope_condition(Assessment, scopes))
            .order_by(Campaign.last.desc(), Campaign.id.desc())
        )
    )
