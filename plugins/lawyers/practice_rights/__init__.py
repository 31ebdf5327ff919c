"""律师执业权利保障 (规划四（四）12): a lawyer was kept from meeting, reading, gathering evidence; the organ
is asked, and the procuratorate where it does not answer."""

from plugins.lawyers.practice_rights.tables import RightsRequest
from suite.api import (
    CaseKind,
    ClockAct,
    Code,
    CodeList,
    DayOrder,
    Field,
    Lifecycle,
    NumberSeries,
    OnClock,
    PartyOf,
    PartyRole,
    State,
    StateKind,
    Transition,
    past_date,
    table_of,
)

RULE = "关于依法保障律师执业权利的规定（2015年）；规划四（四）12"
ANSWER = "lawyers.rights.answer"
INTAKE, WITH_ORGAN, END = "受理", "交办案机关", "办结"
MATTER, COURSE = "申请事项", "办理"
ASKED = ("right", "received_on", "happened_on", "organ", "place", "matter_no", "obstacle", "request")

RIGHT = CodeList(
    key="lawyers.practice_right",
    title="受阻的执业权利",
    codes=(
        Code(value="meeting", title="会见"),
        Code(value="reading", title="阅卷"),
        Code(value="evidence", title="调查取证"),
        Code(value="hearing", title="听取辩护、代理意见"),
        Code(value="court", title="庭审中的诉讼权利"),
        Code(value="person", title="人身与人格权利"),
        Code(value="other", title="其他执业权利", also=("其他",)),
    ),
)
RESULT = CodeList(
    key="lawyers.rights_result",
    title="办理结果",
    codes=(
        Code(value="corrected", title="办案机关已纠正"),
        Code(value="arranged", title="经协调解决"),
        Code(value="lawful", title="办案机关依法办理，已向律师说明"),
        Code(value="unfounded", title="反映的情况不实"),
        Code(value="supervised", title="检察机关已监督纠正"),
    ),
)
SERIES = NumberSeries(key="lawyers.rights_no", title="律师执业权利保障编号", organ="石律保")
LIFECYCLE = Lifecycle(
    key="lawyers.rights_lifecycle",
    title="律师执业权利保障办理流程",
    states=(
        State(key="received", title="待交办", kind=StateKind.NEW, stage=INTAKE),
        State(key="forwarded", title="机关核实", kind=StateKind.RUN, stage=WITH_ORGAN),
        State(key="escalated", title="检察监督", kind=StateKind.RUN, stage=WITH_ORGAN),
        State(key="answered", title="待告知律师", kind=StateKind.RUN, stage=WITH_ORGAN),
        State(key="closed", title="办结", kind=StateKind.OK, stage=END, terminal=True),
        State(key="declined", title="不予办理", kind=StateKind.ENDED, stage=END, terminal=True),
        State(key="withdrawn", title="撤回", kind=StateKind.ENDED, stage=END, terminal=True),
    ),
    transitions=(
        Transition(
            command="OpenRightsRequest", title="登记权利保障申请", sources=(), to="received", fields=ASKED,
            required=("right", "organ", "obstacle"), parties=("applicant",), article=RULE,
            documents=("执业权利保障申请书",),
            help="律师会见、阅卷、调查取证等受阻，向司法行政机关或律师协会申请",
        ),
        Transition(
            command="ForwardRightsRequest", title="交办案机关", sources=("received",), to="forwarded",
            fields=("forwarded_to", "forward_no"), required=("forwarded_to",),
            clocks=(OnClock(act=ClockAct.START, limit=ANSWER),), documents=("商请依法保障律师执业权利的函",),
            article=RULE, help="函请办案机关或其上一级机关核实处理，开始计时",
        ),
        Transition(
            command="DeclineRightsRequest", title="不予办理", sources=("received",), to="declined",
            fields=("decline_reason",), required=("decline_reason",), article=RULE,
            help="不属执业权利保障的，告知律师理由和途径",
        ),
        Transition(
            command="RecordOrganAnswer", title="登记答复", sources=("forwarded", "escalated"), to="answered",
            fields=("answer", "result"), required=("answer", "result"),
            clocks=(OnClock(act=ClockAct.STOP, limit=ANSWER),), article=RULE,
            help="办案机关或检察机关的答复",
        ),
        Transition(
            command="EscalateRightsRequest", title="提请检察监督", sources=("forwarded", "answered"),
            to="escalated", fields=("escalated_to",), required=("escalated_to",),
            clocks=(OnClock(act=ClockAct.START, limit=ANSWER),), documents=("提请监督函",), once=True,
            article=RULE, help="逾期不答复或律师对答复有异议的，协助向同级或上一级检察机关申诉、控告",
        ),
        Transition(
            command="CloseRightsRequest", title="告知律师并办结", sources=("answered",), to="closed",
            documents=("办理情况告知书",), article=RULE, help="将办理情况告知律师和所在律师事务所",
        ),
        Transition(
            command="WithdrawRightsRequest", title="登记撤回", sources=("received", "forwarded", "escalated"),
            to="withdrawn", article=RULE, help="律师撤回申请",
        ),
    ),
)  # fmt: skip

KIND = CaseKind(
    key="lawyers.rights_request",
    title="律师执业权利保障",
    work="protection",
    lifecycle=LIFECYCLE.key,
    details=table_of(RightsRequest),
    series=SERIES.key,
    respondent="applicant",
    matter=ASKED,
    orders=(
        DayOrder(first="happened_on", then="received_on"),
        DayOrder(first="happened_on", then="opened"),
        DayOrder(first="received_on", then="opened"),
    ),
    parties=(PartyRole(key="applicant", title="申请律师", of=PartyOf.SUBJECT, kinds=("lawyers.lawyer",)),),
    fields=(
        Field(RightsRequest.right, title="受阻的权利", section=MATTER, codes=RIGHT.key, listed=True),
        Field(RightsRequest.received_on, title="收到日期", section=MATTER, checks=(past_date,)),
        Field(RightsRequest.happened_on, title="受阻日期", section=MATTER, checks=(past_date,)),
        Field(RightsRequest.organ, title="办案机关", section=MATTER, listed=True),
        Field(RightsRequest.place, title="地点", section=MATTER, help="看守所、法院等。"),
        Field(RightsRequest.matter_no, title="委托或案件编号", section=MATTER),
        Field(RightsRequest.obstacle, title="受阻情况", section=MATTER),
        Field(RightsRequest.request, title="请求", section=MATTER),
        Field(RightsRequest.forwarded_to, title="交办机关", section=COURSE),
        Field(RightsRequest.forward_no, title="函号", section=COURSE),
        Field(RightsRequest.escalated_to, title="监督机关", section=COURSE),
        Field(RightsRequest.answer, title="答复内容", section=COURSE),
        Field(RightsRequest.result, title="办理结果", section=COURSE, codes=RESULT.key, listed=True),
        Field(RightsRequest.decline_reason, title="不予办理理由", section=COURSE),
    ),
    order=16,
)

DECLARATIONS = (RIGHT, RESULT, SERIES, LIFECYCLE, KIND)
