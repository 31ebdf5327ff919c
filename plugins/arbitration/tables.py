"""Arbitration's own columns: one details table for each kind, keyed by the subject."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from suite.api import OwnedTables, key_text


class ArbitrationBase(OwnedTables, DeclarativeBase, owner="arbitration"):
    """Tables of arbitration."""


class ArbitrationCommission(ArbitrationBase):
    """仲裁委员会. Funds are whole yuan (元); the heads count the present term's governing members."""

    __tablename__ = "arbitration_arbitration_commission"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    registration_no: Mapped[str | None] = mapped_column(key_text(40))
    registered_on: Mapped[dt.date | None]
    seat: Mapped[str | None] = mapped_column(String(100))
    founding_document: Mapped[str | None] = mapped_column(String(100))
    charter_on: Mapped[dt.date | None]
    rules_version: Mapped[str | None] = mapped_column(String(100))
    fee_document: Mapped[str | None] = mapped_column(String(100))
    funds: Mapped[int | None]
    term_number: Mapped[int | None]
    term_from: Mapped[dt.date | None]
    term_to: Mapped[dt.date | None]
    chair_name: Mapped[str | None] = mapped_column(String(200))
    vice_chairs: Mapped[int | None]
    members: Mapped[int | None]
    expert_members: Mapped[int | None]
    panel_edition: Mapped[str | None] = mapped_column(String(60))
    panel_to: Mapped[dt.date | None]
    departments: Mapped[str | None] = mapped_column(String(500))
    secretaries: Mapped[int | None]
    stations: Mapped[str | None] = mapped_column(String(500))
    address: Mapped[str | None] = mapped_column(String(300))
    office_phone: Mapped[str | None] = mapped_column(String(60))
    website: Mapped[str | None] = mapped_column(String(200))
    disclosed: Mapped[str | None] = mapped_column(key_text(500))
    report_filed_on: Mapped[dt.date | None]
    change_filed_on: Mapped[dt.date | None]
    renowned_on: Mapped[dt.date | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)


class Arbitrator(ArbitrationBase):
    """仲裁员."""

    __tablename__ = "arbitration_arbitrator"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    nationality: Mapped[str | None] = mapped_column(String(60))
    eligibility_years: Mapped[int | None]
    evidence: Mapped[str | None] = mapped_column(String(300))
    qualification_no: Mapped[str | None] = mapped_column(key_text(40))
    job_title: Mapped[str | None] = mapped_column(String(40))
    employer: Mapped[str | None] = mapped_column(String(200))
    serving_post: Mapped[str | None] = mapped_column(String(40))
    unit_approval: Mapped[str | None] = mapped_column(String(100))
    specialties: Mapped[str | None] = mapped_column(String(500))
    languages: Mapped[str | None] = mapped_column(String(200))
    panel_edition: Mapped[str | None] = mapped_column(String(60))
    term_from: Mapped[dt.date | None]
    term_to: Mapped[dt.date | None]
    first_appointed_on: Mapped[dt.date | None]
    training_hours: Mapped[int | None]
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[str | None] = mapped_column(String(40))
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "term_to", "subject_id"),)


class GoverningMember(ArbitrationBase):
    """组成人员: a chair, vice-chair or member of a commission for one term."""

    __tablename__ = "arbitration_governing_member"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    expertise: Mapped[str | None] = mapped_column(String(40))
    job_title: Mapped[str | None] = mapped_column(String(40))
    employer: Mapped[str | None] = mapped_column(String(200))
    first_appointed_on: Mapped[dt.date | None]
    term_number: Mapped[int | None]
    term_from: Mapped[dt.date | None]
    term_to: Mapped[dt.date | None]
    approval_no: Mapped[str | None] = mapped_column(String(100))
    is_full_time: Mapped[bool | None]
    ended_on: Mapped[dt.date | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "term_to", "subject_id"),)


class CaseSecretary(ArbitrationBase):
    """仲裁秘书: the commission's own staff beside a tribunal."""

    __tablename__ = "arbitration_case_secretary"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    grade: Mapped[str | None] = mapped_column(String(60))
    department: Mapped[str | None] = mapped_column(String(100))
    qualification_no: Mapped[str | None] = mapped_column(key_text(40))
    certificates: Mapped[str | None] = mapped_column(String(300))
    languages: Mapped[str | None] = mapped_column(String(200))
    entered_on: Mapped[dt.date | None]
    contract_to: Mapped[dt.date | None]
    left_on: Mapped[dt.date | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "entered_on", "subject_id"),)
