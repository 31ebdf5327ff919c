"""Columns of inspections, as the frame has them."""

from plugins.notary.tables import NotaryBase
from suite.api import InspectionColumns


class Inspection(InspectionColumns, NotaryBase):
    """公证机构检查."""

    __tablename__ = "notary_inspection"
