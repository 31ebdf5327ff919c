"""Credit: repair cases. Declarations only."""

from plugins.notary.credit.tables import CreditRepair
from suite.api import RepairCases

REPAIRS = RepairCases(
    owner="notary",
    title="公证行业信用修复",
    organ="石司公信修",
    columns=CreditRepair,
    kinds=("notary.notary_office", "notary.notary"),
)

DECLARATIONS = REPAIRS.declarations()
