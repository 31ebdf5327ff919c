"""Editors, one per field kind. Each is a small widget with `value`, `set_value` and the same signals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.checkbox import CheckBox
from suite.ui.kit.droplist import DropList
from suite.ui.kit.fields import Choice, FieldSpec, field_text, matching, read_date, read_number
from suite.ui.kit.line import LineEdit
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, Height

MULTILINE_ROWS = 4


class Editor(QWidget):
    """Base of all editors.

    `edited` comes with every change by the user, `left` when the keyboard goes elsewhere (the moment
    to validate), `entered` for Enter (the form goes to the next field). `value()` raises ValueError with
    a sentence in Chinese while the typed text cannot be read.
    """

    edited = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(S4)

    def value(self) -> object:
        """The value as typed, None when empty."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value; `edited` is not sent."""
        raise NotImplementedError

    def set_edge(self, edge: str) -> None:
        """Mark the input: `changed`, `bad` or nothing."""
        target = self.focusProxy()
        if target is not None and (target.property("edge") or "") != edge:
            target.setProperty("edge", edge)
            target.style().unpolish(target)
            target.style().polish(target)

    def describe(self, message: str) -> None:
        """Let a screen reader say the message below the field."""
        target = self.focusProxy()
        if target is not None:
            target.setAccessibleDescription(message)

    def _take(self, inner: QWidget) -> None:
        inner.setAccessibleName(self.spec.title)
        self.row.addWidget(inner, 1)
        self.setFocusProxy(inner)


class TextEditor(Editor):
    """One line of text; also numbers and dates, which are read when the value is asked for."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.line = LineEdit(placeholder=spec.placeholder)
        self._take(self.line)
        if spec.unit:
            self.row.addWidget(label(spec.unit, tone="text2"))
        self.line.textEdited.connect(self.edited)
        self.line.left.connect(self.left)
        self.line.entered.connect(self.entered)

    def value(self) -> object:
        return self.line.text().strip() or None

    def set_value(self, value: object) -> None:
        self.line.set_quietly(field_text(self.spec, value))
        self.line.setCursorPosition(0)


class SecretEditor(TextEditor):
    """A password: drawn as dots, blanks at its ends belong to it, nothing is remembered for undo."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.line.setEchoMode(LineEdit.EchoMode.Password)

    def value(self) -> object:
        return self.line.text() or None


class NumberEditor(TextEditor):
    """A decimal number; right-aligned, thousands separators tolerated."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> object:
        text = self.line.text().strip()
        return read_number(text, self.spec.places) if text else None


class DateEditor(TextEditor):
    """A calendar day, typed in any usual way and written back as 2021-03-05."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        if not spec.placeholder:
            self.line.setPlaceholderText("年-月-日")
        self.line.left.connect(self._normalise)

    def value(self) -> date | None:
        text = self.line.text().strip()
        return read_date(text) if text else None

    def _normalise(self) -> None:
        try:
            day = self.value()
        except ValueError:
            return  # the row shows the sentence; what was typed stays
        if day is not None:
            self.line.set_quietly(str(day))


class _Paragraph(QPlainTextEdit):
    """Tab leaves it; Enter makes a line."""

    left = Signal()

    def focusOutEvent(self, e: QFocusEvent) -> None:
        super().focusOutEvent(e)
        self.left.emit()


class MultilineEditor(Editor):
    """Several lines of text."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.area = _Paragraph()
        self.area.setTabChangesFocus(True)
        self.area.setPlaceholderText(spec.placeholder)
        self._take(self.area)
        self._quiet = False
        self.area.textChanged.connect(self._changed)
        self.area.left.connect(self.left)
        self._restyle()
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.area.setFixedHeight(MULTILINE_ROWS * theme().metrics().lineSpacing() + 12)

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def value(self) -> object:
        return self.area.toPlainText().strip() or None

    def set_value(self, value: object) -> None:
        self._quiet = True
        self.area.setPlainText(field_text(self.spec, value))
        self._quiet = False


class BoolEditor(Editor):
    """A check box with 是 beside it."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.box = CheckBox("是")
        self._take(self.box)
        self.box.clicked.connect(self.edited)
        self.box.clicked.connect(self.left)

    def value(self) -> object:
        return self.box.isChecked()

    def set_value(self, value: object) -> None:
        self.box.setChecked(bool(value))


