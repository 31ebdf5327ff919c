"""The course of a penalty case (行政处罚法第五章), the same for every profession.

From the lead to the end of its execution; what a profession's catalogue has to say is asked by guards under
its own prefix, what changes its rosters by its own effects.
"""

from __future__ import annotations

from suite.contract.casework import ClockAct, Lifecycle, OnClock, State, Transition
from suite.contract.states import StateKind

LAW = "行政处罚法"
FILING, INVESTIGATION, NOTICE, DECISION, EXECUTION, END = (
    "立案", "调查取证", "审核告知", "决定", "送达执行", "办结",
)  # fmt: skip
DECIDE, STATEMENT, HEARING_ASK, SERVE, PAY, EVIDENCE, WITHDRAW = (
    f"core.penalty.{name}"
    for name in ("decide", "statement", "hearing_ask", "serve", "pay", "evidence", "withdraw")
)
PUBLICITY = "core.publicity"
#: The notice from whose service the party has its days.
RIGHTS = "行政处罚事先告知书"
#: What is served when it is decided: the bureau's own decision, or the notice that hands over the province's.
DECISION_PAPER, HANDED_ON, REPAIR = "行政处罚决定书", "行政处罚决定书送达通知书", "信用修复告知书"
SERVED_TOGETHER = (REPAIR, "送达回证")

STATES = (
    State(key="lead", title="线索", kind=StateKind.NEW, stage=FILING),
    State(key="filed", title="已立案", kind=StateKind.RUN, stage=FILING),
    State(key="investigating", title="调查", kind=StateKind.RUN, stage=INVESTIGATION),
    State(key="paused", title="中止", kind=StateKind.PAUSE, stage=INVESTIGATION),
    State(key="legality_review", title="法制审核", kind=StateKind.RUN, stage=NOTICE),
    State(key="reviewed", title="待告知", kind=StateKind.RUN, stage=NOTICE),
    State(key="notice_given", title="已告知", kind=StateKind.RUN, stage=NOTICE),
    State(key="hearing", title="听证", kind=StateKind.PAUSE, stage=NOTICE),
    State(key="heard", title="待决定", kind=StateKind.RUN, stage=DECISION),
    State(key="deliberated", title="已集体讨论", kind=StateKind.RUN, stage=DECISION),
    State(key="reported", title="报省厅决定", kind=StateKind.RUN, stage=DECISION),
    State(key="decided", title="待送达", kind=StateKind.RUN, stage=EXECUTION),
    State(key="served", title="已送达", kind=StateKind.RUN, stage=EXECUTION),
    State(key="executing", title="执行", kind=StateKind.RUN, stage=EXECUTION),
    State(key="enforced", title="强制执行", kind=StateKind.WARN, stage=EXECUTION),
    State(key="closed", title="结案", kind=StateKind.OK, stage=END, terminal=True),
    State(key="no_filing", title="不予立案", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="no_penalty", title="不予处罚", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="not_proven", title="已撤案", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="transferred_crime", title="移送司法机关", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="transferred_organ", title="移送其他机关", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="annulled", title="处罚被撤销", kind=StateKind.ENDED, stage=END, terminal=True),
)

LEAD = ("source", "source_no", "conduct", "conduct_on", "found_on", "grave_harm")
NEWCOMER = ("offender", "offender_district")
MEASURES = (
    "article", "gravity", "sanctions", "illegal_income", "confiscated", "fine", "months", "prior_on",
)  # fmt: skip
CHOSEN = ("article", "gravity", "sanctions")
OPEN_QUESTION = ("investigating", "heard", "deliberated")
#: What was preserved is dealt with wherever the case stands when its seven days end.
HOLDING = tuple(state.key for state in STATES if not state.terminal and state.key not in ("lead", "filed"))
LEADER, HEAD = "core.case.by_leader", "core.case.by_head"
#: 法制审核: by others than the investigators, whom it names and who enters it.
REVIEWED = ("core.penalty.independent_review", "core.penalty.reviewed_by_other")


def _on(act: ClockAct, limit: str, reason: str = "", when: str = "", served: str = "") -> OnClock:
    return OnClock(act=act, limit=limit, reason=reason, when=when, served=served)


