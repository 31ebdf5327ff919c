"""The system's dialogs for files: endings, and a dialog that was left."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from suite.ui.kit.file_dialogs import LIST_FILE, TABLE_FILE, WORKBOOK, opening_path, saving_path

CSV = LIST_FILE.split(";;")[1]


@pytest.mark.parametrize(
    ("typed", "kind", "kinds", "path"),
    [
        ("名册.xlsx", WORKBOOK, LIST_FILE, "名册.xlsx"),
        ("名册.CSV", WORKBOOK, LIST_FILE, "名册.CSV"),
        ("名册", CSV, LIST_FILE, "名册.csv"),
        ("名册", "", LIST_FILE, "名册.xlsx"),
        ("截至 2026.09", WORKBOOK, WORKBOOK, "截至 2026.09.xlsx"),
        ("附件.ofd", "", "", "附件.ofd"),
    ],
)
def test_what_is_saved_has_an_ending(
    monkeypatch: pytest.MonkeyPatch, typed: str, kind: str, kinds: str, path: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (f"/d.x/{typed}", kind))
    assert saving_path(None, "导出", "名册.xlsx", kinds) == Path("/d.x") / path


def test_a_dialog_that_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for dialog in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, dialog, lambda *_: ("", ""))
    assert saving_path(None, "导出", "名册.xlsx", WORKBOOK) is None
    assert opening_path(None, "导入", TABLE_FILE) is None
