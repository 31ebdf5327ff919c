"""考核评估: one season at a time, from its opening to its publication."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.assessment.boards import AssessmentSheet, Board, BoardLine, assessment_sheet
from suite.kernel.assessment.choosing import TEXT
from suite.kernel.assessment.cockpit import Cockpit
from suite.kernel.assessment.progress import CampaignLine
from suite.kernel.assessment.standing import IN, RUNNING
from suite.kernel.assessment.windows import windows_of
from suite.ui.asking import Asking
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.notices import EmptyState, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Frame
from suite.ui.long_work import LongWork
from suite.ui.pages.assessment.after_acts import AfterActs
from suite.ui.pages.assessment.cockpit_view import CockpitView
from suite.ui.pages.assessment.evidence_acts import EvidenceActs
from suite.ui.pages.assessment.file_acts import FileActs
from suite.ui.pages.assessment.further import FurtherViews
from suite.ui.pages.assessment.head import COCKPIT, ROSTER, SCORES, SeasonHead
from suite.ui.pages.assessment.materials_view import MaterialsView
from suite.ui.pages.assessment.measures_view import MeasuresView
from suite.ui.pages.assessment.menu_acts import acts_of
from suite.ui.pages.assessment.objection_acts import ObjectionActs
from suite.ui.pages.assessment.participant_acts import ParticipantActs
from suite.ui.pages.assessment.reading import Read, read_season
from suite.ui.pages.assessment.roster_view import RosterView
from suite.ui.pages.assessment.score_acts import ScoreActs
from suite.ui.pages.assessment.scores_view import ScoresView
from suite.ui.pages.assessment.season_acts import SeasonActs
from suite.ui.pages.assessment.sheet_acts import SheetActs
from suite.ui.pages.assessment.summary import AssessmentSummary
from suite.ui.pages.assessment.survey_view import SurveyView
from suite.ui.pages.assessment.wording import unit_of
from suite.ui.strip_place import StripPlace

CHOOSE = "在左边选中一个对象，这里列出得分、同组分布和办理经过。"
NOTHING = "还没有开展过考核评估。开展后参加对象按规则自动确定。"
HINTS = {
    COCKPIT: "Enter 打开名单　Ctrl+N 开展考核　F5 刷新",
    SCORES: "方向键移动　Enter 看依据　F2 改分　Ctrl+Z 撤销评分　F5 刷新",
    ROSTER: "空格 勾选　Ctrl+A 全选　Enter 打开档案　F9 办理环节　F5 刷新",
}


class AssessmentPage(Page):
    """`wanted`: a season, or a season with the filter whose rows are asked for: as pairs of key and value."""

    def __init__(self, desk: Desk, wanted: object = None) -> None:
        super().__init__("assessment", "考核评估", "assess")
        self.desk = desk
        self.asking = Asking(desk, self)
        self._ticket: Ticket | None = None
        campaign, filters = wanted if isinstance(wanted, tuple) else (wanted, ())
        self._campaign = campaign if isinstance(campaign, int) else None
        self._titled = self._campaign is not None
        self._wanted: dict[str, object] = {key: value if key == TEXT else [value] for key, value in filters}
        self._view = ROSTER if self._wanted else COCKPIT
        self._behind: Ticket | None = None
        self.campaigns: list[CampaignLine] = []
        self.board: Board | None = None
        self.come: Cockpit | None = None
        self.parameters: Mapping[str, object] = {}
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        self.head = SeasonHead()
        self.content.addWidget(self.head)
        strips = QVBoxLayout()
        self.place = StripPlace(self, strips, self.asking)
        self.content.addLayout(strips)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        ground = Frame("window")
        self._stack = QStackedLayout(ground)
        self.cockpit, self.scores, self.roster = CockpitView(), ScoresView(), RosterView()
        for view in (self.cockpit, self.scores, self.roster):
            self._stack.addWidget(view)
        self._empty: EmptyState | None = None
        middle.addWidget(ground, 1)
        self.dock = AssessmentSummary()
        self.dock.show_nothing(CHOOSE)
        middle.addWidget(self.dock)
        self.content.addLayout(middle, 1)
        self.work = LongWork(self.desk, self, self.head.progress)
        self.place.began.connect(self.work.hush)
        self.acts = SeasonActs(self, self.place)
        self.participants = ParticipantActs(self, self.place)
        self.objections = ObjectionActs(self, self.place)
        self.files = FileActs(self, self.place)
        self.scoring = ScoreActs(self, self.place)
        self.after = AfterActs(self, self.place)
        self.evidence = EvidenceActs(self, self.place)
        self.sheets = SheetActs(self, self.place)
        self.survey, self.measures = SurveyView(self), MeasuresView(self)
        self.further = FurtherViews(self, (MaterialsView(self), self.survey, self.measures))
        for further in self.further.views.values():
            self._stack.addWidget(further)

    def _connect(self) -> None:
        head = self.head
        head.seasons.current_changed.connect(self._choose_campaign)
        head.views.current_changed.connect(lambda key: self.turn(str(key)))
        head.refresh.clicked.connect(self.refresh)
        head.open.clicked.connect(self.acts.ask_open)
        head.scheme.clicked.connect(self.open_scheme)
        head.propose.clicked.connect(self.acts.propose)
        head.remind.clicked.connect(self.files.ask_remind)
        head.list_wanted.connect(self.files.ask_list)
        head.circular_wanted.connect(self.files.ask_circular)
        head.next.clicked.connect(self.acts.ask_next)
        self.cockpit.rows_wanted.connect(self.show_rows)
        self.cockpit.follow_wanted.connect(self.acts.ask_follow)
        self.scores.measure.clicked.connect(self.evidence.score_records)
        self.scores.sheet.clicked.connect(self.sheets.ask_sheet)
        self.scores.take.clicked.connect(self.sheets.ask_take)
        heat = self.scores.heat
        heat.line_chosen.connect(self._show)
        heat.cell_opened.connect(self._show_evidence)
        heat.cell_edit_wanted.connect(self.scoring.ask_score)
        heat.line_opened.connect(self.open_record)
        self.roster.settled.connect(self._settled)
        self.roster.opened.connect(self.open_record)
        self.roster.checks_changed.connect(self.commands_changed)
        self.roster.add_act("办理环节…", self.participants.ask_step)
        self.roster.add_act("按建议评定…", self.participants.ask_accept)
        self.roster.add_act("另行评定…", self.participants.ask_grade)
        self.roster.add_act("催报…", self.files.ask_remind)
        self.dock.record_wanted.connect(lambda: self.open_record(self.line))
        self.dock.form_wanted.connect(self.open_form)
        self.dock.menu_wanted.connect(self._open_acts)
        self.dock.entry_wanted.connect(lambda key, one: self.open_wanted.emit("ledgers", (key, (one,))))
        self.desk.changed.connect(self._changed)

    def resizeEvent(self, event: object) -> None:
        self._fit_dock()

    def _fit_dock(self) -> None:
        if self._view not in (SCORES, ROSTER) or self.board is None:
            self.dock.hide()
        else:
            self.dock.fit(self.window().width())

    # Reading.

    def refresh(self) -> None:
        """F5."""
        if self._ticket is not None:
            self._ticket.drop()
        suite, actor, wanted = self.desk.suite, self.desk.actor, self._campaign

        def query(session: ReadSession) -> Read:
            return read_season(session, suite, actor, wanted)

        self._ticket = self.asking.read(query, self._came, self._lost)

    def _came(self, found: Read) -> None:
        self._ticket = None
        self.campaigns, self.board, self.come, self.parameters = found
        self.head.show_seasons(self.campaigns, self.board, may_open=bool(self.acts.schemes()))
        if self.board is None or self.come is None:
            act = self.acts.ask_open if self.acts.schemes() else None
            self._say(NOTHING, "开展考核…" if act else "", act)
            return
        self._campaign = self.board.campaign.id
        if self._titled:
            self.set_title(f"考核评估 · {self.board.campaign.title}")
        self._say("")
        self._view = self.head.show_board(self.board, self._view, self.further.tabs(self.board))
        running = self.board.campaign.state == RUNNING
        self.head.propose.setVisible((running or self.late) and self.may("run"))
        self.head.remind.setVisible(running and self.may("report"))
        self.scores.measure.setVisible((running or self.late) and self.evidence.measured and self.may("run"))
        for button in (self.scores.sheet, self.scores.take):
            button.setVisible(running and self.sheets.offered and self.may("score"))
        self.head.show_next(*self.acts.next_act())
        days = windows_of(self.board.sheet.scheme, self.board.campaign.last, self.parameters)
        self.cockpit.show_cockpit(self.come, self.board, unit_of(self.come), days, self.desk.suite.today)
        self.roster.show_board(self.board)
        if self._wanted:
            wanted, self._wanted = self._wanted, {}
            self.roster.want(wanted)
        if self.board.sheet.criteria:
            self.scores.show_board(self.board)
        self.turn(self._view)

    def _lost(self, error: Exception) -> None:
        self._ticket = None
        self._say(sentence_of(error), "重试", self.refresh)

    def lost(self, error: Exception) -> None:
        """Tell why an act was refused."""
        self.work.tell(NoticeKind.BAD, sentence_of(error))

    def tell(self, sentence: str) -> None:
        """Say above the page why something cannot be done, in place of what was asked before."""
        self.place.close()
        self.work.tell(NoticeKind.WARN, sentence)

    def _changed(self, _done: Done) -> None:
        if self.isVisible():
            self.refresh()

    def _say(self, sentence: str, button: str = "", act: object = None) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if sentence:
            self._empty = EmptyState(sentence, button, act if callable(act) else None)
            self._stack.addWidget(self._empty)
            self._stack.setCurrentWidget(self._empty)
            self.dock.hide()

    # What is in front.

    @property
    def view(self) -> str:
        """Which of the season's views is shown."""
        return self._view

    @property
    def campaign(self) -> CampaignLine | None:
        """The season that is shown."""
        return self.board.campaign if self.board is not None else None

    @property
    def line(self) -> BoardLine | None:
        """The participant that the keyboard is on; none where the view in front shows none."""
        further = self.further.views.get(self._view)
        if further is not None:
            return further.participant(further.rows.current)
        if self._view == COCKPIT:
            return None
        return self.scores.heat.current if self._view == SCORES else self.roster.current

    @property
    def targets(self) -> list[BoardLine]:
        """Whom an act is about: the checked rows, else the current one."""
        if self._view == ROSTER:
            return list(self.roster.targets)
        return [self.line] if self.line is not None else []

    @property
    def checked(self) -> list[BoardLine]:
        """The checked rows of the list."""
        found = self.roster.model.checked
        return [line for line in self.board.lines if line.id in found] if self.board and found else []

    @property
    def listed(self) -> list[BoardLine]:
        """What the list shows now, all of it beside the cockpit and the board of scores."""
        if self._view == ROSTER or self.board is None:
            return self.roster.lines
        return list(self.board.lines)

    @property
    def filter_words(self) -> str:
        """What the list is filtered by, in words."""
        return self.roster.filters.words() if self._view == ROSTER else ""

    @property
    def late(self) -> bool:
        """Whether somebody's grade is still to be decided, be the results shown or published already."""
        return self.board is not None and any(
            line.standing == IN and line.grade is None for line in self.board.lines
        )

    def may(self, action: str) -> bool:
        """Whether the actor holds an action of the season's profession somewhere."""
        owner = self.board.sheet.scheme.owner if self.board is not None else ""
        return self.desk.actor.may(f"{owner}:assessment:{action}")

    def show_season(self, number: int) -> None:
        """Show another season."""
        self._campaign = number
        self.scoring.forget()
        for pane in (self.survey.faults, self.scores.faults):
            pane.show_faults(())
        self.refresh()

    def _choose_campaign(self, key: object) -> None:
        if isinstance(key, int) and key != self._campaign:
            self.place.close()
            self.show_season(key)

    def turn(self, view: str) -> None:
        """Show one of the season's views."""
        self._view = view
        self.head.views.set_current(view)
        further = self.further.views.get(view)
        own: dict[str, QWidget] = {COCKPIT: self.cockpit, SCORES: self.scores, ROSTER: self.roster}
        if self._empty is None:
            self._stack.setCurrentWidget(further or own[view])
        self.set_hints(further.hints if further is not None else HINTS[view])
        self._fit_dock()
        if further is not None:
            self.further.read(view)
        elif view != COCKPIT and self.line is not None:
            self._show(self.line)
        self.commands_changed.emit()

    def show_rows(self, wanted: dict[str, object]) -> None:
        """The rows behind a number."""
        self.roster.want(wanted)
        self.turn(ROSTER)
        self.roster.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def done_with_targets(self) -> None:
        """What was asked of the checked rows is done: they are checked no longer."""
        self.roster.model.set_checked(())

    # The dock.

    def _settled(self, line: object) -> None:
        """The roster tells its row a little later: by then another view may be in front."""
        if self._view == ROSTER:
            self._show(line)

    def _show(self, line: object) -> None:
        self._show_evidence(line, "")

    def _show_evidence(self, line: object, item: str) -> None:
        """A participant in the dock, with the evidence of one item first where it is asked for."""
        if self.board is None or not isinstance(line, BoardLine):
            return
        if item and self.dock.is_closed:
            self.dock.set_closed(False)
        self.dock.show_line(self.board, line)
        suite, actor, wanted = self.desk.suite, self.desk.actor, line.id
        if self._behind is not None and not self._behind.over:
            self._behind.drop()

        def query(session: ReadSession) -> AssessmentSheet:
            return assessment_sheet(session, actor, suite.catalog, wanted)

        self._behind = self.asking.read(query, lambda sheet: self.dock.show_sheet(sheet, item))

    def open_record(self, line: object) -> None:
        """The file of a participant."""
        if isinstance(line, BoardLine):
            self.open_wanted.emit("record", (line.kind, line.subject_id))

    def open_form(self) -> None:
        """The score form of the current participant."""
        if self.line is not None:
            self.open_wanted.emit("scoring", self.line.id)

    def open_scheme(self) -> None:
        """The sheet by which the season is run, and its later versions."""
        if self.board is not None:
            self.open_wanted.emit("scheme", self.board.sheet.scheme.key)

    def _open_acts(self) -> None:
        menu = QMenu(self)
        for command in self.commands():
            if command.menu == "act" and not command.refusal:
                menu.addAction(command.text).triggered.connect(command.run)
        self.dock.acts.open_menu(menu)

    def select(self, name: str) -> bool:
        """Make the participant of this name current."""
        return self.scores.heat.select(name)

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the strip, then take checks and filters back."""
        return self.place.close() or (self._view == ROSTER and self.roster.clear_step())

    def focus_filter(self) -> bool:
        """Ctrl+F: to the list's quick filter."""
        if self.board is None:
            return False
        self.turn(ROSTER)
        self.roster.filters.focus_quick()
        return True

    def focus_start(self) -> None:
        """The keyboard goes to what is in front."""
        further = self.further.views.get(self._view)
        if further is not None:
            further.rows.focus_start()
        elif self._view == COCKPIT:
            self.cockpit.focus_start()
        elif self._view == SCORES:
            self.scores.heat.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.roster.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        further = self.further.views.get(self._view)
        inner: tuple[QWidget, ...] = (
            (further.rows,)
            if further is not None
            else self.cockpit.stations()
            if self._view == COCKPIT
            else (self.scores.groups, self.scores.heat, self.dock)
            if self._view == SCORES
            else (self.roster.filters.quick, self.roster.table, self.dock)
        )
        return self.head.seasons, self.head.views, *inner

    def commands(self) -> tuple[PageCommand, ...]:
        """What can be done now, in the menus and the palette."""
        made = [PageCommand(menu="view", text="摘要", run=self.toggle_dock)]
        if self.acts.schemes():
            made.append(PageCommand(menu="act", text="开展考核", run=self.acts.ask_open, key="Ctrl+N"))
        if self.board is None:
            return tuple(made)
        return (*made, *acts_of(self))

    def toggle_dock(self) -> None:
        """Close the summary, or open it again."""
        self.dock.set_closed(not self.dock.is_closed)
        self._fit_dock()
