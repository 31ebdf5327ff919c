"""普法责任清单: a unit's list of a year, from the draft through the quarters to the evaluation's result."""

from plugins.popularization.duty.codes import (
    DUTY_AUDIENCE,
    DUTY_FORM,
    EVALUATION_GRADE,
    LAW_LEVEL,
    PROGRESS,
    QUARTER,
)
from plugins.popularization.duty.rules import (
    ALL_TAUGHT,
    DUTY,
    HAS_ITEMS,
    KNOWN_ITEMS,
    LAW,
    NEXT_QUARTER,
    QUARTER_END,
    QUARTERS_REPORTED,
    TO_RECTIFY,
    YEAR,
)
from plugins.popularization.duty.tables import DutyList
from suite.api import (
    CaseKind,
    CaseList,
    Cell,
    ClockAct,
    DayOrder,
    Field,
    Lifecycle,
    LineColumn,
    NumberSeries,
    OnClock,
    PartyOf,
    PartyRole,
    State,
    StateKind,
    Transition,
    not_negative,
    past_date,
    table_of,
)

DRAFTING, EXAMINING, CARRYING_OUT, EVALUATING = "编制", "审定公布", "执行", "评估"
QUARTERLY, RECTIFY = "popularization.quarter.report", "popularization.eval.rectify"
UNIT = PartyRole(key="unit", title="责任单位", of=PartyOf.SUBJECT, kinds=("popularization.duty_unit",))

LAWS = CaseList(
    key="laws",
    title="所列法律法规",
    columns=(
        LineColumn(cell=Cell.NAME, title="名称", required=True),
        LineColumn(cell=Cell.CODE, title="效力层级", codes=LAW_LEVEL.key, required=True),
        LineColumn(cell=Cell.DAY, title="公布（修订）日期"),
        LineColumn(cell=Cell.ARTICLE, title="重点条款"),
        LineColumn(cell=Cell.PLACE, title="制定机关"),
    ),
)
ITEMS = CaseList(
    key="items",
    title="普法事项",
    columns=(
        LineColumn(cell=Cell.NAME, title="法律法规", required=True),
        LineColumn(cell=Cell.ARTICLE, title="重点内容"),
        LineColumn(cell=Cell.CODE, title="普法对象", codes=DUTY_AUDIENCE.key, required=True),
        LineColumn(cell=Cell.GRADE, title="形式", codes=DUTY_FORM.key),
        LineColumn(cell=Cell.PLACE, title="时间节点"),
        LineColumn(cell=Cell.FIGURE, title="计划场次"),
        LineColumn(cell=Cell.HOLDER, title="责任科室", required=True),
        LineColumn(cell=Cell.UNTIL, title="完成期限", required=True),
        LineColumn(cell=Cell.FLAG, title="实时普法"),
        LineColumn(cell=Cell.TEXT, title="说明"),
        LineColumn(cell=Cell.DONE, title="完成日期"),
    ),
)
REPORTS = CaseList(
    key="progress",
    title="季度进展",
    columns=(
        LineColumn(cell=Cell.CODE, title="季度", codes=QUARTER.key, required=True),
        LineColumn(cell=Cell.FIGURE, title="事项序号", required=True),
        LineColumn(cell=Cell.GRADE, title="进展", codes=PROGRESS.key, required=True),
        LineColumn(cell=Cell.NAME, title="开展情况"),
        LineColumn(cell=Cell.DAY, title="开展日期"),
        LineColumn(cell=Cell.TEXT, title="佐证材料"),
        LineColumn(cell=Cell.PLACE, title="以案释法案例"),
    ),
)
SERIES = NumberSeries(key="popularization.duty_list_no", title="普法责任清单编号", organ="石普责")
LIFECYCLE = Lifecycle(
    key="popularization.duty_list_lifecycle",
    title="普法责任清单办理流程",
    states=(
        State(key="draft", title="起草", kind=StateKind.NEW, stage=DRAFTING),
        State(key="submitted", title="待审核", kind=StateKind.RUN, stage=EXAMINING),
        State(key="returned", title="已退回", kind=StateKind.WARN, stage=DRAFTING),
        State(key="approved", title="待公布", kind=StateKind.RUN, stage=EXAMINING),
        State(key="published", title="已公布", kind=StateKind.RUN, stage=EXAMINING),
        State(key="executing", title="执行中", kind=StateKind.RUN, stage=CARRYING_OUT),
        State(key="self_assessed", title="已自评", kind=StateKind.RUN, stage=EVALUATING),
        State(key="evaluated", title="已评估", kind=StateKind.RUN, stage=EVALUATING),
        State(key="rectifying", title="整改中", kind=StateKind.WARN, stage=EVALUATING),
        State(key="closed", title="办结", kind=StateKind.OK, stage=EVALUATING, terminal=True),
        State(key="ended", title="终止", kind=StateKind.ENDED, stage=EVALUATING, terminal=True),
    ),
    transitions=(
        Transition(
            command="OpenDutyList", title="编制责任清单", sources=(), to="draft", parties=("unit",),
            fields=("list_year", "last_year"), required=("list_year",), lists=("laws", "items"),
            guards=(YEAR.key,), article=DUTY, help="总结上年，列出法律法规和普法事项；一个单位一年一份",
        ),
        Transition(
            command="SubmitDutyList", title="报送审核", sources=("draft", "returned"), to="submitted",
            fields=("last_year",), lists=("laws", "items"), guards=(HAS_ITEMS.key, ALL_TAUGHT.key),
            article=DUTY, help="报普法办审核；每部法律法规至少有一项普法事项",
        ),
        Transition(
            command="ApproveDutyList", title="审定", sources=("submitted",), to="approved",
            fields=("met_on", "opinion"), required=("met_on",), article=DUTY,
            help="普法办审核，提请联席会议审定",
        ),
        Transition(
            command="ReturnDutyList", title="退回修改", sources=("submitted",), to="returned",
            fields=("return_reason",), required=("return_reason",), article=DUTY,
            help="写明要修改什么，由单位重报",
        ),
        Transition(
            command="PublishDutyList", title="公布", sources=("approved",), to="published",
            fields=("published_on", "published_at"), required=("published_on", "published_at"),
            documents=("普法责任清单",), article=DUTY, help="向社会公布清单，接受监督",
        ),
        Transition(
            command="ExecuteDutyList", title="进入执行", sources=("published",), to="executing",
            fields=("quarter_ends",), required=("quarter_ends",), guards=(QUARTER_END.key,),
            clocks=(OnClock(act=ClockAct.START, limit=QUARTERLY, since="quarter_ends"),), article=DUTY,
            help="填第一个应报季度的末日，开始计算报送期限",
        ),
        Transition(
            command="ReportDutyQuarter", title="报送季度进展", sources=("executing",), to=None,
            fields=("quarter_ends",), lists=("progress",), required=("progress",),
            guards=(KNOWN_ITEMS.key, QUARTER_END.key),
            clocks=(
                OnClock(act=ClockAct.STOP, limit=QUARTERLY),
                OnClock(act=ClockAct.START, limit=QUARTERLY, since="quarter_ends", when=NEXT_QUARTER.key),
            ),
            article=DUTY, help="逐项写明进展和佐证，填下一个应报季度的末日",
        ),
        Transition(
            command="AssessDutySelf", title="登记自评", sources=("executing",), to="self_assessed",
            fields=("self_score", "self_review"), required=("self_score",), guards=(QUARTERS_REPORTED.key,),
            clocks=(OnClock(act=ClockAct.STOP, limit=QUARTERLY),), article=DUTY,
            help="各季度进展报齐后自评，附佐证材料",
        ),
        Transition(
            command="EvaluateDutyList", title="登记评估结果", sources=("self_assessed",), to="evaluated",
            fields=("score", "grade", "result_no", "superior"), required=("score", "grade"),
            documents=("普法履职评估结果通报",), article=LAW, help="结果通报单位并抄送其上级",
        ),
        Transition(
            command="CloseDutyList", title="办结", sources=("evaluated",), to="closed",
            guards=(TO_RECTIFY.key,), article=DUTY, help="评估没有须整改的问题",
        ),
        Transition(
            command="OrderDutyRectification", title="下达整改", sources=("evaluated",), to="rectifying",
            fields=("rectify_items", "rectify_by"), required=("rectify_items",),
            clocks=(OnClock(act=ClockAct.START, limit=RECTIFY),), documents=("普法整改通知书",), article=LAW,
            help="列出整改问题，开始计算整改期限",
        ),
        Transition(
            command="ConfirmDutyRectified", title="确认整改", sources=("rectifying",), to="closed",
            fields=("rectified",), required=("rectified",),
            clocks=(OnClock(act=ClockAct.STOP, limit=RECTIFY),), article=LAW, help="复查整改情况，办结",
        ),
        Transition(
            command="EndDutyList", title="终止",
            sources=("draft", "returned", "submitted", "approved", "published", "executing", "self_assessed"),
            to="ended", article=DUTY, help="单位撤并，职责由接收单位另列清单",
        ),
    ),
)  # fmt: skip

