"""Drafts: unsaved edits kept on this machine, offered again after a crash. Files only; no Qt widgets.

A page that is being edited holds a lock beside its draft. A draft whose lock is free was left behind by
a program that ended without saving or discarding; a page that opens the same record takes it over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Any

from PySide6.QtCore import QLockFile

from suite.ui.kit.fields import Choice
from suite.ui.kit.typed import Unread

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was typed into one record and when (UTC). `version` is the record's when editing began."""

    saved_at: dt.datetime
    version: int
    edits: Mapping[str, object]
    base: Mapping[str, object]


class DraftFile:
    """The draft of one page: `key` names database, login, kind and record.

    All methods do file work and are called on workers, which may overtake one another: each call has a
    turn, and one that comes after a later turn does nothing.
    """

    def __init__(self, folder: Path, key: tuple[str, ...]) -> None:
        self._folder = folder
        self._stem = hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:24]
        self._path = folder / f"{self._stem}-{secrets.token_hex(4)}.json"
        self._lock: QLockFile | None = None
        self._mutex = Lock()
        self._turn = 0

    @property
    def path(self) -> Path:
        """Where it stands."""
        return self._path

    def adopt(self) -> Draft | None:
        """Take over a draft that was left behind; None if there is none. Unreadable ones are dropped."""
        with self._mutex:
            if self._turn:
                return None
            for path in sorted(self._folder.glob(f"{self._stem}-*.json")):
                lock = _locked(path)
                if lock is None:
                    continue
                draft = _read(path)
                if draft is not None:
                    self._path, self._lock = path, lock
                    return draft
                path.unlink(missing_ok=True)
                lock.unlock()
            return None

    def write(self, draft: Draft, turn: int) -> None:
        """Keep a draft; a crash leaves the former one or this one."""
        stored = {
            "saved_at": draft.saved_at.isoformat(),
            "version": draft.version,
            "edits": {key: _coded(value) for key, value in draft.edits.items()},
            "base": {key: _coded(value) for key, value in draft.base.items()},
        }
        with self._mutex:
            if turn < self._turn:
                return
            self._turn = turn
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._lock is None:
                self._lock = _locked(self._path)
            partial = self._path.with_suffix(".part")
            partial.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
            partial.replace(self._path)

    def remove(self, turn: int) -> None:
        """The edits were saved or thrown away."""
        with self._mutex:
            if turn < self._turn:
                return
            self._turn = turn
            self._path.unlink(missing_ok=True)
            if self._lock is not None:
                self._lock.unlock()
                self._lock = None


def _locked(path: Path) -> QLockFile | None:
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # only a dead process makes it stale, however long a page stays open
    return lock if lock.tryLock(0) else None


def _read(path: Path) -> Draft | None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return Draft(
            saved_at=dt.datetime.fromisoformat(stored["saved_at"]),
            version=int(stored["version"]),
            edits={key: _decoded(value) for key, value in stored["edits"].items()},
            base={key: _decoded(value) for key, value in stored["base"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        log.warning("a draft cannot be read and is dropped: %s", path.name, exc_info=True)
        return None


def _coded(value: object) -> object:
    if isinstance(value, dt.date):
        return ["date", value.isoformat()]
    if isinstance(value, Decimal):
        return ["number", str(value)]
    if isinstance(value, Choice):
        return ["link", value.value, value.title]
    if isinstance(value, tuple):
        return ["pair", *value]
    if isinstance(value, Unread):
        return ["unread", value.text]
    return value


def _decoded(value: Any) -> object:
    if not isinstance(value, list):
        return value
    match value:
        case ["date", str(text)]:
            return dt.date.fromisoformat(text)
        case ["number", str(text)]:
            return Decimal(text)
        case ["link", int(number), str(title)]:
            return Choice(number, title)
        case ["pair", int(number), str(title)]:
            return (number, title)
        case ["unread", str(text)]:
            return Unread(text=text)
    raise ValueError(f"not a draft's value: {value!r}")
