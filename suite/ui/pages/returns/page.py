"""填报: a form's periods, who handed in what, and the return that is filled in or reviewed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedLayout, QWidget

from suite.contract.commands import Done
from suite.contract.returns import ReturnForm
from suite.database.engine import ReadSession
from suite.kernel.returns.frame import RETURNS
from suite.kernel.returns.queries import ReturnDesk, ReturnSheet, forms_readable, return_desk, return_sheet
from suite.kernel.returns.rules import ReturnState
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.buttons import Button, Look, icon_button
from suite.ui.kit.columns import Column
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.returns.acts import ReturnActs
from suite.ui.pages.returns.sheet import ReturnPane
from suite.ui.pages.returns.wording import columns_of, due_words, state_of

NO_FORM = "没有您可以查看的报表：启用的插件没有声明，或您没有查看报表的权限。请联系科室管理员。"
CHOOSE = "在左边选中一个填报单位，这里填写或审核它的报表。"


class ReturnsPage(Page):
    """`wanted` is (form,) or (form, period) to begin with; the desk names them as form/period."""

    def __init__(self, desk: Desk, wanted: object = None, parent: QWidget | None = None) -> None:
        super().__init__("returns", "填报", "table", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.forms = forms_readable(desk.actor, desk.suite.catalog)
        given = tuple(wanted.split("/")) if isinstance(wanted, str) else wanted
        given = given if isinstance(given, tuple) else ()
        first = next((form for form in self.forms if given and form.key == given[0]), None)
        self.form: ReturnForm | None = first or (self.forms[0] if self.forms else None)
        self._wanted_period = str(given[1]) if len(given) > 1 else ""
        self.found: ReturnDesk | None = None
        self.place = 0
        self.who = ""
        self.acts = ReturnActs(self)
        self.set_hints("Enter 填写　F9 报送　Ctrl+S 暂存　Ctrl+PgUp/PgDn 换期　F5 刷新")
        self._lay_out()
        desk.changed.connect(self._changed)
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("top", Height.PROFESSION_TABS)
        self.chooser = Button("", arrow=True, look=Look.PLAIN, tip="换一种报表")
        self.chooser.clicked.connect(self._offer_forms)
        top.row.addWidget(self.chooser)
        self.due = ElidedLabel("", tone="text2")
        top.row.addWidget(self.due, 1)
        self.remind = Button("催报", icon_name="bell")
        self.remind.clicked.connect(self.acts.remind)
        self.review_all = Button("审核全部已报", icon_name="check")
        self.review_all.clicked.connect(self.acts.review_all)
        self.import_button = Button("导入", icon_name="import")
        self.import_button.clicked.connect(self.acts.choose_import)
        self.export_button = Button("导出", icon_name="export")
        self.export_button.clicked.connect(self.acts.choose_export)
        for button in (self.remind, self.review_all, self.import_button, self.export_button):
            top.row.addWidget(button)
        refresh = icon_button("refresh", "刷新（F5）")
        refresh.clicked.connect(self.refresh)
        top.row.addWidget(refresh)
        self.content.addWidget(top)
        second = Bar("head", Height.FILTER_BAR)
        self.periods = LineTabs(base_height=Height.FILTER_BAR, size=TextSize.BODY, name="期间")
        self.periods.current_changed.connect(self._choose_period)
        second.row.addWidget(self.periods, 1)
        self.content.addWidget(second)
        middle = QHBoxLayout()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        left = Frame("surface")
        self._stack = QStackedLayout(left)
        self.table = self._table(())
        self._stack.addWidget(self.table)
        self.empty = EmptyState("正在读取…")
        self._stack.addWidget(self.empty)
        self._stack.setCurrentWidget(self.empty)
        self.split.addWidget(left)
        right = QWidget()
        self._right = QStackedLayout(right)
        self.hint = EmptyState(CHOOSE)
        self.pane = ReturnPane()
        self._right.addWidget(self.hint)
        self._right.addWidget(self.pane)
        self.pane.act_wanted.connect(self.acts.take)
        self.pane.edited.connect(lambda: self.unsaved_changed.emit(self.has_unsaved()))
        self.split.addWidget(right)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 6)
        middle.addWidget(self.split)
        self.content.addLayout(middle, 1)

    def _table(self, columns: tuple[Column, ...]) -> TableView:
        """A list of who hands in: a column for each period, so that another form has another one."""
        self.source, self._columns = ListSource(), columns
        table = TableView(RowTableModel(columns, self.source, self), row_base=Height.ROW_DENSE)
        table.setAccessibleName("填报单位")
        table.row_settled.connect(lambda _row, key: self._choose_who(key))
        table.row_opened.connect(lambda _row, key: self._choose_who(key, begin=True))
        return table

    # Reading.

    def refresh(self) -> None:
        """F5."""
        if self.form is None:
            self._say(NO_FORM)
            return
        self.chooser.setText(self.form.title)
        self.chooser.setAccessibleName(f"报表，现为{self.form.title}")
        suite, actor, key = self.desk.suite, self.desk.actor, self.form.key

        def query(session: ReadSession) -> ReturnDesk:
            return return_desk(session, actor, suite.catalog, key, suite.today)

        self.asking.read(query, self._came, self._lost)

    def _came(self, found: ReturnDesk) -> None:
        self.found = found
        texts = [column.text for column in found.periods]
        if self._wanted_period in texts:
            self.place = texts.index(self._wanted_period)
        self._wanted_period = ""
        self.place = min(self.place, max(len(texts) - 1, 0))
        if not found.lines or not texts:
            self._say("本表还没有须填报的期间，或没有填报单位。")
            return
        columns = columns_of(found)
        if columns != self._columns:
            former, self.table = self.table, self._table(columns)
            self._stack.addWidget(self.table)
            self._stack.removeWidget(former)
            former.deleteLater()
        self.source.set_rows(
            [
                (line.reporter.name, *(state_of(mark) if mark else None for mark in line.marks))
                for line in found.lines
            ],
            [line.reporter.who for line in found.lines],
        )
        self._stack.setCurrentWidget(self.table)
        self._tell_periods()
        keys = [line.reporter.who for line in found.lines]
        who = self.who if self.who in keys else next(iter(self._waiting()), keys[0])
        self.who = who
        self.table.select_row(keys.index(who))
        self._read_sheet(begin=False)

    def _waiting(self) -> list[str]:
        """Who has not handed in the period that is shown."""
        return [one.who for one in self.found.missing(self.place)] if self.found else []

    def _tell_periods(self) -> None:
        found = self.found
        if found is None:
            return
        tabs = []
        for place, column in enumerate(found.periods):
            missing = len(found.missing(place))
            late = column.due < self.desk.suite.today
            tabs.append(
                Tab(key=place, title=column.text, count=f"未报 {missing}" if missing else None, alarm=late)
            )
        self.periods.set_tabs(tabs, self.place)
        missing = len(found.missing(self.place))
        self.due.setText(due_words(found.periods[self.place], missing))
        reviews = self.desk.actor.may(f"{found.form.owner}:return:review")
        submits = self.desk.actor.may(f"{found.form.owner}:return:submit")
        handed_in = found.count(self.place)[ReturnState.SUBMITTED]
        self.remind.set_refusal(
            "" if reviews and missing else "没有未报的单位" if reviews else "您没有审核权限"
        )
        self.review_all.set_refusal(
            "" if reviews and handed_in else "没有待审核的报表" if reviews else "您没有审核权限"
        )
        self.import_button.set_refusal("" if submits else "您没有报送权限")
        self.commands_changed.emit()

    def _lost(self, error: Exception) -> None:
        self._say(sentence_of(error))

    def _say(self, sentence: str) -> None:
        self.empty.set_sentence(sentence)
        self._stack.setCurrentWidget(self.empty)
        self._right.setCurrentWidget(self.hint)

    def _changed(self, done: Done) -> None:
        touched = any(change.kind == RETURNS for change in done.changes)
        if touched and self.isVisible() and not self.has_unsaved():
            self.refresh()

    # Choosing.

    def _offer_forms(self) -> None:
        menu = QMenu(self.chooser)
        for form in self.forms:
            title = f"{self.desk.suite.catalog.titles.get(form.owner, '')}　{form.title}".strip("　")
            menu.addAction(title).triggered.connect(lambda _=False, form=form: self.show_form(form.key))
        self.chooser.open_menu(menu)

    def show_form(self, key: str) -> None:
        """Show another form; what is typed and not kept is kept as a draft first."""
        if self._keep_first():
            return
        self.form = next((form for form in self.forms if form.key == key), self.form)
        self.place, self.who = 0, ""
        self.refresh()

    def _choose_period(self, place: object) -> None:
        if isinstance(place, int) and place != self.place:
            if self._keep_first():
                self.periods.set_current(self.place)
                return
            self.place = place
            self._tell_periods()
            self._read_sheet(begin=False)

    def step_period(self, by: int) -> None:
        """The period before or after."""
        if self.found is not None and 0 <= self.place + by < len(self.found.periods):
            self.periods.set_current(self.place + by)

    def _choose_who(self, key: object, *, begin: bool = False) -> None:
        if not isinstance(key, str):
            return
        sheet = self.pane.sheet
        if begin and sheet is not None and sheet.reporter.who == key and key == self.who:
            self.pane.begin()
            return
        if key == self.who and not begin:
            return
        if key != self.who and self._keep_first():
            return
        self.who = key
        self._read_sheet(begin=begin)

    def _keep_first(self) -> bool:
        """Whether something is typed that is not kept; it is told, and nothing else is shown."""
        if not self.has_unsaved():
            return False
        self.pane.tell("有填写的数还没有暂存或报送，请先暂存（Ctrl+S），或按 Esc 放弃。")
        return True

    def _read_sheet(self, *, begin: bool) -> None:
        found, form = self.found, self.form
        if found is None or form is None or not found.periods:
            return
        suite, actor, who = self.desk.suite, self.desk.actor, self.who
        period = found.periods[self.place].text

        def query(session: ReadSession) -> ReturnSheet:
            return return_sheet(session, actor, suite.catalog, form.key, period, who, suite.today)

        def came(sheet: ReturnSheet) -> None:
            if (sheet.reporter.who, sheet.period.text) != (self.who, found.periods[self.place].text):
                return
            self.pane.show_sheet(sheet)
            self._right.setCurrentWidget(self.pane)
            self.unsaved_changed.emit(False)
            if begin:
                self.pane.begin()

        self.asking.read(query, came, self._no_sheet)

    def _no_sheet(self, error: Exception) -> None:
        self.hint.set_sentence(sentence_of(error))
        self._right.setCurrentWidget(self.hint)

    # What the window asks.

    def has_unsaved(self) -> bool:
        return self.pane.is_typed

    def save_then_close(self) -> None:
        self.acts.save_then(self.may_close.emit)

    def discard(self) -> None:
        """Throw away what was typed."""
        if self.pane.sheet is not None:
            self.pane.show_sheet(self.pane.sheet)
        self.unsaved_changed.emit(False)

    def step_back(self) -> bool:
        """Esc: first what was typed, then back to the list."""
        if self.pane.mode or self.has_unsaved():
            self.discard()
            return True
        if self.pane.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def focus_start(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        first = next(iter(self.pane.editors.values()), None)
        return (self.periods, self.table, *([first] if first is not None else []))

    def commands(self) -> tuple[PageCommand, ...]:
        """What can be done here, in the menus and the palette."""
        pane = self.pane

        def refusal(button: Button) -> str:
            return "" if button.isEnabled() else button.toolTip()

        typing = "" if pane.may_type else "本报表现在不能填写"
        return (
            PageCommand(menu="file", text="暂存", run=lambda: pane.ask("save"), key="Ctrl+S", refusal=typing),
            PageCommand(menu="act", text="报送", run=lambda: pane.ask("submit"), key="F9", refusal=typing),
            PageCommand(menu="act", text="催报", run=self.acts.remind, refusal=refusal(self.remind)),
            PageCommand(
                menu="act", text="审核全部已报", run=self.acts.review_all, refusal=refusal(self.review_all)
            ),
            PageCommand(
                menu="file",
                text="导入报表…",
                run=self.acts.choose_import,
                refusal=refusal(self.import_button),
            ),
            PageCommand(menu="file", text="导出报表…", run=self.acts.choose_export),
            PageCommand(menu="view", text="上一期", run=lambda: self.step_period(1), key="Ctrl+PgDown"),
            PageCommand(menu="view", text="下一期", run=lambda: self.step_period(-1), key="Ctrl+PgUp"),
            *(
                PageCommand(menu="view", text=f"填报：{form.title}", run=partial(self.show_form, form.key))
                for form in self.forms
            ),
        )
