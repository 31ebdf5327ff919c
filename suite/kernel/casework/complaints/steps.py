"""The graph of a complaint as all professions have it: from the letter to the reply, and what comes after.

A frame (`ComplaintFrame`) leaves steps out, changes some and adds its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from suite.contract.casework import ClockAct, OnClock, State, Transition
from suite.contract.states import StateKind
from suite.kernel.casework.complaints.guards import SUPPLEMENT, SUPPLEMENT_PAPER, WITHDRAWAL

REVIEW, INVESTIGATION, DECISION, END = "受理审查", "调查", "处理决定", "办结"
#: What becomes of a complaint is told to both sides, each by a paper of its own.
TOLD, TOLD_RESPONDENT, ORDERED = "投诉处理结果告知书", "被投诉人处理结果告知书", "责令改正通知书"
ACCEPTED, REFUSED = "投诉受理通知书", "不予受理通知书"
RECTIFY, RECTIFICATION = "core.complaint.rectify", "core.complaint.rectification_open"
BY_HEAD, BY_LEADER = "core.case.by_head", "core.case.by_leader"
#: What a decision and what followed from it say of a case; it is said anew when the case is taken up anew.
DECIDED = ("outcome", "decision_summary", "rectify_by", "reply_no", "rectified", "rectified_on")
OFFICERS, ALL_FOUND = "core.case.two_officers", "core.case.all_found"

STATES = (
    State(key="lead", title="线索", kind=StateKind.NEUTRAL, stage=REVIEW),
    State(key="received", title="待受理", kind=StateKind.NEW, stage=REVIEW),
    State(key="supplementing", title="待补正", kind=StateKind.PAUSE, stage=REVIEW),
    State(key="transferring", title="移送待告知", kind=StateKind.RUN, stage=REVIEW),
    State(key="refusing", title="不予受理待告知", kind=StateKind.RUN, stage=REVIEW),
    State(key="accepted", title="已受理", kind=StateKind.RUN, stage=INVESTIGATION),
    State(key="investigating", title="调查", kind=StateKind.RUN, stage=INVESTIGATION),
    State(key="suspended", title="中止", kind=StateKind.PAUSE, stage=INVESTIGATION),
    State(key="decided", title="待答复", kind=StateKind.RUN, stage=DECISION),
    State(key="closed", title="办结", kind=StateKind.OK, stage=END, terminal=True),
    State(key="refused", title="不予受理", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="withdrawn", title="撤回", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="transferred", title="已移送", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="terminated", title="终止", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="lead_closed", title="线索了结", kind=StateKind.ENDED, stage=END, terminal=True),
)


@dataclass(frozen=True, kw_only=True)
class ComplaintLimits:
    """The keys of a profile's time limits; what its rule does not limit stays empty.

    accept: deciding whether to accept. notice: telling of that decision, or of a transfer; a rule that gives
    no time of its own for it has it told within `accept` (144号令: decided and told in writing within seven
    working days), whose clock then runs on until that is done. handle: from acceptance to the decision.
    reply: telling both sides. lead, lead_answer: a matter that a court, a procuratorate or the police
    referred, taken up and answered.
    """

    accept: str = ""
    notice: str = ""
    handle: str = ""
    reply: str = ""
    lead: str = ""
    lead_answer: str = ""

    @property
    def told(self) -> str:
        """The limit within which the decision whether to accept is told."""
        return self.notice or self.accept


def transitions(
    limits: ComplaintLimits, intake: tuple[str, ...], decision: tuple[str, ...], in_time: str | None
) -> tuple[Transition, ...]:
    """Every step, without articles. intake: the fields that a complaint comes with; decision: those that a
    decision takes beside the usual ones; in_time: the guard of the time bar, if the rule has one."""

    def on(*acts: tuple[ClockAct, str, str] | tuple[ClockAct, str]) -> tuple[OnClock, ...]:
        return tuple(OnClock(act=act, limit=limit, reason="".join(why)) for act, limit, *why in acts if limit)

    def received(limit: str) -> tuple[OnClock, ...]:
        """The day that the letter came in counts, not the day that it was registered."""
        return (OnClock(act=ClockAct.START, limit=limit, since="received_on"),) if limit else ()

    start, stop, pause, resume, extend = (
        ClockAct.START, ClockAct.STOP, ClockAct.PAUSE, ClockAct.RESUME, ClockAct.EXTEND,
    )  # fmt: skip
    # What the review of a complaint ends with: it is decided, and still to be told.
    review_over = on(
        *(((stop, limits.accept), (start, limits.notice)) if limits.notice else ()), (stop, limits.lead)
    )
    told = on((stop, limits.told))
    in_supplement = OnClock(act=start, limit=SUPPLEMENT, served=SUPPLEMENT_PAPER)
    # Until the day that the decision sets, and beyond the end of the case.
    rectify = OnClock(act=start, limit=RECTIFY, until="rectify_by", when=RECTIFICATION)
    # Whoever is to mend something knows it from the service on.
    served = OnClock(act=start, limit=RECTIFY, until="rectify_by", when=RECTIFICATION, served=ORDERED)
    answered = (
        (OnClock(act=start, limit=limits.lead_answer, when="core.complaint.referred"),)
        if limits.lead_answer
        else ()
    )
    return (
        Transition(
            command="OpenComplaint", title="登记投诉", sources=(), to="received", fields=intake,
            required=("source",), parties=("respondent", "witness"), complainant=True, allegations=True,
            clocks=received(limits.accept), documents=("投诉登记表",),
            help="登记来信、来访、热线或转办的投诉，自收到之日开始受理审查计时",
        ),
        Transition(
            command="RecordLead", title="登记线索", sources=(), to="lead", fields=intake,
            required=("source",), parties=("respondent", "witness"), allegations=True,
            help="匿名的按线索登记，不计受理期限",
        ),
        *(
            (
                Transition(
                    command="ReceiveReferral", title="登记移送线索", sources=(), to="received",
                    fields=intake, required=("transferred_from",), parties=("respondent", "witness"),
                    allegations=True, clocks=received(limits.lead),
                    help="法院、检察院、公安机关等移送的线索，开始办理计时，决定后反馈移送机关",
                ),
            )
            if limits.lead
            else ()
        ),
        Transition(
            command="AcceptComplaint", title="受理", sources=("received",), to="accepted",
            guards=(in_time,) if in_time else (),
            clocks=(*review_over, *on((start, limits.handle))),
            documents=(ACCEPTED,), help="发出受理通知书，开始办理计时",
        ),
        Transition(
            command="RequestSupplement", title="通知补正", sources=("received",), to="supplementing",
            fields=("supplement_items",), required=("supplement_items",), once=True,
            clocks=(*on((pause, limits.accept, "补正")), in_supplement), documents=(SUPPLEMENT_PAPER,),
            help="一次书面告知全部需补正的内容，补正期间不计时；补正期限自通知书送达起算",
        ),
        Transition(
            command="RefuseComplaint", title="不予受理", sources=("received",), to="refusing",
            fields=("refusal_ground",), required=("refusal_ground",), clocks=review_over, approval=BY_HEAD,
            documents=(REFUSED,), help="列明情形和救济途径，须科长审批；通知书送达后了结",
        ),
        Transition(
            command="NotifyRefusal", title="送达不予受理通知书", sources=("refusing",), to="refused",
            clocks=told, needs_service=(REFUSED,), follows_service=True,
            help="登记不予受理通知书送达后自动办理，了结",
        ),
        Transition(
            command="TransferComplaint", title="移送", sources=("received", "lead"), to="transferring",
            fields=("transferred_to",), required=("transferred_to",), clocks=review_over,
            documents=("移送函", "移送告知书"), help="不属本机关管辖的移送有关机关，并告知投诉人由谁办理",
        ),
        Transition(
            command="NotifyTransfer", title="告知移送", sources=("transferring",), to="transferred",
            clocks=told, needs_papers=("移送函",), needs_service=("移送告知书",), follows_service=True,
            help="移送函签发后，移送告知书送达时自动办理，了结；没有告知对象，或者告知书先已送达的，"
            "移送函签发后在此办理",
        ),
        Transition(
            command="ExtendAcceptance", title="延长受理审查", sources=("received",), to=None,
            fields=("extension_reason",), required=("extension_reason",),
            clocks=on((extend, limits.accept)), approval=BY_HEAD, help="情况复杂的延长一次，须科长审批",
        ),
        Transition(
            command="ReceiveSupplement", title="收到补正", sources=("supplementing",), to="received",
            clocks=on((resume, limits.accept), (stop, SUPPLEMENT)), needs_papers=(SUPPLEMENT_PAPER,),
            help="恢复受理审查计时",
        ),
        Transition(
            command="LapseSupplement", title="逾期未补正", sources=("supplementing",), to="withdrawn",
            guards=("core.complaint.supplement_over",), needs_service=(SUPPLEMENT_PAPER,),
            help="补正期限届满，无正当理由没有补正的，视为撤回投诉",
        ),
        Transition(
            command="WithdrawComplaint", title="登记撤回", sources=("received", "supplementing"),
            to="withdrawn", lists=(WITHDRAWAL,), required=(WITHDRAWAL,),
            help="投诉人在受理前撤回投诉，登记其书面申请或者笔录；受理后撤回的按终止办理",
        ),
        Transition(
            command="CloseLead", title="了结线索", sources=("lead",), to="lead_closed",
            fields=("lead_result",), required=("lead_result",), help="写明核查情况；查有问题的另行立案",
        ),
        Transition(
            command="StartInvestigation", title="开展调查", sources=("accepted",), to="investigating",
            fields=("investigation_plan",), parties=("officer",), documents=("调查提纲", "答辩通知书"),
            help="确定两名以上调查人员",
        ),
        Transition(
            command="NotifyAcceptance", title="告知受理",
            sources=("accepted", "investigating", "suspended", "decided"), to=None, clocks=told, once=True,
            needs_service=(ACCEPTED,), follows_service=True, help="登记受理通知书送达后自动办理",
        ),
        Transition(
            command="DecideComplaint", title="作出处理决定", sources=("investigating",), to="decided",
            guards=(OFFICERS, ALL_FOUND, "core.complaint.outcome_fits"),
            fields=("outcome", "decision_summary", "rectify_by", *decision),
            required=("outcome", "decision_summary"),
            clocks=(*on((stop, limits.handle), (start, limits.reply)), *answered, served),
            approval=BY_LEADER, documents=("投诉处理决定书", TOLD, TOLD_RESPONDENT, ORDERED),
            papers_when={ORDERED: "core.complaint.ordered"},
            help="须先逐项认定；经科长、分管局领导审批后开始答复计时",
        ),
        Transition(
            command="FindAllegations", title="认定投诉事项", sources=("investigating",), to=None,
            guards=(OFFICERS,), findings=True, help="逐项认定查实、部分查实或不实",
        ),
        Transition(
            command="ChangeOfficers", title="更换调查人员", sources=("investigating",), to=None,
            parties=("officer",), help="回避、调动等原因更换，仍须两名以上",
        ),
        Transition(
            command="SuspendComplaint", title="中止办理", sources=("investigating",), to="suspended",
            fields=("suspension_reason",), required=("suspension_reason",),
            clocks=on((pause, limits.handle, "中止")), documents=("中止办理通知书",),
            help="等待诉讼、复议等结果，停止计时",
        ),
        Transition(
            command="ResumeComplaint", title="恢复办理", sources=("suspended",), to="investigating",
            clocks=on((resume, limits.handle)), help="中止的原因消除，继续计时",
        ),
        Transition(
            command="ExtendComplaint", title="延长办理期限", sources=("accepted", "investigating"), to=None,
            fields=("extension_reason",), required=("extension_reason",),
            clocks=on((extend, limits.handle)), approval=BY_LEADER, documents=("延长办理期限告知书",),
            help="届满前经负责人批准延长一次，并告知投诉人理由",
        ),
        Transition(
            command="TerminateComplaint", title="终止办理",
            sources=("accepted", "investigating", "suspended"), to="terminated",
            guards=("core.complaint.withdrawal_on_file",), fields=("termination_ground",),
            required=("termination_ground",), lists=(WITHDRAWAL,), approval=BY_HEAD,
            documents=("终止办理通知书",), help="撤回、被投诉人终止或无法继续，须科长审批",
        ),
        *(
            (
                Transition(
                    command="AnswerReferral", title="反馈移送机关", sources=("decided",), to=None,
                    guards=("core.complaint.referred",), clocks=on((stop, limits.lead_answer)), once=True,
                    documents=("线索处理结果反馈函",), help="将处理结果反馈移送线索的机关",
                ),
            )
            if limits.lead_answer
            else ()
        ),
        Transition(
            command="ReplyComplaint", title="答复双方", sources=("decided",), to="closed",
            guards=("core.complaint.referral_answered",) if limits.lead_answer else (),
            fields=("reply_no",), required=("reply_no",), clocks=(*on((stop, limits.reply)), rectify),
            needs_papers=("投诉处理决定书",), needs_service=(TOLD, TOLD_RESPONDENT, ORDERED),
            help="书面告知投诉人和被投诉人，写明救济途径和期限，办结",
        ),
        Transition(
            command="RecheckRectification", title="登记整改复查", sources=("closed",), to=None,
            guards=(RECTIFICATION,), fields=("rectified", "rectify_by"), required=("rectified",),
            clocks=(rectify,), help="复查后尚未整改到位的，登记情况，可以另定整改期限并继续督促",
        ),
        Transition(
            command="ConfirmRectification", title="确认整改", sources=("closed",), to=None,
            guards=(RECTIFICATION,), fields=("rectified_on",), required=("rectified_on",),
            clocks=on((stop, RECTIFY)), help="责令改正的复查整改情况",
        ),
        Transition(
            command="RecordRemedy", title="登记复议、诉讼情况", sources=("closed",), to=None,
            fields=("remedy", "remedy_result", "remedy_document"), required=("remedy", "remedy_result"),
            help="登记申请、受理和维持等结果；撤销认定的另办“登记复议、诉讼撤销”",
        ),
        Transition(
            command="AnnulFindings", title="登记复议、诉讼撤销", sources=("closed", "investigating"), to=None,
            guards=("core.case.has_finding",), fields=("annulment_document",),
            required=("annulment_document",), annuls=True,
            clocks=(OnClock(act=stop, limit=RECTIFY, when="core.complaint.nothing_left"),),
            help="认定被撤销的不再计入有效投诉，所属期间随之更正；没有其他查实认定的，整改随之终止",
        ),
        Transition(
            command="ReinvestigateComplaint", title="重新调查", sources=("closed",), to="investigating",
            guards=("core.case.was_annulled",), clocks=on((start, limits.handle), (stop, RECTIFY)),
            clears=(*DECIDED, *decision),
            help="复议或判决责令重新处理的，重新计时；原处理决定的内容清空，留在办理记录中",
        ),
    )  # fmt: skip


def reached(states: Iterable[State], steps: Iterable[Transition]) -> tuple[State, ...]:
    """The states that some step leads to: what the steps left out led to is left out too."""
    ends = {step.to for step in steps}
    return tuple(state for state in states if state.key in ends)
