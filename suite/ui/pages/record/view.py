"""The record page's widgets and how they are filled; it asks for nothing and sends nothing itself."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from suite.contract.declarations import SubjectRole
from suite.kernel.registry.record_file import RecordFile
from suite.ui.kit.bars import SaveBar
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.lifeline import LifeLine
from suite.ui.kit.panes import Bar, Frame, rule
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.tokens import S4, TextSize
from suite.ui.pages.record.aside import Aside
from suite.ui.pages.record.assessments import TITLE
from suite.ui.pages.record.conflict import ConflictView
from suite.ui.pages.record.form_pane import FormPane
from suite.ui.pages.record.head import RecordHead, new_head
from suite.ui.pages.record.lanes import lanes_of
from suite.ui.pages.record.loaded import Loaded
from suite.ui.pages.record.table_panes import TABLES, TablePanes
from suite.ui.pages.record.wording import Complete, Words

BODIES = frozenset({"organisation", "organ", "group"})


class RecordView(Frame):
    """Head, life line, tabs, body, right column, save bar.

    The body shows the tab's pane; a conflict or a past day takes the form's place while it lasts.
    """

    edited = Signal()
    link_wanted = Signal(str)  # field key
    subject_wanted = Signal(int)
    record_wanted = Signal(str, int)  # kind, subject
    season_wanted = Signal(int)
    reveal_wanted = Signal(str, str, object)  # field key, reason, what shows the answer
    change_wanted = Signal(str)  # field key
    licence_wanted = Signal()
    past_wanted = Signal()
    members_wanted = Signal()
    entry_wanted = Signal(str, int)  # ledger, entry

    def __init__(self, complete: Complete) -> None:
        super().__init__("surface")
        self._complete = complete
        self.pane: FormPane | None = None
        self.past: FormPane | None = None
        self.head: RecordHead | None = None
        self.aside: Aside | None = None
        self.conflict: ConflictView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top_frame())
        column.addWidget(self._tab_bar())
        self.strips = QVBoxLayout()
        self.strips.setSpacing(0)
        column.addLayout(self.strips)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self.body = QStackedWidget()
        self._middle.addWidget(self.body, 1)
        column.addLayout(self._middle, 1)
        self.tables = TablePanes(self.body)
        self.tables.record_wanted.connect(self.record_wanted)
        self.tables.season_wanted.connect(self.season_wanted)
        self.tables.entry_wanted.connect(self.entry_wanted)
        self.bar = SaveBar()
        column.addWidget(self.bar)

    def _top_frame(self) -> Frame:
        top = Frame("top")
        self._top = QVBoxLayout(top)
        self._top.setContentsMargins(0, 0, 0, S4)
        self._top.setSpacing(0)
        self._head_slot = QWidget()
        self._life_rule = rule()
        self.life = LifeLine()
        self.life.opened.connect(self._life_opened)
        for widget in (self._head_slot, self._life_rule, self.life):
            self._top.addWidget(widget)
        return top

    def _tab_bar(self) -> Bar:
        bar = Bar("top", 38)
        self.tabs = LineTabs(size=TextSize.BODY, name="档案页签")
        self.tabs.current_changed.connect(lambda _: self.turn())
        self.past_button = Button("历史版本…", icon_name="history", look=Look.PLAIN)
        self.past_button.clicked.connect(self.past_wanted)
        bar.row.addWidget(self.tabs, 1)
        bar.row.addWidget(self.past_button)
        return bar

    # Filling.

    def show_record(self, words: Words, loaded: Loaded, today: dt.date, refusal: str) -> None:
        """Everything but the head and the form."""
        self.tables.show_record(words, loaded, refusal)
        self.past_button.show()
        self._show_counts(words, loaded, today)

    def show_trace(self, words: Words, loaded: Loaded, today: dt.date) -> None:
        """The trace, and what counts or repeats it."""
        self.tables.show_loaded(loaded)
        self._show_counts(words, loaded, today)

    def _show_counts(self, words: Words, loaded: Loaded, today: dt.date) -> None:
        self.show_aside(words, loaded, today)
        self.tabs.set_tabs(_tabs(loaded))
        self.turn()

    def show_head(
        self, words: Words, loaded: Loaded, shown: RecordFile, today: dt.date, refusal: str
    ) -> None:
        """The head of `shown`, which is the record itself or the one of a past day."""
        head = self.head = RecordHead(words, shown, today, refusal)
        head.link_clicked.connect(self.link_wanted)
        head.reveal_wanted.connect(lambda key, reason: self.reveal_wanted.emit(key, reason, head.reveal))
        head.change_wanted.connect(self.change_wanted)
        head.licence_wanted.connect(self.licence_wanted)
        self._put_head(head)
        lanes = lanes_of(words, loaded.file, today, loaded.assessments)
        self.life.setVisible(bool(lanes))
        self._life_rule.setVisible(bool(lanes))
        self.life.show_lanes(lanes, today)
        self.life.set_picked(shown.as_of)

    def show_new(self, words: Words) -> None:
        """A record that does not exist yet: the form alone."""
        self._put_head(new_head(words.kind.title))
        self.life.hide()
        self._life_rule.hide()
        self.past_button.hide()
        self.form_for(words, fixed=False, read_only=False, may_reveal=True)
        self.tabs.set_tabs([Tab(key="form", title="基本信息")])
        self.turn()

    def _put_head(self, head: QWidget) -> None:
        former, self._head_slot = self._head_slot, head
        self._top.replaceWidget(former, head)
        former.hide()
        former.deleteLater()
        # Made anew, it would come last under the Tab key; it comes before the form.
        place: QWidget = self.past_button
        for widget in head.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(place, widget)
                place = widget

    def show_aside(self, words: Words, loaded: Loaded, today: dt.date) -> None:
        """The right column."""
        former = self.aside
        self.aside = Aside(words, loaded, today)
        self.aside.link_wanted.connect(self.link_wanted)
        self.aside.record_wanted.connect(self.record_wanted)
        self.aside.trace_wanted.connect(lambda: self.tabs.set_current("trace"))
        if former is not None:
            self._middle.replaceWidget(former, self.aside)
            former.hide()
            former.deleteLater()
        else:
            self._middle.addWidget(self.aside)
        self.fit()

    def fit(self) -> None:
        """The right column stands beside the form only, and only where there is room."""
        if self.aside is None:
            return
        if self.tabs.current == "form" and self.conflict is None:
            self.aside.fit(self.window().width())
        else:
            self.aside.hide()

    def form_for(self, words: Words, *, fixed: bool, read_only: bool, may_reveal: bool) -> FormPane:
        """The form of this shape; the one that stands is kept if it fits."""
        if self.pane is not None and self.pane.shape == (words.kind.key, fixed, read_only):
            self.pane.words = words
            return self.pane
        former = self.pane
        self.pane = self._made_form(words, fixed=fixed, read_only=read_only, may_reveal=may_reveal)
        self.pane.changed.connect(self.edited)
        self.body.addWidget(self.pane)
        if former is not None:
            self.body.removeWidget(former)
            former.deleteLater()
        self.turn()
        return self.pane

    def _made_form(self, words: Words, *, fixed: bool, read_only: bool, may_reveal: bool) -> FormPane:
        pane = FormPane(
            words, self._complete, self.body, fixed=fixed, read_only=read_only, may_reveal=may_reveal
        )
        pane.link_clicked.connect(self.link_wanted)
        pane.reveal_wanted.connect(lambda key, reason: self.reveal_wanted.emit(key, reason, pane.form.reveal))
        return pane

    # What takes the form's place.

    def show_past(self, words: Words, file: RecordFile) -> None:
        """The values of a past day, read-only."""
        self.drop_past()
        self.past = self._made_form(words, fixed=True, read_only=True, may_reveal=file.may_reveal)
        self.past.show_values(file.values)
        self.body.addWidget(self.past)
        self.tabs.set_current("form")
        self.turn()

    def drop_past(self) -> None:
        """Back to today's form."""
        if self.past is not None:
            former, self.past = self.past, None
            self.body.removeWidget(former)
            former.deleteLater()
            self.turn()

    def show_conflict(self, view: ConflictView) -> None:
        """Two desks at one record."""
        self.drop_conflict()
        self.conflict = view
        self.body.addWidget(view)
        self.bar.hide()
        self.turn()
        view.begin()

    def drop_conflict(self) -> None:
        """The conflict is over."""
        if self.conflict is not None:
            former, self.conflict = self.conflict, None
            self.body.removeWidget(former)
            former.deleteLater()
            self.turn()

    def turn(self) -> None:
        """Show what the tab asks for."""
        key = str(self.tabs.current)
        target: QWidget | None = self.conflict
        if target is None:
            target = self.tables.pane(key) if key in TABLES else self.past or self.pane
        if target is not None:
            self.body.setCurrentWidget(target)
        self.fit()
        if key == "members":
            self.members_wanted.emit()

    def to_form(self) -> None:
        """Turn to the first tab."""
        self.tabs.set_current("form")
        self.turn()

    def _life_opened(self, key: object) -> None:
        match key:
            case ("body", int(number)):
                self.subject_wanted.emit(number)
            case ("event", _):
                self.tabs.set_current("licences")
            case ("assessment", _):
                self.tabs.set_current("assessments")
            case ("dated", _):
                self.tabs.set_current("history")


