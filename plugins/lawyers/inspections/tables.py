"""Columns of inspections, as the frame has them."""

from plugins.lawyers.tables import LawyersBase
from suite.api import InspectionColumns


class Inspection(InspectionColumns, LawyersBase):
    """律师行业检查."""

    __tablename__ = "lawyers_inspection"
