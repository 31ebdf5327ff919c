"""An inline strip in which an act is given: its fields, one button, and what refuses it. Never a dialog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.fields import FieldKind, FieldSpec
from suite.ui.kit.form import Form, SectionSpec
from suite.ui.kit.line_grid import LineGrid
from suite.ui.kit.panes import Frame
from suite.ui.kit.text import label, set_tone
from suite.ui.kit.tokens import S8, S12, S16, TextSize, TokenName
from suite.ui.kit.typed import edits_of, put_edits

REASON = FieldSpec(key="reason", title="事由", required=True, quiet=True, placeholder="将写入操作记录")


class ActStrip(Frame):
    """A title, fields, and one act. `submitted` comes once every field can be read and no date lies
    ahead, unless `ahead` lets it; the kernel's refusals come back by `set_problems`. Esc and 返回 send
    `dropped`."""

    submitted = Signal()
    dropped = Signal()
    edited = Signal()

    def __init__(self, title: str, act: str, today: dt.date, *, note: str = "", ahead: bool = False) -> None:
        super().__init__("notice-info")
        self.today = today
        self._ahead = ahead
        self.form = Form(())
        self.parts: list[LineGrid] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, S8, 0, S12)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(S16, 0, S16, 0)
        head.setSpacing(S12)
        head.addWidget(label(title, bold=True), 0, Qt.AlignmentFlag.AlignTop)
        self._note = label(note, tone="text2", size=TextSize.CAPTION, wrap=True)
        self._note.setContentsMargins(0, 1, 0, 0)  # smaller letters stand on the title's line
        head.addWidget(self._note, 1, Qt.AlignmentFlag.AlignTop)
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

    @property
    def note(self) -> str:
        """What is said beside the title."""
        return self._note.text()

    def set_note(self, text: str, tone: TokenName = "text2") -> None:
        """Say something else beside the title: what follows from what is typed."""
        self._note.setText(text)
        set_tone(self._note, tone)

    def add_part(self, part: LineGrid) -> None:
        """Put lines to be typed below the fields."""
        self.parts.append(part)
        self._body.addWidget(part)
        part.edited.connect(self.edited)

    def _order_stations(self) -> None:
        """Fields before the buttons below them, though fields taken up later are made later."""
        editors = [row.editor.focusProxy() or row.editor for row in self.form.rows.values()]
        for part in self.parts:
            editors += [editor.focusProxy() or editor for editor in part.editors()]
        for before, after in pairwise([*editors, self.back, self.act]):
            self.setTabOrder(before, after)

    def begin(self) -> None:
        """Give the keyboard to the first field that can be edited."""
        self.show()
        self._order_stations()
        first = next((r for r in self.form.rows.values() if r.spec.kind is not FieldKind.READONLY), None)
        below = next((editor for part in self.parts for editor in part.editors()), None)
        (first.editor if first is not None else below or self.act).setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Check what can be checked here, then send it."""
        self.problem.setText("")
        readable = self.form.check()
        early = {
            key: "日期不能晚于今天，请改正"
            for key, row in self.form.rows.items()
            if row.spec.kind is FieldKind.DATE
            and not row.spec.ahead
            and isinstance(day := row.current(), dt.date)
            and day > self.today
            and not self._ahead
        }
        if early:
            self.form.set_problems(early)
        if not readable or early:
            self.form.focus_first_problem()
            return
        if not all(part.check() for part in self.parts):
            return
        self.submitted.emit()

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed here."""
        return self.form.changed_count() > 0 or any(part.is_begun for part in self.parts)

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
