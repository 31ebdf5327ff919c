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
from suite.kernel.exchange.reading import Sheet
from suite.loader.catalog import Catalog

MOST_SUGGESTIONS = 3


@dataclass(frozen=True, kw_only=True)
class Repairs:
    """Repairs by place. Rows and columns are numbered as the spreadsheet shows them.

    `cells`: (sheet, row, column) → new text. `values`: (sheet, column, text as given) → new text, for every
    cell of the column that reads so; a cell's own repair goes first. `skipped`: (sheet, row) left out.
    """

    cells: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    values: Mapping[tuple[str, int, str], str] = field(default_factory=dict)
    skipped: frozenset[tuple[str, int]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.cells or self.values or self.skipped)

    def __len__(self) -> int:
        return len(self.cells) + len(self.values) + len(self.skipped)

    def with_cell(self, sheet: str, row: int, column: int, text: str) -> Repairs:
        """One more mended cell."""
        return replace(self, cells={**self.cells, (sheet, row, column): text})

    def with_value(self, sheet: str, column: int, given: Any, text: str) -> Repairs:
        """One more value mended throughout a column."""
        return replace(self, values={**self.values, (sheet, column, as_text(given)): text})

    def without_row(self, sheet: str, row: int) -> Repairs:
        """One more row left out."""
        return replace(self, skipped=self.skipped | {(sheet, row)})

    def text_of(self, sheet: str, row: int, column: int, given: Any) -> str:
        """What a cell reads after the repairs."""
        text = as_text(given)
        return self.cells.get((sheet, row, column), self.values.get((sheet, column, text), text))

    def mended(self, sheet: str, row: int, column: int, given: Any) -> Any:
        """A cell's value after the repairs: as given where it has none."""
        text = self.cells.get((sheet, row, column))
        if text is None and self.values:
            text = self.values.get((sheet, column, as_text(given)))
        return given if text is None else text

    def rows(self, sheet: Sheet, taken: tuple[int, ...]) -> tuple[int, ...]:
        """The indices of the rows that are not left out."""
        if not self.skipped:
            return taken
        return tuple(index for index in taken if (sheet.name, sheet.row_number(index)) not in self.skipped)

    def column(self, sheet: Sheet, column: int, rows: Sequence[int], values: list[Any]) -> frozenset[int]:
        """Mend a column's values in place; returns the row numbers of the cells that were mended."""
        here = {
            row: text for (name, row, at), text in self.cells.items() if (name, at) == (sheet.name, column)
        }
        same = {
            old: text for (name, at, old), text in self.values.items() if (name, at) == (sheet.name, column)
        }
        if not here and not same:
            return frozenset()
        mended = set()
        for place, index in enumerate(rows):
            number = sheet.row_number(index)
            if number in here:
                values[place] = here[number]
            elif same and (wanted := same.get(as_text(values[place]))) is not None:
                values[place] = wanted
            else:
                continue
            mended.add(number)
        return frozenset(mended)


NO_REPAIRS = Repairs()


def suggestions(target: Field, problem: Problem, given: str, catalog: Catalog) -> tuple[str, ...]:
    """Texts that may be meant, nearest first; empty where nothing is near. Nothing is chosen by itself."""
    nearest = problem.data.get("nearest")
    if nearest:
        return tuple(nearest)
    if target.type is not FieldType.CODE or not given:
        return ()
    titles = list(catalog.codes[target.codes or ""].titles.values())
    return tuple(get_close_matches(given, titles, n=MOST_SUGGESTIONS, cutoff=0.5))