def _filing(newcomer: bool) -> tuple[Transition, ...]:
    lead = (*LEAD, *(NEWCOMER if newcomer else ()))
    return (
        Transition(
            command="OpenPenalty", title="登记违法线索", sources=(), to="lead", fields=lead,
            required=("source", "conduct"), parties=("respondent",), guards=("core.penalty.one_party",),
            article=f"{LAW}第五十四条", help="登记投诉、检查、来函、移送中的违法线索",
        ),
        Transition(
            command="FilePenalty", title="立案", sources=("lead",), to="filed",
            guards=("core.penalty.in_time",), fields=("conduct_on", "found_on", "grave_harm"),
            clocks=(_on(ClockAct.START, DECIDE),), approval=HEAD, documents=("行政处罚立案审批表",),
            article=f"{LAW}第五十四条", help="符合立案标准的及时立案，开始九十日计时，须科长审批",
        ),
        Transition(
            command="RefuseFiling", title="不予立案", sources=("lead",), to="no_filing",
            fields=("no_filing_reason",), required=("no_filing_reason",), approval=HEAD,
            article=f"{LAW}第三十六条、第五十四条", help="写明理由，须科长审批",
        ),
        Transition(
            command="AssignInvestigators", title="确定办案人员", sources=("filed",), to="investigating",
            parties=("officer",), article=f"{LAW}第四十二条、第五十五条",
            help="两名以上执法人员，有利害关系的应当回避",
        ),
    )  # fmt: skip


def _investigation(prefix: str) -> tuple[Transition, ...]:
    return (
        Transition(
            command="SubmitForReview", title="报法制审核", sources=("investigating",), to="legality_review",
            guards=("core.case.two_officers", "core.penalty.evidence", f"{prefix}.lawful"),
            fields=("facts_found", *MEASURES), required=("facts_found", *CHOSEN),
            documents=("案件调查终结报告",), article=f"{LAW}第五十七条、第五十八条",
            help="写明查明的事实、依据条款和拟给予的处罚",
        ),
        Transition(
            command="CollectEvidence", title="登记证据", sources=("investigating",), to=None,
            guards=("core.case.two_officers",), lists=("evidence", "interviews"), required=("evidence",),
            article=f"{LAW}第四十六条、第五十五条", help="证据逐项登记，询问笔录一并登记",
        ),
        Transition(
            command="PreserveEvidence", title="先行登记保存", sources=("investigating",), to=None,
            fields=("preserved_items",), required=("preserved_items",),
            clocks=(_on(ClockAct.START, EVIDENCE),), approval=HEAD, documents=("先行登记保存证据通知书",),
            article=f"{LAW}第五十六条", help="证据可能灭失的，经批准保存，七个工作日内处理",
        ),
        Transition(
            command="ReleaseEvidence", title="处理登记保存的证据", sources=HOLDING, to=None,
            guards=("core.penalty.preserved",), clocks=(_on(ClockAct.STOP, EVIDENCE),),
            article=f"{LAW}第五十六条", help="写明如何处理",
        ),
        Transition(
            command="ChangeInvestigators", title="更换办案人员", sources=("investigating",), to=None,
            parties=("officer",), article=f"{LAW}第四十三条", help="回避、调动的更换，仍须两名以上",
        ),
        Transition(
            command="PausePenalty", title="中止调查", sources=("investigating",), to="paused",
            fields=("pause_reason",), required=("pause_reason",),
            clocks=(_on(ClockAct.PAUSE, DECIDE, "中止"),), approval=HEAD, article=f"{LAW}第六十条",
            help="等待判决、鉴定等结果，停止计时，须科长审批",
        ),
        Transition(
            command="ResumePenalty", title="恢复调查", sources=("paused",), to="investigating",
            clocks=(_on(ClockAct.RESUME, DECIDE),), article=f"{LAW}第六十条", help="原因消除，继续计时",
        ),
        Transition(
            command="ExtendPenalty", title="延长办案期限",
            sources=(
                "investigating", "legality_review", "reviewed", "notice_given", "heard", "deliberated",
                "reported",
            ),
            to=None, fields=("extension_reason",), required=("extension_reason",),
            clocks=(_on(ClockAct.EXTEND, DECIDE),), approval=LEADER, article=f"{LAW}第六十条",
            help="届满前经负责人批准延长一次",
        ),
        Transition(
            command="TransferOffence", title="移送有管辖权的机关",
            sources=("lead", "filed", "investigating"), to="transferred_organ",
            fields=("transferred_to",), required=("transferred_to",), documents=("案件移送函",),
            article=f"{LAW}第二十五条", help="不属本局管辖的移送",
        ),
    )  # fmt: skip


