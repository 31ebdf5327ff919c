"""What the plan asks of law-savvy villagers (法律明白人) that the rosters can answer."""

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
