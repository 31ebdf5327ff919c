"""Numbers of the law and of the house that the lawyers' rules read. Changed on the parameters page."""

from suite.api import OwnParameters

LAW = "律师法（2017年修正）"
FIRM_RULES = "律师事务所管理办法（2018年修正）"
PRACTICE_RULES = "律师执业管理办法（司法部令第134号）"
RULE_OF_NUMBERS = "司法部律师执业证号编码规则（公开转述）"
CERTIFICATES = "律师和律师事务所执业证书管理办法（司法部令第119号）"
DISCIPLINE = "律师协会会员违规行为处分规则（2017年）"
PROVINCES = "四川、江苏律师投诉处理办法"

_number = OwnParameters(owner="lawyers")

HOUSE = (_number("association", "所属协会", "石家庄市律师协会", "", "规划发送名单", False, "新档案归入。"),)

FIRM = (
    _number("firm.supplement_wd", "设立申请补正告知期限", 5, "个工作日", f"{FIRM_RULES}第二十条", True),
    _number("firm.review_wd", "设立申请审查期限（市局）", 20, "个工作日", f"{FIRM_RULES}第二十一条", True),
    _number("firm.decide_wd", "设立申请决定期限（省厅）", 10, "个工作日", f"{FIRM_RULES}第二十二条", True),
    _number("firm.cert_wd", "执业许可证颁发期限", 10, "个工作日", f"{FIRM_RULES}第二十二条", True),
    _number("firm.cancel_days", "清算后办理注销期限", 15, "日", f"{FIRM_RULES}第三十二条", True),
    _number("firm.prepare_days", "领取许可证后办理开业手续期限", 60, "日", f"{FIRM_RULES}第二十四条", True),
    _number("firm.filing_days", "住所、合伙人变更备案期限", 15, "日", f"{FIRM_RULES}第二十六条", True),
    _number("firm.unopened_months", "取得许可后未开业应予终止", 6, "个月", f"{FIRM_RULES}第三十一条", True),
    _number("firm.unopened_alert_days", "未开业提醒", 150, "日", "局内提醒", False),
    _number("firm.stopped_months", "停办业务应予终止", 12, "个月", f"{FIRM_RULES}第三十一条", True),
    _number("firm.stopped_alert_months", "停办业务提醒", 10, "个月", "局内提醒", False),
    _number(
        "firm.rectify_days", "不再具备设立条件的整改期限", 90, "日", f"{LAW}第二十二条，期限由本局定", False
    ),
    _number("firm.partners_min", "普通合伙律师事务所合伙人下限", 3, "名", f"{FIRM_RULES}第九条", True),
    _number("firm.partner_years", "合伙律师事务所设立人执业年限", 3, "年", f"{FIRM_RULES}第九条", True),
    _number(
        "firm.partnership_assets", "普通合伙律师事务所资产下限", 300_000, "元", f"{FIRM_RULES}第九条", True
    ),
    _number("firm.special_partners_min", "特殊的普通合伙合伙人下限", 20, "名", f"{FIRM_RULES}第十条", True),
    _number("firm.special_assets", "特殊的普通合伙资产下限", 10_000_000, "元", f"{FIRM_RULES}第十条", True),
    _number("firm.sole_years", "个人律师事务所设立人执业年限", 5, "年", f"{FIRM_RULES}第十一条", True),
    _number("firm.sole_assets", "个人律师事务所资产下限", 100_000, "元", f"{FIRM_RULES}第十一条", True),
    _number("firm.state_lawyers_min", "国家出资所专职律师下限", 2, "名", f"{FIRM_RULES}第十二条", True),
    _number("firm.party_members", "应当建立党组织的党员人数", 3, "名", f"{FIRM_RULES}第四条", True),
    _number(
        "firm.uscc_prefix",
        "律师事务所信用代码开头",
        "31130000",
        "",
        "GB 32100-2015，省厅登记",
        False,
        "律师执业机构为 31，河北省登记机关为 130000；不符时只提示。",
    ),
)

BRANCH = (
    _number("branch.parent_years", "设立分所的律师事务所成立年限", 3, "年", f"{FIRM_RULES}第三十三条", True),
    _number(
        "branch.parent_lawyers", "设立分所的律师事务所律师下限", 20, "名", f"{FIRM_RULES}第三十三条", True
    ),
    _number("branch.lawyers_min", "分所派驻专职律师下限", 3, "名", f"{FIRM_RULES}第三十四条", True),
    _number("branch.assets", "分所资产下限", 300_000, "元", f"{FIRM_RULES}第三十四条", True),
    _number(
        "branch.less_developed_assets",
        "经济欠发达地区分所资产下限",
        100_000,
        "元",
        f"{FIRM_RULES}第三十四条",
        True,
    ),
    _number("branch.head_years", "分所负责人执业年限", 3, "年", f"{FIRM_RULES}第三十四条", True),
    _number("branch.name_days", "总所更名后分所申请变更期限", 30, "日", f"{FIRM_RULES}第三十八条", True),
    _number("branch.revoked_ban_years", "分所被吊销后不得新设分所", 2, "年", f"{FIRM_RULES}第三十三条", True),
)

