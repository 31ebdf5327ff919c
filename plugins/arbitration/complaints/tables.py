"""Columns of the complaints about arbitration, beside what every profession keeps of them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.arbitration.tables import ArbitrationBase
from suite.api import ComplaintColumns, key_text


class Complaint(ComplaintColumns, ArbitrationBase):
    """仲裁机构投诉: about how a commission is run; the province decides."""

    __tablename__ = "arbitration_complaint"

    case_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    province_no: Mapped[str | None] = mapped_column(String(100))
    province_on: Mapped[dt.date | None]
    province_decision: Mapped[str | None] = mapped_column(Text)


class ConductComplaint(ComplaintColumns, ArbitrationBase):
    """仲裁员投诉: about an arbitrator or secretary; the commission's ethics committee decides."""

    __tablename__ = "arbitration_conduct_complaint"

    case_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    bar_months: Mapped[int | None]
    copied_to: Mapped[str | None] = mapped_column(String(300))
