"""What a repair case keeps, beside what the core keeps of every case."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from plugins.notary.tables import NotaryBase
from suite.api import RepairColumns


class CreditRepair(RepairColumns, NotaryBase):
    """公证行业信用修复."""

    __tablename__ = "notary_credit_repair"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
