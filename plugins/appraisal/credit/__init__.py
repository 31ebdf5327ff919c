"""Credit: failed reviews, repair cases. Declarations only."""

from plugins.appraisal.credit.tables import CreditRepair
from plugins.appraisal.reviews.parameters import RATING, YEARLY
from suite.api import CreditRule, RepairCases, Visibility

REPAIRS = RepairCases(
    owner="appraisal",
    title="司法鉴定行业信用修复",
    organ="石司鉴信修",
    columns=CreditRepair,
    kinds=("appraisal.appraisal_institution", "appraisal.appraiser"),
)
RULES = (
    CreditRule(
        key="appraisal.credit_institution_failed", title="司法鉴定机构年度考核不合格",
        scheme="appraisal.institution_review", grades=("unqualified",),
        visibility=Visibility.INTERNAL, article=YEARLY,
    ),
    CreditRule(
        key="appraisal.credit_appraiser_failed", title="司法鉴定人年度考核不合格",
        scheme="appraisal.appraiser_review", grades=("unqualified",),
        visibility=Visibility.INTERNAL, article=YEARLY,
    ),
    CreditRule(
        key="appraisal.credit_grade_d", title="司法鉴定机构诚信等级 D 级",
        scheme="appraisal.integrity", grades=("d",),
        visibility=Visibility.INTERNAL, article=RATING,
    ),
)  # fmt: skip

DECLARATIONS = (*RULES, *REPAIRS.declarations())
