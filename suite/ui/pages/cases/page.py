"""办件: the cases that are open, by what is due first; closed ones; what waits for my signature; new ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.casework import PartyRole
from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.accounts.queries import active_users
from suite.kernel.casework.handing import handed_over, works_for
from suite.kernel.casework.queries import (
    CaseLine,
    CaseQuery,
    case_ids,
    case_lines,
    readable_kinds,
)
from suite.kernel.casework.waiting import ReturnedCase, WaitingCase, returned_to, waiting_for
from suite.kernel.clocks.wording import Running
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.buttons import Button
from suite.ui.kit.fields import Deliver
from suite.ui.kit.filter_panels import FilterSpec, Option
from suite.ui.kit.filters import FilterButton
from suite.ui.kit.header import SortKeys
from suite.ui.kit.line import LineEdit
from suite.ui.kit.notices import EmptyState, Notice, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Pane, scrolled
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import ProfessionTabs, Tab
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S12, Height, TextSize, Width
from suite.ui.pages.cases.export import CasesExport
from suite.ui.pages.cases.opening_menu import Opening, OpeningButton
from suite.ui.pages.cases.opening_strip import OpeningStrip
from suite.ui.pages.cases.views import (
    COLUMNS,
    OPEN,
    OVERDUE,
    PICKED,
    RETURNED,
    VIEWS,
    WAITING,
    WHY_EMPTY,
    query_of,
    row_of,
)
from suite.ui.pages.record.loaded import find_targets

#: Before the key of a kind, where the page opens on it.
OF_KIND = "kind"
#: A desk shows what can be worked on; older cases are found by words.
SHOWN = 500


class Answer(NamedTuple):
    """What the list shows: lines, what waits and what came back, colleagues, how many there are in all, and
    what was asked for."""

    lines: list[CaseLine]
    waiting: list[WaitingCase]
    returned: list[ReturnedCase]
    users: list[tuple[str, str]]
    many: int
    asked: CaseQuery


class CasesPage(Page):
    """`view` is one of VIEWS, by default what is open; (title, ids) of cases picked elsewhere; or
    (OF_KIND, key): what is open of one kind."""

    def __init__(self, desk: Desk, view: object = None, parent: QWidget | None = None) -> None:
        super().__init__("cases", "办件", "folder", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.lines: list[CaseLine] = []
        self.users: list[tuple[str, str]] = []
        self.asked = CaseQuery()
        self.view = view if isinstance(view, str) and view in dict(VIEWS) else OPEN
        self.views: tuple[tuple[str, str], ...] = VIEWS
        self.picked: tuple[int, ...] = ()
        of_kind = str(view[1]) if isinstance(view, tuple) and view[:1] == (OF_KIND,) else ""
        if isinstance(view, tuple) and len(view) == 2 and not of_kind:
            self.view, self.picked = PICKED, tuple(view[1])
            self.views = ((PICKED, str(view[0])), *VIEWS)
        self.order: tuple[str, bool] = ("", False)
        self.openings = self._openings()
        self._lay_out()
        if of_kind:
            self.kind.set_value([of_kind])
        desk.changed.connect(self._changed)
        self.refresh()

    def _openings(self) -> list[Opening]:
        """What can be opened, and why not by this actor."""
        catalog, actor = self.desk.suite.catalog, self.desk.actor
        found = []
        for key in readable_kinds(actor, catalog, CaseQuery()):
            kind = catalog.case_kinds[key]
            for transition in catalog.lifecycle_of(kind).openings:
                may = actor.may(f"{kind.rights}:{transition.permission}")
                found.append((kind, transition, "" if may else f"您没有{transition.title}的权限"))
        return found

    def _lay_out(self) -> None:
        top = Bar("window", Height.PROFESSION_TABS)
        top.row.addWidget(label("办件", size=TextSize.SECTION, bold=True))
        self.words = LineEdit(placeholder="编号、事项、被投诉人", icon_name="search")
        self.words.setFixedWidth(theme().pixels(Width.DOCK))
        self.words.setAccessibleName("按编号、事项或当事人查找办件")
        self.words.settled.connect(lambda _text: self.refresh())
        top.row.addWidget(self.words)
        top.row.addStretch()
        kinds = {kind.key: kind.title for kind, _, _ in self.openings}
        self.kind = FilterButton(
            FilterSpec(
                key="kind", title="种类", options=tuple(Option(key, title) for key, title in kinds.items())
            )
        )
        self.kind.value_changed.connect(self._choose_kind)
        top.row.insertWidget(2, self.kind)
        self.kind.setVisible(len(kinds) > 1)
        self._sole = next(iter(kinds)) if len(kinds) == 1 else None
        self.saving = CasesExport(self)
        self.export = Button("导出…", top, icon_name="export")
        self.export.clicked.connect(self.saving.ask)
        self.export.set_refusal(self.saving.refusal)
        top.row.addWidget(self.export)
        self.opening = OpeningButton(self.openings, self.desk.suite.catalog, self.ask_open, top)
        top.row.addWidget(self.opening)
        self.content.addWidget(top)
        self.tabs = ProfessionTabs()
        self.tabs.set_tabs([Tab(key=key, title=title) for key, title in self.views], self.view)
        self.tabs.current_changed.connect(self.show_view)
        row = QHBoxLayout()
        row.setContentsMargins(S12, 0, S12, 0)
        row.addWidget(self.tabs)
        self.content.addLayout(row)
        self.form_area = scrolled(QWidget())
        strips = QVBoxLayout(self.form_area.widget())
        strips.setContentsMargins(0, 0, 0, 0)
        strips.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.acts = OpeningStrip(self, strips)
        self.content.addWidget(self.form_area, 1)
        self.form_area.hide()
        self.body = QWidget()
        body = QHBoxLayout(self.body)
        body.setContentsMargins(S12, 0, S12, S12)
        self.pane = Pane("")
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self))
        self.table.setAccessibleName("办件列表")
        self.table.row_opened.connect(lambda _row, key: self._open(key))
        self.table.link_clicked.connect(lambda _row, key, _column: self._open(key))
        self.table.sort_changed.connect(self._sort)
        self.pane.body.addWidget(self.table, 1)
        self.empty = EmptyState("正在读取…")
        self.pane.body.addWidget(self.empty, 1)
        self.table.hide()
        body.addWidget(self.pane)
        self.content.addWidget(self.body, 1)
        self.count = label("", tone="text2", size=TextSize.CAPTION)
        self.count.setContentsMargins(S12, 0, S12, S12)
        self.content.addWidget(self.count)
        self.set_hints("Enter 打开　Ctrl+N 登记　Ctrl+E 导出　Ctrl+F 查找　F5 刷新")

    # Reading.

    def show_view(self, view: object) -> None:
        """Show another view; `new` opens the form of the first opening."""
        if view == "new":
            self.opening.open()
            return
        self.view = str(view)
        if self.tabs.current != view:
            self.tabs.set_current(self.view)
        self.refresh()

    def refresh(self) -> None:
        """F5."""
        suite, actor, view, words = self.desk.suite, self.desk.actor, self.view, self.words.text()
        picked, kind, (order, down) = self.picked, self._kind(), self.order

        def query(session: ReadSession) -> Answer:
            catalog, today = suite.catalog, suite.today
            waiting = waiting_for(session, actor, catalog)
            returned = returned_to(session, actor, catalog, today)
            known = {
                WAITING: tuple(item.case_id for item in waiting),
                RETURNED: tuple(item.case_id for item in returned),
                PICKED: picked,
            }.get(view)
            if known is None:
                logins = (actor.login, *works_for(handed_over(session, today), actor.login, today))
                asked = query_of(view, today, logins, kind=kind, words=words, order=order, down=down)
                ids: Sequence[int] = case_ids(session, actor, catalog, asked, limit=SHOWN + 1)
            else:
                asked = CaseQuery(kind=kind, words=words, ids=known, order=order, down=down)
                ids = case_ids(session, actor, catalog, asked) if known else ()
            lines = case_lines(session, actor, catalog, ids[:SHOWN], today=today)
            return Answer(lines, waiting, returned, active_users(session), len(ids), asked)

        self.asking.read(query, self._came, self.lost)

    @property
    def kind_shown(self) -> str | None:
        """The one kind of which the list is; None while it is of several."""
        return self._kind() or self._sole

    @property
    def view_title(self) -> str:
        """What the view is called."""
        return dict(self.views)[self.view]

    def _allow(self) -> None:
        """The export, with the reason where it does nothing."""
        self.export.set_refusal(self.saving.refusal)
        self.commands_changed.emit()

    def _kind(self) -> str | None:
        chosen = self.kind.value
        return str(chosen[0]) if isinstance(chosen, list | tuple) and chosen else None

    def _choose_kind(self, value: object) -> None:
        chosen = list(value) if isinstance(value, list | tuple) else []
        if len(chosen) > 1:
            self.kind.set_value(chosen[-1:])
        self.refresh()

    def _sort(self, keys: SortKeys) -> None:
        self.order = (keys[0][0], not keys[0][1]) if keys else ("", False)
        self.refresh()

    def _came(self, answer: Answer) -> None:
        self.lines, self.users, self.asked = answer.lines, answer.users, answer.asked
        steps = {item.case_id: item for item in answer.waiting} if self.view == WAITING else {}
        reasons = {item.case_id: item.reason for item in answer.returned} if self.view == RETURNED else {}
        self.source.set_rows(
            [row_of(line, steps.get(line.id), reasons.get(line.id, "")) for line in self.lines],
            [line.id for line in self.lines],
        )
        self.table.setVisible(bool(self.lines))
        self.empty.setVisible(not self.lines)
        if not self.lines:
            self.empty.set_sentence(self._why_empty())
        elif self.table.current_row < 0:
            self.table.select_row(0)
        found = f"超过 {SHOWN:,} 件" if answer.many > SHOWN else f"{answer.many:,} 件"
        more = "，列出最前的，其余请按编号或当事人查找" if answer.many > SHOWN else ""
        late = sum(1 for line in self.lines if line.clock and line.clock.state is Running.OVERDUE)
        said = f"　逾期 {late} 件" if late and self.view != OVERDUE else ""
        self.count.setText(f"{self.view_title} {found}{said}{more}")
        counts = {WAITING: len(answer.waiting), RETURNED: len(answer.returned)}
        self.tabs.set_tabs(
            [Tab(key=key, title=title, count=counts.get(key) or None) for key, title in self.views],
            self.view,
        )
        self.count_changed.emit(sum(counts.values()))
        self._allow()

    def _why_empty(self) -> str:
        if self.words.text().strip():
            return f"没有编号、事项或当事人含“{self.words.text().strip()}”的办件。"
        return WHY_EMPTY[self.view]

    def lost(self, error: Exception) -> None:
        """Tell why something could not be read or written."""
        if not self.lines:
            self.table.hide()
            self.empty.set_sentence(sentence_of(error))
            self.empty.show()
            return
        self.show_notice(
            Notice(
                kind=NoticeKind.BAD,
                text=sentence_of(error),
                buttons=(("重试", self.refresh),),
                closable=True,
            )
        )

    def _changed(self, done: Done) -> None:
        kinds = self.desk.suite.catalog.case_kinds
        if any(change.kind in kinds for change in done.changes):
            self.refresh()

    def _open(self, key: object) -> None:
        if isinstance(key, int):
            self.open_wanted.emit("case", key)

    # Opening.

    def ask_open(self, place: int) -> None:
        """The form of an opening step."""
        if place < len(self.openings) and not self.openings[place][2]:
            kind, transition, _ = self.openings[place]
            self.acts.ask(kind, transition)

    def complete(self, role: PartyRole, typed: str, deliver: Deliver) -> None:
        """Offer the records that may take a place in the case."""
        catalog, actor = self.desk.suite.catalog, self.desk.actor
        self.asking.read(lambda session: find_targets(session, actor, catalog, role.kinds, typed), deliver)

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the form."""
        return self.acts.close()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the list."""
        (self.table if self.lines else self.words).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.words, self.tabs, self.table

    def commands(self) -> tuple[PageCommand, ...]:
        """What can be opened."""
        several = len(self.openings) > 1
        made = [
            PageCommand(
                menu="act",
                text=f"{kind.title}：{transition.title}" if several else transition.title,
                run=partial(self.ask_open, place),
                key="" if several else "Ctrl+N",
                refusal=refusal,
            )
            for place, (kind, transition, refusal) in enumerate(self.openings)
        ]
        if several:
            made.insert(0, PageCommand(menu="act", text="登记办件", run=self.opening.open, key="Ctrl+N"))
        return (
            *made,
            PageCommand(
                menu="act", text="导出办件", run=self.saving.ask, key="Ctrl+E", refusal=self.saving.refusal
            ),
        )