LAWYER = (
    _number("lawyer.supplement_wd", "执业申请补正告知期限", 5, "个工作日", f"{PRACTICE_RULES}第十三条", True),
    _number(
        "lawyer.review_wd", "执业申请审查期限（市局）", 20, "个工作日", f"{PRACTICE_RULES}第十四条", True
    ),
    _number(
        "lawyer.decide_wd", "执业申请决定期限（省厅）", 10, "个工作日", f"{PRACTICE_RULES}第十五条", True
    ),
    _number("lawyer.cert_wd", "律师执业证颁发期限", 10, "个工作日", f"{PRACTICE_RULES}第十五条", True),
    _number(
        "lawyer.lost_review_wd", "证书补换审查期限（市局）", 5, "个工作日", f"{CERTIFICATES}第十条", True
    ),
    _number(
        "lawyer.lost_decide_wd", "证书补换决定期限（省厅）", 10, "个工作日", f"{CERTIFICATES}第十一条", True
    ),
    _number("lawyer.min_age", "首次执业年龄下限", 18, "岁", f"{LAW}第七条、民法典第十八条", False),
    _number("lawyer.no_firm_months", "未受聘应予注销", 6, "个月", f"{PRACTICE_RULES}第二十三条", True),
    _number("lawyer.no_firm_alert_days", "未受聘提醒", 150, "日", "局内提醒", False),
    _number("lawyer.former_judge_years", "法官、检察官离任后限制代理", 2, "年", f"{LAW}第四十一条", False),
    _number(
        "lawyer.partner_bar_years",
        "停止执业六个月以上期满后不得担任合伙人",
        3,
        "年",
        f"{LAW}第五十三条",
        True,
    ),
    _number(
        "lawyer.practice_no_area",
        "执业证号的省、市代码",
        "1301",
        "",
        RULE_OF_NUMBERS,
        False,
        "执业证号第 2–5 位；外地转入的律师保留原号，不符时只提示。",
    ),
    _number(
        "lawyer.qualification_pattern",
        "法律职业资格证号格式",
        r"[ABC]\d{14}",
        "",
        "证书编号通行做法",
        False,
        "正则表达式；不符时只提示。",
        pattern=True,
    ),
    _number("lawyer.internship_months", "申请执业前实习期", 12, "个月", f"{LAW}第五条", True),
    _number("government.work_years", "公职律师从事法律事务年限", 2, "年", "公职律师管理办法第五条", True),
    _number(
        "government.former_years", "曾任法官、检察官、律师的年限", 1, "年", "公职律师管理办法第五条", True
    ),
)

REVIEW = (
    _number("review.window", "年度考核期间", "03-01..05-31", "", "安徽省律师协会2025年通知", False),
    _number("review.submit_by", "年度执业情况报告提交期限", "03-31", "", f"{FIRM_RULES}第五十九条", True),
    _number("review.notice_days", "考核结果公示期", 7, "日", "律师事务所年度检查考核办法", False),
    _number(
        "review.firm_objection_days", "律师事务所考核异议期限", 15, "日", "律师事务所年度检查考核办法", False
    ),
    _number("review.lawyer_objection_days", "律师考核复查申请期限", 7, "日", "律师执业年度考核规则", False),
    _number(
        "review.min_practice_months", "不评定等次的执业期限", 3, "个月", "黄石市律师协会2025年通知", True
    ),
)

COMPLAINT = (
    _number("complaint.partly_counts", "部分查实的计为有效投诉", True, "", "局内口径", False),
    _number(
        "complaint.lead_answer_wd", "移送线索处理结果反馈期限", 7, "个工作日", "四川省律师投诉处理办法", True
    ),
    _number(
        "complaint.proposal_days",
        "司法机关建议处理结果告知期限",
        7,
        "日",
        f"{PRACTICE_RULES}第五十九条",
        True,
    ),
    _number(
        "rights.answer_days",
        "执业权利保障答复期限",
        10,
        "日",
        "关于依法保障律师执业权利的规定，期限由本局定",
        False,
    ),
    _number("discipline.file_wd", "协会惩戒立案期限", 10, "个工作日", DISCIPLINE, False),
    _number("discipline.notice_wd", "协会惩戒立案通知期限", 10, "个工作日", DISCIPLINE, False),
    _number("discipline.review_wd", "协会处分复查申请期限", 15, "个工作日", DISCIPLINE, False),
    _number("complaint.accept_wd", "投诉受理审查期限", 10, "个工作日", PROVINCES, True),
    _number("complaint.accept_notice_wd", "受理决定告知期限", 3, "个工作日", "江苏省律师投诉处理办法", True),
    _number("complaint.handle_days", "投诉办理期限", 60, "日", "各省投诉处理办法", False),
    _number("complaint.extend_days", "投诉办理延长期限", 30, "日", "各省投诉处理办法", False),
    _number("complaint.reply_wd", "处理结果答复期限", 7, "个工作日", "参照司法部令第144号", False),
    _number(
        "complaint.lead_wd", "有关机关移送线索反馈期限", 7, "个工作日", f"{PRACTICE_RULES}第五十九条", True
    ),
)

COUNSEL = (
    _number("counsel.visits_per_month", "村居法律顾问每月服务次数", 1, "次", "县级通行要求", False),
    _number("counsel.max_villages", "每名律师担任村居顾问上限", 5, "个", "局内标准", False),
)

PARAMETERS = (*HOUSE, *FIRM, *BRANCH, *LAWYER, *REVIEW, *COMPLAINT, *COUNSEL)
