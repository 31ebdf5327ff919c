"""台账: the ledgers on the left, the entries of one on the right, one entry in a form in place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.ledgers.queries import (
    EntryLine,
    EntryQuery,
    entry_counts,
    entry_ids,
    entry_lines,
    entry_years,
)
from suite.kernel.ledgers.sheet import LedgerSheet, readable_ledgers
from suite.kernel.registry.districts import short_district_names
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column
from suite.ui.kit.filter_panels import FilterSpec, Option
from suite.ui.kit.filters import FilterButton
from suite.ui.kit.header import SortKeys
from suite.ui.kit.line import LineEdit
from suite.ui.kit.notices import EmptyState, Notice, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Pane, scrolled
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height, TextSize, Width
from suite.ui.pages.ledgers.acts import LedgerActs
from suite.ui.pages.ledgers.chooser import LedgerChooser
from suite.ui.pages.ledgers.listing import cells_of, columns_of, shows_state

#: More entries than this are not listed; a year or some words narrow it.
SHOWN = 2_000
STRUCK = "struck"
CHOOSER = 250


class Answer(NamedTuple):
    """What the page shows of one ledger."""

    lines: list[EntryLine]
    many: int
    counts: Mapping[str, int]
    years: list[int]
    districts: Mapping[str, str]


class LedgersPage(Page):
    """`wanted` is the key of a ledger, or (key, ids) of entries that were picked elsewhere."""

    def __init__(self, desk: Desk, wanted: object = None, parent: QWidget | None = None) -> None:
        super().__init__("ledgers", "台账", "table", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.sheets = readable_ledgers(desk.actor, desk.suite.catalog)
        self.lines: list[EntryLine] = []
        self.districts: Mapping[str, str] = {}
        self.picked: tuple[int, ...] = ()
        self.order: tuple[str, bool] = ("", False)
        self._state = False
        key = wanted[0] if isinstance(wanted, tuple) and wanted else wanted
        found = next((sheet for sheet in self.sheets if sheet.key == key), None)
        if isinstance(wanted, tuple) and len(wanted) == 2 and found is not None:
            self.picked = tuple(wanted[1])
        self.sheet: LedgerSheet | None = found or (self.sheets[0] if self.sheets else None)
        self._lay_out()
        if self.sheet is None:
            self.body.hide()
            sentence = "您没有查看台账的权限，请联系科室管理员。"
            self.content.addWidget(EmptyState(sentence), 1)
            return
        self.chooser.show_ledger(self.sheet.key)
        self.desk.changed.connect(self._changed)
        self._show_sheet()

    # Building.

    def _lay_out(self) -> None:
        self.form_area = scrolled(QWidget())
        strips = QVBoxLayout(self.form_area.widget())
        strips.setContentsMargins(0, 0, 0, 0)
        strips.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body = QWidget()
        row = QHBoxLayout(self.body)
        row.setContentsMargins(S12, S8, S12, S12)
        row.setSpacing(S8)
        self.chooser = LedgerChooser(self.sheets, self.desk.suite.catalog)
        self.chooser.setFixedWidth(theme().pixels(CHOOSER))
        self.chooser.chosen.connect(self.show_ledger)
        row.addWidget(self.chooser)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._head())
        right.addWidget(self._filters())
        self.note = label("", tone="text2", size=TextSize.CAPTION, wrap=True)
        self.note.setContentsMargins(S12, 0, S12, S8)
        right.addWidget(self.note)
        self.place = QVBoxLayout()
        right.addLayout(self.place)
        self.acts = LedgerActs(self, self.place, strips)
        self.pane = Pane("")
        self.source = ListSource()
        self.table = self._table(())
        self.pane.body.addWidget(self.table, 1)
        self.empty = EmptyState("正在读取…", "新增", self.acts.ask_new)
        self.empty.button.hide()
        self.pane.body.addWidget(self.empty, 1)
        self.table.hide()
        right.addWidget(self.pane, 1)
        self.count = label("", tone="text2", size=TextSize.CAPTION)
        self.count.setContentsMargins(S12, S8, S12, 0)
        right.addWidget(self.count)
        row.addLayout(right, 1)
        self.content.addWidget(self.body, 1)
        self.content.addWidget(self.form_area, 1)
        self.form_area.hide()
        self.set_hints("Enter 打开　Ctrl+N 新增　Ctrl+E 编辑　Ctrl+F 查找　F5 刷新")

    def _head(self) -> QWidget:
        head = Bar("window", Height.PROFESSION_TABS)
        self.heading = label("", size=TextSize.SECTION, bold=True)
        head.row.addWidget(self.heading)
        head.row.addStretch()
        self.strike = Button("划去…")
        self.edit = Button("编辑…", icon_name="edit")
        self.taking = Button("导入…", icon_name="import")
        self.giving = Button("导出…", icon_name="export")
        self.add = Button("新增…", icon_name="plus", look=Look.PRIMARY)
        for button, act in (
            (self.strike, "ask_strike"),
            (self.edit, "ask_edit"),
            (self.taking, "open_import"),
            (self.giving, "ask_export"),
            (self.add, "ask_new"),
        ):
            button.clicked.connect(lambda _=False, act=act: getattr(self.acts, act)())
            head.row.addWidget(button)
        return head

    def _filters(self) -> QWidget:
        bar = Bar("window", Height.FILTER_BAR)
        self.words = LineEdit(placeholder="编号、事项、名称、内容", icon_name="search")
        self.words.setFixedWidth(theme().pixels(Width.DOCK))
        self.words.setAccessibleName("按编号、事项、所涉名称或内容查找台账记录")
        self.words.settled.connect(lambda _text: self.refresh())
        bar.row.addWidget(self.words)
        self.year = FilterButton(FilterSpec(key="year", title="年份"))
        self.states = FilterButton(FilterSpec(key="state", title="状态"))
        self.district = FilterButton(FilterSpec(key="district", title="区县"))
        self.struck = FilterButton(
            FilterSpec(key=STRUCK, title="已划去", options=(Option(STRUCK, "连同已划去的"),))
        )
        for button in (self.year, self.states, self.district, self.struck):
            button.value_changed.connect(lambda _value: self.refresh())
            bar.row.addWidget(button)
        bar.row.addStretch()
        return bar

    def _table(self, columns: tuple[Column, ...]) -> TableView:
        table = TableView(RowTableModel(columns, self.source, self))
        table.setAccessibleName("台账记录")
        table.row_opened.connect(lambda _row, _key: self.acts.ask_edit())
        table.row_settled.connect(lambda _row, _key: self._allow())
        table.sort_changed.connect(self._sort)
        return table

    # Which ledger.

    def show_ledger(self, key: str, picked: tuple[int, ...] = ()) -> None:
        """Show another ledger, or some of its entries."""
        found = next((sheet for sheet in self.sheets if sheet.key == key), None)
        if found is None:
            return
        self.acts.close()
        self.sheet, self.picked = found, picked
        self.chooser.show_ledger(key)
        self._show_sheet()

    def _show_sheet(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        ledger = sheet.ledger
        self.heading.setText(sheet.title)
        parts = [ledger.help, f"依据：{ledger.article}" if ledger.article else ""]
        self.note.setText("　".join(part for part in parts if part))
        self.note.setVisible(any(parts))
        self.lines, self.order = [], ("", False)
        self.words.setText("")
        options = tuple(Option(state.key, state.title) for state in ledger.states)
        self.states.set_spec(FilterSpec(key="state", title="状态", options=options))
        self.states.setVisible(bool(options))
        for button in (self.year, self.district, self.struck):
            button.set_value(None)
        self._show_columns(state=bool(ledger.states))
        self.refresh()

    def _show_columns(self, *, state: bool) -> None:
        assert self.sheet is not None  # noqa: S101 - asked by those who call it
        self._state = state
        former, self.source = self.table, ListSource()
        self.table = self._table(columns_of(self.sheet, state=state))
        self.pane.body.replaceWidget(former, self.table)
        former.hide()
        former.deleteLater()
        self.table.hide()

    # Reading.

    def query(self) -> EntryQuery:
        """What is asked for, from the filters."""
        assert self.sheet is not None  # noqa: S101 - asked by those who call it

        def chosen(button: FilterButton) -> list[object]:
            return list(button.value) if isinstance(button.value, list | tuple) else []

        order, down = self.order
        return EntryQuery(
            ledger=self.sheet.key,
            words=self.words.text().strip(),
            years=tuple(int(str(one)) for one in chosen(self.year)),
            districts=tuple(str(one) for one in chosen(self.district)),
            states=tuple(str(one) for one in chosen(self.states)),
            struck=bool(chosen(self.struck)),
            ids=self.picked,
            order=order,
            down=down,
        )

    def refresh(self) -> None:
        """F5."""
        if self.sheet is None:
            return
        suite, actor, query = self.desk.suite, self.desk.actor, self.query()

        def read(session: ReadSession) -> Answer:
            ids = entry_ids(session, actor, suite.catalog, query, limit=SHOWN + 1)
            return Answer(
                entry_lines(session, actor, suite.catalog, query.ledger, ids[:SHOWN]),
                len(ids),
                entry_counts(session, actor, suite.catalog),
                entry_years(session, actor, suite.catalog, query.ledger),
                short_district_names(session),
            )

        self.asking.read(read, partial(self._came, query), self.lost)

    def _came(self, query: EntryQuery, answer: Answer) -> None:
        sheet = self.sheet
        if sheet is None or query != self.query():
            return  # another question has been asked meanwhile
        kept = self.table.current_key
        self.lines, self.districts = answer.lines, answer.districts
        state = shows_state(sheet, self.lines)
        if state != self._state:
            self._show_columns(state=state)
        catalog, today = self.desk.suite.catalog, self.desk.suite.today
        rows = [cells_of(sheet, line, catalog, self.districts, today, state=state) for line in self.lines]
        self.source.set_rows(rows, [line.id for line in self.lines])
        self.chooser.show_counts(answer.counts)
        if self.year.value is None:
            self.year.set_spec(_options("year", "年份", {str(one): f"{one} 年" for one in answer.years}))
        if self.district.value is None:
            self.district.set_spec(_options("district", "区县", answer.districts))
        self.table.setVisible(bool(self.lines))
        self.empty.setVisible(not self.lines)
        if self.lines:
            place = next((n for n, line in enumerate(self.lines) if line.id == kept), 0)
            self.table.select_row(place)
        else:
            self._tell_empty(query)
        self._tell_count(answer.many)
        self._allow()

    def _tell_empty(self, query: EntryQuery) -> None:
        narrowed = query != EntryQuery(ledger=query.ledger)
        assert self.sheet is not None  # noqa: S101 - what came belongs to a ledger
        title = self.sheet.title
        if narrowed:
            self.empty.set_sentence(f"“{title}”中没有符合条件的记录。清除条件可看全部。")
            self.empty.button.hide()
            return
        self.empty.set_sentence(f"“{title}”还没有记录。可以逐条新增，也可以从表格导入。")
        self.empty.button.setVisible(not self.acts.refusal("ledger:edit"))

    def _tell_count(self, many: int) -> None:
        unit = self.sheet.unit if self.sheet else ""
        found = f"超过 {SHOWN:,} {unit}，请按年份或文字筛选" if many > SHOWN else f"{many:,} {unit}"
        today = self.desk.suite.today
        late = sum(1 for line in self.lines if line.due is not None and line.due < today)
        picked = "来自其他页面的所选记录，" if self.picked else ""
        self.count.setText(f"{picked}{found}" + (f"　逾期 {late} {unit}" if late else ""))

    @property
    def current(self) -> EntryLine | None:
        """The entry that is chosen."""
        key = self.table.current_key
        return next((line for line in self.lines if line.id == key), None)

    def _allow(self) -> None:
        """Each button, with the reason where it does nothing."""
        line = self.current
        no_right = self.acts.refusal("ledger:edit")
        self.add.set_refusal(no_right)
        self.taking.set_refusal(self.acts.refusal("roster:import") or no_right)
        self.giving.set_refusal(self.acts.refusal("roster:export"))
        why = "先在表中选择一条" if line is None else ""
        if line is not None and line.struck_by is not None:
            why = "已划去的记录不能再改"
        elif line is not None and not line.editable:
            why = "这条记录不在您的管理范围"
        self.edit.set_refusal("" if line is not None else why)
        self.edit.setText("编辑…" if line is None or line.editable else "查看…")
        self.strike.set_refusal(no_right or why)
        self.commands_changed.emit()

    def _sort(self, keys: SortKeys) -> None:
        self.order = (keys[0][0], not keys[0][1]) if keys else ("", False)
        self.refresh()

    def lost(self, error: Exception) -> None:
        """Tell why something could not be read or written."""
        if not self.lines:
            self.table.hide()
            self.empty.set_sentence(sentence_of(error))
            self.empty.show()
            return
        notice = Notice(
            kind=NoticeKind.BAD, text=sentence_of(error), buttons=(("重试", self.refresh),), closable=True
        )
        self.show_notice(notice)

    def _changed(self, done: Done) -> None:
        keys = {sheet.key for sheet in self.sheets}
        if any(change.kind in keys for change in done.changes):
            self.refresh()

    # What the window asks.

    def has_unsaved(self) -> bool:
        """True while something typed in the form is not sent."""
        return self.acts.is_dirty

    def discard(self) -> None:
        """Throw the form away."""
        self.acts.close()

    def step_back(self) -> bool:
        """Esc: close the form or the strip."""
        return self.acts.close()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the list."""
        (self.table if self.lines else self.words).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The ledgers, the filter, the entries."""
        return self.chooser.table, self.words, self.table

    def commands(self) -> tuple[PageCommand, ...]:
        """What can be done here, in the menu 办理 and the palette."""
        if self.sheet is None:
            return ()
        return tuple(
            PageCommand(
                menu="act",
                text=text,
                run=run,
                key=key,
                refusal="" if button.isEnabled() else button.toolTip(),
            )
            for text, run, key, button in (
                ("新增台账记录", self.acts.ask_new, "Ctrl+N", self.add),
                ("编辑台账记录", self.acts.ask_edit, "Ctrl+E", self.edit),
                ("划去台账记录", self.acts.ask_strike, "", self.strike),
                ("导入台账", self.acts.open_import, "", self.taking),
                ("导出台账", self.acts.ask_export, "", self.giving),
            )
        )


def _options(key: str, title: str, values: Mapping[str, str]) -> FilterSpec:
    return FilterSpec(
        key=key, title=title, options=tuple(Option(value, words) for value, words in values.items())
    )
