"""操作留痕: what everybody did, by person and day, for auditors and administrators."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.audit.activity import (
    MOST,
    READ_TRACE,
    ActivityCount,
    ActivityQuery,
    activity_counts,
    activity_ids,
)
from suite.kernel.registry.activity import ActDetail, act_detail
from suite.ui.asking import Asking
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.buttons import Button
from suite.ui.kit.filters import FilterBar
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.long_work import LongWork
from suite.ui.pages.activity.acts import ActivityActs
from suite.ui.pages.activity.conditions import query_of, specs
from suite.ui.pages.activity.detail import ActPane
from suite.ui.pages.activity.source import ACTS, COLUMNS, ActivitySource

#: What the columns of the list ask for, with its scroll bar.
LIST_WIDTH = 690
#: What its content needs at least beside it.
CONTENT_WIDTH = 360
HINTS = "Enter 打开档案　F6 切换焦点　Ctrl+F 筛选　F5 刷新"
NO_RIGHT = "您没有“查阅操作痕迹”的权限，请联系系统管理员。"


class ActivityPage(Page):
    """The acts of everybody. Needs the right to read the trace of every place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("activity", "操作留痕", "history", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.query = ActivityQuery()
        self._reading: Ticket | None = None
        self._chosen: int | None = None
        self._wanted: object = None
        if not any(scope.holds(None, None, None) for scope in desk.actor.scopes(READ_TRACE)):
            self.content.addWidget(EmptyState(NO_RIGHT))
            self.table: TableView | None = None
            return
        self._lay_out()
        desk.changed.connect(self._changed)
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("window", Height.PROFESSION_TABS)
        top.row.addWidget(label("操作留痕", size=TextSize.SECTION, bold=True))
        top.row.addStretch()
        progress = ProgressStrip()
        top.row.addWidget(progress)
        self.verify_button = Button("核对", icon_name="check", tip="核对整个审计链和本机记得的链首")
        self.sheet_button = Button("日报…", icon_name="document", tip="一页，印有链首，打印签字后存档")
        self.extract_button = Button("摘录…", icon_name="export", tip="局外人可以自行核对的摘录")
        for button in (self.verify_button, self.sheet_button, self.extract_button):
            top.row.addWidget(button)
        self.content.addWidget(top)
        self.work = LongWork(self.desk, self, progress)
        self.filters = FilterBar(specs(self.desk), placeholder="事项、事由")
        self.filters.columns_button.hide()
        self.filters.filters_changed.connect(lambda _values: self._filter())
        self.filters.refresh_wanted.connect(self.refresh)
        self.content.addWidget(self.filters)
        strips = QVBoxLayout()
        self.acts = ActivityActs(self, strips)
        self.content.addLayout(strips)
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S8)
        body.addWidget(self._panes(), 1)
        self.count = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        body.addWidget(self.count)
        self.content.addLayout(body, 1)
        self.verify_button.clicked.connect(self.acts.verify)
        self.sheet_button.clicked.connect(self.acts.sheet)
        self.extract_button.clicked.connect(self.acts.ask_extract)
        self.set_hints(HINTS)

    def _panes(self) -> QWidget:
        split = self.split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(S8)
        pane = Pane("操作")
        self.source = ActivitySource(self.desk)
        self.detail = ActPane()
        self.detail.open_wanted.connect(lambda kind, number: self.open_wanted.emit("record", (kind, number)))
        self.source.rows_ready.connect(lambda _first, _last: self._choose(self._wanted))
        self.source.failed.connect(lambda error: self.desk.refused.emit(sentence_of(error)))
        table = self.table = TableView(RowTableModel(COLUMNS, self.source, self))
        table.setAccessibleName("操作")
        table.row_settled.connect(lambda _row, key: self._choose(key))
        table.row_opened.connect(lambda _row, _key: self.detail.table.setFocus())
        self.empty = EmptyState("正在读取…")
        table.hide()
        pane.body.addWidget(table, 1)
        pane.body.addWidget(self.empty, 1)
        split.addWidget(pane)
        split.addWidget(self.detail)
        # The list keeps its columns' width on a small screen too; what a sentence lacks is in its tooltip.
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([theme().pixels(LIST_WIDTH), theme().pixels(LIST_WIDTH)])
        return split

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both do not fit side by side, the content stands below the list."""
        super().resizeEvent(event)
        if self.table is not None:
            narrow = self.width() < theme().pixels(LIST_WIDTH + CONTENT_WIDTH)
            wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
            if self.split.orientation() is not wanted:
                self.split.setOrientation(wanted)
                shares = (300, 200) if narrow else (LIST_WIDTH, LIST_WIDTH)
                self.split.setSizes([theme().pixels(share) for share in shares])

    # Reading.

    def _filter(self) -> None:
        self.query = query_of(self.filters.values)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew; what is listed stays meanwhile."""
        if self.table is None:
            return
        actor, query = self.desk.actor, self.query

        def read(session: ReadSession) -> tuple[list[int], list[ActivityCount]]:
            return activity_ids(session, actor, query), activity_counts(session, actor, query)

        if self._reading is not None:
            self._reading.drop()
        self._reading = self.asking.read(read, self._came, self._lost)

    def _came(self, answer: tuple[list[int], list[ActivityCount]]) -> None:
        ids, counts = answer
        self._reading = None
        if self.table is None:
            return
        self.source.set_ids(ids)
        self.table.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        words = self.filters.words()
        self.empty.set_sentence(
            f"没有符合条件的操作。清除“{words}”可看到其余的。" if words else "还没有操作痕迹。"
        )
        self.count.setText(count_words(ids, counts))
        if not ids:
            self.detail.show_none()
        elif self._chosen not in ids:
            self.table.select_row(0)

    def _lost(self, error: Exception) -> None:
        self._reading = None
        self.desk.refused.emit(sentence_of(error))

    def _changed(self, _done: Done) -> None:
        if self.isVisible():
            self.refresh()

    def _choose(self, key: object) -> None:
        line = self.source.line(key)
        self._wanted = key if line is None else None  # it is chosen once it has come
        if line is None:
            return
        self._chosen = line.id
        suite, actor = self.desk.suite, self.desk.actor

        def came(detail: ActDetail) -> None:
            if self._chosen == detail.id:
                self.detail.show_act(line, detail)

        self.asking.read(lambda session: act_detail(session, actor, suite.catalog, line.id), came)

    # What the window asks.

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        if self.table is None:
            return False
        self.filters.focus_quick()
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the list."""
        (self.table or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """Esc: close the strip, then take the filters back."""
        if self.table is None:
            return False
        if self.acts.close():
            return True
        if self.filters.values:
            self.filters.clear()
            return True
        return False

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The filters, the list, the content."""
        return () if self.table is None else (self.filters.quick, self.table, self.detail.table)

    def commands(self) -> tuple[PageCommand, ...]:
        """核对, 日报, 摘录."""
        if self.table is None:
            return ()
        return (
            PageCommand(menu="tools", text="核对操作痕迹(&V)", run=self.acts.verify),
            PageCommand(menu="file", text="写出日报(&R)", run=self.acts.sheet),
            PageCommand(menu="file", text="摘录操作痕迹(&E)", run=self.acts.ask_extract, key="Ctrl+E"),
        )


def count_words(ids: list[int], counts: list[ActivityCount]) -> str:
    """How many acts of how many people, and how many of each sort."""
    total = sum(sum(person.acts.values()) for person in counts)
    sorts = {act: sum(person.acts.get(act, 0) for person in counts) for act in ACTS}
    parts = [f"符合条件 {total:,} 次，{len(counts):,} 人"]
    parts += [f"{ACTS[act].word} {number:,}" for act, number in sorts.items() if number]
    if len(ids) == MOST:
        parts.append(f"只列出最近的 {MOST:,} 次，请缩小范围")
    return "　".join(parts)
