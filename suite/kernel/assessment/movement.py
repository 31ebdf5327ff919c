"""Who moved or left while a season runs: the form follows the person, and whoever left is told.

What was written before the move stays in the district and association that wrote it. Who is graded stays
where he was graded; who has scores stays too: their scorers must reach them.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from suite.contract.assessment import AssessmentScheme
from suite.contract.commands import Done
from suite.kernel.assessment.commands import FollowMoves
from suite.kernel.assessment.progress import subject_names
from suite.kernel.assessment.schemes import require_everywhere, scheme_of
from suite.kernel.assessment.standing import (
    DEFERRED,
    IN,
    UNGRADED,
    campaign_of,
    changed,
    hold_assessments,
    note_event,
)
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.districts import full_district_names
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Score, Subject

#: Whose file is still open in one way or another.
OPEN = (IN, UNGRADED, DEFERRED)


def moved_from() -> ColumnElement[bool]:
    """Who is neither scored nor graded yet and stands in another body, district or association than the
    season's file says; asked of assessments joined with their subjects."""
    return and_(
        Assessment.standing.in_(OPEN),
        Assessment.step != "",
        Assessment.grade.is_(None),
        ~exists().where(Score.assessment_id == Assessment.id),
        # A person without a body now has not gone anywhere yet; a body has none and moves by itself.
        or_(Assessment.body_id.is_(None), Subject.body_id.is_not(None)),
        or_(
            Subject.body_id.is_distinct_from(Assessment.body_id),
            Subject.district_code.is_distinct_from(Assessment.district_code),
            Subject.association.is_distinct_from(Assessment.association),
        ),
    )


def gone_from(catalog: Catalog, scheme: AssessmentScheme) -> ColumnElement[bool]:
    """Who is not through yet and is on no roster any more; asked of assessments joined with subjects."""
    left = [
        and_(Subject.kind == key, Subject.status.not_in(catalog.kinds[key].counted))
        for key in scheme.kinds
        if key in catalog.kinds
    ]
    return and_(Assessment.standing.in_(OPEN), Assessment.step != "", or_(false(), *left))


def follow_moves(command: FollowMoves, work: Transaction) -> Done:
    """Let the files of those who moved go along. Nothing is asked of whom nobody moved."""
    campaign = campaign_of(work, command.campaign_id)
    require_everywhere(work, scheme_of(work.catalog, campaign.scheme), "assessment:run")
    moved = list(
        work.session.scalars(
            select(Assessment.id)
            .join(Subject, Subject.id == Assessment.subject_id)
            .where(Assessment.campaign_id == campaign.id, moved_from())
        )
    )
    if not moved:
        return Done(text="没有对象变更机构或区县，考核材料不需要转移", result={"moved": 0})
    rows = hold_assessments(work, campaign, moved, "assessment:run")
    now: dict[int, Subject] = {}
    for part in chunks([row.subject_id for row in rows]):
        for subject in work.session.scalars(select(Subject).where(Subject.id.in_(part))):
            now[subject.id] = subject
    names = subject_names(work.session, [row.body_id for row in rows])
    places = full_district_names(work.session)
    for row in rows:
        subject = now[row.subject_id]
        former = names.get(row.body_id or 0) or places.get(row.district_code or "") or "别处"
        row.body_id, row.district_code = subject.body_id, subject.district_code
        row.association, row.version = subject.association, row.version + 1
        note_event(work, row, "moved", "考核材料随调动转移", work.today, f"原在{former}")
    work.session.flush()
    return Done(
        text=f"{len(rows):,} 个对象的考核材料已转到现在的机构",
        changes=(changed(campaign),),
        result={"moved": len(rows)},
    )
