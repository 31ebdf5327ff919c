"""Inspections of appraisal institutions (domain: procedure facts for inspections): declarations only."""

from plugins.appraisal.inspections.codes import ITEMS
from plugins.appraisal.inspections.tables import Inspection
from suite.api import InspectionFrame

INSPECTIONS = InspectionFrame(
    owner="appraisal",
    title="司法鉴定检查",
    organ="石司鉴检",
    table=Inspection,
    respondents=("appraisal.appraisal_institution",),
    items=ITEMS,
    law="司法鉴定机构登记管理办法（司法部令第95号）",
)
DECLARATIONS = INSPECTIONS.declarations()
