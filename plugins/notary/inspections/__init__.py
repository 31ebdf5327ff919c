"""Inspections of notary offices: declarations only."""

from plugins.notary.inspections.codes import ITEMS
from plugins.notary.inspections.tables import Inspection
from suite.api import InspectionFrame

INSPECTIONS = InspectionFrame(
    owner="notary",
    title="公证机构检查",
    organ="石司证检",
    table=Inspection,
    respondents=("notary.notary_office",),
    items=ITEMS,
    law="公证机构执业管理办法（司法部令第101号）",
)
DECLARATIONS = INSPECTIONS.declarations()
