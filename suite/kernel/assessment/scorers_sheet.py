"""The sheet of one scorer over many participants (评分工作簿): taken in as one, all or none."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Command, Done
from suite.contract.problems import Problem, Refused, refuse
from suite.kernel.assessment.commands import ScoreAssessment, ScoreGiven
from suite.kernel.assessment.faults import bounded
from suite.kernel.assessment.scores import score_assessment
from suite.kernel.assessment.standing import campaign_of, changed, hold_assessments
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Score

MOST_ROWS = 5_000


@dataclass(frozen=True, kw_only=True)
class ScoredRow:
    """What the sheet says of one participant. row: where it stands in the file, if any."""

    assessment_id: int
    scores: tuple[ScoreGiven, ...]
    row: int | None = None


@dataclass(frozen=True, kw_only=True)
class TakeScoreSheet(Command):
    """Take a scorer's sheet in, as the scores of whoever runs it: all or none.

    What is as it stands already is not written again; a participant or item that the sheet leaves empty
    keeps what it has.
    """

    permission: ClassVar[str] = "{owner}:assessment:score"
    title: ClassVar[str] = "导入评分表"

    campaign_id: int
    source: str
    rows: tuple[ScoredRow, ...]
    on: dt.date | None = None


def take_score_sheet(command: TakeScoreSheet, work: Transaction) -> Done:
    """Write the scores that are new or changed. Raises Refused with every place that does not fit."""
    if not 0 < len(command.rows) <= MOST_ROWS:
        text = f"一次导入 1 至 {MOST_ROWS:,} 个对象的评分，现有 {len(command.rows):,} 个。"
        raise refuse("score_sheet.size", text, field="rows")
    campaign = campaign_of(work, command.campaign_id)
    ids = [row.assessment_id for row in command.rows]
    names = {row.id: row.name for row in hold_assessments(work, campaign, ids, "assessment:score")}
    standing = own_scores(work.session, work.actor.login, command.source, ids)
    problems: list[Problem] = []
    new = revised = same = participants = 0
    for row in command.rows:
        former = standing.get(row.assessment_id, {})
        given = [_with_entry(score, former) for score in row.scores]
        differing = tuple(score for score in given if not _as_it_stands(score, former))
        same += len(given) - len(differing)
        if not differing:
            continue
        ask = ScoreAssessment(
            assessment_id=row.assessment_id, source=command.source, scores=differing, on=command.on
        )
        try:
            score_assessment(ask, work)
        except Refused as refused:
            where = f"第 {row.row} 行（{names[row.assessment_id]}）" if row.row else names[row.assessment_id]
            problems += [
                replace(problem, text=f"{where}：{problem.text}", field="rows", row=row.row)
                for problem in refused.problems
            ]
            continue
        participants += 1
        known = sum(score.item in former for score in differing)
        revised, new = revised + known, new + len(differing) - known
    if problems:
        raise Refused(bounded(problems, "rows"))
    result = {"participants": participants, "new": new, "revised": revised, "same": same}
    if not participants:
        return Done(text=f"没有变化：表中 {same:,} 项与已评的相同", result=result)
    return Done(
        text=f"{participants:,} 个对象：新评 {new:,} 项，改评 {revised:,} 项，{same:,} 项没有变化",
        changes=(changed(campaign),),
        result=result,
    )


def own_scores(
    session: Session, login: str, source: str, ids: Iterable[int]
) -> Mapping[int, Mapping[str, Score]]:
    """Participant → item → the scorer's own score in force from this source. Nobody else's is ever read."""
    found: defaultdict[int, dict[str, Score]] = defaultdict(dict)
    for part in chunks(sorted(set(ids))):
        for score in session.scalars(
            select(Score)
            .where(
                Score.assessment_id.in_(part),
                Score.by_login == login,
                Score.source == source,
                Score.replaced_at.is_(None),
            )
            .order_by(Score.id)
        ):
            found[score.assessment_id][score.item] = score
    return found


def _with_entry(given: ScoreGiven, former: Mapping[str, Score]) -> ScoreGiven:
    """The entry that a score rests on has no column in the sheet: it stays."""
    score = former.get(given.item)
    return replace(given, entry=score.entry_id) if score is not None and given.entry is None else given


def _as_it_stands(given: ScoreGiven, former: Mapping[str, Score]) -> bool:
    score = former.get(given.item)
    return score is not None and (score.found, score.due, score.evidence, score.entry_id) == (
        given.found, given.due, given.evidence.strip(), given.entry,
    )  # fmt: skip
