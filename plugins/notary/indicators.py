"""What the plan asks of the notaries that their rosters can answer."""

from decimal import Decimal

from suite.api import (
    POPULATION,
    Chosen,
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

TITLED_ONLY, LEAST = "notary.indicator.titled_only", "notary.indicator.office_least"
OURS = "规划未写明，本局口径"

_number = OwnParameters(owner="notary")

PARAMETERS = (
    _number("indicator.titled_only", "职称比例只以有职称的公证员为分母", False, "", OURS, False),
    _number("indicator.office_least", "每个公证机构公证员数要求", 3, "名", OURS, False),
)

NOTARIES = Members(kind="notary.notary", title="公证员", where=lambda at: at.field("status") == "active")
TITLED = Members(
    kind="notary.notary",
    title="三级以上公证员",
    where=lambda at: (
        (at.field("status") == "active") & at.field("job_title").in_(["first", "second", "third"])
    ),
)
HOLD_A_TITLE = Members(
    kind="notary.notary",
    title="有职称的公证员",
    where=lambda at: (at.field("status") == "active") & at.field("job_title").is_not(None),
)
AMONG = Chosen(TITLED_ONLY, (("False", NOTARIES), ("True", HOLD_A_TITLE)))
OFFICES = Members(
    kind="notary.notary_office", title="公证机构", where=lambda at: at.field("status") == "active"
)
WITH_ENOUGH = Members(
    kind="notary.notary_office",
    title="公证员数达到要求的公证机构",
    where=lambda at: (at.field("status") == "active") & (at.linked(NOTARIES) >= at.number(LEAST)),
)
ONLINE = Members(
    kind="notary.notary_office",
    title="开通线上公证的公证机构",
    where=lambda at: (at.field("status") == "active") & (at.field("online_since") <= at.day),
)

INDICATORS = (
    Indicator(
        key="notary.least_per_office",
        title="每个公证机构公证员数（最少）",
        measure=Least(NOTARIES, by=OFFICES),
        unit="人",
        direction=Direction.UP,
        help="正常执业的公证机构中，在其执业的公证员最少的一家；只计公证员，不计助理和其他人员。",
        targets=(
            Target(
                set=PLAN, no=20, value=Decimal(3), year=2025, article="专栏1",
                level=Level.PROVINCIAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="notary.offices_with_enough",
        title="公证员数达到要求的公证机构比例",
        measure=Ratio(WITH_ENOUGH, OFFICES, per=100),
        unit="%",
        direction=Direction.UP,
        help="公证员不少于要求人数的公证机构 ÷ 正常执业的公证机构；与指标 20 一并看。",
        switches=(LEAST,),
    ),
    Indicator(
        key="notary.per_100k",
        title="每十万人拥有公证员数",
        measure=Ratio(NOTARIES, POPULATION, per=10),
        unit="人/十万人",
        direction=Direction.UP,
        help="当日正常执业的公证员 ÷ 常住人口（万人）× 10；按现有人口，1.1 约合 124 名公证员。",
        targets=(
            Target(
                set=PLAN, no=21, value=Decimal("1.1"), year=2025, article="专栏1",
                level=Level.NATIONAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="notary.titled_share",
        title="具有中级以上公证员职称的人员比例",
        measure=Ratio(TITLED, AMONG, per=100),
        unit="%",
        direction=Direction.UP,
        help="三级公证员以上 ÷ 正常执业的公证员；未填职称的按没有职称计。可改为只与有职称的公证员相比。",
        switches=(TITLED_ONLY,),
        targets=(
            Target(
                set=PLAN, no=22, value=Decimal(35), year=2025, article="专栏1",
                level=Level.PROVINCIAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="notary.online_share",
        title="开通线上公证服务的公证机构比例",
        measure=Ratio(ONLINE, OFFICES, per=100),
        unit="%",
        direction=Direction.UP,
        help="线上公证开通日期不晚于当日的公证机构 ÷ 正常执业的公证机构。",
        targets=(Target(set=PLAN, no="T12", value=Decimal(100), year=2025, article="四（四）15"),),
    ),
)  # fmt: skip

DECLARATIONS = (*PARAMETERS, *INDICATORS)
