"""Assessment as it is declared: schemes of criteria, the grades that they lead to, and how a season runs.

Once a year a bureau judges whom it regulates: 年度考核, 诚信等级, 谁执法谁普法, 质量检查. A scheme says by
what (a score sheet, rules over the records, or both), what grade that leads to, who decides it and what
follows; a season (campaign) applies it to whoever has to take part. A profession adds its own by declaring.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from suite.contract.materials import Materials
from suite.contract.states import StateKind
from suite.contract.surveys import Questionnaire


class SheetMeasure(StrEnum):
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


class ScoreSource(StrEnum):
    """Where a score comes from (评分来源)."""

    SELF = "self"
    REPORTED = "reported"
    ANALYSIS = "analysis"
    REVIEW = "review"
    SITE = "site"
    ONLINE = "online"
    SURVEY = "survey"
    RECORDS = "records"  # worked out from what is on record, by nobody's judgement
    CORRECTION = "correction"  # what an objection that was upheld puts right; it stands above the others

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
            "records": "档案测算",
            "correction": "异议更正",
        }[self.value]


class SheetPart(StrEnum):
    """What an item does to the total."""

    ITEM = "item"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"  # 一票否决: found at all, it leads to the worst grade

    @property
    def words(self) -> str:
        """The word for it."""
        return {"item": "评分项", "bonus": "加分", "deduction": "减分", "veto": "一票否决"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One item of a score sheet (评分项).

    heading: the first-level indicator it belongs to. most: its full points. sources: where its score may
    come from. full: what earns the full points: the number of parts of a threshold, of counted things, or
    the percentage of a survey; a ratio and a rating are full at 1. independent: by how many scorers who do
    not see each other's score it is judged. rule: the words of the sheet.

    Example: `Criterion(key="cases", heading="普法方式", title="以案释法", most=Decimal(5),
    measure=SheetMeasure.COUNT, full=Decimal(4), sources=(ScoreSource.REPORTED, ScoreSource.ONLINE),
    rule="全年发布 4 件以上得满分")`
    """

    key: str
    title: str
    heading: str
    most: Decimal
    measure: SheetMeasure
    sources: tuple[ScoreSource, ...]
    full: Decimal = Decimal(1)
    part: SheetPart = SheetPart.ITEM
    independent: int = 1
    rule: str = ""
    article: str | None = None


@dataclass(frozen=True, kw_only=True)
class AssessmentGrade:
    """One grade (等次), the best first. at_least: the points that lead to it, where points do.

    quota: the key of the parameter with the share of those assessed who may have it at most ("0.3").
    """

    key: str
    title: str
    state: StateKind
    at_least: Decimal | None = None
    quota: str | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A case about somebody in the period that is judged. `closed` is None while it is open.

    valid: a finding of it stands that makes it a valid complaint. values: its fields, by key. days: the day
    on which each step was last taken, by its command.
    """

    kind: str
    work: str
    number: str
    state: str
    opened: dt.date
    closed: dt.date | None
    valid: bool
    values: Mapping[str, Any] = field(default_factory=dict)
    days: Mapping[str, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LoggedEntry:
    """An entry of a ledger about somebody, from `day` on, to `until` where it says so. values: by column."""

    day: dt.date
    title: str
    until: dt.date | None = None
    state: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AssessmentRecords:
    """What the records of somebody say of the period that is judged (both ends inclusive), as rules see it.

    since: since when on the roster. status and values: as of the day that settles who takes part.
    body_status: that of the body it belonged to. cases: those about it that were open in the period or closed
    in it; beside: those in which it has another place (the institution of an appraiser whom a court calls).
    linked: kind and field ("notary.notary.body_id") → how many of that kind's roster named this record in it
    on the day. past: year → the grade of that year's season of the same scheme, of years before the period.
    logged: ledger → the entries about it that touch the period, of the ledgers that the scheme reads.
    parameters: those in force.
    """

    kind: str
    status: str
    period: tuple[dt.date, dt.date]
    since: dt.date | None
    body_status: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    cases: tuple[Outcome, ...] = ()
    beside: tuple[Outcome, ...] = ()
    linked: Mapping[str, int] = field(default_factory=dict)
    past: Mapping[int, str] = field(default_factory=dict)
    logged: Mapping[str, tuple[LoggedEntry, ...]] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def number(self, parameter: str) -> int:
        """The value of a whole-number parameter."""
        return int(self.parameters[parameter])

    def within(self, day: dt.date | None) -> bool:
        """Whether a day lies in the period."""
        return day is not None and self.period[0] <= day <= self.period[1]


@dataclass(frozen=True, kw_only=True)
class AssessmentRule:
    """A rule over the records: where `holds` is true it says what follows, with its words and article.

    Example: `AssessmentRule(key="lawyers.review.new", text="执业不满三个月，不评定等次",
    article="律师执业年度考核规则", holds=lambda who: months_between(who.since, who.period[1]) < 3)`
    """

    key: str
    text: str
    article: str
    holds: Callable[[AssessmentRecords], bool]


@dataclass(frozen=True, kw_only=True)
class GradeRule(AssessmentRule):
    """A rule that proposes a grade; of several the one with the worst grade is the proposal."""

    grade: str


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What the records say of one item, see `points_of` for `found` and `due`; neither: it does not apply.

    evidence: in words, by what it was found.
    """

    found: Decimal | None
    evidence: str
    due: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ItemMeasure:
    """How an item is worked out from the records; None where they say nothing, so that somebody scores it.

    Example: `ItemMeasure(item="complaints", finds=lambda who: Measured(found=Decimal(valid_complaints(who)),
    evidence="查实的投诉 1 件"))`
    """

    item: str
    finds: Callable[[AssessmentRecords], Measured | None]


