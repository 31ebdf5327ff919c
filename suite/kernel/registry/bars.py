"""What published grades bar records from (结果运用), for guards and checks of what is registered."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.effects import BarFact
from suite.kernel.registry.current import chunks
from suite.tables import Assessment, GradeMeasure


def bars_of(session: Session, ids: Iterable[int]) -> dict[int, tuple[BarFact, ...]]:
    """Record → what its grades bar it from, past ones too; what was dropped with its grade is not among them.

    Example: `[bar for bar in bars_of(facts.session, [7]).get(7, ()) if bar.holds(facts.today)]`
    """
    found: dict[int, list[BarFact]] = {}
    for part in chunks(sorted(set(ids))):
        for number, measure in session.execute(
            select(Assessment.subject_id, GradeMeasure)
            .join(GradeMeasure, GradeMeasure.assessment_id == Assessment.id)
            .where(
                Assessment.subject_id.in_(part),
                GradeMeasure.until.is_not(None),
                GradeMeasure.outcome.is_(None),
            )
            .order_by(GradeMeasure.id)
        ):
            if measure.until is not None:
                found.setdefault(number, []).append(
                    BarFact(
                        key=measure.key,
                        title=measure.title,
                        article=measure.article,
                        first=measure.on_date,
                        last=measure.until,
                    )
                )
    return {number: tuple(bars) for number, bars in found.items()}
