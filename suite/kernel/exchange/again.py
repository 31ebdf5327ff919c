"""Rows that came as new, looked for again where somebody wrote since the preview: else they stand twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, ProblemKind, Refused, Severity, refuse
from suite.kernel.exchange.matching import match_rows
from suite.kernel.exchange.previewed import PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.edits import Seen


def require_new(kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Raises Refused where a row that was previewed as new has a record by now, or may have.

    A number is refused when it is written; of a row without one nothing but the match tells it.
    """
    seen = Seen.by(work)
    if all(row.checked is not None and row.checked.seen == seen for row in rows):
        return
    again = new_rows(rows)
    match_rows(kind, again, work)
    refuse_found(kind, again)


def new_rows(rows: Sequence[PreviewRow]) -> list[PreviewRow]:
    """Copies of the rows that came as new, to be matched again."""
    return [replace(row, problems=list(row.problems)) for row in rows if row.subject_id is None]


def refuse_found(kind: RecordKind, again: Sequence[PreviewRow]) -> None:
    """Raises Refused where one of these rows found something, in one sentence for all of them."""
    found = [row for row in again if row.subject_id is not None or any(map(_grave, row.problems))]
    if found:
        raise now_there(kind, [str(row.row) for row in found])


def now_there(kind: RecordKind, rows: Sequence[str]) -> Refused:
    """That these rows of the file have come to the roster since."""
    named = "、".join(rows[:3])
    told = f"第 {named} 行" if len(rows) <= 3 else f"第 {named} 等 {len(rows):,} 行"
    return refuse(
        "import.moved",
        f"核对之后，{told}的{kind.title}已由他人登记，本次未写入。请重新核对后再导入。",
        ProblemKind.STALE,
    )


def _grave(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR
