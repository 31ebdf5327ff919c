"""Columns of complaints, beside what every profession keeps of them."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from plugins.appraisal.tables import AppraisalBase
from suite.api import ComplaintColumns, key_text


class Complaint(ComplaintColumns, AppraisalBase):
    """投诉: a complaint against an institution or an appraiser."""

    __tablename__ = "appraisal_complaint"

    report_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    category: Mapped[str | None] = mapped_column(String(40))
