"""The course of an inspection: notice, two officers on site, result, rectification, publication."""

from __future__ import annotations

from suite.contract.casework import ClockAct, OnClock, State, Transition
from suite.contract.states import StateKind
from suite.kernel.casework.inspections.declarations import OFFICERS, PUBLISH, PUBLISHING, RECTIFY, RULE

PREPARED, ON_SITE, RESULT, END = "检查准备", "现场检查", "结果处理", "办结"
#: The end of an inspection that was not held: what was drawn for it may be drawn anew.
CANCELLED = "cancelled"
LISTS = ("check_items", "problems", "evidence")

STATES = (
    State(key="planned", title="待检查", kind=StateKind.NEW, stage=PREPARED),
    State(key="notified", title="已通知", kind=StateKind.RUN, stage=PREPARED),
    State(key="on_site", title="现场检查", kind=StateKind.RUN, stage=ON_SITE),
    State(key="no_problem", title="无须整改", kind=StateKind.RUN, stage=RESULT),
    State(key="ordered", title="责令改正", kind=StateKind.WARN, stage=RESULT),
    State(key="rechecked", title="已复查", kind=StateKind.RUN, stage=RESULT),
    State(key="case_filed", title="已转处罚", kind=StateKind.RUN, stage=RESULT),
    State(key="closed", title="办结", kind=StateKind.OK, stage=END, terminal=True),
    State(key=CANCELLED, title="取消", kind=StateKind.ENDED, stage=END, terminal=True),
)


def _on(act: ClockAct, limit: str) -> OnClock:
    return OnClock(act=act, limit=limit)


#: Until the day that the order sets.
RECTIFYING = OnClock(act=ClockAct.START, limit=RECTIFY, until="rectify_by")


def transitions(law: str, *, raises: tuple[str, ...]) -> tuple[Transition, ...]:
    """The steps; `law` is the article by which the profession's bodies are inspected, `raises` the effect
    that opens a penalty case, where the profession has any."""
    return (
        Transition(
            command="OpenInspection", title="登记检查", sources=(), to="planned",
            fields=("source", "draw_no", "subject_matter"), required=("source",),
            parties=("respondent", "officer"), article=law,
            help="登记双随机抽中的、专项或日常的检查；检查人员可以稍后确定",
        ),
        Transition(
            command="StartInspection", title="进场检查", sources=("planned", "notified"), to="on_site",
            fields=("place", "present"), required=("place",), guards=("core.inspection.two_officers",),
            documents=("现场检查笔录",), article=OFFICERS, help="出示执法证件，说明检查内容和配合义务",
        ),
        Transition(
            command="NotifyInspection", title="通知检查", sources=("planned",), to="notified",
            fields=("notice_way",), required=("notice_way",), documents=("检查通知书",), article=law,
            help="告知检查的时间、内容和应准备的材料",
        ),
        Transition(
            command="AssignInspectors", title="确定检查人员", sources=("planned", "notified", "on_site"),
            to=None, parties=("officer",), article=OFFICERS, help="两名以上，应当回避的不得参加",
        ),
        Transition(
            command="RecordCheck", title="登记检查情况", sources=("on_site",), to=None, lists=LISTS,
            article=law, help="逐项登记检查结果；不符合的登记为问题并写明条款",
        ),
        Transition(
            command="ConcludeInspection", title="未发现问题", sources=("on_site",), to="no_problem",
            fields=("result", "summary", "record_signed"), required=("result", "record_signed"),
            guards=("core.inspection.checked", "core.inspection.nothing_found"),
            clocks=(_on(ClockAct.START, PUBLISH),), article=law,
            help="没有问题，或问题已当场改正；开始结果公开计时",
        ),
        Transition(
            command="OrderRectification", title="责令改正", sources=("on_site",), to="ordered",
            fields=("result", "summary", "record_signed", "rectify_by"),
            required=("result", "record_signed"),
            guards=("core.inspection.checked", "core.inspection.found"),
            clocks=(RECTIFYING, _on(ClockAct.START, PUBLISH)),
            approval="core.case.by_head", documents=("责令改正通知书",), article=law,
            help="到期自动提醒复查；同时开始结果公开计时，须科长审批",
        ),
        Transition(
            command="ConfirmRectified", title="复查通过", sources=("ordered",), to="rechecked",
            fields=("recheck", "rectified_on"), required=("recheck", "rectified_on"),
            guards=("core.inspection.all_rectified",), clocks=(_on(ClockAct.STOP, RECTIFY),),
            documents=("复查意见",), article=law, help="逐条核对整改情况",
        ),
        Transition(
            command="OrderAgain", title="责令继续改正", sources=("ordered",), to=None,
            fields=("recheck", "rectify_by"), required=("recheck", "rectify_by"),
            clocks=(RECTIFYING,), approval="core.case.by_head",
            documents=("责令改正通知书",), article=law, help="复查没有改正到位的，重新计算整改期限",
        ),
        Transition(
            command="ExtendRectification", title="延长整改期限", sources=("ordered",), to=None,
            fields=("extension_reason", "rectify_by"), required=("extension_reason",),
            clocks=(_on(ClockAct.EXTEND, RECTIFY),), approval="core.case.by_head", article=law,
            help="确有客观原因的可延长一次，须在届满前",
        ),
        Transition(
            command="TransferToPenalty", title="转行政处罚", sources=("on_site", "ordered"), to="case_filed",
            fields=("result", "summary", "penalty_no"), required=() if raises else ("penalty_no",),
            guards=("core.inspection.found",), clocks=(_on(ClockAct.STOP, RECTIFY),),
            effects=raises, documents=("案件移送表",), article="行政处罚法第五十四条",
            help=(
                "登记行政处罚案件：检查对象、问题和依据条款、证据及其附件一并转入" if raises
                else "在此填写行政处罚案件的编号"
            ),
        ),
        Transition(
            command=PUBLISHING, title="公开结果",
            sources=("no_problem", "ordered", "rechecked", "case_filed"), to=None, once=True,
            fields=("published_on", "channel"), required=("published_on", "channel"),
            clocks=(_on(ClockAct.STOP, PUBLISH),), article=RULE,
            help="登记结果公开的日期和渠道",
        ),
        Transition(
            command="CloseInspection", title="办结", sources=("no_problem", "rechecked", "case_filed"),
            to="closed", guards=("core.inspection.published",), needs_papers=("现场检查笔录",),
            needs_service=("责令改正通知书",), article=law, help="结果已公开的办结归档",
        ),
        Transition(
            command="CancelInspection", title="取消检查", sources=("planned", "notified"), to=CANCELLED,
            fields=("cancel_reason",), required=("cancel_reason",), approval="core.case.by_head",
            article=law, help="检查对象已注销等无法检查的，写明原因，须科长审批",
        ),
    )  # fmt: skip
