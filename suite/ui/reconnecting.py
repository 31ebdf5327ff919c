"""The window while the database is away: a banner with the tries, and up to date again once it is back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from suite.contract.problems import Problem
from suite.contract.states import StateKind
from suite.ui.desk import Desk
from suite.ui.kit.notices import Notice, NoticeBar, NoticeKind
from suite.ui.kit.state import StateValue
from suite.ui.shell.window import MainWindow

AWAY = StateValue(StateKind.BAD, "连接已断开")
KEPT = "填写的内容仍在；已要的内容恢复后自动读出"


class Reconnecting(QObject):
    """Between a desk's link and its window, with which it goes."""

    def __init__(self, desk: Desk, window: MainWindow, connected: StateValue) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._connected = connected
        self.banner: NoticeBar | None = None
        link = desk.link
        link.lost.connect(self._lost)
        link.trying.connect(self._trying)
        link.failed.connect(self._failed)
        link.back.connect(self._back)

    def _lost(self) -> None:
        self._window.status.set_connection(AWAY)
        self.banner = self._window.show_banner(
            Notice(
                kind=NoticeKind.BAD,
                text="与数据库的连接已断开，即将重连…",
                remark=KEPT,
                buttons=(("立即重试", self._desk.link.retry),),
            )
        )

    def _trying(self, number: int) -> None:
        self._say(f"与数据库的连接已断开，正在第 {number} 次重连…")

    def _say(self, text: str, remark: str = KEPT) -> None:
        if self.banner is not None:
            self.banner.say(text, remark)

    def _failed(self, number: int, problem: Problem, seconds: int) -> None:
        fact = str(problem.data.get("fact", problem.text))
        self._say(f"与数据库的连接已断开，第 {number} 次重连未成功，约 {seconds} 秒后再试。", fact)

    def _back(self) -> None:
        if self.banner is not None:
            self.banner.dismiss()
            self.banner = None
        self._window.status.set_connection(self._connected)
        self._window.status.set_happened("已重新连接数据库")
        for page in self._window.documents.pages:
            # What others changed meanwhile was told to nobody. Typed text meets it when it is saved.
            if not page.has_unsaved():
                page.refresh()
