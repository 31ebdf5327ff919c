"""What was true when: posts, licences and their events, dated values. Never overwritten."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase


class Recorded:
    """When an entry was recorded, and why it no longer holds, if it was voided (作废)."""

    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str | None] = mapped_column(String(500))


class OfSubject:
    """The subject an entry is about, with the subject's scope, so that rights can be asked per row."""

    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))

    @declared_attr
    @classmethod
    def subject_id(cls) -> Mapped[int]:
        """Whose entry it is."""
        return mapped_column(ForeignKey("core_subject.id"))


class Post(OfSubject, Recorded, CoreBase):
    """执业经历: a subject's place in a body, from `from_date` until the day before `to_date`.

    No `from_date` means since before the record began; no `to_date` means still.
    """

    __tablename__ = "core_post"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"))
    post: Mapped[str] = mapped_column(String(40))
    from_date: Mapped[dt.date | None]
    to_date: Mapped[dt.date | None]

    __table_args__ = (
        # With all that a day's body needs: a past day is answered without a look at the rows.
        Index("ix_core_post_held", "subject_id", "from_date", "id", "to_date", "voided_at", "body_id"),
        Index(None, "body_id", "from_date"),
        # What has changed since a day; most posts have no end, and so are not in the second.
        Index(None, "from_date", "subject_id"),
        Index(
            None,
            "to_date",
            "subject_id",
            postgresql_where=text("to_date IS NOT NULL"),
            sqlite_where=text("to_date IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )


class Licence(OfSubject, CoreBase):
    """A licence or certificate. `opening_state` held before the first recorded event."""

    __tablename__ = "core_licence"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str] = mapped_column(String(60))
    number: Mapped[str | None] = mapped_column(String(60), index=True)
    serial: Mapped[str | None] = mapped_column(String(60))
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    opening_state: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(40))

    __table_args__ = (Index(None, "subject_id"), {"sqlite_autoincrement": True})


class LicenceEvent(OfSubject, Recorded, CoreBase):
    """A decision that changed a licence's state on a day: suspended, reinstated, cancelled …"""

    __tablename__ = "core_licence_event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    licence_id: Mapped[int] = mapped_column(ForeignKey("core_licence.id"))
    state: Mapped[str] = mapped_column(String(40))
    on_date: Mapped[dt.date]
    document_no: Mapped[str | None] = mapped_column(String(100))
    decided_by: Mapped[str | None] = mapped_column(String(100))
    note: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index(None, "licence_id", "on_date"),
        # What has changed since a day.
        Index(None, "on_date", "subject_id"),
        Index(None, "subject_id"),
        {"sqlite_autoincrement": True},
    )


class DatedValue(OfSubject, Recorded, CoreBase):
    """The value of a dated field from a day on, until the next entry of the same field.

    While a field has no entry its current value has always held; the first change writes the old
    value as an entry without `from_date` before its own.
    """

    __tablename__ = "core_dated_value"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    field: Mapped[str] = mapped_column(String(60))
    value: Mapped[str | None] = mapped_column(String(500))
    from_date: Mapped[dt.date | None]

    __table_args__ = (
        # With all that a day's value needs: a past day is answered without a look at the rows.
        Index("ix_core_dated_value_said", "subject_id", "field", "from_date", "id", "voided_at", "value"),
        # What has changed since a day.
        Index(
            None,
            "field",
            "from_date",
            "subject_id",
            "voided_at",
            postgresql_where=text("voided_at IS NULL"),
            sqlite_where=text("voided_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )
