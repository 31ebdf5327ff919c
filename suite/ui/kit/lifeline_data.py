"""What a life line shows, as plain data and in words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from suite.contract.states import StateKind


class SpanLook(StrEnum):
    """How a span is drawn."""

    STATE = "state"  # filled in the colour of its kind
    DATA = "data"  # filled in a shade of blue, the present one strong
    YEAR = "year"  # a pale field with a word in its middle
    GAP = "gap"  # hatched


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of time in a lane, from `start` to and with `end` (None: until today or later).

    `strong` is the present one of a lane of `DATA`. `act` names what caused it with its number, for
    tooltip and screen reader; `key` is what Enter opens.
    """

    start: date
    end: date | None
    text: str
    kind: StateKind = StateKind.OK
    look: SpanLook = SpanLook.STATE
    strong: bool = False
    act: str = ""
    key: Hashable | None = None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A point in time: glyph and word."""

    day: date
    text: str
    kind: StateKind = StateKind.NEUTRAL
    act: str = ""
    key: Hashable | None = None


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One row of the life line: `Lane(title="执业状态", spans=(...))`."""

    title: str
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()


def entry_text(entry: Span | Mark) -> str:
    """One entry in words: what, when, by which act."""
    if isinstance(entry, Mark):
        when = str(entry.day)
    else:
        when = f"{entry.start} 至 {entry.end}" if entry.end else f"{entry.start} 起"
    return f"{entry.text or '无记录'} {when}" + (f"，{entry.act}" if entry.act else "")


def entries_of(lane: Lane) -> list[Span | Mark]:
    """Spans and marks of a lane by time."""
    both: list[Span | Mark] = [*lane.spans, *lane.marks]
    return sorted(both, key=lambda entry: entry.day if isinstance(entry, Mark) else entry.start)


def spoken_lanes(lanes: Sequence[Lane]) -> str:
    """Everything that is drawn, in words."""
    said = ((lane.title, "；".join(entry_text(entry) for entry in entries_of(lane))) for lane in lanes)
    return "。".join(f"{title}：{words or '无'}" for title, words in said)
