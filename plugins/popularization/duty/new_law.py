"""新法普法: a law newly promulgated enters the unit's list in 30 days; its effect is told after a year."""

from plugins.popularization.duty.codes import DUTY_AUDIENCE, LAW_LEVEL
from plugins.popularization.duty.duty_list import UNIT
from plugins.popularization.duty.rules import AFTER_A_YEAR, DUTY, STANDARD, YEAR_ON
from plugins.popularization.duty.tables import NewLaw
from suite.api import (
    CaseKind,
    ClockAct,
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

LISTING, TEACHING = "列入清单", "宣传与效果"
ADD, EFFECT = "popularization.newlaw.add", "popularization.newlaw.effect"

SERIES = NumberSeries(key="popularization.new_law_no", title="新法普法编号", organ="石普新")
LIFECYCLE = Lifecycle(
    key="popularization.new_law_lifecycle",
    title="新法普法办理流程",
    states=(
        State(key="promulgated", title="待列入清单", kind=StateKind.NEW, stage=LISTING),
        State(key="listed", title="待报宣传计划", kind=StateKind.RUN, stage=TEACHING),
        State(key="teaching", title="宣传中", kind=StateKind.RUN, stage=TEACHING),
        State(key="closed", title="办结", kind=StateKind.OK, stage=TEACHING, terminal=True),
        State(key="dropped", title="不属本单位职责", kind=StateKind.ENDED, stage=LISTING, terminal=True),
    ),
    transitions=(
        Transition(
            command="RegisterNewLaw", title="登记新法", sources=(), to="promulgated", parties=("unit",),
            fields=("law_title", "law_level", "promulgated_on", "effective_on", "key_articles", "audiences"),
            required=("law_title", "law_level", "promulgated_on"),
            clocks=(OnClock(act=ClockAct.START, limit=ADD, since="promulgated_on"),), article=STANDARD,
            help="自公布之日起计算列入清单的期限",
        ),
        Transition(
            command="ListNewLaw", title="登记列入清单", sources=("promulgated",), to="listed",
            fields=("list_no", "effective_on", "year_on"), required=("list_no", "effective_on", "year_on"),
            guards=(YEAR_ON.key,),
            clocks=(
                OnClock(act=ClockAct.STOP, limit=ADD),
                OnClock(act=ClockAct.START, limit=EFFECT, since="year_on"),
            ),
            article=STANDARD, help="先在责任清单中增列事项，再填清单编号",
        ),
        Transition(
            command="ReportNewLawPlan", title="登记报告宣传计划", sources=("listed",), to="teaching",
            fields=("plan_on", "plan_to"), required=("plan_on", "plan_to"), article=STANDARD,
            help="宣传计划报本级政府",
        ),
        Transition(
            command="ReportNewLawEffect", title="报告普法效果", sources=("teaching",), to="closed",
            fields=("effect",), required=("effect",), guards=(AFTER_A_YEAR.key,),
            clocks=(OnClock(act=ClockAct.STOP, limit=EFFECT),), article=STANDARD,
            help="施行满一年后的期限内报告效果，办结",
        ),
        Transition(
            command="DropNewLaw", title="不属本单位职责", sources=("promulgated",), to="dropped",
            article=DUTY, help="写明应由哪个单位宣传",
        ),
    ),
)  # fmt: skip

KIND = CaseKind(
    key="popularization.new_law",
    title="新法普法",
    work="duty",
    lifecycle=LIFECYCLE.key,
    details=table_of(NewLaw),
    series=SERIES.key,
    respondent="unit",
    matter=("law_title", "law_level", "promulgated_on", "effective_on", "key_articles", "audiences"),
    origin="list_no",
    parties=(UNIT, PartyRole(key="teacher", title="宣讲人", of=PartyOf.NAME)),
    orders=(
        DayOrder(first="promulgated_on", then="effective_on"),
        DayOrder(first="promulgated_on", then="opened"),
        DayOrder(first="promulgated_on", then="plan_on"),
        DayOrder(first="plan_on", then="ReportNewLawPlan"),
    ),
    fields=(
        Field(NewLaw.law_title, title="法律法规名称", section=LISTING, listed=True),
        Field(NewLaw.law_level, title="效力层级", section=LISTING, codes=LAW_LEVEL.key),
        Field(NewLaw.promulgated_on, title="公布日期", section=LISTING, checks=(past_date,), listed=True),
        Field(NewLaw.effective_on, title="施行日期", section=LISTING),
        Field(NewLaw.key_articles, title="重点条款", section=LISTING),
        Field(NewLaw.audiences, title="普法对象", section=LISTING, codes=DUTY_AUDIENCE.key, several=True),
        Field(NewLaw.list_no, title="责任清单编号", section=LISTING),
        Field(NewLaw.plan_on, title="宣传计划报告日期", section=TEACHING, checks=(past_date,)),
        Field(NewLaw.plan_to, title="报告机关", section=TEACHING),
        Field(NewLaw.year_on, title="施行满一年之日", section=TEACHING),
        Field(NewLaw.effect, title="普法效果", section=TEACHING),
    ),
    order=202,
)

DECLARATIONS = (SERIES, LIFECYCLE, KIND)
