"""Columns of inspections, as the frame has them."""

from plugins.arbitration.tables import ArbitrationBase
from suite.api import InspectionColumns


class Inspection(InspectionColumns, ArbitrationBase):
    """仲裁机构检查."""

    __tablename__ = "arbitration_inspection"