def _tabs(loaded: Loaded) -> list[Tab]:
    file, kind = loaded.file, loaded.kind
    tabs = [Tab(key="form", title="基本信息")]
    members = sum(number for _, number in loaded.members)
    if members or kind.role.value in BODIES:
        # What lies in a place are villages, offices and people: not its members.
        title = "所属档案" if kind.role is SubjectRole.PLACE else "成员"
        tabs.append(Tab(key="members", title=title, count=members))
    entries = sum(1 for post in file.posts if post.void_reason is None)
    entries += sum(1 for line in file.dated if line.void_reason is None)
    title = "执业经历" if kind.has_person else "历次变更"
    tabs.append(Tab(key="history", title=title, count=entries))
    if file.licences:
        tabs.append(Tab(key="licences", title="许可与证书", count=len(file.licences)))
    if loaded.assessments:
        tabs.append(Tab(key="assessments", title=TITLE, count=len(loaded.assessments)))
    if loaded.credit is not None:
        displayed = any(line.state.displayed and not line.favourable for line in loaded.credit)
        tabs.append(Tab(key="credit", title="信用", count=len(loaded.credit), alarm=displayed))
    if loaded.mentions:
        tabs.append(Tab(key="ledgers", title="台账", count=len(loaded.mentions)))
    tabs.append(Tab(key="trace", title="操作记录", count=len(loaded.trace)))
    return tabs
