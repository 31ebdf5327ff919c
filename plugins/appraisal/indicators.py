"""What the plan asks of forensic appraisal that its rosters can answer."""

from decimal import Decimal

from suite.api import (
    Breakdown,
    Cases,
    Chosen,
    Count,
    Direction,
    Figure,
    FigureSeries,
    Indicator,
    Level,
    Members,
    Nature,
    OwnParameters,
    Part,
    Parts,
    Ratio,
    Target,
)

PLAN = "plan-2021-2025"
OURS = "规划未写明，本局口径"
TOLERANCE = "appraisal.indicator.institutions_tolerance"

_number = OwnParameters(owner="appraisal")

PARAMETERS = (
    _number(
        "indicator.institutions_tolerance", "鉴定机构“32 家左右”的允许偏差", 2, "家", OURS, False
    ),
)  # fmt: skip

HIGH_LEVEL = Members(
    kind="appraisal.appraisal_institution",
    title="高资质高水平司法鉴定机构",
    where=lambda at: (at.field("status") == "active") & (at.field("high_level_on") <= at.day),
)
INSTITUTIONS = Members(
    kind="appraisal.appraisal_institution",
    title="司法鉴定机构",
    where=lambda at: at.field("status") == "active",
)
STRONG_PARENTS = Members(
    kind="appraisal.appraisal_institution",
    title="母体为高校、科研院所、高科技企业的机构",
    where=lambda at: (
        (at.field("status") == "active")
        & at.field("category").in_(["university", "institute", "high_tech_firm"])
    ),
)
APPRAISERS = Members(
    kind="appraisal.appraiser", title="司法鉴定人", where=lambda at: at.field("status") == "active"
)
FULL_TIME = Members(
    kind="appraisal.appraiser",
    title="专职司法鉴定人",
    where=lambda at: (at.field("status") == "active") & (at.field("category") == "full_time"),
)

#: Item → how its codes begin: 专栏11 wants each of them accredited.
ACCREDITED = (("法医物证", "A04"), ("法医毒物", "A05"), ("微量物证", "B03"), ("环境损害", "D0"))


def _accredited(title: str, code: str) -> Part:
    """The share of those accredited among the institutions of an item."""
    held = Members(
        kind="appraisal.appraisal_institution",
        title=f"{title}机构",
        where=lambda at: (at.field("status") == "active") & at.field("scope").contains(code),
    )
    covered = Members(
        kind="appraisal.appraisal_institution",
        title=f"通过资质认定的{title}机构",
        where=lambda at: (
            (at.field("status") == "active")
            & at.field("scope").contains(code)
            & at.field("cma_categories").contains(code)
            & (at.field("cma_to") >= at.day)
        ),
    )
    return Part(title, Ratio(covered, held, per=100))


OPINIONS = FigureSeries(
    key="appraisal.opinions",
    title="出具司法鉴定意见",
    unit="件",
    flow=True,
    most=Decimal(1_000_000),
    parts=("appraisal.appraisal_institution", "appraisal.practice_category"),
    help="各鉴定机构当期出具的鉴定意见书件数，按月报送；也可以按机构、按执业类别录入。",
)
COMPLAINT = "appraisal.complaint"
VALID = Cases(kind=COMPLAINT, title="有效投诉", step="ReplyComplaint", valid=True)
OUT_OF = Chosen(
    "appraisal.vcr.denominator",
    (
        ("opinions_issued", Figure(OPINIONS.key)),
        ("accepted", Cases(kind=COMPLAINT, title="受理的投诉", step="AcceptComplaint")),
        ("received", Cases(kind=COMPLAINT, title="收到的投诉", step="OpenComplaint")),
    ),
)

