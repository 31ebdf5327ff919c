"""The files of one line of a case's list (现场照片、送达回证的扫描件), below its table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from suite.kernel.casework.papers.queries import FileLine
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.panes import FlowLayout
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12

NOT_REVEALED = "写有投诉人身份，您没有“查看投诉人身份”的权限"


class LineFiles(QWidget):
    """A link for each file, and beside it the one that strikes it out. Both signals carry the file."""

    save_wanted = Signal(object)
    strike_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._row = FlowLayout(self, spacing=S8)
        self._row.setContentsMargins(S12, 0, S12, S8)
        self.files: dict[int, tuple[Button, Button | None]] = {}
        self.hide()

    def show_files(self, no: int, files: Sequence[FileLine], refusal: str, *, may_reveal: bool) -> None:
        """Those of line `no`; `refusal` says why none may be struck out, empty where they may."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.files = {}
        if files:
            self._row.addWidget(label(f"第 {no} 条的附件：", tone="text2"))
        for file in files:
            save = Button(_words(file), icon_name="document", look=Look.LINK)
            save.setToolTip(f"保存副本：{file.note or file.file_name}")
            save.set_refusal(NOT_REVEALED if file.secret and not may_reveal else "")
            save.clicked.connect(lambda _checked=False, of=file: self.save_wanted.emit(of))
            self._row.addWidget(save)
            strike = None
            if not file.struck_reason:
                strike = Button("划去…", look=Look.LINK)
                strike.setAccessibleName(f"划去{file.file_name}")
                strike.set_refusal(refusal)
                strike.clicked.connect(lambda _checked=False, of=file: self.strike_wanted.emit(of))
                self._row.addWidget(strike)
            self.files[file.id] = (save, strike)
        self.setVisible(bool(files))


def standing(files: Sequence[FileLine]) -> int:
    """How many were not struck out."""
    return sum(not file.struck_reason for file in files)


def _words(file: FileLine) -> str:
    told = f"{file.file_name}（{file.note}）" if file.note else file.file_name
    return f"{told}　已划去：{file.struck_reason}" if file.struck_reason else told
