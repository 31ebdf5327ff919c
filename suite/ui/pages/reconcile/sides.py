"""The file of one other side: chosen with the system's dialog or dropped, taken away again by a button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from suite.ui.dropped import one_file
from suite.ui.kit.buttons import Button, icon_button
from suite.ui.kit.file_dialogs import opening_path
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S8

FILTER = "工作簿与文本 (*.xlsx *.xlsm *.xls *.csv *.txt)"
NONE = "未选择，可拖入文件"


class SideFile(QWidget):
    """`path` is None while none is chosen; `changed` comes with every other choice."""

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.path: Path | None = None
        self.setAcceptDrops(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S8)
        row.addWidget(label(title, bold=True))
        self.choose = Button("选择文件…", icon_name="folder")
        self.choose.setAccessibleName(f"选择{title}")
        row.addWidget(self.choose)
        self.name = ElidedLabel(NONE, tone="text2")
        row.addWidget(self.name, 1)
        self.clear = icon_button("close", f"不比较{title}")
        self.clear.hide()
        row.addWidget(self.clear)
        self.choose.clicked.connect(self.ask)
        self.clear.clicked.connect(lambda: self.set_path(None))

    def ask(self) -> None:
        """Choose a file."""
        path = opening_path(self, f"选择{self.title}", FILTER)
        if path is not None:
            self.set_path(path)

    def set_path(self, path: Path | None) -> None:
        """Compare with another file, or with none."""
        self.path = path
        self.name.setText(path.name if path is not None else NONE)
        self.clear.setVisible(path is not None)
        self.changed.emit()

    def set_refusal(self, reason: str) -> None:
        """Grey it and say why; empty allows it."""
        self.setAcceptDrops(not reason)
        self.choose.set_refusal(reason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if one_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = one_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.set_path(path)