def _notice(prefix: str) -> tuple[Transition, ...]:
    stop = (_on(ClockAct.STOP, STATEMENT), _on(ClockAct.STOP, HEARING_ASK))
    return (
        Transition(
            command="PassReview", title="法制审核通过", sources=("legality_review",), to="reviewed",
            parties=("reviewer",), fields=("review_opinion",), required=("review_opinion",),
            guards=REVIEWED,
            article=f"{LAW}第五十八条", help="由审核人员本人登记，审核人员不得是办案人员",
        ),
        Transition(
            command="ReturnReview", title="法制审核退回", sources=("legality_review", "reviewed"),
            to="investigating", fields=("review_opinion",), required=("review_opinion",),
            guards=("core.penalty.returned_by_other",),
            article=f"{LAW}第五十八条", help="事实不清、证据不足、程序违法的，退回补充",
        ),
        Transition(
            command="NotifyRights", title="处罚事先告知", sources=("reviewed",), to="notice_given",
            guards=("core.penalty.independent_review",), fields=("notice_no",), required=("notice_no",),
            clocks=(
                _on(ClockAct.START, STATEMENT, served=RIGHTS),
                _on(ClockAct.START, HEARING_ASK, when=f"{prefix}.hearing_due", served=RIGHTS),
            ),
            documents=(RIGHTS,), article=f"{LAW}第四十四条、第六十三条",
            help="告知事实、理由、依据和陈述申辩权；较重的处罚并告知听证权",
        ),
        Transition(
            command="WaiveRights", title="放弃陈述申辩和听证", sources=("notice_given",), to="heard",
            clocks=stop, needs_service=(RIGHTS,), article=f"{LAW}第四十四条、第四十五条、第六十四条",
            help="告知书送达后当事人书面表示放弃的，放弃的书面材料附入本件",
        ),
        Transition(
            command="ConcludeStatements", title="听取意见完毕", sources=("notice_given",), to="heard",
            guards=("core.penalty.rights_lapsed",), clocks=stop, article=f"{LAW}第四十五条",
            help="自告知书送达之日起，陈述申辩、要求听证的期限已过",
        ),
        Transition(
            command="RecordStatement", title="登记陈述申辩", sources=("notice_given",), to=None,
            fields=("statement",), required=("statement",), article=f"{LAW}第四十五条",
            help="写明意见和复核情况；成立的应当采纳",
        ),
        Transition(
            command="RequestHearing", title="登记听证要求", sources=("notice_given",), to="hearing",
            guards=(f"{prefix}.hearing_due", "core.penalty.hearing_in_time"),
            clocks=(
                _on(ClockAct.STOP, STATEMENT),
                _on(ClockAct.STOP, HEARING_ASK),
                _on(ClockAct.PAUSE, DECIDE, "听证", when="core.penalty.hearing_excluded"),
            ),
            article=f"{LAW}第六十四条", help="当事人在五个工作日内要求听证的",
        ),
        Transition(
            command="HoldHearing", title="举行听证", sources=("hearing",), to="heard",
            guards=("core.penalty.hearing_day", "core.penalty.independent_chair"),
            fields=("hearing_opinion",), required=("hearing_opinion",),
            clocks=(_on(ClockAct.RESUME, DECIDE),),
            documents=("听证笔录", "听证报告"), article=f"{LAW}第六十四条、第六十五条",
            help="登记听证笔录和听证意见",
        ),
        Transition(
            command="NotifyHearing", title="通知听证", sources=("hearing",), to=None,
            guards=("core.penalty.hearing_announced",), parties=("chair",),
            fields=("hearing_on", "hearing_place"), required=("hearing_on", "hearing_place"),
            documents=("听证通知书",), article=f"{LAW}第六十四条",
            help="举行的七个工作日前通知时间、地点和主持人",
        ),
    )  # fmt: skip


