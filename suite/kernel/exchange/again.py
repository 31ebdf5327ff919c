"""Rows that came as new, looked for again where somebody wrote since the preview: else they stand twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from suite.contract.declarations import RecordKind
from suite.contract.problems import Severity
from suite.kernel.exchange.at_once import look_again
from suite.kernel.exchange.matching import match_rows
from suite.kernel.exchange.namesakes import Namesakes
from suite.kernel.exchange.previewed import PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.edits import Seen


def require_new(kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Raises Refused where a row that was previewed as new has a record by now, or may have.

    A number is refused when it is written; of a row without one nothing but the match tells it.
    """
    seen = Seen.by(work)
    # The rows of one preview share what they were made from, and are too many to compare it for each.
    looks = {id(row.checked.seen): row.checked.seen for row in rows if row.checked is not None}
    if all(row.checked is not None for row in rows) and all(look == seen for look in looks.values()):
        return
    again = new_rows(rows)
    match_rows(kind, again, work)
    namesakes = Namesakes.look(kind, again, work)
    namesakes.find()
    namesakes.hold()
    refuse_found(again)


def new_rows(rows: Sequence[PreviewRow]) -> list[PreviewRow]:
    """Copies of the rows that came as new, to be matched again."""
    return [replace(row, problems=list(row.problems)) for row in rows if row.subject_id is None]


def refuse_found(again: Sequence[PreviewRow]) -> None:
    """Raises Refused where one of these rows found a record, or cannot be told from some."""
    for row in again:
        if row.subject_id is not None or any(told.severity is Severity.ERROR for told in row.problems):
            raise look_again("名册有了变化")
