"""The summary at the right of a list: title row, body, buttons at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from suite.ui.kit.buttons import icon_button
from suite.ui.kit.panes import Bar, Frame, rule
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOLD_DOCK, LARGE_TYPE, NARROW_WINDOW, S4, S6, S8, S12, TextSize, Width


class SummaryDock(Frame):
    """Never takes the keyboard by itself; F6 goes there. `body` is where a page puts `DockHead`,
    `DockFacts` and what else it has; `clear` empties it; `foot` is the row of buttons."""

    closed = Signal()

    def __init__(
        self,
        title: str = "摘要",
        parent: QWidget | None = None,
        *,
        width: int = Width.DOCK,
        small: int = Width.DOCK_SMALL,
    ) -> None:
        super().__init__("dock", parent)
        self._width, self._small = width, small
        self._closed = False
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        head = Bar("head", 31)
        self.title = label(title, bold=True)
        head.row.addWidget(self.title)
        head.row.addStretch()
        head.row.addWidget(label("F6 切换焦点", size=TextSize.CAPTION, tone="text2"))
        self.close_button = icon_button("close", "关闭摘要")
        self.close_button.clicked.connect(self._close)
        head.row.addWidget(self.close_button)
        column.addWidget(head)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._area.setAccessibleName(title)
        column.addWidget(self._area, 1)
        foot = Bar("foot", 44)
        self._foot_bar = foot
        self.foot = foot.row
        column.addWidget(foot)
        foot.hide()
        self.body = QVBoxLayout()
        self._fresh_body()
        self.setAccessibleName(title)
        self.setFixedWidth(theme().pixels(width))
        theme().changed.connect(self._restyle)

    def _fresh_body(self) -> None:
        inner = Frame("surface")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(S12, S12, S12, S12)
        self.body.setSpacing(S6)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(inner)

    def clear(self) -> None:
        """Empty the body before another record is shown; foot buttons stay."""
        self._fresh_body()

    def add_foot(self, *widgets: QWidget) -> None:
        """Put buttons into the foot row."""
        for widget in widgets:
            self.foot.addWidget(widget)
        self.foot.addStretch()
        self._foot_bar.show()

    @property
    def is_closed(self) -> bool:
        """Whether the user closed it; kept by the page."""
        return self._closed

    def set_closed(self, closed: bool) -> None:
        """Close or open it, as 关闭摘要 does."""
        self._closed = closed
        self.fit(self.window().width())

    def fit(self, window_width: int) -> None:
        """320 px, or 288 in a narrow window; folded away where large type leaves no room for it."""
        folded = theme().scale >= LARGE_TYPE and window_width < FOLD_DOCK
        self.setVisible(not self._closed and not folded)
        self.setFixedWidth(theme().pixels(self._small if window_width < NARROW_WINDOW else self._width))

    def _restyle(self) -> None:
        self.fit(self.window().width())

    def _close(self) -> None:
        self.set_closed(True)
        self.closed.emit()


class DockHead(QWidget):
    """Name in 16 px, a paler note, and the state as a chip at the right."""

    def __init__(self, name: str, note: str = "", state: StateValue | None = None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, S4)
        row.setSpacing(S8)
        row.addWidget(ElidedLabel(name, size=TextSize.PANE, bold=True))
        if note:
            row.addWidget(label(note, tone="text2", size=TextSize.CAPTION))
        row.addStretch()
        if state is not None:
            row.addWidget(StateChip(state))


class DockFacts(QWidget):
    """Label and value, one fact a line: `DockFacts([("执业证号", "1130…"), ("手机", "138****5207")])`."""

    def __init__(self, facts: list[tuple[str, str]], *, line_below: bool = True) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S6)
        look = theme()
        caption_width = max(
            (look.metrics(TextSize.CAPTION).horizontalAdvance(title) for title, _ in facts), default=0
        )
        for title, value in facts:
            row = QHBoxLayout()
            row.setSpacing(S12)
            caption = label(title, tone="text2", size=TextSize.CAPTION)
            caption.setFixedWidth(caption_width + 2)
            row.addWidget(caption)
            row.addWidget(ElidedLabel(value or "—"), 1)
            column.addLayout(row)
        if line_below:
            column.addSpacing(S4)
            column.addWidget(rule())
