"""What every profession keeps of a complaint, as columns to be mixed into a details table of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column


class ComplaintColumns:
    """The columns that the frame of complaints fills (`suite.kernel.casework.complaints`).

    `received_on` is the day the letter came in, which may lie before the day it was registered; `known_on`
    the day from which the time bar runs. `remedy…` is the last reconsideration or lawsuit about the decision.
    """

    __tablename__: Any

    @declared_attr
    @classmethod
    def case_id(cls) -> Mapped[int]:
        """Whose details these are."""
        return mapped_column(ForeignKey("core_case.id"), primary_key=True)

    source: Mapped[str | None] = mapped_column(String(40))
    received_on: Mapped[dt.date | None]
    transferred_from: Mapped[str | None] = mapped_column(String(200))
    known_on: Mapped[dt.date | None]
    request: Mapped[str | None] = mapped_column(Text)
    supplement_items: Mapped[str | None] = mapped_column(Text)
    refusal_ground: Mapped[str | None] = mapped_column(String(40))
    transferred_to: Mapped[str | None] = mapped_column(String(200))
    lead_result: Mapped[str | None] = mapped_column(Text)
    investigation_plan: Mapped[str | None] = mapped_column(Text)
    suspension_reason: Mapped[str | None] = mapped_column(String(500))
    extension_reason: Mapped[str | None] = mapped_column(String(500))
    termination_ground: Mapped[str | None] = mapped_column(String(40))
    outcome: Mapped[str | None] = mapped_column(String(40))
    decision_summary: Mapped[str | None] = mapped_column(Text)
    rectify_by: Mapped[dt.date | None]
    rectified_on: Mapped[dt.date | None]
    rectified: Mapped[str | None] = mapped_column(String(40))
    reply_no: Mapped[str | None] = mapped_column(String(100))
    remedy: Mapped[str | None] = mapped_column(String(40))
    remedy_result: Mapped[str | None] = mapped_column(String(40))
    remedy_document: Mapped[str | None] = mapped_column(String(200))
    annulment_document: Mapped[str | None] = mapped_column(String(200))
