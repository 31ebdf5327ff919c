"""Items worked out from the records: what is on file is not scored by hand (档案测算)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import select

from suite.contract.assessment import Criterion, Measured, ScoreSource
from suite.contract.commands import Command, Done
from suite.contract.problems import refuse
from suite.database.bulk import insert_rows, update_rows
from suite.kernel.assessment.opening import ASSESSMENTS
from suite.kernel.assessment.records import candidates, period_of
from suite.kernel.assessment.schemes import Sheet, require_everywhere
from suite.kernel.assessment.scores import items_of, total_from
from suite.kernel.assessment.scoring import points_of
from suite.kernel.assessment.standing import (
    AT_ANY_TIME,
    IN,
    RUNNING,
    WALKING,
    campaign_of,
    changed,
    sheet_of_campaign,
)
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Assessment, Score

SCORES = Score.metadata.tables[Score.__tablename__]


@dataclass(frozen=True, kw_only=True)
class ScoreFromRecords(Command):
    """Work out anew, for everybody in a season, the items that the records answer.

    What a person scored stands: it was looked at. Who has a grade keeps his points.
    """

    permission: ClassVar[str] = "{owner}:assessment:run"
    title: ClassVar[str] = "按档案测算得分"

    campaign_id: int


def score_from_records(command: ScoreFromRecords, work: Transaction) -> Done:
    """Write a score for each item that the records answer, and the totals. Raises Refused where the scheme
    has no such item."""
    campaign = campaign_of(work, command.campaign_id, states=AT_ANY_TIME)
    sheet = sheet_of_campaign(work, campaign)
    require_everywhere(work, sheet.scheme, "assessment:score")
    if not any(item.key in sheet.scheme.measured for item in sheet.criteria):
        text = f"“{sheet.scheme.title}”第 {sheet.version} 版没有可以按档案测算的评分项，请评分。"
        raise refuse("measure.none", text, field="campaign_id")
    rows = {
        row.subject_id: row
        for row in work.session.scalars(
            select(Assessment).where(
                Assessment.campaign_id == campaign.id,
                # Afterwards for those alone whose grade comes late.
                Assessment.standing.in_(WALKING if campaign.state == RUNNING else (IN,)),
                Assessment.grade.is_(None),
            )
        )
    }
    by_hand, by_records = _given(work, [row.id for row in rows.values()])
    period = period_of(campaign, work)
    wanted: list[dict[str, Any]] = []
    for key in sheet.scheme.kinds:
        kind = work.catalog.kind(key)
        for candidate in candidates(work.session, work.catalog, kind, period, sheet.scheme):
            row = rows.get(candidate.subject_id)
            if row is None:
                continue
            for item, found in _found(sheet, candidate.records):
                former = by_records.get((row.id, item.key))
                if (row.id, item.key) in by_hand or (former is not None and _same(former, found)):
                    continue
                if former is not None:
                    former.replaced_at = work.now
                wanted.append(_score(work, row, item, found))
    work.session.flush()
    insert_rows(work.connection, SCORES, wanted)
    scored = {item["assessment_id"] for item in wanted}
    moved = [row for row in rows.values() if row.id in scored]
    items = items_of(work.session, sheet, moved)
    totals = {row.id: total_from(sheet, items[row.id]) for row in moved}
    update_rows(
        work.connection,
        ASSESSMENTS,
        "id",
        [
            {
                "id": row.id,
                "total": totals[row.id].final if totals[row.id].complete else None,
                "version": row.version + 1,
            }
            for row in moved
        ],
    )
    return Done(
        text=f"已按档案测算：{len(moved):,} 个对象的 {len(wanted):,} 项得分有变化，人工评过的不变",
        changes=(changed(campaign),),
        result={"scored": len(wanted), "assessments": len(moved)},
    )


def _found(sheet: Sheet, records: Any) -> Iterator[tuple[Criterion, Measured]]:
    for item in sheet.criteria:
        measure = sheet.scheme.measured.get(item.key)
        found = measure.finds(records) if measure is not None else None
        if found is not None:
            yield item, found


def _given(work: Transaction, ids: list[int]) -> tuple[set[tuple[int, str]], Mapping[tuple[int, str], Score]]:
    """Participant and item: those that a person scored, and what the records came to the last time."""
    by_hand: set[tuple[int, str]] = set()
    by_records: dict[tuple[int, str], Score] = {}
    for part in chunks(ids):
        for score in work.session.scalars(
            select(Score).where(Score.assessment_id.in_(part), Score.replaced_at.is_(None)).order_by(Score.id)
        ):
            place = score.assessment_id, score.item
            if score.source == ScoreSource.RECORDS:
                by_records[place] = score
            elif score.source != ScoreSource.SELF:
                by_hand.add(place)
    return by_hand, by_records


def _same(former: Score, found: Measured) -> bool:
    return (former.found, former.due, former.evidence) == (found.found, found.due, found.evidence)


def _score(work: Transaction, row: Assessment, item: Criterion, found: Measured) -> dict[str, Any]:
    points: Decimal | None = None if found.found is None else points_of(item, found.found, found.due)
    return {
        "assessment_id": row.id,
        "profession": row.profession,
        "district_code": row.district_code,
        "association": row.association,
        "item": item.key,
        "source": ScoreSource.RECORDS.value,
        "by_login": work.actor.login,
        "on_date": work.today,
        "found": found.found,
        "due": found.due,
        "points": points,
        "evidence": found.evidence,
        "replaced_at": None,
    }
