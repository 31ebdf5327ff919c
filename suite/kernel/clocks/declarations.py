"""The limits that all five fields share: licensing, penalties, publicity, remedies, credit repair."""

from __future__ import annotations

from suite.contract.declarations import Declaration
from suite.kernel.clocks.declaring import OwnLimits
from suite.kernel.parameters.declaring import OwnParameters

LICENSING = "行政许可法（2019年修正）"
PENALTIES = "行政处罚法（2021年修订）"
WORKING = "、第八十五条"
RECONSIDERATION = "行政复议法（2023年修订）"
LITIGATION = "行政诉讼法（2017年修正）"
PUBLICITY = "国务院关于行政许可和行政处罚等信息公示的要求"
REPAIR = "信用修复管理办法（国家发展改革委令第36号）；时限由本局定"
FILING = f"备案、核准等不按行政许可办理的事项，参照{LICENSING}第三十二条；时限由本局定"
INSPECTION = "双随机、一公开监管要求；时限由本局定"

ORGAN, PARTY, HEAD = "行政机关", "当事人", "行政机关负责人"

_number = OwnParameters(owner="core")

PARAMETERS = (
    _number("licensing.supplement_wd", "许可补正告知期限", 5, "个工作日", f"{LICENSING}第三十二条", True),
    _number("filing.supplement_wd", "非许可事项补正告知期限", 5, "个工作日", FILING, False),
    _number("licensing.decide_wd", "许可决定期限", 20, "个工作日", f"{LICENSING}第四十二条", True),
    _number("licensing.extend_wd", "许可决定延长期限", 10, "个工作日", f"{LICENSING}第四十二条", True),
    _number("licensing.deliver_wd", "许可证件颁发送达期限", 10, "个工作日", f"{LICENSING}第四十四条", True),
    _number("licensing.renew_days", "申请延续的提前期限", 30, "日", f"{LICENSING}第五十条", True),
    _number("penalty.decide_days", "处罚决定期限", 90, "日", f"{PENALTIES}第六十条", True),
    _number("penalty.hearing_ask_wd", "要求听证期限", 5, "个工作日", f"{PENALTIES}第六十四条{WORKING}", True),
    _number(
        "penalty.hearing_notice_wd", "听证通知提前期限", 7, "个工作日",
        f"{PENALTIES}第六十四条{WORKING}", True,
    ),
    _number("penalty.serve_wd", "处罚决定书送达期限", 7, "个工作日", f"{PENALTIES}第六十一条{WORKING}", True),
    _number(
        "penalty.evidence_wd", "先行登记保存处理期限", 7, "个工作日", f"{PENALTIES}第五十六条{WORKING}",
        True,
    ),
    _number(
        "penalty.hand_over_wd", "当场收缴罚款上交期限", 2, "个工作日", f"{PENALTIES}第七十一条{WORKING}",
        True,
    ),
    _number("penalty.pay_days", "缴纳罚款期限", 15, "日", f"{PENALTIES}第六十七条", True),
    _number(
        "penalty.withdraw_wd", "撤回处罚公示期限", 3, "个工作日", f"{PENALTIES}第四十八条{WORKING}", True,
    ),
    _number("penalty.time_bar_years", "处罚时效", 2, "年", f"{PENALTIES}第三十六条", True),
    _number(
        "penalty.grave_time_bar_years", "处罚时效（生命健康安全、金融安全）", 5, "年",
        f"{PENALTIES}第三十六条", True,
    ),
    _number(
        "penalty.extend_days", "处罚决定延长期限", 30, "日",
        f"{PENALTIES}第六十条；延长依部门规章，由本局定", False,
    ),
    _number(
        "penalty.statement_wd", "陈述、申辩期限", 3, "个工作日", f"{PENALTIES}第四十四条；期限由本局定",
        False,
    ),
    _number(
        "penalty.hearing_excluded", "听证期间不计入处罚决定期限", False, "",
        f"{PENALTIES}第六十条没有规定扣除；依部门规章扣除的，写明依据", False,
    ),
    _number(
        "penalty.hearing_person", "对个人罚款的听证标准", 2_000, "元", f"{PENALTIES}第六十三条，数额由省定",
        False,
    ),
    _number(
        "penalty.hearing_body", "对单位罚款的听证标准", 20_000, "元", f"{PENALTIES}第六十三条，数额由省定",
        False,
    ),
    _number("publicity.wd", "双公示期限", 7, "个工作日", PUBLICITY, True),
    _number("inspection.publish_wd", "双随机检查结果公示期限", 20, "个工作日", INSPECTION, False),
    _number("reconsideration.apply_days", "申请行政复议期限", 60, "日", f"{RECONSIDERATION}第二十条", True),
    _number(
        "reconsideration.decide_days", "行政复议决定期限", 60, "日", f"{RECONSIDERATION}第六十二条", True,
    ),
    _number(
        "reconsideration.extend_days", "行政复议决定延长期限", 30, "日", f"{RECONSIDERATION}第六十二条", True
    ),
    _number("litigation.months", "提起行政诉讼期限", 6, "个月", f"{LITIGATION}第四十六条", True),
    _number(
        "disclosure.objection_wd", "不良信用记录异议期限", 10, "个工作日", "规划五（三）；时限由本局定",
        False,
    ),
    _number("repair.forward_wd", "信用修复申请转送期限", 1, "个工作日", REPAIR, False),
    _number("repair.complete_wd", "信用修复材料一次告知期限", 2, "个工作日", REPAIR, False),
    _number("repair.decide_wd", "信用修复决定期限", 3, "个工作日", REPAIR, False),
    _number("repair.complex_wd", "信用修复决定期限（复杂）", 10, "个工作日", REPAIR, False),
    _number("repair.objection_wd", "不予修复异议期限", 5, "个工作日", REPAIR, False),
    _number("repair.sync_wd", "信用修复结果同步期限", 3, "个工作日", REPAIR, False),
)  # fmt: skip

