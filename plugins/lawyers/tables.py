"""The lawyers' own columns: one details table for each kind, keyed by the subject."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from suite.api import BigId, OwnedTables, key_text


class LawyersBase(OwnedTables, DeclarativeBase, owner="lawyers"):
    """Tables of the lawyers."""


class PracticeBody:
    """What firms and branches have in common. Amounts are whole yuan (元)."""

    former_names: Mapped[str | None] = mapped_column(String(500))
    licence_no: Mapped[str | None] = mapped_column(key_text(40))
    certificate_serial_no: Mapped[str | None] = mapped_column(key_text(40))
    approved_on: Mapped[dt.date | None]
    approval_no: Mapped[str | None] = mapped_column(String(100))
    opened_on: Mapped[dt.date | None]
    head_name: Mapped[str | None] = mapped_column(String(200))
    head_practice_no: Mapped[str | None] = mapped_column(key_text(40))
    address: Mapped[str | None] = mapped_column(String(300))
    address_code: Mapped[str | None] = mapped_column(key_text(12))
    supervised_by: Mapped[str | None] = mapped_column(String(100))
    office_phone: Mapped[str | None] = mapped_column(String(60))
    website: Mapped[str | None] = mapped_column(String(200))
    party_form: Mapped[str | None] = mapped_column(String(40))
    party_secretary: Mapped[str | None] = mapped_column(String(200))
    assets: Mapped[int | None] = mapped_column(BigId)
    staff_count: Mapped[int | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)


class LawFirm(PracticeBody, LawyersBase):
    """律师事务所."""

    __tablename__ = "lawyers_law_firm"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True, sort_order=-1)
    bank_name: Mapped[str | None] = mapped_column(String(200))
    bank_filed_on: Mapped[dt.date | None]
    seal_filed_on: Mapped[dt.date | None]
    liability_insurer: Mapped[str | None] = mapped_column(String(200))
    liability_cover: Mapped[int | None] = mapped_column(BigId)
    liability_until: Mapped[dt.date | None]
    risk_fund: Mapped[int | None] = mapped_column(BigId)
    development_fund: Mapped[int | None] = mapped_column(BigId)
    social_security_fund: Mapped[int | None] = mapped_column(BigId)
    foreign_title: Mapped[str | None] = mapped_column(String(40))
    foreign_title_on: Mapped[dt.date | None]
    is_world_class: Mapped[bool | None]
    stopped_on: Mapped[dt.date | None]

    __table_args__ = (
        UniqueConstraint("certificate_serial_no"),
        Index(None, "licence_no"),
        Index(None, "approved_on", "subject_id"),
    )


class BranchOffice(PracticeBody, LawyersBase):
    """分所. Its parent is `Subject.body_id` when the parent is on our roster, else only text."""

    __tablename__ = "lawyers_branch_office"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True, sort_order=-1)
    parent_name: Mapped[str | None] = mapped_column(String(200))
    parent_uscc: Mapped[str | None] = mapped_column(key_text(18))
    parent_province: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (UniqueConstraint("certificate_serial_no"), Index(None, "approved_on", "subject_id"))


class EmployerUnit(LawyersBase):
    """用人单位 of government, in-house and legal-aid lawyers: an organ, an institution or a company."""

    __tablename__ = "lawyers_employer_unit"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True, sort_order=-1)
    former_names: Mapped[str | None] = mapped_column(String(500))
    unit_level: Mapped[str | None] = mapped_column(String(40))
    lawyer_mode: Mapped[str | None] = mapped_column(String(40))
    lawyer_mode_no: Mapped[str | None] = mapped_column(String(100))
    counsel_exempt: Mapped[bool | None]
    legal_department: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(300))
    contact_name: Mapped[str | None] = mapped_column(String(200))
    office_phone: Mapped[str | None] = mapped_column(String(60))
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)


class Qualified:
    """The legal professional qualification of a lawyer or a trainee."""

    qualification_no: Mapped[str | None] = mapped_column(key_text(40))
    qualification_type: Mapped[str | None] = mapped_column(String(40))
    qualified_on: Mapped[dt.date | None]


class Lawyer(Qualified, LawyersBase):
    """律师 of every category."""

    __tablename__ = "lawyers_lawyer"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True, sort_order=-1)
    former_names: Mapped[str | None] = mapped_column(String(500))
    certificate_serial_no: Mapped[str | None] = mapped_column(key_text(40))
    first_practice_on: Mapped[dt.date | None]
    issued_on: Mapped[dt.date | None]
    entered_on: Mapped[dt.date | None]
    is_partner: Mapped[bool | None]
    partner_since: Mapped[dt.date | None]
    is_seconded: Mapped[bool | None]
    job_title: Mapped[str | None] = mapped_column(String(100))
    teaching_unit: Mapped[str | None] = mapped_column(String(200))
    left_judiciary_on: Mapped[dt.date | None]
    specialties: Mapped[str | None] = mapped_column(String(500))
    languages: Mapped[str | None] = mapped_column(String(200))
    is_foreign_talent: Mapped[bool | None]
    foreign_pool: Mapped[str | None] = mapped_column(String(40))
    foreign_level: Mapped[str | None] = mapped_column(String(40))
    is_duty_lawyer: Mapped[bool | None]
    public_posts: Mapped[str | None] = mapped_column(String(500))
    certificate_custody: Mapped[str | None] = mapped_column(String(40))
    status_on: Mapped[dt.date | None]
    email: Mapped[str | None] = mapped_column(String(200))
    office_address: Mapped[str | None] = mapped_column(String(300))
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("certificate_serial_no"),
        Index(None, "first_practice_on", "subject_id"),
        Index(None, "qualification_no"),
    )


class TraineeLawyer(Qualified, LawyersBase):
    """申请律师执业人员（实习人员）."""

    __tablename__ = "lawyers_trainee_lawyer"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True, sort_order=-1)
    supervisor_name: Mapped[str | None] = mapped_column(String(200))
    supervisor_practice_no: Mapped[str | None] = mapped_column(key_text(40))
    started_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    extended_until: Mapped[dt.date | None]
    training_finished_on: Mapped[dt.date | None]
    training_result: Mapped[str | None] = mapped_column(String(40))
    interviewed_on: Mapped[dt.date | None]
    interview_result: Mapped[str | None] = mapped_column(String(40))
    status_on: Mapped[dt.date | None]
    email: Mapped[str | None] = mapped_column(String(200))
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "started_on", "subject_id"),)
