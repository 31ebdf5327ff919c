"""Who moved while a season runs: the form follows the person (考核表随人转移)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import select

from suite.contract.commands import Command, Done
from suite.database.bulk import update_rows
from suite.kernel.assessment.opening import ASSESSMENTS
from suite.kernel.assessment.progress import WALKING
from suite.kernel.assessment.schemes import require_everywhere, scheme_of
from suite.kernel.assessment.standing import campaign_of, changed, note_event
from suite.kernel.executor.work import Transaction
from suite.tables import Assessment, Score, Subject

NAMED = 5


@dataclass(frozen=True, kw_only=True)
class FollowMoves(Command):
    """Let the form of everybody who moved since the season was opened lie with the new body.

    Who is graded stays where he was graded; who has scores stays too: their scorers must reach them.
    """

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "考核表随人转移"

    campaign_id: int


def follow_moves(command: FollowMoves, work: Transaction) -> Done:
    """Move the forms. The event at each says where from."""
    campaign = campaign_of(work, command.campaign_id)
    require_everywhere(work, scheme_of(work.catalog, campaign.scheme), "assessment:run")
    scored = select(Score.id).where(Score.assessment_id == Assessment.id).exists()
    rows = work.session.execute(
        select(Assessment, Subject.body_id, Subject.district_code, Subject.association, scored)
        .join(Subject, Subject.id == Assessment.subject_id)
        .where(
            Assessment.campaign_id == campaign.id,
            Assessment.standing.in_(WALKING),
            Assessment.grade.is_(None),
            Subject.body_id.is_distinct_from(Assessment.body_id),
            Subject.body_id.is_not(None),
        )
        .order_by(Assessment.id)
    ).all()
    bodies = {row.body_id for row, *_ in rows} | {body for _, body, *_ in rows}
    names: dict[int | None, str] = dict(
        work.session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(bodies))).all()
    )
    changes: list[dict[str, Any]] = []
    staying = []
    for row, body_id, district, association, has_scores in rows:
        if has_scores:
            staying.append(row.name)
            continue
        former, now = names.get(row.body_id, "无机构"), names.get(body_id, "")
        note_event(work, row, "moved", "考核表随人转移", work.today, f"{former} → {now}")
        changes.append(
            {
                "id": row.id,
                "body_id": body_id,
                "district_code": district,
                "association": association,
                "version": row.version + 1,
            }
        )
    work.session.flush()
    update_rows(work.connection, ASSESSMENTS, "id", changes)
    stay = "、".join(staying[:NAMED]) + ("等" if len(staying) > NAMED else "")
    return Done(
        text=f"{len(changes):,} 份考核表已随人转到新机构"
        + (f"；已有评分的 {len(staying)} 份留在原机构：{stay}" if staying else ""),
        changes=(changed(campaign),),
        result={"moved": len(changes), "staying": len(staying)},
    )
