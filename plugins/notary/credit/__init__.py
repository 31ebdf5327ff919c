"""Credit: failed reviews, repair cases. Declarations only."""

from plugins.notary.credit.tables import CreditRepair
from plugins.notary.reviews.parameters import NOTARIES, OFFICES, QUALITY
from suite.api import CreditRule, RepairCases, Visibility

REPAIRS = RepairCases(
    owner="notary",
    title="公证行业信用修复",
    organ="石司公信修",
    columns=CreditRepair,
    kinds=("notary.notary_office", "notary.notary"),
)
RULES = (
    CreditRule(
        key="notary.credit_office_failed", title="公证机构年度考核不合格",
        scheme="notary.office_review", grades=("unqualified",),
        visibility=Visibility.INTERNAL, article=OFFICES,
    ),
    CreditRule(
        key="notary.credit_notary_failed", title="公证员年度考核不称职",
        scheme="notary.notary_review", grades=("incompetent",),
        visibility=Visibility.INTERNAL, article=NOTARIES,
    ),
    CreditRule(
        key="notary.credit_head_failed", title="公证机构负责人年度考核不称职",
        scheme="notary.head_review", grades=("incompetent",),
        visibility=Visibility.INTERNAL, article=NOTARIES,
    ),
    CreditRule(
        key="notary.credit_quality_failed", title="公证质量评定不合格",
        scheme="notary.quality_grading", grades=("unqualified",),
        visibility=Visibility.INTERNAL, article=QUALITY,
    ),
)  # fmt: skip

DECLARATIONS = (*RULES, *REPAIRS.declarations())
