"""Penalty cases and cases of sanctions of the trade, beside what the core keeps of every case."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from plugins.appraisal.tables import AppraisalBase
from suite.api import DisciplineColumns, PenaltyColumns


class Penalty(PenaltyColumns, AppraisalBase):
    """行政处罚案件."""

    __tablename__ = "appraisal_penalty"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)


class Discipline(DisciplineColumns, AppraisalBase):
    """司法鉴定行业处分案件."""

    __tablename__ = "appraisal_discipline"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
