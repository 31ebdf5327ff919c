"""A few entries in each ledger of popularization for the demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.registry.queries import ListQuery, list_ids

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

P = "popularization"
Values = Mapping[str, Any]
#: Ledger → titles of entries with their columns; days lie a month apart, about the first of the roster.
ENTRIES: Mapping[str, tuple[tuple[str, Values], ...]] = {
    f"{P}.plan_points": (
        (
            "2026 年全市普法依法治理工作要点",
            {"stage": "yearly", "period": "2026—2030 年", "leader": "市普法办"},
        ),
        ("“八五”普法终期验收", {"stage": "final", "period": "2021—2025 年", "score": Decimal("94.5")}),
    ),
    f"{P}.activities": (
        (
            "宪法宣传周启动仪式",
            {
                "node": "constitution",
                "place_kind": "organ",
                "audiences": ("officials",),
                "form": "on_site",
                "place": "市民广场",
                "persons": 320,
            },
        ),
        (
            "法律进乡村集市普法",
            {
                "node": "village",
                "place_kind": "village",
                "audiences": ("farmers",),
                "form": "on_site",
                "place": "正定县新城铺镇集市",
                "persons": 450,
            },
        ),
        (
            "开学第一堂法治课",
            {
                "node": "other",
                "place_kind": "school",
                "audiences": ("youth",),
                "form": "lecture",
                "place": "石家庄市第四十中学",
                "persons": 610,
            },
        ),
        (
            "企业合规法律体检讲座",
            {
                "node": "other",
                "place_kind": "business",
                "audiences": ("business",),
                "form": "lecture",
                "place": "高新区创业大厦",
                "persons": 85,
            },
        ),
        (
            "外籍人员法律咨询日",
            {
                "node": "other",
                "place_kind": "community",
                "audiences": ("others",),
                "form": "on_site",
                "languages": "英语、俄语",
                "persons": 36,
            },
        ),
    ),
    f"{P}.case_teaching": (
        ("擅自倾倒固体废物案", {"law": "固体废物污染环境防治法", "channel": "微信公众号", "reads": 5200}),
        (
            "未成年人网络充值纠纷案",
            {"law": "未成年人保护法", "channel": "石家庄日报", "reads": 8100, "level": "province"},
        ),
    ),
    f"{P}.real_time": (
        (
            "条例草案公开征求意见解读",
            {"process": "legislation", "law": "石家庄市物业管理条例", "persons": 1200},
        ),
        ("执法现场说理", {"process": "enforcement", "law": "行政处罚法", "persons": 60}),
    ),
    f"{P}.videos": (
        (
            "《法润正定》",
            {"author": "正定县司法局", "form": "video", "minutes": Decimal(5), "award": "province"},
        ),
        ("《小智说民法典》", {"author": "裕华区教育局", "form": "animation", "minutes": Decimal(3)}),
    ),
    f"{P}.revival_projects": (
        ("村级法治超市建设", {"task": "设置咨询点、培训法律明白人", "leader": "县司法局"}),
    ),
    f"{P}.governance": (
        ("法治乡村示范创建", {"level": "village", "task": "修订村规民约", "leader": "县司法局"}),
    ),
    f"{P}.online": (("石家庄普法", {"channel": "wechat", "posts": 6, "reads": 12000, "answers": 86}),),
    f"{P}.panel": (
        (
            "履职评议会",
            {
                "panel": "人大代表、政协委员、法学专家、媒体记者",
                "members": 9,
                "public": True,
                "score": Decimal(92),
            },
        ),
    ),
    f"{P}.budgets": (
        ("普法专项经费", {"amount": Decimal("120"), "separate": True, "per_head": Decimal("0.11")}),
        ("普法工作经费", {"amount": Decimal("18"), "separate": True}),
        ("法治建设经费（含普法）", {"amount": Decimal("40"), "separate": False}),
    ),
    f"{P}.awards": (("全国普法先进单位", {"level": "nation", "evidence": "表彰决定"}),),
    f"{P}.villager_training": (
        ("年度骨干培训班", {"hours": Decimal(8), "form": "yearly", "teacher": "市委党校教授"}),
        ("岗前培训", {"hours": Decimal(16), "form": "entry", "organiser": "县司法局"}),
    ),
    f"{P}.pairings": (("“1+N”结对", {"counsel": "驻村律师", "activities": 4}),),
    f"{P}.study_lists": (
        (
            "领导干部应知应会法律法规清单",
            {
                "part": "general",
                "version": "2026 年版",
                "items": "宪法、民法典",
                "count": 32,
            },
        ),
    ),
    f"{P}.study_records": (
        (
            "行政复议法",
            {"leader": "单位主要负责人", "form": "party_group", "hours": Decimal(2), "score": Decimal(95)},
        ),
    ),
    f"{P}.leader_reports": (
        ("年度述法报告", {"leader": "单位主要负责人", "written": True, "score": Decimal(93)}),
    ),
    f"{P}.court_observations": (
        (
            "不服工伤认定行政诉讼",
            {"leaders": "分管负责人", "court": "长安区人民法院", "persons": 26, "head_appeared": True},
        ),
    ),
    f"{P}.base_visits": (("模拟法庭体验", {"visitor": "石家庄外国语学校", "persons": 48, "minors": 45}),),
    f"{P}.site_checks": (
        ("半年检查", {"checker": "区司法局", "open": True, "defects": "宣传栏玻璃破损"}),
        ("日常巡查", {"checker": "司法所", "open": True}),
    ),
    f"{P}.volunteer_trips": (
        ("大学生普法夏令营", {"place": "平山县西柏坡镇", "hours": Decimal(6), "persons": 220}),
    ),
}
#: Ledgers about governments, not about the departments that come first in the roster.
OF_GOVERNMENTS = f"{P}.budgets"


def entries(suite: Suite, clerk: Actor) -> int:
    """Write them, one after another among the records that they are about; gives how many."""
    count = 0
    for key, told in ENTRIES.items():
        ledger = suite.catalog.ledgers.get(key)
        if ledger is None:
            continue
        about = _records(suite, clerk, key, ledger.subjects)
        rows = []
        for place, (title, columns) in enumerate(told):
            day = suite.today.replace(month=1, day=1) if key == OF_GOVERNMENTS else _day(suite, place)
            values: dict[str, Any] = {"title": title, "day": day, **columns}
            if about:
                values["subject"] = (about[place % len(about)],)
            if key == f"{P}.pairings":
                values["villagers"] = _records(suite, clerk, key, (f"{P}.law_savvy_villager",))[:2]
            if ledger.until:
                values["until"] = day + dt.timedelta(days=60 + 200 * place)
            if not ledger.about_required or about:
                rows.append(EntryEdit(values=values))
        if rows:
            suite.run(SaveLedgerEntries(ledger=key, rows=tuple(rows)), clerk)
        count += len(rows)
    return count


def _day(suite: Suite, place: int) -> dt.date:
    return max(suite.today - dt.timedelta(days=30 * (place + 1)), suite.today.replace(month=1, day=2))


def _records(suite: Suite, clerk: Actor, key: str, kinds: tuple[str, ...]) -> tuple[int, ...]:
    """The first records of the first kind that the clerk may read."""
    filters: dict[str, Any] = {"status": ("active",)}
    if key == OF_GOVERNMENTS:
        filters["category"] = ("city", "county")
    for kind in kinds:
        with suite.reading() as session:
            query = ListQuery(kind=kind, filters=filters)
            found = list_ids(session, clerk, suite.catalog, query, limit=8).ids
        if found:
            return tuple(found)
    return ()
