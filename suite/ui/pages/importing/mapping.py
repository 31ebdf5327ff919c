"""Which column goes to which field: a table that is changed in place, and what was recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from suite.contract.declarations import RecordKind
from suite.contract.states import StateKind
from suite.kernel.exchange.bounds import column_letters
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.columns import PARENT
from suite.kernel.exchange.previewed import (
    COUNTERS,
    PROBLEMS_HEADING,
    ColumnMatch,
    ColumnSource,
    SheetPreview,
)
from suite.kernel.registry.masking import masked
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.editors import ChoiceEditor
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.tokens import Height
from suite.ui.pages.importing.loaded import Loaded, field_title

#: Headings of columns that only number the lines of a table.
LEARNED = "按上次的对应关系"
NOWHERE = ""
SAMPLES, LOOK_ROWS = 3, 60

_RESIDENT = re.compile(r"\d{17}[\dXx]|\d{15}")
_PHONE = re.compile(r"1\d{10}")


@dataclass(frozen=True, kw_only=True)
class MappedColumn:
    """One line of the mapping."""

    sheet: SheetPreview
    column: ColumnMatch

    @property
    def key(self) -> tuple[str, int]:
        """What names it: sheet and column number."""
        return self.sheet.sheet, self.column.number


def certainty(line: MappedColumn, kind: RecordKind, chosen: bool, *, whole: bool = False) -> StateValue:
    """How sure the mapping of a column is, with the field's title; `whole`: there is room for all words."""
    column = line.column
    if column.duplicate:
        return StateValue(StateKind.WARN, "重复列，不读取")
    learned = column.source is ColumnSource.LEARNED
    if column.field is None:
        if chosen or learned or _is_ours(column.heading):
            return StateValue(StateKind.ENDED, "—（不导入）")
        return StateValue(StateKind.BAD, "请选择字段")
    notes = ["匹配键"] if kind.match_keys and column.field in kind.match_keys[0] else []
    notes += ["已学习"] if learned and whole else []
    near = column.source is ColumnSource.PROPOSED
    notes += ["拟，请核对"] if near else []
    notes += [f"连同{field_title(kind, key)}" for key in column.fills if key != column.field]
    notes += [column.unit.words] if column.unit is not None else []
    note = f"（{'，'.join(notes)}）" if notes else ""
    fits = not near and (column.unit is None or column.unit.factor is not None)
    return StateValue(StateKind.OK if fits else StateKind.WARN, f"{field_title(kind, column.field)}{note}")


def _is_ours(heading: str) -> bool:
    """Whether a column only numbers the rows, or says what was wrong with them."""
    return heading.strip() in COUNTERS or heading == PROBLEMS_HEADING


def unclear(loaded: Loaded, columns: dict[tuple[str, int], str | None]) -> int:
    """How many columns nobody has decided on yet."""
    return sum(
        1
        for line in lines_of(loaded)
        if certainty(line, loaded.kind, line.key in columns).kind is StateKind.BAD
    )


def proposed(loaded: Loaded) -> int:
    """How many columns are read as a nearly alike file of the sender was, which somebody should look at."""
    return sum(1 for line in lines_of(loaded) if line.column.source is ColumnSource.PROPOSED)


def lines_of(loaded: Loaded) -> list[MappedColumn]:
    """Every column of every sheet in which a header was recognised."""
    return [MappedColumn(sheet=sheet, column=column) for sheet in loaded.sheets for column in sheet.columns]


def covered(text: str) -> str:
    """A sample value, with numbers of persons and telephones masked whatever column they stand in."""
    if _RESIDENT.fullmatch(text):
        return masked("id_number", text) or ""
    return masked("phone", text) or "" if _PHONE.fullmatch(text) else text


def samples(loaded: Loaded, line: MappedColumn) -> str:
    """The first different values of a column."""
    sheet = loaded.read.sheet(line.sheet.sheet)
    place = line.column.number - sheet.first_column_number
    start = line.sheet.header_rows[-1] + 1 - sheet.first_row_number if line.sheet.header_rows else 0
    found: dict[str, None] = {}
    for row in sheet.rows[start : start + LOOK_ROWS]:
        text = as_text(row[place]) if place < len(row) else ""
        if text:
            found[covered(text)] = None
        if len(found) == SAMPLES:
            break
    return "、".join(found)


