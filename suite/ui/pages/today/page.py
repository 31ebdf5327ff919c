"""工作台: what breaks first, what waits for my signature, what came back; recent imports, recent records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from suite.bootstrap import SHANGHAI
from suite.contract.commands import Done, Facts
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.accounts.queries import active_users
from suite.kernel.accounts.raised import PAGE as SETTINGS
from suite.kernel.accounts.raised import REQUESTS
from suite.kernel.accounts.requests import RequestLine, request_lines
from suite.kernel.assessment.tasks import SeasonTask, season_items, season_tasks
from suite.kernel.backups.commands import MAINTAIN
from suite.kernel.backups.rules import Standing
from suite.kernel.casework.desk_items import Desk as DeskOfCases
from suite.kernel.casework.desk_items import DeskScope, Urgency, desk_of
from suite.kernel.casework.handing_over import signs
from suite.kernel.casework.penalties.desk import penalty_items
from suite.kernel.credit.publicity.desk import publicity_items
from suite.kernel.exchange.runs import RunLine
from suite.kernel.exchange.runs import runs as runs_of
from suite.kernel.ledgers.desk import ledger_items
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.districts import short_district_names
from suite.kernel.returns.desk import return_items
from suite.safekeeping.scheduled import backups_stand
from suite.ui.asking import Asking
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.buttons import Button, icon_button
from suite.ui.kit.field_row import MessageLine
from suite.ui.kit.filter_panels import FilterSpec, Option
from suite.ui.kit.filters import FilterButton
from suite.ui.kit.line_list import Line, LineList
from suite.ui.kit.notices import EmptyState, Notice, NoticeBar, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Frame, Pane, scrolled
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import NARROW_WINDOW, S8, S12, Height, TextSize, Width
from suite.ui.pages.today.acts import DeskActs
from suite.ui.pages.today.numbers import NumberStrip, shown_numbers
from suite.ui.pages.today.rows import COLUMNS, Opens, desk_rows
from suite.ui.pages.today.seasons import SeasonBars
from suite.ui.remembered import Remembered

SHOWN = 8
MOST_SEASONS = 5
READ_TRACE = "core:audit:read"


class Read(NamedTuple):
    """What a desk shows."""

    cases: DeskOfCases
    items: list[TodayItem]
    requests: list[RequestLine]
    seasons: list[SeasonTask]
    runs: list[RunLine]
    backups: Standing | None
    users: list[tuple[str, str]]
    districts: dict[str, str]


class TodayPage(Page):
    """Each matter opens its case or the list behind it, each record its file.

    `part_wanted` asks the window for a part of the settings page, and what of it.
    """

    part_wanted = Signal(str, str)

    def __init__(self, desk: Desk, *, remembered: Remembered) -> None:
        super().__init__("today", "工作台", "desk")
        self.set_hints("Enter 打开　Ctrl+F 筛选　F5 刷新")
        self.desk = desk
        self.asking = Asking(desk, self)
        self._kept = remembered
        self._ticket: Ticket | None = None
        self._scope: DeskScope | None = None
        #: What of the scope is shown: by the key of the filter.
        self._only: dict[str, str | None] = {"district": None, "handler": None}
        self._opens: list[Opens | None] = []
        self._told: list[NoticeBar] = []
        self.users: list[tuple[str, str]] = []
        self._signs = signs(desk.actor)
        owners = {kind.owner for kind in desk.suite.catalog.kinds.values()}
        self._imports = any(desk.actor.may(f"{owner}:roster:import") for owner in owners)
        self._lay_out()
        self.desk.changed.connect(self._changed)
        self.show_recent()
        self.refresh()

    def _lay_out(self) -> None:
        strips = QVBoxLayout()
        self.acts = DeskActs(self, strips)
        self.content.addLayout(strips)
        row = QHBoxLayout()
        row.setContentsMargins(S12, S8, S12, S8)
        row.setSpacing(S8)
        self.pane = self._desk_pane()
        row.addWidget(self.pane, 1)
        self.side = QWidget()
        side = QVBoxLayout(self.side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(S8)
        self.runs, self.runs_note = LineList("最近导入"), label("", tone="text2", wrap=True)
        self.recent, self.recent_note = LineList("最近打开"), label("", tone="text2", wrap=True)
        for title, lines, note in (
            ("最近打开", self.recent, self.recent_note),
            ("最近导入", self.runs, self.runs_note),
        ):
            pane = Pane(title)
            note.setContentsMargins(S12, S12, S12, S12)
            pane.body.addWidget(note)
            pane.body.addWidget(lines)
            pane.body.addStretch()
            side.addWidget(pane, 1)
            if lines is self.runs:
                pane.setVisible(self._imports)
        self.seasons = SeasonBars()
        self.seasons.opened.connect(self._open_season)
        self.seasons_pane = Pane("考核评估")
        self.seasons_pane.body.addWidget(self.seasons)
        self.seasons_pane.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.seasons_pane.hide()
        side.insertWidget(0, self.seasons_pane)
        self.runs.opened.connect(lambda kind: self.open_wanted.emit("roster", (kind,)))
        self.recent.opened.connect(self._open_recent)
        # A low window scrolls what stands beside the desk: no page may ask for more than 768 pixels.
        self._beside = scrolled(self.side)
        row.addWidget(self._beside)
        self.content.addLayout(row, 1)
        self.numbers = NumberStrip()
        self.numbers.opened.connect(lambda: self.open_wanted.emit("indicators", None))
        self.content.addWidget(self.numbers)
        self._fit()
        theme().changed.connect(self._fit)

    def _desk_pane(self) -> Pane:
        pane = Pane("待办")
        self.late = StateChip(StateValue(StateKind.BAD, ""))
        self.soon = StateChip(StateValue(StateKind.WARN, ""))
        for place, chip in enumerate((self.late, self.soon), 1):
            pane.head.insertWidget(place, chip)
            chip.hide()
        self.scopes = LineTabs(base_height=Height.VIEW_ROW, size=TextSize.BODY, name="办件范围")
        self.scopes.current_changed.connect(self._choose_scope)
        pane.head.addWidget(self.scopes)
        self.filters = {
            key: FilterButton(FilterSpec(key=key, title=title))
            for key, title in (("handler", "承办人"), ("district", "区县"))
        }
        for key, button in self.filters.items():
            button.value_changed.connect(partial(self._choose, key))
            pane.head.addWidget(button)
        self.hand_over = Button("移交工作…")
        self.hand_over.clicked.connect(self.acts.ask_hand_over)
        pane.head.addWidget(self.hand_over)
        self.delegate = Button("委托审批…")
        self.delegate.clicked.connect(self.acts.ask_delegate)
        self.delegate.setVisible(self._signs)
        pane.head.addWidget(self.delegate)
        refresh = icon_button("refresh", "刷新（F5）")
        refresh.clicked.connect(self.refresh)
        pane.head.addWidget(refresh)
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self))
        self.table.setAccessibleName("待办事项")
        self.table.row_opened.connect(lambda place, _key: self._open_row(place))
        self._ground = Frame("surface")
        self._stack = QStackedLayout(self._ground)
        self._stack.addWidget(self.table)
        self._empty: EmptyState | None = None
        pane.body.addWidget(self._ground, 1)
        self.backups = MessageLine()
        self.backups.setContentsMargins(S12, S8, S12, S8)
        pane.body.addWidget(self.backups)
        return pane

    def _fit(self) -> None:
        narrow = self.window().width() < NARROW_WINDOW
        wanted = theme().pixels(Width.DOCK)
        self._beside.setFixedWidth(wanted * 3 // 4 if narrow else wanted)

    def resizeEvent(self, event: object) -> None:
        self._fit()

    # Reading.

    def refresh(self) -> None:
        """F5."""
        if self._ticket is not None:
            self._ticket.drop()
        suite, actor = self.desk.suite, self.desk.actor
        scope, only = self._scope, dict(self._only)

        def query(session: ReadSession) -> Read:
            today = suite.today
            numbers = parameters_on(session, suite.catalog, today)
            items = list(suite.plugins.today(actor, Facts(session=session, today=today, parameters=numbers)))
            items += penalty_items(session, actor, suite.catalog, today)
            items += publicity_items(session, actor, suite.catalog, today)
            items += ledger_items(session, actor, suite.catalog, today)
            items += return_items(session, actor, suite.catalog, today)
            seasons = season_tasks(session, actor, suite.catalog, numbers)
            items += season_items(seasons, today)
            return Read(
                cases=desk_of(session, actor, suite.catalog, today, scope=scope, **only),
                items=items,
                requests=request_lines(session, actor, suite.catalog, today, waiting=True),
                seasons=seasons,
                runs=runs_of(session, actor, suite.catalog, today, limit=SHOWN),
                backups=backups_stand(suite, session, dt.datetime.now(dt.UTC))
                if actor.may(MAINTAIN)
                else None,
                users=active_users(session),
                districts=short_district_names(session),
            )

        self._ticket = self.asking.read(query, self._came, self._lost)
        # By itself: the numbers may take longer than the desk.
        self.asking.read(
            lambda session: shown_numbers(session, actor, suite.catalog, suite.today),
            self.numbers.show_numbers,
            lambda _error: self.numbers.show_numbers(()),
        )

    def _came(self, answer: Read) -> None:
        self._ticket = None
        desk, self.users = answer.cases, answer.users
        today = self.desk.suite.today
        if answer.backups is not None:
            words = "　".join(part for part in (answer.backups.fact, answer.backups.cure) if part)
            self.backups.tell(answer.backups.state, words)
        rows = list(desk_rows(desk, answer.items, answer.districts, today, answer.requests))
        self._opens = [opens for _, opens in rows]
        self.source.set_rows([values for values, _ in rows])
        self.table.span_groups()
        others = (desk.waiting, desk.returned, answer.items, answer.requests)
        shown = sum(desk.counts.values()) + sum(map(len, others))
        self.pane.title.setText(f"待办 {shown:,} 件" if shown else "待办")
        for chip, group in ((self.late, Urgency.OVERDUE), (self.soon, Urgency.SOON)):
            number = desk.counts[group]
            chip.set_state(StateValue(chip.state.kind, f"{group.words.removeprefix('已')} {number:,}"))
            chip.setVisible(bool(number))
        self._show_scopes(desk, answer.districts)
        self._show_handed(desk)
        if self.table.rows.group(self.table.current_row) is not None or self.table.current_row < 0:
            first = self.table.first_row()
            if first >= 0:
                self.table.select_row(first)  # Enter opens the most urgent at once
        if rows:
            self._say("")
        elif self.desk.actor.may(READ_TRACE) and DeskScope.MINE not in desk.scopes:
            words = "本周没有到期事项。谁在什么时候看了、改了、导出了什么，在“操作留痕”中查阅。"
            self._say(words, "操作留痕", lambda: self.open_wanted.emit("activity", None))
        else:
            self._say("本周没有到期事项。")
        self._show_runs(answer.runs)
        self.seasons.show_tasks(answer.seasons[:MOST_SEASONS], today)
        self.seasons_pane.setVisible(bool(answer.seasons))
        pressing = sum(1 for item in answer.items if item.state in (StateKind.BAD, StateKind.WARN))
        self.count_changed.emit(desk.pressing + pressing + len(answer.requests))

    def _show_scopes(self, desk: DeskOfCases, names: dict[str, str]) -> None:
        self._scope = desk.scope
        self.scopes.set_tabs([Tab(key=item, title=item.words) for item in desk.scopes], desk.scope)
        self.scopes.setFixedWidth(self.scopes.sizeHint().width() + S8)
        self.scopes.setVisible(len(desk.scopes) > 1)
        offered = {
            "district": tuple(Option(code, names.get(code, code)) for code in desk.districts),
            "handler": tuple(Option(login, name) for login, name in desk.handlers),
        }
        for key, options in offered.items():
            button = self.filters[key]
            if button.spec.options != options and self._only[key] is None:
                button.set_spec(FilterSpec(key=key, title=button.spec.title, options=options))
            button.setVisible(len(options) > 1 or self._only[key] is not None)
        self.hand_over.setVisible(DeskScope.MINE in desk.scopes)

    def _show_handed(self, desk: DeskOfCases) -> None:
        """Whose work is with whom, and until when, as long as it is so."""
        for bar in self._told:
            bar.dismiss()
        self._told = []
        login = self.desk.actor.login
        for item in desk.handed:
            what = "工作" if item.cases else "审批"
            buttons: tuple[tuple[str, Callable[[], None]], ...] = ()
            if item.giver == login:
                text = f"{item.days} 您的{what}由 {item.taker_name} 代办（{item.reason}），到期自动收回。"
                buttons = (("提前收回", partial(self.acts.end, item.id)),)
            else:
                text = f"{item.days} 您代 {item.giver_name} 办理{what}（{item.reason}），到期自动交回。"
            self._told.append(self.show_notice(Notice(kind=NoticeKind.INFO, text=text, buttons=buttons)))

    def tell(self, sentence: str) -> None:
        """Say above the desk why something was refused."""
        self.show_notice(Notice(kind=NoticeKind.BAD, text=sentence, closable=True))

    def _choose_scope(self, scope: object) -> None:
        self._scope = DeskScope(str(scope))
        self._only = dict.fromkeys(self._only)
        for button in self.filters.values():
            button.set_value(None)
        self.refresh()

    def _choose(self, key: str, value: object) -> None:
        """One of a filter at a time: the one that was ticked last."""
        chosen = list(value) if isinstance(value, list | tuple) else []
        self._only[key] = str(chosen[-1]) if chosen else None
        if len(chosen) > 1:
            self.filters[key].set_value(chosen[-1:])
        self.refresh()

    def _lost(self, error: Exception) -> None:
        self._ticket = None
        self._say(sentence_of(error), "重试", self.refresh)

    def _say(self, sentence: str, act: str = "", run: Callable[[], None] | None = None) -> None:
        """Stand a sentence, with what may be done about it, in place of the matters; empty shows these."""
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if sentence:
            self._empty = EmptyState(sentence, act, run)
            self._stack.addWidget(self._empty)
            self._stack.setCurrentWidget(self._empty)

    def _show_runs(self, runs: Sequence[RunLine]) -> None:
        today = self.desk.suite.today
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
        catalog, today = self.desk.suite.catalog, self.desk.suite.today
        lines = []
        for entry in self._kept.get("recent", [])[:SHOWN]:
            kind = catalog.kinds.get(str(entry.get("kind")))
            if entry.get("kind") == "case":
                at = dt.datetime.fromisoformat(str(entry["at"]))
                lines.append(
                    Line(
                        title=str(entry["title"]),
                        note="办件",
                        remark=_moment(at, today),
                        icon="folder",
                        value=int(entry["id"]),
                    )
                )
            elif kind is not None:
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
        self.recent_note.setText("打开过的档案和办件会列在这里。")

    def showEvent(self, event: object) -> None:
        self.show_recent()

    def _changed(self, _done: Done) -> None:
        self.refresh()

    def _open_row(self, row: int) -> None:
        opens = self._opens[row] if 0 <= row < len(self._opens) else None
        if opens is None:
            return
        item = opens.argument
        if opens.page == SETTINGS:
            self.part_wanted.emit(*REQUESTS)
        elif not isinstance(item, TodayItem):
            self.open_wanted.emit(opens.page, opens.argument)
        elif item.page is not None and item.filters:
            self.open_wanted.emit(item.page, (*item.ids, item.filters))
        elif item.page is not None:
            self.open_wanted.emit(item.page, (item.view, item.ids) if item.ids else item.view)
        elif item.kind is not None and item.ids:
            self.open_wanted.emit("roster", (item.kind, item.filters, (item.title, item.ids)))
        elif item.kind is not None:
            self.open_wanted.emit("roster", (item.kind, item.filters))

    def _open_season(self, campaign: int, step: str) -> None:
        """A season: the rows that wait for a step, or all of it."""
        self.open_wanted.emit("assessment", campaign if step == "*" else (campaign, (("step", step),)))

    def _open_recent(self, argument: object) -> None:
        if isinstance(argument, tuple):
            self.open_wanted.emit("record", argument)
        else:
            self.open_wanted.emit("case", argument)

    def commands(self) -> tuple[PageCommand, ...]:
        """Handing work over, in the menu 办理 and the palette."""
        made = [PageCommand(menu="act", text="移交全部工作", run=self.acts.ask_hand_over)]
        if self._signs:
            made.append(PageCommand(menu="act", text="委托审批", run=self.acts.ask_delegate))
        return tuple(made)

    def step_back(self) -> bool:
        """Esc: close the strip."""
        return self.acts.close()

    def focus_filter(self) -> bool:
        """Ctrl+F: to whose cases are shown."""
        self.scopes.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the matters."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.scopes, self.table, self.seasons, self.recent, self.runs


def _run_words(run: RunLine) -> str:
    parts = [f"{word} {number:,}" for word, number in (("新增", run.new), ("变更", run.changed)) if number]
    return "　".join([run.kind_title, *(parts or ["无变化"])])


def _moment(at: dt.datetime, today: dt.date) -> str:
    """`10:32` today, `昨天`, `11-20` this year, else the whole date."""
    local = at.astimezone(SHANGHAI)
    day = local.date()
    if day == today:
        return local.strftime("%H:%M")
    if day == today - dt.timedelta(days=1):
        return "昨天"
    return day.strftime("%m-%d") if day.year == today.year else day.isoformat()
