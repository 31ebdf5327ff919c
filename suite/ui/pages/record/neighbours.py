"""Alt+← and Alt+→: the previous and next record of the list that a record was opened from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.kit.page import PageCommand

if TYPE_CHECKING:
    from suite.ui.pages.record.page import RecordPage


class Neighbours(QObject):
    """Steps within the page's own tab; unsaved edits are asked about first."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page = page
        self.ids: tuple[int, ...] = ()

    def commands(self) -> tuple[PageCommand, ...]:
        """Both steps, grey where the record was not opened from a list."""
        alone = "" if self._page.subject_id in self.ids else "这份档案不是从名册打开的"
        return (
            PageCommand(
                menu="view", text="上一份档案", key="Alt+Left", run=lambda: self.step(-1), refusal=alone
            ),
            PageCommand(
                menu="view", text="下一份档案", key="Alt+Right", run=lambda: self.step(1), refusal=alone
            ),
        )

    def step(self, by: int) -> None:
        """Show the neighbour, or say that there is none."""
        page = self._page
        if page.subject_id not in self.ids:
            return
        place = self.ids.index(page.subject_id) + by
        if not 0 <= place < len(self.ids):
            page.happened.emit("已是名册中的最后一份" if by > 0 else "已是名册中的第一份")
        elif page.has_unsaved():
            notice = Notice(
                kind=NoticeKind.WARN,
                text="有修改未保存，转到另一份档案前请先保存或放弃",
                buttons=(
                    ("保存", self._save),
                    ("放弃修改", lambda: self._discard(by)),
                    ("返回编辑", lambda: page.drop_bar("step")),
                ),
            )
            page.put_bar("step", notice).focus_first()
        else:
            page.show_other(self.ids[place])

    def _save(self) -> None:
        self._page.drop_bar("step")
        self._page.save()

    def _discard(self, by: int) -> None:
        self._page.drop_bar("step")
        self._page.discard()
        self.step(by)
