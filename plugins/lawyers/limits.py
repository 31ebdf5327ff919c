"""Time limits of licences, reviews, complaints and discipline; lengths and articles are the parameters'."""

from plugins.lawyers.parameters import PARAMETERS
from suite.api import OwnLimits

CITY, PROVINCE, FIRM, LAWYER = "市级司法行政机关", "省级司法行政机关", "律师事务所", "律师"
ASSOCIATION, HEAD, WATCHED = "律师协会", "司法行政机关负责人", "列入督办"
SUPPLEMENT = ("补正",)

_limit = OwnLimits(owner="lawyers", parameters=PARAMETERS)

FIRMS = (
    _limit(
        "firm.supplement", "设立补正告知", "firm.supplement_wd", "收到申请材料之日", CITY, "视为受理",
        decides=True,
    ),
    _limit("firm.review", "设立审查", "firm.review_wd", "受理之日", CITY, WATCHED, pauses=SUPPLEMENT),
    _limit("firm.decide", "设立决定", "firm.decide_wd", "收到报送材料之日", PROVINCE, WATCHED),
    _limit("firm.cert", "颁发执业许可证", "firm.cert_wd", "作出决定之日", PROVINCE, WATCHED),
    _limit("firm.prepare", "办理开业手续", "firm.prepare_days", "领取执业许可证之日", FIRM, "责令补办"),
    _limit("firm.filing", "住所、合伙人变更备案", "firm.filing_days", "变更之日", FIRM, "责令补办"),
    _limit("firm.rectify", "整改设立条件", "firm.rectify_days", "责令整改之日", FIRM, "应当终止"),
    _limit("firm.unopened", "开业", "firm.unopened_months", "取得执业许可证之日", FIRM, "应当终止"),
    _limit("firm.stopped", "停办业务", "firm.stopped_months", "停办业务之日", FIRM, "应当终止", roll=False),
    _limit("firm.cancel", "办理注销", "firm.cancel_days", "清算结束之日", FIRM, "由机关直接注销"),
    _limit("branch.name", "分所随总所更名", "branch.name_days", "总所更名之日", "分所", "责令补办"),
    _limit(
        "branch.revoked_ban", "分所被吊销后不得新设", "branch.revoked_ban_years", "吊销之日", FIRM,
        "禁止期满",
        roll=False,
    ),
)  # fmt: skip

LAWYERS = (
    _limit(
        "lawyer.supplement", "执业补正告知", "lawyer.supplement_wd", "收到申请材料之日", CITY, "视为受理",
        decides=True,
    ),
    _limit("lawyer.review", "执业审查", "lawyer.review_wd", "受理之日", CITY, WATCHED, pauses=SUPPLEMENT),
    _limit("lawyer.decide", "执业决定", "lawyer.decide_wd", "收到报送材料之日", PROVINCE, WATCHED),
    _limit("lawyer.cert", "颁发执业证", "lawyer.cert_wd", "作出决定之日", PROVINCE, WATCHED),
    _limit("lawyer.lost_review", "证书补换审查", "lawyer.lost_review_wd", "收到申请之日", CITY, WATCHED),
    _limit(
        "lawyer.lost_decide", "证书补换决定", "lawyer.lost_decide_wd", "收到报送材料之日", PROVINCE,
        WATCHED,
    ),
    _limit(
        "lawyer.no_firm", "受聘于律师事务所", "lawyer.no_firm_months", "离开原所之日", LAWYER, "注销执业证",
    ),
    _limit(
        "lawyer.partner_bar", "停止执业后不得担任合伙人", "lawyer.partner_bar_years", "处罚期满之日", LAWYER,
        "禁止期满", roll=False,
    ),
    _limit(
        "lawyer.former_judge", "离任后限制代理", "lawyer.former_judge_years", "离任之日", LAWYER, "限制期满",
        roll=False,
    ),
)  # fmt: skip

REVIEWS = (
    _limit("review.notice", "考核结果公示", "review.notice_days", "公示之日", CITY, "公示期满"),
    _limit(
        "review.firm_objection", "律所考核异议", "review.firm_objection_days", "收到结果之日", FIRM,
        "结果生效",
    ),
    _limit(
        "review.lawyer_objection", "律师考核复查申请", "review.lawyer_objection_days", "收到结果之日",
        LAWYER, "结果生效",
    ),
)  # fmt: skip

COMPLAINTS = (
    _limit(
        "complaint.accept", "受理审查", "complaint.accept_wd", "收到投诉材料之日", CITY, WATCHED,
        pauses=SUPPLEMENT,
    ),
    _limit(
        "complaint.accept_notice", "告知受理决定", "complaint.accept_notice_wd", "作出受理决定之日", CITY,
        WATCHED,
    ),
    _limit(
        "complaint.handle", "投诉办理", "complaint.handle_days", "受理之日", CITY, WATCHED,
        pauses=("中止", "鉴定"), extension=("complaint.extend_days", HEAD),
    ),
    _limit("complaint.reply", "答复双方", "complaint.reply_wd", "作出处理决定之日", CITY, WATCHED),
    _limit("complaint.lead", "办理移送线索", "complaint.lead_wd", "收到移送线索之日", CITY, WATCHED),
    _limit(
        "complaint.lead_answer", "反馈移送线索结果", "complaint.lead_answer_wd", "作出决定之日", CITY,
        WATCHED,
    ),
    _limit(
        "complaint.proposal", "告知建议处理结果", "complaint.proposal_days", "作出决定之日", CITY, WATCHED,
    ),
    _limit("discipline.file", "协会惩戒立案", "discipline.file_wd", "收到投诉之日", ASSOCIATION, WATCHED),
    _limit("discipline.notice", "协会惩戒立案通知", "discipline.notice_wd", "立案之日", ASSOCIATION, WATCHED),
    _limit(
        "discipline.review", "申请复查协会处分", "discipline.review_wd", "收到处分决定之日", "被处分会员",
        "处分生效",
    ),
)  # fmt: skip

LIMITS = (*FIRMS, *LAWYERS, *REVIEWS, *COMPLAINTS)
