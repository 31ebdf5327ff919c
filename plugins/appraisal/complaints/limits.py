"""Time limits of a complaint; their lengths are parameters."""

from suite.api import Extension, TimeLimit, Unit

RULE = "司法鉴定执业活动投诉处理办法（司法部令第144号）"
BUREAU = "司法行政机关"

ACCEPT = TimeLimit(
    key="appraisal.complaint.accept",
    title="受理审查",
    n="appraisal.complaint.accept_wd",
    unit=Unit.WORKING,
    article=RULE,
    start="收到投诉材料之日",
    who=BUREAU,
    lapse="逾期未作出是否受理决定的，列入督办",
    pauses=("补正",),
    extension=Extension(n="appraisal.complaint.accept_extend_wd", approver="司法行政机关负责人"),
)
HANDLE = TimeLimit(
    key="appraisal.complaint.handle",
    title="投诉办理",
    n="appraisal.complaint.handle_days",
    unit=Unit.CALENDAR,
    article=RULE,
    start="受理之日",
    who=BUREAU,
    lapse="逾期未办结的，列入督办",
    pauses=("中止",),
    extension=Extension(n="appraisal.complaint.extend_days", approver="司法行政机关负责人"),
)
REPLY = TimeLimit(
    key="appraisal.complaint.reply",
    title="答复双方",
    n="appraisal.complaint.reply_wd",
    unit=Unit.WORKING,
    article=RULE,
    start="作出处理决定之日",
    who=BUREAU,
    lapse="逾期未答复的，列入督办",
)

LIMITS = (ACCEPT, HANDLE, REPLY)
