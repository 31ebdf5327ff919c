"""What the plan asks of arbitration; the courts' rulings one by one, or as figures."""

from decimal import Decimal

from plugins.arbitration.reviews.rulings import SOURCE, side
from suite.api import (
    Direction,
    Figure,
    FigureSeries,
    Indicator,
    Level,
    Nature,
    Part,
    Parts,
    Ratio,
    Target,
)

PLAN = "plan-2021-2025"

CLOSED, SET_ASIDE, REFUSED = "arbitration.closed", "arbitration.set_aside", "arbitration.refused"

FIGURES = (
    FigureSeries(
        key=CLOSED, title="仲裁结案数", unit="件", flow=True, city_only=True, help="当年以裁决或调解结案的。"
    ),
    FigureSeries(
        key=SET_ASIDE, title="被裁定撤销的仲裁裁决", unit="件", flow=True, city_only=True,
        help="按裁定日期计入当年；部分撤销计 1 件，重新仲裁的不计。",
    ),
    FigureSeries(
        key=REFUSED, title="被裁定不予执行的仲裁裁决", unit="件", flow=True, city_only=True,
        help="按裁定日期计入当年。",
    ),
)  # fmt: skip

INDICATORS = (
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
        switches=(SOURCE,),
        targets=(
            Target(
                set=PLAN, no=26, value=Decimal(1), year=2025, article="专栏1",
                level=Level.PROVINCIAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
)  # fmt: skip

DECLARATIONS = (*FIGURES, *INDICATORS)
