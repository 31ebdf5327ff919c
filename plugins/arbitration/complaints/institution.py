"""The complaint about how a commission is run: the city receives and looks into it, the province decides."""

from plugins.arbitration.complaints.codes import HEAD, OUTCOME, REFUSAL_GROUND
from plugins.arbitration.complaints.tables import Complaint
from suite.api import (
    ClockAct,
    ComplaintFrame,
    ComplaintLimits,
    DayOrder,
    Field,
    OnClock,
    State,
    StateKind,
    Transition,
    past_date,
)

RULE = "参照司法鉴定执业活动投诉处理办法（司法部令第144号）；时限由本局定"
REVIEW_OF_AWARDS = (
    "仲裁法（2017年修正）第五十八条、第六十三条；民事诉讼法（2023年修正）第二百四十八条；新法条文待核对"
)
LIMITS = ComplaintLimits(
    accept="arbitration.complaint.accept",
    handle="arbitration.complaint.handle",
    reply="arbitration.complaint.reply",
)
#: Neither of the two limits may be extended here: the house gave none for it.
NO_EXTENSION = frozenset({"ExtendAcceptance", "ExtendComplaint"})

COMPLAINTS = ComplaintFrame(
    key="arbitration.complaint",
    title="仲裁机构投诉",
    organ="石司仲投",
    table=Complaint,
    respondents=("arbitration.arbitration_commission",),
    heads=HEAD,
    refusals=REFUSAL_GROUND,
    outcomes=OUTCOME,
    rule=RULE,
    articles={
        "OpenComplaint": "仲裁委员会登记暂行办法（国务院1995年）第三条",
        "RefuseComplaint": REVIEW_OF_AWARDS,
    },
    limits=LIMITS,
    own=(
        Field(Complaint.case_no, title="仲裁案号", section="投诉事项", listed=True),
        Field(Complaint.province_no, title="省厅决定文号", section="处理"),
        Field(Complaint.province_on, title="省厅决定日期", section="处理", checks=(past_date,)),
        Field(Complaint.province_decision, title="省厅决定", section="处理"),
    ),
    intake=("case_no",),
    same=("case_no",),
    partly_counts="arbitration.complaint.partly_counts",
    orders=(
        DayOrder(first="DecideComplaint", then="province_on"),
        DayOrder(first="province_on", then="RecordProvinceReply"),
    ),
    without=NO_EXTENSION,
    changes={
        "DecideComplaint": {
            "title": "提出处理意见",
            "to": "reported",
            "clocks": (OnClock(act=ClockAct.STOP, limit=LIMITS.handle),),
            "documents": ("处理意见", "报省司法厅的请示"),
            "help": "须先逐项认定；经审批后报省司法厅决定，并通报设立机构的市人民政府",
        },
    },
    states=(State(key="reported", title="报省厅", kind=StateKind.PAUSE, stage="处理决定"),),
    steps=(
        Transition(
            command="RecordProvinceReply",
            title="登记省厅决定",
            sources=("reported",),
            to="decided",
            fields=("province_no", "province_on", "province_decision"),
            required=("province_no", "province_on"),
            clocks=(OnClock(act=ClockAct.START, limit=LIMITS.reply, since="province_on"),),
            documents=("投诉处理结果告知书", "被投诉人处理结果告知书"),
            article=RULE,
            help="登记省司法厅的决定，开始答复计时",
        ),
    ),
    order=40,
)

DECLARATIONS = COMPLAINTS.declarations()
