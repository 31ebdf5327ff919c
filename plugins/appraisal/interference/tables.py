"""Columns of the restricted log of interference."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.appraisal.tables import AppraisalBase
from suite.api import key_text


class Interference(AppraisalBase):
    """干涉鉴定活动记录: who meddled with an appraisal, how, and what became of it."""

    __tablename__ = "appraisal_interference"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    happened_on: Mapped[dt.date | None]
    report_no: Mapped[str | None] = mapped_column(key_text(100))
    interferer_unit: Mapped[str | None] = mapped_column(String(200))
    interferer_post: Mapped[str | None] = mapped_column(String(100))
    means: Mapped[str | None] = mapped_column(String(40))
    course: Mapped[str | None] = mapped_column(Text)
    keeper: Mapped[str | None] = mapped_column(String(200))
    reported_on: Mapped[dt.date | None]
    handled: Mapped[str | None] = mapped_column(Text)
    transferred_to: Mapped[str | None] = mapped_column(String(200))
