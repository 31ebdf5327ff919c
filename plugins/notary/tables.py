"""The notaries' own columns: one details table for each kind, keyed by the subject."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from suite.api import OwnedTables, key_text


class NotaryBase(OwnedTables, DeclarativeBase, owner="notary"):
    """Tables of the notaries."""


class NotaryOffice(NotaryBase):
    """公证机构. Amounts are whole yuan (元)."""

    __tablename__ = "notary_notary_office"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    short_name: Mapped[str | None] = mapped_column(String(60))
    licence_no: Mapped[str | None] = mapped_column(key_text(40))
    issued_on: Mapped[dt.date | None]
    approval_no: Mapped[str | None] = mapped_column(String(100))
    opened_on: Mapped[dt.date | None]
    sponsor: Mapped[str | None] = mapped_column(String(200))
    head_name: Mapped[str | None] = mapped_column(String(200))
    head_approval_no: Mapped[str | None] = mapped_column(String(100))
    practice_area: Mapped[str | None] = mapped_column(String(500))
    address: Mapped[str | None] = mapped_column(String(300))
    office_phone: Mapped[str | None] = mapped_column(String(60))
    staff_quota: Mapped[int | None]
    assistants_count: Mapped[int | None]
    is_foreign_related: Mapped[bool | None]
    online_since: Mapped[dt.date | None]
    video_points: Mapped[int | None]
    branch_points: Mapped[int | None]
    archive_class: Mapped[str | None] = mapped_column(String(40))
    insurer: Mapped[str | None] = mapped_column(String(200))
    insurance_cover: Mapped[int | None]
    insured_from: Mapped[dt.date | None]
    insured_to: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "licence_no"),)


class Notary(NotaryBase):
    """公证员."""

    __tablename__ = "notary_notary"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    qualification_no: Mapped[str | None] = mapped_column(key_text(40))
    appointment_no: Mapped[str | None] = mapped_column(String(100))
    appointed_on: Mapped[dt.date | None]
    issued_on: Mapped[dt.date | None]
    first_practice_on: Mapped[dt.date | None]
    is_head: Mapped[bool | None]
    is_foreign_related: Mapped[bool | None]
    job_title: Mapped[str | None] = mapped_column(String(40))
    titled_on: Mapped[dt.date | None]
    languages: Mapped[str | None] = mapped_column(String(200))
    removed_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "appointed_on", "subject_id"),)
