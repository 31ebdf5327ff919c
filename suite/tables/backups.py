"""Which backups of this database were taken, and which of them were proven by a restore."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase


class Backup(CoreBase):
    """One backup: when, by whom, where it was put, and when it was last proven.

    `links` and `head` are the length and the last hash of the audit chain in it: by them a backup is known
    to be of this database.
    """

    __tablename__ = "core_backup"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    taken_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_login: Mapped[str] = mapped_column(String(100))
    place: Mapped[str] = mapped_column(String(500))
    size: Mapped[int] = mapped_column(BigInteger)
    links: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[str] = mapped_column(String(64))
    proven_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("taken_at", "head"), {"sqlite_autoincrement": True})
