"""Numbers and switches of public counsel: what counts as covered, and what is asked of a counsel."""

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

#: Kind of service of the log → its title in the yearly list of five, and whether it is in it at first.
FIVE_ONES = (
    ("lecture", "法治讲座", True),
    ("consultation", "集中法律咨询", True),
    ("checkup", "村规民约和合同“法治体检”", True),
    ("dispute", "矛盾纠纷化解", True),
    ("publicity", "法治宣传活动", True),
    ("visit", "走访入户", False),
    ("online", "线上咨询", False),
    ("training", "法律明白人培训", False),
)


def five_key(service: str) -> str:
    """The switch that says whether a kind of service is one of the five."""
    return f"lawyers.counsel.five_{service}"


PARAMETERS = (
    _number("counsel.expiring_days", "顾问协议即将到期提醒", 60, "日", "局内提醒", False),
    _number(
        "counsel.effective_months", "有效覆盖考察的月数", 3, "个月", SERVICE, False,
        "看统计日之前的若干个整月；填 0 则不看服务记录。",
    ),
    _number(
        "counsel.lecture_months", "有效覆盖考察讲座的月数", 3, "个月", SERVICE, False,
        "看统计日之前的若干个整月合计的法治讲座。",
    ),
    _number("counsel.lectures", "有效覆盖要求的法治讲座", 1, "次", SERVICE, False, "填 0 则不要求。"),
    *(
        _number(f"counsel.five_{key}", f"“五个一”含{title}", included, "", FIVE, False)
        for key, title, included in FIVE_ONES
    ),
    _number(
        "indicator.counsel_and_lawyer", "党政机关须法律顾问、公职律师两项都有", True, "", PLAN, False,
        "否：有其中一项即可。",
    ),
    _number(
        "indicator.all_organs", "党政机关含人大、政协机关和群团组织", True, "", "公职律师管理办法第二条", True,
        "否：只计党委机关和行政机关。",
    ),
)  # fmt: skip
