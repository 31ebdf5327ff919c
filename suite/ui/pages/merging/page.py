"""查重与合并: pairs that were probably kept twice, the merges there have been, persons to be parted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.declarations import RecordKind
from suite.contract.problems import Refused
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.executor.second_person import asked_for
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.duplicates import DuplicatePair, Duplicates, Found, duplicates
from suite.kernel.registry.likeness import Certainty
from suite.kernel.registry.merging_commands import MergePersons, MergeSubjects, UndoMerge
from suite.kernel.registry.merging_plan import DIFFERS
from suite.kernel.registry.merging_queries import (
    MergeLine,
    MergePreview,
    SharedPerson,
    merge_preview,
    merges_of,
    shared_persons,
)
from suite.ui.asking import Asking
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.act_strip import REASON
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind, Noted
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.pages.merging.compare import CompareView
from suite.ui.pages.merging.history import MergeHistory
from suite.ui.pages.merging.splitting import SplitView

PAIRS, DONE, SPLIT = "pairs", "done", "split"
SURE = {
    Certainty.CERTAIN: StateValue(StateKind.WARN, "确定"),
    Certainty.LIKELY: StateValue(StateKind.RUN, "很可能"),
    Certainty.POSSIBLE: StateValue(StateKind.NEUTRAL, "可能"),
}
COLUMNS = (
    Column(key="sure", title="把握", kind=ColumnKind.STATE, width=80),
    Column(key="names", title="两份档案", width=170, stretch=True, least=150),
    Column(key="why", title="理由", width=190),
)
#: What each tab shows, by its place in the stack.
_PLACES = {PAIRS: 0, DONE: 1, SPLIT: 3}
#: One side of a comparison: kind and subject.
Side = tuple[str, int]


class MergingPage(Page):
    """`argument` is (kind,), or (kind, kept, gone) for two records that somebody has found."""

    def __init__(self, desk: Desk, argument: object = None) -> None:
        super().__init__("merging", "查重与合并", "copy")
        self._desk = desk
        self._catalog = desk.suite.catalog
        self._asking = Asking(desk, self)
        self._kinds = [
            kind
            for owner in self._catalog.professions
            for kind in self._catalog.kinds_of(owner)
            if desk.actor.may(f"{owner}:roster:merge")
        ]
        self.kind: RecordKind | None = None
        self.found: Duplicates | None = None
        self.compare: CompareView | None = None
        self._sides: tuple[Side, Side] | None = None
        self._plan: Ticket | None = None
        self._lay_out()
        self._connect()
        self.set_hints("Enter 比对　空格 选值　F6 换区")
        self._start(argument)

    def _lay_out(self) -> None:
        head = Bar("window", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="查重与合并")
        self.chooser = Button(arrow=True, look=Look.PLAIN, tip="换一种名册")
        head.row.addWidget(self.tabs, 1)
        head.row.addWidget(self.chooser)
        self.content.addWidget(head)
        self._whole = QStackedWidget()
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        body.addWidget(self._whole)
        self.content.addLayout(body, 1)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source))
        self.table.setAccessibleName("疑似重复的档案")
        left = Pane()
        left.body.addWidget(self.table, 1)
        self.empty = EmptyState("正在查找…")
        left.body.addWidget(self.empty, 1)
        self._foot = Bar("foot", Height.VIEW_ROW)
        self.count = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self._foot.row.addWidget(self.count, 1)
        self._foot.hide()
        left.body.addWidget(self._foot)
        self.right = Pane()
        self._nothing = EmptyState("在左边选一对档案进行比对。")
        self.right.body.addWidget(self._nothing, 1)
        self.problem = label("", tone="bad", wrap=True)
        self.problem.setContentsMargins(S12, S8, S12, S8)
        self.problem.hide()
        self.right.body.addWidget(self.problem)
        pairs = QWidget()
        row = QHBoxLayout(pairs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S8)
        row.addWidget(left, 5)
        row.addWidget(self.right, 7)
        self.history = MergeHistory(self._desk.suite.today)
        done = Pane()
        done.body.addWidget(self.history, 1)
        self.splitting = SplitView(self._catalog, self._desk.suite.today, self._asking)
        split = Pane()
        split.body.addWidget(self.splitting, 1)
        self._refused = EmptyState("")
        for widget in (pairs, done, self._refused, split):
            self._whole.addWidget(widget)

    def _connect(self) -> None:
        self.tabs.current_changed.connect(self._tab_chosen)
        self.chooser.clicked.connect(self._offer_kinds)
        self.table.row_settled.connect(lambda row, _key: self._row_chosen(row))
        self.table.row_opened.connect(lambda row, _key: self._row_chosen(row, begin=True))
        self.history.undo_wanted.connect(self._undo)
        self.history.open_wanted.connect(lambda what: self.open_wanted.emit("record", what))
        self._desk.changed.connect(self._changed)

    def _start(self, argument: object) -> None:
        asked = argument if isinstance(argument, tuple) else ()
        keys = [kind.key for kind in self._kinds]
        if not keys or (asked and asked[0] not in keys):
            self.chooser.hide()
            self._refused.sentence.setText("您没有合并重复档案的权限，请联系科室管理员。")
            self._whole.setCurrentIndex(2)
            return
        self.show_kind(str(asked[0]) if asked else keys[0])
        if len(asked) == 3:
            self._compare(((asked[0], asked[1]), (asked[0], asked[2])))

    # Reading.

    def show_kind(self, key: str) -> None:
        """Look for the pairs of a kind."""
        self.kind = self._catalog.kinds[key]
        self.chooser.setText(self.kind.title)
        self.chooser.setAccessibleName(f"名册种类，现为{self.kind.title}")
        self.set_title(f"查重与合并 · {self.kind.title}")
        self._source.set_rows([])
        self._say("正在查找…")
        self._show_nothing()
        self.refresh()

    def refresh(self) -> None:
        """F5: look again."""
        kind, actor, catalog = self.kind, self._desk.actor, self._catalog
        if kind is None:
            return
        self._asking.read(
            lambda session: (
                kind.key,
                duplicates(session, actor, catalog, kind.key),
                merges_of(session, actor, catalog, kind.key),
                shared_persons(session, actor, catalog, kind.key) if kind.has_person else [],
            ),
            self._came,
            self._lost,
        )

    def _came(self, answer: tuple[str, Duplicates, list[MergeLine], list[SharedPerson]]) -> None:
        key, found, merges, shared = answer
        if self.kind is None or key != self.kind.key:
            return
        self.found = found
        pairs = found.pairs
        self._source.set_rows([_row(pair) for pair in pairs], [_key(pair) for pair in pairs])
        self.table.setVisible(bool(pairs))
        self.empty.setVisible(not pairs)
        if not pairs:
            self._say(f"没有发现疑似重复的{self.kind.title}档案。在名册中勾选两份，也可以合并。")
        more = "，其余的合并后再列出" if found.more else ""
        self.count.setText(f"{len(pairs):,} 对疑似重复{more}")
        self._foot.setVisible(bool(pairs))
        number: int | str = f"{len(pairs):,}+" if found.more else len(pairs)
        standing = sum(1 for line in merges if line.undone is None)
        tabs = [
            Tab(key=PAIRS, title="疑似重复", count=number),
            Tab(key=DONE, title="合并记录", count=standing),
            *([Tab(key=SPLIT, title="拆分个人", count=len(shared))] if self.kind.has_person else ()),
        ]
        current = self.tabs.current if self.tabs.current in [tab.key for tab in tabs] else PAIRS
        self.tabs.set_tabs(tabs, current=current)
        self._whole.setCurrentIndex(_PLACES[str(current)])
        self.splitting.show_people(self.kind, shared)
        self.history.show_lines(merges)
        if pairs and self._sides is None:
            self.table.select_row(0)
            self._row_chosen(0)

    def _lost(self, error: Exception) -> None:
        self._say(sentence_of(error))

    def _say(self, sentence: str) -> None:
        self.empty.sentence.setText(sentence)
        self.table.setVisible(False)
        self.empty.setVisible(True)

    def _tab_chosen(self, key: object) -> None:
        self._whole.setCurrentIndex(_PLACES[str(key)])
        self.focus_start()

    def _offer_kinds(self) -> None:
        menu = QMenu(self.chooser)
        for kind in self._kinds:
            action = menu.addAction(kind.title)
            action.setCheckable(True)
            action.setChecked(kind is self.kind)
            action.triggered.connect(lambda _=False, key=kind.key: self.show_kind(key))
        self.chooser.open_menu(menu)

    # Comparing.

    def _row_chosen(self, row: int, *, begin: bool = False) -> None:
        if self.found is None or not 0 <= row < len(self.found.pairs):
            return
        pair = self.found.pairs[row]
        sides = (pair.first.kind, pair.first.subject_id), (pair.second.kind, pair.second.subject_id)
        if self._sides is not None and set(self._sides) == set(sides):
            if begin and self.compare is not None:
                self.compare.begin()
            return
        self._compare(sides)

    def _compare(self, sides: tuple[Side, Side]) -> None:
        """Show two side by side, the first to be kept."""
        self._sides = sides
        self._ask_plan({}, lambda answer: self._show_pair(sides, *answer))

    def _ask_plan(
        self, choices: Mapping[str, str], on_done: Callable[[tuple[MergePreview, dict[str, str]]], object]
    ) -> None:
        if self._sides is None:
            return
        (kept, gone), actor, catalog = self._sides, self._desk.actor, self._catalog
        today = self._desk.suite.today

        def plan(session: ReadSession) -> tuple[MergePreview, dict[str, str]]:
            preview = merge_preview(session, actor, catalog, kept, gone, choices, today)
            return preview, short_district_names(session)

        if self._plan is not None:
            self._plan.drop()
        self._plan = self._asking.read(plan, on_done, self._not_planned)

    def _show_pair(self, sides: tuple[Side, Side], preview: MergePreview, districts: dict[str, str]) -> None:
        if sides != self._sides:
            return
        self._show_nothing(sides)
        kinds = sides[0][0], sides[1][0]
        view = CompareView(self._catalog, districts, kinds, preview, self._desk.suite.today)
        view.chosen.connect(self._choice_made)
        view.turn_wanted.connect(self.turn)
        view.merge_wanted.connect(self._merge)
        view.open_wanted.connect(lambda what: self.open_wanted.emit("record", what))
        self.compare = view
        self._nothing.hide()
        self.right.body.insertWidget(0, view, 1)

    def _show_nothing(self, sides: tuple[Side, Side] | None = None) -> None:
        self._sides = sides
        if self.compare is not None:
            self.right.body.removeWidget(self.compare)
            self.compare.deleteLater()
            self.compare = None
        self.problem.hide()
        self._nothing.show()

    def _not_planned(self, error: Exception) -> None:
        self._show_nothing(self._sides)
        self._tell_problem(error)

    def _tell_problem(self, error: Exception) -> None:
        self.problem.setText(sentence_of(error))
        self.problem.show()

    def _choice_made(self) -> None:
        view = self.compare
        if view is not None:
            self._ask_plan(view.choices, lambda answer: view.show_plan(answer[0]))

    def turn(self) -> None:
        """Keep the other one instead."""
        if self._sides is not None:
            self._compare((self._sides[1], self._sides[0]))

    # Merging.

    def _merge(self, reason: str) -> None:
        view = self.compare
        if self._sides is None or view is None:
            return
        (kind, kept), (other, gone) = self._sides
        command: MergeSubjects | MergePersons
        if kind == other:
            command = MergeSubjects(
                kind=kind,
                kept=kept,
                gone=gone,
                reason=reason,
                choices=view.choices,
                kept_version=view.preview.kept.version,
                gone_version=view.preview.gone.version,
            )
        else:
            command = MergePersons(kind=kind, kept=kept, gone=gone, reason=reason, choices=view.choices)
        self._asking.run(command, self._merged, self._not_merged)

    def _merged(self, done: Done) -> None:
        self._show_nothing()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        # How the two differ stands in the comparison.
        warnings = "；".join(problem.text for problem in done.warnings if problem.code != DIFFERS)
        if asked_for(done) is not None:
            self.problem.setText(f"{done.text}。{warnings}")
            self.problem.show()
        elif warnings:
            self.problem.setText(f"已合并。合并后的档案有待核实之处：{warnings}")
            self.problem.show()

    def _not_merged(self, error: Exception) -> None:
        if self.compare is None:
            return
        problems = error.problems if isinstance(error, Refused) else ()
        fields = {p.field: p.text for p in problems if p.field is not None and p.field == REASON.key}
        self.compare.strip.set_problems(fields, () if fields else (sentence_of(error),))

    def _undo(self, line: MergeLine, reason: str) -> None:
        command = UndoMerge(kind=line.kind, merge_id=line.id, reason=reason)
        self._asking.run(command, self._undone, self._not_undone)

    def _undone(self, _done: Done) -> None:
        self.history.drop_strip()

    def _not_undone(self, error: Exception) -> None:
        self.history.strip.set_problems({}, (sentence_of(error),))

    def _changed(self, done: Done) -> None:
        if self.kind is not None and any(change.kind == self.kind.key for change in done.changes):
            self.refresh()

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the strip that is open, else leave the comparison for the list."""
        if self._whole.currentIndex() == _PLACES[DONE]:
            return self.history.drop_strip()
        if self._whole.currentIndex() == _PLACES[SPLIT]:
            return self.splitting.drop_strip()
        if self.compare is not None and self.compare.drop_strip():
            return True
        if self.compare is not None and self.compare.isAncestorOf(self.focusWidget() or self.table):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def focus_start(self) -> None:
        """The keyboard goes to the list."""
        self.focus_ring()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The list, the comparison."""
        if self._whole.currentIndex() == _PLACES[DONE]:
            return self.history.table, self.history.undo
        if self._whole.currentIndex() == _PLACES[SPLIT]:
            return self.splitting.table, self.splitting.split
        return self.table, *((self.compare.merge,) if self.compare is not None else ())


def _key(pair: DuplicatePair) -> tuple[int, int]:
    return pair.first.subject_id, pair.second.subject_id


def _row(pair: DuplicatePair) -> tuple[object, ...]:
    names = list(dict.fromkeys((pair.first.name, pair.second.name)))
    return (
        SURE[pair.certainty],
        Noted(" / ".join(names), _apart(pair)),
        "；".join(reason.words for reason in pair.reasons),
    )


def _apart(pair: DuplicatePair) -> str:
    """What tells the two apart in the list: their bodies, else their numbers."""

    def words(one: Found) -> str:
        return one.body or one.main_no or f"#{one.subject_id}"

    return "、".join(dict.fromkeys((words(pair.first), words(pair.second))))
