"""How long dishonesty information is displayed, by its class and the rule in force: pure functions.

信用修复管理办法（国家发展改革委令第36号）, in force from 2026-04-01, and the rule before it (第58号令): both
are data, their numbers parameters. Display counts from the date of the deciding document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from suite.contract.credit import CreditClass
from suite.contract.penalties import Sanction
from suite.kernel.casework.penalties.rules import Imposed
from suite.kernel.clocks.spans import months_after

#: The day from which the present rule is in force, as a parameter: its text is a date.
RULE_FROM = "core.credit.rule_from"


@dataclass(frozen=True, kw_only=True)
class DisplayRule:
    """One version of the rule. least, most: class → the parameter with the months."""

    key: str
    title: str
    article: str
    least: Mapping[CreditClass, str]
    most: Mapping[CreditClass, str]


def _keys(version: str, *classes: CreditClass, bound: str) -> dict[CreditClass, str]:
    return {item: f"core.credit.{version}.{item.value}_{bound}" for item in classes}


PRESENT = DisplayRule(
    key="2026",
    title="信用修复管理办法（2026年4月1日起）",
    article="信用修复管理办法（国家发展改革委令第36号）",
    least=_keys("2026", CreditClass.ORDINARY, CreditClass.SERIOUS, bound="least"),
    most=_keys("2026", *CreditClass, bound="most"),
)
FORMER = DisplayRule(
    key="2023",
    title="失信行为纠正后的信用信息修复管理办法（试行）",
    article="失信行为纠正后的信用信息修复管理办法（试行）（国家发展改革委令第58号）",
    least=_keys("2023", CreditClass.ORDINARY, CreditClass.SERIOUS, bound="least"),
    most=_keys("2023", *CreditClass, bound="most"),
)
RULES = {rule.key: rule for rule in (PRESENT, FORMER)}


def rule_on(day: dt.date, parameters: Mapping[str, Any]) -> DisplayRule:
    """The rule in force on a day."""
    return PRESENT if day >= dt.date.fromisoformat(str(parameters[RULE_FROM])) else FORMER


@dataclass(frozen=True, kw_only=True)
class Terms:
    """From when a repair may be asked for, and the last day of display; None: it is not displayed."""

    repairable_on: dt.date
    until: dt.date | None


def terms_of(
    grade: CreditClass, decided_on: dt.date, rule: DisplayRule, parameters: Mapping[str, Any]
) -> Terms:
    """The terms of a class by a rule, counted from the decision.

    Minor information is displayed only as long as the bureau's own switch says, at most what the rule allows;
    it may be repaired as soon as the duties are performed.
    """
    least = int(parameters[rule.least[grade]]) if grade in rule.least else 0
    months = int(parameters[rule.most[grade]])
    if grade is CreditClass.MINOR:
        months = min(months, int(parameters["core.credit.minor_months"]))
    until = months_after(decided_on, months) - dt.timedelta(days=1) if months else None
    return Terms(repairable_on=months_after(decided_on, least), until=until)


def longest_display(
    grade: CreditClass, decided_on: dt.date, rule: DisplayRule, parameters: Mapping[str, Any]
) -> dt.date:
    """The last day on which a class may be displayed at all, whatever the bureau's own switch says."""
    return months_after(decided_on, int(parameters[rule.most[grade]])) - dt.timedelta(days=1)


def class_of(imposed: Imposed, *, individual: bool, parameters: Mapping[str, Any]) -> CreditClass:
    """The class of a penalty: which sums and terms are large is the bureau's, by its bands.

    Revocation, a suspension beyond so many months, and sums from the band of serious ones on are serious;
    other suspensions, confiscation and sums that reach the threshold of a hearing are ordinary; warnings,
    circulars and small sums are minor.
    """
    who = "person" if individual else "body"
    money = (imposed.fine or 0) + (imposed.confiscated or 0)
    serious_sum = int(parameters[f"core.credit.serious_sum_{who}"])
    beyond = int(parameters["core.credit.serious_suspension_months"])
    if (
        Sanction.REVOCATION in imposed.sanctions
        or (Sanction.SUSPENSION in imposed.sanctions and (imposed.months or 0) > beyond)
        or (serious_sum and money >= serious_sum)
    ):
        return CreditClass.SERIOUS
    threshold = int(parameters[f"core.penalty.hearing_{who}"])
    ordinary = {Sanction.SUSPENSION, Sanction.CONFISCATION} & imposed.sanctions
    return CreditClass.ORDINARY if ordinary or money >= threshold else CreditClass.MINOR


def trade_display(
    imposed: Imposed, decided_on: dt.date, ends_on: dt.date | None, parameters: Mapping[str, Any]
) -> dt.date | None:
    """The last day on which a sanction of the trade is displayed; None where it stays internal.

    公开谴责 for months, 中止会员权利 while it lasts and months beyond, 取消会员资格 for years.
    """

    def after(day: dt.date, key: str) -> dt.date:
        return months_after(day, int(parameters[f"core.credit.trade_{key}_months"])) - dt.timedelta(days=1)

    found = []
    if Sanction.REVOCATION in imposed.sanctions:
        found.append(after(decided_on, "revocation"))
    if Sanction.SUSPENSION in imposed.sanctions:
        found.append(after(ends_on or months_after(decided_on, imposed.months or 0), "suspension"))
    if Sanction.REPRIMAND in imposed.sanctions:
        found.append(after(decided_on, "reprimand"))
    return max(found, default=None)
