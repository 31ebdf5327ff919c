"""Assessment as it is declared: schemes of criteria, the grades that they lead to, and how a season runs.

Once a year a bureau judges whom it regulates: 年度考核, 诚信等级, 谁执法谁普法, 质量检查. A scheme says by
what (a score sheet, rules over the records, or both), what grade that leads to, who decides it and what
follows; a season (campaign) applies it to whoever has to take part. A profession adds its own by declaring.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from suite.contract.casework import CaseFacts
from suite.contract.states import StateKind


class Measure(StrEnum):
    """How the points of an item come about (分值类型)."""

    THRESHOLD = "threshold"  # 达标: all or nothing, or so much for each part that is there
    RATIO = "ratio"  # 比例: done ÷ due
    COUNT = "count"  # 计数: so much for each, up to the maximum
    RATING = "rating"  # 评定: a judgement between 0 and 1
    MEAN = "mean"  # 问卷均值: a percentage of a survey

    @property
    def words(self) -> str:
        """The word for it."""
        return {
            "threshold": "达标",
            "ratio": "比例",
            "count": "计数",
            "rating": "评定",
            "mean": "问卷均值",
        }[self.value]


class Source(StrEnum):
    """Where a score comes from (评分来源)."""

    SELF = "self"
    REPORTED = "reported"
    ANALYSIS = "analysis"
    REVIEW = "review"
    SITE = "site"
    ONLINE = "online"
    SURVEY = "survey"

    @property
    def words(self) -> str:
        """The word for it."""
        return {
            "self": "自评",
            "reported": "信息报送",
            "analysis": "数据研判",
            "review": "资料审查",
            "site": "实地核查",
            "online": "网上观测",
            "survey": "问卷调查",
        }[self.value]


class Part(StrEnum):
    """What an item does to the total."""

    ITEM = "item"
    BONUS = "bonus"
    DEDUCTION = "deduction"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One item of a score sheet (评分项).

    heading: the first-level indicator it belongs to. most: its full points. sources: where its score may
    come from. full: what earns the full points: the number of parts of a threshold, of counted things, or
    the percentage of a survey; a ratio and a rating are full at 1. independent: by how many scorers who do
    not see each other's score it is judged. rule: the words of the sheet.

    Example: `Criterion(key="cases", heading="普法方式", title="以案释法", most=Decimal(5),
    measure=Measure.COUNT, full=Decimal(4), sources=(Source.REPORTED, Source.ONLINE),
    rule="全年发布 4 件以上得满分")`
    """

    key: str
    title: str
    heading: str
    most: Decimal
    measure: Measure
    sources: tuple[Source, ...]
    full: Decimal = Decimal(1)
    part: Part = Part.ITEM
    independent: int = 1
    rule: str = ""
    article: str | None = None


@dataclass(frozen=True, kw_only=True)
class Grade:
    """One grade (等次), the best first. at_least: the points that lead to it, where points do.

    quota: the key of the parameter with the share of those assessed who may have it at most, in per cent.
    """

    key: str
    title: str
    state: StateKind
    at_least: Decimal | None = None
    quota: str | None = None


@dataclass(frozen=True, kw_only=True)
class Records:
    """What the records of somebody say at the end of the period that is judged, as the rules see it.

    since: since when on the roster. values: fields as of the last day of the period. penalties, sanctions and
    substantiated: how the cases that ended in the period ended; months_away: full months without practice.
    """

    kind: str
    status: str
    period: tuple[dt.date, dt.date]
    since: dt.date | None
    values: Mapping[str, Any]
    cases: tuple[CaseFacts, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule over the records: where `holds` is true it says what follows, with its words and article.

    Example: `Rule(key="lawyers.review.new", text="执业不满三个月，不评定等次",
    article="律师执业年度考核规则", holds=lambda who: months_between(who.since, who.period[1]) < 3)`
    """

    key: str
    text: str
    article: str
    holds: Callable[[Records], bool]


@dataclass(frozen=True, kw_only=True)
class GradeRule(Rule):
    """A rule that proposes a grade; of several the one with the worst grade is the proposal."""

    grade: str


@dataclass(frozen=True, kw_only=True)
class SchemeStep:
    """One step of a season for one participant (环节): who does it, in which window, and what it takes.

    permission: the action that whoever takes it must hold. opens and closes: month-day keys of parameters
    ("03-01"). scores: sources of which it takes scores. decides: it takes the grade.
    """

    key: str
    title: str
    permission: str
    opens: str | None = None
    closes: str | None = None
    scores: tuple[Source, ...] = ()
    decides: bool = False
    article: str | None = None


@dataclass(frozen=True, kw_only=True)
class AssessmentScheme:
    """How one kind of participant is assessed; version 1 is what is declared, later ones are the bureau's.

    kinds: of which kinds of record the participants are. grades: the best first. outside: rules by which one
    does not take part; ungraded: takes part without a grade; deferred: the grade waits. proposals: rules that
    propose a grade from the records; vetoes: those that lead to the worst. groups: the field by which results
    are ranked apart.

    Example: see `plugins/popularization/evaluation/scheme.py`.
    """

    key: str
    title: str
    kinds: tuple[str, ...]
    grades: tuple[Grade, ...]
    steps: tuple[SchemeStep, ...]
    criteria: tuple[Criterion, ...] = ()
    outside: tuple[Rule, ...] = ()
    ungraded: tuple[Rule, ...] = ()
    deferred: tuple[Rule, ...] = ()
    proposals: tuple[GradeRule, ...] = ()
    vetoes: tuple[Rule, ...] = ()
    bonus_most: Decimal = Decimal(0)
    deduction_most: Decimal = Decimal(0)
    group: str | None = None
    objection_limit: str | None = None
    order: int = 100

    @property
    def owner(self) -> str:
        """The plugin that declares it; also the profession that rights are scoped by."""
        return self.key.split(".", 1)[0]

    @cached_property
    def headings(self) -> Mapping[str, Sequence[Criterion]]:
        """Heading → its items, in order; bonus and deduction stand apart."""
        found: dict[str, list[Criterion]] = {}
        for criterion in self.criteria:
            if criterion.part is Part.ITEM:
                found.setdefault(criterion.heading, []).append(criterion)
        return found
