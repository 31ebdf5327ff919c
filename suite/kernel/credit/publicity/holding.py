"""What the acts of 双公示 ask before they do anything: rows in a state, on a day that can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.credit.publicity.following import NAMED
from suite.kernel.credit.publicity.rules import STATES
from suite.kernel.executor.work import Transaction
from suite.tables import Publicity


def require_states(rows: Iterable[Publicity], states: Sequence[str], what: str) -> None:
    """Raises Refused with the first rows that are in none of the states."""
    wrong = [row for row in rows if row.state not in states]
    if wrong:
        words = "、".join(STATES[key].title for key in states)
        raise Refused(
            Problem(
                code="publicity.state",
                text=f"{row.name}（{row.document_no or row.title}）现为“{STATES[row.state].title}”，"
                f"{what}只能在{words}时办理。",
                kind=ProblemKind.FORBIDDEN,
                field="decisions",
            )
            for row in wrong[:NAMED]
        )


def day_problem(on: dt.date, work: Transaction, rows: Iterable[Publicity]) -> None:
    """Raises Refused for a day to come or before a decision."""
    if on > work.today:
        raise refuse("day.future", f"{on} 晚于今天，请核对。", field="on")
    early = next((row for row in rows if on < row.decided_on), None)
    if early is not None:
        text = f"{on} 早于 {early.name} 的决定日期 {early.decided_on}，请核对。"
        raise refuse("day.early", text, field="on")


def required(text: str, field: str, words: str, most: int = 300) -> str:
    """The text, trimmed; raises Refused where it is empty or too long."""
    if not 0 < len(text.strip()) <= most:
        raise refuse("required", f"请填写{words}，最多 {most} 字。", field=field)
    return text.strip()
