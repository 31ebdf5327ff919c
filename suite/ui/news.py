"""What other desks change, brought to the screens: heard on a thread of its own, told in few portions."""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from suite.bootstrap import Suite
from suite.contract.commands import Change
from suite.contract.problems import Refused
from suite.kernel.audit.news import joined_changes
from suite.listening import listen

log = logging.getLogger(__name__)

#: How long one wait lasts, in seconds; closing the window waits for its end.
SLICE = 0.5
#: Changes of so many milliseconds are told at once: a list is read anew once, not for each of them.
GATHER_MS = 1_000


class News(QObject):
    """`heard` carries what others changed, on the GUI thread; `away` says that the connection ended.

    After that it is silent until `begin` is called again.
    """

    heard = Signal(object)  # tuple[Change, ...]
    away = Signal(object)  # Refused
    _came = Signal(object)

    def __init__(self, suite: Suite, parent: QObject) -> None:
        super().__init__(parent)
        self._suite = suite
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._gathered: list[Change] = []
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._tell)
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Listen, if nobody does yet."""
        if self._thread is None or not self._thread.is_alive():
            self._stop.clear()
            self._thread = threading.Thread(target=self._listen, name="news", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Listen no more."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(10 * SLICE)

    def _listen(self) -> None:
        try:
            ears = listen(self._suite)
            try:
                while not self._stop.is_set():
                    changes = ears.wait(SLICE)
                    if changes:
                        self._came.emit(changes)
            finally:
                ears.close()
        except Refused as refused:
            self._say_away(refused)
        except Exception:
            # The window works on without: F5 and the optimistic lock are still there.
            log.exception("nothing is heard of other desks any more")

    def _say_away(self, refused: Refused) -> None:
        try:
            if not self._stop.is_set():
                self.away.emit(refused)
        except RuntimeError:
            log.debug("the window closed while the connection ended")

    def _take(self, changes: tuple[Change, ...]) -> None:
        self._gathered += changes
        if not self._gather.isActive():
            self._gather.start()

    def _tell(self) -> None:
        gathered, self._gathered = self._gathered, []
        self.heard.emit(joined_changes(gathered))
