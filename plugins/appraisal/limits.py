"""Time limits of registration, appraisals and complaints; lengths and articles are the parameters'."""

from plugins.appraisal.parameters import PARAMETERS
from suite.api import OwnLimits

BUREAU, APPLICANT, INSTITUTION = "司法行政机关", "申请人", "司法鉴定机构"
HEAD = "司法行政机关负责人"
WATCHED = "列入督办"

_limit = OwnLimits(owner="appraisal", parameters=PARAMETERS)

LIMITS = (
    _limit(
        "register.supplement", "登记补正告知", "register.supplement_wd", "收到申请材料之日", BUREAU,
        "视为受理", decides=True,
    ),
    _limit(
        "register.decide", "登记审查", "register.decide_wd", "受理之日", BUREAU, WATCHED,
        pauses=("专家评审", "考试考核", "补正"), extension=("register.extend_wd", HEAD),
    ),
    _limit("register.cert", "颁发证书", "register.cert_wd", "作出决定之日", BUREAU, WATCHED),
    _limit(
        "renew", "申请延续", "renew.apply_before_days", "有效期届满之日", INSTITUTION, "届满注销",
        before=True,
    ),
    _limit(
        "conditions_lost", "补足登记条件", "conditions_lost_months", "条件缺失之日", INSTITUTION,
        "注销该业务",
    ),
    _limit(
        "appraiser.rejoin", "转入其他机构", "appraiser.rejoin_months", "原机构注销之日", "司法鉴定人",
        "注销执业证",
    ),
    _limit(
        "appraiser.idle", "停业", "appraiser.idle_months", "停业之日", "司法鉴定人", "注销执业证",
        roll=False,
    ),
    _limit(
        "commission.accept", "受理鉴定委托", "commission.accept_wd", "收到委托之日", INSTITUTION,
        "列为检查线索",
    ),
    _limit(
        "commission.finish", "完成鉴定", "commission.finish_wd", "委托书生效之日", INSTITUTION,
        "列为检查线索",
        pauses=("补充材料",), extension=("commission.extend_wd", "司法鉴定机构负责人"),
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
