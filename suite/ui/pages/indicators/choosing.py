"""Which numbers the page shows: live, of a past day, or frozen; and what they are compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from suite.bootstrap import SHANGHAI
from suite.kernel.indicators.snapshots import SnapshotLine
from suite.ui.kit.buttons import Button

#: A menu names so many snapshots; the others stand on the page of reports.
MOST_LISTED = 20


class DataChooser(Button):
    """实时 or a frozen set, with a lock, who froze it and when."""

    live_wanted = Signal()
    day_wanted = Signal()
    snapshot_wanted = Signal(object)  # SnapshotLine

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__("", arrow=True, tip="换一份数据：实时、某日、已冻结的快照", parent=parent)
        self._today = today
        self.known: tuple[SnapshotLine, ...] = ()
        self.clicked.connect(self._offer)
        self.tell(None, None)

    def tell(self, day: dt.date | None, line: SnapshotLine | None) -> None:
        """Say what is shown."""
        if line is not None:
            self.set_icon_name("lock")
            self.setText(f"{line.title}（截至 {line.as_of}）")
            self.setToolTip(frozen_words(line))
        else:
            self.set_icon_name("chevron-down")
            self.setText(f"截至 {day}" if day else f"实时（{self._today}）")
            self.setToolTip("换一份数据：实时、某日、已冻结的快照")
        self.setAccessibleName(f"数据，现为{self.text()}")

    def menu_of(self) -> QMenu:
        """What may be chosen."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addAction(f"实时（{self._today}）").triggered.connect(self.live_wanted)
        menu.addAction("某一日…").triggered.connect(self.day_wanted)
        if self.known:
            menu.addSeparator()
        for line in self.known[:MOST_LISTED]:
            action = menu.addAction(f"{line.title}　截至 {line.as_of}　{line.by}")
            action.setToolTip(frozen_words(line))
            action.triggered.connect(lambda _=False, line=line: self.snapshot_wanted.emit(line))
        return menu

    def _offer(self) -> None:
        self.open_menu(self.menu_of())


class CompareChooser(Button):
    """Nothing, live, or a frozen set beside the values that are shown."""

    wanted = Signal(object)  # SnapshotLine, or None for no comparison

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", arrow=True, tip="与已冻结的快照并列比较", parent=parent)
        self.known: tuple[SnapshotLine, ...] = ()
        self.clicked.connect(self._offer)
        self.tell(None)

    def tell(self, line: SnapshotLine | None) -> None:
        """Say what is compared with."""
        self.setText(f"对比：{line.title}" if line is not None else "对比：无")
        self.setAccessibleName(self.text())
        if not self.known:
            self.refuse("还没有快照可以对比，请先冻结")
        else:
            self.allow()

    def set_known(self, known: Sequence[SnapshotLine], line: SnapshotLine | None) -> None:
        """Which snapshots there are."""
        self.known = tuple(known)
        self.tell(line)

    def menu_of(self) -> QMenu:
        """What may be chosen."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addAction("不对比").triggered.connect(lambda: self.wanted.emit(None))
        menu.addSeparator()
        for line in self.known[:MOST_LISTED]:
            action = menu.addAction(f"{line.title}　截至 {line.as_of}　{line.by}")
            action.setToolTip(frozen_words(line))
            action.triggered.connect(lambda _=False, line=line: self.wanted.emit(line))
        return menu

    def _offer(self) -> None:
        self.open_menu(self.menu_of())


def frozen_words(line: SnapshotLine) -> str:
    """Who froze it, when, and what for."""
    note = f"；{line.note}" if line.note else ""
    return f"{line.by} 于 {line.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 冻结，截至 {line.as_of}{note}"
