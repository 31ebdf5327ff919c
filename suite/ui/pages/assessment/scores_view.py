"""得分: the board of a score sheet, group by group."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.kernel.assessment.boards import Board
from suite.kernel.assessment.standing import WALKING
from suite.ui.kit.buttons import Button
from suite.ui.kit.panes import Bar
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.assessment.faults_pane import FaultsPane
from suite.ui.pages.assessment.heat_board import HeatBoard

ALL = "全部"
LEGEND = (
    "颜色越深得分率越低（55% 以下最深）　红框：与同组中位数相差 2 个标准差以上　"
    "斜线：尚未评分　？：须第三人评分"
)


class ScoresView(QWidget):
    """Groups, how far each source has come, the board, the legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = ALL
        self._board: Board | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = Bar("head", Height.FILTER_BAR)
        self.groups = LineTabs(base_height=Height.FILTER_BAR, size=TextSize.BODY, name="分组")
        self.groups.current_changed.connect(self._choose)
        head.row.addWidget(self.groups, 1)
        self.measure = Button("按档案测算得分")
        self.sheet = Button("评分工作簿…")
        self.take = Button("导入评分表…", icon_name="import")
        for act in (self.measure, self.sheet, self.take):
            head.row.addWidget(act)
        column.addWidget(head)
        sources = Bar("head", Height.CONTROL)
        self.come = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        sources.row.addWidget(self.come, 1)
        column.addWidget(sources)
        self.faults = FaultsPane()
        column.addWidget(self.faults, 1)
        self.heat = HeatBoard()
        column.addWidget(self.heat, 1)
        foot = Bar("foot", Height.CONTROL)
        foot.row.addWidget(label(LEGEND, tone="text2", size=TextSize.CAPTION))
        foot.row.addStretch()
        column.addWidget(foot)

    def show_board(self, board: Board) -> None:
        """Show a season's sheet."""
        if self._board is None or self._board.campaign.id != board.campaign.id:
            self._group = ALL
        self._board = board
        self.groups.set_tabs(
            [
                Tab(key=ALL, title=ALL, count=len(board.lines)),
                *(
                    Tab(key=key, title=title, count=sum(line.group == key for line in board.lines))
                    for key, title in board.groups.items()
                ),
            ],
            self._group,
        )
        everybody = sum(line.standing in WALKING for line in board.lines)
        parts = [f"{source.words} {number} / {everybody}" for source, number in board.by_source.items()]
        self.come.setText(f"已有评分的对象　{'　　'.join(parts)}")
        self._list()

    def _choose(self, key: object) -> None:
        self._group = str(key)
        self._list()

    def _list(self) -> None:
        board = self._board
        if board is not None:
            lines = [line for line in board.lines if self._group in (ALL, line.group)]
            self.heat.set_board(board, lines)
