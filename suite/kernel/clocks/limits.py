"""The declared limits with the lengths in force: what the page and the command line show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from suite.contract.parameters import Confidence
from suite.contract.time_limits import TimeLimit
from suite.kernel.parameters.queries import parameter_lines
from suite.loader.catalog import Catalog


@dataclass(frozen=True, kw_only=True)
class LimitLine:
    """One limit on a day. `article` and `confidence` are those of the length in force.

    `extension_article` and `extension_confidence` are those of what it may be extended by, empty and None
    where it may not.
    """

    key: str
    owner: str
    title: str
    n: int
    unit: str
    unit_words: str
    article: str
    confidence: Confidence
    valid_from: dt.date | None  # None: the declared length is in force
    start: str
    before: bool
    who: str
    roll: bool
    pauses: tuple[str, ...]
    extension: int | None
    extension_approver: str
    extension_article: str
    extension_confidence: Confidence | None
    lapse: str
    decides: bool

    @property
    def length(self) -> str:
        """7 个工作日, with what it may be extended by."""
        more = f"（可延长 {self.extension} {self.unit_words}）" if self.extension else ""
        return f"{self.n} {self.unit_words}{more}"

    @property
    def start_words(self) -> str:
        """自收到之日起, or 举行听证之日前 where it is counted back."""
        return f"{self.start}前" if self.before else f"自{self.start}起"


def limit_lines(session: Session, catalog: Catalog, today: dt.date) -> list[LimitLine]:
    """All limits with their lengths in force on a day, in declared order."""
    numbers = {line.key: line for line in parameter_lines(session, catalog, today)}

    def line_of(limit: TimeLimit) -> LimitLine:
        length = numbers[limit.n]
        more = limit.extension
        longer = numbers[more.n] if more else None
        return LimitLine(
            key=limit.key,
            owner=limit.owner,
            title=limit.title,
            n=int(length.value),
            unit=limit.unit.value,
            unit_words=limit.unit.words,
            article=length.source,
            confidence=length.confidence,
            valid_from=length.valid_from,
            start=limit.start,
            before=limit.before,
            who=limit.who,
            roll=limit.roll,
            pauses=limit.pauses,
            extension=int(longer.value) if longer else None,
            extension_approver=more.approver if more else "",
            extension_article=longer.source if longer else "",
            extension_confidence=longer.confidence if longer else None,
            lapse=limit.lapse,
            decides=limit.decides,
        )

    return [line_of(limit) for limit in catalog.limits.values()]
