"""The record file of a subject: one page for every kind of person and body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from suite.contract.commands import Done
from suite.contract.problems import ProblemKind, Refused
from suite.kernel.registry.record_file import RecordFile
from suite.ui.asking import Asking, Refusal
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.notices import EmptyState, Notice, NoticeBar, NoticeKind
from suite.ui.kit.page import Page, PageCommand, PageSpec
from suite.ui.kit.theme import theme
from suite.ui.pages.record.acts import RecordActs
from suite.ui.pages.record.drafting import Drafting
from suite.ui.pages.record.form_pane import FormPane
from suite.ui.pages.record.loaded import (
    Loaded,
    Surroundings,
    load_record,
    surroundings,
)
from suite.ui.pages.record.lookups import KEY, Lookups
from suite.ui.pages.record.neighbours import Neighbours
from suite.ui.pages.record.past import Past
from suite.ui.pages.record.saving import Saving
from suite.ui.pages.record.view import RecordView
from suite.ui.pages.record.wording import Words

TELL_LOADING_MS = 300
READ_ONLY = "您没有维护这份档案的权限，请联系科室管理员。"
IN_THE_PAST = "正在查看过去某日的档案，请先回到今天。"


def record_spec(desk: Desk) -> PageSpec:
    """The page in a window; its argument is (kind key, subject id or None for a new record)."""

    def make(argument: object) -> Page:
        if not isinstance(argument, tuple):
            raise ValueError("a record page needs (kind key, subject id)")
        return RecordPage(desk, *argument)

    return PageSpec(key=KEY, section="roster", title="档案", icon="record", factory=make)


class RecordPage(Page):
    """一人一档, 一所一档. `subject_id` None makes a new record of the kind."""

    def __init__(
        self, desk: Desk, kind_key: str, subject_id: int | None, parent: QWidget | None = None
    ) -> None:
        kind = desk.suite.catalog.kinds.get(kind_key)
        title = "档案" if kind is None else kind.title if subject_id else f"新增{kind.title}"
        super().__init__(KEY, title, "person" if kind and kind.has_person else "building", parent)
        self.desk = desk
        self.kind_key = kind_key
        self.subject_id = subject_id
        self.asking = Asking(desk, self)
        self.loaded: Loaded | None = None
        self.words: Words | None = None
        self._bars: dict[str, NoticeBar] = {}
        self._reading = 0
        self._was_unsaved = False
        self._whole = QStackedWidget()
        self.content.addWidget(self._whole, 1)
        self._message = EmptyState("")
        self._whole.addWidget(self._message)
        self.lookups = Lookups(self)
        self.view = RecordView(self.lookups.complete)
        self._whole.addWidget(self.view)
        self.acts = RecordActs(self, self.view.strips)
        self.saving = Saving(self)
        self.past = Past(self)
        self.drafting = Drafting(self)
        self.neighbours = Neighbours(self)
        self._connect()
        self.set_hints("Alt+←/→ 上一份 / 下一份　F2 编辑　Ctrl+S 保存")
        self._begin()

    def _connect(self) -> None:
        view = self.view
        view.edited.connect(self.edited)
        view.link_wanted.connect(self.lookups.open_link)
        view.subject_wanted.connect(self.lookups.open_subject)
        view.record_wanted.connect(lambda kind, number: self.open_wanted.emit(KEY, (kind, number)))
        view.season_wanted.connect(self._open_season)
        view.entry_wanted.connect(lambda key, entry: self.open_wanted.emit("ledgers", (key, (entry,))))
        view.reveal_wanted.connect(self.lookups.reveal)
        view.change_wanted.connect(self.acts.ask_change)
        view.licence_wanted.connect(self.acts.ask_licence)
        view.past_wanted.connect(self.acts.ask_past)
        view.members_wanted.connect(self.lookups.members)
        view.life.date_picked.connect(self.past.show)
        view.tables.correct_wanted.connect(self.acts.ask_correction)
        view.tables.void_wanted.connect(self.acts.ask_void)
        view.bar.save_wanted.connect(self.save)
        view.bar.revert_wanted.connect(self.revert)
        view.bar.jump_wanted.connect(self._to_problem)
        self.desk.changed.connect(self._desk_changed)
        theme().changed.connect(self._restyle)

    # Loading.

    def _begin(self) -> None:
        suite = self.desk.suite
        kind = suite.catalog.kinds.get(self.kind_key)
        if self.subject_id is None and kind is not None:
            if not self.desk.actor.may(f"{kind.owner}:roster:edit"):
                self._say(f"您没有维护“{kind.title}”名册的权限，请联系科室管理员。")
                return
            self._reading += 1
            self.asking.read(
                lambda session: surroundings(session, suite.catalog, kind, suite.today),
                self._show_new,
                self._not_loaded,
            )
        elif self.subject_id is None:
            self._say(f"没有种类 {self.kind_key}，它的插件可能未启用。请在插件页查看原因。")
        else:
            self.load()
        QTimer.singleShot(TELL_LOADING_MS, self, self._tell_loading)

    def _tell_loading(self) -> None:
        if self._reading and self.words is None:
            self._say("正在载入…")

    def _say(self, sentence: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        former, self._message = self._message, EmptyState(sentence, button, act)
        self._whole.removeWidget(former)
        former.deleteLater()
        self._whole.insertWidget(0, self._message)
        self._whole.setCurrentIndex(0)

    @property
    def message(self) -> str:
        """The sentence in the page's place; empty while the record is shown."""
        return self._message.sentence.text() if self._whole.currentIndex() == 0 else ""

    def load(self, saved: Mapping[str, object] | None = None) -> None:
        """Read the record again. Edits beyond `saved` (what was just saved) stay typed."""
        subject_id = self.subject_id
        if subject_id is None:
            return
        suite, actor, kind_key = self.desk.suite, self.desk.actor, self.kind_key
        self._reading += 1
        self.asking.read(
            lambda session: load_record(session, actor, suite.catalog, kind_key, subject_id, suite.today),
            lambda loaded: self._read(loaded, saved),
            self._not_loaded,
        )

    def _not_loaded(self, error: Exception) -> None:
        self._reading -= 1
        if self.words is not None:
            self.tell_failure(error, self.refresh)
        elif isinstance(error, Refused) and (
            "record.parked" in error.codes
            or all(p.kind is not ProblemKind.UNAVAILABLE for p in error.problems)
        ):
            self._say(sentence_of(error))
        else:
            self._say(sentence_of(error), "重试", self._begin)

    def _read(self, loaded: Loaded, saved: Mapping[str, object] | None) -> None:
        """A first form takes as long as all the rest: the window gets to breathe before that comes."""
        if self.view.pane is not None:
            self._arrived(loaded, saved)
            return
        self._form_for(Words(loaded.kind, self.desk.suite.catalog, loaded.around), loaded.file)
        self.asking.work(lambda: loaded, lambda again: self._arrived(again, saved), self._not_loaded)

    def _form_for(self, words: Words, file: RecordFile) -> FormPane:
        return self.view.form_for(words, fixed=True, read_only=not file.may_edit, may_reveal=file.may_reveal)

    def _arrived(self, loaded: Loaded, saved: Mapping[str, object] | None) -> None:
        self._reading -= 1
        led = loaded.file.led
        if led is not None and led.gone_id == self.subject_id:
            self.subject_id = led.kept_id
            self.argument_changed.emit((self.kind_key, led.kept_id))
            self.put_bar("led", Notice(kind=NoticeKind.INFO, text=led.sentence, closable=True))
        if loaded.file.subject_id != self.subject_id:
            return
        edits = self.view.pane.edits() if self.view.pane is not None else {}
        if saved is not None:
            self.adopt(loaded, {key: value for key, value in edits.items() if saved.get(key) != value})
        elif edits and self.loaded is not None:
            self.saving.meet(self.saving.submission(edits), loaded)
        else:
            self.adopt(loaded)

    def adopt(self, loaded: Loaded, edits: Mapping[str, object] | None = None) -> None:
        """Show a record as it was read, with edits on top that are not saved yet."""
        self.loaded = loaded
        self.words = words = Words(loaded.kind, self.desk.suite.catalog, loaded.around)
        self.drop_bar("elsewhere")
        self.view.drop_conflict()
        self.past.leave()
        self.show_head(loaded.file)
        file = loaded.file
        self._form_for(words, file).show_values(file.values, edits)
        self.view.show_record(words, loaded, self.desk.suite.today, "" if file.may_edit else READ_ONLY)
        self.set_title(f"{file.values.get('name')} · {loaded.kind.title}")
        self._whole.setCurrentIndex(1)
        if self.hasFocus():
            self.focus_start()
        self.drafting.begin()
        self.edited()
        self.commands_changed.emit()

    def _show_new(self, around: Surroundings) -> None:
        self._reading -= 1
        catalog = self.desk.suite.catalog
        self.words = Words(catalog.kinds[self.kind_key], catalog, around)
        self.view.show_new(self.words)
        if self.view.pane is not None:
            self.view.pane.show_values(self.blank())
            self.view.pane.focus_first()
        self._whole.setCurrentIndex(1)
        self.drafting.begin()
        self.commands_changed.emit()

    def blank(self) -> dict[str, object]:
        """What a new record begins with."""
        return {"status": self.words.kind.counted[0]} if self.words is not None else {}

    def made(self, subject_id: int) -> None:
        """The new record was saved; from now on this page shows it."""
        self.subject_id = subject_id
        self.drafting.end()
        self.argument_changed.emit((self.kind_key, subject_id))

    def show_other(self, subject_id: int) -> None:
        """Show another record of the kind in this page; the caller has seen to unsaved edits."""
        for name in list(self._bars):
            self.drop_bar(name)
        self.acts.close()
        self.past.leave()
        self.view.drop_conflict()
        self.drafting.end()
        self.subject_id = subject_id
        self.loaded = None
        self.argument_changed.emit((self.kind_key, subject_id))
        self.load()

    def show_head(self, shown: RecordFile) -> None:
        """The head of the record, or of what it was on a past day."""
        if self.words is not None and self.loaded is not None:
            refusal = IN_THE_PAST if self.past.day else "" if self.loaded.file.may_edit else READ_ONLY
            self.view.show_head(self.words, self.loaded, shown, self.desk.suite.today, refusal)

    def _restyle(self) -> None:
        if self.words is not None and self.loaded is not None and self.past.day is None:
            self.show_head(self.loaded.file)
            self.view.show_aside(self.words, self.loaded, self.desk.suite.today)

    def _desk_changed(self, done: Done) -> None:
        touched = any(change.touches(self.kind_key, self.subject_id) for change in done.changes)
        busy = self._reading or self.saving.busy or self.view.conflict is not None
        if not touched or busy or self.loaded is None:
            return
        if not self.has_unsaved():
            self.load()
            return
        self.put_bar(
            "elsewhere",
            Notice(
                kind=NoticeKind.WARN,
                text="另一处已保存这份档案，您这里的修改尚未保存",
                remark="您填写的内容仍在",
                buttons=(("载入最新内容", self.load),),
            ),
        )

    # Editing.

    def edited(self) -> None:
        """Something was typed, in the form or in a strip, or taken back."""
        form = self.view.pane.form if self.view.pane is not None else None
        count = form.changed_count() if form is not None else 0
        self.view.bar.show_counts(count, form.problem_count() if form is not None else 0)
        if self.view.conflict is not None:
            self.view.bar.hide()
        if not count:
            self.saving.typed_at = None
        elif self.saving.typed_at is None:
            self.saving.typed_at = dt.datetime.now(dt.UTC)
        unsaved = self.has_unsaved()
        if unsaved != self._was_unsaved:
            self._was_unsaved = unsaved
            self.unsaved_changed.emit(unsaved)
        self.drafting.edited(count)

    def save(self) -> None:
        """Ctrl+S."""
        self.past.leave()
        if self.view.conflict is None:
            self.saving.save()

    def revert(self) -> None:
        """全部还原."""
        if self.view.pane is not None:
            self.view.pane.form.revert()

    def _to_problem(self) -> None:
        self.view.to_form()
        if self.view.pane is not None:
            self.view.pane.to_problem()

    # Notices.

    def put_bar(self, name: str, notice: Notice) -> NoticeBar:
        """Show a notice; of each name there is one at a time."""
        self.drop_bar(name)
        bar = self._bars[name] = self.show_notice(notice)
        bar.destroyed.connect(lambda: self._bars.pop(name) if self._bars.get(name) is bar else None)
        return bar

    def drop_bar(self, name: str) -> None:
        """Take a notice away."""
        bar = self._bars.pop(name, None)
        if bar is not None:
            bar.dismiss()

    def tell_failure(self, error: Exception, again: Callable[[], object]) -> None:
        """Say in a bar why something asked for did not come, and offer to ask again."""
        refusal = Refusal(error)
        text = "；".join([*refusal.fields.values(), *refusal.others]) or sentence_of(error)
        buttons = (("重试", again),) if refusal.retry else ()
        self.put_bar("failure", Notice(kind=NoticeKind.BAD, text=text, buttons=buttons, closable=True))

    # What the window asks.

    def set_neighbours(self, ids: Sequence[int]) -> None:
        """The list that the record was opened from, for Alt+← and Alt+→."""
        self.neighbours.ids = tuple(ids)
        self.commands_changed.emit()

    def _open_season(self, number: int) -> None:
        """The season, narrowed to who is shown here."""
        if self.loaded is not None:
            name = str(self.loaded.file.values.get("name") or "")
            self.open_wanted.emit("assessment", (number, (("text", name),)))

    def has_unsaved(self) -> bool:
        pane = self.view.pane
        return (pane is not None and pane.form.changed_count() > 0) or self.acts.is_dirty

    def save_then_close(self) -> None:
        if self.view.pane is not None and self.view.pane.form.changed_count():
            self.saving.closing = True
            self.save()
        elif self.acts.is_dirty:
            self.acts.submit()
        else:
            self.may_close.emit()

    def discard(self) -> None:
        self.acts.close()
        self.revert()
        self.drafting.end()

    def refresh(self) -> None:
        if self.words is None:
            self._begin()
        else:
            self.load()

    def step_back(self) -> bool:
        return self.acts.close() or self.past.leave()

    def focus_start(self) -> None:
        """The keyboard goes to the tabs: ← → turn them, Tab goes on into the form, F2 to its first field."""
        (self.view.tabs if self.loaded is not None else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        shown = self.view.body.currentWidget()
        stations = (self.view.life, self.view.tabs, getattr(shown, "table", shown), self.view.aside)
        return tuple(widget for widget in stations if widget is not None)

    def commands(self) -> tuple[PageCommand, ...]:
        refusal = "" if self.loaded is None or self.loaded.file.may_edit else READ_ONLY
        found = [
            PageCommand(menu="file", text="保存(&S)", key="Ctrl+S", run=self.save, refusal=refusal),
            PageCommand(menu="edit", text="编辑本档案", key="F2", run=self._edit, refusal=refusal),
            *self.neighbours.commands(),
        ]
        if self.loaded is not None:
            found += [
                PageCommand(menu="view", text="历史版本…", run=self.acts.ask_past),
                PageCommand(menu="act", text="变更登记…", run=self._offer_changes, refusal=refusal),
            ]
            if self.loaded.file.licences:
                word = "登记许可变动…"
                found.append(PageCommand(menu="act", text=word, run=self.acts.ask_licence, refusal=refusal))
        return tuple(found)

    def _offer_changes(self) -> None:
        if self.view.head is not None:
            self.view.head.open_changes()

    def _edit(self) -> None:
        self.past.leave()
        self.view.to_form()
        if self.view.pane is not None:
            self.view.pane.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.fit()
