"""Time limits of offices, notaries, reviews and complaints; lengths and articles are the parameters'."""

from plugins.notary.parameters import PARAMETERS
from suite.api import OwnLimits

BUREAU, PROVINCE, OFFICE, NOTARY = "司法行政机关", "省级司法行政机关", "公证机构", "公证员"
HEAD, WATCHED = "司法行政机关负责人", "列入督办"

_limit = OwnLimits(owner="notary", parameters=PARAMETERS)

LIMITS = (
    _limit(
        "application.supplement", "申请补正告知", "application.supplement_wd", "收到申请材料之日", BUREAU,
        "视为受理", decides=True,
    ),
    _limit(
        "office.review", "公证机构申请审查", "office.review_wd", "受理之日", BUREAU, WATCHED, pauses=("听证",)
    ),
    _limit(
        "office.approve", "公证机构设立、变更审批", "office.approve_wd", "收到报送材料之日", PROVINCE,
        WATCHED,
    ),
    _limit("office.cert", "颁发公证机构执业证书", "office.cert_wd", "作出决定之日", PROVINCE, WATCHED),
    _limit(
        "office.head", "核准负责人变更", "office.head_days", "收到申请之日", BUREAU, WATCHED,
        pauses=("补正",),
    ),
    _limit(
        "notary.stage", "任职各环节审查", "notary.stage_wd", "收到材料之日", BUREAU, WATCHED,
        pauses=("补正", "听证"),
    ),
    _limit("notary.cert", "颁发执业证", "notary.cert_wd", "收到任命之日", PROVINCE, WATCHED),
    _limit("notary.change", "变更执业机构核准", "notary.change_wd", "收到申请之日", PROVINCE, WATCHED),
    _limit(
        "notary.retire", "启动免职", "notary.retire_start_days", "年满六十五周岁之日", BUREAU, WATCHED,
        before=True,
    ),
    _limit(
        "certificate.issue", "出具公证书", "certificate.issue_wd", "受理公证申请之日", OFFICE, "列为检查线索",
        pauses=("补充证明材料", "核实", "不可抗力"),
    ),
    _limit(
        "review.objection", "公证机构考核异议", "review.objection_days", "收到结果之日", OFFICE, "结果生效",
    ),
    _limit(
        "review.notary_objection", "公证员考核异议", "review.notary_objection_wd", "公示之日", NOTARY,
        "结果生效",
    ),
    _limit(
        "review.notary_answer", "答复考核异议", "review.notary_answer_wd", "收到异议之日", OFFICE, WATCHED,
    ),
    _limit(
        "review.notary_report", "考核结果备案", "review.notary_report_wd", "考核结束之日", OFFICE, WATCHED,
    ),
    _limit(
        "recheck.apply", "申请公证复查", "review.apply_years", "收到或者知道公证书之日", "当事人",
        "不予受理",
    ),
    _limit(
        "recheck.absolute", "申请公证复查（最长）", "review.absolute_years", "公证书出具之日", "当事人",
        "不予受理",
    ),
    _limit(
        "recheck.decide", "公证复查决定", "review.decide_days", "收到复查申请之日", OFFICE, WATCHED,
        extension=("review.extend_days", "公证机构负责人"),
    ),
    _limit(
        "recheck.dispute", "公证复查争议投诉", "review_dispute.days", "收到复查决定之日", "当事人",
        "不予受理",
    ),
    _limit(
        "complaint.time_bar", "投诉时效", "complaint.time_bar_years", "知道或者应当知道之日", "投诉人",
        "不予受理",
    ),
    _limit(
        "complaint.accept", "受理审查", "complaint.accept_wd", "收到投诉材料之日", BUREAU, WATCHED,
        pauses=("补正",), extension=("complaint.accept_extend_wd", HEAD),
    ),
    _limit(
        "complaint.handle", "投诉办理", "complaint.handle_days", "受理之日", BUREAU, WATCHED,
        pauses=("中止", "鉴定"), extension=("complaint.extend_days", HEAD),
    ),
    _limit("complaint.reply", "答复双方", "complaint.reply_wd", "作出处理决定之日", BUREAU, WATCHED),
)  # fmt: skip
