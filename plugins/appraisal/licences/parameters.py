"""Which registrations need a review or a test that was passed: chosen among the items of applications."""

from plugins.appraisal.licences.codes import APPRAISER_ITEM, INSTITUTION_ITEM
from suite.api import Code, OwnParameters

#: Items of both forms: one value, under one title.
SHARED = {"renew": "鉴定机构、鉴定人延续登记", "cancel": "鉴定机构、鉴定人注销登记"}

PARAMETERS = (
    OwnParameters(owner="appraisal")(
        "register.reviewed", "须评审或考核的登记事项", "branch,category,establish,first,scope", "",
        "行政许可法第四十五条；规划四（四）16", False, "凡登记必评审、凡进必考。",
        choices=(
            *(
                code
                for code in (*INSTITUTION_ITEM.codes, *APPRAISER_ITEM.codes)
                if code.value not in SHARED
            ),
            *(Code(value=value, title=title) for value, title in SHARED.items()),
        ),
        several=True,
    ),
)  # fmt: skip
