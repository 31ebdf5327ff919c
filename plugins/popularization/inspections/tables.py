"""Columns of inspections, as the frame has them."""

from plugins.popularization.tables import PopularizationBase
from suite.api import InspectionColumns


class Inspection(InspectionColumns, PopularizationBase):
    """普法工作检查."""

    __tablename__ = "popularization_inspection"
