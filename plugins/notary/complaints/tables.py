"""Columns of the three channels of complaint about notaries, beside what every profession keeps."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.notary.tables import NotaryBase
from suite.api import ComplaintColumns, key_text


class Complaint(ComplaintColumns, NotaryBase):
    """公证执业活动投诉: a complaint about the conduct of an office or a notary."""

    __tablename__ = "notary_complaint"

    certificate_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    reported_to: Mapped[str | None] = mapped_column(String(300))


class ReviewDispute(ComplaintColumns, NotaryBase):
    """公证复查争议投诉: about an office's decision on a review; the association gives an opinion."""

    __tablename__ = "notary_review_dispute"

    certificate_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    review_no: Mapped[str | None] = mapped_column(String(100))
    reviewed_on: Mapped[dt.date | None]
    expert_opinion: Mapped[str | None] = mapped_column(Text)


class Recheck(NotaryBase):
    """复查申请: an office is asked to review its own certificate."""

    __tablename__ = "notary_recheck"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    certificate_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    certified_on: Mapped[dt.date | None]
    received_on: Mapped[dt.date | None]
    known_on: Mapped[dt.date | None]
    is_party: Mapped[bool | None]
    request: Mapped[str | None] = mapped_column(Text)
    refusal_ground: Mapped[str | None] = mapped_column(String(40))
    result: Mapped[str | None] = mapped_column(String(40))
    decision_no: Mapped[str | None] = mapped_column(String(100))
    decision_summary: Mapped[str | None] = mapped_column(Text)
    announced_on: Mapped[dt.date | None]
    announced_in: Mapped[str | None] = mapped_column(String(200))
