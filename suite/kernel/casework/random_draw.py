"""The random draw of subjects and inspectors (双随机): pure, and replayable from its record alone.

Nothing here depends on a random source of the platform: a place in the draw is the SHA-256 digest of the
algorithm, the published seed, the rule and the key of whoever is drawn, and the smallest digests are drawn.
Whoever has the pools, the rule and the seed, as the printed record shows them, gets the same names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

#: Named in every record. Another way of drawing gets another name and stands beside this one.
ALGORITHM = "sha256-rank/1"
WHOLE = Decimal(100)


class Risk(StrEnum):
    """How closely a subject is watched (风险等级)."""

    ORDINARY = "ordinary"
    WATCHED = "watched"
    KEY = "key"

    @property
    def words(self) -> str:
        """The word for it."""
        return {"ordinary": "一般", "watched": "关注", "key": "重点"}[self.value]


def risk_of(troubles: int) -> Risk:
    """The class from how many cases of the last years found something against the subject."""
    return Risk.KEY if troubles >= 2 else Risk.WATCHED if troubles == 1 else Risk.ORDINARY


@dataclass(frozen=True, kw_only=True)
class PoolSubject:
    """One of those from whom subjects are drawn (检查对象名录库), frozen at the draw."""

    id: int
    name: str
    district: str
    risk: Risk


@dataclass(frozen=True, kw_only=True)
class PoolInspector:
    """One of those from whom inspectors are drawn (检查人员名录库).

    workload: inspections given to the inspector so far. recused: subject id → why not (回避).
    """

    login: str
    name: str
    unit: str
    workload: int
    recused: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """A rate of its own, in per cent, for a risk class, a district, or both; None means every one."""

    rate: Decimal
    risk: Risk | None = None
    district: str | None = None

    def takes(self, subject: PoolSubject) -> bool:
        """Whether a subject falls into it."""
        return self.risk in (None, subject.risk) and self.district in (None, subject.district)


@dataclass(frozen=True, kw_only=True)
class DrawRule:
    """How much is drawn. `rate`: per cent of what no stratum takes; the first stratum that fits takes a
    subject. by_district: each district is drawn from by itself. per_subject: inspectors for each."""

    rate: Decimal
    strata: tuple[Stratum, ...] = ()
    by_district: bool = False
    per_subject: int = 2

    @property
    def text(self) -> str:
        """The rule as it enters the digests; equal rules have equal texts."""
        parts = [f"{_plain(self.rate)}%", "by-district" if self.by_district else "whole"]
        parts += [f"{item.risk or '*'}/{item.district or '*'}={_plain(item.rate)}%" for item in self.strata]
        return ";".join([*parts, f"inspectors={self.per_subject}"])


@dataclass(frozen=True, kw_only=True)
class Group:
    """A part of the pool that is drawn from by itself: who is in it and how many are drawn."""

    risk: Risk | None
    district: str | None
    rate: Decimal
    members: tuple[PoolSubject, ...]

    @property
    def wanted(self) -> int:
        """How many are drawn: the rate of the group, a part of one counted as one."""
        exact = len(self.members) * self.rate / WHOLE
        return min(len(self.members), int(exact.to_integral_value(rounding=ROUND_CEILING)))


@dataclass(frozen=True, kw_only=True)
class Pick:
    """One that was drawn and who inspects it, in the order of the draw."""

    place: int
    subject: int
    inspectors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a draw cannot be made: a code and the words."""

    code: str
    text: str


class Infeasible(Exception):
    """The draw cannot be made; `faults` say why, each with what to do."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("；".join(fault.text for fault in faults))
        self.faults = tuple(faults)


def groups_of(rule: DrawRule, subjects: Iterable[PoolSubject]) -> tuple[Group, ...]:
    """The pool in groups, in the order of the strata and of the districts; the rest comes last."""
    strata = (*rule.strata, Stratum(rate=rule.rate))
    found: dict[tuple[int, str], list[PoolSubject]] = {}
    for subject in sorted(subjects, key=lambda item: item.id):
        number = next(place for place, item in enumerate(strata) if item.takes(subject))
        split = rule.by_district and strata[number].district is None
        found.setdefault((number, subject.district if split else ""), []).append(subject)
    return tuple(
        Group(
            risk=strata[number].risk,
            district=strata[number].district or district or None,
            rate=strata[number].rate,
            members=tuple(members),
        )
        for (number, district), members in sorted(found.items())
    )


def faults_of(
    rule: DrawRule, subjects: Sequence[PoolSubject], inspectors: Sequence[PoolInspector]
) -> list[Fault]:
    """What stands against a draw, before any seed is known, so that no seed is tried until it fits."""
    faults = []
    rates = [rule.rate, *(item.rate for item in rule.strata)]
    if any(not 0 <= rate <= WHOLE for rate in rates):
        faults.append(Fault(code="draw.rate", text="抽取比例应在 0 至 100 之间，请改正。"))
    if rule.per_subject < 1:
        faults.append(Fault(code="draw.per_subject", text="每家至少须抽 1 名检查人员，请改正。"))
    for what, keys in (
        ("检查对象", [item.id for item in subjects]),
        ("检查人员", [item.login for item in inspectors]),
    ):
        if len(set(keys)) != len(keys):
            faults.append(Fault(code="draw.twice", text=f"{what}名录库中有重复，请去掉重复的。"))
    if faults:
        return faults
    if not subjects or not any(group.wanted for group in groups_of(rule, subjects)):
        return [Fault(code="draw.empty", text="名录库中没有可抽的检查对象，请核对种类、区县和抽取比例。")]
    for subject in sorted(subjects, key=lambda item: item.id):
        free = sum(subject.id not in item.recused for item in inspectors)
        if free < rule.per_subject:
            text = (
                f"{subject.name}除去应当回避的只有 {free} 名检查人员，须有 {rule.per_subject} 名。"
                "请增加检查人员后再抽。"
            )
            faults.append(Fault(code="draw.inspectors", text=text))
    return faults


def draw(
    rule: DrawRule,
    seed: str,
    subjects: Sequence[PoolSubject],
    inspectors: Sequence[PoolInspector],
) -> tuple[Pick, ...]:
    """Draw subjects, then inspectors for each: those with the least work first, the digest among equals.

    Raises Infeasible, with every reason, where somebody could not be inspected without breaking a recusal.
    """
    faults = faults_of(rule, subjects, inspectors)
    if faults:
        raise Infeasible(faults)
    chosen: list[int] = []
    for group in groups_of(rule, subjects):
        ranked = sorted((_rank(seed, rule, "subject", item.id), item.id) for item in group.members)
        chosen += [number for _, number in ranked[: group.wanted]]
    chosen.sort(key=lambda number: (_rank(seed, rule, "subject", number), number))
    load = {item.login: item.workload for item in inspectors}
    picks = []
    for place, number in enumerate(chosen, 1):
        free = sorted(
            (load[item.login], _rank(seed, rule, "inspector", f"{number}|{item.login}"), item.login)
            for item in inspectors
            if number not in item.recused
        )
        given = tuple(login for _, _, login in free[: rule.per_subject])
        for login in given:
            load[login] += 1
        picks.append(Pick(place=place, subject=number, inspectors=given))
    return tuple(picks)


def _rank(seed: str, rule: DrawRule, what: str, key: object) -> str:
    return hashlib.sha256(f"{ALGORITHM}|{seed}|{rule.text}|{what}|{key}".encode()).hexdigest()


def _plain(rate: Decimal) -> str:
    """5 and 5.00 are one rate."""
    return f"{rate.normalize():f}"