class PickEditor(Editor):
    """A line with a list below it: base of the code choice and of the link picker."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._chosen: Choice | None = None
        self._list: DropList | None = None
        self.line = LineEdit(placeholder=spec.placeholder)
        self._take(self.line)
        self._arrow = Button(
            icon_name="chevron-down", look=Look.ICON, tip=f"展开{spec.title}", parent=self.line
        )
        self._arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._arrow.clicked.connect(self._toggle)
        inner = QHBoxLayout(self.line)
        inner.setContentsMargins(0, 0, 2, 0)
        inner.addStretch()
        inner.addWidget(self._arrow)
        self.line.setTextMargins(0, 0, 22, 0)
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self._enter)
        self.line.stepped.connect(self._step)
        self.line.left.connect(self._leave)

    @property
    def drop(self) -> DropList:
        """The list, made when first needed."""
        if self._list is None:
            self._list = DropList(self.line)
            self._list.picked.connect(self._pick)
        return self._list

    def offer(self, typed: str) -> None:
        """Show what fits to the typed text."""
        raise NotImplementedError

    def _typed(self) -> None:
        self.edited.emit()

    def _toggle(self) -> None:
        self.line.setFocus()
        if self._list is not None and self._list.isVisible():
            self._list.hide()
        else:
            self.offer("")

    def _step(self, by: int) -> None:
        if self._list is not None and self._list.isVisible():
            self._list.step(by)
        else:
            self.offer("")

    def _enter(self) -> None:
        if self._list is None or not self._list.pick_current():
            self.entered.emit()

    def _pick(self, choice: Choice) -> None:
        self._chosen = choice
        self.line.set_quietly(choice.title)
        self.edited.emit()
        self.left.emit()

    def _leave(self) -> None:
        if self._list is not None and self._list.isVisible():
            self._list.hide()
        self._settle_typed()
        self.left.emit()

    def _settle_typed(self) -> None:
        """Take the typed text for a choice where it names one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._list is not None and self._list.isVisible():
            self._list.hide()
            event.accept()
            return
        super().keyPressEvent(event)


class ChoiceEditor(PickEditor):
    """A code from a short list; typing a part of its title, note or pinyin narrows the list."""

    def _typed(self) -> None:
        super()._typed()
        if not self.line.composing:
            self.offer(self.line.text())

    def offer(self, typed: str) -> None:
        current = self._chosen.value if self._chosen else None
        empty = (Choice(None, "（不填）"),) if not self.spec.required and not typed else ()
        self.drop.offer([*empty, *matching(self.spec.choices, typed)], current=current)

    def _pick(self, choice: Choice) -> None:
        super()._pick(choice if choice.value is not None else Choice(None, ""))

    def _settle_typed(self) -> None:
        text = self.line.text().strip()
        if not text:
            self._chosen = None
            return
        exact = [choice for choice in self.spec.choices if choice.title == text]
        close = exact or matching(self.spec.choices, text)
        if len(close) == 1:
            self._chosen = close[0]
            self.line.set_quietly(close[0].title)

    def value(self) -> object:
        text = self.line.text().strip()
        if not text:
            return None
        if self._chosen is not None and self._chosen.title == text:
            return self._chosen.value
        exact = next((choice for choice in self.spec.choices if choice.title == text), None)
        if exact is None:
            raise ValueError(f"没有“{text}”这一项，请从列表中选择")
        return exact.value

    def set_value(self, value: object) -> None:
        self._chosen = next((choice for choice in self.spec.choices if choice.value == value), None)
        if self._chosen is None and value is not None:
            self._chosen = Choice(value, str(value))  # a code that has left the list is kept as it is
        self.line.set_quietly(self._chosen.title if self._chosen else "")
        self.line.setCursorPosition(0)


class LinkEditor(PickEditor):
    """Another record, found as one types. The value is the `Choice` that was picked."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._asked = 0
        self.line.settled.connect(self.offer)

    def offer(self, typed: str) -> None:
        if self.spec.complete is None:
            return
        self._asked += 1
        number = self._asked

        def deliver(choices: Sequence[Choice]) -> None:
            # An answer to an older question must not replace a newer one.
            if number == self._asked and self.line.hasFocus():
                self.drop.offer(choices)

        self.spec.complete(typed.strip(), deliver)

    def value(self) -> object:
        text = self.line.text().strip()
        if not text:
            return None
        if self._chosen is None or self._chosen.title != text:
            raise ValueError(f"没有选定“{text}”，请从列表中选择")
        return self._chosen

    def set_value(self, value: object) -> None:
        self._chosen = value if isinstance(value, Choice) else None
        self.line.set_quietly(self._chosen.title if self._chosen else "")
        self.line.setCursorPosition(0)


class ReadOnlyEditor(Editor):
    """A fact that is not edited here, as plain text or as a link."""

    link_clicked = Signal()

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._value: object = None
        self.text = ElidedLabel(tone="accent" if spec.link else "text1", base_height=Height.CONTROL)
        self.row.addWidget(self.text, 1)
        if spec.link:
            self.text.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        self._value = value
        self.text.setText(field_text(self.spec, value) or "—")
        if self.spec.fixed_note:
            self.setToolTip(self.spec.fixed_note)
        self.setAccessibleName(f"{self.spec.title} {self.text.text()}")

    def mouseReleaseEvent(self, event: object) -> None:
        if self.spec.link and self._value is not None:
            self.link_clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.spec.link and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.link_clicked.emit()
            return
        super().keyPressEvent(event)
