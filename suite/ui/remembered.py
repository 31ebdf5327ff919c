"""What one desk's window remembers between starts: open tabs, column layouts, recent records.

Nothing of it is worth a database row; a missing or broken file is a fresh window.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

log = logging.getLogger(__name__)

WRITE_AFTER_MS = 800


class Remembered(QObject):
    """A small JSON file of plain values by key, written a moment after the last change."""

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        """Without a file it forgets everything when the window goes."""
        super().__init__(parent)
        self._file = file
        self._values = _read(file) if file is not None else {}
        self._pause = QTimer(self, singleShot=True, interval=WRITE_AFTER_MS)
        self._pause.timeout.connect(self.flush)

    def get(self, key: str, default: Any = None) -> Any:
        """The value kept under a key."""
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Keep a plain value."""
        if self._values.get(key) != value:
            self._values[key] = value
            self._pause.start()

    def flush(self) -> None:
        """Write now, so that a crash leaves the old file or the new one."""
        self._pause.stop()
        if self._file is None:
            return
        partial = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            partial.replace(self._file)
        except OSError as error:
            log.warning("the window's layout could not be kept: %s", error)


def _read(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def frozen(value: Any) -> Hashable:
    """A value from JSON as an argument of a page: lists as tuples, all the way down."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    return str(value) if isinstance(value, dict) else value
