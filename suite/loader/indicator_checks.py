"""Faults of indicators: sides, sets, switches and numbers that are not there or not once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from suite.contract.casework import CaseKind, Lifecycle
from suite.contract.declarations import Declaration, FieldType, RecordKind
from suite.contract.indicators import (
    Added,
    Cases,
    Chosen,
    Entries,
    Figure,
    FigureSeries,
    Indicator,
    IndicatorSet,
    Least,
    Members,
    Places,
    Ratio,
    Side,
    alternatives,
    parts_of,
    sides_of,
)
from suite.contract.ledgers import ColumnKind, Ledger
from suite.contract.parameters import Parameter
from suite.contract.returns import ReturnForm
from suite.loader.catalog import Catalog

#: Columns of a ledger whose values add up.
ADDED = (ColumnKind.WHOLE, ColumnKind.AMOUNT, ColumnKind.HOURS)


@dataclass(frozen=True, kw_only=True)
class IndicatorChecks:
    """What the indicators of an owner may name: its own declarations and those already known."""

    kinds: Mapping[str, RecordKind]
    steps: Mapping[str, frozenset[str]]  # kind of case → the commands of its steps
    ledgers: Mapping[str, Ledger]
    figures: frozenset[str]
    sets: frozenset[str]
    parameters: Mapping[str, Parameter]
    numbers: Mapping[tuple[str, str], str]  # (set, its number) → the indicator that answers for it

    @classmethod
    def of(cls, declarations: Iterable[Declaration], known: Catalog) -> IndicatorChecks:
        """From an owner's declarations and the catalog of those before it."""
        own = list(declarations)
        indicators = [*known.indicators.values(), *(item for item in own if isinstance(item, Indicator))]
        numbers: dict[tuple[str, str], str] = {}
        for indicator in indicators:
            for target in indicator.targets:
                numbers.setdefault((target.set, str(target.no)), indicator.key)
        lifecycles = {
            **known.lifecycles,
            **{item.key: item for item in own if isinstance(item, Lifecycle)},
        }
        cases = [*known.case_kinds.values(), *(item for item in own if isinstance(item, CaseKind))]
        return cls(
            steps={
                kind.key: frozenset(lifecycles[kind.lifecycle].by_command)
                for kind in cases
                if kind.lifecycle in lifecycles
            },
            kinds={**known.kinds, **{item.key: item for item in own if isinstance(item, RecordKind)}},
            ledgers={**known.ledgers, **{item.key: item for item in own if isinstance(item, Ledger)}},
            figures=frozenset(known.figures) | {item.key for item in own if isinstance(item, FigureSeries)},
            sets=frozenset(known.indicator_sets)
            | {item.name for item in own if isinstance(item, IndicatorSet)},
            parameters={
                **known.parameters,
                **{item.key: item for item in own if isinstance(item, Parameter)},
            },
            numbers=numbers,
        )

    def faults(self, indicator: Indicator) -> Iterator[str]:
        """Every fault of one indicator, in Chinese with its cure."""
        parts = parts_of(indicator.measure)
        if not parts or (len(parts) > 1 and len({part.title for part in parts}) < len(parts)):
            yield f"{indicator.key}：各组成部分须有互不相同的名称。"
        for part in parts:
            for side in sides_of(part.measure):
                if side is not None:
                    yield from self._side_faults(indicator, side)
            if isinstance(part.measure, Least):
                yield from self._link_faults(indicator, part.measure)
            if isinstance(part.measure, Ratio) and part.measure.per <= 0:
                yield f"{indicator.key}：比率的倍数须大于 0。"
        for key in (
            *indicator.switches,
            indicator.warning,
            *(key for target in indicator.targets for key in (target.tolerance, target.strict)),
        ):
            if key is not None and key not in self.parameters:
                yield f"{indicator.key}：没有参数 {key}，请声明 Parameter 或改正名称。"
        upper = [sides_of(part.measure)[0] for part in parts]
        if indicator.breakdowns and not all(isinstance(side, Cases) for side in upper):
            yield f"{indicator.key}：只有以办件为分子的指标可以再分项。"
        for target in indicator.targets:
            if target.set not in self.sets:
                yield f"{indicator.key}：没有指标体系 {target.set}，请改正名称。"
            taken = self.numbers[target.set, str(target.no)]
            if taken != indicator.key:
                yield f"{indicator.key}：{target.set} 的序号 {target.no} 已由 {taken} 使用，请只留一个。"
        if len({target.set for target in indicator.targets}) < len(indicator.targets):
            yield f"{indicator.key}：同一指标体系中有两个目标，请只留一个。"

    def faults_of_sides(self, form: ReturnForm) -> Iterator[str]:
        """Sides of a form that do not exist."""
        for cell in form.cells:
            if cell.known is not None:
                yield from self._side_faults(form, cell.known)

    def _side_faults(self, indicator: Indicator | ReturnForm, side: Side) -> Iterator[str]:
        if isinstance(side, Figure):
            if side.series not in self.figures:
                yield f"{indicator.key}：没有统计数字 {side.series}，请声明 FigureSeries 或改正名称。"
        elif isinstance(side, Places):
            return
        elif isinstance(side, Added):
            for part in side.sides:
                yield from self._side_faults(indicator, part)
        elif isinstance(side, Chosen):
            yield from self._choice_faults(indicator, side)
            for _, choice in side.sides:
                yield from self._side_faults(indicator, choice)
        elif isinstance(side, Cases):
            if side.step not in self.steps.get(side.kind, ()):
                yield f"{indicator.key}：办件种类 {side.kind} 没有步骤 {side.step}，请改正名称。"
        elif isinstance(side, Entries):
            yield from self._entry_faults(indicator, side)
        elif side.kind not in self.kinds:
            yield f"{indicator.key}：没有种类 {side.kind}，请改正名称。"

    def _choice_faults(self, indicator: Indicator | ReturnForm, side: Chosen) -> Iterator[str]:
        """There must be a side for each value that may be set, and none for another."""
        parameter = self.parameters.get(side.parameter)
        if parameter is None:
            yield f"{indicator.key}：没有参数 {side.parameter}，请声明 Parameter 或改正名称。"
            return
        switch = isinstance(parameter.value, bool)
        wanted = {"True", "False"} if switch else set(parameter.titles)
        found = {choice for choice, _ in side.sides}
        if not wanted:
            yield (
                f"{indicator.key}：参数 {side.parameter} 没有声明可选的值，"
                f"请在其 Parameter 中用 choices 写明 {_listed(found)}。"
            )
            return
        if found != wanted:
            yield (
                f"{indicator.key}：参数 {side.parameter} 可选 {_listed(wanted)}，声明的是 {_listed(found)}，"
                "请使两者一致。"
            )

    def _entry_faults(self, indicator: Indicator | ReturnForm, side: Entries) -> Iterator[str]:
        ledger = self.ledgers.get(side.ledger)
        if ledger is None:
            yield f"{indicator.key}：没有台账 {side.ledger}，请改正名称。"
        elif side.sum is not None:
            column = ledger.by_key.get(side.sum)
            if column is None or column.kind not in ADDED:
                yield f"{indicator.key}：台账 {side.ledger} 没有可以相加的栏目 {side.sum}，请改正 sum。"
        if side.weight is not None:
            parameter = self.parameters.get(side.weight.parameter)
            if parameter is None or not parameter.choices or not all(map(_is_number, parameter.titles)):
                yield (
                    f"{indicator.key}：计数的参数 {side.weight.parameter} 须在其 Parameter 中用 choices "
                    "写明可选的数（如 1、0.5），请改正。"
                )
            if side.sum is not None:
                yield f"{indicator.key}：台账 {side.ledger} 不能既相加又折算，请只留 sum 或 weight。"

    def _link_faults(self, indicator: Indicator, measure: Least) -> Iterator[str]:
        for side in alternatives(measure.a):
            if not isinstance(side, Members):
                yield f"{indicator.key}：最少的一个只能从名册（Members）中数出，请改正 a。"
                continue
            if measure.by is None or side.kind not in self.kinds:
                continue
            field = self.kinds[side.kind].by_key.get(measure.link)
            if field is None or field.type is not FieldType.LINK or measure.by.kind not in field.links:
                yield (
                    f"{indicator.key}：{side.kind} 没有指向 {measure.by.kind} 的字段 {measure.link}，"
                    "请改正 link。"
                )


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text) is not None


def _listed(values: Iterable[str]) -> str:
    return "、".join(sorted(values)) or "无"
