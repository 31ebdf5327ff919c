"""公证复查争议投诉: about an office's decision on a review; experts are heard."""

import datetime as dt

from plugins.notary.complaints.codes import DISPUTE_HEAD, DISPUTE_OUTCOME, DISPUTE_REFUSAL
from plugins.notary.complaints.tables import ReviewDispute
from suite.api import (
    CaseFacts,
    ComplaintFrame,
    ComplaintLimits,
    DayOrder,
    Field,
    Guard,
    Transition,
)

RULE = "公证复查争议投诉处理办法（试行）（中国公证协会2007年）"
MATTER = "争议事项"


def _in_time(case: CaseFacts) -> bool:
    """第六条: within sixty days of the office's decision; without its day it cannot be said."""
    reviewed = case.values.get("reviewed_on")
    if reviewed is None:
        return True
    days = int(case.parameters["notary.review_dispute.days"])
    return bool((case.values.get("received_on") or case.opened) <= reviewed + dt.timedelta(days=days))


IN_TIME = Guard(
    key="notary.review_dispute.in_days",
    text="收到复查决定已超过申请期限，请按不予受理办理。",
    holds=_in_time,
    article=f"{RULE}第六条",
)

COMPLAINTS = ComplaintFrame(
    key="notary.review_dispute",
    title="公证复查争议投诉",
    organ="石公协争",
    table=ReviewDispute,
    respondents=("notary.notary_office",),
    heads=DISPUTE_HEAD,
    refusals=DISPUTE_REFUSAL,
    outcomes=DISPUTE_OUTCOME,
    rule=RULE,
    limits=ComplaintLimits(),
    own=(
        Field(ReviewDispute.certificate_no, title="公证书编号", section=MATTER, listed=True),
        Field(ReviewDispute.review_no, title="复查决定文号", section=MATTER),
        Field(
            ReviewDispute.reviewed_on,
            title="收到复查决定之日",
            section=MATTER,
            help="申请期限自此起算。",
        ),
        Field(ReviewDispute.expert_opinion, title="专家意见", section="处理"),
    ),
    intake=("certificate_no", "review_no", "reviewed_on"),
    same=("certificate_no",),
    partly_counts="notary.complaint.partly_counts",
    orders=(
        DayOrder(first="reviewed_on", then="received_on"),
        DayOrder(first="reviewed_on", then="opened"),
    ),
    without=frozenset(
        {
            "RecordLead", "CloseLead", "ExtendAcceptance", "ExtendComplaint", "SuspendComplaint",
            "ResumeComplaint", "RecheckRectification", "ConfirmRectification", "RecordRemedy",
            "AnnulFindings", "ReinvestigateComplaint", "TransferComplaint",
            "NotifyTransfer",
        }
    ),
    changes={
        "OpenComplaint": {
            "required": ("source", "certificate_no"), "help": "书面提出；登记复查决定及收到之日",
        },
        "AcceptComplaint": {"guards": (IN_TIME.key,), "help": "协会受理，告知投诉人和公证机构"},
        "RefuseComplaint": {"approval": None, "help": "列明情形，告知投诉人"},
        "StartInvestigation": {
            "title": "组织审查", "documents": ("答辩通知书",), "help": "协会指定两名以上委员书面审查",
        },
        "FindAllegations": {"title": "认定争议事项"},
        "DecideComplaint": {
            "title": "出具处理意见", "approval": None,
            "documents": ("复查争议处理意见书", "投诉处理结果告知书", "被投诉人处理结果告知书"),
            "fields": ("outcome", "decision_summary"), "help": "须先逐项认定；意见送公证机构办理",
        },
        "TerminateComplaint": {
            "approval": None, "sources": ("accepted", "investigating"), "help": "撤回或已经起诉的，终止",
        },
        "ReplyComplaint": {"help": "处理意见书送达投诉人和公证机构，办结"},
    },
    steps=(
        Transition(
            command="ConsultExperts", title="征询专家意见", sources=("investigating",), to=None,
            fields=("expert_opinion",), required=("expert_opinion",), documents=("专家咨询意见书",),
            article=RULE, help="疑难的由专家组出具咨询意见",
        ),
    ),
    outside=True,
    by_association=True,
    order=22,
)  # fmt: skip

DECLARATIONS = (IN_TIME, *COMPLAINTS.declarations())
