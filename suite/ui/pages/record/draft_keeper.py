"""Keeps a page's unsaved edits on this machine, some seconds behind the typing and off the GUI thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from suite.ui.asking import Asking
from suite.ui.pages.record.drafts import Draft, DraftFile

WRITE_AFTER_MS = 2_000


class DraftKeeper(QObject):
    """One record's draft. `found` offers what a crash left behind; `kept` tells when one was written."""

    found = Signal(object)  # Draft
    kept = Signal(object)  # datetime, UTC
    failed = Signal(str)

    def __init__(self, asking: Asking, file: DraftFile, parent: QObject) -> None:
        super().__init__(parent)
        self._asking = asking
        self._file = file
        self._turn = 0
        self._make: Callable[[], Draft | None] = lambda: None
        self._kept = False
        self._timer = QTimer(self, singleShot=True, interval=WRITE_AFTER_MS)
        self._timer.timeout.connect(self.write_now)

    def look(self) -> None:
        """Look for a draft that was left behind."""
        self._asking.work(self._file.adopt, self._looked, self._failed)

    def _looked(self, draft: Draft | None) -> None:
        if draft is not None:
            self._kept = True
            self.found.emit(draft)

    def edited(self, make: Callable[[], Draft | None]) -> None:
        """Something was typed: `make` gives the draft when it is written, None when nothing is unsaved."""
        self._make = make
        if not self._timer.isActive():
            self._timer.start()

    def write_now(self) -> None:
        """Write what is unsaved now, or remove the draft where nothing is."""
        self._timer.stop()
        draft = self._make()
        if draft is None:
            self.drop()
            return
        self._kept = True
        turn = self._next()
        self._asking.work(
            lambda: self._file.write(draft, turn), lambda _: self.kept.emit(draft.saved_at), self._failed
        )

    def drop(self) -> None:
        """The edits were saved or thrown away."""
        self._timer.stop()
        if self._kept:
            self._kept = False
            turn = self._next()
            self._asking.work(lambda: self._file.remove(turn), lambda _: None, self._failed)

    def _next(self) -> int:
        self._turn += 1
        return self._turn

    def _failed(self, error: Exception) -> None:
        self.failed.emit(f"草稿未能暂存本机（{error}）。请检查磁盘空间，并尽快保存。")


def draft_of(version: int, edits: Mapping[str, object], base: Mapping[str, object]) -> Draft:
    """A draft of now."""
    return Draft(
        saved_at=dt.datetime.now(dt.UTC),
        version=version,
        edits=edits,
        base={key: base.get(key) for key in edits},
    )
