"""Columns of duty lists and of newly promulgated laws."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.popularization.tables import PopularizationBase
from suite.api import key_text


class DutyList(PopularizationBase):
    """普法责任清单 of one unit for one year. `quarter_ends`: of the quarter reported next."""

    __tablename__ = "popularization_duty_list"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    list_year: Mapped[int | None]
    last_year: Mapped[str | None] = mapped_column(Text)
    return_reason: Mapped[str | None] = mapped_column(String(1000))
    met_on: Mapped[dt.date | None]
    opinion: Mapped[str | None] = mapped_column(Text)
    published_on: Mapped[dt.date | None]
    published_at: Mapped[str | None] = mapped_column(String(300))
    quarter_ends: Mapped[dt.date | None]
    self_score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    self_review: Mapped[str | None] = mapped_column(Text)
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    grade: Mapped[str | None] = mapped_column(String(40))
    result_no: Mapped[str | None] = mapped_column(String(100))
    superior: Mapped[str | None] = mapped_column(String(200))
    rectify_items: Mapped[str | None] = mapped_column(Text)
    rectify_by: Mapped[dt.date | None]
    rectified: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "list_year", "case_id"),)


class NewLaw(PopularizationBase):
    """A law newly promulgated that a unit has to teach: entered in its list, taught, its effect reported."""

    __tablename__ = "popularization_new_law"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    law_title: Mapped[str | None] = mapped_column(String(200))
    law_level: Mapped[str | None] = mapped_column(String(40))
    promulgated_on: Mapped[dt.date | None]
    effective_on: Mapped[dt.date | None]
    key_articles: Mapped[str | None] = mapped_column(Text)
    audiences: Mapped[str | None] = mapped_column(key_text(200))
    list_no: Mapped[str | None] = mapped_column(key_text(100))
    plan_on: Mapped[dt.date | None]
    plan_to: Mapped[str | None] = mapped_column(String(200))
    year_on: Mapped[dt.date | None]
    effect: Mapped[str | None] = mapped_column(Text)
