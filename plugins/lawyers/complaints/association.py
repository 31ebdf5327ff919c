"""The complaint against a member, the association's track (律师协会会员违规行为处分规则): filed, notified,
investigated, heard where the sanction is heavy, decided; and the review by the province's association."""

from plugins.lawyers.complaints.codes import ASSOCIATION_REFUSAL, HEAD, SANCTION
from plugins.lawyers.complaints.tables import AssociationComplaint
from suite.api import (
    CaseFacts,
    ClockAct,
    ComplaintFrame,
    ComplaintLimits,
    Field,
    Guard,
    OnClock,
    State,
    StateKind,
    Transition,
)

RULE = "律师协会会员违规行为处分规则（2017年）"
REVIEW = "lawyers.discipline.review"
#: What the member is told before he is heard, and the complainant at the end.
HEARING_NOTICE, TOLD = "听证权利告知书", "投诉处理结果告知书"
#: The sanctions before which the member is told of the right to a hearing.
HEARD = frozenset({"suspension", "termination"})


def _review_over(case: CaseFacts) -> bool:
    clock = case.clock(REVIEW)
    return clock is None or clock.due is None or clock.due < case.on


HEARING_OFFERED = Guard(
    key="lawyers.association_complaint.hearing_offered",
    text="拟中止会员权利或取消会员资格的，应先告知会员有申请听证的权利。",
    holds=lambda case: case.values.get("outcome") not in HEARD or "OfferComplaintHearing" in case.done,
    article=RULE,
)
REVIEW_OVER = Guard(
    key="lawyers.association_complaint.review_over",
    text="申请复查的期限还没有届满，届满后方可办结。",
    holds=_review_over,
    article=RULE,
)
REVIEW_IN_TIME = Guard(
    key="lawyers.association_complaint.review_in_time",
    text="申请复查的期限已经届满，请按复查期满办结。",
    holds=lambda case: not _review_over(case),
    article=RULE,
)

STATES = (
    State(key="replied", title="复查期间", kind=StateKind.RUN, stage="处理决定"),
    State(key="reviewing", title="省协会复查", kind=StateKind.RUN, stage="处理决定"),
)
STEPS = (
    Transition(
        command="OfferComplaintHearing", title="告知听证权利", sources=("investigating",), to=None, once=True,
        documents=(HEARING_NOTICE,), article=RULE,
        help="拟中止会员权利、取消会员资格的，决定前告知会员可以申请听证",
    ),
    Transition(
        command="HoldComplaintHearing", title="登记听证", sources=("investigating",), to=None,
        fields=("hearing",),
        required=("hearing",), documents=("听证笔录",), article=RULE, help="登记听证的时间、主持人和意见",
    ),
    Transition(
        command="CloseComplaint", title="复查期满办结", sources=("replied",), to="closed",
        guards=(REVIEW_OVER.key,), clocks=(OnClock(act=ClockAct.STOP, limit=REVIEW),), article=RULE,
        needs_service=(TOLD,), help="期限内没有申请复查，处分生效；告知投诉人后办结",
    ),
    Transition(
        command="RequestComplaintReview", title="登记复查申请", sources=("replied",), to="reviewing",
        guards=(REVIEW_IN_TIME.key,), clocks=(OnClock(act=ClockAct.STOP, limit=REVIEW),),
        documents=("复查申请书",), article=RULE, help="会员向省律师协会申请复查，处分暂不生效",
    ),
    Transition(
        command="RecordComplaintReview", title="登记复查结果", sources=("reviewing",), to="closed",
        fields=("remedy_result", "remedy_document"), required=("remedy_result", "remedy_document"),
        documents=(TOLD,), needs_service=(TOLD,),
        article=RULE, help="登记省律师协会的复查决定，并告知投诉人；撤销处分的同时撤销认定",
    ),
)  # fmt: skip

COMPLAINTS = ComplaintFrame(
    key="lawyers.association_complaint",
    title="律师协会投诉",
    organ="石律协投",
    table=AssociationComplaint,
    respondents=("lawyers.law_firm", "lawyers.branch_office", "lawyers.lawyer"),
    heads=HEAD,
    refusals=ASSOCIATION_REFUSAL,
    outcomes=SANCTION,
    rule=RULE,
    limits=ComplaintLimits(accept="lawyers.discipline.file", notice="lawyers.discipline.notice"),
    own=(
        Field(
            AssociationComplaint.matter_no,
            title="委托或案件编号",
            section="投诉事项",
            help="同一投诉人就同一委托的投诉按一件计。",
        ),
        Field(AssociationComplaint.hearing, title="听证情况", section="处理"),
    ),
    intake=("matter_no",),
    same=("matter_no",),
    partly_counts="lawyers.complaint.partly_counts",
    without=frozenset(
        {"ExtendAcceptance", "ExtendComplaint", "RecheckRectification", "ConfirmRectification"}
    ),
    changes={
        "AcceptComplaint": {"title": "立案", "documents": ("立案决定书",), "help": "立案后在期限内通知双方"},
        "NotifyAcceptance": {"title": "通知立案", "needs_service": ("立案决定书",),
                             "help": "立案决定书送达被投诉会员后自动办理，并告知投诉人"},
        "RefuseComplaint": {"title": "不予立案", "documents": ("不予立案通知书",), "approval": None,
                            "help": "列明情形，告知投诉人"},
        "NotifyRefusal": {"title": "送达不予立案通知书", "needs_service": ("不予立案通知书",),
                          "help": "登记不予立案通知书送达后自动办理，了结"},
        "StartInvestigation": {"documents": ("调查通知书",), "help": "惩戒委员会确定两名以上调查人员"},
        "DecideComplaint": {
            "title": "作出处分决定", "approval": None, "documents": ("处分决定书", TOLD, "送达回证"),
            "needs_service": (HEARING_NOTICE,),
            "guards": (
                "core.case.two_officers", "core.case.all_found", "core.complaint.outcome_fits",
                HEARING_OFFERED.key,
            ),
            "fields": ("outcome", "decision_summary"), "help": "惩戒委员会集体作出；须先逐项认定",
        },
        "TerminateComplaint": {"approval": None, "help": "撤回、会员死亡或终止、无法继续"},
        "ReplyComplaint": {
            "title": "送达决定", "to": "replied", "fields": (), "required": (), "needs_papers": (),
            "needs_service": ("处分决定书",), "follows_service": True,
            "clocks": (OnClock(act=ClockAct.START, limit=REVIEW),),
            "help": "登记处分决定书送达后自动办理，自送达起计算复查期限；另行告知投诉人",
        },
        "AnnulFindings": {"title": "登记复查、诉讼撤销", "sources": ("reviewing", "closed", "investigating")},
    },
    states=STATES,
    steps=STEPS,
    outside=True,
    by_association=True,
    order=12,
)  # fmt: skip

DECLARATIONS = (HEARING_OFFERED, REVIEW_OVER, REVIEW_IN_TIME, *COMPLAINTS.declarations())
