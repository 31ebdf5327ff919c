"""公证质量检查: files of a year sampled by a recorded seed, each graded, the office told, defects mended, the
result published."""

from plugins.notary.quality.tables import QualityInspection
from suite.api import (
    CaseFacts,
    CaseKind,
    CaseList,
    Cell,
    Code,
    CodeList,
    DayOrder,
    Field,
    Guard,
    Lifecycle,
    LineColumn,
    NumberSeries,
    PartyOf,
    PartyRole,
    State,
    StateKind,
    Transition,
    not_negative,
    past_date,
    table_of,
)

RULE = "规划专栏9；公证机构年度考核办法（试行）（司发通〔2007〕67号）"
PLAN, FILES, AFTER = "抽样", "评查", "整改与公布"
COUNTED = ("qualified", "basic", "unqualified")


def _none_beyond(case: CaseFacts) -> bool:
    size, population = case.values.get("sample_size"), case.values.get("population")
    return size is None or population is None or 0 < size <= population


def _all_graded(case: CaseFacts) -> bool:
    return len(case.lines.get("files", ())) == (case.values.get("sample_size") or 0)


def _adds_up(case: CaseFacts) -> bool:
    """The counts are those of the lines; nothing is judged before they are given."""
    if any(case.values.get(key) is None for key in COUNTED):
        return True
    files = case.lines.get("files", ())
    counted = all(case.values[key] == sum(line.grade == key for line in files) for key in COUNTED)
    wrong = case.values.get("wrong")
    return counted and (wrong is None or wrong == sum(line.flag is True for line in files))


WITHIN = Guard(
    key="notary.quality.within",
    text="抽样数应在 1 与当年卷宗总数之间，请核对。",
    holds=_none_beyond,
    article=RULE,
)
ALL_GRADED = Guard(
    key="notary.quality.all_graded",
    text="还有抽中的卷宗没有逐件评定，请先登记“抽查卷宗”。",
    holds=_all_graded,
    article=RULE,
)
ADDS_UP = Guard(
    key="notary.quality.adds_up",
    text="合格、基本合格、不合格或错证的件数与逐件评定的不一致，请核对。",
    holds=_adds_up,
    article=RULE,
)
TO_MEND = Guard(
    key="notary.quality.to_mend",
    text="没有定整改期限，可以直接公布结果。",
    holds=lambda case: case.values.get("rectify_by") is not None,
    article=RULE,
)

