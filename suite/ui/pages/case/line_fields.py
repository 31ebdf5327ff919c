"""The lists of which a step takes lines, as grids of its form; and what was typed as the command's lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suite.contract.case_facts import Cell
from suite.contract.casework import (
    CaseKind,
    CaseList,
    LineColumn,
)
from suite.kernel.casework.commands import LineGiven
from suite.loader.catalog import Catalog
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.line_grid import LineGrid

_KINDS: Mapping[Cell, FieldKind] = {
    Cell.CODE: FieldKind.CHOICE,
    Cell.GRADE: FieldKind.CHOICE,
    Cell.DAY: FieldKind.DATE,
    Cell.UNTIL: FieldKind.DATE,
    Cell.DONE: FieldKind.DATE,
    Cell.FIGURE: FieldKind.NUMBER,
    Cell.FLAG: FieldKind.BOOL,
}


def column_spec(column: LineColumn, catalog: Catalog) -> FieldSpec:
    """A column of a list as a field."""
    kind = _KINDS.get(column.cell, FieldKind.TEXT)
    return FieldSpec(
        key=column.cell.value,
        title=column.title,
        kind=kind,
        required=column.required,
        choices=_choices(column, catalog),
        places=2 if kind is FieldKind.NUMBER else 0,
        ahead=True,
        quiet=True,
    )


def _choices(column: LineColumn, catalog: Catalog) -> tuple[Choice, ...]:
    if column.codes is None:
        return ()
    return tuple(
        Choice(code.value, code.title, words=" ".join(code.also))
        for code in catalog.codes[column.codes].codes
    )


def list_grid(case_list: CaseList, catalog: Catalog) -> LineGrid:
    """A list as a grid; a checklist has a line for each of its items."""
    columns = case_list.columns
    fixed: tuple[Choice, ...] = ()
    if case_list.checklist:
        fixed = _choices(case_list.by_cell[Cell.CODE], catalog)
        columns = tuple(column for column in columns if column.cell is not Cell.CODE)
    return LineGrid(case_list.title, [column_spec(column, catalog) for column in columns], fixed)


def step_grids(lists: Sequence[str], kind: CaseKind, catalog: Catalog) -> dict[str, LineGrid]:
    """List key → grid, for the lists that a step names."""
    return {key: list_grid(kind.by_list[key], catalog) for key in lists}


def given_lines(grids: Mapping[str, LineGrid]) -> tuple[LineGiven, ...]:
    """What was typed in the grids. Raises ValueError while something cannot be read."""
    return tuple(line_given(key, values) for key, grid in grids.items() for values in grid.given())


def line_given(list_key: str, values: Mapping[str, Any]) -> LineGiven:
    """One line from what was typed, by cell."""
    cells = {("code" if key == "fixed" else key): value for key, value in values.items()}
    return LineGiven(list_key=list_key, **cells)