@dataclass(frozen=True, kw_only=True)
class Graded:
    """A grade that stands, as its effects see it: of which year, and what the years before had."""

    grade: str
    year: int
    past: Mapping[int, str] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def running(self, *grades: str) -> int:
        """For how many years without a gap, this one included, the grade was one of these."""
        years, year = 0, self.year
        given = {**self.past, self.year: self.grade}
        while given.get(year) in grades:
            years, year = years + 1, year - 1
        return years


@dataclass(frozen=True, kw_only=True)
class GradeEffect:
    """What a grade leads to once it stands (结果运用): a measure that waits until somebody carried it out.

    grades: those that lead to it. holds: whether it follows, where the grade alone does not say. ends: the
    ledger whose entries about it end on that day, with the values `sets`; such a one is carried out at once.
    within: the key of the parameter
    with the days in which it is to be carried out. bars: that with the months for which it stands: such a one
    is not carried out but bars, and who registers what it bars looks for it (`SubjectFact.bars`).

    Example: `GradeEffect(key="lawyers.review.training", title="参加培训、限期整改", grades=("incompetent",),
    article="律师执业年度考核规则", within="lawyers.review.mend_days")`
    """

    key: str
    title: str
    grades: tuple[str, ...]
    article: str
    holds: Callable[[Graded], bool] | None = None
    ends: str | None = None
    sets: Mapping[str, Any] = field(default_factory=dict)
    within: str | None = None
    bars: str | None = None


@dataclass(frozen=True, kw_only=True)
class Regrading:
    """That a published grade is looked at again at once when something grave happens (即时复评).

    events: key → the words for it.
    """

    events: Mapping[str, str]
    article: str


@dataclass(frozen=True, kw_only=True)
class Absence:
    """What happens to whoever does not take part (不接受考核): a public order with a last day, then more.

    title: the order and what follows when its day passes. within: the key of the parameter with the days.

    Example: `Absence(title="公告责令限期接受检查考核，逾期视为自行停办",
    within="lawyers.review.absence_days", article="律师事务所年度检查考核办法")`
    """

    title: str
    within: str
    article: str


@dataclass(frozen=True, kw_only=True)
class SchemeStep:
    """One step of a season for one participant (环节), taken one after another.

    action: what whoever takes it must hold of the scheme's profession ("assessment:report"). by: the key
    of a parameter with the last day, month and day of the year after the period ("03-31"). window: that of
    one with the days within which it is taken ("03-01..05-31"); with `by` it ends on that day. sheet: its end
    asks that every item of the sheet has its points. decides: it ends by a grade. needs: what is handed in
    with it. or_by: what else a season may say that whoever takes it must hold, where practice differs in who
    looks first and who decides.

    Example: `SchemeStep(key="county", title="县区初审", action="assessment:report",
    by="lawyers.review.county_by", article="律师事务所年度检查考核办法")`
    """

    key: str
    title: str
    action: str
    by: str | None = None
    window: str | None = None
    sheet: bool = False
    decides: bool = False
    needs: tuple[str, ...] = ()
    or_by: tuple[str, ...] = ()
    article: str | None = None


