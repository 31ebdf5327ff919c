"""The dock of one participant: total and place, everybody's totals, its items, what happened."""

from __future__ import annotations

from functools import partial
from statistics import median

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.assessment import SheetPart
from suite.contract.states import StateKind
from suite.kernel.assessment.boards import AssessmentSheet, Board, BoardLine
from suite.kernel.assessment.standing import IN, STANDINGS, WALKING
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.dock import DockFacts, DockHead, SummaryDock
from suite.ui.kit.panes import rule
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, TextSize, Width
from suite.ui.pages.assessment.charts import Band, Dots, ItemBar, ItemBars
from suite.ui.pages.assessment.wording import (
    TAKING_PART,
    grade_state,
    grade_title,
    marks_text,
    points_text,
    score_words,
    step_title,
)


class AssessmentSummary(SummaryDock):
    """Follows the board's current row. `entry_wanted` carries the ledger and the entry of an evidence."""

    record_wanted = Signal()
    form_wanted = Signal()
    menu_wanted = Signal()
    entry_wanted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("考核对象", parent, width=Width.BOARD_DOCK, small=Width.DOCK)
        self.form = Button("打开评分表")
        self.record = Button("打开档案")
        self.acts = Button("办理", arrow=True)
        self.form.clicked.connect(self.form_wanted)
        self.record.clicked.connect(self.record_wanted)
        self.acts.clicked.connect(self.menu_wanted)
        self.add_foot(self.form, self.record, self.acts)

    def show_nothing(self, sentence: str) -> None:
        """Nobody is chosen."""
        self.clear()
        self.body.addWidget(label(sentence, tone="text2", wrap=True))

    def show_line(self, board: Board, line: BoardLine) -> None:
        """One participant as the board knows it; the scores behind come with `show_sheet`."""
        self.clear()
        self.form.setVisible(bool(board.sheet.criteria) and line.standing in WALKING)
        self._evidence = QVBoxLayout()
        state = grade_state(board.sheet, line.grade) or TAKING_PART[line.standing]
        self.body.addWidget(DockHead(line.name, state=state))
        self.body.addLayout(self._evidence)
        if line.standing != IN:
            why = line.rule_text or "没有写明理由"
            words = f"{STANDINGS[line.standing]}：{why}"
            self.body.addWidget(label(words, tone="text2", wrap=True))
        facts = [
            ("所在机构", line.body),
            ("区县", board.districts.get(line.district or "", "")),
            ("分组", board.groups.get(line.group or "", line.group or "")),
            ("现在环节", step_title(board.sheet, line.step) if line.standing in WALKING else ""),
            ("建议等次", grade_title(board.sheet, line.proposal)),
            ("标记", marks_text(line)),
        ]
        self.body.addWidget(DockFacts([fact for fact in facts if fact[1]]))
        if line.proposed_by:
            words = f"依据：{line.proposed_by}"
            self.body.addWidget(label(words, tone="text2", size=TextSize.CAPTION, wrap=True))
        if board.sheet.criteria and line.standing in WALKING:
            self._add_figure(line)
            self._add_distribution(board, line)
            self._add_items(board, line)

    def _add_figure(self, line: BoardLine) -> None:
        row = QHBoxLayout()
        row.setSpacing(S8)
        row.addWidget(label(points_text(line.total) or "未完成", size=TextSize.FIGURE, bold=True))
        words = f"第 {line.rank} 名" if line.rank else "尚缺评分，未排名"
        row.addWidget(label(words, tone="text2"), 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        if line.far:
            row.addWidget(StateChip(StateValue(StateKind.BAD, f"离群 {len(line.far)} 项")))
        self.body.addLayout(row)

    def _add_distribution(self, board: Board, line: BoardLine) -> None:
        alike = [
            float(other.total)
            for other in board.lines
            if other.total is not None and other.group == line.group
        ]
        if not alike:
            return
        self.body.addWidget(rule())
        self.body.addWidget(label(f"同组 {len(alike)} 个对象的得分", tone="text2", size=TextSize.CAPTION))
        bands = [
            Band(title=grade.title, least=float(grade.at_least or 0), state=grade.state)
            for grade in reversed(board.sheet.grades)
        ]
        dots = Dots()
        dots.set_totals(
            alike,
            bands,
            current=float(line.total) if line.total is not None else None,
            middle=median(alike),
        )
        self.body.addWidget(dots)

    def _add_items(self, board: Board, line: BoardLine) -> None:
        self.body.addWidget(rule())
        head = QHBoxLayout()
        head.addWidget(label("各项得分", bold=True))
        head.addStretch()
        head.addWidget(label("竖线为同组中位数", tone="text2", size=TextSize.CAPTION))
        self.body.addLayout(head)
        medians = board.medians.get(line.group, {})
        bars = ItemBars()
        bars.set_bars(
            [
                ItemBar(
                    title=item.title,
                    points=line.points.get(item.key),
                    most=item.most,
                    middle=medians.get(item.key),
                    far=item.key in line.far,
                )
                for item in board.sheet.criteria
                if item.part is SheetPart.ITEM
            ]
        )
        self.body.addWidget(bars)

    def _show_evidence(self, sheet: AssessmentSheet, key: str) -> None:
        """What stands behind one item's points: each score with what was found, by whom, on what ground."""
        item = sheet.sheet.by_key[key]
        self._evidence.addWidget(rule())
        self._evidence.addWidget(label(f"{item.title}：评分依据", bold=True, wrap=True))
        words = f"满分 {item.most.normalize():f} 分　{item.rule or item.measure.words}"
        self._evidence.addWidget(label(words, tone="text2", size=TextSize.CAPTION, wrap=True))
        given = [score for score in sheet.scores if score.item == key]
        if not given:
            self._evidence.addWidget(label("尚未评分。", tone="text2"))
        for score in given:
            self._evidence.addWidget(label(score_words(score), wrap=True))
            if score.evidence:
                self._evidence.addWidget(label(f"依据：{score.evidence}", size=TextSize.CAPTION, wrap=True))
            if score.entry is not None:
                entry = Button(f"台账 {score.entry.words[:24]}", look=Look.LINK)
                entry.setToolTip(score.entry.words)
                entry.clicked.connect(partial(self.entry_wanted.emit, score.entry.ledger, score.entry.id))
                self._evidence.addWidget(entry)
        self._evidence.addWidget(rule())

    def show_sheet(self, sheet: AssessmentSheet, item: str = "") -> None:
        """Add the scores behind the points, objections and what happened; one item's evidence first."""
        if item in sheet.sheet.by_key:
            self._show_evidence(sheet, item)
        if sheet.departure:
            self.body.addWidget(rule())
            words = f"与建议不同的理由：{sheet.departure}"
            self.body.addWidget(label(words, size=TextSize.CAPTION, wrap=True))
        for objection in sheet.objections:
            decided = f"{objection.decided_on} 答复：{objection.reason}" if objection.decided_on else "未答复"
            words = f"异议（{objection.raised_on}）：{objection.text}　{decided}"
            self.body.addWidget(label(words, size=TextSize.CAPTION, wrap=True))
        if sheet.scores:
            self.body.addWidget(rule())
            self.body.addWidget(label(f"评分记录（{len(sheet.scores)} 条）", bold=True))
        for score in sheet.scores:
            words = f"{sheet.sheet.by_key[score.item].title}　{score_words(score)}"
            self.body.addWidget(label(words, tone="text2", size=TextSize.CAPTION, wrap=True))
        if sheet.events:
            self.body.addWidget(rule())
            self.body.addWidget(label("办理经过", bold=True))
        for day, title, by, note in reversed(sheet.events):
            words = f"{day}　{title}　{by}" + (f"　{note}" if note else "")
            self.body.addWidget(label(words, tone="text2", size=TextSize.CAPTION, wrap=True))
