"""帮助: the declared pages of the help, one for each thing that a person does here."""

from __future__ import annotations

from importlib import resources

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from suite.contract.declarations import HelpPage as Topic
from suite.ui.desk import Desk
from suite.ui.kit.columns import Column
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, S24, TextSize, Width

COLUMNS = (Column(key="title", title="主题", width=160, stretch=True),)
#: Per cent of a line's own height.
LINE_HEIGHT = 140.0
#: A line of text is no longer than an eye follows, in pixels at 100 %.
LINE_WIDTH = 760


def topic_of(topics: dict[str, Topic], page: str) -> str | None:
    """The key of the help page that tells of a page of the window."""
    return next((key for key, topic in topics.items() if page in topic.pages), None)


class HelpPage(Page):
    """Topics at the left, the text of one at the right. `topic` is the key of the first."""

    def __init__(self, desk: Desk, topic: object = None, parent: QWidget | None = None) -> None:
        super().__init__("help", "帮助", "document", parent)
        self._topics = desk.suite.catalog.help
        self.shown = ""
        row = QHBoxLayout()
        row.setContentsMargins(S12, S8, S12, S12)
        row.setSpacing(S8)
        self.pane = Pane("帮助")
        source = ListSource([(item.title,) for item in self._topics.values()], list(self._topics))
        self.table = TableView(RowTableModel(COLUMNS, source, self))
        self.table.setAccessibleName("帮助主题")
        self.pane.body.addWidget(self.table)
        row.addWidget(self.pane)
        self.text_pane = Pane()
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDocumentMargin(S24)
        self.text.setAccessibleName("帮助内容")
        self.text_pane.body.addWidget(self.text)
        row.addWidget(self.text_pane, 1)
        self.content.addLayout(row, 1)
        self.set_hints("↑↓ 选择主题　F6 到内容　Esc 返回")
        self.table.row_settled.connect(lambda _row, key: self.show_topic(key))
        self.table.row_opened.connect(lambda _row, key: self.show_topic(key))
        self.text.anchorClicked.connect(self._follow)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.select(topic if isinstance(topic, str) else next(iter(self._topics)))

    def _restyle(self) -> None:
        self.pane.setFixedWidth(theme().pixels(Width.DOCK) * 2 // 3)
        self.text.setFont(self.font())
        self.text.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.text.setLineWrapColumnOrWidth(theme().pixels(LINE_WIDTH))
        self.text.document().setDefaultStyleSheet(f"a {{ color: {theme().tokens.accent}; }}")
        if self.shown:
            shown, self.shown = self.shown, ""
            self.show_topic(shown)

    def select(self, topic: str) -> None:
        """Show a topic and mark it in the list."""
        if topic in self._topics:
            self.table.select_row(list(self._topics).index(topic))
            self.show_topic(topic)

    def show_topic(self, topic: object) -> None:
        """Show the text of a topic."""
        if not isinstance(topic, str) or topic not in self._topics or topic == self.shown:
            return
        self.shown = topic
        package, _, file = self._topics[topic].text.partition(":")
        self.text.setMarkdown(resources.files(package).joinpath(file).read_text("utf-8"))
        self._set_type()

    def _set_type(self) -> None:
        """Give the text air and its title the size of a pane's: Markdown brings neither."""
        look, document = theme(), self.text.document()
        block = document.begin()
        while block.isValid():
            cursor = QTextCursor(block)
            if not cursor.currentTable():
                shape = block.blockFormat()
                shape.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                shape.setBottomMargin(look.pixels(S8))
                cursor.setBlockFormat(shape)
            if block.blockFormat().headingLevel():
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                letters = QTextCharFormat()
                letters.setFont(look.font(TextSize.NAME, bold=True))
                cursor.mergeCharFormat(letters)
            block = block.next()

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "page":
            self.open_wanted.emit(url.path(), None)
        elif url.scheme() == "help":
            self.select(url.path())

    def focus_start(self) -> None:
        """The keyboard goes to the topics."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """Topics, text."""
        return self.table, self.text

    def step_back(self) -> bool:
        """Esc: from the text back to the topics."""
        if self.text.hasFocus():
            self.focus_start()
            return True
        return False
