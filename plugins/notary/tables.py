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
    former_names: Mapped[str | None] = mapped_column(String(500))
    licence_no: Mapped[str | None] = mapped_column(key_text(40))
    issued_on: Mapped[dt.date | None]
    approval_no: Mapped[str | None] = mapped_column(String(100))
    opened_on: Mapped[dt.date | None]
    sponsor: Mapped[str | None] = mapped_column(String(200))
    supervised_by: Mapped[str | None] = mapped_column(String(100))
    head_name: Mapped[str | None] = mapped_column(String(200))
    head_approval_no: Mapped[str | None] = mapped_column(String(100))
    practice_area: Mapped[str | None] = mapped_column(String(500))
    address: Mapped[str | None] = mapped_column(String(300))
    address_code: Mapped[str | None] = mapped_column(key_text(12))
    office_phone: Mapped[str | None] = mapped_column(String(60))
    staff_quota: Mapped[int | None]
    assistants_count: Mapped[int | None]
    is_foreign_related: Mapped[bool | None]
    online_since: Mapped[dt.date | None]
    video_points: Mapped[int | None]
    branch_points: Mapped[int | None]
    archive_class: Mapped[str | None] = mapped_column(String(40))
    escrow_accounts: Mapped[str | None] = mapped_column(String(500))
    insurer: Mapped[str | None] = mapped_column(String(200))
    policy_no: Mapped[str | None] = mapped_column(key_text(60))
    insurance_cover: Mapped[int | None]
    insured_from: Mapped[dt.date | None]
    insured_to: Mapped[dt.date | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "licence_no"),)


class Notary(NotaryBase):
    """公证员."""

    __tablename__ = "notary_notary"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    certificate_serial_no: Mapped[str | None] = mapped_column(key_text(40))
    qualification_no: Mapped[str | None] = mapped_column(key_text(40))
    appointment_no: Mapped[str | None] = mapped_column(String(100))
    appointed_on: Mapped[dt.date | None]
    issued_on: Mapped[dt.date | None]
    first_practice_on: Mapped[dt.date | None]
    entered_on: Mapped[dt.date | None]
    is_head: Mapped[bool | None]
    is_foreign_related: Mapped[bool | None]
    job_title: Mapped[str | None] = mapped_column(String(40))
    titled_on: Mapped[dt.date | None]
    languages: Mapped[str | None] = mapped_column(String(200))
    certificate_custody: Mapped[str | None] = mapped_column(String(40))
    removed_on: Mapped[dt.date | None]
    removal_no: Mapped[str | None] = mapped_column(String(100))
    removal_reason: Mapped[str | None] = mapped_column(String(40))
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "appointed_on", "subject_id"),)


class NotaryAssistant(NotaryBase):
    """公证员助理 and the other staff of an office who hold no certificate."""

    __tablename__ = "notary_notary_assistant"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    engagement: Mapped[str | None] = mapped_column(String(40))
    job_title: Mapped[str | None] = mapped_column(String(100))
    qualification_no: Mapped[str | None] = mapped_column(key_text(40))
    supervisor_name: Mapped[str | None] = mapped_column(String(200))
    entered_on: Mapped[dt.date | None]
    contract_to: Mapped[dt.date | None]
    internship_from: Mapped[dt.date | None]
    internship_to: Mapped[dt.date | None]
    left_on: Mapped[dt.date | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "entered_on", "subject_id"),)
