"""The notice across the wizard: what went wrong and how to go on, or what was written where."""

from __future__ import annotations

from collections.abc import Callable

from suite.contract.problems import Refused
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.executor.executor import Cancelled
from suite.ui.desk import sentence_of
from suite.ui.kit.notices import Notice, NoticeBar, NoticeKind
from suite.ui.kit.page import Page


class Trouble:
    """At most one notice of the page; a new one takes the place of the old."""

    def __init__(self, page: Page, again: Callable[[], object]) -> None:
        self._page, self._again = page, again
        self.bar: NoticeBar | None = None

    def tell(self, error: Exception) -> None:
        """Say what failed, with the way to check again; a work that was stopped is no failure."""
        if isinstance(error, Cancelled):
            self._show(Notice(kind=NoticeKind.INFO, text=str(error), closable=True))
            return
        text = str(error) if isinstance(error, FileRefused) else sentence_of(error)
        more = len(error.problems) - 1 if isinstance(error, Refused) else 0
        notice = Notice(
            kind=NoticeKind.BAD,
            text=text,
            remark=f"另有 {more:,} 处" if more > 0 else "",
            buttons=(("重新核对", self._again),),
            closable=True,
        )
        self._show(notice).focus_first()

    def tell_done(self, text: str) -> None:
        """Say what was done."""
        self._show(Notice(kind=NoticeKind.OK, text=text, closable=True))

    def drop(self) -> None:
        """Take the notice away."""
        bar, self.bar = self.bar, None
        if bar is not None and not bar.isHidden():
            bar.dismiss()

    def _show(self, notice: Notice) -> NoticeBar:
        self.drop()
        self.bar = self._page.show_notice(notice)
        return self.bar
