"""What can be wrong with a declared credit rule or feed: schemes, grades and fields that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from suite.contract.assessment import AssessmentScheme
from suite.contract.credit import CreditRule, PlatformFeed
from suite.contract.declarations import RecordKind


def rule_faults(rule: CreditRule, schemes: Mapping[str, AssessmentScheme]) -> Iterator[str]:
    """Every fault of one rule, in Chinese with its cure."""
    if not rule.article.strip():
        yield f"{rule.key}：没有写明依据，请填写 article。"
    if bool(rule.work) != (rule.finds is not None):
        yield f"{rule.key}：work 与 finds 应同时声明。"
    if bool(rule.register) != (rule.tells is not None):
        yield f"{rule.key}：register 与 tells 应同时声明。"
    if sum(map(bool, (rule.work, rule.scheme, rule.register))) > 1:
        yield f"{rule.key}：来源只能是办件、考核或台账之一。"
    scheme = schemes.get(rule.scheme)
    if rule.scheme and scheme is None:
        yield f"{rule.key}：没有考核方案 {rule.scheme}，请改正名称。"
    for grade in rule.grades:
        if scheme is not None and grade not in scheme.by_grade:
            yield f"{rule.key}：{rule.scheme} 没有等次 {grade}，请改正名称。"


def feed_faults(
    feed: PlatformFeed, kinds: Mapping[str, RecordKind], schemes: Mapping[str, AssessmentScheme]
) -> Iterator[str]:
    """Every fault of one feed, in Chinese with its cure."""
    for key, fields in feed.fields.items():
        kind = kinds.get(key)
        if kind is None:
            yield f"{feed.key}：没有种类 {key}，请改正名称。"
            continue
        for name in fields:
            declared = kind.by_key.get(name)
            if declared is None:
                yield f"{feed.key}：{key} 没有字段 {name}，请改正名称。"
            elif declared.sensitive:
                yield f"{feed.key}：字段 {key}.{name} 是敏感信息，不能报送公示平台。"
    for name in feed.reviews:
        if name not in schemes:
            yield f"{feed.key}：没有考核方案 {name}，请改正名称。"