_limit = OwnLimits(owner="core", parameters=PARAMETERS)
NOT_COUNTED = ("听证", "招标拍卖", "检验检测", "鉴定", "专家评审")

LIMITS = (
    _limit(
        "licensing.supplement", "补正告知", "licensing.supplement_wd", "收到申请材料之日", ORGAN,
        "视为受理", decides=True,
    ),
    _limit(
        "filing.supplement", "补正告知（非许可事项）", "filing.supplement_wd", "收到材料之日", ORGAN,
        "列入督办",
    ),
    _limit(
        "licensing.decide", "许可决定", "licensing.decide_wd", "受理之日", ORGAN,
        "申请人可以复议、诉讼；列入督办",
        pauses=NOT_COUNTED, extension=("licensing.extend_wd", HEAD),
    ),
    _limit(
        "licensing.deliver", "颁发送达许可证件", "licensing.deliver_wd", "作出决定之日", ORGAN, "列入督办",
    ),
    _limit(
        "licensing.renew", "申请延续", "licensing.renew_days", "有效期届满之日", "被许可人",
        "届满未延续的，注销", before=True,
    ),
    _limit(
        "penalty.decide", "处罚决定", "penalty.decide_days", "立案之日", ORGAN, "列入督办；程序违法风险",
        pauses=("中止", "听证"), extension=("penalty.extend_days", HEAD),
    ),
    _limit(
        "penalty.statement", "陈述、申辩", "penalty.statement_wd", "被告知之日", PARTY, "视为放弃陈述、申辩",
    ),
    _limit("penalty.hearing_ask", "要求听证", "penalty.hearing_ask_wd", "被告知之日", PARTY, "视为放弃听证"),
    _limit(
        "penalty.hearing_notice", "听证通知", "penalty.hearing_notice_wd", "举行听证之日", ORGAN,
        "听证须改期", before=True,
    ),
    _limit("penalty.serve", "送达处罚决定书", "penalty.serve_wd", "宣告之日", ORGAN, "列入督办"),
    _limit(
        "penalty.evidence", "先行登记保存处理", "penalty.evidence_wd", "登记保存之日", ORGAN,
        "应当解除保存",
    ),
    _limit(
        "penalty.hand_over", "上交当场收缴的罚款", "penalty.hand_over_wd", "收缴之日", "执法人员",
        "列入督办",
    ),
    _limit(
        "penalty.pay", "缴纳罚款", "penalty.pay_days", "收到决定书之日", PARTY,
        "每日按罚款数额的百分之三加处罚款",
    ),
    _limit(
        "penalty.withdraw", "撤回处罚公示", "penalty.withdraw_wd", "处罚被变更、撤销、确认违法或者无效之日",
        ORGAN, "列入督办",
    ),
    _limit(
        "penalty.time_bar", "处罚时效", "penalty.time_bar_years", "违法行为发生或者终了之日", ORGAN,
        "不再给予处罚", roll=False, decides=True,
    ),
    _limit(
        "penalty.grave_time_bar", "处罚时效（生命健康安全、金融安全）", "penalty.grave_time_bar_years",
        "违法行为发生或者终了之日", ORGAN, "不再给予处罚", roll=False, decides=True,
    ),
    _limit("publicity", "许可、处罚公示", "publicity.wd", "作出决定之日", ORGAN, "计入迟报"),
    _limit(
        "inspection.publish", "双随机检查结果公示", "inspection.publish_wd", "检查结束之日", ORGAN,
        "列入督办",
    ),
    _limit(
        "reconsideration.apply", "申请行政复议", "reconsideration.apply_days", "知道行政行为之日", PARTY,
        "不再受理",
    ),
    _limit(
        "reconsideration.decide", "行政复议决定", "reconsideration.decide_days", "受理之日", "行政复议机关",
        "列入督办", extension=("reconsideration.extend_days", "行政复议机构负责人"),
    ),
    _limit("litigation", "提起行政诉讼", "litigation.months", "知道行政行为之日", PARTY, "不再受理"),
    _limit(
        "disclosure.objection", "不良信用记录异议", "disclosure.objection_wd", "告知之日", PARTY,
        "予以披露",
    ),
    _limit("repair.forward", "信用修复申请转送", "repair.forward_wd", "收到申请之日", "信用门户", "列入督办"),
    _limit(
        "repair.complete", "信用修复材料一次告知", "repair.complete_wd", "收到申请之日", "认定单位",
        "列入督办",
    ),
    _limit(
        "repair.decide", "信用修复决定", "repair.decide_wd", "受理之日", "认定单位", "列入督办",
        pauses=("补正",),
    ),
    _limit(
        "repair.complex", "信用修复决定（复杂）", "repair.complex_wd", "受理之日", "认定单位", "列入督办",
        pauses=("补正",),
    ),
    _limit("repair.objection", "不予修复异议", "repair.objection_wd", "收到决定之日", PARTY, "决定生效"),
    _limit("repair.sync", "信用修复结果同步", "repair.sync_wd", "作出决定之日", "信用平台", "列入督办"),
)  # fmt: skip

DECLARATIONS: tuple[Declaration, ...] = (*PARAMETERS, *LIMITS)
