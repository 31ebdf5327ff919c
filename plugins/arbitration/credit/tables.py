"""What a repair case keeps, beside what the core keeps of every case."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from plugins.arbitration.tables import ArbitrationBase
from suite.api import RepairColumns


class CreditRepair(RepairColumns, ArbitrationBase):
    """仲裁行业信用修复."""

    __tablename__ = "arbitration_credit_repair"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
