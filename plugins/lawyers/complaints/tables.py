"""Columns of the complaints about lawyers, beside what every profession keeps of them."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.lawyers.tables import LawyersBase
from suite.api import ComplaintColumns


class Complaint(ComplaintColumns, LawyersBase):
    """投诉: a complaint against a firm or a lawyer, handled by the bureau."""

    __tablename__ = "lawyers_complaint"

    matter_no: Mapped[str | None] = mapped_column(String(100), index=True)


class AssociationComplaint(ComplaintColumns, LawyersBase):
    """律师协会投诉: a complaint against a member, handled by the association."""

    __tablename__ = "lawyers_association_complaint"

    matter_no: Mapped[str | None] = mapped_column(String(100), index=True)
    hearing: Mapped[str | None] = mapped_column(Text)


class CounselComplaint(ComplaintColumns, LawyersBase):
    """公共法律顾问投诉: about the counsel of a village, of an organ, or its own government lawyer."""

    __tablename__ = "lawyers_counsel_complaint"

    counsel_kind: Mapped[str | None] = mapped_column(String(40))
    served_name: Mapped[str | None] = mapped_column(String(200), index=True)
    contract_no: Mapped[str | None] = mapped_column(String(100))
