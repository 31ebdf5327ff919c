"""Credit: repair cases. Declarations only."""

from plugins.arbitration.credit.tables import CreditRepair
from suite.api import RepairCases

REPAIRS = RepairCases(
    owner="arbitration",
    title="仲裁行业信用修复",
    organ="石司仲信修",
    columns=CreditRepair,
    kinds=("arbitration.arbitration_commission", "arbitration.arbitrator"),
)

DECLARATIONS = REPAIRS.declarations()
