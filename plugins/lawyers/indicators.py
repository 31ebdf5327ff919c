"""What the plan asks of the lawyers that their rosters can answer."""

from decimal import Decimal

from sqlalchemy import ColumnElement, or_

from plugins.lawyers.kinds import LAW_FIRM, LAWYER
from suite.api import (
    POPULATION,
    AsOf,
    Count,
    Direction,
    Indicator,
    Least,
    Level,
    Members,
    Nature,
    OwnParameters,
    Ratio,
    Target,
)

PLAN = "plan-2021-2025"
OURS = "规划未写明，本局口径"
PUBLIC_COUNTS = "lawyers.indicator.public_counts"
LEGAL_AID_COUNTS = "lawyers.indicator.legal_aid_counts"
MODERATE_SIZE = "lawyers.indicator.moderate_size"

_number = OwnParameters(owner="lawyers")

PARAMETERS = (
    _number("indicator.public_counts", "每万人律师数含公职、公司律师", True, "", OURS, False),
    _number("indicator.legal_aid_counts", "每万人律师数含法律援助律师", True, "", OURS, False),
    _number("indicator.moderate_size", "适度规模律师事务所的律师下限", 20, "名", OURS, False),
)  # fmt: skip

PRACTISING = Members(kind=LAWYER.key, title="执业律师", where=lambda at: at.field("status") == "active")


def _counted(at: AsOf) -> ColumnElement[bool]:
    """Whoever practises, but for the categories that a switch leaves out."""
    left_out: tuple[str, ...] = () if at.switch(PUBLIC_COUNTS) else ("government", "in_house")
    left_out += () if at.switch(LEGAL_AID_COUNTS) else ("legal_aid",)
    practising = at.field("status") == "active"
    category = at.field("category")
    return practising & or_(category.is_(None), category.not_in(left_out)) if left_out else practising


COUNTED = Members(kind=LAWYER.key, title="执业律师", where=_counted)
PUBLIC = Members(
    kind=LAWYER.key,
    title="公职、公司律师",
    where=lambda at: (at.field("status") == "active") & at.field("category").in_(["government", "in_house"]),
)
MODERATE_FIRMS = Members(
    kind=LAW_FIRM.key,
    title="适度规模律师事务所",
    where=lambda at: (at.field("status") == "active") & (at.linked(PRACTISING) >= at.number(MODERATE_SIZE)),
)

#: Targets of the plan that do not agree are both computed, and both say so.
NOT_BOTH = (
    "规划的目标互不一致：每万人拥有律师 7.5 名（指标 11）与执业律师 5,000 名（T1）按现有人口不能同时成立，"
    "两项分别计算"
)

INDICATORS = (
    Indicator(
        key="lawyers.per_10k",
        title="每万人拥有律师数",
        measure=Ratio(COUNTED, POPULATION),
        unit="人/万人",
        direction=Direction.UP,
        help="当日正常执业的律师 ÷ 常住人口（万人）；停止执业、暂无执业机构的不计。"
        "规划的 7.5 与“执业律师 5,000 名”（T1）按现有人口不能同时成立，两项分别计算。",
        remark=NOT_BOTH,
        switches=(PUBLIC_COUNTS, LEGAL_AID_COUNTS),
        targets=(
            Target(
                set=PLAN, no=11, value=Decimal("7.5"), year=2025, article="专栏1",
                level=Level.CITY, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="lawyers.practising",
        title="执业律师数",
        measure=Count(PRACTISING),
        unit="人",
        direction=Direction.UP,
        help="当日正常执业的各类律师；停止执业、暂无执业机构的不计。",
        remark=NOT_BOTH,
        targets=(Target(set=PLAN, no="T1", value=Decimal(5000), year=2025, article="二（四）"),),
    ),
    Indicator(
        key="lawyers.public",
        title="公职律师、公司律师数",
        measure=Count(PUBLIC),
        unit="人",
        direction=Direction.UP,
        help="当日正常执业、执业类别为公职律师或公司律师的。",
        targets=(Target(set=PLAN, no="T2", value=Decimal(450), year=2025, article="四（六）22"),),
    ),
    Indicator(
        key="lawyers.moderate_firms",
        title="每县（市、区）适度规模律师事务所数（最少）",
        measure=Least(MODERATE_FIRMS),
        unit="家",
        direction=Direction.UP,
        help="正常执业、执业律师不少于下限的律师事务所，取最少的一个县（市、区）；功能区不单独要求。",
        switches=(MODERATE_SIZE,),
        targets=(Target(set=PLAN, no="T4", value=Decimal(1), year=2025, article="四（一）2"),),
    ),
)  # fmt: skip

DECLARATIONS = (*PARAMETERS, *INDICATORS)
