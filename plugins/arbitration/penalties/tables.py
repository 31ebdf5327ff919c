"""Penalty cases and cases of sanctions of the trade, beside what the core keeps of every case."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from plugins.arbitration.tables import ArbitrationBase
from suite.api import DisciplineColumns, PenaltyColumns


class Penalty(PenaltyColumns, ArbitrationBase):
    """行政处罚案件."""

    __tablename__ = "arbitration_penalty"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)


class Discipline(DisciplineColumns, ArbitrationBase):
    """仲裁员惩戒案件."""

    __tablename__ = "arbitration_discipline"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
