"""Model villages, model households, sites and volunteers: dates in order, endings told, rechecks due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.popularization.rules.findings import TOLD
from suite.api import CheckContext, Problem, given_together, in_order, months_after

NAMING = "全国民主法治示范村（社区）命名管理办法"
VILLAGE_LEVELS = ("national", "province", "city", "county")

rechecked_after_named = in_order(
    TOLD, "recheck_before_naming", ("named_on", "命名日期"), ("rechecked_on", "最近复核日期"), article=NAMING
)
village_end_told = given_together(
    TOLD, "village_end", ("cancelled", "deregistered"), ("cancelled_on", "撤销（注销）日期"), article=NAMING
)
household_end_told = given_together(TOLD, "household_end", ("cancelled",), ("cancelled_on", "取消日期"))
site_end_told = given_together(TOLD, "site_end", ("closed",), ("closed_on", "关闭日期"))
volunteer_end_told = given_together(TOLD, "volunteer_end", ("left",), ("left_on", "退出日期"))
site_dates = in_order(TOLD, "site_dates", ("opened_on", "建成开放日期"), ("checked_on", "最近检查日期"))


def village_level(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Villages are named by the county, the city, the province or the state (命名管理办法)."""
    if values.get("category") in (None, *VILLAGE_LEVELS):
        return ()
    text = "民主法治示范村（社区）由县级以上命名，现级别不在其中，请核对。"
    return (TOLD.warning("village_level", text, "category", NAMING),)


def recheck_due(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A named village is rechecked every two years; the interval is a parameter (命名管理办法)."""
    since = values.get("rechecked_on") or values.get("named_on")
    if values.get("status") != "active" or since is None:
        return ()
    months = context.number("popularization.village.recheck_months")
    due = months_after(since, months)
    if due >= context.today:
        return ()
    text = f"自 {since} 起已满 {months} 个月，复核应于 {due} 前完成，请安排复核。"
    return (TOLD.warning("recheck_due", text, "rechecked_on", NAMING),)


def rectifying_has_a_term(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """What is to be put right has a day until which."""
    if values.get("status") != "rectifying" or values.get("rectify_by") is not None:
        return ()
    return (TOLD.warning("rectify_by", "状态为限期整改，但没有填整改期限，请补填。", "rectify_by", NAMING),)
