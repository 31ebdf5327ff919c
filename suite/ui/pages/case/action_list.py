"""现在可以办理: the steps that lead on; the normal one first, a refused one grey with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.kernel.casework.case_file import StepLine
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.panes import Pane
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S4, S8, S12, TextSize


class ActionList(Pane):
    """`wanted` carries the command of the step that was chosen."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("现在可以办理")
        self.body.setContentsMargins(S12, S8, S12, S12)
        self.body.setSpacing(S8)
        self._shown: list[QWidget] = []
        self.buttons: dict[str, Button] = {}

    def show_steps(self, steps: Sequence[StepLine], *, closed: bool) -> None:
        """Replace the steps; the open ones stand before the refused ones."""
        for old in self._shown:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown, self.buttons = [], {}
        ordered = sorted(steps, key=lambda step: bool(step.problems))
        for place, line in enumerate(ordered):
            self._add(line, primary=place == 0 and not line.problems and not closed)
        if not steps:
            nothing = label("本件已办理终结，没有后续步骤。", tone="text2", wrap=True)
            self._shown.append(nothing)
            self.body.addWidget(nothing)

    def _add(self, line: StepLine, *, primary: bool) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        name = line.transition.command
        button = Button(line.transition.title, look=Look.PRIMARY if primary else Look.NORMAL)
        why = "".join(problem.text for problem in line.problems)
        button.set_refusal(why)
        button.clicked.connect(lambda _=False: self.wanted.emit(name))
        column.addWidget(button)
        words = why or line.transition.told
        if words:
            column.addWidget(label(words, tone="text2", size=TextSize.CAPTION, wrap=True))
        self.buttons[name] = button
        self._shown.append(box)
        self.body.addWidget(box)
