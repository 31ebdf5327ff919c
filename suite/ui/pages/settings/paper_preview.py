"""A paper as it reads, without its typography: to see what a template comes to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from suite.kernel.documents.reading import Block
from suite.ui.kit.panes import Frame, Pane, scrolled
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, TextSize

#: From how many points on a line is a title here, or a head.
TITLE, LARGE = 20.0, 30.0
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class PaperPreview(Pane):
    """`show_blocks` shows a paper, `say` a sentence in its place."""

    def __init__(self) -> None:
        super().__init__("示例")
        self.note = label("", tone="text2", size=TextSize.CAPTION, wrap=True)
        self.note.setContentsMargins(S12, S8, S12, 0)
        self.body.addWidget(self.note)
        self._sheet = Frame("surface")
        self._lines = QVBoxLayout(self._sheet)
        self._lines.setContentsMargins(S12, S8, S12, S12)
        self._lines.setSpacing(S8)
        self.body.addWidget(scrolled(self._sheet), 1)

    def say(self, sentence: str) -> None:
        """Nothing but this sentence."""
        self.show_blocks((), sentence)

    def show_blocks(self, blocks: Sequence[Block], note: str) -> None:
        """The paper, and above it what it is."""
        self.note.setText(note)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for block in blocks:
            text = "　".join(block.cells) if block.cells else block.text.strip()
            if not text:
                continue
            large = block.size >= TITLE
            size = TextSize.PANE if block.size >= LARGE else TextSize.SECTION if large else TextSize.BODY
            indent = "　　" if block.first >= 1 and not block.cells else ""
            line = label(indent + text, bold=large or block.bold, size=size, wrap=True)
            line.setAlignment(_ALIGN[block.align])
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._lines.addWidget(line)
        self._lines.addStretch(1)

    @property
    def texts(self) -> list[str]:
        """What is read in it."""
        found = [self._lines.itemAt(place) for place in range(self._lines.count())]
        widgets = [item.widget() for item in found if item is not None]
        return [widget.text().strip() for widget in widgets if isinstance(widget, QLabel)]
