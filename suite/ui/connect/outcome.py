"""What came of trying a connection: a glyph, what is the matter, what to do, and what was found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.connecting import Diagnosis
from suite.contract.problems import Problem
from suite.contract.states import StateKind
from suite.ui.kit.buttons import Button
from suite.ui.kit.panes import Frame
from suite.ui.kit.state import StateGlyph, state_token
from suite.ui.kit.text import label, set_tone
from suite.ui.kit.tokens import S4, S8, S12, TextSize


class Outcome(Frame):
    """Hidden until there is something to tell. `act` is offered where the desk itself can mend it."""

    act_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(S12, S8, S12, S8)
        row.setSpacing(S8)
        self._glyph = StateGlyph(StateKind.NEUTRAL)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(S4)
        self.fact = label("", bold=True, wrap=True)
        self.cure = label("", wrap=True)
        self.facts = label("", tone="text2", size=TextSize.CAPTION, wrap=True)
        for part in (self.fact, self.cure, self.facts):
            column.addWidget(part)
        row.addLayout(column, 1)
        self.act = Button("")
        self.act.clicked.connect(self.act_wanted)
        row.addWidget(self.act, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(
        self, state: StateKind, fact: str, cure: str = "", facts: tuple[str, ...] = (), act: str = ""
    ) -> None:
        """Say it; `act` is the word of a button beside it."""
        self._glyph.set_kind(state)
        for part, words in ((self.fact, fact), (self.cure, cure), (self.facts, "；".join(facts))):
            part.setText(words)
            part.setVisible(bool(words))
        set_tone(self.fact, state_token(state) if state is not StateKind.NEUTRAL else "text1")
        self.act.setText(act)
        self.act.setVisible(bool(act))
        self.setAccessibleName(f"{fact}{cure}")
        self.show()

    def tell_problem(self, problem: Problem, act: str = "") -> None:
        """Say why something was refused."""
        found = Diagnosis(problem=problem)
        self.tell(StateKind.BAD, found.fact, found.cure, act=act)

    def tell_diagnosis(self, found: Diagnosis, act: str = "") -> None:
        """Say what a look at the database found."""
        state = StateKind.OK if found.problem is None else StateKind.BAD
        self.tell(state, found.fact, found.cure, found.facts, act)
