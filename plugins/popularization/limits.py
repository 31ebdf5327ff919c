"""Time limits of duty lists, evaluations and rechecks; lengths and articles are the parameters'."""

from plugins.popularization.parameters import PARAMETERS
from suite.api import OwnLimits

UNIT, OFFICE = "普法责任单位", "普法主管机关"

_limit = OwnLimits(owner="popularization", parameters=PARAMETERS)

LIMITS = (
    _limit("quarter.report", "季度进展报送", "quarter.report_wd", "季度末日", UNIT, "评估扣分"),
    _limit("submission.report", "普法信息报送", "submission.report_wd", "所属期末日", UNIT, "评估扣分"),
    _limit("newlaw.add", "新法列入责任清单", "newlaw.add_days", "新法公布之日", UNIT, "评估扣分"),
    _limit(
        "newlaw.effect", "报告新法普法效果", "newlaw.effect_months", "新法施行满一年之日", UNIT, "评估扣分",
    ),
    _limit("eval.objection", "评估结果异议", "eval.objection_wd", "公示之日", UNIT, "结果生效"),
    _limit("eval.rectify", "评估问题整改", "eval.rectify_days", "收到整改通知之日", UNIT, "复查时通报"),
    _limit(
        "village.recheck", "示范村（社区）复核", "village.recheck_months", "命名或者上次复核之日", OFFICE,
        "列入督办",
    ),
    _limit(
        "village.reapply", "撤销命名后不得再申报", "village.reapply_years", "撤销命名之日", "村（社区）",
        "可以再申报",
        roll=False,
    ),
    _limit("site.check", "法治文化阵地检查", "site.check_months", "上次检查之日", OFFICE, "列入督办"),
)  # fmt: skip
