"""Compliance checks of the arbitration commission (domain: annual work and review): declarations only."""

from plugins.arbitration.inspections.codes import ITEMS
from plugins.arbitration.inspections.tables import Inspection
from suite.api import InspectionFrame

INSPECTIONS = InspectionFrame(
    owner="arbitration",
    title="仲裁机构检查",
    organ="石司仲检",
    table=Inspection,
    respondents=("arbitration.arbitration_commission",),
    items=ITEMS,
    law="仲裁委员会登记暂行办法（国办发〔1995〕44号）",
)
DECLARATIONS = INSPECTIONS.declarations()
