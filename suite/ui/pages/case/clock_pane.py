"""The clocks of a case: the running one with its bar and sentence, the earlier ones below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from suite.kernel.casework.case_file import ClockLine
from suite.kernel.clocks.wording import Running
from suite.ui.kit.panes import Pane
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S8, S12, TextSize, TokenName

_TONES: dict[Running, TokenName] = {
    Running.RUNNING: "text1",
    Running.TODAY: "warn",
    Running.OVERDUE: "bad",
    Running.PAUSED: "pause",
}


class UsedBar(QWidget):
    """How much of a limit is used."""

    def __init__(self, used: int, total: int, tone: TokenName) -> None:
        super().__init__()
        self._used, self._total, self._tone = used, max(1, total), tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"已用 {used}，共 {total}")

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(120), theme().pixels(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("sunken"))
        width = self.width() * min(self._used, self._total) // self._total
        painter.fillRect(QRect(0, 0, width, self.height()), look.color(self._tone))
        painter.end()


class ClockPane(Pane):
    """`show_clocks` replaces what is shown."""

    def __init__(self) -> None:
        super().__init__("办理期限")
        self.body.setContentsMargins(S12, S8, S12, S12)
        self.body.setSpacing(S4)
        self._shown: list[QWidget] = []

    def show_clocks(self, clocks: tuple[ClockLine, ...]) -> None:
        """The running clocks in full, those that stopped in a line each."""
        for old in self._shown:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = []
        for clock in clocks:
            if clock.stopped is None:
                self._add(_running(clock))
        for clock in clocks:
            if clock.stopped is not None:
                self._add(label(_ended(clock), tone="text2", size=TextSize.CAPTION, wrap=True))
        if not clocks:
            self._add(label("本件没有法定期限。", tone="text2"))

    def _add(self, widget: QWidget) -> None:
        self._shown.append(widget)
        self.body.addWidget(widget)


def _running(clock: ClockLine) -> QWidget:
    state = clock.state
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, S8)
    column.setSpacing(S4)
    head = QHBoxLayout()
    head.addWidget(label(clock.title, bold=True))
    head.addStretch()
    head.addWidget(label(clock.length, tone="text2"))
    column.addLayout(head)
    if state is not None:
        tone = _TONES[state.state]
        row = QHBoxLayout()
        row.setSpacing(S8)
        row.addWidget(label(state.text, tone=tone, size=TextSize.PANE, bold=True, wrap=True), 1)
        if clock.due:
            row.addWidget(label(f"到期 {clock.due}", bold=True))
        column.addLayout(row)
        column.addWidget(UsedBar(state.used, state.total, "data1" if tone == "text1" else tone))
        words = f"{clock.start} 起　已用 {state.used} / {state.total}"
        column.addWidget(label(words, tone="text2", size=TextSize.CAPTION))
    column.addWidget(label(clock.sentence, tone="text2", size=TextSize.CAPTION, wrap=True))
    if clock.recalled:
        told = "期限长度为推定，请对照现行规定核实（设置 · 参数）"
        column.addWidget(label(told, tone="warn", size=TextSize.CAPTION, wrap=True))
    for row_label in box.findChildren(QWidget):
        row_label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    spoken = state.text if state else ""
    box.setAccessibleName(f"{clock.title}期限，{spoken}，{clock.due or ''}到期")
    return box


def _ended(clock: ClockLine) -> str:
    late = f"，逾期 {clock.late_days} 日" if clock.late_days else "，未逾期"
    why = f"因“{clock.stopped_by}”" if clock.stopped_by else ""
    return f"{clock.title}：{clock.start} 起，{clock.stopped} {why}止{late}（{clock.length}）"
