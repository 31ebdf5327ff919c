"""显示: colour scheme, size of type and height of rows, with a table to look at."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import Density, Mode, theme
from suite.ui.kit.tokens import FONT_SCALES, S8, S12, S16, TextSize

log = logging.getLogger(__name__)

MODES = {Mode.SYSTEM: "跟随系统", Mode.LIGHT: "浅色", Mode.DARK: "深色"}
DENSITIES = {Density.COMPACT: "紧凑", Density.STANDARD: "标准", Density.ROOMY: "宽松"}
SCALES = {str(scale): f"{scale}%" for scale in FONT_SCALES}
_COLUMNS = (
    Column(key="name", title="名称", kind=ColumnKind.LINK, width=120),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=130),
    Column(key="day", title="日期", kind=ColumnKind.DATE, width=120),
    Column(key="number", title="数量", kind=ColumnKind.NUMBER, width=90, stretch=True),
)
_STATES = {
    StateKind.OK: "正常",
    StateKind.RUN: "办理中",
    StateKind.WARN: "即将到期",
    StateKind.BAD: "已逾期",
    StateKind.PAUSE: "中止",
    StateKind.NEUTRAL: "未开始",
    StateKind.ENDED: "已终止",
}


class Choices(QWidget):
    """One of a few, side by side; the chosen one is filled."""

    def __init__(
        self, caption: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S8)
        self.caption = label(caption, tone="text2")
        row.addWidget(self.caption)
        self.buttons: dict[str, Button] = {}
        for key, title in options:
            button = Button(title)
            button.setAccessibleName(f"{caption} {title}")
            self.buttons[key] = button
            row.addWidget(button)
        row.addStretch()

    def mark(self, key: str) -> None:
        """Show which one holds."""
        for other, button in self.buttons.items():
            button.set_look(Look.SET if other == key else Look.NORMAL)


class LookPage(Page):
    """What is chosen holds at once and at the next start of this computer."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("look", "显示", "settings", parent)
        self._desk = desk
        outer = QVBoxLayout()
        outer.setContentsMargins(S12, S8, S12, S12)
        self.content.addLayout(outer)
        pane = Pane("显示")
        pane.head.insertWidget(1, label("立即生效，只影响本机", tone="text2", size=TextSize.CAPTION))
        body = QVBoxLayout()
        body.setContentsMargins(S16, S12, S16, S16)
        body.setSpacing(S12)
        pane.body.addLayout(body)
        self.modes = Choices("颜色", [(mode.value, title) for mode, title in MODES.items()])
        self.scales = Choices("字号", list(SCALES.items()))
        self.densities = Choices("行高", [(density.value, title) for density, title in DENSITIES.items()])
        for choices in (self.modes, self.scales, self.densities):
            body.addWidget(choices)
        rows = [
            (f"示例 {number}", StateValue(kind, word), dt.date(2026, 11, number), number * 1_204)
            for number, (kind, word) in enumerate(_STATES.items(), 1)
        ]
        self.table = TableView(RowTableModel(_COLUMNS, ListSource(rows)))
        self.table.setAccessibleName("示例")
        body.addWidget(self.table, 1)
        outer.addWidget(pane, 1)
        for key, button in self.modes.buttons.items():
            button.clicked.connect(lambda _=False, key=key: self._apply(mode=Mode(key)))
        for key, button in self.scales.buttons.items():
            button.clicked.connect(lambda _=False, key=key: self._apply(scale=int(key)))
        for key, button in self.densities.buttons.items():
            button.clicked.connect(lambda _=False, key=key: self._apply(density=Density(key)))
        theme().changed.connect(self._mark)
        self._mark()

    def _mark(self) -> None:
        look = theme()
        self.modes.mark(look.mode.value)
        self.scales.mark(str(look.scale))
        self.densities.mark(look.density.value)

    def _apply(
        self, *, mode: Mode | None = None, scale: int | None = None, density: Density | None = None
    ) -> None:
        look = theme()
        look.apply(mode=mode, scale=scale, density=density)
        suite = self._desk.suite
        suite.settings = replace(
            suite.settings, theme=look.mode.value, font_scale=look.scale, row_density=look.density.value
        )
        try:
            suite.settings.save()
        except OSError as error:
            log.warning("the look could not be kept: %s", error)
            self.happened.emit("已生效，但未能保存到本机，下次启动将恢复。请检查数据文件夹的写入权限。")

    def focus_ring(self) -> tuple[QWidget, ...]:
        """Scheme, size, rows."""
        return self.modes.buttons[theme().mode.value], self.table
