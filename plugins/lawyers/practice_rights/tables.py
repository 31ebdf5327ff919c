"""Columns of the requests to protect lawyers' rights in practice."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.lawyers.tables import LawyersBase
from suite.api import key_text


class RightsRequest(LawyersBase):
    """律师执业权利保障申请: what an organ is said to have kept a lawyer from, and what became of it."""

    __tablename__ = "lawyers_rights_request"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    right: Mapped[str | None] = mapped_column(String(40))
    received_on: Mapped[dt.date | None]
    happened_on: Mapped[dt.date | None]
    organ: Mapped[str | None] = mapped_column(String(200))
    place: Mapped[str | None] = mapped_column(String(200))
    matter_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    obstacle: Mapped[str | None] = mapped_column(Text)
    request: Mapped[str | None] = mapped_column(Text)
    forwarded_to: Mapped[str | None] = mapped_column(String(200))
    forward_no: Mapped[str | None] = mapped_column(String(100))
    escalated_to: Mapped[str | None] = mapped_column(String(200))
    answer: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(String(40))
    decline_reason: Mapped[str | None] = mapped_column(String(500))
