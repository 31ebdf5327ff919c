"""Runs of the importer: what came in, from which file, and what each row became."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase
from suite.tables.merging import STAYS


class ImportRun(CoreBase):
    """One accepted import: all its rows stand in one transaction."""

    __tablename__ = "core_import_run"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    file_name: Mapped[str] = mapped_column(String(300))
    file_hash: Mapped[str] = mapped_column(String(64))
    by_login: Mapped[str] = mapped_column(String(60))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    rows_new: Mapped[int]
    rows_changed: Mapped[int]
    rows_same: Mapped[int]
    rows_held: Mapped[int]
    transaction_id: Mapped[int] = mapped_column(BigId)
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)


class ImportRow(CoreBase):
    """What one row of a run did: to which subject, and the values before, for taking it back."""

    __tablename__ = "core_import_row"

    run_id: Mapped[int] = mapped_column(ForeignKey("core_import_run.id"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True, info=STAYS)
    sheet: Mapped[str] = mapped_column(String(100))
    row: Mapped[int]
    result: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    before: Mapped[str | None] = mapped_column(Text)
