"""The bell's work: asks for one's notices on a worker, opens their places, notes what was read and done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, QTimer

from suite.bootstrap import SHANGHAI
from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.notices.commands import FinishNotice, ReadNotice
from suite.kernel.notices.declarations import KEEP
from suite.kernel.notices.queries import NoticeLine, notice_lines
from suite.ui.desk import Desk, sentence_of
from suite.ui.shell.notice_list import NoticeItem, NoticeList
from suite.ui.shell.window import MainWindow

#: Other desks cause notices, too.
ASK_AGAIN_MS = 60_000
SETTINGS = "settings"
OpenSettings = Callable[..., None]


class Noticing(QObject):
    """Keeps the bell of a window true for as long as the window stands."""

    def __init__(
        self, desk: Desk, window: MainWindow, pages: frozenset[str], open_settings: OpenSettings
    ) -> None:
        """`pages`: the keys of the pages that a notice may open. It goes with the window.

        `open_settings` shows a part of the settings, and what a notice names of it.
        """
        super().__init__(window)
        self._desk, self._window, self._pages = desk, window, pages
        self._open_settings = open_settings
        self._lines: tuple[NoticeLine, ...] = ()
        self._popover: NoticeList | None = None
        self._asking = False
        if not desk.actor.may(KEEP) or desk.suite.unfit():
            return
        window.notices_wanted.connect(self.open)
        desk.changed.connect(self._changed)
        timer = QTimer(self)
        timer.setInterval(ASK_AGAIN_MS)
        timer.timeout.connect(self.ask)
        timer.start()
        self.ask()

    def ask(self) -> None:
        """Read what waits, unless that is under way."""
        if self._asking:
            return
        self._asking = True
        suite, actor = self._desk.suite, self._desk.actor

        def lines(session: ReadSession) -> list[NoticeLine]:
            return notice_lines(session, actor, suite.catalog, suite.today)

        self._desk.read(lines, self._show, self._unanswered, owner=self)

    def _unanswered(self, error: Exception) -> None:
        """The status row tells of a database that is away; the bell keeps what it had and asks again."""
        self._asking = False

    def _changed(self, _done: Done) -> None:
        self.ask()

    def _show(self, lines: list[NoticeLine]) -> None:
        self._asking = False
        self._lines = tuple(lines)
        self._window.menu_row.bell.set_count(sum(not line.read for line in lines))
        if self._popover is not None:
            self._popover.set_items(self._items())

    def _items(self) -> list[NoticeItem]:
        year = self._desk.suite.today.year
        return [
            NoticeItem(
                id=line.id,
                state=line.state,
                text=line.text,
                remark="　".join((line.title, line.by, _moment(line.raised_at, year))),
                read=line.read,
                opens=line.page in self._pages,
            )
            for line in self._lines
        ]

    def open(self) -> None:
        """Drop the list below the bell, or fold it again."""
        if self._window.waiting:
            return
        if self._popover is None:
            self._popover = NoticeList(self._window)
            self._popover.opened.connect(self._open_place)
            self._popover.finished.connect(lambda ids: self._send(FinishNotice(notices=tuple(ids))))
            self._popover.all_read.connect(lambda ids: self._send(ReadNotice(notices=tuple(ids))))
        if self._popover.isVisible():
            self._popover.dismiss()
            return
        self._popover.set_items(self._items())
        self._popover.open_at(self._window.menu_row.bell, self._popover.list)

    def _open_place(self, number: int) -> None:
        line = next((line for line in self._lines if line.id == number), None)
        if line is None:
            return
        if not line.read:
            self._send(ReadNotice(notices=(number,)))
        if line.page in self._pages:
            if self._popover is not None:
                self._popover.dismiss()
            if line.page == SETTINGS and line.argument:
                self._open_settings(*map(str, line.argument))
                return
            argument: Hashable = line.argument[0] if len(line.argument) == 1 else line.argument or None
            self._window.open_page(line.page, argument)

    def _send(self, command: ReadNotice | FinishNotice) -> None:
        # What was refused (one that is over meanwhile) is told by the window; the list is asked for anew.
        self._desk.run(command, lambda _done: None, self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        self._desk.refused.emit(sentence_of(error))
        self.ask()


def _moment(at: dt.datetime, year: int) -> str:
    """`11-23 10:42` by Beijing's clock, of other years with the year."""
    local = at.astimezone(SHANGHAI)
    return f"{local:%m-%d %H:%M}" if local.year == year else f"{local:%Y-%m-%d %H:%M}"
