"""The record as it was on a past day, read-only; edits of today stay where they are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from suite.kernel.registry.record_file import RecordFile, record_file
from suite.ui.kit.notices import Notice, NoticeKind

if TYPE_CHECKING:
    from suite.ui.pages.record.page import RecordPage


class Past(QObject):
    """`day` is the day looked at, None for today."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page = page
        self.day: dt.date | None = None

    def show(self, day: dt.date) -> None:
        """The record as of a day; today and later is the record itself."""
        page, number = self._page, self._page.subject_id
        if number is None or page.loaded is None:
            return
        if day >= page.desk.suite.today:
            self.leave()
            return
        suite, actor = page.desk.suite, page.desk.actor
        page.asking.read(
            lambda session: record_file(session, actor, suite.catalog, number, as_of=day),
            lambda file: self._arrived(day, file),
            lambda error: page.tell_failure(error, lambda: self.show(day)),
        )

    def _arrived(self, day: dt.date, file: RecordFile) -> None:
        page = self._page
        if page.words is None or file.subject_id != page.subject_id:
            return
        self.day = day
        page.show_head(file)
        page.view.show_past(page.words, file)
        page.put_bar(
            "past",
            Notice(
                kind=NoticeKind.WARN,
                text=f"您正在查看 {day} 的档案",
                remark="只读；未保存的修改仍在" if page.has_unsaved() else "只读",
                buttons=(("回到今天", self.leave),),
            ),
        )

    def leave(self) -> bool:
        """Back to the record of today; False if it was shown already."""
        if self.day is None:
            return False
        page, self.day = self._page, None
        page.drop_bar("past")
        if page.loaded is not None:
            page.show_head(page.loaded.file)
        page.view.drop_past()
        return True