GRADE = CodeList(
    key="notary.file_grade",
    title="卷宗等次",
    codes=(
        Code(value="qualified", title="合格"),
        Code(value="basic", title="基本合格"),
        Code(value="unqualified", title="不合格"),
    ),
)
SAMPLED = CaseList(
    key="files",
    title="抽查卷宗",
    columns=(
        LineColumn(cell=Cell.FIGURE, title="抽中序号", required=True),
        LineColumn(cell=Cell.NAME, title="公证书编号", required=True),
        LineColumn(cell=Cell.GRADE, title="等次", codes=GRADE.key, required=True),
        LineColumn(cell=Cell.FLAG, title="错证"),
        LineColumn(cell=Cell.HOLDER, title="评查人"),
        LineColumn(cell=Cell.TEXT, title="问题"),
    ),
)
SERIES = NumberSeries(key="notary.quality_no", title="公证质量检查编号", organ="石公质")
LIFECYCLE = Lifecycle(
    key="notary.quality_lifecycle",
    title="公证质量检查流程",
    states=(
        State(key="planned", title="待评查", kind=StateKind.NEW, stage=PLAN),
        State(key="graded", title="待通报", kind=StateKind.RUN, stage=FILES),
        State(key="told", title="已通报", kind=StateKind.RUN, stage=AFTER),
        State(key="closed", title="办结", kind=StateKind.OK, stage=AFTER, terminal=True),
        State(key="cancelled", title="取消", kind=StateKind.ENDED, stage=AFTER, terminal=True),
    ),
    transitions=(
        Transition(
            command="PlanQualityInspection", title="登记质量检查", sources=(), to="planned",
            fields=("matter_year", "population", "sample_size", "seed", "sampling"),
            required=("matter_year", "population", "sample_size", "seed"), parties=("office", "reviewer"),
            guards=(WITHIN.key,), article=RULE,
            help="写明当年卷宗总数、抽样数、随机种子和抽样办法，他人可据此重抽核对",
        ),
        Transition(
            command="AddSampledFiles", title="逐件评定", sources=("planned",), to=None, lists=("files",),
            required=("files",), article=RULE, help="抽中的卷宗逐件评定等次，写明问题",
        ),
        Transition(
            command="ConcludeQualityInspection", title="汇总评查结果", sources=("planned",), to="graded",
            guards=(ALL_GRADED.key, ADDS_UP.key), fields=(*COUNTED, "wrong", "summary"),
            required=(*COUNTED, "wrong", "summary"), article=RULE, help="件数应与逐件评定一致",
        ),
        Transition(
            command="TellQualityResult", title="通报机构", sources=("graded",), to="told",
            fields=("rectify_by",), documents=("质量检查通报",), article=RULE,
            help="通报公证机构；有问题的定整改期限",
        ),
        Transition(
            command="ConfirmQualityRectified", title="确认整改", sources=("told",), to=None,
            guards=(TO_MEND.key,), fields=("rectified_on",), required=("rectified_on",), once=True,
            article=RULE, help="复查整改情况",
        ),
        Transition(
            command="PublishQualityResult", title="公布结果", sources=("told",), to="closed",
            fields=("published_on",), required=("published_on",), article=RULE,
            help="公布检查结果，并记入机构年度考核",
        ),
        Transition(
            command="CancelQualityInspection", title="取消检查", sources=("planned",), to="cancelled",
            article=RULE, help="机构停业、合并等，不再检查",
        ),
    ),
)  # fmt: skip

KIND = CaseKind(
    key="notary.quality_inspection",
    title="公证质量检查",
    work="quality",
    lifecycle=LIFECYCLE.key,
    details=table_of(QualityInspection),
    series=SERIES.key,
    respondent="office",
    lists=(SAMPLED,),
    matter=("matter_year", "population", "sample_size", "seed", "sampling"),
    orders=(
        DayOrder(first="TellQualityResult", then="rectify_by"),
        DayOrder(first="TellQualityResult", then="rectified_on"),
        DayOrder(first="rectified_on", then="ConfirmQualityRectified"),
        DayOrder(first="ConcludeQualityInspection", then="published_on"),
    ),
    parties=(
        PartyRole(key="office", title="公证机构", of=PartyOf.SUBJECT, kinds=("notary.notary_office",)),
        PartyRole(key="reviewer", title="评查人", of=PartyOf.NAME),
    ),
    fields=(
        Field(QualityInspection.matter_year, title="卷宗年度", section=PLAN, listed=True),
        Field(QualityInspection.population, title="卷宗总数", section=PLAN, checks=(not_negative,)),
        Field(QualityInspection.sample_size, title="抽样数", section=PLAN, checks=(not_negative,)),
        Field(QualityInspection.seed, title="随机种子", section=PLAN),
        Field(QualityInspection.sampling, title="抽样办法", section=PLAN),
        Field(QualityInspection.qualified, title="合格件数", section=FILES, checks=(not_negative,)),
        Field(QualityInspection.basic, title="基本合格件数", section=FILES, checks=(not_negative,)),
        Field(QualityInspection.unqualified, title="不合格件数", section=FILES, checks=(not_negative,)),
        Field(QualityInspection.wrong, title="错证件数", section=FILES, checks=(not_negative,)),
        Field(QualityInspection.summary, title="评查情况", section=FILES),
        Field(QualityInspection.rectify_by, title="整改期限", section=AFTER),
        Field(QualityInspection.rectified_on, title="整改完成日期", section=AFTER, checks=(past_date,)),
        Field(QualityInspection.published_on, title="公布日期", section=AFTER, checks=(past_date,)),
    ),
    order=150,
)

DECLARATIONS = (WITHIN, ALL_GRADED, ADDS_UP, TO_MEND, GRADE, SERIES, LIFECYCLE, KIND)
