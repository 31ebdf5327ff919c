"""The last step: what was done, and what can be done next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.states import StateKind
from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME
from suite.kernel.exchange.runs import RunLine
from suite.kernel.exchange.stock.sheet import CaseSheet
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.panes import Pane
from suite.ui.kit.state import StateGlyph
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, S16, S24, TextSize
from suite.ui.pages.importing.loaded import Loaded
from suite.ui.pages.importing.runs import undo_refusal
from suite.ui.pages.importing.undoing import UndoPanel

SHOWN_WARNINGS, SHOWN_ROWS = 8, 6


class ResultStep(QWidget):
    """What was written, what was not, and the ways on."""

    roster_wanted = Signal()
    export_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run: RunLine | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(S12, S8, S12, S12)
        self._pane = Pane("导入结果")
        self._pane.body.setContentsMargins(S16, S16, S16, S16)
        self._pane.body.setSpacing(S12)
        outer.addWidget(self._pane, 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(S8)
        self._pane.body.addLayout(self._lines)
        row = QHBoxLayout()
        row.setSpacing(S8)
        self.roster = Button("打开名册", icon_name="roster", look=Look.PRIMARY)
        self.export = Button("导出问题行", icon_name="export")
        self.again = Button("再导入一份", icon_name="import")
        self.undo = Button("撤销本次导入", icon_name="undo")
        self.until = label("", tone="text2", size=TextSize.CAPTION)
        for widget in (self.roster, self.export, self.again):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.until)
        row.addWidget(self.undo)
        self._pane.body.addSpacing(S24 - S12)
        self._pane.body.addLayout(row)
        self.panel = UndoPanel(desk)
        self._pane.body.addWidget(self.panel)
        self._pane.body.addStretch()
        self.roster.clicked.connect(self.roster_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.undo.clicked.connect(self.ask_undo)
        self.panel.dropped.connect(self.undo.setFocus)

    def show_done(self, done: Done, loaded: Loaded, file_name: str) -> None:
        """Say what became of every row of the file."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        unit = loaded.kind.unit
        places = ((CaseSheet, "打开办件"), (LedgerSheet, "打开台账"))
        words = next((text for of, text in places if isinstance(loaded.kind, of)), "打开名册")
        self.roster.setText(words)
        self._add(StateKind.OK, done.text, f"来自“{file_name}”，已写入操作记录", bold=True)
        new, changed, same, held = (loaded.count(key) for key in (NEW, CHANGED, SAME, HELD))
        if new:
            self._add(StateKind.NEW, f"新增 {new:,} {unit}", "")
        if changed:
            self._add(StateKind.OK, f"变更 {changed:,} {unit}", "旧值留在沿革中")
        if same:
            self._add(StateKind.ENDED, f"不变 {same:,} 行", "系统中已有，未写入")
        if held:
            self._add(StateKind.BAD, f"问题 {held:,} 行", "未写入。导出问题行，改正后再导入一次即可")
        warned = _warned(done, loaded)
        for text, rows in warned[:SHOWN_WARNINGS]:
            self._add(StateKind.WARN, text, rows)
        if len(warned) > SHOWN_WARNINGS:
            self._add(StateKind.WARN, f"另有 {len(warned) - SHOWN_WARNINGS:,} 种提示", "见各人档案")
        self.export.setVisible(bool(held))
        self.panel.clear()
        self.show_run(None)

    def show_run(self, run: RunLine | None) -> None:
        """Say until when the import can be taken back. None while that is not known yet."""
        self._run = run
        today = self._desk.suite.today
        refusal = undo_refusal(run, today) if run is not None else "正在查询"
        if refusal:
            self.undo.refuse(refusal)
        else:
            self.undo.allow()
        until = f"可整批撤回至 {run.undo_until}" if run is not None and run.can_undo(today) else ""
        self.until.setText(until)

    @property
    def run(self) -> RunLine | None:
        """The run that is shown."""
        return self._run

    def ask_undo(self) -> None:
        """Ask whether the import is to be taken back as a whole."""
        if self._run is not None:
            self.panel.ask(self._run.kind, self._run.id, self._run.file_name)

    def _add(self, kind: StateKind, text: str, note: str, *, bold: bool = False) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S8)
        row.addWidget(StateGlyph(kind))
        size = TextSize.PANE if bold else TextSize.BODY
        row.addWidget(label(text, bold=bold, size=size))
        row.addWidget(label(note, tone="text2"))
        row.addStretch()
        self._lines.addWidget(line)

    def focus_first(self) -> None:
        """The keyboard begins at 打开名册."""
        self.roster.setFocus(Qt.FocusReason.OtherFocusReason)


def _warned(done: Done, loaded: Loaded) -> list[tuple[str, str]]:
    """Each warning once, with the rows of the file that it is about; the most frequent first."""
    taken = loaded.preview.taken() if loaded.preview is not None else []
    places: dict[str, list[int]] = {}
    for problem in done.warnings:
        rows = places.setdefault(problem.text, [])
        if problem.row is not None and problem.row < len(taken):
            rows.append(taken[problem.row].row)
    told = []
    for text, rows in sorted(places.items(), key=lambda item: -len(item[1])):
        shown = "、".join(str(row) for row in rows[:SHOWN_ROWS])
        more = f"等 {len(rows):,} 行" if len(rows) > SHOWN_ROWS else "行"
        told.append((text, f"第 {shown} {more}" if rows else ""))
    return told
