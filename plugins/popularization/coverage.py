"""Which villages have the law-savvy villagers that they need, and which a place of legal culture."""

from plugins.popularization.indicators import ACTIVE, HOUSEHOLDS_PER, OPEN_SITES, PER_VILLAGE, VILLAGES
from suite.api import Coverage

COVERAGES = (
    Coverage(
        key="popularization.villager_coverage",
        title="法律明白人",
        of=VILLAGES,
        by=ACTIVE,
        group="body_id",
        least=PER_VILLAGE,
        per=HOUSEHOLDS_PER,
        size="households",
        paper="人数不足",
        people="法律明白人",
        help="每村（社区）在岗法律明白人不少于下限，填了户数的还须每若干户一名（进一）；"
        "有人而不够的为人数不足，没有人的为未覆盖。户数从“村（居）”名册导入，没有填的只按下限核对，按户数的需要数无数据。",
    ),
    Coverage(
        key="popularization.site_coverage",
        title="法治文化阵地",
        of=VILLAGES,
        by=OPEN_SITES,
        group="body_id",
        people="阵地",
        help="至少有一处正常开放的法治文化阵地的村（社区）为已覆盖。",
    ),
)
