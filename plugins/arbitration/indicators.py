"""What the plan asks of arbitration; the courts' rulings one by one, or as figures."""

from decimal import Decimal

from plugins.arbitration.reviews.rulings import PARTIAL, SOURCE, side
from suite.api import (
    Count,
    Direction,
    Figure,
    FigureSeries,
    Indicator,
    Level,
    Members,
    Nature,
    Part,
    Parts,
    Ratio,
    Target,
)

PLAN = "plan-2021-2025"

RENOWNED = Members(
    kind="arbitration.arbitration_commission",
    title="享有良好声誉、具有一定区域代表性的仲裁机构",
    where=lambda at: at.field("renowned_on") <= at.day,
)
STEPS, REACHED = "arbitration.milestones", "arbitration.milestones_reached"
CLOSED, SET_ASIDE, REFUSED = "arbitration.closed", "arbitration.set_aside", "arbitration.refused"

FIGURES = (
    FigureSeries(
        key=CLOSED, title="仲裁结案数", unit="件", flow=True, city_only=True, help="当年以裁决或调解结案的。"
    ),
    FigureSeries(
        key=SET_ASIDE, title="被裁定撤销的仲裁裁决", unit="件", flow=True, city_only=True,
        help="按裁定日期计入当年；部分撤销按本局口径（参数“部分撤销的计数”）折算，重新仲裁的不计。",
    ),
    FigureSeries(
        key=REFUSED, title="被裁定不予执行的仲裁裁决", unit="件", flow=True, city_only=True,
        help="按裁定日期计入当年。",
    ),
    FigureSeries(
        key=STEPS, title="仲裁发展里程碑", unit="项", city_only=True, ahead=True,
        help="“立足石家庄、服务全省、开拓国际”仲裁体系分解的重点任务。",
    ),
    FigureSeries(key=REACHED, title="已完成的仲裁里程碑", unit="项", city_only=True, ahead=True),
)  # fmt: skip

INDICATORS = (
    Indicator(
        key="arbitration.renowned",
        title="享有良好声誉、具有一定区域代表性的仲裁机构数量",
        measure=Count(RENOWNED),
        unit="家",
        direction=Direction.UP,
        help="在当日以前认定为享有良好声誉、具有一定区域代表性的在册仲裁机构；认定由人作出。",
        targets=(
            Target(
                set=PLAN, no=25, value=Decimal(1), year=2025, article="专栏1",
                level=Level.PROVINCIAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="arbitration.system",
        title="仲裁：立足石家庄、服务全省、开拓国际的体系",
        measure=Ratio(Figure(REACHED), Figure(STEPS), per=100),
        unit="%",
        direction=Direction.UP,
        help="已完成的里程碑 ÷ 分解的里程碑；规划没有数值。",
        targets=(Target(set=PLAN, no="T24", value=Decimal(100), year=2025, article="二（四）"),),
    ),
    Indicator(
        key="arbitration.review_rate",
        title="仲裁裁决被法院裁定撤销、不予执行比例",
        measure=Parts(
            (
                Part(
                    "撤销",
                    Ratio(
                        side("被撤销的裁决", SET_ASIDE, "set_aside", "partly_set_aside"),
                        Figure(CLOSED),
                        per=100,
                    ),
                ),
                Part("不予执行", Ratio(side("不予执行的裁决", REFUSED, "refused"), Figure(CLOSED), per=100)),
            )
        ),
        unit="%",
        direction=Direction.DOWN,
        help="撤销、不予执行两个比例分别计算，各自不超过 1%；指标值取其中较高的一个。",
        switches=(SOURCE, PARTIAL),
        targets=(
            Target(
                set=PLAN, no=26, value=Decimal(1), year=2025, article="专栏1",
                level=Level.PROVINCIAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
)  # fmt: skip

DECLARATIONS = (*FIGURES, *INDICATORS)
