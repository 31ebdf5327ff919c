"""规则、环节和结果运用: what a scheme declares beside its sheet, to be read: who, when, by which article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from suite.contract.assessment import AssessmentScheme, GradeEffect, SchemeStep
from suite.kernel.assessment.standing import DEFERRED, OUTSIDE, STANDINGS, UNGRADED
from suite.ui.kit.columns import Column
from suite.ui.pages.assessment.wording import ACTORS

COLUMNS = (
    Column(key="what", title="类别", width=76),
    Column(key="words", title="内容", width=360, stretch=True, least=260),
    Column(key="who", title="谁办、结果", width=150),
    Column(key="when", title="期限", width=160),
    Column(key="article", title="依据", width=180),
)
Row = tuple[str, str, str, str, str]


def rules_of(scheme: AssessmentScheme, parameters: Mapping[str, object]) -> list[Row]:
    """Rules, steps and effects in the order in which a season comes to them."""
    return [*_taking_part(scheme), *_steps(scheme, parameters), *_after(scheme, parameters)]


def _taking_part(scheme: AssessmentScheme) -> Iterator[Row]:
    for standing, rules in (
        (OUTSIDE, scheme.outside),
        (UNGRADED, scheme.ungraded),
        (DEFERRED, scheme.deferred),
    ):
        for rule in rules:
            yield "参加范围", rule.text, STANDINGS[standing], "", rule.article
    for proposal in scheme.proposals:
        yield "建议等次", proposal.text, scheme.by_grade[proposal.grade].title, "", proposal.article
    if not scheme.criteria:
        usual = scheme.by_grade[scheme.usual] if scheme.usual is not None else scheme.grades[0]
        yield "建议等次", "档案中没有影响等次的记录", usual.title, "", ""


def _steps(scheme: AssessmentScheme, parameters: Mapping[str, object]) -> Iterator[Row]:
    for place, step in enumerate(scheme.steps, 1):
        who = "；或".join(ACTORS.get(action, action) for action in (step.action, *step.or_by))
        needs = f"（需要：{'、'.join(step.needs)}）" if step.needs else ""
        yield "环节", f"{place}. {step.title}{needs}", who, _days(step, parameters), step.article or ""


def _days(step: SchemeStep, parameters: Mapping[str, object]) -> str:
    begun = ended = ""
    if step.window is not None:
        begun, _, ended = str(parameters[step.window]).partition("..")
    if step.by is not None:
        ended = str(parameters[step.by])
    if not ended:
        return ""
    return f"次年 {_day(begun)}至 {_day(ended)}" if begun else f"次年 {_day(ended)}以前"


def _day(text: str) -> str:
    month, _, day = text.strip().partition("-")
    return f"{int(month)} 月 {int(day)} 日"


def _after(scheme: AssessmentScheme, parameters: Mapping[str, object]) -> Iterator[Row]:
    if scheme.notice_days is not None:
        yield (
            "公示",
            "结果公示以后才公布，公示期内可以提出异议",
            "",
            f"{parameters[scheme.notice_days]} 日",
            "",
        )
    for grade in scheme.grades:
        if grade.quota is not None:
            yield "名额", f"{grade.title}不超过参加评定的 {parameters[grade.quota]}", grade.title, "", ""
    for effect in scheme.effects:
        grades = "、".join(scheme.by_grade[key].title for key in effect.grades)
        yield "结果运用", effect.title, grades, _term(effect, parameters), effect.article


def _term(effect: GradeEffect, parameters: Mapping[str, object]) -> str:
    if effect.bars is not None:
        return f"{parameters[effect.bars]} 个月内"
    if effect.within is not None:
        return f"{parameters[effect.within]} 日内落实"
    return "随结果更新台账" if effect.ends is not None else ""