KIND = CaseKind(
    key="popularization.duty_list",
    title="普法责任清单",
    work="duty",
    lifecycle=LIFECYCLE.key,
    details=table_of(DutyList),
    series=SERIES.key,
    respondent="unit",
    matter=("list_year", "last_year"),
    lists=(LAWS, ITEMS, REPORTS),
    parties=(UNIT,),
    orders=(
        DayOrder(first="ApproveDutyList", then="published_on"),
        DayOrder(first="met_on", then="published_on"),
        DayOrder(first="OrderDutyRectification", then="rectify_by"),
    ),
    fields=(
        Field(DutyList.list_year, title="清单年度", section=DRAFTING, listed=True),
        Field(DutyList.last_year, title="上年普法总结", section=DRAFTING),
        Field(DutyList.return_reason, title="退回理由", section=EXAMINING),
        Field(DutyList.met_on, title="联席会议日期", section=EXAMINING, checks=(past_date,)),
        Field(DutyList.opinion, title="审定意见", section=EXAMINING),
        Field(DutyList.published_on, title="公布日期", section=EXAMINING, checks=(past_date,), listed=True),
        Field(DutyList.published_at, title="公布渠道或网址", section=EXAMINING),
        Field(
            DutyList.quarter_ends, title="应报季度末日", section=CARRYING_OUT,
            help="下一次应报季度的最后一天；第四季度报完后不改。",
        ),
        Field(DutyList.self_score, title="自评得分", section=EVALUATING, checks=(not_negative,)),
        Field(DutyList.self_review, title="自评说明", section=EVALUATING),
        Field(DutyList.score, title="评估得分", section=EVALUATING, checks=(not_negative,)),
        Field(DutyList.grade, title="评估等次", section=EVALUATING, codes=EVALUATION_GRADE.key, listed=True),
        Field(DutyList.result_no, title="评估结果文号", section=EVALUATING),
        Field(DutyList.superior, title="抄送上级机关", section=EVALUATING),
        Field(DutyList.rectify_items, title="整改问题", section=EVALUATING),
        Field(DutyList.rectify_by, title="整改期限", section=EVALUATING),
        Field(DutyList.rectified, title="整改情况", section=EVALUATING),
    ),
    order=200,
)  # fmt: skip

DECLARATIONS = (SERIES, LIFECYCLE, KIND)
