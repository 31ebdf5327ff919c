"""Who works on whose cases today: worked out from the days of what was handed over, never written to a case.

So it comes back by itself: when the last day is over, nobody has to do anything for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.tables import HandOver, User


@dataclass(frozen=True, kw_only=True)
class Handed:
    """Work that is handed over, or (without `cases`) a signature only; both days included."""

    id: int
    giver: str
    giver_name: str
    taker: str
    taker_name: str
    first_day: dt.date
    last_day: dt.date
    cases: bool
    reason: str

    @property
    def days(self) -> str:
        """The days in words."""
        return f"{self.first_day} 至 {self.last_day}"

    def on(self, day: dt.date) -> bool:
        """Whether a day is one of them."""
        return self.first_day <= day <= self.last_day


def handed_over(session: Session, since: dt.date) -> list[Handed]:
    """What is handed over on a day or later, in the order of the days."""
    rows = session.scalars(
        select(HandOver).where(HandOver.last_day >= since).order_by(HandOver.first_day, HandOver.id)
    ).all()
    if not rows:
        return []
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    return [
        Handed(
            id=row.id,
            giver=row.giver,
            giver_name=names.get(row.giver, row.giver),
            taker=row.taker,
            taker_name=names.get(row.taker, row.taker),
            first_day=row.first_day,
            last_day=row.last_day,
            cases=row.cases,
            reason=row.reason,
        )
        for row in rows
    ]


def acting(handed: Iterable[Handed], today: dt.date) -> Mapping[str, Handed]:
    """Handler → by whom his cases are worked on today, for those who handed theirs over.

    Who works for another and goes away himself hands that on as well.
    """
    direct = {item.giver: item for item in handed if item.cases and item.on(today)}
    found = {}
    for giver, item in direct.items():
        last, passed = item, {giver}
        while last.taker in direct and last.taker not in passed:
            passed.add(last.taker)
            last = direct[last.taker]
        found[giver] = last
    return found


def works_for(handed: Sequence[Handed], login: str, today: dt.date) -> tuple[str, ...]:
    """Whose cases somebody works on today besides the own ones."""
    return tuple(giver for giver, item in acting(handed, today).items() if item.taker == login != giver)
