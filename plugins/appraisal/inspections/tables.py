"""Columns of inspections, as the frame has them."""

from plugins.appraisal.tables import AppraisalBase
from suite.api import InspectionColumns


class Inspection(InspectionColumns, AppraisalBase):
    """司法鉴定检查."""

    __tablename__ = "appraisal_inspection"
