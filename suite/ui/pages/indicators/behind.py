"""What is behind a number that no roster holds: the figures that it sums, or the places that it counts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.kernel.indicators.board import SideRows
from suite.kernel.indicators.rules import shown
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Align, Column
from suite.ui.kit.panes import Bar
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import Height

COLUMNS = (
    Column(key="period", title="期间", width=88),
    Column(key="place", title="单位", width=120),
    Column(key="value", title="数值", width=110, align=Align.RIGHT),
    Column(key="source", title="来源", width=240, stretch=True, least=160),
    Column(key="note", title="说明", width=160),
)


class BehindPane(QWidget):
    """The rows of one side; `opened` carries the period of the row that is to be opened, `left` goes back."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = Bar("head", Height.FILTER_BAR)
        back = Button("返回指标", look=Look.LINK, tip="Esc")
        back.clicked.connect(self.left)
        bar.row.addWidget(back)
        self.title = ElidedLabel("")
        bar.row.addWidget(self.title, 1)
        column.addWidget(bar)
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self), row_base=Height.ROW_DENSE)
        self.table.setAccessibleName("背后的数字")
        self.table.row_opened.connect(self._open)
        self.table.escape_pressed.connect(self.left)
        column.addWidget(self.table, 1)

    def show_rows(self, title: str, rows: SideRows, names: Mapping[str, str]) -> None:
        """Show the rows of a side; `names` are the districts'."""
        self.title.setText(title)
        if rows.figures:
            cells = [
                (
                    line.period,
                    names.get(line.district or "", line.district or "全市"),
                    shown(line.value),
                    line.source,
                    line.note,
                )
                for line in rows.figures
            ]
        else:
            cells = [
                ("", line.name, shown(1 if line.counts is None else line.counts), place, None)
                for line in rows.members
                for place in [names.get(line.district or "", "")]
            ]
        self.source.set_rows(cells, list(range(len(cells))))
        if cells:
            self.table.select_row(0)

    def _open(self, row: int, _key: object) -> None:
        values = self.source.cached_row(row)
        if values is not None and values[0]:
            self.opened.emit(str(values[0]))
