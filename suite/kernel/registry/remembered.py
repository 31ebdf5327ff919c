"""Outcomes of a pure function by its argument, asked for as an item: the quickest way for a column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Remembered(dict[Any, Any]):
    """`remembered[value]` is `work(value)`, worked out once for equal values; what it raises is not kept."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, value: Any) -> Any:
        """Work out the outcome of a value that was not asked for before."""
        found = self[value] = self._work(value)
        return found
