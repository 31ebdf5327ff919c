"""Penalty cases and cases of sanctions of the trade, beside what the core keeps of every case."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from plugins.notary.tables import NotaryBase
from suite.api import DisciplineColumns, PenaltyColumns


class Penalty(PenaltyColumns, NotaryBase):
    """行政处罚案件."""

    __tablename__ = "notary_penalty"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)


class Discipline(DisciplineColumns, NotaryBase):
    """公证行业惩戒案件."""

    __tablename__ = "notary_discipline"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
