"""One field of a form: label, editor and the line below that says what is wrong or what was before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.ui.kit.choices_editor import ChoicesEditor
from suite.ui.kit.editors import (
    BoolEditor,
    ChoiceEditor,
    DateEditor,
    Editor,
    LinkEditor,
    MultilineEditor,
    NumberEditor,
    ReadOnlyEditor,
    SecretEditor,
    TextEditor,
)
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec, field_text
from suite.ui.kit.masked import MaskedEditor
from suite.ui.kit.state import StateGlyph, state_token
from suite.ui.kit.text import label, set_tone
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S6, S8, Height, TextSize

_EDITORS: dict[FieldKind, type[Editor]] = {
    FieldKind.TEXT: TextEditor,
    FieldKind.MULTILINE: MultilineEditor,
    FieldKind.CHOICE: ChoiceEditor,
    FieldKind.CHOICES: ChoicesEditor,
    FieldKind.DATE: DateEditor,
    FieldKind.NUMBER: NumberEditor,
    FieldKind.BOOL: BoolEditor,
    FieldKind.MASKED: MaskedEditor,
    FieldKind.LINK: LinkEditor,
    FieldKind.READONLY: ReadOnlyEditor,
    FieldKind.SECRET: SecretEditor,
}


def editor_for(spec: FieldSpec, parent: QWidget | None = None) -> Editor:
    """The editor of a field, without label and message."""
    return _EDITORS[spec.kind](spec, parent)


UNREAD = object()  # stands for typed text that cannot be read; never equal to a stored value


class FieldRow(QWidget):
    """One field. Knows its stored value; tells whether it was changed; shows one message at a time:
    a problem in vermilion, else the old value in amber."""

    changed = Signal()
    reveal_wanted = Signal(str)
    link_clicked = Signal()

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._stored: object = None
        self._problem = ""
        self._format_problem = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S8)
        self.caption = _caption(spec)
        row.addWidget(self.caption, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(2)
        row.addLayout(right, 1)
        self.editor = editor_for(spec, self)
        right.addWidget(self.editor)
        self._message = MessageLine()
        right.addWidget(self._message)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.editor.edited.connect(self._edited)
        self.editor.left.connect(self._left)
        if isinstance(self.editor, MaskedEditor):
            self.editor.reveal_wanted.connect(self.reveal_wanted)
        if isinstance(self.editor, ReadOnlyEditor):
            self.editor.link_clicked.connect(self.link_clicked)

    def set_stored(self, value: object) -> None:
        """Show a stored value; forgets edits and problems."""
        self._stored = value
        self._problem = self._format_problem = ""
        self.editor.set_value(value)
        self._show()

    @property
    def stored(self) -> object:
        """The value as it was loaded or saved."""
        return self._stored

    def current(self) -> object:
        """The value as typed, `UNREAD` where the text cannot be read."""
        try:
            return self.editor.value()
        except ValueError:
            return UNREAD

    def is_changed(self) -> bool:
        """Whether it differs from the stored value; empty text and a missing value are the same."""
        now = self.current()
        if self.spec.kind is FieldKind.BOOL:
            return bool(now) != bool(self._stored)
        if isinstance(now, Choice) and isinstance(self._stored, Choice):
            return now.value != self._stored.value  # found anew, a record may carry another note
        return (None if now == "" else now) != (None if self._stored == "" else self._stored)

    def set_problem(self, text: str) -> None:
        """Show what is wrong and what to do; empty takes it back."""
        self._problem = text
        self._show()

    @property
    def problem(self) -> str:
        """The message shown as wrong, or empty."""
        return self._problem or self._format_problem

    def check(self) -> bool:
        """Look whether the text can be read and a required field is filled; shows what is wrong."""
        try:
            value = self.editor.value()
        except ValueError as error:
            self._format_problem = str(error)
        else:
            missing = self.spec.required and value in (None, "")
            self._format_problem = f"{self.spec.title}必填，请补齐" if missing else ""
        self._show()
        return not self._format_problem

    def revert(self) -> None:
        """Back to the stored value."""
        self.set_stored(self._stored)
        self.changed.emit()

    def _edited(self) -> None:
        self._problem = self._format_problem = ""
        self._show()
        self.changed.emit()

    def _left(self) -> None:
        if self.is_changed():
            self.check()
        self.changed.emit()

    def _show(self) -> None:
        if self.problem:
            self._message.tell(StateKind.BAD, self.problem)
            self.editor.set_edge("bad")
        elif self.spec.kind is not FieldKind.READONLY and not self.spec.quiet and self.is_changed():
            old = field_text(self.spec, self._stored)
            self._message.tell(StateKind.WARN, f"原值“{old}”，尚未保存" if old else "原为空，尚未保存")
            self.editor.set_edge("changed")
        else:
            self._message.tell(None, "")
            self.editor.set_edge("")
        self.editor.describe(self._message.text())


def _caption(spec: FieldSpec) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(S4)
    row.addStretch()
    if spec.required:
        row.addWidget(label("*", tone="bad", bold=True))
    title = label(spec.title, tone="text2")
    row.addWidget(title)
    holder.setFixedHeight(theme().height(Height.CONTROL))
    return holder


class MessageLine(QWidget):
    """One sentence under a field, with its glyph; both are made when there is something to tell."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self._parts: tuple[StateGlyph, QLabel] | None = None
        self.hide()

    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return self._said

    def tell(self, kind: StateKind | None, text: str) -> None:
        """Say something of this kind; None hides it."""
        self._said = text
        if kind is not None:
            glyph, words = self._parts = self._parts or self._lay_out()
            glyph.set_kind(kind)
            words.setText(text)
            set_tone(words, state_token(kind))
        self.setVisible(kind is not None)

    def _lay_out(self) -> tuple[StateGlyph, QLabel]:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S6)
        glyph, words = StateGlyph(StateKind.BAD), label("", size=TextSize.CAPTION, wrap=True)
        row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return glyph, words
