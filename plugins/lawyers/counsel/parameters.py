"""Numbers and switches of public counsel: what counts as covered, and what is asked of a counsel."""

from plugins.lawyers.counsel.codes import SERVICE_KIND
from suite.api import OwnParameters

PLAN = "规划未写明，本局口径"
SERVICE = "县级通行要求（柞水县等），本局口径"
FIVE = "规划专栏2“五个一”，项目由本局定"

SOON_DAYS = "lawyers.counsel.expiring_days"
MONTHS = "lawyers.counsel.effective_months"
PER_MONTH = "lawyers.counsel.visits_per_month"
LECTURE_MONTHS = "lawyers.counsel.lecture_months"
LECTURES = "lawyers.counsel.lectures"
MAX_VILLAGES = "lawyers.counsel.max_villages"
BOTH = "lawyers.indicator.counsel_and_lawyer"
ALL_ORGANS = "lawyers.indicator.all_organs"

_number = OwnParameters(owner="lawyers")

#: The kinds of service that are the yearly five at first; the bureau may put others in their place.
AT_FIRST = ("lecture", "consultation", "checkup", "dispute", "publicity")
#: Kind of service of the log → the switch that says whether it is one of the five.
FIVE_ONES = {code.value: f"lawyers.counsel.five_{code.value}" for code in SERVICE_KIND.codes}


PARAMETERS = (
    _number("counsel.expiring_days", "顾问协议即将到期提醒", 60, "日", "局内提醒", False),
    _number(
        "counsel.effective_months", "有效覆盖考察的月数", 3, "个月", SERVICE, False,
        "看统计日之前的若干个整月，最多 12 个；填 0 则不看每月服务。",
    ),
    _number(
        "counsel.lecture_months", "有效覆盖考察讲座的月数", 3, "个月", SERVICE, False,
        "看统计日之前若干个整月合计的法治讲座；填 0 则不看讲座。",
    ),
    _number("counsel.lectures", "有效覆盖要求的法治讲座", 1, "次", SERVICE, False, "填 0 则不要求。"),
    *(
        _number(
            f"counsel.five_{code.value}", f"“五个一”含{code.title}", code.value in AT_FIRST, "", FIVE, False
        )
        for code in SERVICE_KIND.codes
    ),
    _number(
        "indicator.counsel_and_lawyer", "党政机关须法律顾问、公职律师两项都有", True, "", PLAN, False,
        "否：有其中一项即可。",
    ),
    _number(
        "indicator.all_organs", "党政机关含人大、政协机关和群团组织", True, "",
        "公职律师管理办法第二条", True,
        "否：只计党委机关和行政机关。",
    ),
)  # fmt: skip
