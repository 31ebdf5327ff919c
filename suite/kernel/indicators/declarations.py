"""The set of the plan in force, what the core itself brings to its numbers, and the switches of the whole."""

import datetime as dt
from decimal import Decimal

from suite.contract.declarations import Declaration
from suite.contract.indicators import Figure, FigureSeries, IndicatorSet
from suite.contract.roles import Permission

PLAN = IndicatorSet(
    key="core.plan-2021-2025",
    title="石家庄市公共法律服务体系建设规划（2021—2025年）",
    source="石司〔2022〕105号",
    first=dt.date(2021, 1, 1),
    last=dt.date(2025, 12, 31),
)

#: 常住人口, in 万人 as the statistics bureau's bulletin prints it.
POPULATION = Figure("core.population")

#: Which of the statistics' areas count to the city; they hold for every number and are printed beside it.
WITH_XINJI, WITH_ZONES = "core.include_xinji", "core.include_zones"

FIGURE_EDIT = "core:figure:edit"
SET_EDIT = "core:indicator_set:edit"
SNAPSHOT_TAKE = "core:snapshot:take"

DECLARATIONS: tuple[Declaration, ...] = (
    Permission(key=FIGURE_EDIT, title="录入统计数字"),
    Permission(key=SET_EDIT, title="维护指标体系"),
    Permission(key=SNAPSHOT_TAKE, title="冻结指标快照"),
    PLAN,
    FigureSeries(
        key=POPULATION.series,
        title="常住人口",
        unit="万人",
        standing=True,
        most=Decimal(5000),
        help="统计局公报的年末常住人口；年份填该数所属的年。",
    ),
)
