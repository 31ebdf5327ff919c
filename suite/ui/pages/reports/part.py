"""What the parts of the page share: a bar with acts, and a table or the sentence in its place."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.ui.desk import sentence_of
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import Height, TextSize

if TYPE_CHECKING:
    from suite.ui.pages.reports.page import ReportsPage


class ReportsPart(QWidget):
    """One tab of the page. `said` is the line at the left of the bar."""

    def __init__(self, page: ReportsPage, name: str, columns: Sequence[Column]) -> None:
        super().__init__()
        self.page = page
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.bar = Bar("head", Height.FILTER_BAR)
        self.said = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.bar.row.addWidget(self.said, 1)
        self.column.addWidget(self.bar)
        self.source = ListSource()
        self.table = TableView(RowTableModel(tuple(columns), self.source, self))
        self.table.setAccessibleName(name)
        self.empty = EmptyState("正在读取…")
        self.table.hide()
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.empty, 1)

    def add_act(self, text: str, act: object, *, icon: str = "", primary: bool = False) -> Button:
        """A button at the right of the bar."""
        button = Button(text, icon_name=icon, look=Look.PRIMARY if primary else Look.NORMAL)
        if callable(act):
            button.clicked.connect(lambda: act())
        self.bar.row.addWidget(button)
        return button

    def show_rows(self, rows: Sequence[Sequence[object]], keys: Sequence[Hashable], sentence: str) -> None:
        """Fill the table; `sentence` stands in its place where there are none."""
        self.source.set_rows(rows, keys)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.set_sentence(sentence)
        if rows and self.table.current_row < 0:
            self.table.select_row(0)

    def lost(self, error: Exception) -> None:
        """The reading failed."""
        self.table.hide()
        self.empty.show()
        self.empty.set_sentence(sentence_of(error))

    def refresh(self) -> None:
        """Read again."""

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus()
