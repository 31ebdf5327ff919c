"""What can be wrong with a declared time limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from suite.contract.parameters import Parameter
from suite.contract.time_limits import TimeLimit


def limit_faults(limit: TimeLimit, parameters: Mapping[str, Parameter]) -> Iterator[str]:
    """Its length and that of its extension must be parameters, whole numbers in the limit's own unit."""
    for key in (limit.n, *((limit.extension.n,) if limit.extension else ())):
        parameter = parameters.get(key)
        if parameter is None:
            yield f"{limit.key}：没有参数 {key}，请声明 Parameter 或改正名称。"
        elif not isinstance(parameter.value, int) or isinstance(parameter.value, bool):
            yield f"{limit.key}：参数 {key} 应为整数。"
        elif parameter.unit != limit.unit.words:
            words = f"“{limit.unit.words}”与参数 {key} 的“{parameter.unit}”不一致"
            yield f"{limit.key}：单位{words}，请改正。"
    lacking = [
        name for name in ("title", "article", "start", "who", "lapse") if not getattr(limit, name).strip()
    ]
    if lacking:
        yield f"{limit.key}：没有写明 {'、'.join(lacking)}。"