class MappingTable(TableView):
    """Columns and their fields. Enter, F2 or a double click opens the list of fields in the cell."""

    field_chosen = Signal(str, int, object)  # sheet, column number, field key or None

    def __init__(self, parent: QWidget | None = None, *, with_samples: bool = False) -> None:
        self._samples = with_samples
        columns = (
            Column(key="letter", title="列", width=34),
            Column(key="heading", title="工作簿表头", width=180 if with_samples else 98),
            *(
                (
                    Column(key="samples", title="前几行的值", width=240, stretch=True),
                    Column(key="field", title="系统字段", kind=ColumnKind.STATE, width=310),
                    Column(key="note", title="说明", width=220),
                )
                if with_samples
                else (Column(key="field", title="系统字段", kind=ColumnKind.STATE, width=100, stretch=True),)
            ),
        )
        self._source = ListSource()
        super().__init__(RowTableModel(columns, self._source), parent, row_base=Height.ROW_STANDARD - 2)
        self.setAccessibleName("列对应")
        self._loaded: Loaded | None = None
        self._lines: list[MappedColumn] = []
        self._editor: ChoiceEditor | None = None
        self._place = next(n for n, column in enumerate(columns) if column.key == "field")
        self.row_opened.connect(lambda row, _key: self.edit_field(row))
        self.edit_wanted.connect(lambda row, _key, _column: self.edit_field(row))

    def show_columns(self, loaded: Loaded, columns: dict[tuple[str, int], str | None]) -> None:
        """Show the mapping of a file."""
        self.close_editor()
        self._loaded = loaded
        self._lines = lines_of(loaded)
        several = len({line.sheet.sheet for line in self._lines}) > 1
        rows: list[tuple[object, ...]] = []
        for line in self._lines:
            letter = column_letters(line.column.number)
            heading = f"{line.sheet.sheet}：{line.column.heading}" if several else line.column.heading
            state = certainty(line, loaded.kind, line.key in columns, whole=self._samples)
            if self._samples:
                rows.append((letter, heading, samples(loaded, line), state, _note(line, loaded, columns)))
            else:
                rows.append((letter, heading, state))
        self._source.set_rows(rows, [line.key for line in self._lines])
        if rows and self.current_row < 0:
            first = next((n for n, row in enumerate(rows) if StateKind.BAD in _kinds(row)), 0)
            self.select_row(first)

    def edit_field(self, row: int) -> None:
        """Open the list of fields in the cell of a row."""
        if self._loaded is None or not 0 <= row < len(self._lines):
            return
        self.close_editor()
        line, kind = self._lines[row], self._loaded.kind
        spec = FieldSpec(
            key="field",
            title=f"{column_letters(line.column.number)} 列“{line.column.heading}”的系统字段",
            kind=FieldKind.CHOICE,
            required=True,
            choices=(Choice(NOWHERE, "不导入"), *self._choices(kind, line)),
        )
        editor = ChoiceEditor(spec)
        editor.set_value(line.column.field if line.column.field is not None else NOWHERE)
        self._editor = editor
        self.select_row(row)
        self.setIndexWidget(self.rows.index(row, self._place), editor)
        editor.drop.picked.connect(partial(self._picked, line))
        editor.line.installEventFilter(self)
        editor.line.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.line.selectAll()
        editor.offer("")

    def _choices(self, kind: RecordKind, line: MappedColumn) -> Sequence[Choice]:
        taken = {
            column.field: column_letters(column.number)
            for column in line.sheet.columns
            if column.field and not column.duplicate and column is not line.column
        }
        return [
            Choice(key, field_title(kind, key), _choice_note(kind, key, taken.get(key)))
            for key in (*kind.by_key, *_pseudo_fields(kind))
        ]

    def _picked(self, line: MappedColumn, choice: Choice) -> None:
        self.close_editor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        wanted = None if choice.value == NOWHERE else str(choice.value)
        if wanted != line.column.field or line.column.duplicate or wanted is None:
            self.field_chosen.emit(line.sheet.sheet, line.column.number, wanted)

    def close_editor(self) -> bool:
        """Take the list of fields away; False where none was open."""
        if self._editor is None:
            return False
        editor, self._editor = self._editor, None
        editor.drop.hide()
        editor.line.removeEventFilter(self)
        row = next((n for n in range(len(self._lines)) if self._widget(n) is editor), None)
        if row is not None:
            self.setIndexWidget(self.rows.index(row, self._place), None)  # type: ignore[arg-type]
        return True

    def _widget(self, row: int) -> QWidget | None:
        return self.indexWidget(self.rows.index(row, self._place))

    @property
    def editor(self) -> ChoiceEditor | None:
        """The open list of fields."""
        return self._editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() != Qt.Key.Key_Escape:
            return False
        self.close_editor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


def _kinds(row: Sequence[object]) -> list[StateKind]:
    return [value.kind for value in row if isinstance(value, StateValue)]


def _pseudo_fields(kind: RecordKind) -> list[str]:
    return [f"{PARENT}{item.key}" for item in kind.fields if item.links and "core.village" in item.links]


def _choice_note(kind: RecordKind, key: str, taken: str | None) -> str:
    field = kind.by_key.get(key)
    words = ["必填"] if field is not None and field.required else []
    if taken is not None:
        words.append(f"现对应 {taken} 列")
    return "，".join(words)


def _note(line: MappedColumn, loaded: Loaded, columns: dict[tuple[str, int], str | None]) -> str:
    if line.key in columns:
        return "由您指定"
    if line.column.source is ColumnSource.LEARNED:
        return LEARNED
    if line.column.source is ColumnSource.PROPOSED and line.sheet.near is not None:
        return f"拟照“{line.sheet.near.sender}”上次的对应"
    if line.column.duplicate:
        return f"与前面的列同为“{field_title(loaded.kind, line.column.field)}”" if line.column.field else ""
    if line.column.field is None:
        if line.column.heading == PROBLEMS_HEADING:
            return "退回的原因，不读取"
        return "只是行的序号" if _is_ours(line.column.heading) else "表头不在已知写法中"
    return "按表头识别"