INDICATORS = (
    Indicator(
        key="appraisal.high_level",
        title="高资质高水平司法鉴定机构数量",
        measure=Count(HIGH_LEVEL),
        unit="家",
        direction=Direction.UP,
        help="正常执业、在当日以前经市局认定为高资质高水平的司法鉴定机构；认定由人作出，不由系统推断。",
        targets=(
            Target(
                set=PLAN, no=23, value=Decimal(1), year=2025, article="专栏1",
                level=Level.CITY, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="appraisal.high_level_built",
        title="建设 1–2 个高资质、高水平鉴定机构",
        measure=Count(HIGH_LEVEL),
        unit="个",
        direction=Direction.UP,
        help="同指标 23；规划正文写 1–2 个，达到 1 个即达标。",
        targets=(Target(set=PLAN, no="T8", value=Decimal(1), year=2025, article="二（四）"),),
    ),
    Indicator(
        key="appraisal.accredited_cover",
        title="法医物证、法医毒物、微量物证、环境损害资质认定覆盖率",
        measure=Parts(tuple(_accredited(*item) for item in ACCREDITED), where_any=True),
        unit="%",
        direction=Direction.UP,
        help=(
            "资质认定范围含该类别且在有效期内的机构 ÷ 从事该类别的机构，取最低的一类；"
            "有一类没有机构从事（分母为 0）时全市无数据，各类分别列出；区县只计当地有机构从事的类别。"
        ),
        targets=(Target(set=PLAN, no="T11", value=Decimal(100), year=2023, article="专栏11"),),
    ),
    Indicator(
        key="appraisal.valid_complaint_rate",
        title="有效投诉率",
        measure=Ratio(VALID, OUT_OF, per=100),
        unit="%",
        direction=Direction.DOWN,
        help=(
            "当年办结且至少一项投诉事项查实的投诉 ÷ 当年出具的鉴定意见。认定后来被撤销的从所属期间更正；"
            "同一投诉人就同一文书的重复投诉只计一件。"
        ),
        switches=(
            "appraisal.vcr.denominator", "appraisal.vcr.partly_counts", "appraisal.vcr.equal_is_breach",
        ),
        warning="appraisal.vcr.warn",
        breakdowns=(
            Breakdown(title="鉴定机构", by="appraisal.appraisal_institution"),
            Breakdown(title="执业类别", by="appraisal.practice_category", field="category"),
        ),
        targets=(
            Target(
                set=PLAN, no="T9", value=Decimal("0.8"), year=2025, article="四（四）16",
                strict="appraisal.vcr.equal_is_breach",
            ),
        ),
    ),
    Indicator(
        key="appraisal.parent_share",
        title="母体为重点高校、科研院所、高科技企业的司法鉴定机构比例",
        measure=Ratio(STRONG_PARENTS, INSTITUTIONS, per=100),
        unit="%",
        direction=Direction.UP,
        help="按机构的母体类型计；高等院校是否为“重点”由登记时核定。",
        targets=(
            Target(
                set=PLAN, no=24, value=Decimal(20), year=2025, article="专栏1",
                level=Level.PROVINCIAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="appraisal.institutions",
        title="司法鉴定机构总数",
        measure=Count(INSTITUTIONS),
        unit="家",
        direction=Direction.EQUAL,
        help="当日正常执业的司法鉴定机构；目标为 32 家左右，偏差在允许范围内即达标。",
        switches=(TOLERANCE,),
        targets=(
            Target(
                set=PLAN, no="T6", value=Decimal(32), year=2025, article="二（四）", tolerance=TOLERANCE
            ),
        ),
    ),
    Indicator(
        key="appraisal.full_time_share",
        title="专职司法鉴定人比例",
        measure=Ratio(FULL_TIME, APPRAISERS, per=100),
        unit="%",
        direction=Direction.UP,
        help="执业类型为专职的 ÷ 正常执业的司法鉴定人。",
        targets=(Target(set=PLAN, no="T7", value=Decimal(50), year=2025, article="二（四）"),),
    ),
)  # fmt: skip

DECLARATIONS = (*PARAMETERS, OPINIONS, *INDICATORS)
