"""Saving a record: sending what was typed, placing what is wrong, and meeting another desk's version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from suite.contract.commands import Done
from suite.contract.problems import Refused
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.ui.asking import Refusal
from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.kit.typed import Unread
from suite.ui.pages.record.conflict import ConflictView
from suite.ui.pages.record.loaded import Loaded, load_record
from suite.ui.pages.record.merging import Side, Submission, meet, merge_note, rebased
from suite.ui.pages.record.tables import clock
from suite.ui.pages.record.wording import Words

if TYPE_CHECKING:
    from suite.ui.pages.record.page import RecordPage

Saved = Callable[[Done], object]
Refuse = Callable[[Refusal], object]


class Saving(QObject):
    """Belongs to one page; `busy` while a command is under way."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page = page
        self.busy = False
        self.closing = False
        self.typed_at: dt.datetime | None = None

    def submission(self, edits: Mapping[str, object]) -> Submission:
        """What is typed, with the values that it began from."""
        file = self._page.loaded.file if self._page.loaded is not None else None
        return Submission(
            changes=edits, base=file.values if file else {}, version=file.version if file else 0
        )

    def save(self) -> None:
        """Send what was changed; everything that is wrong is shown at once."""
        pane = self._page.view.pane
        if pane is None or self.busy or not pane.form.changed_count():
            return
        unreadable = pane.check_form()
        changes = pane.readable()
        # What cannot be read cannot be sent; the rest is tried, so that all problems are told together.
        self.send(
            self.submission(changes),
            saved=lambda done: self._saved(done, changes),
            refused=lambda refusal: self._refused(refusal, unreadable),
            dry_run=bool(unreadable),
        )

    def send(self, submission: Submission, *, saved: Saved, refused: Refuse, dry_run: bool = False) -> None:
        """Send one SaveRecords. Where another desk was faster the merge is asked for in place."""
        page = self._page
        if page.words is None:
            return
        known = page.subject_id is not None
        row = RowEdit(
            values=submission.values(page.words),
            subject_id=page.subject_id,
            expected_version=submission.version if known else None,
            base=submission.base_values() if known else None,
        )
        command = SaveRecords(kind=page.kind_key, rows=(row,), effective_on=submission.effective_on)

        def done(answer: Done) -> None:
            self.busy = False
            page.drop_bar("failure")
            if dry_run:
                refused(Refusal(Refused(())))
            else:
                saved(answer)

        def failed(error: Exception) -> None:
            self.busy = False
            page.drop_bar("failure")
            refusal = Refusal(error)
            if refusal.stale is not None and not dry_run:
                self._read_theirs(submission, str(refusal.stale.data.get("by", "")), saved, refused)
            else:
                refused(refusal)

        self.busy = True
        page.asking.run(command, done, failed, reason=submission.reason, dry_run=dry_run)

    def _saved(self, done: Done, changes: Mapping[str, object]) -> None:
        page = self._page
        if done.warnings:
            told = "；".join(problem.text for problem in done.warnings)
            page.put_bar(
                "warnings", Notice(kind=NoticeKind.WARN, text=f"已保存，另请核对：{told}", closable=True)
            )
        else:
            page.drop_bar("warnings")
        if page.subject_id is None:
            page.made(int(done.result["ids"][0]))
        page.load(saved=changes)
        if self.closing:
            self.closing = False
            page.drafting.end()
            page.may_close.emit()

    def _refused(self, refusal: Refusal, unreadable: Mapping[str, str]) -> None:
        self.closing = False
        page = self._page
        if page.view.pane is None:
            return
        page.view.to_form()
        rest = page.view.pane.place({**refusal.fields, **unreadable})
        others = [*rest, *refusal.others]
        if others:
            page.put_bar(
                "failure",
                Notice(
                    kind=NoticeKind.BAD,
                    text="；".join(others),
                    remark="您填写的内容仍在",
                    buttons=(("重试", page.save),) if refusal.retry else (),
                    closable=True,
                ),
            )

    # Two desks at one record.

    def _read_theirs(self, submission: Submission, login: str, saved: Saved, refused: Refuse) -> None:
        page, number = self._page, self._page.subject_id
        if number is None:
            return
        suite, actor, kind_key = page.desk.suite, page.desk.actor, page.kind_key
        page.asking.read(
            lambda session: load_record(session, actor, suite.catalog, kind_key, number, suite.today),
            lambda loaded: self._ask(submission, loaded, login, saved, refused),
            lambda error: refused(Refusal(error)),
        )

    def meet(self, submission: Submission, loaded: Loaded) -> None:
        """Another version was read while edits are unsaved: they are put on top of it, or asked about."""
        words = Words(loaded.kind, self._page.desk.suite.catalog, loaded.around)
        if any(meeting.conflict for meeting in meet(words, submission, loaded.file.values)):
            self._ask(
                submission,
                loaded,
                loaded.trace[0].login if loaded.trace else "",
                saved=lambda done: self._saved(done, submission.changes),
                refused=lambda refusal: self._refused(refusal, {}),
            )
        else:
            self._page.adopt(loaded, submission.changes)

    def _ask(self, submission: Submission, loaded: Loaded, login: str, saved: Saved, refused: Refuse) -> None:
        page = self._page
        if page.loaded is None or page.words is None:
            return
        page.past.leave()
        line = next((line for line in loaded.trace if line.login == login), None)
        who = "另一窗口" if login == page.desk.actor.login else line.who if line else "另一位用户"
        view = ConflictView(
            meet(page.words, submission, loaded.file.values),
            who,
            clock(page.loaded.at),
            clock(self.typed_at or dt.datetime.now(dt.UTC)),
            clock(line.at if line is not None else loaded.at),
        )
        view.drop_wanted.connect(lambda: self._take_theirs(submission, loaded))
        view.merge_wanted.connect(
            lambda choices: self._merge(submission, choices, loaded, who, saved, refused)
        )
        page.view.show_conflict(view)

    def _merge(
        self,
        submission: Submission,
        choices: Mapping[str, Side],
        loaded: Loaded,
        who: str,
        saved: Saved,
        refused: Refuse,
    ) -> None:
        page = self._page
        if page.words is None:
            return
        meetings = meet(page.words, submission, loaded.file.values)
        note = merge_note(who, meetings, choices)
        merged = rebased(submission, choices, loaded.file.values, loaded.file.version, note)
        # What a strip sends is not typed in the form: there other edits may wait.
        others = page.view.pane.edits() if submission.effective_on and page.view.pane else {}
        page.adopt(loaded, others if submission.effective_on else merged.changes)
        if any(isinstance(value, Unread) for value in merged.changes.values()):
            self.save()
        elif merged.changes:
            self.send(merged, saved=saved, refused=refused)
        elif submission.effective_on:
            page.acts.close()

    def _take_theirs(self, submission: Submission, loaded: Loaded) -> None:
        page = self._page
        if submission.effective_on and page.view.pane is not None:
            page.acts.close()
            page.adopt(loaded, page.view.pane.edits())
        else:
            page.adopt(loaded)
