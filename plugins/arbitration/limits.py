"""Time limits of registration, judicial review and complaints; lengths and articles are the parameters'."""

from plugins.arbitration.parameters import PARAMETERS
from suite.api import OwnLimits

PROVINCE, COMMISSION, COURT, PARTY = "省级司法行政机关", "仲裁机构", "人民法院", "当事人"
BUREAU, WATCHED = "司法行政机关", "列入督办"

_limit = OwnLimits(owner="arbitration", parameters=PARAMETERS)

LIMITS = (
    _limit(
        "register.decide", "登记", "register.decide_days", "收到登记文件之日", PROVINCE, WATCHED,
        pauses=("补正",),
    ),
    _limit(
        "register.supplement", "登记补正告知", "register.supplement_wd", "收到登记文件之日", BUREAU,
        "视为受理", decides=True,
    ),
    _limit("change.file", "住所、组成人员变更备案", "change.file_days", "变更之日", COMMISSION, "责令补办"),
    _limit("term", "任期", "term.years", "聘任之日", COMMISSION, "应当换届", roll=False),
    _limit("setaside.apply", "申请撤销裁决", "setaside.months", "收到裁决书之日", PARTY, "不再受理"),
    _limit(
        "setaside.apply_old", "申请撤销裁决（旧法）", "setaside.months_old", "收到裁决书之日", PARTY,
        "不再受理",
    ),
    _limit("setaside.court", "审理撤销申请", "setaside.court_months", "受理之日", COURT, "登记跟进"),
    _limit(
        "enforcement.apply", "申请不予执行", "enforcement.apply_days", "收到执行通知之日", PARTY,
        "不再受理",
    ),
    _limit(
        "enforcement.court", "审查不予执行", "enforcement.court_months", "立案之日", COURT, "登记跟进",
        extension=("enforcement.extend_months", "本院院长"),
    ),
    _limit(
        "complaint.accept", "受理审查", "complaint.accept_wd", "收到投诉材料之日", BUREAU, WATCHED,
        pauses=("补正",),
    ),
    _limit(
        "complaint.handle", "投诉办理", "complaint.handle_days", "受理之日", BUREAU, WATCHED,
        pauses=("中止",),
    ),
    _limit("complaint.reply", "答复双方", "complaint.reply_wd", "作出处理决定之日", BUREAU, WATCHED),
)  # fmt: skip