def _decision(prefix: str) -> tuple[Transition, ...]:
    served = (_on(ClockAct.STOP, DECIDE), _on(ClockAct.START, SERVE), _on(ClockAct.START, PUBLICITY))
    return (
        Transition(
            command="DecidePenalty", title="作出处罚决定", sources=("heard", "deliberated"), to="decided",
            guards=(f"{prefix}.city_decides", f"{prefix}.not_heavier", f"{prefix}.deliberated"),
            fields=(*MEASURES, "decision_no"), required=(*CHOSEN, "decision_no"), clocks=served,
            approval=LEADER, two_persons=True, documents=(DECISION_PAPER, *SERVED_TOGETHER),
            needs_service=(RIGHTS,),
            article=f"{LAW}第四十四条、第五十七条、第五十九条",
            help="种类、幅度不得超出条款，不得重于告知；经科长、分管局领导审批",
        ),
        Transition(
            command="ReportPenalty", title="报请省厅决定", sources=("heard", "deliberated"), to="reported",
            guards=(f"{prefix}.lawful", f"{prefix}.beyond_city", f"{prefix}.deliberated"),
            fields=("report_no",), required=("report_no",), approval=LEADER, two_persons=True,
            documents=("行政处罚建议书",), needs_service=(RIGHTS,), article=f"{LAW}第二十二条、第四十四条",
            help="吊销等由省厅决定的，报送建议",
        ),
        Transition(
            command="RecordProvinceDecision", title="登记省厅决定", sources=("reported",), to="decided",
            guards=(f"{prefix}.province_decides",), fields=(*MEASURES, "decision_no"),
            required=(*CHOSEN, "decision_no"), clocks=served, documents=(HANDED_ON, *SERVED_TOGETHER),
            article=f"{LAW}第二十二条、第五十九条", help="按省厅决定书登记文号和处罚内容，随后转送当事人",
        ),
        Transition(
            command="RecordProvinceReturn", title="登记省厅退回", sources=("reported",),
            to="investigating", fields=("return_reason",), required=("return_reason",),
            article=f"{LAW}第五十七条", help="省厅退回补充调查或不予采纳的",
        ),
        Transition(
            command="DeliberatePenalty", title="集体讨论", sources=("heard",), to="deliberated",
            fields=("deliberation",), required=("deliberation",), documents=("集体讨论记录",),
            article=f"{LAW}第五十七条", help="情节复杂或者给予较重处罚的，由负责人集体讨论",
        ),
        Transition(
            command="ReviseProposal", title="变更拟处罚意见", sources=("heard", "deliberated"),
            to="legality_review", guards=(f"{prefix}.lawful",), fields=MEASURES, required=CHOSEN,
            article=f"{LAW}第四十四条、第四十五条", help="加重或另定依据的，重新审核并重新告知",
        ),
        Transition(
            command="ExemptPenalty", title="不予处罚", sources=OPEN_QUESTION, to="no_penalty",
            fields=("no_penalty_ground",), required=("no_penalty_ground",), approval=LEADER, two_persons=True,
            documents=("不予行政处罚决定书",), article=f"{LAW}第三十条、第三十三条、第五十七条",
            help="轻微、初次、无过错等，对当事人进行教育",
        ),
        Transition(
            command="WithdrawPenalty", title="撤销案件", sources=OPEN_QUESTION, to="not_proven",
            fields=("withdrawal_reason",), required=("withdrawal_reason",), approval=LEADER,
            article=f"{LAW}第五十七条", help="违法事实不能成立的",
        ),
        Transition(
            command="TransferCrime", title="移送司法机关", sources=OPEN_QUESTION, to="transferred_crime",
            fields=("transferred_to",), required=("transferred_to",), approval=LEADER,
            documents=("涉嫌犯罪案件移送书",), article=f"{LAW}第二十七条", help="涉嫌犯罪的及时移送",
        ),
    )  # fmt: skip


