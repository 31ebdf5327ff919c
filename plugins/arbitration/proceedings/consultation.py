"""专家咨询: asked by a tribunal or the chair; three experts or more without a conflict; it binds nobody."""

from plugins.arbitration.proceedings.shared import AREA, COMMISSION, PLAN, PRIVATE, TRIBUNAL
from plugins.arbitration.proceedings.tables import Consultation
from suite.api import (
    CaseKind,
    Code,
    CodeList,
    DayOrder,
    Field,
    Guard,
    Lifecycle,
    NumberSeries,
    PartyOf,
    PartyRole,
    State,
    StateKind,
    Transition,
    past_date,
    table_of,
)

REQUEST, OPINION = "提请", "咨询"
#: 规划二（四）: experts of a consultation.
EXPERTS = 3

ASKER = CodeList(
    key="arbitration.consultation_asker",
    title="提请人",
    codes=(Code(value="tribunal", title="仲裁庭"), Code(value="chair", title="仲裁机构主任")),
)
CRITERIA = CodeList(
    key="arbitration.complex_case",
    title="重大疑难情形",
    codes=(
        Code(value="amount", title="争议金额特别巨大"),
        Code(value="group", title="群体性"),
        Code(value="new", title="新类型"),
        Code(value="foreign", title="涉外"),
        Code(value="set_aside", title="可能被撤销或不予执行"),
        Code(value="other", title="其他情形", also=("其他",)),
    ),
)
ADOPTED = CodeList(
    key="arbitration.consultation_adopted",
    title="采纳情况",
    codes=(
        Code(value="adopted", title="采纳"),
        Code(value="partly", title="部分采纳"),
        Code(value="not_adopted", title="未采纳"),
    ),
)
NO_CONFLICT = Guard(
    key="arbitration.consultation.no_conflict",
    text="专家应当声明与本案没有利害关系，请核实后勾选，或更换专家。",
    holds=lambda case: case.values.get("no_conflict") is not False,
    article=PLAN,
)
SERIES = NumberSeries(key="arbitration.consultation_no", title="专家咨询编号", organ="石仲咨")
LIFECYCLE = Lifecycle(
    key="arbitration.consultation_lifecycle",
    title="专家咨询流程",
    states=(
        State(key="asked", title="待组织", kind=StateKind.NEW, stage=REQUEST),
        State(key="convened", title="待出具意见", kind=StateKind.RUN, stage=OPINION),
        State(key="advised", title="待反馈", kind=StateKind.RUN, stage=OPINION),
        State(key="closed", title="办结", kind=StateKind.OK, stage=OPINION, terminal=True),
        State(key="dropped", title="不再咨询", kind=StateKind.ENDED, stage=OPINION, terminal=True),
    ),
    transitions=(
        Transition(
            command="RequestConsultation", title="登记咨询申请", sources=(), to="asked",
            fields=("case_no", "asked_by", "criteria", "reason"),
            required=("case_no", "asked_by", "criteria", "reason"), parties=("commission", "tribunal"),
            article=PRIVATE, help="重大疑难案件由仲裁庭或主任提请专家咨询",
        ),
        Transition(
            command="ConveneExperts", title="组织专家", sources=("asked",), to="convened",
            guards=(NO_CONFLICT.key,), fields=("no_conflict",), required=("no_conflict",),
            parties=("expert",), article=PLAN,
            help="三名以上专家，与案件没有利害关系",
        ),
        Transition(
            command="RecordExpertOpinion", title="登记咨询意见", sources=("convened",), to="advised",
            fields=("held_on", "opinion"), required=("held_on", "opinion"),
            documents=("专家咨询意见书",), article=PLAN, help="意见供仲裁庭参考，没有约束力",
        ),
        Transition(
            command="RecordOpinionUse", title="登记采纳情况", sources=("advised",), to="closed",
            fields=("adopted",), required=("adopted",), article=PLAN, help="仲裁庭是否采纳",
        ),
        Transition(
            command="DropConsultation", title="不再咨询", sources=("asked", "convened"), to="dropped",
            article=PLAN, help="案件和解、撤回，或不再需要咨询",
        ),
    ),
)  # fmt: skip

KIND = CaseKind(
    key="arbitration.consultation",
    title="专家咨询",
    work="log",
    lifecycle=LIFECYCLE.key,
    details=table_of(Consultation),
    series=SERIES.key,
    respondent="commission",
    matter=("case_no", "asked_by", "criteria", "reason"),
    area=AREA,
    orders=(DayOrder(first="opened", then="held_on"), DayOrder(first="held_on", then="RecordExpertOpinion")),
    parties=(
        COMMISSION,
        TRIBUNAL,
        PartyRole(key="expert", title="专家", of=PartyOf.NAME, least=EXPERTS),
    ),
    fields=(
        Field(Consultation.case_no, title="仲裁案号", section=REQUEST, listed=True),
        Field(Consultation.asked_by, title="提请人", section=REQUEST, codes=ASKER.key),
        Field(Consultation.criteria, title="重大疑难情形", section=REQUEST, codes=CRITERIA.key, several=True),
        Field(Consultation.reason, title="提请理由", section=REQUEST),
        Field(Consultation.no_conflict, title="专家均无利害关系", section=OPINION),
        Field(Consultation.held_on, title="咨询日期", section=OPINION, checks=(past_date,)),
        Field(Consultation.opinion, title="咨询意见", section=OPINION),
        Field(Consultation.adopted, title="采纳情况", section=OPINION, codes=ADOPTED.key, listed=True),
    ),
    order=142,
)

DECLARATIONS = (ASKER, CRITERIA, ADOPTED, NO_CONFLICT, SERIES, LIFECYCLE, KIND)
