"""What happened to a return in words, for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from suite.contract.indicators import FigureSeries
from suite.kernel.returns.queries import EventLine
from suite.kernel.returns.rules import plain

ACTS = {"submit": "报送", "review": "审核", "send_back": "退回", "correct": "更正"}


def number_words(series: FigureSeries, value: Decimal | None) -> str:
    """A number to be read; nothing is —."""
    if value is None:
        return "—"
    if series.yes_no:
        return "是" if value else "否"
    return plain(value)


def event_words(event: EventLine, series: Mapping[str, FigureSeries]) -> str:
    """One line of what happened."""
    words = f"{event.on}　{event.by}　{ACTS.get(event.what, event.what)}"
    if event.cell is not None and event.cell in series:
        one = series[event.cell]
        words += f"　{one.title} {number_words(one, event.before)} → {number_words(one, event.after)}"
    return f"{words}　{event.note}".rstrip("　")
