"""Where an item of the plan is done, as the window calls and opens it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from suite.contract.commands import Actor
from suite.loader.catalog import Catalog

#: Parts of the settings page.
PARTS = {
    "backups": "备份",
    "calendar": "工作日历",
    "limits": "法定期限",
    "penalties": "处罚目录",
    "rights": "账户与权限",
}
TITLES = {
    "activity": "操作留痕",
    "assessment": "考核评估",
    "cases": "办件",
    "coverage": "服务覆盖",
    "credit": "信用",
    "editions": "名册编制",
    "exchange": "报送与回执",
    "import": "导入导出",
    "indicators": "指标",
    "ledgers": "台账",
    "merging": "查重与合并",
    "plans": "检查计划",
    "reconcile": "三方对账",
    "reports": "报告",
    "returns": "填报",
    "roster": "名册",
    "tasks": "待办事项",
    "today": "工作台",
    **PARTS,
}


class Place(NamedTuple):
    """A place: how it is called, and which page the window opens with what.

    `part`: of the settings page. `refusal`: why the actor cannot open it, empty where he can.
    """

    title: str
    page: str
    argument: Hashable | None = None
    part: str = ""
    refusal: str = ""


def place_of(key: str, catalog: Catalog, actor: Actor) -> Place:
    """The place of a key that a `PlanItem` or a ledger names; what is not known opens the item's page."""
    owner = key.split(".", 1)[0]
    if key in PARTS:
        return Place(PARTS[key], "settings", part=key)
    if key in catalog.kinds:
        return _held(actor, owner, "roster:read", Place(catalog.kinds[key].list_title, "roster", (key,)))
    if key in catalog.ledgers:
        return _held(actor, owner, "ledger:read", Place(f"{catalog.ledgers[key].title}台账", "ledgers", key))
    if key in catalog.case_kinds:
        kind = catalog.case_kinds[key]
        return _held(actor, kind.rights, "case:read", Place(kind.title, "cases", ("kind", key)))
    if key in catalog.schemes:
        place = Place(catalog.schemes[key].title, "assessment")
        return _held(actor, owner, "assessment:read", place)
    if key in catalog.forms:
        place = Place(f"填报：{catalog.forms[key].title}", "returns", (key,))
        return _held(actor, owner, "return:read", place)
    if key in catalog.coverages:
        return _held(actor, owner, "roster:read", Place(catalog.coverages[key].title, "coverage", key))
    if key in catalog.indicators:
        place = Place(f"指标：{catalog.indicators[key].title}", "indicators")
        return _held(actor, owner, "roster:read", place)
    if key in catalog.figures:
        return Place(f"统计数字：{catalog.figures[key].title}", "indicators")
    if key in catalog.pages:
        return Place(catalog.pages[key].title, key)
    return Place(TITLES.get(key, key), key)


def _held(actor: Actor, owner: str, action: str, place: Place) -> Place:
    if actor.may(f"{owner}:{action}"):
        return place
    return place._replace(refusal=f"您没有查看“{place.title}”的权限")
