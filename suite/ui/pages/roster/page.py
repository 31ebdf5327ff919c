"""名册: the list page of every kind of every profession."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from suite.contract.commands import Done
from suite.contract.declarations import RecordKind
from suite.kernel.registry.commands import DeleteView, SaveView
from suite.ui.asking import Asking
from suite.ui.desk import Desk
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.day_panel import DayPanel
from suite.ui.kit.filter_panels import ChoicePanel, FilterSpec, Option
from suite.ui.kit.page import PageCommand
from suite.ui.kit.table import TableView
from suite.ui.pages.roster.acts import RosterActs
from suite.ui.pages.roster.state import ListAsk
from suite.ui.pages.roster.view import RosterView
from suite.ui.pages.roster.views import OTHER, View
from suite.ui.remembered import Remembered
from suite.ui.roster_pages import OF_A_ROSTER, roster_kinds
from suite.ui.strip_place import StripPlace

#: Several commands in a row (an import, a series of edits) bring the list up to date once.
SETTLE_MS = 150
NO_MERGE = "您没有合并重复档案的权限，请联系科室管理员"


class RosterPage(RosterView):
    """`argument` opens it on (kind,) with its first view, on (kind, ((field key, value), …)) with just these
    conditions, on (kind, conditions, (title, ids)) with just the records of a matter of the desk, on
    (kind, conditions, (title, ids, word), "2025-12-31") as they were on a day, None on what was shown last.

    It asks the window for `("record", (kind, subject id or None))`, `("import", kind)` and
    `("merging", (kind,))` or `("merging", (kind, kept, gone))`.
    """

    def __init__(self, desk: Desk, argument: object = None, *, remembered: Remembered) -> None:
        super().__init__(desk, remembered)
        self.acts = RosterActs(desk, self, self.area.progress, self.happened.emit, self.fail)
        self.asks = StripPlace(self, self.strips, Asking(desk, self))
        self.area.bulk.add_act("批量导出", self.export_checked, icon_name="export")
        self.area.bulk.add_act("复制", self.copy_checked, icon_name="copy")
        self.area.bulk.add_act("合并两份", self.merge_checked)
        self._columns_panel: ChoicePanel | None = None
        self._wanted_view = ""
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(lambda: self.reload(quiet=True))
        self._connect()
        self.start(argument)

    def _connect(self) -> None:
        self.head.kind_wanted.connect(self.show_kind)
        self.head.new_wanted.connect(self.new_record)
        self.head.import_wanted.connect(self.open_import)
        self.head.export_wanted.connect(self.export_shown)
        self.head.coverage_wanted.connect(lambda key: self.open_wanted.emit("coverage", key))
        self.views.view_chosen.connect(self._view_chosen)
        self.views.save_wanted.connect(self._save_view)
        self.views.delete_wanted.connect(self._delete_view)
        self.views.day_wanted.connect(self._choose_day)
        self.filters.filters_changed.connect(self._filters_changed)
        self.filters.columns_wanted.connect(self._choose_columns)
        self.filters.refresh_wanted.connect(self.refresh)
        self.area.table_made.connect(self._connect_table)
        self.area.checks_changed.connect(self._tell_checks)
        self.area.layout_changed.connect(self._keep_layout)
        self.listing.shown.connect(self._tell_checks)
        self.dock.open_wanted.connect(lambda kind, one: self.open_wanted.emit("record", (kind, one)))
        self.dock.closed.connect(lambda: self._kept.put("roster.dock_closed", True))
        self.counts.views_known.connect(self._views_known)
        self._desk.changed.connect(self._changed)

    def _connect_table(self, table: TableView) -> None:
        table.sort_changed.connect(self._sort_changed)
        table.row_opened.connect(self._open_row)
        table.link_clicked.connect(lambda row, key, _column: self._open_row(row, key))
        table.edit_wanted.connect(lambda row, key, _column: self._open_row(row, key))
        table.row_settled.connect(self._show_summary)
        table.check_all_wanted.connect(self._check_all)

    # Conditions, order, columns.

    def _filters_changed(self, values: dict[str, object]) -> None:
        self.ask = ListAsk(filters=values, sort=self.ask.sort, layout=self.ask.layout)
        current = self.views.current
        self.views.show_ask(self.ask, current.key if current is not None else None)
        self.reload()

    def _sort_changed(self, keys: tuple[tuple[str, bool], ...]) -> None:
        self.ask = ListAsk(filters=self.ask.filters, sort=keys, layout=self.ask.layout)
        self.reload()

    def _view_chosen(self, view: View) -> None:
        self._show_ask(view.ask, view.key)

    def _views_known(self, views: list[View]) -> None:
        self.views.set_views(views)
        wanted = next((view for view in views if view.own and view.title == self._wanted_view), None)
        self._wanted_view = ""
        current = wanted or self.views.current
        self.views.show_ask(self.ask, current.key if current is not None else None)
        if self.kind is not None and not self.listing.asking:
            self.counts.read_soon(self.kind, views, self.as_of)

    def _save_view(self, name: str, shared: bool) -> None:
        if self.kind is None:
            return
        ask = ListAsk(filters=self.ask.filters, sort=self.ask.sort, layout=self.area.layout_state())
        command = SaveView(kind=self.kind.key, name=name, query=ask.to_json(), shared=shared)
        self._wanted_view = name
        self._desk.run(command, self._views_changed, self.fail)

    def _delete_view(self, view: View) -> None:
        if view.saved_id is not None:
            self._desk.run(DeleteView(view_id=view.saved_id), self._views_changed, self.fail)

    def _views_changed(self, _done: Done) -> None:
        if self.kind is not None:
            self.counts.read_views(self.kind)

    def _choose_columns(self) -> None:
        if self.kind is None:
            return
        columns = self.area.table.rows.columns if self.area.table is not None else ()
        options = tuple(Option(one.key, one.title) for one in columns if one.key and not one.pinned)
        if self._columns_panel is not None:
            self._columns_panel.dismiss()
            self._columns_panel.deleteLater()
        panel = ChoicePanel(FilterSpec(key="columns", title="列", options=options), self)
        panel.set_value([column.key for column in self.area.shown_columns()])
        panel.value_changed.connect(lambda keys: self.area.show_columns(keys or ()))
        self._columns_panel = panel
        panel.open_at(self.filters.columns_button, panel.first_widget())

    def _keep_layout(self) -> None:
        if self.kind is None:
            return
        layout = self.area.layout_state()
        current = self.views.current
        if current is not None and current.ask.layout is not None:
            self.ask = ListAsk(filters=self.ask.filters, sort=self.ask.sort, layout=layout)
        else:
            self._kept.put(f"roster.columns.{self.kind.key}", layout)

    def _choose_day(self) -> None:
        panel = DayPanel(self, self._desk.suite.today)
        panel.chosen.connect(self.set_day)
        panel.closed.connect(panel.deleteLater)
        panel.open_at(self.views.day_button, panel.line)

    # Rows.

    def _show_summary(self, _row: int, key: object) -> None:
        if self.kind is not None and isinstance(key, int) and self.dock.wanted != key:
            self.dock.show_subject(self.kind.key, key, self.as_of)

    def _open_row(self, _row: int, key: object) -> None:
        if self.kind is not None and isinstance(key, int):
            self.open_wanted.emit("record", (self.kind.key, key))

    def select(self, subject_id: int) -> bool:
        """Make a record current and bring it into sight; False where the list does not hold it."""
        row = self.source.place(subject_id) if self.source is not None else None
        if row is None or self.area.table is None:
            return False
        self.area.table.select_row(row)
        return True

    def _check_all(self) -> None:
        if self.area.model is not None:
            self.area.model.set_checked(self.listing.ids)
            if self.listing.capped and self.kind is not None:
                shown = f"{len(self.listing.ids):,} {self.kind.unit}"
                self.happened.emit(f"已勾选列出的 {shown}，未列出的不在内")

    def _tell_checks(self) -> None:
        checked = self.area.checked()
        outside = len(checked.difference(self.listing.ids)) if checked else 0
        self.area.bulk.show_count(len(checked), None if self.listing.capped else outside)

    def _checked_in_order(self) -> list[int]:
        checked = self.area.checked()
        listed = [one for one in self.listing.ids if one in checked]
        return [*listed, *sorted(checked.difference(listed))]

    # Acts.

    def new_record(self) -> None:
        """Ask the window for an empty record of this kind."""
        if self.kind is not None and self.head.new_button.isEnabled():
            self.open_wanted.emit("record", (self.kind.key, None))

    def export_shown(self) -> None:
        """Everything in the filter, in the columns and the order that are shown."""
        self._export(None)

    def export_checked(self) -> None:
        """The checked records."""
        self._export(self._checked_in_order())

    def _export(self, ids: list[int] | None) -> None:
        kind = self.kind
        if kind is None or not self._may(kind, "roster:export"):
            return
        words = self.filters.words() if ids is None else f"勾选的 {len(ids)} {kind.unit}"
        # What the strip says is exported, whatever is set in the list meanwhile.
        query, columns = self._query(), [column.key for column in self.area.shown_columns()]
        strip = ConfirmStrip(
            f"导出{kind.title}（{words or '全部'}）：号码保持掩码；文件里写明导出人、时间和事由。",
            "选择文件…",
        )

        def export(reason: str) -> None:
            self.asks.close()
            path = self.acts.choose_file(kind)
            if path is not None:
                self.acts.export(kind, query, columns, path, ids=ids, conditions=words, reason=reason)

        strip.confirmed.connect(export)
        self.asks.begin(strip)

    def copy_checked(self) -> None:
        """The checked records onto the clipboard."""
        if self.kind is not None:
            columns = self.area.shown_columns()
            self.acts.copy(self.kind, self._query(), columns, self.writers, self._checked_in_order())

    def find_duplicates(self) -> None:
        """Ask the window for what was probably kept twice."""
        if self.kind is not None:
            self.open_wanted.emit("merging", (self.kind.key,))

    def merge_checked(self) -> None:
        """Ask the window to compare the two checked records."""
        checked = self._checked_in_order()
        if self.kind is None or not self._may(self.kind, "roster:merge"):
            self.happened.emit(NO_MERGE)
        elif len(checked) != 2:
            self.happened.emit(f"合并须勾选两份档案，现勾选了 {len(checked):,} 份")
        else:
            self.open_wanted.emit("merging", (self.kind.key, *checked))

    def _may(self, kind: RecordKind, action: str) -> bool:
        return self._desk.actor.may(f"{kind.owner}:{action}")

    # News of changes.

    def _changed(self, done: Done) -> None:
        kind, source = self.kind, self.source
        if kind is None or source is None:
            return
        linked = {key for field in kind.fields for key in field.links}
        for change in done.changes:
            if change.kind in self._catalog.kinds:
                self.counts.forget([change.kind])
            if change.kind == kind.key:
                source.refresh_ids(None if change.many else change.ids)
                if change.touches(kind.key, self.dock.wanted):
                    self.dock.refresh()
                if change.many or any(source.place(one) is None for one in change.ids):
                    self._settle.start()
                elif not self.listing.asking:
                    self.counts.read_soon(kind, self.views.views, self.as_of)
            elif change.kind in linked:
                source.refresh_ids()

    # What the window asks.

    def focus_filter(self) -> bool:
        self.filters.focus_quick()
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        (self.area.table or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        if self.asks.close():
            return True
        if self.views.step_back():
            return True
        table = self.area.table
        if self.filters.quick.hasFocus() and table is not None:
            table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.area.checked():
            self.area.clear_checks()
            return True
        if self.ask.filters and self.views.row.current == OTHER:
            self._show_ask(self.views.views[0].ask)
            return True
        return False

    def focus_ring(self) -> tuple[QWidget, ...]:
        table = self.area.table
        return (self.filters.quick, *((table,) if table is not None else ()), self.dock.open_button)

    def commands(self) -> tuple[PageCommand, ...]:
        if self.kind is None:
            return ()
        head = self.head
        acts = (
            (head.new_button, "file", f"新增{self.kind.title}(&N)", self.new_record, "Ctrl+N"),
            (head.import_button, "file", f"导入{self.kind.title}(&I)", self.open_import, ""),
            (head.export_button, "file", f"导出{self.kind.title}(&E)", self.export_shown, "Ctrl+E"),
        )
        return (
            *(
                PageCommand(
                    menu=menu,
                    text=text,
                    run=run,
                    key=key,
                    refusal="" if button.isEnabled() else button.toolTip(),
                )
                for button, menu, text, run, key in acts
            ),
            PageCommand(
                menu="tools",
                text="查重与合并",
                run=self.find_duplicates,
                refusal="" if self._may(self.kind, "roster:merge") else NO_MERGE,
            ),
            PageCommand(menu="view", text="选择列", run=self._choose_columns),
            PageCommand(menu="view", text="按日期查看名册", run=self._choose_day),
            PageCommand(menu="view", text="摘要", run=self.toggle_dock),
            PageCommand(menu="tools", text="另存为视图", run=self.views.begin_saving),
            *(
                PageCommand(
                    menu="tools", text=f"{self.kind.title}{title}", run=partial(self._open_page, page)
                )
                for page, title in OF_A_ROSTER.items()
                if self.kind in roster_kinds(self._catalog)
            ),
        )

    def _open_page(self, page: str) -> None:
        if self.kind is not None:
            self.open_wanted.emit(page, self.kind.key)

    def toggle_dock(self) -> None:
        """Close the summary, or open it again."""
        self.dock.set_closed(not self.dock.is_closed)
        self._kept.put("roster.dock_closed", self.dock.is_closed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dock.fit(self.window().width())
