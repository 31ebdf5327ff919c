"""The graph of a complaint: reviewed, notified, investigated, decided, replied to."""

from suite.api import ClockAct, Lifecycle, OnClock, State, StateKind, Transition

RULE = "律师投诉处理规定（参照各省投诉处理办法）"
#: Keys of the time limits (`plugins/lawyers/limits.py`).
ACCEPT, NOTICE, HANDLE, REPLY = (
    f"lawyers.complaint.{name}" for name in ("accept", "accept_notice", "handle", "reply")
)
REVIEW, INVESTIGATION, DECISION, END = "受理审查", "调查", "处理决定", "办结"
HEAD, LEADER = "core.case.by_head", "core.case.by_leader"


def _start(limit: str) -> OnClock:
    return OnClock(act=ClockAct.START, limit=limit)


def _stop(limit: str) -> OnClock:
    return OnClock(act=ClockAct.STOP, limit=limit)


STATES = (
    State(key="received", title="待受理", kind=StateKind.NEW, stage=REVIEW),
    State(key="supplementing", title="待补正", kind=StateKind.PAUSE, stage=REVIEW),
    State(key="accepted", title="已受理", kind=StateKind.RUN, stage=INVESTIGATION),
    State(key="investigating", title="调查", kind=StateKind.RUN, stage=INVESTIGATION),
    State(key="decided", title="待答复", kind=StateKind.RUN, stage=DECISION),
    State(key="closed", title="办结", kind=StateKind.OK, stage=END, terminal=True),
    State(key="refused", title="不予受理", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="transferred", title="已移送", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="terminated", title="终止", kind=StateKind.ENDED, stage=END, terminal=True),
)
TRANSITIONS = (
    Transition(
        command="OpenComplaint", title="登记投诉", sources=(), to="received",
        fields=("source", "transferred_from", "matter_no", "request"), required=("source",),
        parties=("respondent", "witness"), complainant=True, allegations=True, clocks=(_start(ACCEPT),),
        article=RULE, help="登记来信、来访、热线或转办的投诉，开始受理审查计时",
    ),
    Transition(
        command="AcceptComplaint", title="受理", sources=("received",), to="accepted",
        clocks=(_stop(ACCEPT), _start(NOTICE), _start(HANDLE)), documents=("投诉受理通知书",),
        article=RULE, help="开始办理计时，并在期限内告知投诉人",
    ),
    Transition(
        command="RequestSupplement", title="通知补正", sources=("received",), to="supplementing",
        fields=("supplement_items",), required=("supplement_items",), once=True,
        clocks=(OnClock(act=ClockAct.PAUSE, limit=ACCEPT, reason="补正"),), documents=("补正通知书",),
        article=RULE, help="一次告知全部需补正的内容，补正期间不计时",
    ),
    Transition(
        command="RefuseComplaint", title="不予受理", sources=("received",), to="refused",
        fields=("refusal_ground",), required=("refusal_ground",), approval=HEAD,
        documents=("不予受理通知书",), article=RULE, help="列明情形和救济途径，须科长审批",
    ),
    Transition(
        command="TransferComplaint", title="移送", sources=("received",), to="transferred",
        fields=("transferred_to",), required=("transferred_to",), documents=("移送函", "移送告知书"),
        article=RULE, help="移送律师协会或有关机关，并告知投诉人由谁办理",
    ),
    Transition(
        command="ReceiveSupplement", title="收到补正", sources=("supplementing",), to="received",
        clocks=(OnClock(act=ClockAct.RESUME, limit=ACCEPT),), article=RULE, help="恢复受理审查计时",
    ),
    Transition(
        command="StartInvestigation", title="开展调查", sources=("accepted",), to="investigating",
        parties=("officer",), documents=("调查通知书",), article=RULE, help="确定两名以上调查人员",
    ),
    Transition(
        command="NotifyAcceptance", title="告知受理", sources=("accepted", "investigating"), to=None,
        clocks=(_stop(NOTICE),), once=True, article=RULE, help="将受理决定告知投诉人",
    ),
    Transition(
        command="DecideComplaint", title="作出处理决定", sources=("investigating",), to="decided",
        guards=("core.case.two_officers", "core.case.all_found"),
        fields=("outcome", "decision_summary"), required=("outcome", "decision_summary"),
        clocks=(_stop(HANDLE), _start(REPLY)), approval=LEADER, documents=("投诉处理决定书",),
        article=RULE, help="须先逐项认定；经科长、分管局领导审批后开始答复计时",
    ),
    Transition(
        command="FindAllegations", title="认定投诉事项", sources=("investigating",), to=None,
        guards=("core.case.two_officers",), findings=True, article=RULE,
        help="逐项认定查实、部分查实或不实",
    ),
    Transition(
        command="ExtendComplaint", title="延长办理期限", sources=("accepted", "investigating"), to=None,
        fields=("extension_reason",), required=("extension_reason",), approval=LEADER,
        clocks=(OnClock(act=ClockAct.EXTEND, limit=HANDLE),), documents=("延长办理期限告知书",),
        article=RULE, help="届满前经负责人批准延长一次，并告知双方",
    ),
    Transition(
        command="TerminateComplaint", title="终止办理", sources=("accepted", "investigating"),
        to="terminated", fields=("termination_ground",), required=("termination_ground",), approval=HEAD,
        article=RULE, help="撤回、被投诉人终止或无法继续，须科长审批",
    ),
    Transition(
        command="ReplyComplaint", title="答复双方", sources=("decided",), to="closed",
        fields=("reply_no",), required=("reply_no",), clocks=(_stop(REPLY),),
        documents=("投诉处理结果告知书",), article=RULE, help="书面告知双方，写明救济途径和期限，办结",
    ),
    Transition(
        command="AnnulFindings", title="登记复议、诉讼撤销", sources=("closed",), to=None,
        guards=("core.case.has_finding",), annuls=True, article=RULE,
        help="认定被撤销的不再计入有效投诉，所属期间随之更正",
    ),
)  # fmt: skip

LIFECYCLE = Lifecycle(
    key="lawyers.complaint_lifecycle", title="律师投诉办理流程", states=STATES, transitions=TRANSITIONS
)
