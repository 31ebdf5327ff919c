"""Columns of the notices to appear in court."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from plugins.appraisal.tables import AppraisalBase
from suite.api import key_text


class CourtAppearance(AppraisalBase):
    """鉴定人出庭: a court's notice to an appraiser, and whether he came."""

    __tablename__ = "appraisal_court_appearance"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    court: Mapped[str | None] = mapped_column(String(200))
    court_case_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    report_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    notified_on: Mapped[dt.date | None]
    hearing_on: Mapped[dt.date | None]
    way: Mapped[str | None] = mapped_column(String(40))
    appeared_on: Mapped[dt.date | None]
    adopted: Mapped[str | None] = mapped_column(String(40))
    excuse: Mapped[str | None] = mapped_column(String(40))
    consent_no: Mapped[str | None] = mapped_column(String(100))
    refusal_reason: Mapped[str | None] = mapped_column(String(500))
    referred_to: Mapped[str | None] = mapped_column(String(200))
