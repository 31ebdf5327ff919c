"""Penalty cases and cases of sanctions of the trade, beside what the core keeps of every case."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from plugins.lawyers.tables import LawyersBase
from suite.api import DisciplineColumns, PenaltyColumns


class Penalty(PenaltyColumns, LawyersBase):
    """行政处罚案件."""

    __tablename__ = "lawyers_penalty"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)


class Discipline(DisciplineColumns, LawyersBase):
    """律师行业处分案件."""

    __tablename__ = "lawyers_discipline"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
