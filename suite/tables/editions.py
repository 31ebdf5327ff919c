"""Editions of rosters (名册编制): what was on a roster on a day, as it was published. Never changed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase


class RosterEdition(CoreBase):
    """One edition of a kind's roster: 第 `number` 版, as of the end of a day.

    `columns` are the field keys that it publishes, as JSON; `digest` is the SHA-256 of its rows, so that
    a copy can be compared years later.
    """

    __tablename__ = "core_roster_edition"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    as_of: Mapped[dt.date]
    columns: Mapped[str] = mapped_column(Text)
    rows: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(Text)
    compiled_by: Mapped[str] = mapped_column(String(60))
    compiled_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    announced_on: Mapped[dt.date | None]
    document_no: Mapped[str | None] = mapped_column(String(100))
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdraw_reason: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (UniqueConstraint("kind", "number"), {"sqlite_autoincrement": True})


class RosterEditionRow(CoreBase):
    """One line of an edition: the words that it publishes, as JSON of field key → text."""

    __tablename__ = "core_roster_edition_row"

    edition_id: Mapped[int] = mapped_column(ForeignKey("core_roster_edition.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"))
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("edition_id", "subject_id"),
        Index(None, "subject_id"),
        {"info": {"title": "名册编制的版次"}},
    )
