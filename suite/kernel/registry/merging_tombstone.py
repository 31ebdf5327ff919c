"""From the id or number of a record that was merged to the record that stands for it now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from suite.database.among import among
from suite.tables import Merge, Subject, User

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, kw_only=True)
class Led:
    """Why another record answers than the one that was asked for. `at` is UTC."""

    gone_id: int
    name: str
    kept_id: int
    at: dt.datetime
    who: str
    reason: str

    @property
    def sentence(self) -> str:
        """It in words."""
        day = self.at.astimezone(SHANGHAI).date()
        gone = f"“{self.name}”（#{self.gone_id}）"
        return f"原档案{gone}已于 {day} 由 {self.who} 并入本档案，事由：{self.reason}"


def led_from(session: Session, subject_id: int) -> Led | None:
    """Where a merged record's id leads; None for a record that stands, and for no record."""
    return _led(session, Merge.gone_id == subject_id)


def led_from_key(session: Session, kind: str, *, subject_id: int | None, number: str) -> Led | None:
    """Where an old id or an old main number of a kind leads."""
    which = Merge.gone_no == number if subject_id is None else Merge.gone_id == subject_id
    return _led(session, which, Merge.kind == kind)


def _led(session: Session, *which: ColumnElement[bool]) -> Led | None:
    row = session.execute(
        select(
            Merge.gone_id,
            Subject.name,
            Merge.kept_id,
            Merge.at,
            User.name.label("who"),
            Merge.by_login,
            Merge.reason,
        )
        .join(Subject, Subject.id == Merge.gone_id)
        .outerjoin(User, User.login == Merge.by_login)
        .where(Merge.what == "subject", Merge.undone_at.is_(None), *which)
        .order_by(Merge.id.desc())
        .limit(1)
    ).first()
    if row is None or row.kept_id is None:
        return None
    return Led(
        gone_id=row.gone_id,
        name=row.name,
        kept_id=row.kept_id,
        at=row.at,
        who=row.who or row.by_login,
        reason=row.reason,
    )


def merged_into(session: Session, subject_id: int) -> dict[int, int]:
    """The records that stand in this one now → the transaction that merged each."""
    rows = session.execute(
        select(Merge.gone_id, Merge.transaction_id).where(
            Merge.kept_id == subject_id, Merge.what == "subject", Merge.undone_at.is_(None)
        )
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def numbers_merged(session: Session, kind: str, numbers: Sequence[str]) -> dict[str, int]:
    """The main numbers that records held before they were merged → the record that each means now."""
    rows = session.execute(
        select(Merge.gone_no, Merge.kept_id).where(
            Merge.kind == kind,
            Merge.what == "subject",
            Merge.undone_at.is_(None),
            among(Merge.gone_no, numbers),
        )
    )
    return {number: kept for number, kept in rows if number is not None and kept is not None}


@dataclass(frozen=True, kw_only=True)
class MergedRecord:
    """A record that was merged: its name, the main number that it held, and which one stands for it."""

    gone_id: int
    name: str
    number: str | None
    kept_id: int


def merged_records(session: Session, *kinds: str) -> Iterator[MergedRecord]:
    """The records of these kinds that were merged."""
    for row in session.execute(
        select(Merge.gone_id, Subject.name, Merge.gone_no, Merge.kept_id)
        .join(Subject, Subject.id == Merge.gone_id)
        .where(Merge.what == "subject", Merge.undone_at.is_(None), Merge.kind.in_(kinds))
        .order_by(Merge.id)
    ):
        if row.kept_id is not None:
            yield MergedRecord(gone_id=row.gone_id, name=row.name, number=row.gone_no, kept_id=row.kept_id)
