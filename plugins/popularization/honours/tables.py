"""Columns of the making, rechecking and keeping of model villages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.popularization.tables import PopularizationBase


class VillageHonour(PopularizationBase):
    """民主法治示范村（社区）创建与动态管理: one village, one level, one file (一村一档)."""

    __tablename__ = "popularization_village_honour"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    level: Mapped[str | None] = mapped_column(String(40))
    batch: Mapped[str | None] = mapped_column(String(60))
    grounds: Mapped[str | None] = mapped_column(Text)
    county_opinion: Mapped[str | None] = mapped_column(Text)
    city_opinion: Mapped[str | None] = mapped_column(Text)
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))
    named_on: Mapped[dt.date | None]
    document_no: Mapped[str | None] = mapped_column(String(100))
    named_by: Mapped[str | None] = mapped_column(String(200))
    rechecked_on: Mapped[dt.date | None]
    recheck_opinion: Mapped[str | None] = mapped_column(Text)
    rectify_by: Mapped[dt.date | None]
    cancelled_on: Mapped[dt.date | None]
    cancel_no: Mapped[str | None] = mapped_column(String(100))
    cancel_reason: Mapped[str | None] = mapped_column(String(300))
