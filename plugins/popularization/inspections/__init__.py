"""Site checks of culture sites, model villages and duty units: declarations only."""

from plugins.popularization.inspections.codes import ITEMS
from plugins.popularization.inspections.tables import Inspection
from suite.api import InspectionFrame

INSPECTIONS = InspectionFrame(
    owner="popularization",
    title="普法工作检查",
    organ="石司普检",
    table=Inspection,
    respondents=(
        "popularization.rule_of_law_culture_site",
        "popularization.democratic_rule_of_law_village",
        "popularization.duty_unit",
    ),
    items=ITEMS,
    law="法治宣传教育法（2025年）",
    punishes=False,
)
DECLARATIONS = INSPECTIONS.declarations()
