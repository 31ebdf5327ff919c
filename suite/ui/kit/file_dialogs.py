"""The system's dialogs for files: where one is to be saved, which one is to be read."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

WORKBOOK = "Excel 工作簿 (*.xlsx)"
#: What lists are written to.
LIST_FILE = f"{WORKBOOK};;CSV 文本 (*.csv)"
#: What tables are read from.
TABLE_FILE = "表格 (*.xlsx *.xls *.csv)"
WORD_FILE = "Word 文档 (*.docx)"
ARCHIVE = "压缩包 (*.zip)"
ATTACHMENT = "可附的文件 (*.pdf *.png *.jpg *.jpeg *.docx *.xlsx *.ofd);;全部 (*)"

_ENDING = re.compile(r"\*(\.\w+)")


def plain_name(title: str) -> str:
    """A title as the name of a file: without blanks, and without what a system may not have in one."""
    return "".join(sign for sign in title if sign.isalnum())


def saving_path(parent: QWidget | None, title: str, name: str, kinds: str = "") -> Path | None:
    """Where to save; None when the dialog was left.

    The path has one of the endings of `kinds`: what is typed without gets that of the kind that was chosen.
    """
    chosen, kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    if not chosen:
        return None
    path, endings = Path(chosen), _ENDING.findall(kinds)
    if not endings or path.suffix.lower() in endings:
        return path
    return path.with_name(path.name + next(iter(_ENDING.findall(kind)), endings[0]))


def opening_path(parent: QWidget | None, title: str, kinds: str = "") -> Path | None:
    """Which file to read; None when the dialog was left."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(chosen) if chosen else None
