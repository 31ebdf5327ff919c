"""What registrations and filings say of their own, one table for each kind of case."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from plugins.arbitration.tables import ArbitrationBase
from suite.api import ApplicationColumns, FilingColumns, key_text


class CommissionRegistration(ApplicationColumns, ArbitrationBase):
    """仲裁委员会设立、注销登记."""

    __tablename__ = "arbitration_commission_registration"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    seat: Mapped[str | None] = mapped_column(String(100))
    seat_fits: Mapped[bool | None]
    papers: Mapped[str | None] = mapped_column(key_text(500))
    form: Mapped[str | None] = mapped_column(String(40))
    founding_document: Mapped[str | None] = mapped_column(String(100))
    new_address: Mapped[str | None] = mapped_column(String(300))
    chair_name: Mapped[str | None] = mapped_column(String(200))
    vice_chairs: Mapped[int | None]
    members: Mapped[int | None]
    expert_members: Mapped[int | None]
    term_from: Mapped[dt.date | None]
    term_to: Mapped[dt.date | None]
    uscc: Mapped[str | None] = mapped_column(key_text(18))
    licence_no: Mapped[str | None] = mapped_column(key_text(40))


class CommissionFiling(FilingColumns, ArbitrationBase):
    """仲裁委员会变更、换届备案."""

    __tablename__ = "arbitration_commission_filing"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    new_address: Mapped[str | None] = mapped_column(String(300))
    chair_name: Mapped[str | None] = mapped_column(String(200))
    vice_chairs: Mapped[int | None]
    members: Mapped[int | None]
    expert_members: Mapped[int | None]
    replaced: Mapped[int | None]
    term_number: Mapped[int | None]
    term_from: Mapped[dt.date | None]
    term_to: Mapped[dt.date | None]
    stations: Mapped[str | None] = mapped_column(String(500))


class PanelDecision(FilingColumns, ArbitrationBase):
    """仲裁员聘任、续聘、辞聘、除名: what the commission decided about a member of its panel."""

    __tablename__ = "arbitration_panel_decision"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    applicant_name: Mapped[str | None] = mapped_column(String(200))
    district_code: Mapped[str | None] = mapped_column(key_text(6))
    decision_no: Mapped[str | None] = mapped_column(String(100))
    licence_no: Mapped[str | None] = mapped_column(key_text(40))
    eligibility: Mapped[str | None] = mapped_column(String(40))
    eligibility_years: Mapped[int | None]
    job_title: Mapped[str | None] = mapped_column(String(40))
    evidence: Mapped[str | None] = mapped_column(String(300))
    serving_post: Mapped[str | None] = mapped_column(String(40))
    unit_approval: Mapped[str | None] = mapped_column(String(100))
    panel_edition: Mapped[str | None] = mapped_column(String(60))
    term_from: Mapped[dt.date | None]
    term_to: Mapped[dt.date | None]
    end_reason: Mapped[str | None] = mapped_column(String(40))
