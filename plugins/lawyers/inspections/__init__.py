"""Inspections of law firms and their branches: declarations only."""

from plugins.lawyers.inspections.codes import ITEMS
from plugins.lawyers.inspections.tables import Inspection
from suite.api import InspectionFrame

INSPECTIONS = InspectionFrame(
    owner="lawyers",
    title="律师行业检查",
    organ="石司律检",
    table=Inspection,
    respondents=("lawyers.law_firm", "lawyers.branch_office"),
    items=ITEMS,
    law="律师事务所管理办法（司法部令第133号）第六十四条",
)
DECLARATIONS = INSPECTIONS.declarations()
