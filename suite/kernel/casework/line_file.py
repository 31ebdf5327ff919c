"""The lists of a case as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from suite.contract.casework import CaseList, LineColumn
from suite.kernel.casework.current import Standing
from suite.kernel.casework.line_rules import cells_of
from suite.loader.catalog import Catalog
from suite.tables import LineOfCase


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """A line: its cells in words, in the order of the list's columns; `struck` says when, by whom and why
    it was crossed out, empty for one that stands. `values` are the cells themselves, by cell."""

    id: int
    no: int
    words: tuple[str, ...]
    values: Mapping[str, Any]
    struck: str
    replaces: int | None


@dataclass(frozen=True, kw_only=True)
class ListFile:
    """One list of the case with all its lines, those crossed out included, in the order they came."""

    case_list: CaseList
    rows: tuple[LineRow, ...]


def list_files(found: Standing, catalog: Catalog, names: Mapping[str, str]) -> tuple[ListFile, ...]:
    """Every list of the case's kind, but for those that only steps bring lines of, before one did."""
    files = (
        ListFile(
            case_list=item,
            rows=tuple(_row(item, row, catalog, names) for row in found.lines if row.list_key == item.key),
        )
        for item in found.kind.lists
    )
    return tuple(file for file in files if file.rows or not file.case_list.with_steps)


def lists_refusal(found: Standing, may_handle: bool) -> str:
    """Why no line may be added or changed; empty where it may."""
    if not may_handle:
        return "您没有办理本件的权限"
    if found.lifecycle.by_state[found.case.state].terminal:
        return "本件已经办结，清单不能再改"
    return ""


def _row(case_list: CaseList, row: LineOfCase, catalog: Catalog, names: Mapping[str, str]) -> LineRow:
    cells = cells_of(row)
    struck = ""
    if row.struck_on is not None:
        who = names.get(row.struck_by or "", row.struck_by or "")
        struck = f"{row.struck_on} {who}划去：{row.struck_reason}"
    return LineRow(
        id=row.id,
        no=row.no,
        words=tuple(cell_words(catalog, column, cells.get(column.cell)) for column in case_list.columns),
        values={cell.value: value for cell, value in cells.items()},
        struck=struck,
        replaces=row.replaces,
    )


def cell_words(catalog: Catalog, column: LineColumn, value: Any) -> str:
    """A cell as it is read."""
    if value is None:
        return ""
    if column.codes is not None:
        return catalog.code_title(column.codes, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value.normalize():,f}" if isinstance(value, Decimal) else str(value)
