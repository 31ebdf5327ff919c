"""Asks for the day that is to be seen: of a roster, of the indicators."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.fields import read_date
from suite.ui.kit.line import LineEdit
from suite.ui.kit.popover import Popover
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import TextSize


class DayPanel(Popover):
    """One date, not after today."""

    chosen = Signal(object)  # date

    def __init__(self, parent: QWidget, today: date, what: str = "名册") -> None:
        """`what` is seen as of the day."""
        super().__init__(parent)
        self._today, self._what = today, what
        self.body.addWidget(label(f"查看哪一天的{what}", tone="text2"))
        self.line = LineEdit(placeholder="年-月-日，例如 2025-12-31", name="查看日期")
        self.body.addWidget(self.line)
        self.message = label("", tone="bad", size=TextSize.CAPTION, wrap=True)
        self.message.hide()
        self.body.addWidget(self.message)
        last_year = date(today.year - 1, 12, 31)
        usual = Button(f"上年末 {last_year}")
        usual.clicked.connect(lambda: self._choose(last_year))
        self.body.addWidget(usual)
        self.show_button = Button(f"查看{what}", look=Look.PRIMARY)
        self.show_button.clicked.connect(self._apply)
        self.body.addWidget(self.show_button)
        self.line.entered.connect(self._apply)
        self.setFixedWidth(theme().pixels(240))

    def _apply(self) -> None:
        try:
            day = read_date(self.line.text())
        except ValueError as error:
            self._complain(str(error))
            return
        if day > self._today:
            self._complain(f"只能查看今天（{self._today}）及以前的{self._what}，请改正")
            return
        self._choose(day)

    def _choose(self, day: date) -> None:
        self.dismiss()
        self.chosen.emit(day)

    def _complain(self, text: str) -> None:
        self.message.setText(text)
        self.message.show()
        self.adjustSize()
