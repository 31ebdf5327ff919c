"""What the plan asks of people's mediation that the rosters can answer."""

from __future__ import annotations

from decimal import Decimal

from suite.api import Direction, Indicator, Least, Level, Members, Nature, Ratio, Target

PLAN = "plan-2021-2025"

MEDIATORS = Members(
    kind="mediation.mediator", title="人民调解员", where=lambda at: at.field("status") == "active"
)
FULL_TIME = Members(
    kind="mediation.mediator",
    title="专职人民调解员",
    where=lambda at: (at.field("status") == "active") & (at.field("category") == "full_time"),
)
TOWNSHIP_COMMITTEES = Members(
    kind="mediation.committee",
    title="乡镇（街道）调委会",
    where=lambda at: (at.field("status") == "active") & (at.field("category") == "township"),
)

INDICATORS = (
    Indicator(
        key="mediation.full_time_share",
        title="专职人民调解员数量占人民调解员总数比例",
        measure=Ratio(FULL_TIME, MEDIATORS, per=100),
        unit="%",
        direction=Direction.UP,
        help="在岗的专职人民调解员 ÷ 在岗的人民调解员。",
        targets=(
            Target(
                set=PLAN,
                no=31,
                value=Decimal(15),
                year=2025,
                article="专栏1",
                level=Level.PROVINCIAL,
                nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="mediation.least_per_township",
        title="乡镇（街道）调委会专职调解员数（最少）",
        measure=Least(FULL_TIME, by=TOWNSHIP_COMMITTEES),
        unit="名",
        direction=Direction.UP,
        help="各乡镇（街道）调委会在岗专职人民调解员最少的一个。",
        targets=(Target(set=PLAN, no="T26", value=Decimal(2), year=2025, article="四（五）17"),),
    ),
)
