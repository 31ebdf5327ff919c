"""One case: everything that happened and everything that can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.casework import PartyRole
from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.accounts.queries import active_users
from suite.kernel.casework.case_file import CaseFile, case_file
from suite.kernel.casework.papers.queries import CasePapers, case_papers
from suite.kernel.parameters.queries import parameters_on
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.fields import Deliver
from suite.ui.kit.notices import EmptyState, Notice, NoticeBar, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import scrolled
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import NARROW_WINDOW, S8, S12, Width
from suite.ui.pages.case.action_list import ActionList
from suite.ui.pages.case.acts import CaseActs
from suite.ui.pages.case.clock_pane import ClockPane
from suite.ui.pages.case.head import CaseHead
from suite.ui.pages.case.line_acts import LineActs
from suite.ui.pages.case.log_pane import LogPane
from suite.ui.pages.case.matter import Matter
from suite.ui.pages.case.paper_acts import PaperActs
from suite.ui.pages.case.paper_pane import PaperPane
from suite.ui.pages.record.loaded import find_targets

Read = tuple[CaseFile, CasePapers, list[tuple[str, str]]]


class CasePage(Page):
    """`case_id` is the case's id."""

    def __init__(self, desk: Desk, case_id: object, parent: QWidget | None = None) -> None:
        super().__init__("case", "办件", "folder", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        # A notice opens a page with a row of arguments, a list with the one.
        wanted = case_id[0] if isinstance(case_id, tuple) and case_id else case_id
        self.case_id = wanted if isinstance(wanted, int) else 0
        self.case: CaseFile | None = None
        self.users: list[tuple[str, str]] = []
        self._waiting: NoticeBar | None = None
        self._lay_out()
        desk.changed.connect(self._changed)
        self.refresh()

    def _lay_out(self) -> None:
        self.head = CaseHead()
        self.content.addWidget(self.head)
        strips = QVBoxLayout()
        self.content.addLayout(strips)
        self.form_area = scrolled(QWidget())
        tall = QVBoxLayout(self.form_area.widget())
        tall.setContentsMargins(0, 0, 0, 0)
        tall.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.acts = CaseActs(self, strips, tall)
        self.content.addWidget(self.form_area, 1)
        self.form_area.hide()
        self.empty = EmptyState("正在读取…")
        self.content.addWidget(self.empty, 1)
        self.body = QWidget()
        row = QHBoxLayout(self.body)
        row.setContentsMargins(S12, S8, S12, S12)
        row.setSpacing(S8)
        self.matter, self.papers = Matter(), PaperPane()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S8)
        column.addWidget(self.matter)
        column.addWidget(self.papers)
        column.addStretch(1)
        row.addWidget(scrolled(middle), 1)
        self.side = QWidget()
        side = QVBoxLayout(self.side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(S8)
        self.clocks, self.steps, self.log = ClockPane(), ActionList(), LogPane()
        for pane in (self.clocks, self.steps, self.log):
            side.addWidget(pane)
        side.addStretch()
        self.side_area = scrolled(self.side)
        row.addWidget(self.side_area)
        self.content.addWidget(self.body, 1)
        self.head.hide()
        self.body.hide()
        self.steps.wanted.connect(self.acts.ask_step)
        self.head.remark.clicked.connect(self.acts.ask_remark)
        self.head.hand_over.clicked.connect(self.acts.ask_hand_over)
        self.line_acts, lists = LineActs(self, self.acts), self.matter.lists
        lists.add_wanted.connect(self.line_acts.ask_add)
        lists.correct_wanted.connect(self.line_acts.ask_correct)
        lists.strike_wanted.connect(self.line_acts.ask_strike)
        self.matter.reveal_wanted.connect(self.acts.ask_reveal)
        self.paper_acts = PaperActs(self)
        self.papers.wanted.connect(self.paper_acts.ask)
        lists.attach_wanted.connect(self.paper_acts.ask_attach_to)
        lists.save_file_wanted.connect(self.paper_acts.save_entry)
        lists.strike_file_wanted.connect(self.paper_acts.strike_file)
        self.matter.record_wanted.connect(
            lambda kind, number: self.open_wanted.emit("record", (kind, number))
        )
        self.matter.case_wanted.connect(lambda number: self.open_wanted.emit("case", number))
        self.set_hints("F9 办理　F5 刷新")
        self._fit()
        theme().changed.connect(self._fit)

    def _fit(self) -> None:
        narrow = self.window().width() < NARROW_WINDOW
        self.side_area.setFixedWidth(theme().pixels(Width.DOCK if narrow else Width.CASE_COLUMN))

    def resizeEvent(self, event: object) -> None:
        self._fit()

    # Reading.

    def refresh(self) -> None:
        """F5."""
        suite, actor, case_id = self.desk.suite, self.desk.actor, self.case_id

        def query(session: ReadSession) -> Read:
            numbers = parameters_on(session, suite.catalog, suite.today)
            found = case_file(session, actor, suite.catalog, case_id, today=suite.today, parameters=numbers)
            papers = case_papers(session, actor, suite.catalog, case_id)
            return found, papers, active_users(session)

        self.asking.read(query, self._came, self._lost)

    def _came(self, answer: Read) -> None:
        case, papers, self.users = answer
        self.case = case
        self.empty.hide()
        self.set_title(case.number)
        self.head.show_case(case)
        self.head.remark.set_refusal("" if case.may_remark else "您没有办理本件的权限")
        self.head.hand_over.set_refusal("" if case.may_remark else "您没有办理本件的权限")
        self.matter.show_case(case, papers)
        self.papers.show_papers(papers)
        self.matter.graph.show_case(case, self.desk.suite.catalog.lifecycle_of(case.kind))
        self.clocks.show_clocks(case.clocks)
        self.steps.show_steps(case.steps, closed=case.state.terminal)
        self.log.show_events(case.events)
        self.head.show()
        self.body.show()
        self._show_waiting(case)
        self.commands_changed.emit()

    def _show_waiting(self, case: CaseFile) -> None:
        if self._waiting is not None:
            self._waiting.dismiss()
            self._waiting = None
        waiting = case.waiting
        if waiting is None:
            return
        buttons: list[tuple[str, Callable[[], None]]] = []
        if waiting.may_sign:
            buttons = [("同意…", self.acts.ask_sign), ("退回…", self.acts.ask_return)]
        elif waiting.mine:
            buttons = [("撤回…", self.acts.ask_return)]
        if case.may_remark and not waiting.mine:
            buttons.append(("登记纸质审批…", self.acts.ask_paper))
        buttons.append(("打印审批表…", self.paper_acts.ask_approval_form))
        text = f"“{waiting.title}”由 {waiting.asked_by} 提请，待{waiting.place}审批。"
        self._waiting = self.show_notice(Notice(kind=NoticeKind.INFO, text=text, buttons=tuple(buttons)))

    def _lost(self, error: Exception) -> None:
        self.head.setVisible(self.case is not None)
        self.empty.set_sentence(sentence_of(error))
        self.empty.setVisible(self.case is None)
        if self.case is not None:
            self.show_notice(
                Notice(
                    kind=NoticeKind.BAD,
                    text=sentence_of(error),
                    buttons=(("重试", self.refresh),),
                    closable=True,
                )
            )

    def _changed(self, done: Done) -> None:
        if self.case is not None and any(
            change.touches(self.case.kind.key, self.case_id) for change in done.changes
        ):
            self.refresh()

    def complete(self, role: PartyRole, typed: str, deliver: Deliver) -> None:
        """Offer the records that may take a place in the case."""
        catalog, actor = self.desk.suite.catalog, self.desk.actor
        self.asking.read(lambda session: find_targets(session, actor, catalog, role.kinds, typed), deliver)

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the strip."""
        return self.acts.close()

    def focus_start(self) -> None:
        """The keyboard goes to what can be done."""
        first = next((button for button in self.steps.buttons.values() if button.isEnabled()), None)
        (first or self.matter.parties_table).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        lists = (pane.table for pane in self.matter.lists.panes.values())
        return (
            *self.steps.buttons.values(), self.matter.allegations_table, *lists, self.matter.parties_table,
            self.matter.earlier_table, self.papers.table,
        )  # fmt: skip

    def commands(self) -> tuple[PageCommand, ...]:
        """Every step that leads on, in the menu 办理 and the palette."""
        if self.case is None:
            return ()
        made = [
            PageCommand(
                menu="act",
                text=line.transition.title,
                run=partial(self.acts.ask_step, line.transition.command),
                key="F9" if place == 0 else "",
                refusal="；".join(problem.text for problem in line.problems),
            )
            for place, line in enumerate(sorted(self.case.steps, key=lambda line: bool(line.problems)))
        ]
        return (*made, PageCommand(menu="act", text="补记", run=self.acts.ask_remark))
