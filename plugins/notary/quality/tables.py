"""Columns of the inspections of notarial quality."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.notary.tables import NotaryBase
from suite.api import key_text


class QualityInspection(NotaryBase):
    """公证质量检查: a sample of an office's files of a year, graded one by one."""

    __tablename__ = "notary_quality_inspection"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    matter_year: Mapped[int | None]
    population: Mapped[int | None]
    sample_size: Mapped[int | None]
    seed: Mapped[str | None] = mapped_column(key_text(100))
    sampling: Mapped[str | None] = mapped_column(String(500))
    qualified: Mapped[int | None]
    basic: Mapped[int | None]
    unqualified: Mapped[int | None]
    wrong: Mapped[int | None]
    summary: Mapped[str | None] = mapped_column(Text)
    rectify_by: Mapped[dt.date | None]
    rectified_on: Mapped[dt.date | None]
    published_on: Mapped[dt.date | None]
