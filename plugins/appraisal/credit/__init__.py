"""Credit: repair cases. Declarations only."""

from plugins.appraisal.credit.tables import CreditRepair
from suite.api import RepairCases

REPAIRS = RepairCases(
    owner="appraisal",
    title="司法鉴定行业信用修复",
    organ="石司鉴信修",
    columns=CreditRepair,
    kinds=("appraisal.appraisal_institution", "appraisal.appraiser"),
)

DECLARATIONS = REPAIRS.declarations()
