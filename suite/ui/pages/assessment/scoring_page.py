"""评分表: one participant's items, source by source, with what others found and on what ground."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from suite.contract.assessment import ScoreSource
from suite.contract.commands import Done
from suite.contract.problems import Refused
from suite.database.engine import ReadSession
from suite.kernel.assessment.boards import AssessmentSheet, assessment_sheet
from suite.kernel.assessment.commands import ScoreAssessment
from suite.kernel.assessment.scores import asking_items
from suite.kernel.assessment.standing import STANDINGS, WALKING
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.bars import SaveBar
from suite.ui.kit.buttons import Button, icon_button
from suite.ui.kit.notices import EmptyState, Notice, NoticeBar, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, scrolled
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.assessment.score_grid import ScoreGrid
from suite.ui.pages.assessment.wording import points_text


class ScoringPage(Page):
    """A tab for each source whose items the sheet has; Ctrl+S saves what is typed under all of them."""

    def __init__(self, desk: Desk, assessment_id: object) -> None:
        super().__init__("scoring", "评分表", "assess")
        self.desk = desk
        self.asking = Asking(desk, self)
        self._id = assessment_id if isinstance(assessment_id, int) else 0
        self.sheet: AssessmentSheet | None = None
        self.grids: dict[ScoreSource, ScoreGrid] = {}
        self._told: NoticeBar | None = None
        self._closing = False
        self._lay_out()
        self.set_hints("Enter 下一项　Ctrl+S 保存　F5 刷新")
        self.desk.changed.connect(self._changed)
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("top", Height.PROFESSION_TABS)
        self.name = label("", size=TextSize.PANE, bold=True)
        self.about = ElidedLabel("", tone="text2")
        self.total = label("", bold=True)
        self.record = Button("打开档案")
        self.record.clicked.connect(self._open_record)
        self.board = Button("得分总表")
        self.board.clicked.connect(self._open_board)
        refresh = icon_button("refresh", "刷新（F5）")
        refresh.clicked.connect(self.refresh)
        top.row.addWidget(self.name)
        top.row.addWidget(self.about, 1)
        for widget in (self.total, self.board, self.record, refresh):
            top.row.addWidget(widget)
        self.content.addWidget(top)
        second = Bar("head", Height.FILTER_BAR)
        self.sources = LineTabs(base_height=Height.FILTER_BAR, size=TextSize.BODY, name="评分来源")
        self.sources.current_changed.connect(self._turn)
        second.row.addWidget(self.sources, 1)
        self.content.addWidget(second)
        self.body = QStackedWidget()
        self.empty = EmptyState("正在读取…")
        self.body.addWidget(self.empty)
        row = QHBoxLayout()
        row.addWidget(self.body)
        self.content.addLayout(row, 1)
        self.bar = SaveBar()
        self.bar.save_wanted.connect(self.save)
        self.bar.revert_wanted.connect(self.discard)
        self.content.addWidget(self.bar)

    # Reading.

    def refresh(self) -> None:
        """F5: what others scored meanwhile; what is typed stays."""
        suite, actor, wanted = self.desk.suite, self.desk.actor, self._id

        def query(session: ReadSession) -> AssessmentSheet:
            return assessment_sheet(session, actor, suite.catalog, wanted)

        self.asking.read(query, self._came, self._lost)

    def _lost(self, error: Exception) -> None:
        self.empty.set_sentence(sentence_of(error))
        self.body.setCurrentWidget(self.empty)

    def _came(self, sheet: AssessmentSheet) -> None:
        self.sheet = sheet
        self.set_title(f"评分表 · {sheet.name}")
        self.name.setText(sheet.name)
        refusal = self._refusal(sheet)
        self.about.setText(f"{sheet.campaign.title}　{refusal}")
        total = sheet.total
        words = points_text(total.final) if total.complete else f"尚缺 {len(total.missing)} 项"
        self.total.setText(f"得分 {words}")
        if not self.grids:
            self._make_grids(sheet, read_only=bool(refusal))
        for grid in self.grids.values():
            grid.show_scores(sheet.scores)
        self._tell_asking(sheet)
        self._count()
        self.commands_changed.emit()

    def _refusal(self, sheet: AssessmentSheet) -> str:
        owner = sheet.sheet.scheme.owner
        if not self.desk.actor.may(f"{owner}:assessment:score"):
            return "您没有评分的权限，只能查看"
        if sheet.grade is not None:
            return "已评定等次，分数有误的请登记异议后更正"
        return "" if sheet.standing in WALKING else STANDINGS[sheet.standing]

    def _make_grids(self, sheet: AssessmentSheet, *, read_only: bool) -> None:
        tabs = []
        for source in ScoreSource:
            items = [item for item in sheet.sheet.criteria if source in item.sources]
            if not items:
                continue
            grid = ScoreGrid(source, items, read_only=read_only)
            grid.edited.connect(self._count)
            self.grids[source] = grid
            self.body.addWidget(scrolled(grid))
            tabs.append(Tab(key=source, title=source.words, count=len(items)))
        self.sources.set_tabs(tabs, tabs[0].key if tabs else None)
        if tabs:
            self._turn(tabs[0].key)
        else:
            self.empty.set_sentence("这个方案按记录评定，没有评分表。")

    def _turn(self, key: object) -> None:
        grid = self.grids.get(ScoreSource(str(key)))
        if grid is not None:
            place = list(self.grids).index(grid.source) + 1
            self.body.setCurrentIndex(place)

    def _tell_asking(self, sheet: AssessmentSheet) -> None:
        if self._told is not None:
            self._told.dismiss()
            self._told = None
        asking = "、".join(sheet.sheet.by_key[key].title for key in asking_items(sheet.items))
        if asking:
            text = f"两人评分相差过大，须第三人评分：{asking}。"
            self._told = self.show_notice(Notice(kind=NoticeKind.WARN, text=text))

    # Saving.

    def _count(self) -> None:
        changed = sum(grid.changed_count for grid in self.grids.values())
        self.bar.show_counts(changed, 0)
        self.unsaved_changed.emit(changed > 0)

    def has_unsaved(self) -> bool:
        return any(grid.changed_count for grid in self.grids.values())

    def save_then_close(self) -> None:
        self._closing = True
        self.save()

    def save(self) -> None:
        """Ctrl+S: send what is typed, source after source."""
        grid = next((one for one in self.grids.values() if one.changed_count), None)
        if grid is None:
            if self._closing:
                self.may_close.emit()
            return
        given = grid.given()
        if given is None:
            self._closing = False
            self.sources.set_current(grid.source)
            self._turn(grid.source)
            self._count()
            return
        command = ScoreAssessment(assessment_id=self._id, source=grid.source.value, scores=given)
        self.asking.run(command, lambda done: self._saved(grid), lambda error: self._refused(grid, error))

    def _saved(self, grid: ScoreGrid) -> None:
        grid.keep()
        self._count()
        self.save()
        self.refresh()

    def _refused(self, grid: ScoreGrid, error: Exception) -> None:
        self._closing = False
        self.sources.set_current(grid.source)
        self._turn(grid.source)
        problems = error.problems if isinstance(error, Refused) else ()
        grid.set_problems({problem.row: problem.text for problem in problems if problem.row is not None})
        if not any(problem.row is not None for problem in problems):
            self.show_notice(Notice(kind=NoticeKind.BAD, text=sentence_of(error), closable=True))

    def discard(self) -> None:
        for grid in self.grids.values():
            grid.revert()

    # What the window asks.

    def _changed(self, done: Done) -> None:
        scheme = self.sheet.sheet.scheme.key if self.sheet is not None else ""
        if self.isVisible() and any(change.kind == scheme for change in done.changes):
            self.refresh()

    def _open_record(self) -> None:
        if self.sheet is not None:
            self.open_wanted.emit("record", (self.sheet.kind, self.sheet.subject_id))

    def _open_board(self) -> None:
        if self.sheet is not None:
            self.open_wanted.emit("assessment", self.sheet.campaign.id)

    def focus_start(self) -> None:
        """The keyboard goes to the first field of the source in front."""
        place = self.body.currentIndex() - 1
        if 0 <= place < len(self.grids):
            list(self.grids.values())[place].focus_first()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.sources, self.body)

    def commands(self) -> tuple[PageCommand, ...]:
        return (
            PageCommand(menu="file", text="保存", run=self.save, key="Ctrl+S"),
            PageCommand(menu="act", text="打开得分总表", run=self._open_board),
        )
