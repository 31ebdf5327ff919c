"""What can be wrong with a declared penalty: ranges upside down, states that no licence has, no article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from suite.contract.codes import CodeList
from suite.contract.declarations import Declaration, RecordKind
from suite.contract.parameters import Parameter
from suite.contract.penalties import Measure, PenaltyKind, Sanction
from suite.loader.catalog import Catalog


@dataclass(frozen=True, kw_only=True)
class PenaltyChecks:
    """What the penalties of an owner may name."""

    kinds: Mapping[str, RecordKind]
    codes: Mapping[str, CodeList]
    parameters: Mapping[str, Parameter]

    @classmethod
    def of(
        cls, declarations: Iterable[Declaration], known: Catalog, parameters: Mapping[str, Parameter]
    ) -> PenaltyChecks:
        """From an owner's declarations and the catalog of those before it."""
        own = list(declarations)
        return cls(
            kinds={**known.kinds, **{item.key: item for item in own if isinstance(item, RecordKind)}},
            codes={**known.codes, **{item.key: item for item in own if isinstance(item, CodeList)}},
            parameters=parameters,
        )

    def faults(self, entry: PenaltyKind) -> Iterator[str]:
        """Every fault of one entry, in Chinese with its cure."""
        lacking = [name for name in ("code", "title", "article", "basis") if not getattr(entry, name).strip()]
        if lacking:
            yield f"{entry.key}：没有写明 {'、'.join(lacking)}。"
        for name in ("conduct", "measures", "deciders"):
            if not getattr(entry, name):
                yield f"{entry.key}：{name} 不能为空。"
        for kind in entry.subjects:
            if kind not in self.kinds:
                yield f"{entry.key}：适用对象 {kind} 不是已声明的种类。"
        for sanction, times in Counter(measure.sanction for measure in entry.measures).items():
            if times > 1:
                yield f"{entry.key}：处罚种类 {sanction} 声明了 {times} 次，请只留一次。"
        for measure in entry.measures:
            yield from self._measure(entry, measure)
        for decider in (*entry.deciders, *(item for measure in entry.measures for item in measure.deciders)):
            switch = self.parameters.get(decider.switch) if decider.switch else None
            if decider.switch and (switch is None or not isinstance(switch.value, bool)):
                yield f"{entry.key}：参数 {decider.switch} 不存在或不是“是/否”，请声明 Parameter 或改正名称。"

    def _measure(self, entry: PenaltyKind, measure: Measure) -> Iterator[str]:
        place = f"{entry.key} {measure.title}"
        for bound in (measure.least, measure.most):
            if isinstance(bound, str):
                parameter = self.parameters.get(bound)
                if parameter is None or not isinstance(parameter.value, int):
                    yield f"{place}：没有整数参数 {bound}，请声明 Parameter 或改正名称。"
        if isinstance(measure.least, int) and isinstance(measure.most, int) and measure.least > measure.most:
            yield f"{place}：下限 {measure.least} 高于上限 {measure.most}。"
        if measure.times is not None and not 0 < measure.times[0] <= measure.times[1]:
            yield f"{place}：倍数 {measure.times} 应从小到大。"
        if measure.sanction is Sanction.FINE and measure.most is None and measure.times is None:
            yield f"{place}：罚款没有上限，请写明数额、倍数或参数。"
        if measure.sanction is Sanction.SUSPENSION and (measure.least is None or measure.most is None):
            yield f"{place}：没有写明最短和最长的期间（月）。"
        if not measure.gravities:
            yield f"{place}：没有写明适用的情节。"
        for key in entry.subjects if measure.state else ():
            kind = self.kinds.get(key)
            states = self.codes.get(kind.status) if kind else None
            if states is not None and measure.state not in states.by_value:
                yield f"{place}：{key} 没有状态 {measure.state}，请改正 state。"
