"""The head of a case page: number, state, who handles it, and the stages."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from suite.contract.states import StateKind
from suite.kernel.casework.case_file import CaseFile, StageLine
from suite.ui.kit.buttons import Button
from suite.ui.kit.panes import Frame
from suite.ui.kit.stages import Stage, StageBar
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S8, S12, S16, TextSize


class CaseHead(Frame):
    """`show_case` fills it; the buttons are the page's."""

    def __init__(self) -> None:
        super().__init__("top")
        column = QVBoxLayout(self)
        column.setContentsMargins(S16, S8, S16, S8)
        column.setSpacing(S8)
        row = QHBoxLayout()
        row.setSpacing(S12)
        self.number = label("", size=TextSize.NAME, bold=True)
        self.chip = StateChip(StateValue(StateKind.NEUTRAL, ""))
        self.line = ElidedLabel("", tone="text2")
        self.remark, self.hand_over = Button("补记…"), Button("移交…")
        row.addWidget(self.number)
        row.addWidget(self.chip)
        row.addWidget(self.line, 1)
        row.addWidget(self.remark)
        row.addWidget(self.hand_over)
        column.addLayout(row)
        self.stages = StageBar()
        column.addWidget(self.stages)

    def show_case(self, case: CaseFile) -> None:
        """Show where the case stands."""
        self.number.setText(case.number)
        self.chip.set_state(StateValue(case.state.kind, case.state.title))
        handler = f"承办 {case.handler_name}"
        if case.handed is not None:
            handed = case.handed
            handler += f"（{handed.days} 由 {handed.taker_name} 代办，{handed.reason}）"
        parts = [case.kind.title, f"登记 {case.opened}", handler]
        if case.closed is not None:
            parts.insert(2, f"办结 {case.closed}")
        if case.repeat_of is not None:
            parts.append(f"重复投诉，原办件 {case.repeat_of[1]}")
        self.line.setText("　".join(parts))
        self.stages.set_stages([_stage(line) for line in case.stages])


def _stage(line: StageLine) -> Stage:
    if line.since is None:
        return Stage(line.title, "", False, line.current)
    if line.current:
        return Stage(line.title, f"{_short(line.since)} 起　{line.by}", True, True)
    used = f"　用 {(line.until - line.since).days} 日" if line.until is not None else ""
    return Stage(line.title, f"{_short(line.since)}　{line.by}{used}", True, False)


def _short(day: dt.date) -> str:
    return day.strftime("%m-%d")
