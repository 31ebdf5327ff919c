"""Faults of coverages: kinds, fields and parameters that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from suite.contract.coverage import Coverage
from suite.contract.declarations import FieldType, RecordKind


def coverage_faults(
    coverage: Coverage, kinds: Mapping[str, RecordKind], parameters: Set[str]
) -> Iterator[str]:
    """Every fault of one coverage, in Chinese with its cure."""
    sides = (coverage.of, coverage.by, coverage.sound, coverage.served, coverage.otherwise, coverage.firms)
    unknown = sorted({side.kind for side in (*sides, coverage.staff) if side is not None} - kinds.keys())
    for key in unknown:
        yield f"{coverage.key}：没有种类 {key}，请改正名称。"
    for name in (coverage.soon, coverage.most, coverage.least, coverage.per):
        if name is not None and name not in parameters:
            yield f"{coverage.key}：没有参数 {name}，请声明 Parameter 或改正名称。"
    if unknown:
        return
    of, by = kinds[coverage.of.kind], kinds[coverage.by.kind]
    named = [(of, coverage.group), *([(of, coverage.size)] if coverage.size else [])]
    fields = (coverage.until, coverage.begins, coverage.who, coverage.named, coverage.firm)
    named += [(by, key) for key in fields if key]
    if coverage.firms is not None and coverage.address is not None:
        named.append((kinds[coverage.firms.kind], coverage.address))
    for kind, key in named:
        if key not in kind.by_key:
            yield f"{coverage.key}：{kind.key} 没有字段 {key}，请改正名称。"
    link = by.by_key.get(coverage.link)
    if link is None or link.type is not FieldType.LINK or of.key not in link.links:
        yield f"{coverage.key}：{by.key} 没有指向 {of.key} 的字段 {coverage.link}，请改正 link。"
    if coverage.sound is not None and coverage.sound.kind != by.key:
        yield f"{coverage.key}：sound 应与 by 同为 {by.key}。"
    for side in (coverage.served, coverage.otherwise):
        if side is not None and side.kind != of.key:
            yield f"{coverage.key}：served、otherwise 应与 of 同为 {of.key}。"
