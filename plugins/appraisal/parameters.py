"""Numbers of the law and of the house about appraisal institutions and appraisers."""

from suite.api import Code, OwnParameters

DECISION = "全国人大常委会关于司法鉴定管理问题的决定（2015年修正）"
INSTITUTION_RULES = "司法鉴定机构登记管理办法（司法部令第95号）"
LICENSING_LAW = "行政许可法"
GUANGDONG = "参照广东省司法鉴定管理条例"
PROCEDURE = "司法鉴定程序通则（司法部令第132号）"
COMPLAINTS = "司法鉴定执业活动投诉处理办法（司法部令第144号）"

_number = OwnParameters(owner="appraisal")

PARAMETERS = (
    _number(
        "association", "所属协会", "石家庄市司法鉴定协会", "", "规划发送名单", False, "新档案归入。"
    ),
    _number("licence.years", "许可证、执业证有效期", 5, "年", f"{GUANGDONG}第十九条", False),
    _number("licence.alert_days", "有效期届满提醒", 180, "日", "局内提醒", False),
    _number("renew.apply_before_days", "申请延续的提前期限", 30, "日", f"{LICENSING_LAW}第五十条", True),
    _number(
        "register.supplement_wd", "登记申请补正告知期限", 5, "个工作日", f"{LICENSING_LAW}第三十二条", True,
    ),
    _number("register.extend_wd", "登记审查延长期限", 10, "个工作日", f"{LICENSING_LAW}第四十二条", True),
    _number("commission.accept_wd", "鉴定委托受理期限", 7, "个工作日", f"{PROCEDURE}第十三条", True),
    _number("commission.finish_wd", "鉴定完成期限", 30, "个工作日", f"{PROCEDURE}第二十八条", True),
    _number("commission.extend_wd", "鉴定完成延长期限", 30, "个工作日", f"{PROCEDURE}第二十八条", True),
    _number("register.decide_wd", "登记审查期限", 20, "个工作日", f"{LICENSING_LAW}第四十二条", True),
    _number("register.review_wd", "登记初审期限", 20, "个工作日", f"{LICENSING_LAW}第四十三条", True),
    _number("register.cert_wd", "证书颁发期限", 10, "个工作日", f"{LICENSING_LAW}第四十四条", True),
    _number("institution.funds_min", "机构资金下限", 200_000, "元", INSTITUTION_RULES, True),
    _number("institution.province", "许可证号的省级代码", "13", "", "司发通〔2001〕019号第九条", True),
    _number("min_appraisers_per_item", "每项业务鉴定人下限", 3, "名", f"{DECISION}第五条", False),
    _number(
        "cma.required", "应当通过资质认定的执业类别", "A04,A05,B03,D", "",
        "规划四（四）16；决定第五条", False,
        "执业类别代码，用逗号隔开；只写字母的指整个领域（D 为环境损害）。",
    ),
    _number("cma.alert_days", "资质认定、实验室认可到期提醒", 180, "日", "局内提醒", False),
    _number("conditions_lost_months", "条件缺失的补足期限", 6, "个月", f"{GUANGDONG}第二十一条", False),
    _number("appraiser.degree_years", "有学历者从事相关工作年限", 5, "年", f"{DECISION}第四条", False),
    _number("appraiser.skill_years", "有专门技能者从事相关工作年限", 10, "年", f"{DECISION}第四条", False),
    _number(
        "appraiser.rejoin_months", "机构注销后鉴定人转入期限", 6, "个月", f"{GUANGDONG}第二十二条", False
    ),
    _number("appraiser.idle_months", "停业应予注销的期限", 12, "个月", f"{GUANGDONG}第二十二条", False),
    _number("complaint.time_bar_years", "投诉时效", 3, "年", f"{COMPLAINTS}第四条", True),
    _number("complaint.accept_wd", "投诉受理审查期限", 7, "个工作日", COMPLAINTS, False),
    _number("complaint.accept_extend_wd", "复杂投诉受理延长期限", 15, "个工作日", COMPLAINTS, False),
    _number("complaint.handle_days", "投诉办理期限", 60, "日", COMPLAINTS, False),
    _number("complaint.extend_days", "投诉办理延长期限", 30, "日", COMPLAINTS, False),
    _number("complaint.reply_wd", "处理结果答复期限", 7, "个工作日", COMPLAINTS, True),
    _number(
        "penalty.city_delegated", "省厅委托市局作出警告、责令改正", False, "",
        "司法鉴定机构登记管理办法第三十九条；委托与否以省厅文件为准", False,
    ),
    _number(
        "discipline.pause_months_max", "暂停会员权利的上限", 12, "个月", "司法鉴定行业惩戒规则", False,
    ),
    _number("vcr.limit", "有效投诉率上限", "0.8", "%", "规划四（四）16", True),
    _number("vcr.warn", "有效投诉率提醒", "0.6", "%", "局内提醒", False),
    _number(
        "vcr.denominator", "有效投诉率的分母", "opinions_issued", "", "局内口径", False,
        choices=(
            Code(value="opinions_issued", title="出具的鉴定意见"),
            Code(value="accepted", title="受理的投诉"),
            Code(value="received", title="收到的投诉"),
        ),
    ),
    _number(
        "vcr.partly_counts", "部分查实的计为有效投诉", True, "", "局内口径", False
    ),
    _number("vcr.equal_is_breach", "等于上限是否算超限", False, "", "局内口径", False),
)  # fmt: skip
