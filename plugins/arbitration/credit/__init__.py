"""Credit: failed reviews, repair cases. Declarations only."""

from plugins.arbitration.credit.tables import CreditRepair
from plugins.arbitration.reviews.parameters import APPRAISAL
from suite.api import CreditRule, RepairCases, Visibility

REPAIRS = RepairCases(
    owner="arbitration",
    title="仲裁行业信用修复",
    organ="石司仲信修",
    columns=CreditRepair,
    kinds=("arbitration.arbitration_commission", "arbitration.arbitrator"),
)
RULES = (
    CreditRule(
        key="arbitration.credit_arbitrator_failed", title="仲裁员考核不称职",
        scheme="arbitration.arbitrator_review", grades=("incompetent",),
        visibility=Visibility.INTERNAL, article=APPRAISAL,
    ),
)  # fmt: skip

DECLARATIONS = (*RULES, *REPAIRS.declarations())
