"""识别依据: how a file was read, line by line, below the mapping."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.bootstrap import SHANGHAI
from suite.ui.kit.panes import Frame
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S4, S8, S12, TextSize
from suite.ui.pages.importing.loaded import Loaded
from suite.ui.pages.importing.mapping import LEARNED


class Basis(Frame):
    """识别依据: what was detected, line by line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(S12, S8, S12, S8)
        self._column.setSpacing(S4)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Replace the lines."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._column.addWidget(label("识别依据", bold=True))
        for line in lines:
            self._column.addWidget(label(line, tone="text2", size=TextSize.CAPTION, wrap=True))
        self._column.addStretch()


def basis_lines(loaded: Loaded) -> list[str]:
    """What a person should know about how the file was read."""
    lines = []
    several = len(loaded.sheets) > 1
    for sheet in loaded.sheets:
        place = f"“{sheet.sheet}”" if several else ""
        if sheet.header_rows:
            numbers = "—".join(str(row) for row in (sheet.header_rows[0], *sheet.header_rows[1:][-1:]))
            titles = sheet.header_rows[0] - 1
            above = f"，上方 {titles} 行为标题" if titles else ""
            lines.append(f"{place}表头在第 {numbers} 行{above}")
        if sheet.learned is not None:
            day = sheet.learned.confirmed_at.astimezone(SHANGHAI)
            lines.append(f"{place}{LEARNED}（{sheet.learned.sender}，{day:%Y-%m-%d}）")
        if sheet.state != "read":
            lines.append(f"{place}未读取：{sheet.reason}")
    if loaded.preview is not None:
        lines += [n.text for n in loaded.preview.notices if n.code != "learned_layout"]
    if loaded.mended:
        lines.append(f"已作 {loaded.mended} 项修正，Ctrl+Z 撤销。原文件不变。")
    return lines
