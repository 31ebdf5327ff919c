"""How a decision stands on its way to the public, whether it is late, and the three rates: pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from suite.contract.states import StateKind

PENDING, REPORTED, REJECTED, PUBLISHED = "pending", "reported", "rejected", "published"
WITHDRAWING, WITHDRAWN, DROPPED, REPAIRED = "withdrawing", "withdrawn", "dropped", "repaired"
EXEMPT = "exempt"
LATE, EXPIRED = "late", "expired"
#: What waits for the bureau.
WAITING = (PENDING, REJECTED, WITHDRAWING)
#: What the platform has.
THERE = (REPORTED, PUBLISHED)
#: What the platform has or is still to get.
OWED = (PENDING, REJECTED, *THERE)
#: What may be sent, as it stands on a day; what the platform has may be sent anew.
SENDABLE = (PENDING, LATE, REJECTED, *THERE)
#: What a decision without a last day is, and why it has none: that alone is in principle not shown.
KEPT_BACK = "轻微失信信息"


@dataclass(frozen=True, kw_only=True)
class PublicState:
    """A state: the word and its kind."""

    key: str
    title: str
    kind: StateKind


STATES = {
    state.key: state
    for state in (
        PublicState(key=PENDING, title="待报送", kind=StateKind.NEW),
        PublicState(key=LATE, title="逾期未报", kind=StateKind.BAD),
        PublicState(key=REPORTED, title="已报送", kind=StateKind.RUN),
        PublicState(key=REJECTED, title="平台退回", kind=StateKind.BAD),
        PublicState(key=PUBLISHED, title="已公示", kind=StateKind.OK),
        PublicState(key=WITHDRAWING, title="待撤回", kind=StateKind.WARN),
        PublicState(key=WITHDRAWN, title="已撤回", kind=StateKind.ENDED),
        PublicState(key=DROPPED, title="不再公示", kind=StateKind.ENDED),
        PublicState(key=EXEMPT, title="轻微，不报送", kind=StateKind.ENDED),
        PublicState(key=REPAIRED, title="已修复", kind=StateKind.OK),
        PublicState(key=EXPIRED, title="公示期满", kind=StateKind.ENDED),
    )
}


def state_on(state: str, due: dt.date, display_until: dt.date | None, today: dt.date) -> PublicState:
    """How it stands on a day: what is not reported by its day is late, display ends by itself, also of what
    the platform has without a word of ours that it is online."""
    if state == PENDING and due < today:
        return STATES[LATE]
    if state in THERE and display_until is not None and display_until < today:
        return STATES[EXPIRED]
    return STATES[state]


def kept_back(penalty: bool, from_case: bool, display_until: dt.date | None) -> bool:
    """Whether it is reported and shown nowhere: a penalty of a case that has no day until which it is shown.

    That the platform collects it and that the public sees it are two things; see `KEPT_BACK`.
    """
    return penalty and from_case and display_until is None


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One of the three rates (上报率、及时率、合格率). None where nothing was to be reported."""

    title: str
    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The share; None over nothing."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What the rates look at of one decision: sends is how often it went out, faulty how many came back.
    ceased_on: the day from which it was owed no more."""

    due: dt.date
    reported_on: dt.date | None
    ceased_on: dt.date | None = None
    sends: int = 0
    faulty: int = 0


def rates(rows: Iterable[Reported], today: dt.date) -> tuple[Rate, Rate, Rate]:
    """上报率: reported among those that are due or were reported; 及时率: in time among the reported; 合格率:
    sends that did not come back among all. A decision that is not reported counts to none
    while its days run, and where it ceased to be owed by the last of them; later that takes nothing back."""
    rows = tuple(rows)
    asked = [
        row for row in rows if row.reported_on is not None or row.due < min(today, row.ceased_on or today)
    ]
    there = [row for row in asked if row.reported_on is not None]
    timely = [row for row in there if row.reported_on is not None and row.reported_on <= row.due]
    sends = sum(row.sends for row in there)
    return (
        Rate(title="上报率", numerator=len(there), denominator=len(asked)),
        Rate(title="及时率", numerator=len(timely), denominator=len(there)),
        Rate(title="合格率", numerator=sends - sum(row.faulty for row in there), denominator=sends),
    )
