"""Values of cells that are merged over several rows: each row reads the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from suite.kernel.exchange.bounds import Merged
from suite.kernel.exchange.reading import Sheet


class MergedCells:
    """The ranges of a sheet that reach over several rows, by their first column's number."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._ranges: defaultdict[int, list[Merged]] = defaultdict(list)
        ends: dict[int, int] = {}
        for found in sorted(sheet.merged):
            # Ranges of a sound file do not overlap; so nobody can have the same rows filled without end.
            if found.bottom > found.top > ends.get(found.left, 0):
                self._ranges[found.left].append(found)
                ends[found.left] = found.bottom

    def fill(self, column: int, rows: Sequence[int], values: list[Any]) -> Mapping[int, str]:
        """Give the blank cells of a column the value that is shown there.

        `rows`: indices into the sheet's rows, ascending; `values`: theirs, filled in place. Returns the
        places whose value is lost with that of the first cell, and why.
        """
        lost: dict[int, str] = {}
        for found in self._ranges.get(column, ()):
            first = found.top - self._sheet.first_row_number
            last = found.bottom - self._sheet.first_row_number
            reason = self._sheet.lost.get((found.top, column))
            value = self._value(first, column)
            for place in range(bisect_right(rows, first), bisect_left(rows, last + 1)):
                if reason is not None:
                    lost[place] = reason
                elif values[place] == "" or values[place] is None:
                    values[place] = value
        return lost

    def _value(self, index: int, column: int) -> Any:
        place = column - self._sheet.first_column_number
        if not 0 <= index < len(self._sheet.rows) or not 0 <= place < len(self._sheet.rows[index]):
            return ""
        return self._sheet.rows[index][place]

    def over_rows(self, columns: Sequence[int], first: int) -> int:
        """How many ranges below row number `first` are filled in these columns."""
        return sum(1 for column in columns for found in self._ranges.get(column, ()) if found.top >= first)
