"""What a frozen set lacks, so that whoever reads it later does not take it for whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from suite.kernel.indicators.frozen import Frozen, FrozenValue
from suite.loader.catalog import Catalog

#: So many indicators are named in a sentence; the others are counted.
MOST_NAMED = 5
#: Why one is absent: while it is frozen, and as far as it is known long after.
NOT_READABLE = "冻结人无权查看"
NOT_IN_IT = "冻结时还没有这项指标，或冻结人无权查看"


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """absent: titles of the indicators that are declared and not in the set. without_data: those of its own
    that had no number."""

    absent: tuple[str, ...]
    without_data: tuple[FrozenValue, ...]

    def words(self, why: str) -> str:
        """In a sentence, `why` beside those that are absent; empty where nothing is lacking."""
        told = []
        if self.absent:
            told.append(f"未含{_named(self.absent)}（{why}）")
        if self.without_data:
            told.append(f"冻结时无数据：{_named([value.title for value in self.without_data])}")
        return "；".join(told)


def lacking(frozen: Frozen, keys: Collection[str], catalog: Catalog) -> Lacking:
    """What a set lacks. keys: of all that was frozen, also of what the reader does not see."""
    return Lacking(
        absent=tuple(one.title for key, one in catalog.indicators.items() if key not in keys),
        without_data=tuple(value for value in frozen.values if value.whole.value is None),
    )


def _named(titles: Sequence[str]) -> str:
    more = f"等 {len(titles)} 项" if len(titles) > MOST_NAMED else ""
    return "、".join(titles[:MOST_NAMED]) + more
