"""Numbers of the rules and of the house about duty units and law-savvy villagers."""

from suite.api import OwnParameters

VILLAGERS = "乡村“法律明白人”培养工作规范（试行）（2021年）"
PLAN = "规划四（一）1"
NAMING = "全国民主法治示范村（社区）命名管理办法"
DUTY = "国家机关“谁执法谁普法”普法责任制意见；期限由本局定"
EVALUATION = "本局普法评估方案"

_number = OwnParameters(owner="popularization")

PARAMETERS = (
    _number("lsv.per_village", "每村（社区）法律明白人下限", 3, "名", VILLAGERS, True),
    _number("lsv.households_per", "每多少户应有一名法律明白人", 20, "户", PLAN, True),
    _number("lsv.hours_per_year", "每年培训学时", 8, "学时", VILLAGERS, False),
    _number("lsv.age_min", "法律明白人年龄下限", 18, "周岁", "民法典第十七条", False, "不符时只提示。"),
    _number(
        "lsv.number_pattern", "法律明白人证号格式", r"\d{12}\d{4}\d{2,4}", "", "局内编号", False,
        "正则表达式：村居代码 12 位、年份 4 位、顺序号；不符时只提示。", pattern=True,
    ),
    _number("village.recheck_months", "示范村（社区）复核间隔", 24, "个月", NAMING, True),
    _number("village.recheck_alert_days", "示范村（社区）复核提醒", 90, "日", "局内提醒", False),
    _number("village.window_years", "示范村（社区）命名周期", 2, "年", f"{NAMING}；规划指标6", True),
    _number("village.window_from", "示范村（社区）命名周期起始年", 2021, "年", "规划指标6", True),
    _number(
        "village.county_level_counts", "县级命名计入示范村（社区）数量", False, "", "规划指标6", False,
        "默认只计市级以上命名的村（社区）。",
    ),
    _number("village.reapply_years", "撤销命名后不得再申报", 2, "年", NAMING, False),
    _number("site.check_months", "法治文化阵地检查间隔", 6, "个月", "局内安排", False),
    _number("duty.submit_by", "责任清单报送期限", "01-31", "", DUTY, False),
    _number("duty.publish_by", "责任清单公布期限", "03-31", "", DUTY, False),
    _number("quarter.report_wd", "季度进展报送期限", 5, "个工作日", DUTY, False),
    _number("newlaw.effect_months", "新法施行一年后报告效果期限", 3, "个月", "省级普法责任制评分标准", True),
    _number("newlaw.add_days", "新法公布后列入清单期限", 30, "日", "省级普法责任制评分标准", True),
    _number("eval.scorer_gap", "两人评分最大分差（占该项满分）", "0.1", "", EVALUATION, False),
    _number("eval.notice_days", "评估结果公示期", 5, "日", EVALUATION, False),
    _number("eval.excellent_quota", "优秀比例上限", "0.3", "", EVALUATION, False),
    _number("eval.objection_wd", "评估结果异议期限", 5, "个工作日", EVALUATION, False),
    _number("eval.rectify_days", "评估问题整改期限", 30, "日", EVALUATION, False),
    _number("survey.min_county", "县级问卷样本下限", 200, "份", EVALUATION, False),
    _number("survey.min_unit", "单位问卷样本下限", 50, "份", EVALUATION, False),
    _number("submission.report_wd", "信息报送期限", 5, "个工作日", EVALUATION, False),
    _number("submission.every_months", "信息报送周期", 1, "个月", EVALUATION, False, "按季报送的填 3。"),
    _number("submission.least_text", "信息报送内容下限", 50, "字", EVALUATION, False),
    _number("submission.alike", "内容雷同的相同比例", "0.6", "", EVALUATION, False),
    _number(
        "alert_from", "年度任务开始提醒", "10-01", "", "局内提醒", False,
        "学时、旁听、学法清单从这天起提醒。",
    ),
    _number("study.hours", "领导干部每年学法学时", 40, "学时", "局内标准", False),
    _number("court.observe_per_year", "每年旁听庭审次数", 1, "次", "局内标准", False),
)  # fmt: skip
