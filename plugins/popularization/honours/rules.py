"""Conditions of making and keeping model villages: pure, over the facts of the case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from plugins.popularization.rules.honours import NAMING, VILLAGE_LEVELS
from suite.api import CaseFacts, Guard, SubjectFact, years_after

HONOUR = "popularization.democratic_rule_of_law_village"
CRITERIA = "民主法治示范村（社区）建设指导标准"
#: Five heads of twenty points each.
HEADS, HEAD_MOST = ("organisation", "democracy", "law", "harmony", "support"), 20
HELD = ("active", "rechecking", "rectifying")


def honours_of(case: CaseFacts) -> list[SubjectFact]:
    """What the village of the case was ever named as, at the level of the case."""
    village = case.subject("village")
    if village is None:
        return []
    level = case.values.get("level")
    honours = [item for item in case.members(village.id) if item.kind == HONOUR]
    return [item for item in honours if item.values.get("category") == level]


def honour(case: CaseFacts) -> SubjectFact | None:
    """The honour that the case is about: the one it made or was opened with."""
    return case.subject("honour")


def barred_until(case: CaseFacts) -> dt.date | None:
    """Until when a village whose honour was taken away may not apply again; None where nothing bars it."""
    years = case.number_of("popularization.village.reapply_years")
    ends = [
        years_after(day, years)
        for item in honours_of(case)
        if item.status == "cancelled" and isinstance(day := item.values.get("cancelled_on"), dt.date)
    ]
    return max((end for end in ends if end > case.on), default=None)


def points(case: CaseFacts) -> Decimal:
    """The sum of the points of the five heads."""
    return sum((line.figure or Decimal(0) for line in case.lines.get("criteria", ())), Decimal(0))


def _all_heads(case: CaseFacts) -> bool:
    return {line.code for line in case.lines.get("criteria", ())} == set(HEADS)


def _within(case: CaseFacts) -> bool:
    return all(0 <= (line.figure or 0) <= HEAD_MOST for line in case.lines.get("criteria", ()))


NOT_BARRED = Guard(
    key="popularization.village.not_barred",
    text="该村（社区）被撤销命名未满规定年限，不得再申报。",
    holds=lambda case: barred_until(case) is None,
    told=lambda case: f"该村（社区）同级命名曾被撤销，{barred_until(case)} 前不得再申报，请届时再办。",
    article=NAMING,
)
NOT_HELD = Guard(
    key="popularization.village.not_held",
    text="该村（社区）已有这一级别的有效命名，不必再申报；须复核的，用“登记复核”。",
    holds=lambda case: not any(item.status in HELD for item in honours_of(case)),
    article=NAMING,
)
LEVEL = Guard(
    key="popularization.village.level",
    text="民主法治示范村（社区）由县级以上命名，请选全国、省级、市级或县级。",
    holds=lambda case: case.values.get("level") in (None, *VILLAGE_LEVELS),
    article=NAMING,
)
ALL_HEADS = Guard(
    key="popularization.village.all_heads",
    text="“五个方面评分”还没有逐项评完，请先评完组织、民主、法治、和谐、保障五项。",
    holds=_all_heads,
    article=CRITERIA,
)
WITHIN = Guard(
    key="popularization.village.within",
    text=f"每个方面的得分应在 0 至 {HEAD_MOST} 之间，请更正。",
    holds=_within,
    article=CRITERIA,
)
ADDS_UP = Guard(
    key="popularization.village.adds_up",
    text="考评得分与五个方面得分之和不一致，请核对。",
    holds=lambda case: (score := case.values.get("score")) is None or score == points(case),
    told=lambda case: f"五个方面得分之和是 {points(case)}，与考评得分不一致，请核对。",
    article=CRITERIA,
)
NO_VETO = Guard(
    key="popularization.village.no_veto",
    text="登记有一票否决情形，不得命名，请办理“不予命名”。",
    holds=lambda case: not any(line.flag for line in case.lines.get("vetoes", ())),
    article=CRITERIA,
)
HAS_HONOUR = Guard(
    key="popularization.village.has_honour",
    text="名册上找不到本件的示范村（社区）记录，请先在名册登记命名，再登记复核。",
    holds=lambda case: honour(case) is not None,
    article=NAMING,
)
STANDS = Guard(
    key="popularization.village.stands",
    text="该命名已撤销或注销，或正在复核、整改，不能再登记复核。",
    holds=lambda case: (found := honour(case)) is None or found.status == "active",
    article=NAMING,
)
GUARDS = (NOT_BARRED, NOT_HELD, LEVEL, ALL_HEADS, WITHIN, ADDS_UP, NO_VETO, HAS_HONOUR, STANDS)
