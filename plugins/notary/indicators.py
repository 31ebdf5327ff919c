"""What the plan asks of the notaries that their rosters can answer."""

from decimal import Decimal

from suite.api import (
    POPULATION,
    Direction,
    Indicator,
    Least,
    Level,
    Members,
    Nature,
    Ratio,
    Target,
)

PLAN = "plan-2021-2025"

NOTARIES = Members(kind="notary.notary", title="公证员", where=lambda at: at.field("status") == "active")
TITLED = Members(
    kind="notary.notary",
    title="三级以上公证员",
    where=lambda at: (
        (at.field("status") == "active") & at.field("job_title").in_(["first", "second", "third"])
    ),
)
OFFICES = Members(
    kind="notary.notary_office", title="公证机构", where=lambda at: at.field("status") == "active"
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
        key="notary.per_100k",
        title="每十万人拥有公证员数",
        measure=Ratio(NOTARIES, POPULATION, per=10),
        unit="人/十万人",
        direction=Direction.UP,
        help="当日正常执业的公证员 ÷ 常住人口（万人）× 10。",
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
        measure=Ratio(TITLED, NOTARIES, per=100),
        unit="%",
        direction=Direction.UP,
        help="三级公证员以上 ÷ 正常执业的公证员；未填职称的按没有职称计。",
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

DECLARATIONS = INDICATORS
