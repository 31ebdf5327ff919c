"""Faults of assessment schemes: sheets that do not add up, steps out of order, names that are not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from decimal import Decimal

from suite.contract.assessment import AssessmentScheme, ScoreSource, SheetPart
from suite.loader.catalog import ASSESSMENT_ACTIONS


def scheme_faults(
    scheme: AssessmentScheme,
    kinds: Set[str],
    parameters: Set[str],
    limits: Set[str],
    ledgers: Set[str] = frozenset(),
) -> Iterator[str]:
    """Every fault of one scheme, in Chinese with its cure."""
    for kind in scheme.kinds:
        if kind not in kinds:
            yield f"{scheme.key}：没有种类 {kind}，请改正名称。"
    yield from _twice(scheme)
    yield from _steps(scheme)
    total = sum((item.most for item in scheme.criteria if item.part is SheetPart.ITEM), Decimal(0))
    if scheme.criteria and total != 100:
        yield f"{scheme.key}：评分项（不含加减分）合计应为 100 分，现为 {total} 分。"
    known = {grade.key for grade in scheme.grades}
    for rule in scheme.proposals:
        if rule.grade not in known:
            yield f"{scheme.key}：规则 {rule.key} 所指的等次 {rule.grade} 不存在。"
    yield from _results(scheme, known)
    for ledger in (*scheme.reads, *(effect.ends for effect in scheme.effects if effect.ends is not None)):
        if ledger not in ledgers:
            yield f"{scheme.key}：没有台账 {ledger}，请声明 Ledger 或改正名称。"
    named = [
        scheme.gap,
        scheme.notice_days,
        *(grade.quota for grade in scheme.grades),
        *(key for effect in scheme.effects for key in (effect.within, effect.bars)),
        scheme.absence.within if scheme.absence is not None else None,
    ]
    for key in (*named, *(key for step in scheme.steps for key in (step.by, step.window))):
        if key is not None and key not in parameters:
            yield f"{scheme.key}：没有参数 {key}，请声明 Parameter 或改正名称。"
    for limit in (scheme.objection_limit, scheme.answer_limit):
        if limit is not None and limit not in limits:
            yield f"{scheme.key}：没有期限 {limit}，请声明 TimeLimit 或改正名称。"


def _twice(scheme: AssessmentScheme) -> Iterator[str]:
    rules = (*scheme.outside, *scheme.ungraded, *scheme.deferred, *scheme.proposals)
    for words, keys in (
        ("评分项", [item.key for item in scheme.criteria]),
        ("等次", [grade.key for grade in scheme.grades]),
        ("环节", [step.key for step in scheme.steps]),
        ("规则", [rule.key for rule in rules]),
        ("结果运用", [effect.key for effect in scheme.effects]),
        ("按档案测算的评分项", [measure.item for measure in scheme.measures]),
    ):
        for key, times in Counter(keys).items():
            if times > 1:
                yield f"{scheme.key}：{words} {key} 声明了 {times} 次，请只留一次。"


def _results(scheme: AssessmentScheme, grades: Set[str]) -> Iterator[str]:
    """Faults of what grades lead to, and of what is worked out from the records."""
    if scheme.usual is not None and scheme.usual not in grades:
        yield f"{scheme.key}：通常的等次 {scheme.usual} 不存在。"
    for effect in scheme.effects:
        for grade in effect.grades:
            if grade not in grades:
                yield f"{scheme.key}：结果运用 {effect.key} 所指的等次 {grade} 不存在。"
        if effect.sets and effect.ends is None:
            yield f"{scheme.key}：结果运用 {effect.key} 没有写明更新哪个台账（ends），请补上或去掉 sets。"
    items = {item.key: item for item in scheme.criteria}
    for measure in scheme.measures:
        item = items.get(measure.item)
        if item is None:
            yield f"{scheme.key}：按档案测算的评分项 {measure.item} 不存在。"
        elif ScoreSource.RECORDS not in item.sources or item.independent != 1:
            yield (
                f"{scheme.key}：评分项 {measure.item} 按档案测算，其评分来源应含 records（档案测算），"
                "且不由两人分别评分。"
            )


def _steps(scheme: AssessmentScheme) -> Iterator[str]:
    if not scheme.grades:
        yield f"{scheme.key}：没有等次，请至少声明一个。"
    deciding = [step.key for step in scheme.steps if step.decides]
    if len(deciding) != 1:
        yield f"{scheme.key}：评定等次的环节（decides）应有且只有一个，现有 {len(deciding)} 个。"
    for step in scheme.steps:
        for action in (step.action, *step.or_by):
            if action not in dict(ASSESSMENT_ACTIONS):
                yield f"{scheme.key}：环节 {step.key} 的权限 {action} 不存在。"
        if step.sheet and not scheme.criteria:
            yield f"{scheme.key}：环节 {step.key} 要求评分完成，而方案没有评分项。"
