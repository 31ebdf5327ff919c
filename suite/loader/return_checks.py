"""Faults of return forms: cells without a figure, figures of two forms, sums and bounds that name nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from suite.contract.declarations import Declaration, RecordKind
from suite.contract.indicators import FigureSeries
from suite.contract.parameters import Parameter
from suite.contract.returns import CITY, COUNTY, ReturnForm
from suite.loader.catalog import Catalog


@dataclass(frozen=True, kw_only=True)
class ReturnChecks:
    """What the forms of an owner may name: its own declarations and those already known."""

    figures: Mapping[str, FigureSeries]
    kinds: frozenset[str]
    owners: Mapping[tuple[str, bool], tuple[str, ...]]  # (series, of the city itself) → its forms

    @classmethod
    def of(cls, declarations: Iterable[Declaration], known: Catalog) -> ReturnChecks:
        """From an owner's declarations and the catalog of those before it."""
        own = list(declarations)
        forms = [*known.forms.values(), *(item for item in own if isinstance(item, ReturnForm))]
        owners: dict[tuple[str, bool], tuple[str, ...]] = {}
        for form in forms:
            for cell in form.cells:
                place = cell.series, form.by == CITY
                owners[place] = (*owners.get(place, ()), form.key)
        return cls(
            figures={**known.figures, **{item.key: item for item in own if isinstance(item, FigureSeries)}},
            kinds=frozenset(known.kinds) | {item.key for item in own if isinstance(item, RecordKind)},
            owners=owners,
        )

    def faults(self, form: ReturnForm, parameters: Mapping[str, Parameter]) -> Iterator[str]:
        """Every fault of one form, in Chinese with its cure."""
        if form.of_bodies and form.by not in self.kinds:
            yield f"{form.key}：没有种类 {form.by}，请改正 by。"
        if form.due_parameter not in parameters:
            yield f"{form.key}：没有参数 {form.due_parameter}，请声明 Parameter 或改正名称。"
        if not form.cells:
            yield f"{form.key}：报表没有数字，请至少声明一个 FormCell。"
        for series, times in Counter(cell.series for cell in form.cells).items():
            if times > 1:
                yield f"{form.key}：{series} 出现了 {times} 次，请只留一次。"
        for cell in form.cells:
            yield from self._cell_faults(form, cell.series)
            for key in (*cell.sum_of, cell.at_most):
                if key is not None and (key == cell.series or key not in form.by_series):
                    yield f"{form.key}：{cell.series} 所指的 {key} 不在本表，请改正名称。"
            if any(form.by_series[key].computed for key in cell.sum_of if key in form.by_series):
                yield f"{form.key}：{cell.series} 不能由其他合计数相加，请直接列出各项。"
            if cell.known is not None and (form.of_bodies or cell.computed):
                yield f"{form.key}：{cell.series} 不能预填，请去掉 known。"

    def _cell_faults(self, form: ReturnForm, key: str) -> Iterator[str]:
        series = self.figures.get(key)
        if series is None:
            yield f"{form.key}：没有统计数字 {key}，请声明 FigureSeries 或改正名称。"
            return
        others = [name for name in self.owners[key, form.by == CITY] if name != form.key]
        if others:
            yield f"{form.key}：{key} 已由 {others[0]} 报送，请只留一处。"
        if form.by == CITY and not (series.city_only or series.city_adds):
            yield f"{form.key}：{key} 不是全市的数，请声明 city_only 或 city_adds。"
        if form.by != CITY and series.city_only:
            yield f"{form.key}：{key} 只有全市的数，请改正 by。"
        if (form.by == COUNTY) != series.counties_only and form.by != CITY:
            yield f"{form.key}：{key} 的 counties_only 与填报单位不一致，请改正。"
        if form.early != series.ahead or (series.ahead and series.flow):
            yield f"{form.key}：{key} 的 ahead 与报表的 early 须一致，且不能累计，请改正。"
        if form.of_bodies and form.by not in series.parts:
            yield f"{form.key}：{key} 不按 {form.by} 分项，请加到 parts。"
