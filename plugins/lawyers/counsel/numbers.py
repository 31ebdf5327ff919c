"""What the plan asks of counsel and of foreign-related legal services: 8–10, 12, 13, T3, T5, T15."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement

from plugins.lawyers.counsel.parameters import (
    ALL_ORGANS,
    BOTH,
    FIVE_ONES,
    LECTURE_MONTHS,
    LECTURES,
    MONTHS,
    PER_MONTH,
)
from plugins.lawyers.counsel.sides import (
    ALL_LEVELS,
    COUNTY_AND_UP,
    COVERED_VILLAGES,
    EFFECTIVE_VILLAGES,
    FIVE_ONES_VILLAGES,
    ORGANS,
    VILLAGES,
    has_counsel,
    has_government_lawyer,
    is_organ,
)
from plugins.lawyers.kinds import EMPLOYER_UNIT, LAW_FIRM, LAWYER
from suite.api import AsOf, Count, Direction, Indicator, Level, Members, Nature, Ratio, Target

PLAN = "plan-2021-2025"


def _arranged(at: AsOf) -> ColumnElement[bool]:
    """Counsel and government lawyer, or one of them where the switch says that it does."""
    counsel, lawyer = has_counsel(at), has_government_lawyer(at)
    return is_organ(at, ALL_LEVELS) & ((counsel & lawyer) if at.switch(BOTH) else (counsel | lawyer))


FOREIGN_FIRMS = Members(
    kind=LAW_FIRM.key,
    title="全国涉外法律服务示范机构",
    where=lambda at: (at.field("status") == "active") & (at.field("foreign_title") == "national"),
)
WORLD_CLASS_FIRMS = Members(
    kind=LAW_FIRM.key,
    title="国际一流律师事务所",
    where=lambda at: (at.field("status") == "active") & at.field("is_world_class").is_(True),
)
SENIOR_TALENTS = Members(
    kind=LAWYER.key,
    title="涉外法律服务高级人才",
    where=lambda at: (at.field("status") == "active") & (at.field("foreign_level") == "senior"),
)
ARRANGED_ORGANS = Members(
    kind=EMPLOYER_UNIT.key, title="建立法律顾问、公职律师制度的党政机关", where=_arranged
)
ORGANS_COUNTY_AND_UP = Members(
    kind=EMPLOYER_UNIT.key, title="县级以上党政机关", where=lambda at: is_organ(at, COUNTY_AND_UP)
)
WITH_LAWYER = Members(
    kind=EMPLOYER_UNIT.key,
    title="配备公职律师的县级以上党政机关",
    where=lambda at: is_organ(at, COUNTY_AND_UP) & has_government_lawyer(at),
)


def _city(no: int, value: int) -> Target:
    return Target(
        set=PLAN, no=no, value=Decimal(value), year=2025, article="专栏1", level=Level.CITY,
        nature=Nature.EXPECTED,
    )  # fmt: skip


INDICATORS = (
    Indicator(
        key="lawyers.foreign_demo_firms",
        title="全国涉外法律服务示范机构",
        measure=Count(FOREIGN_FIRMS),
        unit="家",
        direction=Direction.UP,
        help="当日正常执业、“涉外法律服务示范机构”一栏为“全国”的律师事务所。",
        targets=(_city(8, 1),),
    ),
    Indicator(
        key="lawyers.foreign_talents",
        title="办理涉外法律服务业务的高级人才数量",
        measure=Count(SENIOR_TALENTS),
        unit="名",
        direction=Direction.UP,
        help="当日正常执业、“涉外人才等级”为高级的律师；不论进入哪一级人才库。",
        targets=(_city(9, 24),),
    ),
    Indicator(
        key="lawyers.world_class_firms",
        title="国际一流律师事务所数量",
        measure=Count(WORLD_CLASS_FIRMS),
        unit="家",
        direction=Direction.UP,
        help="当日正常执业、经评估认定为国际一流的律师事务所。",
        targets=(_city(10, 1),),
    ),
    Indicator(
        key="lawyers.organs_arranged",
        title="各级党政机关普遍建立法律顾问、公职律师制度",
        measure=Ratio(ARRANGED_ORGANS, ORGANS, per=100),
        unit="%",
        direction=Direction.UP,
        help="当日有在聘法律顾问、并有公职律师（含经批准统筹共享、委托）的党政机关 ÷ 市、县、乡级党政机关；"
        "不要求配备的单位不计。",
        switches=(BOTH, ALL_ORGANS),
        targets=(
            Target(
                set=PLAN, no=12, value=Decimal(100), year=2025, article="专栏1", level=Level.PROVINCIAL,
                nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="lawyers.villages_covered",
        title="全市村（居）配备法律顾问的比例",
        measure=Ratio(COVERED_VILLAGES, VILLAGES, per=100),
        unit="%",
        direction=Direction.UP,
        help="当日有有效法律顾问协议的村（居）÷ 全部村（居）（有形覆盖）。",
        targets=(
            Target(
                set=PLAN, no=13, value=Decimal(100), year=2025, article="专栏1", level=Level.NATIONAL,
                nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="lawyers.villages_effective",
        title="村（居）法律顾问有效覆盖率",
        measure=Ratio(EFFECTIVE_VILLAGES, VILLAGES, per=100),
        unit="%",
        direction=Direction.UP,
        help="当日有有效协议、顾问正常执业，并且之前若干个整月每月都有足够服务记录、合计有足够法治讲座的村（居）"
        "÷ 全部村（居）；签协议之前的月份不要求。",
        switches=(MONTHS, PER_MONTH, LECTURE_MONTHS, LECTURES),
        targets=(
            Target(set=PLAN, no="T5", value=Decimal(100), year=2025, article="一（一）、四（五）19"),
        ),
    ),
    Indicator(
        key="lawyers.villages_five_ones",
        title="村（居）法律顾问“五个一”完成率",
        measure=Ratio(FIVE_ONES_VILLAGES, VILLAGES, per=100),
        unit="%",
        direction=Direction.UP,
        help="当年截至当日，清单中的每一项服务都至少开展过一次的村（居）÷ 全部村（居）；清单由参数设定。",
        switches=tuple(FIVE_ONES.values()),
        targets=(Target(set=PLAN, no="T15", value=Decimal(100), year=2025, article="专栏2"),),
    ),
    Indicator(
        key="lawyers.organs_with_lawyer",
        title="县级以上党政机关公职律师覆盖率",
        measure=Ratio(WITH_LAWYER, ORGANS_COUNTY_AND_UP, per=100),
        unit="%",
        direction=Direction.UP,
        help="当日有正常执业的公职律师，或经批准统筹共享、委托的 ÷ 市、县级党政机关。",
        switches=(ALL_ORGANS,),
        targets=(Target(set=PLAN, no="T3", value=Decimal(100), year=2024, article="四（六）22"),),
    ),
)  # fmt: skip
