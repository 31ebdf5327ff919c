"""导入: a page with four steps. Nothing is written before the last; everything can be mended in place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from suite.contract.commands import Done
from suite.contract.states import StateKind
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.exchange.grades.sheet import GradeSheet
from suite.kernel.exchange.importing import not_importable
from suite.kernel.exchange.previewed import HELD
from suite.kernel.exchange.runs import RunLine
from suite.kernel.exchange.stock.sheet import CaseSheet
from suite.kernel.executor.executor import Cancelled
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.ui.desk import Desk, sentence_of
from suite.ui.dropped import one_file
from suite.ui.kit.notices import EmptyState, Notice, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar
from suite.ui.kit.steps import StepBar
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import TextSize
from suite.ui.pages.importing.choosing import Choosing
from suite.ui.pages.importing.files import ImportFiles
from suite.ui.pages.importing.foot import CHOOSE, COLUMNS, DONE, ROWS, Foot
from suite.ui.pages.importing.job import ImportJob
from suite.ui.pages.importing.loaded import Loaded
from suite.ui.pages.importing.mapping import proposed, unclear
from suite.ui.pages.importing.result import ResultStep
from suite.ui.pages.importing.review import ColumnsStep, RowsStep
from suite.ui.pages.importing.runs import named_runs
from suite.ui.pages.importing.trouble import Trouble
from suite.ui.pages.importing.words import fact_words

STEPS = ("选择文件", "核对列", "核对数据", "导入")
_WAITS = "正在写入，请等它结束，或先取消"
_HINTS = {
    CHOOSE: "Enter 选择文件",
    COLUMNS: "Enter 选择字段　Ctrl+Z 撤销",
    ROWS: "F2 改正　Enter 处理本行　Ctrl+Z 撤销　Ctrl+E 导出问题行",
    DONE: "",
}


class ImportPage(Page):
    """The import of one file. Asks the window for `("roster", (kind,))` when it is done."""

    def __init__(self, desk: Desk, kind_key: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__("import", "导入导出", "import", parent)
        self._desk = desk
        self.job = ImportJob(desk, self)
        self.done: Done | None = None
        self.trouble = Trouble(self, self.job.ask)
        self._asked_kind = kind_key
        self.setAcceptDrops(True)
        self.steps = StepBar(STEPS)
        self.facts = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        top = Bar("top", 44)
        top.row.addWidget(self.steps)
        top.row.addStretch()
        top.row.addWidget(self.facts)
        self.content.addWidget(top)
        self.choosing = Choosing(desk)
        self.columns_step = ColumnsStep()
        self.rows_step = RowsStep(desk, self.job)
        self.result = ResultStep(desk)
        self.files = ImportFiles(desk, self.job, self.choosing, self)
        self.stack = QStackedWidget()
        for step in (self.choosing, self.columns_step, self.rows_step, self.result):
            self.stack.addWidget(step)
        self.content.addWidget(self.stack, 1)
        self.foot = Foot()
        self.content.addWidget(self.foot)
        self._connect()
        if not self.choosing.kinds or (kind_key and not self._may(kind_key)):
            self._show_refusal(kind_key)
            return
        if kind_key:
            self.choosing.set_kind(kind_key)
        self._load_runs()
        self.go(CHOOSE)

    def _connect(self) -> None:
        job = self.job
        job.loaded_changed.connect(self._loaded)
        job.refused.connect(self._refused)
        job.imported.connect(self._imported)
        job.import_refused.connect(self.trouble.tell)
        job.slow.connect(self._slow)
        job.progressed.connect(self.foot.advance)
        job.ended.connect(self._ended)
        job.writing_changed.connect(self._writing)
        job.waits.connect(self.happened)
        self.foot.progress.cancel_wanted.connect(job.cancel)
        self.choosing.file_chosen.connect(self.open_file)
        self.files.exported.connect(self._tell_exported)
        self.columns_step.table.field_chosen.connect(job.map_column)
        self.rows_step.mapping.field_chosen.connect(job.map_column)
        self.rows_step.export_wanted.connect(self.files.ask_held)
        self.steps.back_wanted.connect(self.go_back_to)
        self.foot.back.clicked.connect(lambda: self.go_back_to(self.steps.current - 1))
        self.foot.next.clicked.connect(lambda: self.go(ROWS))
        self.foot.write.clicked.connect(self.write)
        self.result.roster_wanted.connect(self.open_roster)
        self.result.export_wanted.connect(self.files.ask_held)
        self.result.again_wanted.connect(self.begin_again)
        for panel in (self.result.panel, self.choosing.runs.panel):
            panel.undone.connect(lambda _done: self._load_runs())

    def _may(self, kind: str) -> bool:
        return not_importable(self._desk.actor, self._desk.suite.catalog, kind) is None

    def _show_refusal(self, kind_key: str | None) -> None:
        problem = not_importable(self._desk.actor, self._desk.suite.catalog, kind_key or "")
        text = (
            problem.text if problem is not None and kind_key else "您没有导入名册的权限，请联系科室管理员。"
        )
        self.stack.addWidget(EmptyState(text))
        self.stack.setCurrentIndex(self.stack.count() - 1)
        self.foot.hide()
        self.steps.hide()

    # Steps.

    @property
    def step(self) -> int:
        """The present step, from 0."""
        return self.steps.current

    def go(self, step: int) -> None:
        """Show a step."""
        self.steps.set_current(step)
        self.stack.setCurrentIndex(step)
        self.set_hints(_HINTS[step])
        self._tell_facts()
        self._tell_foot()
        self.commands_changed.emit()
        loaded = self.job.loaded
        if step == ROWS and loaded is not None:
            self.rows_step.show_loaded(loaded)
        self.focus_start()

    def focus_start(self) -> None:
        """The keyboard goes to where the work of the step begins."""
        if not self.choosing.kinds:
            super().focus_start()
        elif self.step == CHOOSE:
            self.choosing.focus_first()
        elif self.step == COLUMNS:
            self.columns_step.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.step == ROWS:
            self.rows_step.focus_rows()
        else:
            self.result.focus_first()

    def go_back_to(self, step: int) -> None:
        """Go back; from the result only to a new file, and what was mended stays."""
        if self.step == DONE:
            self.begin_again()
        elif self.job.writing:
            self.happened.emit(_WAITS)
        elif step < self.step:
            if step == COLUMNS and self.job.loaded is not None:
                self.columns_step.show_loaded(self.job.loaded, self.job.columns)
            self.go(step)

    def begin_again(self) -> None:
        """One more file."""
        self.job.drop()
        self.job.loaded, self.job.path, self.done = None, None, None
        self.job.columns, self.job.repairs = {}, type(self.job.repairs)()
        self.choosing.tell(None, "")
        self.set_title("导入导出")
        self.unsaved_changed.emit(False)
        self._load_runs()
        self.go(CHOOSE)

    # The first step.

    def _load_runs(self) -> None:
        suite, actor = self._desk.suite, self._desk.actor

        self._desk.read(
            lambda session: named_runs(session, actor, suite.catalog, suite.today), self._show_runs
        )

    def _show_runs(self, lines: list[RunLine]) -> None:
        self.choosing.runs.show_runs(lines)
        if self.done is not None:
            number = self.done.result["run"]
            self.result.show_run(next((line for line in lines if line.id == number), None))

    def open_file(self, path: Path) -> None:
        """Read a file for the chosen roster."""
        kind = self.choosing.kind
        if kind is not None:
            self.choosing.tell(None, "")
            self.done = None
            self.job.open(kind, path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step == CHOOSE and one_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = one_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)

    # Answers.

    def _loaded(self, loaded: Loaded) -> None:
        self.trouble.drop()
        self.set_title(f"导入 · {self.job.path.stem}" if self.job.path else "导入导出")
        self.unsaved_changed.emit(self.has_unsaved())
        self.columns_step.show_loaded(loaded, self.job.columns)
        if loaded.preview is None:
            self.go(COLUMNS)
        elif self.step == CHOOSE:
            self.go(COLUMNS if unclear(loaded, self.job.columns) or proposed(loaded) else ROWS)
        elif self.step == ROWS:
            self.rows_step.show_loaded(loaded)
            self._tell_facts()
            self._tell_foot()
            self.commands_changed.emit()
        else:
            self._tell_facts()
            self._tell_foot()
            self.commands_changed.emit()
        if loaded.preview is not None:
            self.happened.emit(f"校验完成，用时 {loaded.seconds:.1f} 秒")

    def _refused(self, error: Exception) -> None:
        if self.step == CHOOSE:
            known = isinstance(error, FileRefused)
            text = str(error) if known else sentence_of(error)
            quiet = isinstance(error, Cancelled)
            self.choosing.tell(StateKind.NEUTRAL if quiet else StateKind.BAD, text)
            return
        self.trouble.tell(error)

    def _slow(self, what: str) -> None:
        self.foot.begin(what)
        self.rows_step.set_stale(True)

    def _ended(self) -> None:
        self.foot.progress.finish()
        self.rows_step.set_stale(False)

    def _writing(self, writing: bool) -> None:
        """While a command runs the steps stand still; afterwards the keyboard is where it was."""
        self.drop_close_bar()
        if writing and self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stack.setEnabled(not writing)
        self._tell_foot()
        self.commands_changed.emit()
        if not writing and self.isVisible():
            self.focus_start()

    def _tell_exported(self, text: str) -> None:
        self.trouble.tell_done(text)
        self.happened.emit(text)

    # Words.

    def _tell_facts(self) -> None:
        loaded, path = self.job.loaded, self.job.path
        shown = loaded is not None and path is not None and self.step != CHOOSE
        self.facts.setText(fact_words(loaded, path.name) if shown and loaded and path else "")

    def _tell_foot(self) -> None:
        self.foot.show_step(self.step, self.job.loaded)
        if self.job.writing:
            self.foot.refuse(_WAITS)

    # Writing.

    def write(self) -> None:
        """Import the rows that are in order."""
        if self.step == ROWS and self.job.loaded is not None and self.job.loaded.writes and not self.job.busy:
            self.trouble.drop()
            self.job.write()

    def _imported(self, done: Done) -> None:
        self.done = done
        loaded, path = self.job.loaded, self.job.path
        if loaded is None or path is None:
            return
        self.files.drop_draft()
        self.result.show_done(done, loaded, path.name)
        self.unsaved_changed.emit(False)
        self.happened.emit(done.text)
        self._load_runs()
        self.go(DONE)

    def open_roster(self) -> None:
        """Open the roster that was imported into, or the cases that came in."""
        kind = self.job.kind
        if isinstance(kind, CaseSheet):
            ids = self.done.result.get("ids", ()) if self.done is not None else ()
            self.open_wanted.emit("cases", (f"导入的{kind.title}", tuple(ids)))
        elif isinstance(kind, LedgerSheet):
            self.open_wanted.emit("ledgers", kind.key)
        elif isinstance(kind, GradeSheet):
            self.open_wanted.emit("assessment", None)
        elif kind is not None:
            self.open_wanted.emit("roster", (kind.key,))

    # What the window asks.

    def has_unsaved(self) -> bool:
        """True while a run is being written, or what was mapped and mended is not imported yet."""
        return self.job.writing or (self.done is None and self.job.loaded is not None and self.job.touched)

    def closing_notice(self) -> Notice:
        """A run under way is waited for or cancelled; its end is told on this page."""
        if not self.job.writing:
            return super().closing_notice()
        return Notice(
            kind=NoticeKind.WARN,
            text=f"“{self.title}”正在写入。取消则一行也不写入；等待则结束后显示结果。",
            buttons=(("取消导入", self.job.cancel), ("等待结束", self.stay_open)),
        )

    def save_then_close(self) -> None:
        """Keep the mapping and the repairs on this machine, to go on later."""
        self.files.keep_draft()
        self.may_close.emit()

    def discard(self) -> None:
        """Forget mapping and repairs."""
        self.job.drop()
        self.files.drop_draft()

    def refresh(self) -> None:
        """F5: the latest runs, or the file read again with what was mended."""
        if self.step == CHOOSE:
            self._load_runs()
        elif self.step in (COLUMNS, ROWS):
            self.job.reread()

    def step_back(self) -> bool:
        """Esc: close an open editor, then like problems."""
        if self.choosing.runs.panel.step_back() or self.result.panel.step_back():
            return True
        if self.columns_step.table.close_editor() or self.rows_step.mapping.close_editor():
            return True
        if self.rows_step.detail.drop_strip():
            return True
        if self.step == ROWS and self.rows_step.detail.shows_groups:
            self.rows_step.toggle_groups()
            self.rows_step.focus_rows()
            return True
        return False

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The stations of F6."""
        if self.step == ROWS and self.rows_step.table is not None:
            detail = self.rows_step.detail
            return self.rows_step.mapping, self.rows_step.tabs, self.rows_step.table, detail, self.foot
        if self.step == COLUMNS:
            return self.columns_step.table, self.foot
        if self.step == CHOOSE:
            return self.choosing.kind_table, self.choosing.choose, self.choosing.runs.table
        return (self.result,)

    def commands(self) -> tuple[PageCommand, ...]:
        """Undo, redo, write, export."""
        if self.step not in (COLUMNS, ROWS):
            return ()
        job, loaded = self.job, self.job.loaded
        waits = _WAITS if job.writing else ""
        writes = loaded.writes if loaded is not None and self.step == ROWS else 0
        held = loaded.count(HELD) if loaded is not None else 0
        return (
            PageCommand(
                menu="edit", text="撤销修正", key="Ctrl+Z", run=job.undo,
                refusal=waits or ("" if job.can_undo else "没有可撤销的修正"),
            ),
            PageCommand(
                menu="edit", text="重做修正", key="Ctrl+Y", run=job.redo,
                refusal=waits or ("" if job.can_redo else "没有可重做的修正"),
            ),
            PageCommand(
                menu="file", text="导入本文件", key="Ctrl+S", run=self.write,
                refusal=waits or ("" if writes else "没有需要写入的行"),
            ),
            PageCommand(
                menu="file", text="导出问题行", key="Ctrl+E", run=self.files.ask_held,
                refusal=waits or ("" if held else "没有问题行"),
            ),
        )  # fmt: skip
