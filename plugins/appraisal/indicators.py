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
