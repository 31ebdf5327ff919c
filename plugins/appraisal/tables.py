"""The forensic appraisers' own columns: one details table for each kind, keyed by the subject."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from suite.api import OwnedTables, key_text


class AppraisalBase(OwnedTables, DeclarativeBase, owner="appraisal"):
    """Tables of the appraisers."""


class AppraisalInstitution(AppraisalBase):
    """司法鉴定机构. Amounts are whole yuan (元); `…scope…` and `…categories` hold sets of codes."""

    __tablename__ = "appraisal_appraisal_institution"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    uscc: Mapped[str | None] = mapped_column(key_text(18))
    former_names: Mapped[str | None] = mapped_column(String(500))
    approval_no: Mapped[str | None] = mapped_column(String(100))
    is_branch: Mapped[bool | None]
    parent_body: Mapped[str | None] = mapped_column(String(200))
    is_independent: Mapped[bool | None]
    legal_representative: Mapped[str | None] = mapped_column(String(200))
    head_name: Mapped[str | None] = mapped_column(String(200))
    scope: Mapped[str | None] = mapped_column(key_text(500))
    scope_items: Mapped[str | None] = mapped_column(key_text(500))
    funds: Mapped[int | None]
    first_registered_on: Mapped[dt.date | None]
    licensed_from: Mapped[dt.date | None]
    licensed_to: Mapped[dt.date | None]
    address: Mapped[str | None] = mapped_column(String(300))
    address_code: Mapped[str | None] = mapped_column(key_text(12))
    office_phone: Mapped[str | None] = mapped_column(String(60))
    cma_no: Mapped[str | None] = mapped_column(key_text(40))
    cma_level: Mapped[str | None] = mapped_column(String(40))
    cma_categories: Mapped[str | None] = mapped_column(key_text(500))
    cma_to: Mapped[dt.date | None]
    cnas_no: Mapped[str | None] = mapped_column(key_text(40))
    cnas_categories: Mapped[str | None] = mapped_column(key_text(500))
    cnas_to: Mapped[dt.date | None]
    instruments: Mapped[str | None] = mapped_column(Text)
    manual_version: Mapped[str | None] = mapped_column(String(60))
    high_level_on: Mapped[dt.date | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "uscc"), Index(None, "licensed_to", "subject_id"))


class Appraiser(AppraisalBase):
    """司法鉴定人."""

    __tablename__ = "appraisal_appraiser"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    certificate_serial_no: Mapped[str | None] = mapped_column(key_text(40))
    scope: Mapped[str | None] = mapped_column(key_text(500))
    scope_items: Mapped[str | None] = mapped_column(key_text(500))
    eligibility: Mapped[str | None] = mapped_column(String(40))
    entered_on: Mapped[dt.date | None]
    major: Mapped[str | None] = mapped_column(String(100))
    job_title: Mapped[str | None] = mapped_column(String(40))
    field_years: Mapped[int | None]
    title_name: Mapped[str | None] = mapped_column(String(60))
    main_unit: Mapped[str | None] = mapped_column(String(200))
    unit_consent: Mapped[str | None] = mapped_column(String(100))
    is_signatory: Mapped[bool | None]
    exam_score: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))
    exam_on: Mapped[dt.date | None]
    first_registered_on: Mapped[dt.date | None]
    licensed_from: Mapped[dt.date | None]
    licensed_to: Mapped[dt.date | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "licensed_to", "subject_id"),)
