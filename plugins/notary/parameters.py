"""Numbers of the law and of the house about notary offices and notaries. Changed on the parameters page."""

from suite.api import OwnParameters

LAW = "公证法（2017年修正）"
OFFICE_RULES = "公证机构执业管理办法（司法部令第101号）"
NOTARY_RULES = "公证员执业管理办法（司法部令第102号）"
OFFICE_REVIEW = "公证机构年度考核办法（试行）（司发通〔2007〕67号）"
NOTARY_REVIEW = "参照广东省公证员年度考核办法第十八条至第二十一条"
REVIEW_DISPUTES = "公证程序规则；公证复查争议投诉处理办法（试行）"
RECHECK_TIME = "公证程序规则（2020年修正）第六十一条"
LICENSING_LAW = "行政许可法"
ASSESSMENT_RULES = "公证员考核任职办法（司发通〔2010〕6号）"
COMPLAINTS = "公证执业活动投诉处理办法（司法部令第147号）"

_number = OwnParameters(owner="notary")

PARAMETERS = (
    _number("association", "所属协会", "石家庄市公证协会", "", "规划发送名单", False, "新档案归入。"),
    _number("office.approve_wd", "公证机构设立、变更审批期限", 30, "个工作日", OFFICE_RULES, False),
    _number(
        "application.supplement_wd", "申请补正告知期限", 5, "个工作日", f"{LICENSING_LAW}第三十二条", True
    ),
    _number("office.review_wd", "公证机构申请审查期限", 20, "个工作日", f"{LICENSING_LAW}第四十三条", True),
    _number("office.cert_wd", "公证机构执业证书颁发期限", 10, "个工作日", f"{LICENSING_LAW}第四十四条", True),
    _number("office.notaries_min", "公证机构公证员下限", 2, "名", f"{LAW}第八条", True),
    _number("office.notaries_plan", "规划要求的每家公证机构公证员", 3, "名", "规划指标20", True),
    _number("office.head_years", "公证机构负责人执业年限", 3, "年", f"{LAW}第十条", True),
    _number(
        "office.number_pattern", "公证机构执业证书编号格式", r"[0-9A-Z\-()]{5,30}", "", OFFICE_RULES, False,
        "正则表达式；编号规则未见公开文本，不符时只提示。", pattern=True,
    ),
    _number("insurance.alert_days", "责任保险到期提醒", 60, "日", "局内提醒", False),
    _number("notary.internship_months", "考试任职前的实习期", 24, "个月", f"{LAW}第十八条", True),
    _number("notary.work_years", "以法律工作经历任职的年限", 3, "年", f"{LAW}第十八条", True),
    _number("notary.short_internship_months", "有法律工作经历者的实习期", 12, "个月", f"{LAW}第十八条", True),
    _number("assistant.contract_alert_days", "助理聘用合同到期提醒", 60, "日", "局内提醒", False),
    _number("notary.age_min", "担任公证员的年龄下限", 25, "周岁", f"{LAW}第十八条", True),
    _number("notary.age_max", "担任公证员的年龄上限", 65, "周岁", f"{LAW}第十八条、第二十四条", True),
    _number("notary.retire_alert_days", "年满上限前提醒免职", 180, "日", "局内提醒", False),
    _number("notary.retire_start_days", "年满上限前启动免职程序", 60, "日", "局内安排", False),
    _number("notary.stage_wd", "公证员任职各环节期限", 20, "个工作日", NOTARY_RULES, False),
    _number("notary.cert_wd", "公证员执业证颁发期限", 10, "个工作日", NOTARY_RULES, False),
    _number(
        "notary.assessment_month", "考核任职的受理月份", 9, "月", f"{ASSESSMENT_RULES}第四条", True,
        "省司法厅每年集中受理一次。",
    ),
    _number(
        "notary.number_pattern", "公证员执业证编号格式", r"[0-9A-Z\-()]{5,30}", "", NOTARY_RULES, False,
        "正则表达式；编号规则未见公开文本，不符时只提示。", pattern=True,
    ),
    _number("certificate.issue_wd", "公证书出具期限", 15, "个工作日", f"{LAW}第三十条", True),
    _number("review.office_report_by", "公证机构年度考核报告期限", "01-31", "", OFFICE_REVIEW, False),
    _number("review.finish_by", "公证机构年度考核完成期限", "03-31", "", OFFICE_REVIEW, False),
    _number("review.objection_days", "公证机构考核异议期限", 15, "日", OFFICE_REVIEW, False),
    _number("office.head_days", "负责人变更核准期限", 20, "日", f"{LAW}第十条，期限由本局定", False),
    _number("notary.change_wd", "变更执业机构核准期限", 20, "个工作日", NOTARY_RULES, False),
    _number("review.notary_objection_wd", "公证员考核异议期限", 3, "个工作日", NOTARY_REVIEW, True),
    _number("review.notary_answer_wd", "公证员考核异议答复期限", 5, "个工作日", NOTARY_REVIEW, True),
    _number("review.notary_report_wd", "公证员考核结果备案期限", 5, "个工作日", NOTARY_REVIEW, True),
    _number("review.apply_years", "申请公证复查期限", 1, "年", RECHECK_TIME, True),
    _number("review.absolute_years", "申请公证复查最长期限", 20, "年", RECHECK_TIME, True),
    _number(
        "discipline.fine_max", "行业惩戒罚款的上限", 0, "元", "公证员惩戒规则（试行）；数额未核实", False,
        "0 表示尚未核实，不能罚款。",
    ),
    _number("discipline.pause_months_max", "暂停会员资格的上限", 12, "个月", "公证员惩戒规则（试行）", False),
    _number("review.decide_days", "公证复查决定期限", 30, "日", REVIEW_DISPUTES, False),
    _number("review.extend_days", "公证复查决定延长期限", 30, "日", REVIEW_DISPUTES, False),
    _number("complaint.time_bar_years", "投诉时效", 3, "年", COMPLAINTS, False),
    _number("complaint.partly_counts", "部分查实的计为有效投诉", True, "", "局内口径", False),
    _number("complaint.accept_wd", "投诉受理审查期限", 7, "个工作日", COMPLAINTS, False),
    _number("complaint.accept_extend_wd", "复杂投诉受理延长期限", 15, "个工作日", COMPLAINTS, False),
    _number("complaint.handle_days", "投诉办理期限", 60, "日", COMPLAINTS, False),
    _number("complaint.extend_days", "投诉办理延长期限", 30, "日", COMPLAINTS, False),
    _number("complaint.reply_wd", "处理结果答复期限", 7, "个工作日", COMPLAINTS, False),
    _number(
        "review_dispute.days", "公证复查争议投诉期限", 60, "日",
        "公证复查争议投诉处理办法（试行）第六条", True,
    ),
)  # fmt: skip
