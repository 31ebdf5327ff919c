"""The entries of a ledger as a table: columns from the fields, cells from the values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from suite.contract.declarations import Field, FieldType
from suite.contract.states import StateKind
from suite.kernel.ledgers.queries import EntryLine
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.loader.catalog import Catalog
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.state import StateValue

#: Of these types, how a cell is drawn and how wide it is.
_KINDS = {
    FieldType.DATE: (ColumnKind.DATE, 100),
    FieldType.INTEGER: (ColumnKind.NUMBER, 96),
    FieldType.DECIMAL: (ColumnKind.NUMBER, 120),
    FieldType.DISTRICT: (ColumnKind.TEXT, 84),
    FieldType.BOOLEAN: (ColumnKind.TEXT, 84),
    FieldType.CODE: (ColumnKind.TEXT, 110),
    FieldType.CODES: (ColumnKind.TEXT, 150),
    FieldType.LINK: (ColumnKind.TEXT, 170),
}
CHARACTER, CELL = 14, 24
OWN_WIDTHS = {"number": 96, "title": 200}
STRUCK = StateValue(StateKind.ENDED, "已划去")


def listed_fields(sheet: LedgerSheet) -> list[Field]:
    """The fields that the list shows, the state last but one can see it without scrolling."""
    listed = [field for field in sheet.fields if field.listed]
    return [field for field in listed if field.key != "state"]


def columns_of(sheet: LedgerSheet, *, state: bool) -> tuple[Column, ...]:
    """The columns of a ledger's list. `state`: with the state, and whether it was crossed out."""
    made = []
    for field in listed_fields(sheet):
        kind, width = _KINDS.get(field.type, (ColumnKind.TEXT, 120))
        width = max(OWN_WIDTHS.get(field.key, width), CHARACTER * len(field.title) + CELL)
        made.append(
            Column(
                key=field.key,
                title=field.title,
                kind=kind,
                width=width,
                sortable=not field.links,
                stretch=field.key == "title",
            )
        )
    if state:
        made.insert(2, Column(key="state", title="状态", kind=ColumnKind.STATE, width=104, sortable=True))
    return tuple(made)


def shows_state(sheet: LedgerSheet, lines: Sequence[EntryLine]) -> bool:
    """Whether there is a state to show: the ledger has some, or an entry was crossed out."""
    return bool(sheet.ledger.states) or any(line.struck_by for line in lines)


def cells_of(
    sheet: LedgerSheet,
    line: EntryLine,
    catalog: Catalog,
    districts: Mapping[str, str],
    today: dt.date,
    *,
    state: bool,
) -> tuple[object, ...]:
    """One entry as the cells of its row."""
    cells: list[object] = [_cell(field, line, catalog, districts) for field in listed_fields(sheet)]
    if state:
        cells.insert(2, state_of(sheet, line, catalog, today))
    return tuple(cells)


def state_of(sheet: LedgerSheet, line: EntryLine, catalog: Catalog, today: dt.date) -> StateValue | None:
    """The state of an entry; one that should have been done says so."""
    if line.struck_by is not None:
        return STRUCK
    value = line.values.get("state")
    state = next((one for one in sheet.ledger.states if one.key == value), None)
    if state is None:
        return None
    if line.due is not None and line.due < today:
        return StateValue(StateKind.BAD, f"{state.title}·逾期")
    return StateValue(state.kind, state.title)


def _cell(field: Field, line: EntryLine, catalog: Catalog, districts: Mapping[str, str]) -> object:
    if field.links:
        return line.words_of_role(field.key) or None
    value: Any = line.values.get(field.key)
    if field.type in (FieldType.CODE, FieldType.CODES):
        return catalog.code_title(field.codes or "", value) or None
    if field.type is FieldType.DISTRICT:
        return districts.get(value, value) or "全市"
    return value
