"""The foot bar of the wizard: what will happen, in words, how far the work is, and the way on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.panes import Bar
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.importing.loaded import Loaded
from suite.ui.pages.importing.words import foot_words

CHOOSE, COLUMNS, ROWS, DONE = range(4)


class Foot(Bar):
    """The buttons are the page's to connect; which of them show follows the step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("foot", Height.BAR, parent)
        self.words = label("", bold=True)
        self.rest = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.progress = ProgressStrip()
        self.back = Button("上一步")
        self.next = Button("核对数据", look=Look.PRIMARY)
        self.write = Button("导入", look=Look.PRIMARY)
        self.row.addWidget(self.words)
        self.row.addWidget(self.rest, 1)
        self.row.addWidget(self.progress)
        for button in (self.back, self.next, self.write):
            self.row.addWidget(button)

    def show_step(self, step: int, loaded: Loaded | None) -> None:
        """Show the buttons of a step and say what will happen."""
        self.back.setVisible(step in (COLUMNS, ROWS))
        self.next.setVisible(step == COLUMNS)
        self.write.setVisible(step == ROWS)
        self.setVisible(step != DONE)
        self.back.allow()
        self.words.setVisible(step == ROWS)
        self.rest.setText("选定文件后先核对，不写入任何内容" if step == CHOOSE else "")
        if loaded is None:
            return
        if step == COLUMNS and loaded.preview is None:
            self.next.refuse("还缺少必要的列")
        elif step == COLUMNS:
            self.next.allow()
        elif step == ROWS:
            self._tell_rows(loaded)

    def _tell_rows(self, loaded: Loaded) -> None:
        words, rest = foot_words(loaded)
        self.words.setText(words)
        self.rest.setText(rest)
        self.write.setText(f"导入 {loaded.writes:,} 行")
        if loaded.writes:
            self.write.allow()
        else:
            self.write.refuse("没有需要写入的行")

    def refuse(self, why: str) -> None:
        """None of the ways on is open now."""
        for button in (self.back, self.next, self.write):
            button.refuse(why)

    def begin(self, what: str) -> None:
        """Long work has begun."""
        self.progress.begin(what)

    def advance(self, what: str, done: int, total: int) -> None:
        """How far the long work is."""
        if self.progress.isVisible():
            self.progress.what.setText(f"正在{what}")
            self.progress.advance(done, total if done else 0)
