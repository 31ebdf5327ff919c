"""Setting a parameter in place: value, day from which it holds, and the document that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.code_sets import repacked
from suite.contract.problems import Problem
from suite.contract.states import StateKind
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.parameters.queries import ParameterLine, store_value
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.field_row import FieldRow, MessageLine
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.panes import Frame
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S6, S8, S12, TextSize


def _value_spec(line: ParameterLine) -> FieldSpec:
    if line.choices:
        return FieldSpec(
            key="value",
            title="数值",
            kind=FieldKind.CHOICES if line.several else FieldKind.CHOICE,
            choices=tuple(Choice(value, words) for value, words in line.choices.items()),
            required=True,
            quiet=True,
        )
    return FieldSpec(key="value", title="数值", unit=line.unit, required=True, quiet=True)


class SettingStrip(Frame):
    """`save_wanted` carries a `SetParameter`; problems come back by `show_problems`."""

    save_wanted = Signal(object)
    dropped = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("notice-info", parent)
        self._line: ParameterLine | None = None
        self._fields: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(S12, S8, S12, S8)
        column.setSpacing(S6)
        head = QHBoxLayout()
        head.setSpacing(S12)
        self.title = label("", bold=True)
        self.help = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        head.addWidget(self.title)
        head.addWidget(self.help, 1)
        column.addLayout(head)
        self._row = QHBoxLayout()
        self._row.setSpacing(S12)
        column.addLayout(self._row)
        self.save = Button("设定", look=Look.PRIMARY)
        self.back = Button("返回")
        self.message = MessageLine()
        column.addWidget(self.message)
        self.save.clicked.connect(self.send)
        self.back.clicked.connect(self.dropped)
        self.hide()

    def begin(self, line: ParameterLine, today: dt.date) -> None:
        """Ask for the new value of a parameter; it holds from today unless another day is typed."""
        self._line = line
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in (self.save, self.back):
                widget.hide()
                widget.deleteLater()
        self.title.setText(line.title)
        told = f"原定 {line.default_words} {line.unit}".rstrip()
        self.help.setText("　".join(part for part in (told, line.help) if part))
        specs = (
            _value_spec(line),
            FieldSpec(key="valid_from", title="自何日起", kind=FieldKind.DATE, required=True, quiet=True),
            FieldSpec(
                key="source", title="依据", required=True, quiet=True, placeholder="文件名称、文号或条款"
            ),
        )
        self._fields = {spec.key: FieldRow(spec) for spec in specs}
        for key, stretch in (("value", 2), ("valid_from", 2), ("source", 5)):
            field = self._fields[key]
            field.editor.entered.connect(self.send)
            field.changed.connect(self.edited)
            self._row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        for button in (self.back, self.save):
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        stored = store_value(line.value)
        # A set that was stored before sets were put in order is the same set: reading it is no edit.
        self._fields["value"].set_stored(repacked(stored) if line.several else stored)
        self._fields["valid_from"].set_stored(today)
        self._fields["source"].set_stored(None)
        self.message.tell(None, "")
        self.show()
        self._fields["value"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def fields(self) -> dict[str, FieldRow]:
        """The fields by key."""
        return self._fields

    def has_edits(self) -> bool:
        """Whether something typed here is not saved."""
        return not self.isHidden() and any(field.is_changed() for field in self._fields.values())

    def send(self) -> bool:
        """Ask to set the value, or say beside the fields what is lacking and return False."""
        wrong = [field for field in self._fields.values() if not field.check()]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        day = self._fields["valid_from"].current() if self._fields else None
        if self._line is not None and not wrong and isinstance(day, dt.date):
            self.save_wanted.emit(
                SetParameter(
                    key=self._line.key,
                    value=str(self._fields["value"].current()),
                    valid_from=day,
                    source=str(self._fields["source"].current()),
                )
            )
        return not wrong

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Put each problem beside its field; those of no field stand below."""
        rest = []
        for problem in problems:
            field = self._fields.get(problem.field or "")
            if field is not None:
                field.set_problem(problem.text)
            else:
                rest.append(problem.text)
        self.message.tell(StateKind.BAD if rest else None, "　".join(rest))
        first = next((f for f in self._fields.values() if f.problem), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.dropped.emit()
            return
        super().keyPressEvent(event)
