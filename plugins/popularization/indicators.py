"""What the plan asks of popularization: law-savvy villagers, sites, model villages, budgets."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import ColumnElement

from suite.api import AsOf, Direction, Indicator, Least, Level, Members, Nature, Ratio, Target

PLAN = "plan-2021-2025"
PER_VILLAGE = "popularization.lsv.per_village"
HOUSEHOLDS_PER = "popularization.lsv.households_per"

ACTIVE = Members(
    kind="popularization.law_savvy_villager",
    title="在岗法律明白人",
    where=lambda at: at.field("status") == "active",
)


def _enough_for_households(at: AsOf) -> ColumnElement[bool]:
    """`active >= ceil(households ÷ n)` without a division."""
    return at.linked(ACTIVE) * at.number(HOUSEHOLDS_PER) >= at.field("households")


VILLAGES = Members(kind="core.village", title="村（社区）")
RURAL = Members(kind="core.village", title="行政村", where=lambda at: at.field("village_kind") == "村委会")
EQUIPPED = Members(
    kind="core.village",
    title="配备达标的行政村",
    where=lambda at: (
        (at.field("village_kind") == "村委会")
        & (at.linked(ACTIVE) >= at.number(PER_VILLAGE))
        & (at.field("households").is_(None) | _enough_for_households(at))
    ),
)
KNOWN_HOUSEHOLDS = Members(
    kind="core.village",
    title="已填户数的行政村",
    where=lambda at: (at.field("village_kind") == "村委会") & (at.field("households") > 0),
)
REACHED = Members(
    kind="core.village",
    title="达到比例的行政村",
    where=lambda at: (
        (at.field("village_kind") == "村委会") & (at.field("households") > 0) & _enough_for_households(at)
    ),
)

GOVERNMENT_BUDGET, STUDY_LISTS = "popularization.budgets", "popularization.study_lists"
WINDOW, WINDOW_FROM = "popularization.village.window_years", "popularization.village.window_from"
COUNTY_LEVEL = "popularization.village.county_level_counts"

OPEN_SITES = Members(
    kind="popularization.rule_of_law_culture_site",
    title="开放的法治文化阵地",
    where=lambda at: at.field("status") == "active",
)
WITH_SITE = Members(
    kind="core.village",
    title="有法治文化阵地的村（社区）",
    where=lambda at: at.linked(OPEN_SITES) >= 1,
)


def window_begins(day: dt.date, first: int, years: int) -> dt.date:
    """The first day of the naming window that a day lies in: 2021–2022, 2023–2024 and so on."""
    return dt.date(day.year - (day.year - first) % years, 1, 1)


def _named_in_window(at: AsOf) -> ColumnElement[bool]:
    """Named at a level that counts, since the window began; what was taken away since is on no roster."""
    levels = ["national", "province", "city", *(["county"] if at.switch(COUNTY_LEVEL) else [])]
    since = window_begins(at.day, at.number(WINDOW_FROM), at.number(WINDOW))
    return at.field("category").in_(levels) & at.field("named_on").between(since, at.day)


NAMED = Members(
    kind="popularization.democratic_rule_of_law_village",
    title="本周期命名的示范村（社区）",
    where=_named_in_window,
)
MODEL_VILLAGES = Members(
    kind="core.village",
    title="本周期打造的民主法治示范村（社区）",
    where=lambda at: at.linked(NAMED) >= 1,
)
GOVERNMENTS = Members(
    kind="popularization.duty_unit",
    title="市、县（市、区）政府",
    where=lambda at: at.field("category").in_(["city", "county"]),
)
WITH_BUDGET = Members(
    kind="popularization.duty_unit",
    title="普法经费单独列项的政府",
    where=lambda at: (
        at.field("category").in_(["city", "county"])
        & (
            at.logged(
                GOVERNMENT_BUDGET,
                where=lambda entry: entry.column("separate").is_(True) & (entry.column("amount") > 0),
            )
            >= 1
        )
    ),
)
UNITS = Members(kind="popularization.duty_unit", title="普法责任单位")
WITH_LIST = Members(
    kind="popularization.duty_unit",
    title="当年印发学法清单的单位",
    where=lambda at: at.logged(STUDY_LISTS) >= 1,
)

INDICATORS = (
    Indicator(
        key="popularization.equipped_share",
        title="乡村“法律明白人”配备率",
        measure=Ratio(EQUIPPED, RURAL, per=100),
        unit="%",
        direction=Direction.UP,
        help="在岗法律明白人不少于每村下限、且按户数够数的行政村 ÷ 行政村；未填户数的村只看下限。",
        switches=(PER_VILLAGE, HOUSEHOLDS_PER),
        targets=(
            Target(
                set=PLAN, no=4, value=Decimal(100), year=2025, article="专栏1",
                level=Level.NATIONAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="popularization.site_share",
        title="村（社区）法治文化阵地建设普及率",
        measure=Ratio(WITH_SITE, VILLAGES, per=100),
        unit="%",
        direction=Direction.UP,
        help="至少有一处正常开放的法治文化阵地的村（社区）÷ 全部村（社区）；在建、维修、关闭的不计。",
        targets=(
            Target(
                set=PLAN, no=5, value=Decimal(95), year=2025, article="专栏1",
                level=Level.NATIONAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="popularization.least_model_villages",
        title="每个县（市、区）每两年打造民主法治示范村（社区）数量",
        measure=Least(MODEL_VILLAGES),
        unit="个",
        direction=Direction.UP,
        help="各县（市、区）本命名周期内命名、至今有效的示范村（社区）数中最少的；一村多级命名计一个。",
        switches=(WINDOW, WINDOW_FROM, COUNTY_LEVEL),
        targets=(
            Target(
                set=PLAN, no=6, value=Decimal(3), year=2025, article="专栏1",
                level=Level.PROVINCIAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="popularization.budget_share",
        title="普法工作经费单独列入本级政府财政预算",
        measure=Ratio(WITH_BUDGET, GOVERNMENTS, per=100),
        unit="%",
        direction=Direction.UP,
        help="当年“普法经费预算”台账中单独列项、金额大于 0 的政府 ÷ 名录中的市、县（市、区）政府。",
        targets=(
            Target(
                set=PLAN, no=7, value=Decimal(100), year=2025, article="专栏1",
                level=Level.CITY, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="popularization.study_list_share",
        title="领导干部学法清单覆盖率",
        measure=Ratio(WITH_LIST, UNITS, per=100),
        unit="%",
        direction=Direction.UP,
        help="当年印发领导干部学法清单的普法责任单位 ÷ 全部普法责任单位。",
    ),
    Indicator(
        key="popularization.least_per_village",
        title="每个行政村（社区）法律明白人数（最少）",
        measure=Least(ACTIVE, by=VILLAGES),
        unit="名",
        direction=Direction.UP,
        help="各村（社区）在岗法律明白人数中最少的一个；没有法律明白人的村计 0。",
        targets=(Target(set=PLAN, no="T13", value=Decimal(3), year=2022, article="四（一）1"),),
    ),
    Indicator(
        key="popularization.households_share",
        title="每 20 户有一名法律明白人的行政村比例",
        measure=Ratio(REACHED, KNOWN_HOUSEHOLDS, per=100),
        unit="%",
        direction=Direction.UP,
        help="在岗法律明白人 ≥ 户数 ÷ 每名对应户数（进一）的行政村 ÷ 已填户数的行政村；没有填户数的不计。",
        switches=(HOUSEHOLDS_PER,),
        targets=(Target(set=PLAN, no="T14", value=Decimal(100), year=2025, article="四（一）1"),),
    ),
)  # fmt: skip

DECLARATIONS = INDICATORS
