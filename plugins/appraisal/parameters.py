"""Numbers of the law and of the house about appraisal institutions and appraisers."""

from suite.api import OwnParameters

DECISION = "全国人大常委会关于司法鉴定管理问题的决定（2015年修正）"
INSTITUTION_RULES = "司法鉴定机构登记管理办法（司法部令第95号）"
LICENSING_LAW = "行政许可法"
GUANGDONG = "参照广东省司法鉴定管理条例"

_number = OwnParameters(owner="appraisal")

PARAMETERS = (
    _number(
        "association", "所属协会", "石家庄市司法鉴定协会", "", "规划发送名单", False, "新档案归入。"
    ),
    _number("licence.years", "许可证、执业证有效期", 5, "年", f"{GUANGDONG}第十九条", False),
    _number("licence.alert_days", "有效期届满提醒", 180, "日", "局内提醒", False),
    _number("renew.apply_before_days", "申请延续的提前期限", 30, "日", f"{LICENSING_LAW}第五十条", True),
    _number("register.decide_wd", "登记审查期限", 20, "个工作日", f"{LICENSING_LAW}第四十二条", True),
    _number("register.cert_wd", "证书颁发期限", 10, "个工作日", f"{LICENSING_LAW}第四十四条", True),
    _number("institution.funds_min", "机构资金下限", 200_000, "元", INSTITUTION_RULES, True),
    _number("institution.province", "许可证号的省级代码", "13", "", "司发通〔2001〕019号第九条", True),
    _number("min_appraisers_per_item", "每项业务鉴定人下限", 3, "名", f"{DECISION}第五条", False),
    _number("conditions_lost_months", "条件缺失的补足期限", 6, "个月", f"{GUANGDONG}第二十一条", False),
    _number("appraiser.degree_years", "有学历者从事相关工作年限", 5, "年", f"{DECISION}第四条", False),
    _number("appraiser.skill_years", "有专门技能者从事相关工作年限", 10, "年", f"{DECISION}第四条", False),
    _number(
        "appraiser.rejoin_months", "机构注销后鉴定人转入期限", 6, "个月", f"{GUANGDONG}第二十二条", False
    ),
    _number("appraiser.idle_months", "停业应予注销的期限", 12, "个月", f"{GUANGDONG}第二十二条", False),
)  # fmt: skip