@dataclass(frozen=True, kw_only=True)
class AssessmentScheme:
    """How one kind of participant is assessed; version 1 is what is declared, later ones are the bureau's.

    kinds: of which kinds of record the participants are. grades: the best first. takes: whom of the roster a
    season is about at all (值班律师), everybody where it is not said. outside: rules by which one does not
    take part; ungraded: takes part without a grade; deferred: the grade waits. proposals: rules that propose
    a grade from the records; beside a sheet's points the worse of both is the proposal. usual: the grade that
    records lead to of which no rule says anything, where that is not the best (优秀 is for people to give).
    reads: the ledgers that rules and measures look at. measures: how items are worked out from the records.
    effects: what a grade leads to. regrading: whether a published one is looked at again. reconciles: the
    rosters of its kinds are reconciled with the association's before a season is opened (三方对账).
    group: the field by whose value results are ranked apart. gap: the key of the parameter with the share of
    an item's points by which two scorers may differ ("0.1"). notice_days: that with the days for which
    results are shown before they stand. objection_limit: the time limit in which a result may be disputed,
    from the day on which it is shown; until then none stands. answer_limit: that of the answer. absence: what
    happens to whoever does not take part. survey: the questionnaire about them. materials: what they hand in
    period by period.

    Example: see `plugins/popularization/evaluation/scheme.py`.
    """

    key: str
    title: str
    kinds: tuple[str, ...]
    grades: tuple[AssessmentGrade, ...]
    steps: tuple[SchemeStep, ...]
    criteria: tuple[Criterion, ...] = ()
    outside: tuple[AssessmentRule, ...] = ()
    ungraded: tuple[AssessmentRule, ...] = ()
    deferred: tuple[AssessmentRule, ...] = ()
    proposals: tuple[GradeRule, ...] = ()
    usual: str | None = None
    reads: tuple[str, ...] = ()
    takes: Callable[[AssessmentRecords], bool] | None = None
    measures: tuple[ItemMeasure, ...] = ()
    effects: tuple[GradeEffect, ...] = ()
    regrading: Regrading | None = None
    reconciles: bool = False
    bonus_most: Decimal = Decimal(0)
    deduction_most: Decimal = Decimal(0)
    group: str | None = None
    gap: str | None = None
    notice_days: str | None = None
    objection_limit: str | None = None
    answer_limit: str | None = None
    absence: Absence | None = None
    survey: Questionnaire | None = None
    materials: Materials | None = None
    order: int = 100

    @property
    def owner(self) -> str:
        """The plugin that declares it; also the profession that rights are scoped by."""
        return self.key.split(".", 1)[0]

    @cached_property
    def deciding(self) -> SchemeStep:
        """The step that ends by a grade."""
        return next(step for step in self.steps if step.decides)

    @cached_property
    def by_step(self) -> Mapping[str, SchemeStep]:
        """Step key → step."""
        return {step.key: step for step in self.steps}

    @property
    def grades_key(self) -> str:
        """The key of the code list of its grades."""
        return f"{self.key}.grade"

    @cached_property
    def measured(self) -> Mapping[str, ItemMeasure]:
        """Item key → how it is worked out."""
        return {measure.item: measure for measure in self.measures}

    @cached_property
    def by_grade(self) -> Mapping[str, AssessmentGrade]:
        """Grade key → grade."""
        return {grade.key: grade for grade in self.grades}

    def by_others(self, actors: Mapping[str, str]) -> AssessmentScheme:
        """The scheme where some steps (key → action) are taken by others than it says."""
        steps = tuple(replace(step, action=actors.get(step.key, step.action)) for step in self.steps)
        return replace(self, steps=steps) if actors else self

    def after(self, step: str) -> str:
        """The key of the step that follows, empty after the last."""
        keys = [item.key for item in self.steps]
        place = keys.index(step) + 1
        return keys[place] if place < len(keys) else ""
