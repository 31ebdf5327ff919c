"""What registrations of institutions and appraisers say of their own, one table for each kind of case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.appraisal.tables import AppraisalBase
from suite.api import ApplicationColumns, key_text


class InstitutionRegistration(ApplicationColumns, AppraisalBase):
    """司法鉴定机构登记. Funds are whole yuan (元); `scope…` hold sets of codes."""

    __tablename__ = "appraisal_institution_registration"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    new_name: Mapped[str | None] = mapped_column(String(200))
    new_address: Mapped[str | None] = mapped_column(String(300))
    parent_type: Mapped[str | None] = mapped_column(String(40))
    parent_body: Mapped[str | None] = mapped_column(String(200))
    out_of_province: Mapped[bool | None]
    other_province_no: Mapped[str | None] = mapped_column(String(100))
    legal_representative: Mapped[str | None] = mapped_column(String(200))
    head_name: Mapped[str | None] = mapped_column(String(200))
    funds: Mapped[int | None]
    scope: Mapped[str | None] = mapped_column(key_text(500))
    scope_items: Mapped[str | None] = mapped_column(key_text(500))
    appraisers_per_item: Mapped[int | None]
    cma_no: Mapped[str | None] = mapped_column(key_text(40))
    licence_no: Mapped[str | None] = mapped_column(key_text(40))
    not_barred: Mapped[bool | None]
    cancel_ground: Mapped[str | None] = mapped_column(String(40))
    review_days: Mapped[int | None]
    review_result: Mapped[str | None] = mapped_column(String(40))
    expert_opinion: Mapped[str | None] = mapped_column(Text)


class AppraiserRegistration(ApplicationColumns, AppraisalBase):
    """司法鉴定人登记. `scope…` hold sets of codes."""

    __tablename__ = "appraisal_appraiser_registration"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    employment: Mapped[str | None] = mapped_column(String(40))
    main_unit: Mapped[str | None] = mapped_column(String(200))
    unit_consent: Mapped[str | None] = mapped_column(String(100))
    eligibility: Mapped[str | None] = mapped_column(String(40))
    job_title: Mapped[str | None] = mapped_column(String(40))
    field_years: Mapped[int | None]
    scope: Mapped[str | None] = mapped_column(key_text(500))
    scope_items: Mapped[str | None] = mapped_column(key_text(500))
    not_barred: Mapped[bool | None]
    cancel_ground: Mapped[str | None] = mapped_column(String(40))
    review_days: Mapped[int | None]
    review_result: Mapped[str | None] = mapped_column(String(40))
    expert_opinion: Mapped[str | None] = mapped_column(Text)
    licence_no: Mapped[str | None] = mapped_column(key_text(40))
    exam_on: Mapped[dt.date | None]
    exam_score: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))


class ConditionsLost(AppraisalBase):
    """登记条件缺失: what an institution or an appraiser lacks, and how it ended."""

    __tablename__ = "appraisal_conditions_lost"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    ground: Mapped[str | None] = mapped_column(String(40))
    lost_on: Mapped[dt.date | None]
    lacking: Mapped[str | None] = mapped_column(String(500))
    frozen: Mapped[str | None] = mapped_column(key_text(500))
    order_no: Mapped[str | None] = mapped_column(String(100))
    restored_how: Mapped[str | None] = mapped_column(String(500))
    report_no: Mapped[str | None] = mapped_column(String(100))
    decision_no: Mapped[str | None] = mapped_column(String(100))
    decided_on: Mapped[dt.date | None]
    decided_by: Mapped[str | None] = mapped_column(String(100))
