"""工作台: the matters that the plugins put on the desk, recent imports, recent records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from suite.bootstrap import SHANGHAI
from suite.contract.commands import Done, Facts
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.backups.commands import MAINTAIN
from suite.kernel.backups.rules import Standing
from suite.kernel.casework.desk_items import case_items
from suite.kernel.exchange.runs import RunLine
from suite.kernel.exchange.runs import runs as runs_of
from suite.kernel.parameters.queries import parameters_on
from suite.safekeeping.scheduled import backups_stand
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.buttons import icon_button
from suite.ui.kit.columns import Column, ColumnKind, Noted
from suite.ui.kit.field_row import MessageLine
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Frame, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import KIND_WORDS, StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import NARROW_WINDOW, S8, S12, Width
from suite.ui.pages.today.line_list import Line, LineList
from suite.ui.remembered import Remembered

SHOWN = 8
_COLUMNS = (
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=104),
    Column(key="title", title="事项", width=320, stretch=True),
    Column(key="count", title="数量", kind=ColumnKind.NUMBER, width=72),
    Column(key="due", title="到期日", kind=ColumnKind.DATE, width=104),
)
_WEIGHT = {StateKind.BAD: 0, StateKind.WARN: 1, StateKind.PAUSE: 2, StateKind.RUN: 3}


class TodayPage(Page):
    """Each matter opens the list behind it, each record its file."""

    def __init__(self, desk: Desk, *, remembered: Remembered) -> None:
        super().__init__("today", "工作台", "desk")
        self.set_hints("Enter 打开　F5 刷新")
        self._desk = desk
        self._kept = remembered
        self._ticket: Ticket | None = None
        self._items: list[TodayItem] = []
        self._lay_out()
        self._desk.changed.connect(self._changed)
        self.show_recent()
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(S12, S8, S12, S12)
        row.setSpacing(S8)
        self.pane = Pane("待办")
        refresh = icon_button("refresh", "刷新（F5）")
        refresh.clicked.connect(self.refresh)
        self.pane.head.addWidget(refresh)
        self.source = ListSource()
        self.table = TableView(RowTableModel(_COLUMNS, self.source, self))
        self.table.setAccessibleName("待办事项")
        self.table.row_opened.connect(lambda place, _key: self._open_item(place))
        self._ground = Frame("surface")
        self._stack = QStackedLayout(self._ground)
        self._stack.addWidget(self.table)
        self._empty: EmptyState | None = None
        self.pane.body.addWidget(self._ground, 1)
        self.backups = MessageLine()
        self.backups.setContentsMargins(S12, S8, S12, S8)
        self.pane.body.addWidget(self.backups)
        row.addWidget(self.pane, 1)
        self.side = QWidget()
        side = QVBoxLayout(self.side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(S8)
        self.runs, self.runs_note = LineList("最近导入"), label("", tone="text2", wrap=True)
        self.recent, self.recent_note = LineList("最近打开"), label("", tone="text2", wrap=True)
        for title, lines, note in (
            ("最近导入", self.runs, self.runs_note),
            ("最近打开", self.recent, self.recent_note),
        ):
            pane = Pane(title)
            note.setContentsMargins(S12, S12, S12, S12)
            pane.body.addWidget(note)
            pane.body.addWidget(lines)
            pane.body.addStretch()
            side.addWidget(pane, 1)
        self.runs.opened.connect(lambda kind: self.open_wanted.emit("roster", (kind,)))
        self.recent.opened.connect(lambda argument: self.open_wanted.emit("record", argument))
        row.addWidget(self.side)
        self.content.addLayout(row, 1)
        self._fit()
        theme().changed.connect(self._fit)

    def _fit(self) -> None:
        narrow = self.window().width() < NARROW_WINDOW
        wanted = theme().pixels(Width.DOCK if narrow else Width.CASE_COLUMN)
        self.side.setFixedWidth(min(wanted, max(self.width() * 3 // 10, Width.DOCK)))

    def resizeEvent(self, event: object) -> None:
        self._fit()

    # Reading.

    def refresh(self) -> None:
        """F5."""
        if self._ticket is not None:
            self._ticket.drop()
        suite, actor = self._desk.suite, self._desk.actor

        def query(session: ReadSession) -> tuple[list[TodayItem], list[RunLine], Standing | None]:
            today = suite.today
            numbers = parameters_on(session, suite.catalog, today)
            items = suite.plugins.today(actor, Facts(session=session, today=today, parameters=numbers))
            items += case_items(session, actor, suite.catalog, today)
            stands = None
            if actor.may(MAINTAIN):
                stands = backups_stand(suite, session, dt.datetime.now(dt.UTC))
            return items, runs_of(session, actor, suite.catalog, today, limit=SHOWN), stands

        self._ticket = self._desk.read(query, self._came, self._lost)

    def _came(self, answer: tuple[list[TodayItem], list[RunLine], Standing | None]) -> None:
        self._ticket = None
        items, runs, stands = answer
        if stands is not None:
            words = "　".join(part for part in (stands.fact, stands.cure) if part)
            self.backups.tell(stands.state, words)
        self._items = sorted(items, key=_urgency)
        self.pane.title.setText(f"待办 {len(items)} 项" if items else "待办")
        self.source.set_rows(
            (StateValue(item.state, _word(item, self._desk.suite.today)), Noted(item.title, item.note),
             item.count, item.due)
            for item in self._items
        )  # fmt: skip
        if items and self.table.current_row < 0:
            self.table.select_row(0)  # Enter opens the most urgent at once
        self._say("" if items else "本周没有到期事项。")
        self._show_runs(runs)
        self.count_changed.emit(sum(1 for item in items if item.state in (StateKind.BAD, StateKind.WARN)))

    def _lost(self, error: Exception) -> None:
        self._ticket = None
        self._say(sentence_of(error), retry=True)

    def _say(self, sentence: str, *, retry: bool = False) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if sentence:
            self._empty = EmptyState(sentence, "重试" if retry else "", self.refresh if retry else None)
            self._stack.addWidget(self._empty)
            self._stack.setCurrentWidget(self._empty)

    def _show_runs(self, runs: Sequence[RunLine]) -> None:
        today = self._desk.suite.today
        self.runs.set_lines(
            [
                Line(
                    title=run.file_name,
                    note=_run_words(run),
                    remark=_moment(run.at, today),
                    icon="import",
                    value=run.kind,
                )
                for run in runs
            ]
        )
        self.runs_note.setVisible(not runs)
        self.runs_note.setText("还没有导入过。名册可从工作簿导入。")

    def show_recent(self) -> None:
        """The records that were opened last at this desk."""
        catalog, today = self._desk.suite.catalog, self._desk.suite.today
        lines = []
        for entry in self._kept.get("recent", [])[:SHOWN]:
            kind = catalog.kinds.get(str(entry.get("kind")))
            if kind is not None:
                at = dt.datetime.fromisoformat(str(entry["at"]))
                lines.append(
                    Line(
                        title=str(entry["title"]),
                        note=kind.title,
                        remark=_moment(at, today),
                        icon="person" if kind.has_person else "building",
                        value=(kind.key, int(entry["id"])),
                    )
                )
        self.recent.set_lines(lines)
        self.recent_note.setVisible(not lines)
        self.recent_note.setText("打开过的档案会列在这里。")

    def showEvent(self, event: object) -> None:
        self.show_recent()

    def _changed(self, _done: Done) -> None:
        self.refresh()

    def _open_item(self, row: int) -> None:
        item = self._items[row]
        if item.page is not None:
            self.open_wanted.emit(item.page, item.view)
            return
        if item.kind is None:
            return
        if item.ids:
            self.open_wanted.emit("roster", (item.kind, item.filters, (item.title, item.ids)))
        else:
            self.open_wanted.emit("roster", (item.kind, item.filters))

    def focus_start(self) -> None:
        """The keyboard goes to the matters."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.table, self.runs, self.recent


def _run_words(run: RunLine) -> str:
    parts = [f"{word} {number:,}" for word, number in (("新增", run.new), ("变更", run.changed)) if number]
    return "　".join([run.kind_title, *(parts or ["无变化"])])


def _urgency(item: TodayItem) -> tuple[int, dt.date, str]:
    return _WEIGHT.get(item.state, 4), item.due or dt.date.max, item.title


def _word(item: TodayItem, today: dt.date) -> str:
    if item.due is not None and item.due < today:
        return f"逾期 {(today - item.due).days} 日"
    if item.due == today:
        return "今天"
    return KIND_WORDS[item.state]


def _moment(at: dt.datetime, today: dt.date) -> str:
    """`10:32` today, `昨天`, `11-20` this year, else the whole date."""
    local = at.astimezone(SHANGHAI)
    day = local.date()
    if day == today:
        return local.strftime("%H:%M")
    if day == today - dt.timedelta(days=1):
        return "昨天"
    return day.strftime("%m-%d") if day.year == today.year else day.isoformat()
