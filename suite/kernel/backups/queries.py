"""When this database was last proven to be restorable."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.tables import Backup


@dataclass(frozen=True, kw_only=True)
class BackupLine:
    """One backup as it stands in the book."""

    taken_at: dt.datetime
    by_login: str
    place: str
    size: int
    proven_at: dt.datetime | None


def last_proven(session: Session) -> BackupLine | None:
    """The youngest backup that was proven; what is restored from it is as of `taken_at`."""
    row = session.scalar(
        select(Backup).where(Backup.proven_at.is_not(None)).order_by(Backup.taken_at.desc()).limit(1)
    )
    return _line(row) if row is not None else None


def backup_lines(session: Session, limit: int) -> list[BackupLine]:
    """The youngest backups, first of all."""
    rows = session.scalars(select(Backup).order_by(Backup.taken_at.desc()).limit(limit))
    return [_line(row) for row in rows]


def _line(row: Backup) -> BackupLine:
    return BackupLine(
        taken_at=row.taken_at,
        by_login=row.by_login,
        place=row.place,
        size=row.size,
        proven_at=row.proven_at,
    )
