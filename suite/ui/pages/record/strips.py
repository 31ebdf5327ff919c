"""Inline strips in which an act is given: 变更登记, 登记许可变动, 更正. Never a dialog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from suite.contract.declarations import Field
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.form import Form, SectionSpec
from suite.ui.kit.panes import Frame
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, S16, TextSize
from suite.ui.pages.record.editing import edits_of, put_edits
from suite.ui.pages.record.wording import Complete, Words

REASON = FieldSpec(key="reason", title="事由", required=True, quiet=True, placeholder="将写入操作记录")


class ActStrip(Frame):
    """A title, fields, and one act. `submitted` comes once every field can be read and no date lies
    ahead; the kernel's refusals come back by `set_problems`. Esc and 返回 send `dropped`."""

    submitted = Signal()
    dropped = Signal()
    edited = Signal()

    def __init__(self, title: str, act: str, today: dt.date, *, note: str = "") -> None:
        super().__init__("notice-info")
        self.today = today
        self.form = Form(())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, S8, 0, S12)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(S16, 0, S16, 0)
        head.setSpacing(S12)
        head.addWidget(label(title, bold=True))
        if note:
            head.addWidget(label(note, tone="text2", size=TextSize.CAPTION, wrap=True), 1)
        else:
            head.addStretch()
        self.head = head
        column.addLayout(head)
        self._body = QVBoxLayout()
        self._body.addWidget(self.form)
        column.addLayout(self._body)
        foot = QHBoxLayout()
        foot.setContentsMargins(S16, 0, S12, 0)
        foot.setSpacing(S8)
        self.problem = label("", tone="bad", size=TextSize.CAPTION, wrap=True)
        foot.addWidget(self.problem, 1)
        self.back = Button("返回")
        self.back.clicked.connect(self.dropped)
        self.act = Button(act, look=Look.PRIMARY)
        self.act.clicked.connect(self.submit)
        foot.addWidget(self.back)
        foot.addWidget(self.act)
        column.addLayout(foot)
        self.setAccessibleName(title)

    def show_fields(self, specs: Sequence[FieldSpec], values: Mapping[str, object]) -> None:
        """Show these fields with their values; what was typed in fields that stay is kept."""
        typed = edits_of(self.form)
        former, self.form = self.form, Form([SectionSpec(title="", fields=tuple(specs))])
        self.form.set_values(values)
        put_edits(self.form, {key: value for key, value in typed.items() if key in self.form.rows})
        self._body.replaceWidget(former, self.form)
        self.form.changed.connect(self.edited)
        former.hide()
        former.deleteLater()
        self._order_stations()

    def _order_stations(self) -> None:
        """Fields before the buttons below them, though fields taken up later are made later."""
        editors = [row.editor.focusProxy() or row.editor for row in self.form.rows.values()]
        for before, after in pairwise([*editors, self.back, self.act]):
            self.setTabOrder(before, after)

    def begin(self) -> None:
        """Give the keyboard to the first field that can be edited."""
        self.show()
        self._order_stations()
        first = next((r for r in self.form.rows.values() if r.spec.kind is not FieldKind.READONLY), None)
        (first.editor if first is not None else self.act).setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Check what can be checked here, then send it."""
        self.problem.setText("")
        readable = self.form.check()
        early = {
            key: "日期不能晚于今天，请改正"
            for key, row in self.form.rows.items()
            if row.spec.kind is FieldKind.DATE
            and isinstance(day := row.current(), dt.date)
            and day > self.today
        }
        if early:
            self.form.set_problems(early)
        if not readable or early:
            self.form.focus_first_problem()
            return
        self.submitted.emit()

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed here."""
        return self.form.changed_count() > 0

    def value(self, key: str) -> Any:
        """What a field holds."""
        return self.form.rows[key].current()

    def set_problems(self, problems: Mapping[str, str], others: Sequence[str] = ()) -> None:
        """Show what a refusal said, beside its fields and, for the rest, above the act."""
        rest = self.form.set_problems(problems)
        self.problem.setText("　".join([*rest.values(), *others]))
        self.form.focus_first_problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
            return
        super().keyPressEvent(event)


class ChangeStrip(ActStrip):
    """变更登记: one or several facts change from a day on, for a reason."""

    def __init__(self, words: Words, values: Mapping[str, Any], complete: Complete, today: dt.date) -> None:
        super().__init__("变更登记", "登记变更", today, note="自生效日期起改变，此前的登记保留在经历中。")
        self._words, self._values, self._complete = words, values, complete
        self.fields: list[Field] = []
        self.more = Button("增加事项", arrow=True)
        self.more.clicked.connect(self._offer)
        self.head.addWidget(self.more)

    def _offer(self) -> None:
        menu = QMenu(self)
        for field in self._words.changeable():
            if field not in self.fields:
                menu.addAction(field.title).triggered.connect(lambda _=False, f=field: self.add(f))
        self.more.open_menu(menu)

    def add(self, field: Field) -> None:
        """Take up one more fact and give its editor the keyboard."""
        if field not in self.fields:
            self.fields.append(field)
        specs = [self._words.spec(item, self._complete) for item in self.fields]
        specs += [
            FieldSpec(key="effective_on", title="生效日期", kind=FieldKind.DATE, required=True, quiet=True),
            REASON,
        ]
        values = {item.key: self._words.form_value(item, self._values.get(item.key)) for item in self.fields}
        self.show_fields(specs, {**values, "effective_on": self.today})
        self.form.rows[field.key].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def changes(self) -> dict[str, object]:
        """The facts that really change: key → value as typed."""
        changed = self.form.changes()
        return {field.key: changed[field.key] for field in self.fields if field.key in changed}


def event_fields(words: Words) -> list[FieldSpec]:
    """The fields of a decision on a licence."""
    state = words.spec(words.kind.by_key["status"], _nothing)
    return [
        FieldSpec(
            key="state",
            title=state.title,
            kind=FieldKind.CHOICE,
            choices=state.choices,
            required=True,
            quiet=True,
        ),
        FieldSpec(key="on_date", title="决定日期", kind=FieldKind.DATE, required=True, quiet=True),
        FieldSpec(key="document_no", title="文号", quiet=True),
        FieldSpec(key="decided_by", title="决定机关", quiet=True),
        FieldSpec(key="note", title="说明", quiet=True, wide=True),
    ]


def licence_strip(words: Words, licences: Sequence[tuple[int, str]], today: dt.date) -> ActStrip:
    """登记许可变动: what was decided on a licence, when, by which document."""
    strip = ActStrip("登记许可变动", "登记变动", today, note="许可状态和执业状态随最近一次决定改变。")
    chosen = FieldSpec(
        key="licence_id",
        title="许可",
        kind=FieldKind.CHOICE,
        choices=tuple(Choice(number, title) for number, title in licences),
        required=True,
        quiet=True,
    )
    strip.show_fields([chosen, *event_fields(words)], {"licence_id": licences[0][0], "on_date": today})
    return strip


def correction_strip(
    title: str, specs: Sequence[FieldSpec], values: Mapping[str, object], today: dt.date
) -> ActStrip:
    """更正: what was entered wrongly; the old entry is voided with the reason and stays readable."""
    strip = ActStrip(title, "更正", today, note="原登记作废并划线保留，更正后的内容代替它。")
    strip.show_fields([*specs, REASON], values)
    return strip


def _nothing(field: Field, typed: str, deliver: object) -> None:
    """A code list needs no completer."""
