"""What a person mends while looking at a preview: cells, a value throughout a column, rows left out.

The file itself is never touched. Repairs apply to what was read, before it is cleaned, so that a mended
value is judged like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from suite.contract.declarations import Field, FieldType
from suite.contract.problems import Problem
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.date_orders import in_order
from suite.kernel.exchange.reading import Sheet
from suite.loader.catalog import Catalog

MOST_SUGGESTIONS = 3
MOST_CHOICES = 12


@dataclass(frozen=True, kw_only=True)
class Repairs:
    """Repairs by place. Rows and columns are numbered as the spreadsheet shows them.

    `cells`: (sheet, row, column) → new text. `values`: (sheet, column, text as given) → new text, for every
    cell of the column that reads so. `orders`: (sheet, column) → the order of `date_orders` in which the
    column writes its dates. The narrower repair goes first. `skipped`: (sheet, row) left out.
    """

    cells: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    values: Mapping[tuple[str, int, str], str] = field(default_factory=dict)
    orders: Mapping[tuple[str, int], str] = field(default_factory=dict)
    skipped: frozenset[tuple[str, int]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.cells or self.values or self.orders or self.skipped)

    def __len__(self) -> int:
        return len(self.cells) + len(self.values) + len(self.orders) + len(self.skipped)

    def with_cell(self, sheet: str, row: int, column: int, text: str) -> Repairs:
        """One more mended cell."""
        return replace(self, cells={**self.cells, (sheet, row, column): text})

    def with_value(self, sheet: str, column: int, given: Any, text: str) -> Repairs:
        """One more value mended throughout a column."""
        return replace(self, values={**self.values, (sheet, column, as_text(given)): text})

    def with_order(self, sheet: str, column: int, order: str) -> Repairs:
        """The dates of one more column read in a named order."""
        return replace(self, orders={**self.orders, (sheet, column): order})

    def without_row(self, sheet: str, row: int) -> Repairs:
        """One more row left out."""
        return replace(self, skipped=self.skipped | {(sheet, row)})

    def over(self, wider: Repairs) -> Repairs:
        """These repairs with others behind them: where both mend the same, these hold."""
        return Repairs(
            cells={**wider.cells, **self.cells},
            values={**wider.values, **self.values},
            orders={**wider.orders, **self.orders},
            skipped=wider.skipped | self.skipped,
        )

    def _mended(self, sheet: str, row: int, column: int, given: Any) -> str | None:
        """What a cell reads where a repair reaches it."""
        text = self.cells.get((sheet, row, column))
        if text is None and self.values:
            text = self.values.get((sheet, column, as_text(given)))
        if text is None and (order := self.orders.get((sheet, column))) is not None:
            text = in_order(as_text(given), order) if isinstance(given, str) else None
        return text

    def text_of(self, sheet: str, row: int, column: int, given: Any) -> str:
        """What a cell reads after the repairs."""
        text = self._mended(sheet, row, column, given)
        return as_text(given) if text is None else text

    def mended(self, sheet: str, row: int, column: int, given: Any) -> Any:
        """A cell's value after the repairs: as given where it has none."""
        text = self._mended(sheet, row, column, given)
        return given if text is None else text

    def rows(self, sheet: Sheet, taken: tuple[int, ...]) -> tuple[int, ...]:
        """The indices of the rows that are not left out."""
        if not self.skipped:
            return taken
        return tuple(index for index in taken if (sheet.name, sheet.row_number(index)) not in self.skipped)

    def column(self, sheet: Sheet, column: int, rows: Sequence[int], values: list[Any]) -> frozenset[int]:
        """Mend a column's values in place; returns the row numbers of the cells that were mended."""
        touched = (
            (sheet.name, column) in self.orders
            or any((name, at) == (sheet.name, column) for name, _, at in self.cells)
            or any((name, at) == (sheet.name, column) for name, at, _ in self.values)
        )
        if not touched:
            return frozenset()
        mended = set()
        for place, index in enumerate(rows):
            number = sheet.row_number(index)
            text = self._mended(sheet.name, number, column, values[place])
            if text is not None:
                values[place] = text
                mended.add(number)
        return frozenset(mended)


NO_REPAIRS = Repairs()


def suggestions(
    target: Field,
    problem: Problem,
    given: str,
    catalog: Catalog,
    memory: Mapping[tuple[str, str], str] | None = None,
) -> tuple[str, ...]:
    """Texts that may be meant, nearest first; empty where nothing is near. Nothing is chosen by itself.

    `memory`: (field, text as given) → the text that people chose for it before.
    """
    remembered = (memory or {}).get((target.key, given))
    found = list(problem.data.get("nearest") or ())
    if not found and target.type is FieldType.CODE and given:
        titles = list(catalog.codes[target.codes or ""].titles.values())
        found = get_close_matches(given, titles, n=MOST_SUGGESTIONS, cutoff=0.5)
    return tuple(dict.fromkeys([remembered, *found] if remembered else found))


def choices(target: Field, catalog: Catalog) -> tuple[str, ...]:
    """All texts that a field may read, where they are few enough to be offered at once."""
    if target.type is not FieldType.CODE:
        return ()
    titles = tuple(catalog.codes[target.codes or ""].titles.values())
    return titles if len(titles) <= MOST_CHOICES else ()
