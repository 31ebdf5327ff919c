"""办理记录: what happened, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.bootstrap import SHANGHAI
from suite.contract.states import StateKind
from suite.kernel.casework.case_file import EventLine
from suite.ui.kit.panes import Pane
from suite.ui.kit.state import StateGlyph
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S2, S8, S12, TextSize


class LogPane(Pane):
    """`show_events` replaces the lines."""

    def __init__(self) -> None:
        super().__init__("办理记录")
        self.body.setContentsMargins(S12, S8, S12, S12)
        self.body.setSpacing(S8)
        self._shown: list[QWidget] = []

    def show_events(self, events: Sequence[EventLine]) -> None:
        """Every event with its day, who, and what was given."""
        for old in self._shown:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = [_line(event) for event in events]
        for widget in self._shown:
            self.body.addWidget(widget)


def _line(event: EventLine) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(S8)
    row.addWidget(StateGlyph(StateKind.OK if event.moved else StateKind.NEUTRAL))
    column = QVBoxLayout()
    column.setSpacing(S2)
    signed = f"，{event.approved_by} 批准" if event.approved_by else ""
    head = f"{event.on.strftime('%m-%d')}　{event.by}　{event.title}{signed}"
    column.addWidget(label(head, wrap=True))
    said = "　".join([*(f"{title}：{words}" for title, words in event.given), event.note]).strip()
    if said:
        column.addWidget(label(said, tone="text2", size=TextSize.CAPTION, wrap=True))
    row.addLayout(column, 1)
    box.setToolTip(f"登记于 {event.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
    box.setAccessibleName(f"{event.on} {event.by} {event.title} {said}")
    return box
