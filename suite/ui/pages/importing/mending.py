"""Mending one value in place: an editor that fits the field, for the cell or for the whole column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.declarations import Field, FieldType
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.search.queries import Found, find
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.editors import ChoiceEditor, Editor, LinkEditor, TextEditor
from suite.ui.kit.field_row import MessageLine
from suite.ui.kit.fields import Choice, Deliver, FieldKind, FieldSpec, matching
from suite.ui.kit.panes import Frame
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S6, S8, S12

YES_NO = (Choice("是", "是"), Choice("否", "否"))


def editor_for(field: Field, desk: Desk, districts: Sequence[str], hint: str = "") -> Editor:
    """An editor whose value is a text as a workbook would hold it. `hint`: what goes before the field's."""
    choices: tuple[Choice, ...] = ()
    if field.type is FieldType.CODE:
        titles = desk.suite.catalog.codes[field.codes or ""].titles.values()
        choices = tuple(Choice(title, title) for title in titles)
    elif field.type is FieldType.DISTRICT:
        choices = tuple(Choice(name, name) for name in districts)
    elif field.type is FieldType.BOOLEAN:
        choices = YES_NO
    if choices:
        spec = FieldSpec(
            key=field.key, title=field.title, kind=FieldKind.CHOICE, choices=choices, required=True
        )
        return ChoiceEditor(spec)
    if field.type is FieldType.LINK:
        spec = FieldSpec(
            key=field.key,
            title=field.title,
            kind=FieldKind.LINK,
            placeholder="输入名称或编号查找",
            complete=lambda typed, deliver: _complete(desk, field, typed, deliver),
        )
        return LinkEditor(spec)
    return TextEditor(FieldSpec(key=field.key, title=field.title, placeholder=hint or field.hint))


def _complete(desk: Desk, field: Field, typed: str, deliver: Deliver) -> None:
    suite, actor = desk.suite, desk.actor

    def query(session: ReadSession) -> list[Found]:
        return find(session, actor, suite.catalog, typed, kinds=field.links, limit=20)

    def answer(found: list[Found]) -> None:
        # A number names one record only; a name may be that of several.
        deliver([Choice(one.main_no or one.name, one.name, one.main_no or one.body or "") for one in found])

    desk.read(query, answer)


class MendStrip(Frame):
    """`begin(...)` shows it; `mended` carries the text and whether it is for the whole column."""

    mended = Signal(str, bool)
    dropped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("notice-info", parent)
        self._desk = desk
        self._editor: Editor | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(S12, S8, S12, S8)
        column.setSpacing(S6)
        row = QHBoxLayout()
        row.setSpacing(S8)
        column.addLayout(row)
        self.caption = label("", bold=True)
        row.addWidget(self.caption)
        self._place = QHBoxLayout()
        row.addLayout(self._place, 1)
        row.addStretch()
        self.cell_button = Button("改正本格", look=Look.PRIMARY, tip="Enter")
        self.column_button = Button("")
        self.back = Button("返回", tip="Esc")
        for button in (self.cell_button, self.column_button, self.back):
            row.addWidget(button)
        self.message = MessageLine()
        column.addWidget(self.message)
        self.cell_button.clicked.connect(lambda: self._send(whole=False))
        self.column_button.clicked.connect(lambda: self._send(whole=True))
        self.back.clicked.connect(self.dropped)
        self.hide()

    @property
    def editor(self) -> Editor | None:
        """The editor now shown."""
        return self._editor

    def begin(
        self,
        caption: str,
        field: Field,
        text: str,
        alike: int,
        districts: Sequence[str],
        *,
        hint: str = "",
        cell: bool = True,
    ) -> None:
        """Ask for the right value of a cell, or (`cell=False`) of all `alike` cells that read the same."""
        self._clear()
        self.caption.setText(caption)
        editor = editor_for(field, self._desk, districts, hint)
        line = editor.focusProxy()
        editor.setMinimumWidth(theme().pixels(130))
        editor.setMaximumWidth(theme().pixels(340))
        self._place.addWidget(editor)
        self._editor = editor
        if isinstance(editor, ChoiceEditor | LinkEditor | TextEditor):
            editor.line.set_quietly(text)
            editor.line.selectAll()
        editor.entered.connect(lambda: self._send(whole=not cell))
        editor.edited.connect(lambda: self.message.tell(None, ""))
        self.message.tell(None, "")
        self.cell_button.setVisible(cell)
        self.column_button.setText(f"改正全列 {alike:,} 行相同的值")
        self.column_button.setVisible(alike > 1 or not cell)
        self.show()
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, ChoiceEditor):
            editor.offer(text if matching(editor.spec.choices, text) else "")

    def _clear(self) -> None:
        if self._editor is not None:
            if isinstance(self._editor, ChoiceEditor | LinkEditor):
                self._editor.drop.hide()
            self._place.removeWidget(self._editor)
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None

    def close_strip(self) -> bool:
        """Take the strip away; False where it was not shown."""
        if not self.isVisible():
            return False
        self._clear()
        self.hide()
        return True

    def _send(self, *, whole: bool) -> None:
        if self._editor is None:
            return
        try:
            value = self._editor.value()
        except ValueError as error:
            self.message.tell(StateKind.BAD, str(error))
            self._editor.setFocus()
            return
        text = str(value.value if isinstance(value, Choice) else value or "")
        self.mended.emit(text, whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.dropped.emit()
            return
        super().keyPressEvent(event)
