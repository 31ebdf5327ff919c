"""Short words for what plugins declare again and again of a scheme: the items of a score sheet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from suite.contract.assessment import Criterion, ScoreSource, SheetMeasure, SheetPart


@dataclass(frozen=True, kw_only=True)
class SheetItems:
    """Makes the items of one sheet. article: what they all rest on. readers: by how many scorers who do not
    see each other's score a judgement of files is given.

    Example: `item = SheetItems(article="诚信办法第三条")`, then `item("archives", "规范管理", "档案管理", 5,
    SheetMeasure.RATING, (ScoreSource.REVIEW,), "检查评定")`
    """

    article: str | None = None
    readers: int = 1

    def __call__(
        self,
        key: str,
        heading: str,
        title: str,
        most: int,
        measure: SheetMeasure,
        sources: tuple[ScoreSource, ...],
        rule: str,
        full: int = 1,
        part: SheetPart = SheetPart.ITEM,
    ) -> Criterion:
        """One item, see `Criterion`."""
        judged = sources[0] is ScoreSource.REVIEW and measure is SheetMeasure.RATING
        return Criterion(
            key=key,
            heading=heading,
            title=title,
            most=Decimal(most),
            measure=measure,
            sources=sources,
            rule=rule,
            full=Decimal(full),
            part=part,
            independent=self.readers if judged else 1,
            article=self.article,
        )
