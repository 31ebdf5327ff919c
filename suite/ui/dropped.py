"""What was dragged onto a page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def one_file(data: QMimeData) -> Path | None:
    """The file that is dragged; None for anything but one file of this machine."""
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
