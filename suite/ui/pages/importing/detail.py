"""Below the rows: what is wrong with the chosen row, cell by cell, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from suite.contract.problems import Problem, Severity
from suite.contract.states import StateKind
from suite.kernel.exchange.clean_dates import DATE_AMBIGUOUS
from suite.kernel.exchange.date_orders import ORDERS, possible_orders
from suite.kernel.exchange.previewed import CHANGED, NEW, SAME, PreviewRow
from suite.kernel.exchange.repairs import Repairs, choices, suggestions
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.panes import FlowLayout, Frame, rule
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateGlyph
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import LARGE_TYPE, S2, S4, S8, S12, Height
from suite.ui.pages.importing.cells import CellWriter
from suite.ui.pages.importing.loaded import Group, Loaded
from suite.ui.pages.importing.mending import MendStrip

_GROUPS = (
    Column(key="field", title="字段", width=110),
    Column(key="given", title="表中的值", width=170),
    Column(key="rows", title="行数", kind=ColumnKind.NUMBER, width=70),
    Column(key="reason", title="原因与办法", width=300, stretch=True, least=160),
)
_RESULT_WORDS = {NEW: "将新增", CHANGED: "将变更", SAME: "与名册一致，不写入"}


#: So long may a value be that a repair repeats: it stands beside, and the repairs of a cell in one line.
_REPEATED = 6


def _alike(given: str) -> str:
    return f"本列“{given}”" if len(given) <= _REPEATED else "本列相同的"


class DetailPane(QWidget):
    """`repair_wanted` carries the whole of the repairs as they should be."""

    repair_wanted = Signal(object)  # Repairs
    left = Signal()  # the keyboard goes back to the rows

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._loaded: Loaded | None = None
        self._repairs = Repairs()
        self._row: PreviewRow | None = None
        self._apply: Callable[[str, bool], Repairs] | None = None
        self._first: Button | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        self.strip = MendStrip(desk)
        column.addWidget(self.strip)
        ground = Frame("surface")
        self._stack = QStackedLayout(ground)
        column.addWidget(ground, 1)
        self._area = QScrollArea()
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack.addWidget(self._area)
        self._group_source = ListSource()
        self.groups = TableView(RowTableModel(_GROUPS, self._group_source), row_base=Height.ROW_COMPACT)
        self.groups.setAccessibleName("同类问题")
        self._stack.addWidget(self.groups)
        self.groups.row_opened.connect(lambda row, _key: self.mend_group(row))
        self.groups.edit_wanted.connect(lambda row, _key, _column: self.mend_group(row))
        self.groups.escape_pressed.connect(self.left)
        self.strip.mended.connect(self._mended)
        self.strip.dropped.connect(self.drop_strip)

    # What is shown.

    def show_loaded(self, loaded: Loaded, repairs: Repairs) -> None:
        """Take a new preview; the row follows by `show_row`."""
        self._loaded, self._repairs = loaded, repairs
        self.strip.close_strip()
        self._group_source.set_rows(
            [
                (
                    loaded.kind.by_key[group.field].title,
                    group.given or "（空）",
                    group.rows,
                    group.problem.text,
                )
                for group in loaded.groups
            ]
        )

    def show_groups(self, shown: bool) -> None:
        """Show like problems together, or the chosen row."""
        self._stack.setCurrentWidget(self.groups if shown else self._area)
        if shown and self.groups.current_row < 0 and self._group_source.row_count():
            self.groups.select_row(0)

    @property
    def shows_groups(self) -> bool:
        """Whether like problems are shown together."""
        return self._stack.currentWidget() is self.groups

    def show_row(self, row: PreviewRow | None) -> None:
        """Show what is wrong with a row, or what it would do."""
        self._row = row
        self._first = None
        body = Frame("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(S12, S8, S12, S8)
        column.setSpacing(S4)
        if row is not None and self._loaded is not None:
            self._fill(column, row, self._loaded)
        column.addStretch()
        self._area.setWidget(body)

    def _fill(self, column: QVBoxLayout, row: PreviewRow, loaded: Loaded) -> None:
        errors = [p for p in row.problems if p.severity is Severity.ERROR]
        warnings = [p for p in row.problems if p.severity is Severity.WARNING]
        head = QHBoxLayout()
        head.setSpacing(S12)
        head.addWidget(label(f"第 {row.row} 行", bold=True))
        name = str(row.values.get("name") or loaded.shown(row, "name"))
        if name:
            head.addWidget(label(name, bold=True))
        told = f"{len(errors)} 处问题" if errors else _RESULT_WORDS[row.result]
        head.addWidget(label(told, bold=bool(errors), tone="bad" if errors else "text2"))
        head.addStretch()
        skip = Button("跳过本行", look=Look.LINK, tip="本行不导入，也不列入问题清单")
        skip.clicked.connect(self.skip_row)
        head.addWidget(skip)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(S12)
        grid.setVerticalSpacing(S2)
        grid.setColumnStretch(3, 1)
        for problem in (*errors, *warnings):
            self._add_problem(grid, row, problem, loaded)
        if not errors and row.changes:
            self._add_changes(grid, row, loaded)
        column.addLayout(grid)

    def _add_changes(self, grid: QGridLayout, row: PreviewRow, loaded: Loaded) -> None:
        writer = CellWriter(loaded, self._desk.suite.catalog)
        for line, (key, (old, new)) in enumerate(row.changes.items(), grid.rowCount()):
            field = loaded.kind.by_key[key]
            grid.addWidget(StateGlyph(StateKind.WARN), line, 0)
            grid.addWidget(label(f"{loaded.address(row, key)} {field.title}"), line, 1)
            words = f"“{writer.text(field, old) or '空'}”改为“{writer.text(field, new) or '空'}”"
            grid.addWidget(ElidedLabel(words), line, 2, 1, 2)

    def _add_problem(self, grid: QGridLayout, row: PreviewRow, problem: Problem, loaded: Loaded) -> None:
        line = grid.rowCount()
        grave = problem.severity is Severity.ERROR
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(StateGlyph(StateKind.BAD if grave else StateKind.WARN), line, 0, top)
        key = problem.field or ""
        field = loaded.kind.by_key.get(key)
        place = " ".join(
            part for part in (loaded.address(row, key), field.title if field else "整行") if part
        )
        grid.addWidget(label(place), line, 1, top)
        given = loaded.shown(row, key) if field is not None and loaded.column_of(row.sheet, key) else ""
        value = ElidedLabel(
            f"“{given}”" if given else "（空）" if field else "", tone="bad" if grave else "warn"
        )
        value.setMinimumWidth(min(value.sizeHint().width(), theme().pixels(180)))
        value.setMaximumWidth(theme().pixels(180))
        grid.addWidget(value, line, 2, top)
        grid.addWidget(label(problem.text, wrap=True), line, 3)
        if grave and field is not None and loaded.column_of(row.sheet, key) is not None:
            links = QWidget()
            flow = FlowLayout(links)
            for button in self._repair_buttons(row, problem, loaded):
                self._first = self._first or button
                flow.addWidget(button)
            # Large type needs the whole width for the words of a repair.
            start = 1 if theme().scale >= LARGE_TYPE else 3
            grid.addWidget(links, line + 1, start, 1, 4 - start)

    def _repair_buttons(self, row: PreviewRow, problem: Problem, loaded: Loaded) -> list[Button]:
        key = problem.field or ""
        field, column = loaded.kind.by_key[key], loaded.column_of(row.sheet, key)
        given, group = loaded.shown(row, key), loaded.alike(row, problem)
        catalog, memory = self._desk.suite.catalog, loaded.preview.memory if loaded.preview else {}
        near = suggestions(field, problem, given, catalog, memory)
        buttons = []
        if near and column is not None:
            alike, best = group.rows if group is not None else 1, near[0]
            words = f"{_alike(given)}全部改为“{best}”（{alike:,} 行）" if alike > 1 else f"改为“{best}”"
            first = Button(words, look=Look.LINK)
            first.clicked.connect(lambda: self._replace(row, column, best, alike))
            buttons.append(first)
            if len(near) > 1:
                others = Button("其他接近的值", look=Look.LINK, arrow=True)
                others.clicked.connect(lambda: self._offer(others, row, column, near[1:], alike))
                buttons.append(others)
        elif column is not None and given and (offered := choices(field, catalog)):
            alike = group.rows if group is not None else 1
            words = f"{_alike(given)}全部改为（{alike:,} 行）" if alike > 1 else "改为"
            pick = Button(words, look=Look.LINK, arrow=True)
            pick.clicked.connect(lambda: self._offer(pick, row, column, offered, alike))
            buttons.append(pick)
        if column is not None and problem.code == DATE_AMBIGUOUS:
            buttons += self._order_buttons(row, column, given, loaded)
        here = Button("在此改正（F2）", look=Look.LINK)
        here.clicked.connect(lambda: self.mend(row, problem))
        buttons.append(here)
        return buttons

    def _order_buttons(self, row: PreviewRow, column: int, given: str, loaded: Loaded) -> list[Button]:
        """One order of day, month and year for the whole column."""
        alike = loaded.like_dates(row.sheet, column, DATE_AMBIGUOUS)
        buttons = []
        for order, said in possible_orders(given).items():
            button = Button(
                f"本列按{ORDERS[order]}读（{alike:,} 行）", look=Look.LINK, tip=f"“{given}”读作 {said}"
            )
            button.clicked.connect(
                lambda _=False, order=order: self.repair_wanted.emit(
                    self._repairs.with_order(row.sheet, column, order)
                )
            )
            buttons.append(button)
        return buttons

    def _offer(self, button: Button, row: PreviewRow, column: int, near: tuple[str, ...], alike: int) -> None:
        menu = QMenu(self)
        for text in near:
            words = f"{text}（本列相同的 {alike:,} 行一并改）" if alike > 1 else text
            menu.addAction(words).triggered.connect(
                lambda _=False, text=text: self._replace(row, column, text, alike)
            )
        button.open_menu(menu)

    def _replace(self, row: PreviewRow, column: int, text: str, alike: int) -> None:
        self.repair_wanted.emit(self._repaired(row.sheet, row.row, column, text, whole=alike > 1))

    def _repaired(self, sheet: str, row: int, column: int, text: str, *, whole: bool) -> Repairs:
        if not whole or self._loaded is None:
            return self._repairs.with_cell(sheet, row, column, text)
        return self._repairs.with_value(sheet, column, self._loaded.read.given(sheet, row, column), text)

    # Acts.

    def skip_row(self) -> None:
        """Leave the chosen row out."""
        if self._row is not None:
            self.repair_wanted.emit(self._repairs.without_row(self._row.sheet, self._row.row))

    def mend_cell(self, row: PreviewRow, key: str) -> None:
        """F2: mend the cell if it is wrong, else the first wrong cell of the row."""
        wrong = [p for p in row.problems if p.severity is Severity.ERROR and p.field]
        chosen = next((p for p in wrong if p.field == key), wrong[0] if wrong else None)
        if chosen is not None:
            self.mend(row, chosen)

    def mend(self, row: PreviewRow, problem: Problem) -> None:
        """Open the editor for one problem of a row."""
        loaded, key = self._loaded, problem.field or ""
        column = loaded.column_of(row.sheet, key) if loaded is not None else None
        if loaded is None or column is None:
            return
        field, group = loaded.kind.by_key[key], loaded.alike(row, problem)
        self._apply = lambda text, whole: self._repaired(row.sheet, row.row, column, text, whole=whole)
        caption = f"改正 {loaded.address(row, key)} {field.title}"
        districts = list(loaded.districts.values())
        hint = loaded.unit_hint(row.sheet, key)
        alike = group.rows if group else 1
        self.strip.begin(caption, field, loaded.shown(row, key), alike, districts, hint=hint)

    def mend_group(self, number: int) -> None:
        """Open the editor for all rows with one value and one problem."""
        loaded = self._loaded
        if loaded is None or not 0 <= number < len(loaded.groups):
            return
        group: Group = loaded.groups[number]
        field = loaded.kind.by_key[group.field]
        self._apply = lambda text, _whole: self._repairs.with_value(
            group.sheet, group.column, group.given, text
        )
        caption = f"{field.title}“{group.given or '空'}”改为"
        districts = list(loaded.districts.values())
        hint = loaded.unit_hint(group.sheet, group.field)
        self.strip.begin(caption, field, group.given, group.rows, districts, hint=hint, cell=False)

    def _mended(self, text: str, whole: bool) -> None:
        if self._apply is not None:
            self.repair_wanted.emit(self._apply(text, whole))
            self.strip.close_strip()
            self.left.emit()

    def drop_strip(self) -> bool:
        """Esc in the editor; False where none was open."""
        closed = self.strip.close_strip()
        if closed:
            (self.groups.setFocus if self.shows_groups else self.left.emit)()
        return closed

    def focus_first(self) -> None:
        """Give the keyboard to the first repair."""
        if self.shows_groups:
            self.groups.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)
