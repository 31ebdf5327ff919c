"""What applications of notary offices and notaries say of their own, one table for each kind of case."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.notary.tables import NotaryBase
from suite.api import ApplicationColumns, key_text


class OfficeApplication(ApplicationColumns, NotaryBase):
    """公证机构设立、变更和终止. `new_…` is what shall stand in the certificate."""

    __tablename__ = "notary_office_application"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    form: Mapped[str | None] = mapped_column(String(40))
    new_name: Mapped[str | None] = mapped_column(String(200))
    new_address: Mapped[str | None] = mapped_column(String(300))
    new_area: Mapped[str | None] = mapped_column(String(500))
    head_name: Mapped[str | None] = mapped_column(String(200))
    sponsor: Mapped[str | None] = mapped_column(String(200))
    notaries: Mapped[int | None]
    has_funds: Mapped[bool | None]
    handed_over: Mapped[bool | None]
    handover: Mapped[str | None] = mapped_column(Text)
    uscc: Mapped[str | None] = mapped_column(key_text(18))
    licence_no: Mapped[str | None] = mapped_column(key_text(40))


class HeadApproval(NotaryBase):
    """公证机构负责人核准."""

    __tablename__ = "notary_head_approval"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    elected_on: Mapped[dt.date | None]
    election: Mapped[str | None] = mapped_column(String(200))
    supplement_items: Mapped[str | None] = mapped_column(Text)
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    review_opinion: Mapped[str | None] = mapped_column(Text)
    decision_no: Mapped[str | None] = mapped_column(String(100))
    decided_on: Mapped[dt.date | None]
    report_no: Mapped[str | None] = mapped_column(String(100))


class NotaryAppointment(ApplicationColumns, NotaryBase):
    """公证员任职: by examination or by assessment."""

    __tablename__ = "notary_notary_appointment"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    sex: Mapped[str | None] = mapped_column(String(10))
    birth_date: Mapped[dt.date | None]
    qualification_no: Mapped[str | None] = mapped_column(key_text(40))
    internship_from: Mapped[dt.date | None]
    internship_to: Mapped[dt.date | None]
    work_years: Mapped[int | None]
    assessment_basis: Mapped[str | None] = mapped_column(String(40))
    not_barred: Mapped[bool | None]
    recommendation: Mapped[str | None] = mapped_column(String(200))
    passed_no: Mapped[str | None] = mapped_column(String(100))
    licence_no: Mapped[str | None] = mapped_column(key_text(40))


class NotaryRemoval(ApplicationColumns, NotaryBase):
    """公证员免职."""

    __tablename__ = "notary_notary_removal"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    evidence: Mapped[str | None] = mapped_column(String(300))
    passed_no: Mapped[str | None] = mapped_column(String(100))


class PracticeApplication(ApplicationColumns, NotaryBase):
    """公证员变更执业机构、补（换）发执业证."""

    __tablename__ = "notary_practice_application"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    settled: Mapped[bool | None]
    licence_no: Mapped[str | None] = mapped_column(key_text(40))