def _execution(prefix: str) -> tuple[Transition, ...]:
    return (
        Transition(
            command="ServePenalty", title="送达决定书", sources=("decided",), to="served",
            clocks=(
                _on(ClockAct.STOP, SERVE),
                _on(ClockAct.START, PAY, when="core.penalty.fined"),
            ),
            needs_service=(DECISION_PAPER, HANDED_ON), follows_service=True, article=f"{LAW}第六十一条",
            help="登记决定书送达后自动办理；七个工作日内送达，缴款期限自送达起算",
        ),
        Transition(
            command="EffectPenalty", title="登记执行", sources=("served",), to="executing",
            guards=("core.penalty.days",), fields=("effective_from", "effective_until"),
            effects=(f"{prefix}.punish", f"{prefix}.tell"), article=f"{LAW}第六十六条",
            help="停止执业、吊销等记入档案；当事人的其他身份由有关科室核查",
        ),
        Transition(
            command="ClosePenalty", title="结案", sources=("executing", "enforced"), to="closed",
            guards=("core.penalty.settled", "core.penalty.suspension_settled", "core.penalty.published"),
            needs_service=(REPAIR,),
            documents=("结案审批表",), article=f"{LAW}第六十六条", help="处罚已经履行或者强制执行的",
        ),
        Transition(
            command="RecordPayment", title="登记缴款", sources=("executing", "enforced"), to=None,
            guards=("core.penalty.fined",), fields=("paid",), required=("paid",),
            clocks=(_on(ClockAct.STOP, PAY, when="core.penalty.paid"),), article=f"{LAW}第六十七条",
            help="填写累计已缴的数额",
        ),
        Transition(
            command="GrantDeferral", title="暂缓或分期缴纳", sources=("executing",), to=None,
            guards=("core.penalty.fined",), fields=("defer_until",), required=("defer_until",),
            clocks=(_on(ClockAct.STOP, PAY),), approval=HEAD, article=f"{LAW}第六十六条",
            help="确有经济困难的，经批准可以暂缓或分期",
        ),
        Transition(
            command="EnforcePenalty", title="申请强制执行", sources=("executing",), to="enforced",
            guards=("core.penalty.unpaid",), fields=("enforcement_no",), required=("enforcement_no",),
            documents=("强制执行申请书",), article=f"{LAW}第七十二条",
            help="逾期不缴的申请法院强制执行，每日加处百分之三",
        ),
        Transition(
            command="PublishPenalty", title="登记公示",
            sources=("decided", "served", "executing", "enforced"), to=None,
            guards=("core.penalty.to_publish",), clocks=(_on(ClockAct.STOP, PUBLICITY),), once=True,
            article=f"{LAW}第四十八条",
            help="处罚决定自作出之日起七个工作日内公示的，登记公示之日",
        ),
        Transition(
            command="EndSuspension", title="确认期满恢复", sources=("executing", "enforced"), to=None,
            guards=("core.penalty.suspension_over",), effects=(f"{prefix}.restore",), once=True,
            article=f"{LAW}第七十三条", help="停止执业、停业期满，确认后档案恢复，不自动改动",
        ),
        Transition(
            command="AnnulPenalty", title="登记复议、诉讼撤销",
            sources=("decided", "served", "executing", "enforced", "closed"), to="annulled",
            fields=("annulment_document",), required=("annulment_document",),
            clocks=(_on(ClockAct.START, WITHDRAW, when="core.penalty.published"),),
            effects=(f"{prefix}.undo", f"{prefix}.tell_undone"), article=f"{LAW}第四十八条、第七十三条",
            help="档案自当日起恢复原状态；已公示的三个工作日内撤回公示",
        ),
        Transition(
            command="WithdrawPublicity", title="登记撤回公示", sources=("annulled",), to=None, once=True,
            guards=("core.penalty.to_withdraw",),
            clocks=(_on(ClockAct.STOP, WITHDRAW),), article=f"{LAW}第四十八条",
            help="处罚被撤销的，三个工作日内撤回公示并说明理由",
        ),
    )  # fmt: skip


def penalty_lifecycle(prefix: str, title: str, *, newcomer: bool) -> Lifecycle:
    """The graph for a profession. `prefix`: of its guards and effects. `newcomer`: some have no record."""
    return Lifecycle(
        key=f"{prefix}_lifecycle",
        title=title,
        states=STATES,
        transitions=(
            *_filing(newcomer),
            *_investigation(prefix),
            *_notice(prefix),
            *_decision(prefix),
            *_execution(prefix),
        ),
    )
