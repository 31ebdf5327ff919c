"""Credit: failed reviews, repair cases, what the national integrity platform shows. Declarations only."""

from plugins.lawyers.credit.tables import CreditRepair
from plugins.lawyers.reviews.parameters import DUTY, GOVERNMENT, VILLAGE
from plugins.lawyers.reviews.rules import FIRM_REVIEW, REVIEW
from suite.api import CreditRule, PlatformFeed, RepairCases, Visibility

REPAIRS = RepairCases(
    owner="lawyers",
    title="律师行业信用修复",
    organ="石司律信修",
    columns=CreditRepair,
    kinds=("lawyers.law_firm", "lawyers.branch_office", "lawyers.lawyer"),
)
RULES = (
    CreditRule(
        key="lawyers.credit_lawyer_failed", title="律师年度考核不称职",
        scheme="lawyers.lawyer_review", grades=("incompetent",),
        visibility=Visibility.INTERNAL, article=REVIEW,
    ),
    CreditRule(
        key="lawyers.credit_body_failed", title="律师事务所年度检查考核不合格",
        scheme="lawyers.body_review", grades=("unqualified",),
        visibility=Visibility.INTERNAL, article=FIRM_REVIEW,
    ),
    CreditRule(
        key="lawyers.credit_public_failed", title="公职律师、公司律师年度考核不称职",
        scheme="lawyers.public_review", grades=("incompetent",),
        visibility=Visibility.INTERNAL, article=GOVERNMENT,
    ),
    CreditRule(
        key="lawyers.credit_duty_failed", title="值班律师服务质量考核不合格",
        scheme="lawyers.duty_review", grades=("failed",),
        visibility=Visibility.INTERNAL, article=DUTY,
    ),
    CreditRule(
        key="lawyers.credit_village_failed", title="村（居）法律顾问考核不合格",
        scheme="lawyers.village_review", grades=("failed",),
        visibility=Visibility.INTERNAL, article=VILLAGE,
    ),
)  # fmt: skip
#: 公职、公司律师 are not shown there.
INTEGRITY = PlatformFeed(
    key="lawyers.integrity",
    title="全国律师诚信信息公示平台",
    article="司法部关于全国律师诚信信息公示平台的要求；规划五（三）",
    fields={
        "lawyers.lawyer": ("name", "main_no", "category", "body_id", "first_practice_on", "status"),
        "lawyers.law_firm": ("name", "main_no", "licence_no", "category", "head_name", "address", "status"),
        "lawyers.branch_office": ("name", "main_no", "licence_no", "head_name", "address", "status"),
    },
    without={"category": ("government", "in_house")},
    reviews=("lawyers.lawyer_review", "lawyers.body_review"),
)

DECLARATIONS = (*RULES, *REPAIRS.declarations(), INTEGRITY)
