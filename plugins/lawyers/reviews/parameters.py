"""Numbers of the reviews beside those of the house; recalled ones wait for the section to confirm them."""

from suite.api import OwnParameters

RULES = "律师执业年度考核规则（全国律协，2010）"
GOVERNMENT = "公职律师管理办法（司发通〔2018〕131号）；公司律师管理办法（司发通〔2018〕132号）"
DUTY = "法律援助值班律师工作办法（司规〔2020〕6号）；规划四（四）13"
VILLAGE = "冀政字〔2015〕25号；规划专栏2；县级通行要求"
OWN = "局内标准"

_number = OwnParameters(owner="lawyers")

PARAMETERS = (
    _number(
        "review.leave_months", "脱产学习、因病等不评定等次的期限", 6, "个月", "黄石市律师协会2025年通知", True
    ),
    _number("review.talks_defer", "暂缓评定的约谈次数", 2, "次", "黄石市律师协会2025年通知", True),
    _number("review.mend_days", "考核不称职、不合格的整改期限", 90, "日", RULES, False),
    _number("review.incompetent_bars", "考核不称职的不得担任合伙人、指导实习人员", True, "", RULES, False),
    _number("review.bar_months", "考核不称职后不得担任合伙人、指导实习人员的期限", 12, "个月", RULES, False),
    _number("review.training_hours", "律师每年参加培训的学时", 40, "学时", RULES, False),
    _number(
        "review.training_counts", "培训学时计入考核", False, "", OWN, False,
        "培训学时台账登记完整以后再启用；未登记的会被算作学时不足。",
    ),
    _number(
        "review.absence_days", "公告责令接受检查考核的期限", 30, "日", "律师事务所年度检查考核办法", False
    ),
    _number("public.report_by", "公职律师、公司律师考核意见报送期限", "03-31", "", GOVERNMENT, False),
    _number("public.bad_years", "连续不称职收回证书的年数", 2, "年", GOVERNMENT, False),
    _number("duty.practice_years", "担任值班律师的执业年限", 2, "年", DUTY, False),
    _number("duty.notice_days", "值班律师考核结果公示期", 7, "日", DUTY, False),
    _number("duty.training_hours", "值班律师每年参加培训的学时", 8, "学时", DUTY, False),
    _number("village.lectures_per_year", "村居法律顾问每村每年法治讲座", 4, "次", VILLAGE, False),
    _number("village.notice_days", "村居法律顾问考核结果公示期", 7, "日", VILLAGE, False),
)  # fmt: skip
