"""The draft of the record that a page shows: kept while one types, offered after a crash."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.pages.record.draft_keeper import DraftKeeper, draft_of
from suite.ui.pages.record.drafts import Draft, DraftFile
from suite.ui.pages.record.tables import clock, moment

if TYPE_CHECKING:
    from suite.ui.pages.record.page import RecordPage

OFFER = "draft"


class Drafting(QObject):
    """One draft file for each record that the page shows."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page = page
        self.keeper: DraftKeeper | None = None
        self._offered = False

    def begin(self) -> None:
        """Look for what a crash left behind; once for each record."""
        if self.keeper is not None:
            return
        page, settings = self._page, self._page.desk.suite.settings
        record = str(page.subject_id or "new")
        file = DraftFile(
            settings.home / "drafts", (settings.url, page.desk.actor.login, page.kind_key, record)
        )
        self.keeper = DraftKeeper(page.asking, file, self)
        self.keeper.found.connect(self._offer)
        self.keeper.kept.connect(lambda at: page.happened.emit(f"草稿 {clock(at)} 已暂存本机"))
        self.keeper.failed.connect(page.happened)
        self.keeper.look()

    def end(self) -> None:
        """The draft has done its service; the next record gets one of its own."""
        self._withdraw()
        if self.keeper is not None:
            self.keeper.drop()
            self.keeper = None

    def edited(self, count: int) -> None:
        """So many fields are changed and unsaved now."""
        if self.keeper is None:
            return
        if count:
            self.keeper.edited(self._draft)
        elif not self._offered:
            self.keeper.drop()

    def _draft(self) -> Draft | None:
        page = self._page
        edits = page.view.pane.edits(secrets=False) if page.view.pane is not None else {}
        if not edits:
            return None
        submission = page.saving.submission(edits)
        return draft_of(submission.version, edits, submission.base)

    def _offer(self, draft: Draft) -> None:
        self._offered = True
        self._page.put_bar(
            OFFER,
            Notice(
                kind=NoticeKind.INFO,
                text=f"上次有 {len(draft.edits)} 处修改没有保存，{moment(draft.saved_at)} 暂存在本机",
                buttons=(("恢复草稿", lambda: self._restore(draft)), ("丢弃草稿", self._refuse)),
            ),
        )

    def _withdraw(self) -> None:
        self._offered = False
        self._page.drop_bar(OFFER)

    def _refuse(self) -> None:
        self._withdraw()
        self._page.edited()

    def _restore(self, draft: Draft) -> None:
        page = self._page
        self._withdraw()
        if page.view.pane is None:
            return
        edits = {**draft.edits, **page.view.pane.edits()}
        if page.loaded is None:
            page.view.pane.show_values(page.blank(), edits)
            return
        submission = replace(
            page.saving.submission(edits),
            base={**page.loaded.file.values, **draft.base},
            version=draft.version,
        )
        page.saving.meet(submission, page.loaded)
